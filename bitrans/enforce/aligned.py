"""The last rung: a name put where the model's attention shows that the Arabic name came out.

Only words that look like a name are replaced, only where the attention of nearly all their tokens
points at the mention, and only where there is one such place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bitrans.core import Hypothesis, Match, Span
from bitrans.enforce.candidates import Candidate, is_other_name, list_runs, share_pointing
from bitrans.enforce.likeness import choose_form, is_derived
from bitrans.enforce.places import overlaps

#: The share of a run's tokens that must point at the mention.
POINTING = 0.75
_ARTICLES = frozenset({"al", "el"})
_BESIDE = r"[^\W_]+(?:[-'’][^\W_]+)*"


def find_aligned(
    hypothesis: Hypothesis, matches: Sequence[Match], index: int, places: Mapping[int, Span]
) -> Candidate | None:
    """The one run of name-like words that the model made from a mention, if there is just one."""
    text, match = hypothesis.text, matches[index]
    if text and not places and is_whole_line(hypothesis, match):
        whole = Span(0, len(text))
        return Candidate(index, whole, match.term.preferred, 0.0, "the line is only this name")
    if hypothesis.alignment is None:
        return None
    runs = [
        span
        for span in list_runs(text, match.term)
        if not overlaps(span, places.values())
        and points_at(hypothesis, span, match)
        and _is_whole(span, text)
        and not is_derived(span.slice(text), match.term.preferred)
    ]
    best = max(runs, key=lambda span: (span.end - span.start, -span.start), default=None)
    if best is None or any(not overlaps(span, [best]) for span in runs):
        return None
    why = f"“{best.slice(text)}” stands where the Arabic has the name"
    return Candidate(index, best, choose_form(match), 0.0, why)


def is_whole_line(hypothesis: Hypothesis, match: Match) -> bool:
    """Whether the Arabic is nothing but the mention, as a heading may be."""
    spans = [span for span in hypothesis.source_spans if span.start < span.end]
    return bool(spans) and all(overlaps(span, [match.span]) for span in spans)


def points_at(hypothesis: Hypothesis, span: Span, match: Match) -> bool:
    """Whether the attention of nearly all tokens of a span is on the mention."""
    return share_pointing(hypothesis, match, span) >= POINTING


def _is_whole(span: Span, text: str) -> bool:
    """Whether no other word of a name stands beside a run, and it is more than a nationality."""
    after = re.match(rf"[ -]({_BESIDE})", text[span.end :])
    before = re.search(rf"({_BESIDE})[ -]$", text[: span.start])
    words = re.findall(_BESIDE, span.slice(text))
    return any(is_other_name(word) and word.lower() not in _ARTICLES for word in words) and not any(
        beside and is_other_name(beside[1]) for beside in (before, after)
    )
