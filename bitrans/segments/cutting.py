"""Texts too long for the model, cut where it hurts least."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bitrans.core import Span

#: Where a text may be cut, best first; each cut is at the end of what the pattern matches.
_PLACES = (
    re.compile(r"(?<=[^\W\d_]{3})[.؟?!…؛]+[»”\")\]]*\s+(?=\S)"),
    re.compile(r"[،؛:,]\s+(?=\S)"),
    re.compile(
        r"(?<=\S)\s+(?=(?:فيما|حيث|بينما|كما|لكن|لأن|مما|إذ|إلا|التي|التى|الذي|الذى|الذين)\s"
        # Common words that begin with a و of their own.
        r"|و(?!زير|زار|كال|قت|ضع|سط|فق|فد|لاي|حد|اشنط|احد|اقع|جود|ثيق|طن|رق|جه)[^\W\d_]{2})"
    ),
    re.compile(r"(?<=\S)\s+(?=\S)"),
)


def cut_segment(text: str, limit: int, count: Callable[[str], int]) -> list[Span]:
    """Cuts a text so that ``count`` of each piece is at most ``limit``, at clauses if it can be.

    The pieces join to the text exactly. Cuts are sought near the middle: after a mark, before a
    conjunction, at a space, and only then inside a word. A piece of one character is kept even
    where it counts for more than ``limit``.
    """
    pending = [Span(0, len(text))]
    pieces = []
    while pending:
        span = pending.pop()
        piece = span.slice(text)
        if len(piece) < 2 or count(piece) <= limit:
            pieces.append(span)
        else:
            cut = span.start + _choose_cut(piece)
            pending += [Span(cut, span.end), Span(span.start, cut)]
    return pieces


def _choose_cut(text: str) -> int:
    """Where to cut in two: the best kind of place in the middle half, nearest to the middle."""
    middle = len(text) // 2
    cuts: list[int] = []
    for pattern in _PLACES:
        cuts = [found.end() for found in pattern.finditer(text)]
        near = [cut for cut in cuts if len(text) <= 4 * cut <= 3 * len(text)]
        if near:
            return min(near, key=lambda cut: abs(cut - middle))
    # What is left is any space at all.
    if cuts:
        return min(cuts, key=lambda cut: abs(cut - middle))
    return _choose_cut_in_word(text, middle)


def _choose_cut_in_word(text: str, middle: int) -> int:
    """The middle, or the next place that does not part a letter from its vowel signs."""
    cut = middle
    while cut < len(text) and unicodedata.combining(text[cut]):
        cut += 1
    return cut if cut < len(text) else middle
