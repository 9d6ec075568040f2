"""The English of a segment while it is held to its names, and the steps that made it so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bitrans.core import Hypothesis, Match, Method, Span, Step
from bitrans.enforce.candidates import Candidate
from bitrans.enforce.places import place_terms
from bitrans.enforce.rewriting import fit_name, move, splice

#: Whether a rendering raises no doubt that the model's own had not.
Accept = Callable[[Hypothesis], bool]


@dataclass(frozen=True, slots=True)
class Problem:
    """A hypothesis and the mentions whose names it should have.

    Its ``source_spans`` and the matches' spans are into the same text: ``source``, by which lists
    of names are known.
    """

    hypothesis: Hypothesis
    matches: Sequence[Match]
    accept: Accept = lambda _: True
    source: str = ""


@dataclass(frozen=True)
class Draft:
    """The English as it is so far.

    ``chosen`` is the last rendering that came from the model as a whole, ``hypothesis`` what the
    edits made of it; ``put`` has the places of the names put in, ``steps`` each step with the
    number of its mention.
    """

    problem: Problem
    chosen: Hypothesis
    hypothesis: Hypothesis
    put: Mapping[int, Span] = field(default_factory=dict)
    steps: tuple[tuple[int, Step], ...] = ()

    @property
    def text(self) -> str:
        """The English as it is so far."""
        return self.hypothesis.text

    @property
    def matches(self) -> Sequence[Match]:
        """The mentions."""
        return self.problem.matches

    @cached_property
    def places(self) -> dict[int, Span]:
        """Where each mention is named, by its number."""
        return place_terms(self.text, self.matches, put=self.put)

    @property
    def missing(self) -> list[int]:
        """The mentions that have no name."""
        return [index for index in range(len(self.matches)) if index not in self.places]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that would name mention ``index``; ``span`` is what it changes in ``before``."""

    index: int
    span: Span
    before: Draft
    after: Draft


def begin_draft(problem: Problem, chosen: Hypothesis, method: Method, why: str) -> Draft:
    """A draft of the model's own rendering or of another whole one, with a step for each name.

    :param method: how the names that only ``chosen`` has came to be there.
    """
    hypothesis, matches = problem.hypothesis, problem.matches
    before = place_terms(hypothesis.text, matches)
    after = place_terms(chosen.text, matches)
    steps = [(i, note(matches[i], method, why)) for i in after if i not in before]
    if steps:
        index, step = steps[0]
        whole = Span(0, len(hypothesis.text))
        steps[0] = index, replace(step, span=whole, before=hypothesis.text, after=chosen.text)
    right = [
        (i, note(matches[i], "already-right", "the model wrote it so"))
        for i in before
        if i in after
    ]
    return Draft(problem, chosen, chosen, {}, (*steps, *right))


def put_name(draft: Draft, candidate: Candidate, method: Method) -> Edit:
    """The draft with a name in the place of the candidate's words."""
    match = draft.matches[candidate.index]
    fitted = fit_name(draft.text, candidate.span, candidate.name, match.term)
    span = fitted.span
    step = Step(match, method, span, span.slice(draft.text), fitted.text, candidate.why)
    whole = Span(span.start, span.start + len(fitted.text))
    moved = {index: move(place, span, whole) for index, place in draft.put.items()}
    after = replace(
        draft,
        hypothesis=splice(draft.hypothesis, fitted),
        put={**moved, candidate.index: fitted.name},
        steps=(*draft.steps, (candidate.index, step)),
    )
    return make_edit(candidate.index, span, draft, after)


def make_edit(index: int, span: Span, before: Draft, after: Draft) -> Edit:
    """The edit, with a step for each other name that came to stand there with it."""
    _, step = after.steps[-1]
    gained = [i for i in after.places if i not in before.places and i != index]
    notes = [(i, note(after.matches[i], step.method, step.why)) for i in gained]
    return Edit(index, span, before, replace(after, steps=(*after.steps, *notes)))


def rate_draft(draft: Draft, log_probability: float) -> Draft:
    """The draft with what the model says of its wording as a whole."""
    return replace(
        draft,
        chosen=replace(draft.chosen, log_probability=log_probability),
        hypothesis=replace(draft.hypothesis, log_probability=log_probability),
    )


def loses_nothing(edit: Edit) -> bool:
    """Whether the name now stands where it was put, and all other names and figures still do."""
    before, after = edit.before, edit.after
    places = after.places
    figures, kept = (Counter(re.findall(r"\d+", draft.text)) for draft in (before, after))
    return (
        places.items() >= after.put.items()
        and places.keys() >= {*before.places, edit.index}
        and figures <= kept
    )


def note(match: Match, method: Method, why: str) -> Step:
    """A step that changes nothing by itself."""
    return Step(match, method, Span(0, 0), "", "", why)
