"""Scores of documents against references whose lines need not match the segments."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

from bitrans.core import Score, ScoreRow
from bitrans.errors import InputError
from bitrans.scoring.alignment import Bead, align_references
from bitrans.scoring.metrics import join_lines, score_corpus, score_document

#: A document's id, its English segments and the lines of its reference.
Item = tuple[str, Sequence[str], Sequence[str]]
Parallel = list[tuple[str, str]]


def score_documents(
    items: Sequence[Item], system: str, *, intervals: int = 0, one_to_one: bool = False
) -> tuple[ScoreRow, ...]:
    """A row of scores for each document, in order, and one over all (``document_id`` None).

    Each row holds BLEU, chrF++ and TER over aligned beads (``count``: beads) and BLEU-doc and
    chrF++-doc over whole documents (``count``: documents).

    :param intervals: see :func:`bitrans.scoring.metrics.score_corpus`.
    :param one_to_one: see :func:`bitrans.scoring.alignment.align_references`.
    :raises InputError: when there are no documents, or one has no translation or no reference.
    """
    if not items:
        raise InputError("nothing to score: no document has a reference beside it")
    aligned = [_align(item, one_to_one=one_to_one) for item in items]
    rows = [
        ScoreRow(item[0], system, (*_score(pairs, intervals), *score_document(item[1], item[2])))
        for item, pairs in zip(items, aligned, strict=True)
    ]
    together = [pair for pairs in aligned for pair in pairs]
    whole = [
        (join_lines(hypotheses), join_lines(references)) for _, hypotheses, references in items
    ]
    everything = (*_score(together, intervals), *_score_whole(whole, intervals))
    return (*rows, ScoreRow(None, system, everything))


def join_beads(
    beads: Iterable[Bead], hypotheses: Sequence[str], references: Sequence[str]
) -> Parallel:
    """The text of each bead on both sides once :func:`merge_beads` has left no reference empty."""
    return [
        (
            join_lines([hypotheses[i] for i in bead.hypotheses]),
            join_lines([references[i] for i in bead.references]),
        )
        for bead in merge_beads(beads)
    ]


def merge_beads(beads: Iterable[Bead]) -> list[Bead]:
    """The beads such that no word of either side escapes the scores.

    A reference that no segment renders stands beside an empty text: it counts against us. A
    segment that no reference has is joined to the bead before it, or, at the beginning, to the
    one after: it counts against us as words too many, and no pair has an empty reference, which
    sacrebleu would ignore.
    """
    merged: list[Bead] = []
    waiting: tuple[int, ...] = ()
    for bead in beads:
        if bead.references:
            merged.append(Bead((*waiting, *bead.hypotheses), bead.references))
            waiting = ()
        elif merged:
            merged[-1] = Bead(merged[-1].hypotheses + bead.hypotheses, merged[-1].references)
        else:
            waiting += bead.hypotheses
    return merged


def match_beads(ours: Sequence[Bead], theirs: Sequence[Bead]) -> list[tuple[Bead, Bead]]:
    """The finest beads that two renderings of one document share: the same references in both.

    Beads must be merged (:func:`merge_beads`), so that each has references.
    """
    ends = {bead.references[-1] for bead in ours} & {bead.references[-1] for bead in theirs}
    return list(zip(_cut_at(ours, ends), _cut_at(theirs, ends), strict=True))


def _cut_at(beads: Sequence[Bead], ends: Container[int]) -> list[Bead]:
    cut: list[Bead] = []
    opened = Bead((), ())
    for bead in beads:
        opened = Bead(opened.hypotheses + bead.hypotheses, opened.references + bead.references)
        if bead.references[-1] in ends:
            cut.append(opened)
            opened = Bead((), ())
    return cut


def _align(item: Item, *, one_to_one: bool) -> Parallel:
    document_id, hypotheses, references = item
    if not hypotheses or not references:
        missing = "translation" if not hypotheses else "reference"
        raise InputError(f"{document_id}: its {missing} is empty; leave it out or add the text")
    beads = _align_once(tuple(hypotheses), tuple(references), one_to_one)
    return join_beads(beads, hypotheses, references)


@lru_cache(maxsize=256)
def _align_once(
    hypotheses: tuple[str, ...], references: tuple[str, ...], one_to_one: bool
) -> tuple[Bead, ...]:
    """Kept, since a document is aligned for its own page and again over all."""
    return tuple(align_references(hypotheses, references, one_to_one=one_to_one))


def _score(pairs: Parallel, intervals: int) -> tuple[Score, ...]:
    return score_corpus(
        [ours for ours, _ in pairs], [theirs for _, theirs in pairs], intervals=intervals
    )


def _score_whole(pairs: Parallel, intervals: int) -> tuple[Score, ...]:
    return score_corpus(
        [ours for ours, _ in pairs],
        [theirs for _, theirs in pairs],
        intervals=intervals,
        unit="document",
    )
