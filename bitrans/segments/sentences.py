"""One line to sentences.

A sentence ends at a mark (``. ؟ ! … ؛``). What takes the work is telling the marks that end
nothing: in abbreviations, numbers and addresses, and inside quotations, where Arabic news puts
whole sentences that belong to the one around them. A wrong cut leaves the model two fragments and
a missed one only a longer text, so where nothing decides, nothing is cut.

All is done in a time that grows with the length of the line: no pattern looks back or ahead
further than a fixed number of characters, but for what does not show.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from bitrans.arabic import DIACRITICS, INVISIBLE, TATWEEL
from bitrans.core import Span
from bitrans.segments.words import (
    ATTRIBUTING,
    CARRYING_ON,
    LATIN_ABBREVIATIONS,
    LETTER_NAMES,
    VERBS,
    read_word,
    strip_hidden,
)

MARKS = ".؟?!…‥؛۔‼⁇⁈⁉"
PAUSES = "،,:;؛"

_RUN = re.compile(f"[{MARKS}]+")
_ELLIPSIS = re.compile(r"\.{2,}|\.*[…‥][.…‥]*")
_WORD = re.compile(r"[^\W_]")
_NON_SPACE = re.compile(r"\S")
_FIRST_OF_WORD = re.compile(r"(?<!\S)\S")
_SHOWN = re.compile(f"[^\\s{INVISIBLE}{DIACRITICS}{TATWEEL}]")
_URL = re.compile(r"(?:https?://|www\.)\S+")

# Marks by the family that pairs them. Right-to-left text is often typed with the shapes the wrong
# way round, so those of one family count as alike and their place tells which one opens.
_FAMILIES = {
    "«": "«", "»": "«", "“": '"', "”": '"', "„": '"', '"': '"',
    "(": "(", ")": "(", "[": "[", "]": "[", "{": "{", "}": "{",
}  # fmt: skip
_OPENING = "«([{"
_QUOTES = '«»“”„"'
_ENCLOSING = re.compile(r"[«»()\[\]{}“”„\"]")
_LONG_QUOTATION = 60
#: Controls that end a run of text in another direction or show nothing: they stay before the cut.
_TRAILING = "\u200b\u200c\u200d\u200e\u200f\u061c\u202c\u2069\ufeff"

_INITIALS = re.compile(r"و?[ء-ي](?:\.[ء-ي])*|[A-Za-z](?:\.[A-Za-z])*")
_ENUMERATOR = re.compile(r"(?:^|(?<!\d):\s+)\(?[0-9٠-٩]{1,2}$")
_LAST_LETTERS = re.compile(r"[^\W_]+$")
_LOOK_BACK = 30
_LOOK_AHEAD = 30


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what its marks depend on.

    ``guards`` are the quotations, brackets and addresses that no mark inside them may break, in
    order and apart; ``closing`` holds where the closing quotation marks and brackets stand.
    """

    text: str
    guards: tuple[Span, ...]
    closing: frozenset[int]

    def find_guard(self, position: int) -> Span | None:
        """The guard that ``position`` is in."""
        number = bisect_right(self.guards, position, key=lambda guard: guard.start) - 1
        if number >= 0 and position < self.guards[number].end:
            return self.guards[number]
        return None


def split_line(text: str) -> list[Span]:
    """The sentences of a line that has no white space at its ends, without that between them."""
    line = _study_line(text)
    pieces: list[Span] = []
    start = at = 0
    word = _find(_WORD, text, start)
    while run := _RUN.search(text, at):
        at = _find_run_end(line, run.end())
        # A piece without a word in it is no sentence: marks in front go with what follows.
        if word < run.start() and _ends_sentence(line, run, Span(start, at)):
            pieces.append(Span(start, at))
            start = _find(_NON_SPACE, text, at)
            word = _find(_WORD, text, start)
    if pieces and word == len(text):
        pieces[-1] = Span(pieces[-1].start, len(text))
    elif start < len(text):
        pieces.append(Span(start, len(text)))
    return pieces


def _find(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)


