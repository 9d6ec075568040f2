"""A text as words with the gaps between them: what matching and evidence look at."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate

from bitrans.arabic import DIACRITICS, TATWEEL, fold_for_matching
from bitrans.core import Span

_GAPS = re.compile(r"([\W_]+)")
_BREAK = re.compile(r"\n[^\S\n]*\n|\u2029")
_TAIL = re.compile(f"[{TATWEEL}{DIACRITICS}]*")
_SENTENCE_END = re.compile("[!?؟؛]|\\.(?= |$)|\n\n")
#: What may stand between a kind word and its name: white space, an opening quote or bracket.
_BESIDE = re.compile("[ \"'(\\[{]+")


class Words:
    """The words of a text, folded for matching, and where they stand in the original."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.folded, self.offsets = fold_for_matching(text)
        # Words and gaps in turn; the first and the last word may be empty.
        self._parts = _GAPS.split(self.folded)
        self._first = 0 if self._parts[0] else 2
        self._last = len(self._parts) - (0 if self._parts[-1] else 1)
        self.texts: list[str] = self._parts[self._first : self._last : 2]

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins, folded. Most texts name nothing: there it is never asked."""
        return self._bounds[self._first : self._last : 2]

    @cached_property
    def ends(self) -> list[int]:
        """Where each word ends, folded."""
        return self._bounds[self._first + 1 : self._last + 1 : 2]

    @cached_property
    def _bounds(self) -> list[int]:
        return list(accumulate(map(len, self._parts), initial=0))

    def __len__(self) -> int:
        return len(self.texts)

    def read_gap(self, index: int) -> str:
        """What stands before word ``index``, folded; a paragraph's end is two line ends."""
        start, end = self.ends[index - 1] if index else 0, self.starts[index]
        gap = self.folded[start:end]
        if gap == " " or not _BREAK.search(self.original, self.offsets[start], self.offsets[end]):
            return gap
        return f"{gap}\n\n"

    def read_word(self, index: int) -> str:
        """Word ``index`` as the text writes it, without marks."""
        start, end = self.starts[index], self.ends[index]
        return "".join(self.original[offset] for offset in dict.fromkeys(self.offsets[start:end]))

    def is_beside(self, index: int) -> bool:
        """Whether word ``index`` directly follows the word before: no more than a quote opens."""
        if index == 0:
            return False
        gap = self.read_gap(index)
        return gap == " " or _BESIDE.fullmatch(gap) is not None

    def ends_sentence(self, index: int) -> bool:
        """Whether a sentence or paragraph ends between word ``index`` and the word before."""
        return index == 0 or _SENTENCE_END.search(self.read_gap(index)) is not None

    def locate(self, start: int, end: int) -> Span:
        """The original's span of folded characters, with the marks on its last letter."""
        tail = _TAIL.match(self.original, self.offsets[end - 1] + 1)
        assert tail is not None
        return Span(self.offsets[start], tail.end())
