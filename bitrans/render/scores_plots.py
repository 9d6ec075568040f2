"""Plots as rows of marks at percentages of a width, so that they fit any page.

A plot is a table: a label, a small drawing of its own and the value in words on each row. The
drawings share one scale, and nothing is lost to a reader who cannot see them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bitrans.core import Score
from bitrans.measures import Comparison, Evaluation, TermRow, Unit
from bitrans.render.scores_words import word_difference, word_interval, word_p, words_of

Series = Literal["system", "baseline", "segment", "document"]

_METRICS = ("BLEU", "chrF++", "TER", "BLEU-doc", "chrF++-doc")
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0)
#: Room left of the first tick and right of the last, in per cent of the width.
_MARGIN = 4.0
#: So many terms have a bar.
TERMS = 20


class Tick(NamedTuple):
    """A labelled place of the scale."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a series, its interval where it has one; places are per cent of the width."""

    series: Series
    at: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A row of a plot: its label, its marks and what they say in words."""

    label: str
    marks: tuple[Mark, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Rows over one scale; ``zero`` is where nothing changes, if that is on the scale."""

    caption: str
    rows: tuple[PlotRow, ...]
    ticks: tuple[Tick, ...]
    zero: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A term: the shares of its mentions that are preferred, admitted and missing, in per cent."""

    term: TermRow
    preferred: float
    admitted: float
    missing: float
    before: TermRow | None


class _Scale:
    """Values to places, from a round number below the least to one above the greatest."""

    def __init__(self, values: Iterable[float]) -> None:
        found = list(values)
        low, high = min(found), max(found)
        span = max(high - low, 0.5)
        step = next((step for step in _STEPS if span / step <= 6), _STEPS[-1])
        self._low = math.floor(low / step) * step
        self._high = max(math.ceil(high / step) * step, self._low + step)
        steps = round((self._high - self._low) / step)
        self._values = [self._low + number * step for number in range(steps + 1)]
        self._places = 1 if step < 1 else 0

    def place(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low)
        return round(_MARGIN + share * (100 - 2 * _MARGIN), 2)

    def ticks(self, *, signed: bool = False) -> tuple[Tick, ...]:
        words = word_difference if signed else _word_value
        return tuple(Tick(self.place(v), words(v, self._places)) for v in self._values)

    @property
    def zero(self) -> float | None:
        return self.place(0.0) if self._low <= 0 <= self._high else None


def plot_scores(evaluation: Evaluation) -> Plot | None:
    """Each metric of each system over all documents, with its interval."""
    systems = _list_systems(evaluation)
    found = {
        metric: [(series, score) for series, score in systems if score.metric == metric]
        for metric in _METRICS
    }
    found = {metric: scores for metric, scores in found.items() if scores}
    if not found:
        return None
    scores = [score for entries in found.values() for _, score in entries]
    scale = _Scale([v for score in scores for v in (score.value, *(score.interval or ()))])
    rows = tuple(
        PlotRow(
            words_of(metric).label,
            tuple(_mark(series, score.value, score.interval, scale) for series, score in entries),
            tuple(word_interval(score) for _, score in entries),
        )
        for metric, entries in found.items()
    )
    return Plot("Scores over all documents, with 95 % intervals", rows, scale.ticks())


def plot_differences(comparisons: Sequence[Comparison]) -> Plot | None:
    """How far each metric moved, with the intervals of both ways to draw."""
    drawn = [
        (one, [test for test in one.tests if test.interval is not None]) for one in comparisons
    ]
    drawn = [(one, tests) for one, tests in drawn if tests]
    if not drawn:
        return None
    values = [v for one, tests in drawn for test in tests for v in (test.interval or ())]
    scale = _Scale([0.0, *values, *(one.difference for one, _ in drawn)])
    rows = tuple(
        PlotRow(
            words_of(one.metric).label,
            tuple(_mark(test.unit, one.difference, test.interval, scale) for test in tests),
            (
                word_difference(one.difference),
                *(f"by {test.unit}: p {_word_exchange(one, test.unit)}" for test in tests),
            ),
        )
        for one, tests in drawn
    )
    return Plot("The difference, with 95 % intervals", rows, scale.ticks(signed=True), scale.zero)


def plot_documents(evaluation: Evaluation, metric: str = "chrF++") -> Plot | None:
    """A metric by document, for each system."""
    documents = [it.document_id for it in evaluation.alignments]
    found = {
        document: [
            (series, score)
            for series, score in _list_systems(evaluation, document)
            if score.metric == metric
        ]
        for document in documents
    }
    if len(documents) < 2 or not any(found.values()):
        return None
    scores = [score for entries in found.values() for _, score in entries]
    scale = _Scale([v for score in scores for v in (score.value, *(score.interval or ()))])
    rows = tuple(
        PlotRow(
            document,
            tuple(_mark(series, score.value, score.interval, scale) for series, score in entries),
            tuple(word_interval(score) for _, score in entries),
        )
        for document, entries in found.items()
    )
    return Plot(f"{metric} by document, with 95 % intervals", rows, scale.ticks())


def plot_terms(evaluation: Evaluation) -> tuple[Bar, ...]:
    """The terms that went wrong, worst first, then the most frequent ones, as bars."""
    before = {row.term_id: row for row in evaluation.baseline_terms}
    wrong = [row for row in evaluation.terms if row.missing]
    right = sorted(
        (row for row in evaluation.terms if not row.missing), key=lambda row: -row.mentions
    )
    shown = [*wrong, *right][:TERMS]
    return tuple(
        Bar(
            row,
            round(100 * row.preferred / row.mentions, 2),
            round(100 * (row.admitted - row.preferred) / row.mentions, 2),
            round(100 * row.missing / row.mentions, 2),
            before.get(row.term_id),
        )
        for row in shown
    )


def _word_exchange(comparison: Comparison, unit: Unit) -> str:
    """The p of exchanging, which is the careful one where units are few."""
    test = comparison.find_test(unit, "approximate-randomisation")
    return word_p(test.p if test else None)


def _list_systems(
    evaluation: Evaluation, document: str | None = None
) -> list[tuple[Series, Score]]:
    found: list[tuple[Series, Score]] = []
    series: tuple[tuple[Series, str | None], ...] = (
        ("system", evaluation.system),
        ("baseline", evaluation.baseline),
    )
    for kind, name in series:
        row = evaluation.find_row(name, document) if name else None
        found += [(kind, score) for score in (row.scores if row else ())]
    return found


def _mark(
    series: Series, value: float, interval: tuple[float, float] | None, scale: _Scale
) -> Mark:
    low, high = interval or (None, None)
    return Mark(
        series,
        scale.place(value),
        None if low is None else scale.place(low),
        None if high is None else scale.place(high),
    )


def _word_value(value: float, places: int) -> str:
    return f"{value:.{places}f}"
