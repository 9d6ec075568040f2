"""How good the English is: BLEU, chrF++, TER and names, each with what makes it reproducible."""

from bitrans.scoring.alignment import Bead, align_references
from bitrans.scoring.metrics import score_corpus, score_document
from bitrans.scoring.references import find_reference, read_reference
from bitrans.scoring.scores import join_beads, score_documents
from bitrans.scoring.terms import term_success

__all__ = [
    "Bead",
    "align_references",
    "find_reference",
    "join_beads",
    "read_reference",
    "score_corpus",
    "score_document",
    "score_documents",
    "term_success",
]
