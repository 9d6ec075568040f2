"""An evaluation as a page: tables, plots, the terms and the lines that moved most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from bitrans.core import Score
from bitrans.measures import Evaluation, LineScore, TermRow
from bitrans.render.html import load_templates
from bitrans.render.scores_plots import plot_differences, plot_documents, plot_scores, plot_terms
from bitrans.render.scores_words import (
    word_difference,
    word_interval,
    word_p,
    words_of,
)
from bitrans.render.words import count

#: So many lines are shown of those that gained, of those that lost, of the lowest.
LINES = 8
#: So many terms that went wrong are shown with their sentences.
WORST = 8


class Word(NamedTuple):
    """A run of words of a version; ``changed`` where the other version has it otherwise."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with the words that differ between the versions told apart."""

    line: LineScore
    english: tuple[Word, ...]
    baseline: tuple[Word, ...]


class ScoreCells(NamedTuple):
    """A measure on the page: words, the cells of each system, the difference, and its sense."""

    label: str
    meaning: str
    cells: tuple[str, ...]
    difference: str
    sense: str


def render_scores_html(evaluation: Evaluation) -> str:
    """The page of an evaluation, self-contained."""
    gained, lost = _choose_moved(evaluation.lines)
    template = load_templates().get_template("scores.html")
    return template.render(
        evaluation=evaluation,
        systems=[name for name in (evaluation.system, evaluation.baseline) if name],
        head=_count_head(evaluation),
        table=_tabulate(evaluation),
        plots=[
            plot
            for plot in (
                plot_scores(evaluation),
                plot_differences(evaluation.comparisons),
                plot_documents(evaluation),
            )
            if plot
        ],
        bars=plot_terms(evaluation),
        comparisons=evaluation.comparisons,
        word_p=word_p,
        word_difference=word_difference,
        worst=_choose_worst(evaluation.terms),
        gained=gained,
        lost=lost,
        lowest=_choose_lowest(evaluation),
        signatures=_list_signatures(evaluation),
    )


def _count_head(evaluation: Evaluation) -> list[str]:
    found = evaluation.alignments
    if not found:
        row = evaluation.find_row(evaluation.system)
        return [count(max((s.count for s in row.scores), default=0), "item")] if row else []
    return [
        count(len(found), "document"),
        count(sum(it.lines for it in found), "line"),
        count(sum(it.references for it in found), "reference line"),
        count(sum(it.beads for it in found), "bead"),
    ]


def _tabulate(evaluation: Evaluation) -> list[ScoreCells]:
    names = [name for name in (evaluation.system, evaluation.baseline) if name]
    rows = [row for name in names if (row := evaluation.find_row(name)) is not None]
    metrics = dict.fromkeys(score.metric for row in rows for score in row.scores)
    table = []
    for metric in metrics:
        scores = [next((s for s in row.scores if s.metric == metric), None) for row in rows]
        words = words_of(metric)
        difference = _subtract(scores)
        table.append(
            ScoreCells(
                words.label,
                words.meaning,
                tuple(word_interval(score) if score else "—" for score in scores),
                "" if difference is None else word_difference(difference),
                _judge(difference, words.better),
            )
        )
    return table


def _subtract(scores: Sequence[Score | None]) -> float | None:
    if len(scores) != 2 or scores[0] is None or scores[1] is None:
        return None
    return scores[0].value - scores[1].value


def _judge(difference: float | None, better: str) -> str:
    """``gain``, ``loss`` or nothing."""
    if not difference or better == "neither" or not round(difference, 1):
        return ""
    return "gain" if (difference > 0) == (better == "higher") else "loss"


def _choose_worst(terms: Iterable[TermRow]) -> list[TermRow]:
    return [row for row in terms if row.examples][:WORST]


def _choose_moved(lines: Sequence[LineScore]) -> tuple[list[ShownLine], list[ShownLine]]:
    """The lines that gained most and those that lost most against the baseline."""
    moved = [line for line in lines if line.baseline is not None and round(line.gain, 1)]
    moved.sort(key=lambda line: (-line.gain, line.document_id, line.number))
    gained = [line for line in moved if line.gain > 0][:LINES]
    lost = [line for line in reversed(moved) if line.gain < 0][:LINES]
    return [_show(line) for line in gained], [_show(line) for line in lost]


def _choose_lowest(evaluation: Evaluation) -> list[ShownLine]:
    """Where nothing is compared: the lines farthest from their references."""
    if evaluation.baseline is not None:
        return []
    ordered = sorted(evaluation.lines, key=lambda it: (it.score, it.document_id, it.number))
    return [_show(line) for line in ordered[:LINES]]


def _show(line: LineScore) -> ShownLine:
    ours, theirs = line.english.split(), (line.baseline or "").split()
    if line.baseline is None:
        return ShownLine(line, (Word(line.english, False),), ())
    english: list[Word] = []
    baseline: list[Word] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        english.append(Word(" ".join(ours[start:end]), tag != "equal"))
        baseline.append(Word(" ".join(theirs[other_start:other_end]), tag != "equal"))
    return ShownLine(
        line,
        tuple(word for word in english if word.text),
        tuple(word for word in baseline if word.text),
    )


def _list_signatures(evaluation: Evaluation) -> list[tuple[str, str]]:
    row = evaluation.find_row(evaluation.system)
    named = [(words_of(s.metric).label, s.signature) for s in (row.scores if row else ())]
    tests = [test for it in evaluation.comparisons[:1] for test in it.tests]
    named += [(f"p, {test.method} by {test.unit}", test.signature) for test in tests]
    return list(dict.fromkeys(named))
