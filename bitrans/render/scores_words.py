"""What the measures are called where people read them, and which way is better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from bitrans.core import Score

Better = Literal["higher", "lower", "neither"]


class MetricWords(NamedTuple):
    """A measure's label, what it says, and which way is better."""

    label: str
    meaning: str
    better: Better = "higher"


METRICS: Mapping[str, MetricWords] = {
    "BLEU": MetricWords("BLEU", "word runs shared with the reference, by bead"),
    "chrF++": MetricWords("chrF++", "letter and word runs shared with the reference, by bead"),
    "TER": MetricWords("TER (lower is better)", "edits for 100 words of the reference", "lower"),
    "BLEU-doc": MetricWords("BLEU, whole documents", "however the lines are cut"),
    "chrF++-doc": MetricWords("chrF++, whole documents", "however the lines are cut"),
    "terms-preferred": MetricWords("Terms: preferred form", "of the mentions in the Arabic"),
    "terms-admitted": MetricWords("Terms: accepted form", "preferred or admitted form"),
    "terms-forbidden": MetricWords("Terms: forbidden form", "in place of a right one", "lower"),
    "terms-consistency": MetricWords(
        "Terms: consistent", "mentions with the form their document uses most"
    ),
    "terms-unsupported": MetricWords(
        "Terms: not in reference", "right forms where the reference has none", "lower"
    ),
    "terms-imposed": MetricWords(
        "Terms: falsely enforced", "forms put in where the reference has none", "lower"
    ),
    "terms-window-2": MetricWords("Terms: words around", "two words on either side as expected"),
    "names": MetricWords("Names carried over", "capitalised words of the reference"),
    "numbers": MetricWords("Numbers carried over", "of the reference, in figures or words"),
    "dates": MetricWords("Dates carried over", "days and months of the reference"),
    "length": MetricWords("Length", "words for 100 of the reference", "neither"),
    "doubtful": MetricWords("Doubtful lines", "lines with a doubt", "lower"),
    "ROUGE-1": MetricWords("ROUGE-1", "words shared with the reference brief"),
    "ROUGE-2": MetricWords("ROUGE-2", "word pairs shared with the reference brief"),
    "ROUGE-L": MetricWords("ROUGE-L", "longest common run of words, gaps allowed"),
    "redundancy": MetricWords("Redundancy", "word triples that came before", "lower"),
    "figures": MetricWords("Figures covered", "numbers of the reference brief"),
    "actors": MetricWords("Actors covered", "different names of the reference brief"),
}


def words_of(metric: str) -> MetricWords:
    """The words for a measure; its own name for one that has none."""
    return METRICS.get(metric, MetricWords(metric, ""))


def word_interval(score: Score, *, places: int = 1) -> str:
    """The value, and the 95 % interval where there is one."""
    if score.interval is None:
        return f"{score.value:.{places}f}"
    low, high = score.interval
    return f"{score.value:.{places}f} ({low:.{places}f}–{high:.{places}f})"


def word_difference(value: float, places: int = 1) -> str:
    """A difference with its sign; one that rounds to nothing has none."""
    rounded = round(value, places)
    return f"{rounded:+.{places}f}".replace("-", "−") if rounded else f"{0:.{places}f}"


def word_p(p: float | None) -> str:
    """A p value: three places, or that it is smaller, or a dash where no test was made."""
    if p is None:
        return "—"
    return "<0.001" if p < 0.001 else f"{p:.3f}"
