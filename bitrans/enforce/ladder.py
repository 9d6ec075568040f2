"""The rungs, from the least change to the greatest; each is tried where those before failed."""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterator, Sequence
from typing import Any

from bitrans.core import Annotation, Hypothesis, Method, TokenScores
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
    rate_draft,
)
from bitrans.enforce.forcing import bound_length, find_beginning, take_completion
from bitrans.enforce.likeness import choose_form
from bitrans.enforce.listing import FEWEST, Listed, annotate_lists, find_lists, restore_lists
from bitrans.enforce.places import place_terms
from bitrans.enforce.weighing import find_unborne

#: An alternative may be this much less likely, in mean log-probability per token.
MAXIMUM_DROP = 0.35
#: Below this mean log-probability the model has lost its way, and goes on from no name.
LOST = -1.2
#: Why a name stands where it does when a segment was decoded again.
NOTED = "decoded again with this English wanted for the name"
LISTED = "decoded again with a name that the model knows in its place, then put there"
#: How many renderings of a segment without its lists are asked for: the first that is fit is taken.
ALTERNATIVES = 3
#: How often the model is asked whether it bears edits, the second time fewer of them.
MAXIMUM_ASKED = 2
#: Of a list that lacks more names than this the model has lost the thread: it goes on from none.
MAXIMUM_MISSING = 3
#: How often a segment is decoded again from a name on.
MAXIMUM_ROUNDS = 2

Climb = Generator[Question, Any, Draft]
Attempt = Generator[Question, Any, Draft | None]


def climb(problem: Problem) -> Climb:
    """The draft that the ladder makes of a problem; asks the model on the way.

    Where exchanging words names all that is missing, the sentence stays the model's best; only
    where it would not is the segment decoded again first.
    """
    draft = _rewrite(_choose_alternative(problem))
    edits = _chain(draft, _list_replacements)
    if edits and not edits[-1].after.missing:
        draft, edits = (yield from _put(draft, edits)), []
    if draft.missing and (annotated := (yield from _annotate(draft))):
        draft = _rewrite(annotated)
        edits = _chain(draft, _list_replacements)
    put = yield from _put(draft, edits)
    if put.missing and (found := (yield from _stand_in(put))):
        return found
    bears_none = bool(edits) and put is draft
    return put if bears_none else (yield from _force(put))


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


def _rewrite(draft: Draft) -> Draft:
    """Forbidden and similar forms rewritten: the same name in other letters needs no weighing."""
    edits = _chain(draft, _list_rewritings)
    return edits[-1].after if edits else draft


def _put(draft: Draft, edits: Sequence[Edit]) -> Climb:
    """Names put where the attention shows that the Arabic names came out, if the model bears them.

    They are put one upon another before the model is asked for what they come to; where it bears
    only some of them, those are put again.
    """
    refused: set[tuple[int, str, str]] = set()
    for asked in range(MAXIMUM_ASKED):
        edits = _chain(draft, _list_replacements, refused) if asked else edits
        if not edits:
            break
        scores: TokenScores | None = yield Score(edits[-1].after.text)
        unborne = find_unborne(edits, scores) if scores else []
        if not unborne:
            return edits[-1].after
        if len(unborne) == len(edits):
            break
        refused.update(map(_name_edit, unborne))
    return draft


def _chain(
    draft: Draft,
    propose: Callable[[Draft], Iterator[Edit]],
    refused: Container[tuple[int, str, str]] = (),
) -> list[Edit]:
    """Edits, each the first that loses nothing of the draft that the one before left."""
    edits: list[Edit] = []
    while True:
        now = edits[-1].after if edits else draft
        fit = (e for e in propose(now) if _name_edit(e) not in refused and _keeps_all(e))
        edit = next(fit, None)
        if edit is None:
            return edits
        edits.append(edit)


def _name_edit(edit: Edit) -> tuple[int, str, str]:
    before, after = edit.before.text, edit.after.text
    return edit.index, edit.span.slice(before), after[edit.span.start :][: edit.span.end + 1]


def _list_rewritings(draft: Draft) -> Iterator[Edit]:
    """Forbidden and similar forms: the longest name first, then the most alike."""
    places = draft.places
    found = [
        candidate
        for index in draft.missing
        for candidate in find_candidates(draft.hypothesis, draft.matches, index, places)
    ]
    for candidate in sorted(found, key=lambda one: _rank(one, draft.text)):
        yield put_name(draft, candidate, "rewritten")


def _list_replacements(draft: Draft) -> Iterator[Edit]:
    """Rewritings, since an edit may make one possible, then words made from a missing name."""
    yield from _list_rewritings(draft)
    places = draft.places
    for index in draft.missing:
        aligned = find_aligned(draft.hypothesis, draft.matches, index, places)
        if aligned:
            yield put_name(draft, aligned, "replaced")


