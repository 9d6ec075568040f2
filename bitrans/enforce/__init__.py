"""Holds the English of a segment to the names its Arabic mentions, rung by rung.

Already right; another hypothesis of the n-best; a forbidden or similar form rewritten; the words
that came from the names replaced, if that names all; the segment decoded again with the English
wanted beside the names, where the model takes that; decoded again from a name on; or openly not
enforced. Each change is a step; replaying the steps on the raw English gives the final English, and
enforcing that again changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitrans.core import Hypothesis, Match, Step
from bitrans.enforce.asking import Oracle, Silence, climb_all
from bitrans.enforce.drafts import Accept, Draft, Problem
from bitrans.enforce.ladder import MAXIMUM_DROP, climb
from bitrans.enforce.likeness import measure_likeness
from bitrans.enforce.places import place_terms
from bitrans.enforce.reasons import explain_missing

__all__ = [
    "MAXIMUM_DROP", "Enforced", "Oracle", "Problem", "enforce", "enforce_all", "measure_likeness",
    "place_terms",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Enforced:
    """What enforcing made of a hypothesis.

    ``hypothesis`` is the last rendering that came from the model as a whole.
    """

    hypothesis: Hypothesis
    target: str
    steps: tuple[Step, ...]


def enforce(
    hypothesis: Hypothesis, matches: Sequence[Match], *, accept: Accept = lambda _: True
) -> Enforced:
    """Hold a hypothesis to its matches without asking a model: the rungs that need none.

    :param hypothesis: its ``source_spans`` and the matches' spans are into the same text.
    :param accept: whether an alternative is as free of doubts as the hypothesis.
    """
    (enforced,) = enforce_all([Problem(hypothesis, matches, accept)], Silence())
    return enforced


def enforce_all(problems: Sequence[Problem], oracle: Oracle) -> list[Enforced]:
    """Hold each hypothesis to its matches; what is asked of the model is asked for all at once.

    :param oracle: is asked about the problems by their numbers.
    """
    return [_finish(draft) for draft in climb_all([climb(p) for p in problems], oracle)]


def _finish(draft: Draft) -> Enforced:
    """The steps with the place of each name in the final English, and why others have none."""
    places = draft.places
    steps = [(index, replace(step, target=places.get(index))) for index, step in draft.steps]
    missing = [
        explain_missing(draft, index) for index in range(len(draft.matches)) if index not in places
    ]
    return Enforced(draft.chosen, draft.text, (*(step for _, step in steps), *missing))
