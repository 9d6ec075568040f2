"""BLEU, chrF++ and TER by sacrebleu, each with sacrebleu's own full signature.

BLEU: Papineni et al. 2002; chrF++: Popović 2017; TER: Snover et al. 2006; signatures and
bootstrap: sacrebleu (Post 2018). No other module imports sacrebleu, and this one only when it
scores: the import takes a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from bitrans.core import Score
from bitrans.errors import InputError

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

Unit = Literal["segment", "document"]

#: Ends the name of a metric that was computed on whole documents.
DOCUMENT_SUFFIX = "-doc"


def score_corpus(
    hypotheses: Sequence[str],
    references: Sequence[str],
    *,
    intervals: int = 0,
    unit: Unit = "segment",
) -> tuple[Score, ...]:
    """BLEU, chrF++ and TER of hypotheses that stand beside their references.

    The value and the signature are what ``sacrebleu -m bleu chrf ter --chrf-word-order 2`` gives
    for the same lines (the signature in full, not ``--short``); ``count`` is how many there are.

    :param intervals: how many bootstrap resamples give the 95 % interval (Koehn 2004), at least
        two; 0 for none. sacrebleu draws them with the seed its signature names. One text alone
        has no interval.
    :param unit: ``document`` when each text is a whole document: names end in ``-doc``, and TER
        is left out, since its search for shifts takes minutes on texts of that length.
    :raises InputError: when there is nothing to score or the lengths differ.
    """
    check_parallel(hypotheses, references, intervals)
    resamples = intervals if len(hypotheses) > 1 else 0
    return tuple(
        _score(name, metric, hypotheses, references, resamples)
        for name, metric in build_metrics(unit).items()
    )


def score_document(hypotheses: Sequence[str], references: Sequence[str]) -> tuple[Score, ...]:
    """BLEU-doc and chrF++-doc of a document taken as one text, however its lines are cut.

    The two sides need not have the same number of lines. It checks on the alignment: what a
    wrong bead costs by segment costs nothing here.

    :raises InputError: when there are no segments, or no words in the reference.
    """
    if not hypotheses or not any(references):
        raise InputError("nothing to score: the translation or its reference is empty")
    return score_corpus([join_lines(hypotheses)], [join_lines(references)], unit="document")


def score_texts(hypotheses: Sequence[str], references: Sequence[str]) -> list[float]:
    """The chrF++ of each text by itself, as ``sacrebleu --sentence-level`` gives it.

    :raises InputError: when the lengths differ or there is nothing.
    """
    check_parallel(hypotheses, references)
    metric = build_metrics("segment")["chrF++"]
    pairs = zip(hypotheses, references, strict=True)
    return [float(metric.sentence_score(ours, [theirs]).score) for ours, theirs in pairs]


def join_lines(lines: Sequence[str]) -> str:
    """Lines as one text, empty ones left out."""
    return " ".join(line.strip() for line in lines if line.strip())


def check_parallel(
    hypotheses: Sequence[str], references: Sequence[str], intervals: int = 0
) -> None:
    """Whether the two sides can be scored line by line.

    :raises InputError: when there is nothing, the lengths differ or ``intervals`` makes no sense.
    """
    if not hypotheses or not references:
        raise InputError("nothing to score: give at least one translation and its reference")
    if len(hypotheses) != len(references):
        raise InputError(
            f"{len(hypotheses)} translations for {len(references)} references; align them first"
        )
    if intervals < 0 or intervals == 1:
        raise InputError(f"{intervals} resamples give no interval; use 1000, or 0 for none")


def build_metrics(unit: Unit) -> dict[str, Metric]:
    """New ones each time: sacrebleu keeps the signature of the last text in the object."""
    from bitrans.scoring.shared import SharedBLEU, SharedCHRF, SharedTER

    if unit == "document":
        return {"BLEU" + DOCUMENT_SUFFIX: SharedBLEU(), "chrF++" + DOCUMENT_SUFFIX: SharedCHRF()}
    return {"BLEU": SharedBLEU(), "chrF++": SharedCHRF(), "TER": SharedTER()}


def _score(
    name: str, metric: Metric, hypotheses: Sequence[str], references: Sequence[str], resamples: int
) -> Score:
    result = metric.corpus_score(hypotheses, [references], n_bootstrap=max(resamples, 1))
    interval = None
    if resamples:  # sacrebleu has no public name for these two
        mean, half = float(result._mean), float(result._ci)
        interval = (mean - half, mean + half)
    return Score(name, float(result.score), str(metric.get_signature()), len(hypotheses), interval)