def _annotate(draft: Draft) -> Attempt:
    """The segment decoded again with the English wanted beside each name, or with none of a list.

    Its log-probability is that of an easier text, so it must not be less than the plain one's by
    more than an alternative's may.
    """
    problem = draft.problem
    notes = _list_annotations(problem)
    tokens = bound_length(problem.hypothesis)
    listed = find_lists(problem.source, problem.matches, draft.places)
    for restored in (yield from _ask_lists(problem, listed, notes)):
        if found := _take_whole(draft, restored, "stand-in", LISTED):
            return found
    answer: Hypothesis | None = yield Annotate(notes, tokens)
    return _take_whole(draft, answer, "annotated", NOTED) if answer else None


def _stand_in(draft: Draft) -> Attempt:
    """The segment decoded again with known names in the place of all that the model's own lacks.

    It is the last of whole renderings, so it is held to what all rungs before have brought.
    """
    problem = draft.problem
    plain = place_terms(problem.hypothesis.text, problem.matches)
    listed = find_lists(problem.source, problem.matches, plain, fewest=1)
    gains = any(one.first <= index < one.end for index in draft.missing for one in listed)
    asked_before = all(one.end - one.first >= FEWEST for one in listed)
    listed = listed if gains and not asked_before else []
    for restored in (yield from _ask_lists(problem, listed, _list_annotations(problem))):
        if not _is_fit(problem, restored):
            continue
        other = _rewrite(begin_draft(problem, restored, "stand-in", LISTED))
        other = yield from _put(other, _chain(other, _list_replacements))
        if len(other.places) > len(draft.places) and other.places.keys() >= draft.places.keys():
            return other
    return None


def _ask_lists(
    problem: Problem, listed: Sequence[Listed], notes: Sequence[Annotation]
) -> Generator[Question, Any, list[Hypothesis]]:
    """Renderings with stand-ins for lists, the lists put in their places."""
    if not listed:
        return []
    tokens = bound_length(problem.hypothesis)
    answer: Hypothesis | None = yield Annotate(annotate_lists(listed), tokens, ALTERNATIVES)
    restored = [
        restore_lists(one, listed, problem.matches, notes)
        for one in ((answer, *answer.alternatives) if answer else ())
    ]
    return [one for one in restored if one]


def _is_fit(problem: Problem, answer: Hypothesis) -> bool:
    """Whether a rendering is whole, likely enough and free of new doubts."""
    likely = answer.log_probability >= problem.hypothesis.log_probability - MAXIMUM_DROP
    return likely and not answer.truncated and problem.accept(answer)


def _take_whole(draft: Draft, answer: Hypothesis, method: Method, why: str) -> Draft | None:
    """The draft of an answer, if it names more and loses nothing."""
    problem = draft.problem
    other = begin_draft(problem, answer, method, why)
    more = len(other.places) > len(draft.places)
    keeps = other.places.keys() >= draft.places.keys()
    return other if more and keeps and _is_fit(problem, answer) else None


def _list_annotations(problem: Problem) -> tuple[Annotation, ...]:
    """The form to write of each name, or the right one that the model wrote unasked."""
    text = problem.hypothesis.text
    places = place_terms(text, problem.matches)
    return tuple(
        Annotation(match.span, places[index].slice(text) if index in places else choose_form(match))
        for index, match in enumerate(problem.matches)
    )


def _force(draft: Draft) -> Climb:
    """Decoded again from a missing name on, as long as that names more."""
    for _ in range(MAXIMUM_ROUNDS):
        forced = yield from _force_one(draft)
        if forced is None:
            break
        draft = _rewrite(forced)
    return draft


def _force_one(draft: Draft) -> Attempt:
    """Decoded again from the last missing name on: most of the English stays as it is."""
    if draft.chosen.log_probability < LOST or len(draft.missing) > MAXIMUM_MISSING:
        return None
    found = (find_beginning(draft, index, draft.places) for index in draft.missing)
    begun = max(filter(None, found), key=lambda one: one.name.start, default=None)
    if begun is None:
        return None
    answer: Hypothesis | None = yield Complete(begun.text, bound_length(draft.hypothesis))
    edit = answer and take_completion(draft, begun, answer)
    if not edit or not _keeps_all(edit):
        return None
    scores: TokenScores | None = yield Score(edit.after.text)
    borne = scores is not None and not find_unborne([edit], scores)
    return rate_draft(edit.after, scores.mean) if scores and borne else None


def _keeps_all(edit: Edit) -> bool:
    """Whether an edit loses no name and no figure and raises no new kind of doubt."""
    return loses_nothing(edit) and edit.before.problem.accept(edit.after.hypothesis)


def _rank(candidate: Candidate, text: str) -> tuple[int, float, int, tuple[int, int]]:
    words = len(candidate.span.slice(text).split())
    return -words, -candidate.likeness, candidate.index, candidate.span
