"""Whether the model itself bears a change: how likely it finds the new English.

The model never writes a name that it does not know, so what is asked of a name is little: that it
is no stranger where it stands. What is asked of the words outside all names is more: they must not
become much less likely than the model's own rendering was as a whole, which decoding told.
``benchmarks/acceptance.py`` shows what the bounds keep and refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bitrans.core import Span, TokenScores
from bitrans.enforce.drafts import Draft, Edit
from bitrans.enforce.places import overlaps

#: The least mean log-probability of the tokens of a name that is put in.
NAME_FLOOR = -8.0
#: How far the mean log-probability of the words outside names may fall.
REST_FALL = 0.3


def find_unborne(edits: Sequence[Edit], scores: TokenScores) -> list[Edit]:
    """Of edits made one upon another those that the model does not bear.

    Where it is the words outside the names that it does not bear, that is all of them: it has lost
    its way, and without one of the names would still not find it.

    :param scores: those of the English that the last of them leaves.
    """
    draft = edits[-1].after
    names = [measure_name(scores, draft.places[edit.index]) for edit in edits]
    strangers = [edit for edit, name in zip(edits, names, strict=True) if name < NAME_FLOOR]
    if strangers or measure_fall(draft, edits[0].before, scores) < REST_FALL:
        return strangers
    return list(edits)


def measure_name(scores: TokenScores, name: Span) -> float:
    """The mean log-probability of the tokens of a name."""
    return _mean(
        score
        for span, score in zip(scores.spans, scores.log_probabilities, strict=False)
        if overlaps(span, [name])
    )


def measure_fall(draft: Draft, before: Draft, scores: TokenScores) -> float:
    """How much less likely the words outside all names are than all words were before."""
    names = draft.places.values()
    *inside, end = scores.log_probabilities
    rest = [
        score for span, score in zip(scores.spans, inside, strict=True) if not overlaps(span, names)
    ]
    return before.chosen.log_probability - _mean([*rest, end])


def _mean(scores: Iterable[float]) -> float:
    listed = list(scores)
    return sum(listed) / len(listed) if listed else 0.0
