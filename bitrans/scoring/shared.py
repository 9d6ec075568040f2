"""sacrebleu's metrics, each text scored once however many rows it counts in.

A segment is scored in its document, over all documents, in every resample and often again without
the glossary. Its statistics are the same each time, so they are kept. Values, signatures and
intervals stay those of sacrebleu; tests hold them to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from bitrans.scoring.edits import count_edits

Statistics = list[float]


class _Sharing:
    """Takes the statistics of a text and its one reference from those that are kept."""

    num_refs: int

    def _extract_corpus_statistics(
        self, hypotheses: Sequence[str], references: Sequence[Sequence[str]]
    ) -> list[Statistics]:
        (lines,) = references
        self.num_refs = 1
        return [
            list(_extract(type(self).__name__, *pair))
            for pair in zip(hypotheses, lines, strict=True)
        ]


class SharedBLEU(_Sharing, BLEU):  # type: ignore[misc]
    """BLEU as ``sacrebleu -m bleu`` has it."""


class SharedCHRF(_Sharing, CHRF):  # type: ignore[misc]
    """chrF++ as ``sacrebleu -m chrf --chrf-word-order 2`` has it."""

    def __init__(self) -> None:
        super().__init__(word_order=2)


class SharedTER(_Sharing, TER):  # type: ignore[misc]
    """TER as ``sacrebleu -m ter`` has it."""


@lru_cache(maxsize=1 << 16)
def _extract(kind: str, hypothesis: str, reference: str) -> tuple[float, ...]:
    metric = _build(kind)
    if kind == SharedTER.__name__:
        prepared = (metric._preprocess_segment(text) for text in (hypothesis, reference))
        return tuple(map(float, count_edits(*prepared)))
    (found,) = super(_Sharing, metric)._extract_corpus_statistics([hypothesis], [[reference]])
    return tuple(found)


@lru_cache(maxsize=8)
def _build(kind: str) -> Any:
    """One object of each kind that only extracts; it keeps no text and no signature."""
    return {it.__name__: it for it in (SharedBLEU, SharedCHRF, SharedTER)}[kind]()
