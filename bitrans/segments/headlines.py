"""Headlines that run into one another and into the text."""

from __future__ import annotations

import re
from itertools import islice

from bitrans.core import Span
from bitrans.segments.words import DAYS, PREPOSITIONS, VERBS, read_word

_NON_SPACE = re.compile(r"\S+")
_HEADLINE_WORDS = 6
_LEAD_WORDS = 12
_FIRST_WORDS = 60
_DAY_WITHIN = 8


def part_headlines(text: str, pieces: list[Span]) -> list[Span]:
    """Cuts the last of a run of headlines from the lead sentence that it runs into.

    Some papers print headlines joined by ``..`` and then the text in the same line with no mark
    at all. The cut needs every sign of it; see :func:`_find_lead`.
    """
    number = 0
    while number < len(pieces) and pieces[number].slice(text).endswith(("..", "…")):
        number += 1
    if number in {0, len(pieces)}:
        return pieces
    piece = pieces[number]
    lead = _find_lead(piece.slice(text))
    if not lead:
        return pieces
    cut = piece.start + lead
    headline = Span(piece.start, piece.start + len(text[piece.start : cut].rstrip()))
    return [*pieces[:number], headline, Span(cut, piece.end), *pieces[number + 1 :]]


def _find_lead(text: str) -> int | None:
    """Where a lead sentence begins: a verb of news, its definite subject and a day soon after.

    The headline before it must be long enough to be whole, and end in a preposition and its noun:
    a verb just after a noun may have that noun for its subject.
    """
    found = list(islice(_NON_SPACE.finditer(text), _FIRST_WORDS))
    words = [read_word(word.group()) for word in found]
    for number in range(_HEADLINE_WORDS, len(words) - _LEAD_WORDS):
        if (
            words[number] in VERBS
            and words[number - 2] in PREPOSITIONS
            and words[number + 1].startswith("ال")
            and not DAYS.isdisjoint(words[number + 1 : number + 1 + _DAY_WITHIN])
        ):
            return found[number].start()
    return None
