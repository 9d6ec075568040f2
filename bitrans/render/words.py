"""Small pure functions on shown text: direction, length, counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Overrides, embeddings and isolates could make a line read as what it is not; direction is given
#: by markup instead (Unicode UAX #9; https://trojansource.codes). The JSON keeps every character.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_ARABIC = re.compile(
    "[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
    "(?:[^A-Za-z\n]*[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc])?"
)
_CLAUSE = re.compile(r"[,;:،؛]\s")


def clean(text: str) -> str:
    """``text`` without the characters that steer display or cannot be shown."""
    return _CONTROL.sub("\ufffd", _STEERING.sub("", text))


def one_line(text: str) -> str:
    """``text`` cleaned, on one line."""
    return " ".join(clean(text).split())


def isolate(text: str) -> str:
    """``text`` between isolates, for places where markup cannot go (hover titles)."""
    return f"\u2068{one_line(text)}\u2069"


def isolate_english(text: str) -> str:
    """``text``, which is ours, so that it runs left to right wherever it is shown."""
    return f"\u2066{text}\u2069"


def has_arabic(text: str) -> bool:
    """Whether there is an Arabic letter in ``text``."""
    return _ARABIC.search(text) is not None


def split_arabic(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of ``text`` in order, each with whether it is a run of Arabic."""
    end = 0
    for run in _ARABIC.finditer(text):
        if run.start() > end:
            yield text[end : run.start()], False
        yield run.group(), True
        end = run.end()
    if end < len(text):
        yield text[end:], False


def shorten(text: str, limit: int) -> str:
    """``text`` on one line, cut at a clause or a word where it is longer than ``limit``."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    clauses = [mark.start() for mark in _CLAUSE.finditer(line, limit // 2, limit)]
    head = line[: clauses[-1]] if clauses else line[: limit + 1].rsplit(" ", 1)[0][:limit]
    return head.rstrip(" ,;:،؛-–—") + "…"


def count(number: int, singular: str, plural: str = "") -> str:
    """``1 doubt``, ``2 doubts``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