def _study_line(text: str) -> _Line:
    pairs, closing = _pair_marks(text)
    words = [word.start() for word in _FIRST_OF_WORD.finditer(text)] if pairs else []
    guards = [
        pair
        for pair in pairs
        if bisect_left(words, pair.end) - bisect_left(words, pair.start) <= _LONG_QUOTATION
    ]
    for url in _URL.finditer(text):
        address = url.group().rstrip(MARKS + PAUSES + "".join(_FAMILIES))
        guards.append(Span(url.start(), url.start() + len(address)))
    return _Line(text, _merge(guards), frozenset(closing))


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _pair_marks(text: str) -> tuple[list[Span], list[int]]:
    """The quotations and brackets that open and close in this line, and all closing marks."""
    pairs: list[Span] = []
    closing: list[int] = []
    waiting: dict[str, list[int]] = {}
    for found in _ENCLOSING.finditer(text):
        mark, at = found.group(), found.start()
        openers = waiting.setdefault(_FAMILIES[mark], [])
        if _is_opening(text, at, is_open=bool(openers)):
            if _FAMILIES[mark] == '"':
                # These do not nest, so the one before was never closed.
                openers.clear()
            openers.append(at)
            continue
        closing.append(at)
        if openers:
            pairs.append(Span(openers.pop(), at + 1))
    return pairs, closing


def _is_opening(text: str, at: int, *, is_open: bool) -> bool:
    """Whether a mark opens: for quotation marks what stands beside tells more than the shape."""
    mark = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in _QUOTES:
        if (before.isspace() or before in _OPENING) and not after.isspace():
            return True
        if not before.isspace() and (after.isspace() or after in MARKS + PAUSES + ")]}»"):
            return False
    if _FAMILIES[mark] == '"':
        return not is_open
    return mark in _OPENING


def _find_run_end(line: _Line, at: int) -> int:
    """Past the closing marks that belong to the sentence, even behind spaces."""
    end = at
    while at < len(line.text):
        if at in line.closing or line.text[at] in _TRAILING:
            end = at + 1
        elif not line.text[at].isspace():
            break
        at += 1
    return end


def _ends_sentence(line: _Line, run: re.Match[str], piece: Span) -> bool:
    """Whether the marks ``run``, with which ``piece`` would end, do end a sentence."""
    following = _peek(line.text, piece.end)
    if not following:
        return True
    guard = line.find_guard(run.start())
    if guard and piece.end < guard.end:
        return False
    first = following[0]
    if first in MARKS + PAUSES or (first.isascii() and first.islower()):
        return False
    if run.group() in {".", "۔"}:
        if guard and read_word(following) in ATTRIBUTING:
            return False
        return _stop_ends(line.text, run.start(), piece)
    if guard:
        # «…؟» may be a part of the sentence around it.
        return _opens_sentence(following)
    if first.isascii() and first.isalnum() and _is_glued(line.text, run):
        return False
    return not (_ELLIPSIS.fullmatch(run.group()) and read_word(following) in CARRYING_ON)


def _is_glued(text: str, run: re.Match[str]) -> bool:
    """Whether the marks stand inside a word of Latin letters or digits (``page?id=5``)."""
    return not text[run.end()].isspace() and text[run.start() - 1].isascii()


def _peek(text: str, at: int) -> str:
    """The next word, or its beginning, without signs that do not show."""
    found = _SHOWN.search(text, at)
    if not found:
        return ""
    ahead = strip_hidden(text[found.start() : found.start() + _LOOK_AHEAD])
    return ahead.split(maxsplit=1)[0]


def _opens_sentence(following: str) -> bool:
    word = read_word(following)
    return word[:1] in {"و", "ف"} and word[1:] in VERBS


def _stop_ends(text: str, stop: int, piece: Span) -> bool:
    """Whether a full stop is more than the stop of an abbreviation or a number."""
    before = strip_hidden(text[max(piece.start, stop - _LOOK_BACK) : stop])
    token = "" if not before or before[-1].isspace() else before.split()[-1]
    token = token.lstrip("".join(_FAMILIES) + "'‘")
    following = _peek(text, piece.end)
    if (
        _INITIALS.fullmatch(token)
        or token in LATIN_ABBREVIATIONS
        or _ENUMERATOR.search(before.lstrip())
    ):
        return _opens_sentence(following)
    if LETTER_NAMES.issuperset((read_word(token), read_word(following))):
        return False
    return text[piece.end].isspace() or _glued_stop_ends(token, following)


def _glued_stop_ends(token: str, following: str) -> bool:
    """Whether a stop with no space after it ends a sentence: between two whole words it does."""
    found = _LAST_LETTERS.search(token)
    left = found.group() if found else ""
    first = following[0]
    if left.isascii() and left.isalpha():
        return _opens_sentence(following)
    is_whole = not left or left.isdigit() or len(left) > 1
    if _is_arabic(first):
        return is_whole and len(read_word(following)) > 1
    return is_whole and not left.isdigit() and (first.isupper() or first in _QUOTES + "(")


def _is_arabic(character: str) -> bool:
    return character.isalpha() and "\u0620" <= character <= "\u06ff"
