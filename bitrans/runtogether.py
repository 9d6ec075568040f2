"""Parts words that were run together where a glossary match shows it (``الأممالمتحدة``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from bitrans.arabic import apply_changes, fold_for_matching
from bitrans.core import Change, Match, Prepared, Span

_ARTICLE = "ال"


def split_run_together(prepared: Prepared, matches: Sequence[Match]) -> Prepared:
    """The prepared text with the spaces that matched names have and the text lacks.

    :param matches: their spans are into the segment's own text and do not overlap.
    """
    gaps = {gap for match in matches for gap in _find_gaps(prepared, match)}
    changes = [Change("run-together", Span(gap, gap), "", " ") for gap in sorted(gaps)]
    return apply_changes(prepared, changes)


def _find_gaps(prepared: Prepared, match: Match) -> list[int]:
    """Where two words of a name meet in the prepared text."""
    words = fold_for_matching(match.form).text.split()
    start, end = (bisect_left(prepared.offsets, place) for place in match.span)
    written = fold_for_matching(prepared.text[start:end]).text
    if len(words) < 2 or len(written) != end - start:
        return []
    found = re.fullmatch(r"([\W_]*)".join(map(_match_word, words)), written)
    return [start + found.start(i) for i in range(1, len(words)) if not found[i]] if found else []


def _match_word(word: str) -> str:
    """A word of a name as it may be written: after لل without its article, أبو in any case."""
    if word in ("ابو", "ابي", "ابا"):
        return "اب[ويا]"
    if word.startswith(_ARTICLE) and len(word) > 4:
        return f"(?:{_ARTICLE})?{re.escape(word[2:])}"
    return re.escape(word)
