"""Word pairs of the name lists, Arabic beside Latin, for the transliteration model.

A list says that two names are of one bearer, not that one spells the other: ``Republic of`` stands
for جمهورية, and some rows are slips. Only names that fall into as many words on both sides are
taken, and only words whose consonants agree.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from bitrans.spelling import plain_words
from bitrans.spelling.skeleton import ARTICLE, cut_article, fold_arabic, fold_latin

#: Dictionaries are no names.
LEFT_OUT = ("lexicon_",)
KINDS = ("person", "place", "org")
#: How alike the consonants of two words must be, of 100, where there are more than two.
ALIKE = 75
#: One name in so many is held out by its own letters, and one rare word by its.
NAMES_OUT, WORDS_OUT = 40, 40
#: A word of more names than this is never held out: it is no unknown word.
RARE = 12
_QUOTES = re.compile("['’‘`´ʿʾʼʻ]")
_LATIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_ARABIC = re.compile("[ء-يپچژگڤکی]+(?: [ء-يپچژگڤکی]+)*")
_ARTICLES = frozenset(
    ["al", "el", "il", "ul", "as", "ash", "ad", "an", "ar", "at", "az", "ez", "es", "l"]
)
_GLUED = re.compile(r"(?:al|el|ul)(?=\w{3})")
_SERVANT = re.compile(r"abd[aeiou]{0,2}(?:l|r|n|d|t|z|sh?)?(?=\w{3})")
_SINGLE = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h"})


class Name(NamedTuple):
    """A name of the lists: its Arabic words without articles and their Latin spellings."""

    kind: str
    arabic: tuple[str, ...]
    latin: tuple[str, ...]
    source: str


def read_names(folder: Path) -> Iterator[Name]:
    """The names of the lists that spell the Arabic, word by word; other rows are passed over."""
    for path in sorted(folder.glob("*.tsv.gz")):
        if path.name.startswith(LEFT_OUT):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                arabic, english, kind = line.rstrip("\n").split("\t")
                if kind in KINDS and (name := pair_name(arabic, english)):
                    yield Name(kind, *name, path.name.removesuffix(".tsv.gz"))


def pair_name(arabic: str, english: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The words of a name on both sides, without articles, if they agree one by one."""
    ours, theirs = plain_words(arabic), _split_latin(english)
    if not _ARABIC.fullmatch(" ".join(ours)) or not theirs:
        return None
    latin: list[str] = []
    for word in ours:
        if len(theirs) > 1 and word.startswith(ARTICLE) and theirs[0] in _ARTICLES:
            theirs = theirs[1:]
        if not theirs:
            return None
        spelt, theirs = _take_word(word, theirs)
        if not _agree(cut_article(word), spelt):
            return None
        latin.append(spelt)
    return None if theirs else (tuple(map(cut_article, ours)), tuple(latin))


class Split(NamedTuple):
    """Names for training, names held out, and held-out names that have a word kept out wholly."""

    kept: list[Name]
    held_out: list[Name]
    unseen: list[Name]


def split_names(names: Sequence[Name], termbase: Iterable[Name] = ()) -> Split:
    """The names parted by their letters, always in the same way.

    :param termbase: names that are left out of training, since nothing must be guessed there.
    """
    counts = Counter(word for name in names for word in set(name.arabic))
    known = {name.arabic for name in termbase}
    split = Split([], [], [])
    for name in names:
        if any(counts[word] <= RARE and _draw(f"word {word}", WORDS_OUT) for word in name.arabic):
            split.unseen.append(name)
        elif _draw(" ".join(name.arabic), NAMES_OUT):
            split.held_out.append(name)
        elif name.arabic not in known:
            split.kept.append(name)
    return split


def _draw(key: str, parts: int) -> bool:
    return zlib.crc32(key.encode()) % parts == 0


def _split_latin(english: str) -> list[str]:
    letters = unicodedata.normalize("NFD", english.lower().translate(_SINGLE))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    text = " ".join(_QUOTES.sub("", plain).replace("-", " ").split())
    return text.split() if _LATIN.fullmatch(text) else []


def _take_word(word: str, theirs: list[str]) -> tuple[str, list[str]]:
    """The spelling of one Arabic word and what is left; ``Abd al-Aziz`` is ``abdulaziz``."""
    first, rest = theirs[0], theirs[1:]
    if word.startswith("عبدال") and len(word) > 6:
        if rest and first in ("abd", "abed") and rest[0] in _ARTICLES:
            rest = rest[1:]
        if re.fullmatch(r"abe?d[aeiou]{0,2}(?:l|r|n|d|t|z|sh?)?", first) and rest:
            return f"abdul{rest[0]}", rest[1:]
        if found := _SERVANT.match(first):
            return f"abdul{first[found.end() :]}", rest
    if word.startswith(ARTICLE) and (glued := _GLUED.match(first)):
        bare = first[glued.end() :]
        if not _agree(cut_article(word), first) and _agree(cut_article(word), bare):
            return bare, rest
    return first, rest


def _agree(arabic: str, latin: str) -> bool:
    one, other = fold_arabic(arabic), fold_latin(latin)
    if one == other:
        return abs(len(arabic) - len(latin)) < 6
    return min(len(one), len(other)) > 2 and fuzz.ratio(one, other) >= ALIKE
