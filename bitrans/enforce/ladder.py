"""The rungs, from the least change to the greatest; each is tried where those before failed."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from bitrans.core import Annotation, Hypothesis, TokenScores
from bitrans.enforce.aligned import find_aligned
from bitrans.enforce.asking import Annotate, Complete, Question, Score
from bitrans.enforce.candidates import Candidate, find_candidates
from bitrans.enforce.drafts import (
    Draft,
    Edit,
    Problem,
    begin_draft,
    loses_nothing,
    put_name,
)
from bitrans.enforce.forcing import find_beginning, take_completion
from bitrans.enforce.places import place_terms
from bitrans.enforce.weighing import bears, bears_whole

#: An alternative may be this much less likely, in mean log-probability per token.
MAXIMUM_DROP = 0.35

Climb = Generator[Question, Any, Draft]
Attempt = Generator[Question, Any, Draft | None]


def climb(problem: Problem) -> Climb:
    """The draft that the ladder makes of a problem; asks the model on the way."""
    draft = _choose_alternative(problem)
    draft = yield from _rewrite(draft)
    if draft.list_missing() and (annotated := (yield from _annotate(draft))):
        draft = yield from _rewrite(annotated)
    draft = yield from _put(draft)
    return (yield from _force(draft))


def _choose_alternative(problem: Problem) -> Draft:
    """The most likely rendering that has the most names, if it is not much less likely."""
    hypothesis, matches = problem.hypothesis, problem.matches
    named = place_terms(hypothesis.text, matches).keys() if matches else ()
    best, most = hypothesis, len(named)
    for other in hypothesis.alternatives if most < len(matches) else ():
        found = place_terms(other.text, matches).keys()
        likely = other.log_probability >= hypothesis.log_probability - MAXIMUM_DROP
        if len(found) > most and found >= {*named} and likely and problem.accept(other):
            best, most = other, len(found)
    return begin_draft(problem, best, "n-best", "another wording the model offered names it right")


def _rewrite(draft: Draft) -> Climb:
    """Forbidden and similar forms rewritten: the longest name first, then the most alike."""
    while missing := draft.list_missing():
        places = draft.place()
        found = [
            candidate
            for index in missing
            for candidate in find_candidates(draft.hypothesis, draft.matches, index, places)
        ]
        found.sort(key=lambda candidate: _rank(candidate, draft.text))
        edited = yield from _try_each(put_name(draft, one, "rewritten") for one in found)
        if edited is None:
            break
        draft = edited
    return draft


def _annotate(draft: Draft) -> Attempt:
    """The segment decoded again with the English wanted beside each name."""
    problem = draft.problem
    places = place_terms(problem.hypothesis.text, problem.matches)
    wanted = tuple(
        Annotation(
            match.span,
            places[index].slice(problem.hypothesis.text)
            if index in places
            else match.term.preferred,
        )
        for index, match in enumerate(problem.matches)
    )
    answer: Hypothesis | None = yield Annotate(wanted)
    if answer is None or not problem.accept(answer):
        return None
    why = "decoded again with this English wanted for the name"
    annotated = begin_draft(problem, answer, "annotated", why)
    named = annotated.place().keys()
    if not named >= draft.place().keys() or len(named) <= len(draft.place()):
        return None
    before, after = yield from _score(draft, annotated)
    borne = before is None or after is None or bears_whole(draft, annotated, before, after)
    return annotated if borne else None


def _force(draft: Draft) -> Climb:
    """Decoded again from the first missing name on, then from the next."""
    tried: set[int] = set()
    while open_names := [index for index in draft.list_missing() if index not in tried]:
        index = open_names[0]
        tried.add(index)
        beginning = find_beginning(draft, index, draft.place())
        if beginning is None:
            continue
        answer: Hypothesis | None = yield Complete(beginning)
        edit = answer and take_completion(draft, index, beginning, answer)
        if edit and (edited := (yield from _try_each(iter([edit])))):
            draft = yield from _rewrite(edited)
    return draft


def _put(draft: Draft) -> Climb:
    """A name put where the attention shows that the Arabic name came out."""
    while True:
        places = draft.place()
        found = (
            aligned
            for index in draft.list_missing()
            if (aligned := find_aligned(draft.hypothesis, draft.matches, index, places))
        )
        edited = yield from _try_each(put_name(draft, one, "replaced") for one in found)
        if edited is None:
            return draft
        draft = yield from _rewrite(edited)


def _try_each(edits: Iterator[Edit]) -> Attempt:
    """The first edit that loses nothing and that the model bears, made."""
    for edit in edits:
        if loses_nothing(edit) and edit.before.problem.accept(edit.after.hypothesis):
            before, after = yield from _score(edit.before, edit.after)
            if before is None or after is None or bears(edit, before, after):
                return edit.after
    return None


def _score(
    before: Draft, after: Draft
) -> Generator[Question, Any, tuple[TokenScores | None, TokenScores | None]]:
    """How likely the model finds the English before and after a change."""
    one, two = yield Score((before.text, after.text))
    return one, two


def _rank(candidate: Candidate, text: str) -> tuple[int, float, int, tuple[int, int]]:
    words = len(candidate.span.slice(text).split())
    return -words, -candidate.likeness, candidate.index, candidate.span
