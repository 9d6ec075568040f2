"""English spellings for Arabic names that nobody has spelt yet: a suggestion, never a fact.

Short vowels are not written in Arabic, and one name has many spellings in English. What is
proposed comes, word by word, from the termbase, from settled press usage, or from a table that
was trained on lists of names (``training/transliteration.py``).
"""

from bitrans.spelling.names import is_shown, plain_words, propose_spellings, spell_name
from bitrans.spelling.skeleton import cut_article, fold_arabic, fold_latin, measure_skeleton

__all__ = [
    "cut_article",
    "fold_arabic",
    "fold_latin",
    "is_shown",
    "measure_skeleton",
    "plain_words",
    "propose_spellings",
    "spell_name",
]
