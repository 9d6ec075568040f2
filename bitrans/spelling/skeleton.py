"""The consonants of names in Arabic and Latin letters, in one set of signs, to compare them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from bitrans.arabic import fold_for_matching

ARTICLE = "ال"
#: One sign for each sound, so that romanisations and Arabic letters can be compared.
_LATIN = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        ("x", "ks"), ("sch|sh|ch", "S"), ("kh", "x"), ("gh", "g"), ("th", "t"), ("dh", "d"),
        ("ph|v", "f"), ("ck|q", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("j", "g"), ("p", "b"),
        ("z", "s"), (r"(?<=\w)h", ""), (r"\bw(?=[aeiou])", "W"), ("[aeiouyw’'`]", ""),
    )
)  # fmt: skip
_ARABIC_SIGNS = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "g", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "s",
    "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "غ": "g", "ف": "f", "ق": "k",
    "ك": "k", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_ARTICLES = re.compile(r"\b(?:al|el|ul|as|ash|ad|ar|at|az|an|ez|es|the)[- ](?=\w)")
#: How many names' consonants are remembered.
_MEMORY = 1 << 14


def measure_skeleton(arabic: str, english: str) -> float:
    """How alike the consonants of an Arabic and a Latin name are, from 0 to 1.

    >>> measure_skeleton("ريابكوف", "Ryabkov")
    1.0
    """
    one, other = fold_arabic(arabic), fold_latin(english)
    if min(len(one), len(other)) < 2:
        return 0.0
    if min(len(one), len(other)) == 2:
        return float(one == other)
    return fuzz.ratio(one, other) / 100


@lru_cache(maxsize=_MEMORY)
def fold_latin(name: str) -> str:
    """The consonants of a name in Latin letters, a sign for each sound, doubles as one."""
    letters = unicodedata.normalize("NFD", name.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    folded = _ARTICLES.sub("", plain)
    for pattern, sign in _LATIN:
        folded = pattern.sub(sign, folded)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^\w]|_", "", folded)).replace("W", "w")


@lru_cache(maxsize=_MEMORY)
def fold_arabic(name: str) -> str:
    """The consonants of an Arabic name in the signs of :func:`fold_latin`."""
    signs = []
    for word in fold_for_matching(name).text.split():
        stem = cut_article(word)
        for at, letter in enumerate(stem):
            if letter in _ARABIC_SIGNS:
                signs.append(_ARABIC_SIGNS[letter])
            elif at == 0 and letter in "هحو":
                signs.append("w" if letter == "و" else "h")
    return re.sub(r"(.)\1+", r"\1", "".join(signs))


def cut_article(word: str) -> str:
    """``الكلاسة`` as ``كلاسة``; what is left has at least two letters."""
    return word[len(ARTICLE) :] if word.startswith(ARTICLE) and len(word) > 3 else word
