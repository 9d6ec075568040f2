"""Holds the English of a segment to the names its Arabic mentions, rung by rung.

Already right, another hypothesis of the n-best, a known or similar form rewritten, or openly not
enforced. Each change is a step; replaying the steps on the raw English gives the final English,
and enforcing that again changes nothing. A forbidden form is rewritten only for a mention that
has no other place: many forbidden forms are common words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bitrans.core import Hypothesis, Match, Method, Span, Step
from bitrans.enforce.aligned import find_aligned
from bitrans.enforce.candidates import Candidate, find_candidates, list_runs
from bitrans.enforce.likeness import find_closest, measure_likeness
from bitrans.enforce.places import overlaps, place_terms
from bitrans.enforce.rewriting import fit_name, move, splice

__all__ = ["Enforced", "enforce", "measure_likeness", "place_terms"]

#: An alternative may be this much less likely, in mean log-probability per token.
MAXIMUM_DROP = 0.35
#: Below this likeness nothing is worth naming as the closest.
RESEMBLES = 0.7

Accept = Callable[[Hypothesis], bool]


@dataclass(frozen=True, slots=True)
class Enforced:
    """What enforcing made of a hypothesis."""

    hypothesis: Hypothesis
    target: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """The English as it is so far; ``put`` has the places of the names put in by rewriting."""

    hypothesis: Hypothesis
    matches: Sequence[Match]
    put: Mapping[int, Span]

    def place(self) -> dict[int, Span]:
        return place_terms(self.hypothesis.text, self.matches, put=self.put)


def enforce(
    hypothesis: Hypothesis, matches: Sequence[Match], *, accept: Accept = lambda _: True
) -> Enforced:
    """Hold a hypothesis to its matches.

    :param hypothesis: its ``source_spans`` and the matches' spans are into the same text.
    :param accept: whether an alternative is as free of doubts as the hypothesis.
    """
    if not matches:
        return Enforced(hypothesis, hypothesis.text, ())
    chosen = _choose_alternative(hypothesis, matches, accept)
    steps = _note_placed(hypothesis, chosen, matches)
    draft = _Draft(chosen, matches, {})
    while edit := _find_edit(draft):
        index, step, draft = edit
        steps.append((index, step))
    places = draft.place()
    for index, match in enumerate(matches):
        if index not in places:
            steps.append((index, _note(match, "not-enforced", _explain(draft, index, places))))
    final = tuple(replace(step, target=places.get(index)) for index, step in steps)
    return Enforced(chosen, draft.hypothesis.text, final)


def _choose_alternative(
    hypothesis: Hypothesis, matches: Sequence[Match], accept: Accept
) -> Hypothesis:
    """The most likely rendering that has the most names, if it is not much less likely."""
    named = place_terms(hypothesis.text, matches).keys()
    best, most = hypothesis, len(named)
    for other in hypothesis.alternatives:
        found = place_terms(other.text, matches).keys()
        likely = other.log_probability >= hypothesis.log_probability - MAXIMUM_DROP
        if len(found) > most and named <= found and likely and accept(other):
            best, most = other, len(found)
    return best


def _note_placed(
    hypothesis: Hypothesis, chosen: Hypothesis, matches: Sequence[Match]
) -> list[tuple[int, Step]]:
    """A step for each name that stands there unasked, or since the wording was exchanged."""
    before = place_terms(hypothesis.text, matches)
    after = place_terms(chosen.text, matches)
    steps = [
        (index, _note(matches[index], "n-best", "another wording the model offered names it right"))
        for index in after
        if index not in before
    ]
    if steps:
        index, step = steps[0]
        whole = Span(0, len(hypothesis.text))
        steps[0] = index, replace(step, span=whole, before=hypothesis.text, after=chosen.text)
    right = [(i, _note(matches[i], "already-right", "the model wrote it so")) for i in before]
    return steps + right


def _find_edit(draft: _Draft) -> tuple[int, Step, _Draft] | None:
    """The best rewriting that loses nothing: the longest name, then the most alike."""
    places = draft.place()
    found = [
        candidate
        for index in range(len(draft.matches))
        if index not in places
        for candidate in find_candidates(draft.hypothesis, draft.matches, index, places)
    ]
    for candidate in sorted(found, key=lambda c: _rank(c, draft.hypothesis.text)):
        if edit := _try_edit(draft, candidate, "rewritten"):
            return edit
    for index in range(len(draft.matches)):
        aligned = None
        if index not in places:
            aligned = find_aligned(draft.hypothesis, draft.matches, index, places)
        if aligned and (edit := _try_edit(draft, aligned, "replaced")):
            return edit
    return None


def _try_edit(
    draft: _Draft, candidate: Candidate, method: Method
) -> tuple[int, Step, _Draft] | None:
    step, edited = _rewrite(draft, candidate)
    if not _loses_nothing(draft, edited, candidate.index):
        return None
    return candidate.index, replace(step, method=method), edited


def _rank(candidate: Candidate, text: str) -> tuple[int, float, int, Span]:
    words = len(candidate.span.slice(text).split())
    return -words, -candidate.likeness, candidate.index, candidate.span


def _rewrite(draft: _Draft, candidate: Candidate) -> tuple[Step, _Draft]:
    text, match = draft.hypothesis.text, draft.matches[candidate.index]
    span, name = fit_name(text, candidate.span, candidate.name, match.term)
    step = Step(match, "rewritten", span, span.slice(text), name, candidate.why)
    put = Span(span.start, span.start + len(name))
    moved = {index: move(place, span, put) for index, place in draft.put.items()}
    hypothesis = splice(draft.hypothesis, span, name)
    return step, _Draft(hypothesis, draft.matches, {**moved, candidate.index: put})


def _loses_nothing(before: _Draft, after: _Draft, index: int) -> bool:
    """Whether the name now stands where it was put, and all other names and figures still do."""
    places = after.place()
    figures, kept = (
        Counter(re.findall(r"\d+", draft.hypothesis.text)) for draft in (before, after)
    )
    return (
        places.items() >= after.put.items()
        and places.keys() >= {*before.place(), index}
        and figures <= kept
    )


def _explain(draft: _Draft, index: int, places: Mapping[int, Span]) -> str:
    """Why a mention has no name in the English, for a reader who knows no Arabic."""
    text, term = draft.hypothesis.text, draft.matches[index].term
    if not text.strip():
        return "there is no English for this line"
    named = sum(draft.matches[other].term.id == term.id for other in places)
    if named:
        wanted = sum(match.term.id == term.id for match in draft.matches)
        return f"the Arabic names it {wanted} times, the English {named}"
    free = (span for span in list_runs(text, term) if not overlaps(span, places.values()))
    runs = dict.fromkeys(span.slice(text) for span in free)
    likeness, closest = max(((find_closest(run, term)[0], run) for run in runs), default=(0.0, ""))
    if likeness < RESEMBLES:
        return "nothing in the English resembles it"
    return f"nothing in the English is surely it; “{closest}” comes closest"


def _note(match: Match, method: Method, why: str) -> Step:
    return Step(match, method, Span(0, 0), "", "", why)
