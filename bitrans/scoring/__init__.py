"""How good the English is: BLEU, chrF++, TER and names, each with what makes it reproducible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bitrans.lazy import defer

if TYPE_CHECKING:
    from bitrans.scoring.alignment import Bead, align_references
    from bitrans.scoring.carried import score_carried
    from bitrans.scoring.metrics import join_lines, score_corpus, score_document, score_texts
    from bitrans.scoring.references import find_reference, read_reference
    from bitrans.scoring.scores import join_beads, match_beads, merge_beads, score_documents
    from bitrans.scoring.terminology import TermText, measure_terms
    from bitrans.scoring.terms import term_success

__all__ = [
    "Bead",
    "TermText",
    "align_references",
    "find_reference",
    "join_beads",
    "join_lines",
    "match_beads",
    "measure_terms",
    "merge_beads",
    "read_reference",
    "score_carried",
    "score_corpus",
    "score_document",
    "score_documents",
    "score_texts",
    "term_success",
]

__getattr__ = defer(
    __name__,
    {
        "alignment": ("Bead", "align_references"),
        "carried": ("score_carried",),
        "metrics": ("join_lines", "score_corpus", "score_document", "score_texts"),
        "references": ("find_reference", "read_reference"),
        "scores": ("join_beads", "match_beads", "merge_beads", "score_documents"),
        "terminology": ("TermText", "measure_terms"),
        "terms": ("term_success",),
    },
)
