"""Parts words that were run together where a glossary match shows it (``الأممالمتحدة``)."""

from __future__ import annotations

from collections.abc import Sequence

from bitrans.arabic import apply_changes
from bitrans.core import Change, Match, Prepared, Span


def split_run_together(prepared: Prepared, matches: Sequence[Match]) -> Prepared:
    """The prepared text with the spaces that matched names have and the text lacks."""
    changes = []
    for match in matches:
        if " " in match.form and not any(letter.isspace() for letter in match.text):
            changes += _find_gaps(prepared, match)
    return apply_changes(prepared, changes)


def _find_gaps(prepared: Prepared, match: Match) -> list[Change]:
    """Where the words of a name meet, if the name stands unbroken in the prepared text."""
    start, end = (_locate(prepared, place) for place in match.span)
    words = match.form.split()
    if end - start != sum(map(len, words)):
        return []
    changes, at = [], start
    for word in words[:-1]:
        at += len(word)
        changes.append(Change("run-together", Span(at, at), "", " "))
    return changes


def _locate(prepared: Prepared, place: int) -> int:
    """The first character of the prepared text that stands at ``place`` or later."""
    return next(i for i, offset in enumerate(prepared.offsets) if offset >= place)
