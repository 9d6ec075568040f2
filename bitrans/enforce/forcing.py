"""Where a missing name belongs by the attention, so that decoding can begin again from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile

from bitrans.core import Hypothesis, Match, Span, Step
from bitrans.enforce.aligned import points_at
from bitrans.enforce.candidates import list_runs
from bitrans.enforce.drafts import Draft, Edit
from bitrans.enforce.places import overlaps
from bitrans.enforce.rewriting import fit_name

#: The text may become so many times shorter or longer, and some words on top.
LONGER, SOME_WORDS = 1.35, 3
#: Words that belong to no name though the attention may be on one.
_SMALL = re.compile(
    "an?|the|of|in|on|at|to|for|from|by|with|and|or|but|as|that|which|who|is|was|were",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def find_beginning(draft: Draft, index: int, places: Mapping[int, Span]) -> str | None:
    """The English up to a missing name and the name, or None where its place is unknown."""
    match = draft.matches[index]
    words = [
        word
        for word in find_pointing(draft.hypothesis, match)
        if not overlaps(word, places.values()) and not _SMALL.fullmatch(word.slice(draft.text))
    ]
    if not words:
        return None
    end = words[0].end
    for word in words[1:]:
        if _is_beside(draft.text, end, word.start):
            end = word.end
    span, name = fit_name(draft.text, Span(words[0].start, end), match.term.preferred, match.term)
    return draft.text[: span.start] + name


def find_pointing(hypothesis: Hypothesis, match: Match) -> Iterator[Span]:
    """The words of the English whose first token was made from a mention, in order."""
    if hypothesis.alignment is None:
        return
    made = [
        place.start
        for place, weights in zip(hypothesis.target_spans, hypothesis.alignment, strict=True)
        if weights
        and overlaps(
            hypothesis.source_spans[max(range(len(weights)), key=weights.__getitem__)],
            [match.span],
        )
    ]
    for word in _WORD.finditer(hypothesis.text):
        if any(word.start() <= start < word.end() for start in made):
            yield Span(*word.span())


def take_completion(draft: Draft, index: int, beginning: str, completed: Hypothesis) -> Edit | None:
    """The edit that a new ending is, or None where it does not keep to its beginning.

    Names that were put in before the place stay noted; those after it must be found again.
    """
    match = draft.matches[index]
    if not completed.text.startswith(beginning) or not _is_as_long(draft.text, completed.text):
        return None
    span, after = _find_difference(draft.text, completed.text)
    name = _find_put(beginning, match)
    if name is None or _names_again(completed, match, name):
        return None
    why = "the model went on from it when the name was put where the Arabic has it"
    step = Step(match, "forced", span, span.slice(draft.text), after, why)
    put = {i: place for i, place in draft.put.items() if place.end <= min(span.start, name.start)}
    changed = replace(
        draft,
        chosen=completed,
        hypothesis=completed,
        put={**put, index: name},
        steps=(*draft.steps, (index, step)),
    )
    return Edit(index, span, draft, changed)


def _find_put(beginning: str, match: Match) -> Span | None:
    """Where the name stands at the end of a beginning; its first letter may be a capital there."""
    for form in (match.term.preferred, *match.term.admitted):
        if beginning.lower().endswith(form.lower()):
            return Span(len(beginning) - len(form), len(beginning))
    return None


def _names_again(completed: Hypothesis, match: Match, name: Span) -> bool:
    """Whether the model made another name of the mention as well: ``Palmyra, Tadmur``."""
    return any(
        run.start >= name.end and points_at(completed, run, match)
        for run in list_runs(completed.text, match.term)
    )


def _find_difference(before: str, after: str) -> tuple[Span, str]:
    """What of a text is changed, in whole words, and what stands there instead."""
    old, new = re.findall(r"\S+\s*|^\s+", before), re.findall(r"\S+\s*|^\s+", after)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    back = zip(reversed(old[same:]), reversed(new[same:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], back))
    start = len("".join(old[:same]))
    end = len(before) - len("".join(old[len(old) - tail :]))
    stop = len(after) - len("".join(new[len(new) - tail :]))
    return Span(start, end), after[start:stop]


def _is_as_long(before: str, after: str) -> bool:
    one, two = sorted(len(text.split()) for text in (before, after))
    return two <= LONGER * one + SOME_WORDS


def _is_beside(text: str, end: int, start: int) -> bool:
    return text[end:start] in (" ", "-")
