"""Whole names: their words spelt one by one, with articles, particles and capitals of the press."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from math import prod

from bitrans.arabic import apply_rules, fold_for_matching, unfold_presentation
from bitrans.spelling.decoding import decode_word
from bitrans.spelling.skeleton import ARTICLE, cut_article
from bitrans.spelling.table import load_table

#: Words of names with a settled spelling in the press, as :func:`fold_for_matching` folds them.
_SETTLED = {
    "ابو": "Abu", "ابي": "Abu", "ابا": "Abu", "ام": "Umm", "بن": "bin", "ابن": "Ibn",
    "عبد": "Abd", "الله": "Allah", "ال": "Al", "محمد": "Mohammed", "احمد": "Ahmed",
    "محمود": "Mahmoud", "علي": "Ali", "حسن": "Hassan", "حسين": "Hussein", "عمر": "Omar",
    "يوسف": "Youssef", "خالد": "Khaled", "ابراهيم": "Ibrahim", "مصطفي": "Mustafa",
    "دير": "Deir", "بيت": "Beit", "عين": "Ain", "تل": "Tal", "تله": "Talat", "باب": "Bab",
    "خان": "Khan", "شيخ": "Sheikh", "كفر": "Kafr", "جسر": "Jisr", "نور": "Nour", "دين": "Din",
    "حي": "Hayy", "وليد": "Walid", "سعيد": "Saeed", "زيد": "Zaid", "صالح": "Saleh",
    "عبدالله": "Abdullah", "عبدالرحمن": "Abdulrahman",
}  # fmt: skip
_SERVANT = "عبد"
_LETTERS = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ی": "ي", "ک": "ك"})
#: What is no letter and no mark of a vowel.
_OTHER = re.compile("[^\\w\\s\u064b-\u0652-]|[\u0640_\\d]")
_MARKS = re.compile("[\u064b-\u0652]+")
#: Spellings of one word that are tried in a name of several, and how long a word may be.
_BREADTH, _LONGEST = 5, 24
_MEMORY = 1 << 12


def spell_name(name: str, known: Mapping[str, str] | None = None) -> str:
    """The likeliest English spelling of an Arabic name; empty where it has no Arabic letter.

    :param known: spellings of words, folded for matching and without their article, which come
        first.

    >>> spell_name("كرم الدادا"), spell_name("عبد الكريم")
    ('Karam al-Dada', 'Abdulkarim')
    """
    return next(iter(propose_spellings(name, 1, known)), "")


def propose_spellings(name: str, count: int, known: Mapping[str, str] | None = None) -> list[str]:
    """Up to ``count`` English spellings of an Arabic name, the likeliest first."""
    words = [_spell_word(word, known or {}) for word in _split_words(name)]
    options = product(*(word[: count if len(words) == 1 else _BREADTH] for word in words[:6]))
    best = heapq.nlargest(count, options, key=lambda picked: prod(share for _, share in picked))
    rest = [word[0][0] for word in words[6:]]
    found = (" ".join([*(text for text, _ in picked), *rest]) for picked in best)
    return [text[:1].upper() + text[1:] if text[:3] == "bin" else text for text in found if text]


def list_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """The spellings of a plain word without its article, in small letters, by the table alone.

    Each has its share of the likelihood of all; the likeliest come first.
    """
    return _list_spellings(word[:_LONGEST])


def plain_words(name: str) -> list[str]:
    """The words of an Arabic name as the table has them: plain letters, ``عبد`` joined to what
    follows it.
    """
    return [_MARKS.sub("", word) for word in _split_words(name)]


def _split_words(name: str) -> list[str]:
    text = _OTHER.sub("", apply_rules(name, [unfold_presentation]).text.replace("-", " "))
    words: list[str] = []
    for written in text.translate(_LETTERS).split():
        word = f"{written[:-1]}ي" if written.endswith("ى") else written
        if not _MARKS.sub("", word):
            continue
        if words and words[-1] == _SERVANT and word.startswith(ARTICLE):
            words[-1] += word
        else:
            words.append(word)
    return words


def _spell_word(word: str, known: Mapping[str, str]) -> list[tuple[str, float]]:
    """The spellings of a word with their shares; one that is known or settled stands alone."""
    folded = fold_for_matching(word).text
    stem = cut_article(folded)
    article = "al-" if stem != folded else ""
    for spelt in (known, _SETTLED):
        if folded in spelt:
            return [(spelt[folded], 1.0)]
        if stem in spelt:
            return [(f"{article}{spelt[stem]}", 1.0)]
    found = list_spellings(cut_article(word))
    return [(f"{article}{text[:1].upper()}{text[1:]}", share) for text, share in found]


@lru_cache(maxsize=_MEMORY)
def _list_spellings(word: str) -> tuple[tuple[str, float], ...]:
    table = load_table()
    found = decode_word(word, table)
    if (usual := table.words.get(word)) is not None:
        rest = [(text, share / 2) for text, share in found if text != usual]
        return ((usual, 1.0), *rest)
    return tuple(found)


def iterate_words(name: str) -> Iterator[str]:
    """unused"""
    yield from plain_words(name)
