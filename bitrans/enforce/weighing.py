"""Whether the model itself bears a change: how likely it finds the new English.

The model never writes a name that it does not know, so what is asked of a name is little: that it
is no stranger where it stands. What is asked of the words around it is more: they must not become
unlikely because of it. ``benchmarks/acceptance.py`` shows what the bounds keep and refuse.
"""

from __future__ import annotations

from collections.abc import Iterable

from bitrans.core import Span, TokenScores
from bitrans.enforce.drafts import Edit
from bitrans.enforce.places import overlaps

#: The least mean log-probability of the tokens of a name that is put in.
NAME_FLOOR = -8.0
#: How far the mean log-probability of the words outside names may fall.
REST_FALL = 0.45


def bears(edit: Edit, before: TokenScores, after: TokenScores) -> bool:
    """Whether the model bears an edit, by its scores of the English before and after."""
    name = edit.after.places[edit.index]
    return bears_name(after, name) and measure_fall(edit, before, after) < REST_FALL


def bears_name(scores: TokenScores, name: Span) -> bool:
    """Whether the model bears a name where it stands."""
    return measure_name(scores, name) >= NAME_FLOOR


def measure_name(scores: TokenScores, name: Span) -> float:
    """The mean log-probability of the tokens of a name."""
    return _mean(
        score
        for span, score in zip(scores.spans, scores.log_probabilities, strict=False)
        if overlaps(span, [name])
    )


def measure_fall(edit: Edit, before: TokenScores, after: TokenScores) -> float:
    """How much less likely the words outside all names are than they were."""
    old = _rest(before, [*edit.before.places.values(), edit.span])
    return old - _rest(after, edit.after.places.values())


def _rest(scores: TokenScores, apart: Iterable[Span]) -> float:
    apart = list(apart)
    *inside, end = scores.log_probabilities
    rest = [
        score for span, score in zip(scores.spans, inside, strict=True) if not overlaps(span, apart)
    ]
    return _mean([*rest, end])


def _mean(scores: Iterable[float]) -> float:
    listed = list(scores)
    return sum(listed) / len(listed) if listed else 0.0
