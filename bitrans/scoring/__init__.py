"""How good the English is: BLEU, chrF++, TER and names, each with what makes it reproducible."""

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
