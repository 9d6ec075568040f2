"""Whole names: their words spelt one by one, with articles, particles and capitals of the press."""

from __future__ import annotations

import heapq
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise, product
from math import prod

from rapidfuzz import fuzz

from bitrans.arabic import apply_rules, fold_for_matching, unfold_presentation
from bitrans.spelling.decoding import decode_word
from bitrans.spelling.skeleton import ARTICLE, cut_article, fold_arabic, fold_latin
from bitrans.spelling.table import Table, load_table

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
#: Endings that the press writes ``a``, where lists of places often have ``ah``.
_FEMININE = ("ة", "يه")
#: Letters of Arabic words, and Latin ones that spell no Arabic word: ``al-Kalasa``, no Clasa.
_NATIVE = frozenset("حخضظعذ")
_FOREIGN = re.compile("[pvx]|c(?!h)")
_UNLIKELY = 0.05
_LETTERS = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ی": "ي", "ک": "ك"})
#: What is no letter and no mark of a vowel.
_OTHER = re.compile("[^\\w\\s\u064b-\u0652-]|[\u0640_\\d]")
_MARKS = re.compile("[\u064b-\u0652]+")
#: Spellings of a word that are tried, words of a name and letters of a word that are read.
_BREADTH, _MOST_WORDS, _LONGEST = 5, 8, 24
#: In names of more words than this only two spellings of each are tried.
_FEW = 4
#: So many consonants tell whether a name is shown, where so much, of 100, is alike of them or of
#: all letters of a proposed spelling. One consonant of four that is another is too many.
_TELLING, _CONSONANTS_ALIKE, _JOINED_ALIKE, _LETTERS_ALIKE = 2, 87, 90, 85
_LATIN_WORD = re.compile(r"[^\W\d_]+")
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
    spelt = [_spell_word(word, known or {}) for word in _split_words(name)[:_MOST_WORDS]]
    breadth = min(count, _BREADTH if len(spelt) <= _FEW else 2)
    options = product(*(word[:breadth] for word in spelt if word))
    best = heapq.nlargest(count, options, key=lambda picked: prod(share for _, share in picked))
    found = (" ".join(text for text, _ in picked) for picked in best)
    return [text for text in dict.fromkeys(found) if text]


def is_shown(word: str, english: str) -> bool | None:
    """Whether some English word, or two that stand side by side, may spell an Arabic one.

    None where the Arabic word has too few consonants to tell.
    """
    wanted = fold_arabic(word)
    if len(wanted) < _TELLING:
        return None
    written = _LATIN_WORD.findall(english)
    folded = [fold_latin(found) for found in written]
    joined = [one + other for one, other in pairwise(folded)]
    if any(fuzz.ratio(wanted, found) >= _CONSONANTS_ALIKE for found in folded):
        return True
    if any(fuzz.ratio(wanted, found) >= _JOINED_ALIKE for found in joined):
        return True
    return any(
        fuzz.ratio(spelling.lower().removeprefix("al-"), found.lower()) >= _LETTERS_ALIKE
        for spelling in propose_spellings(word, _BREADTH)
        for found in written
    )


def list_spellings(word: str, table: Table) -> list[tuple[str, float]]:
    """The spellings of a plain word without its article, in small letters, by a table alone.

    Each has its share of the likelihood of all; the likeliest come first.
    """
    found = decode_word(word[:_LONGEST], table)
    if (usual := table.words.get(word)) is not None:
        return [(usual, 1.0), *((text, share / 2) for text, share in found if text != usual)]
    return found


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
        if words and _MARKS.sub("", words[-1]) == _SERVANT and word.startswith(ARTICLE):
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
    native = bool(article) or not _NATIVE.isdisjoint(word)
    shares: dict[str, float] = {}
    for text, share in _list_spellings(cut_article(word)):
        short = text[:-1] if word.endswith(_FEMININE) and text.endswith("ah") else text
        spelling = f"{article}{short[:1].upper()}{short[1:]}"
        likely = share * (_UNLIKELY if native and _FOREIGN.search(text) else 1.0)
        shares[spelling] = shares.get(spelling, 0.0) + likely
    return sorted(shares.items(), key=lambda item: (-item[1], item[0]))


@lru_cache(maxsize=_MEMORY)
def _list_spellings(word: str) -> tuple[tuple[str, float], ...]:
    return tuple(list_spellings(word, load_table()))
