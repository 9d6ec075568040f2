"""A pair as words: what finding figures, speakers and dates looks at.

Words are folded (:func:`bitrans.arabic.fold_for_matching`); every place leads back to the
segment's own text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from bitrans.arabic import DIACRITICS, TATWEEL, fold_for_matching
from bitrans.core import BilingualDocument, Citation, Match, Pair, Span

Value = TypeVar("Value")

_WORD = re.compile(r"\d+ر\d+|\d+(?:[.,]\d+|،\d{3}(?!\d))*|[^\W\d_]+")
_TAIL = re.compile(f"[{TATWEEL}{DIACRITICS}]*")
_BREAK = re.compile("[،,؛;:.!?؟()\\[\\]\n]|-(?= )|\\.\\.\\.")
_ARABIC = re.compile("[\u0621-\u064a]")
#: What Arabic writes in front of a word, the shortest first.
PREFIXES = (
    "", "و", "ف", "ب", "ل", "ك", "ال", "لل", "وال", "فال", "بال", "كال", "ولل", "وب", "ول", "وبال",
    "فب", "فل",
)  # fmt: skip
_PREFIX_LETTERS = tuple("وفبلكاس")


class Word(NamedTuple):
    """A word of a line, folded; ``start`` and ``end`` are into the folded text."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdecimal()


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A pair of a report with its words.

    ``matches`` holds, for each match of the pair, its first and last word and the match.
    """

    pair: Pair
    text: str
    offsets: tuple[int, ...]
    words: tuple[Word, ...]
    matches: tuple[tuple[int, int, Match], ...]

    @property
    def key(self) -> tuple[str, int]:
        """The document's id and the segment's index."""
        return self.pair.segment.document_id, self.pair.segment.index

    @property
    def is_arabic(self) -> bool:
        """Whether it has a letter of Arabic."""
        return _ARABIC.search(self.text) is not None

    def read_gap(self, index: int) -> str:
        """What stands before word ``index``; after the last word for the number of words."""
        start = self.words[index - 1].end if index else 0
        end = self.words[index].start if index < len(self.words) else len(self.text)
        return self.text[start:end]

    def breaks_before(self, index: int) -> bool:
        """Whether a clause ends between word ``index`` and the one before, or no word is there."""
        if not 0 < index < len(self.words):
            return True
        return _BREAK.search(self.read_gap(index)) is not None

    def read(self, index: int) -> str:
        """Word ``index`` folded, or nothing where there is none."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def join(self, first: int, last: int) -> str:
        """Words ``first`` to ``last`` (inclusive, cut at the line's ends) with single spaces."""
        return " ".join(word.text for word in self.words[max(0, first) : last + 1])

    def cite(self, first: int, last: int) -> Citation:
        """The place of words ``first`` to ``last``, inclusive."""
        return self.cite_characters(self.words[first].start, self.words[last].end)

    def cite_from(self, first: int, last: int, letters: int) -> Citation:
        """The place of words ``first`` to ``last`` without so many letters in front."""
        return self.cite_characters(self.words[first].start + letters, self.words[last].end)

    def cite_characters(self, start: int, end: int) -> Citation:
        """The place of folded characters, with the marks on its last letter."""
        text = self.pair.segment.text
        tail = _TAIL.match(text, self.offsets[end - 1] + 1)
        assert tail is not None
        return Citation(*self.key, Span(self.offsets[start], tail.end()))

    def show(self, citation: Citation) -> str:
        """The segment's own characters at a citation into this line."""
        text = self.pair.segment.text
        return citation.span.slice(text) if citation.span else text


def read_lines(reports: Sequence[BilingualDocument]) -> list[Line]:
    """The pairs of all reports as lines, in order."""
    return [read_line(pair) for report in reports for pair in report.pairs]


def read_line(pair: Pair) -> Line:
    """A pair as words."""
    text, offsets = fold_for_matching(pair.segment.text)
    words = tuple(Word(m.group(), *m.span()) for m in _WORD.finditer(text))
    return Line(pair, text, tuple(offsets), words, tuple(_place(pair.matches, words, offsets)))


def look_up(
    word: str, table: Mapping[str, Value], *, prefixes: Sequence[str] = PREFIXES
) -> tuple[str, Value] | None:
    """What a table has for a word, with the prefix taken off."""
    if word in table and "" in prefixes:
        return "", table[word]
    if not word.startswith(_PREFIX_LETTERS):
        return None
    for prefix in prefixes:
        if word.startswith(prefix) and (bare := word[len(prefix) :]) in table:
            return prefix, table[bare]
    return None


def is_among(word: str, words: Container[str], *, prefixes: Sequence[str] = PREFIXES) -> bool:
    """Whether a word, or what is left of it without a prefix, is one of ``words``."""
    return any(word.startswith(p) and word[len(p) :] in words for p in prefixes)


def list_names(text: str) -> frozenset[str]:
    """English names parted by commas."""
    return frozenset(name.strip() for name in text.split(","))


def fold_words(text: str) -> frozenset[str]:
    """The words of a text as lines have them."""
    return frozenset(fold_for_matching(text).text.split())


def fold_phrases(text: str) -> frozenset[str]:
    """The phrases of a text, parted by commas, as lines have them."""
    return frozenset(" ".join(part.split()) for part in fold_for_matching(text).text.split(","))


def _place(
    matches: Sequence[Match], words: Sequence[Word], offsets: Sequence[int]
) -> Iterator[tuple[int, int, Match]]:
    for match in matches:
        inside = [
            i
            for i, word in enumerate(words)
            if offsets[word.end - 1] >= match.span.start and offsets[word.start] < match.span.end
        ]
        if inside:
            yield inside[0], inside[-1], match
