"""Where a missing name belongs by the attention, so that decoding can begin again from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from bitrans.core import Hypothesis, Match, Span, Step
from bitrans.enforce.aligned import points_at
from bitrans.enforce.candidates import list_runs
from bitrans.enforce.drafts import Draft, Edit, make_edit
from bitrans.enforce.likeness import choose_form
from bitrans.enforce.places import overlaps
from bitrans.enforce.rewriting import fit_name

#: The text may become so many times shorter or longer, and some tokens on top.
LONGER, SOME_TOKENS = 1.35, 10
#: Words that belong to no name though the attention may be on one.
_SMALL = re.compile(
    "an?|the|of|in|on|at|to|for|from|by|with|and|or|but|as|that|which|who|is|was|were",
    re.IGNORECASE,
)
_MARK = re.compile(r"[,;:.)\]\"”]+")
#: A word without its possessive ending.
_WORD = re.compile(r"[^\W_]+(?:[-'’](?!s(?!\w))[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Beginning:
    """English up to and with the name of a mention; ``name`` is the place of the name."""

    index: int
    text: str
    name: Span


def bound_length(hypothesis: Hypothesis) -> int:
    """How many tokens English may have that is decoded again in place of a hypothesis."""
    return int(LONGER * len(hypothesis.target_spans)) + SOME_TOKENS


def find_beginning(draft: Draft, index: int, places: Mapping[int, Span]) -> Beginning | None:
    """The English up to a missing name and the name, or None where its place is unknown.

    A comma or bracket that followed stays: it keeps the model from lengthening the name.
    """
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
        if draft.text[end : word.start] in (" ", "-"):
            end = word.end
    fitted = fit_name(draft.text, Span(words[0].start, end), choose_form(match), match.term)
    mark = _MARK.match(draft.text, fitted.span.end)
    begun = draft.text[: fitted.span.start] + fitted.text + (mark[0] if mark else "")
    return Beginning(index, begun, fitted.name)


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


def take_completion(draft: Draft, beginning: Beginning, completed: Hypothesis) -> Edit | None:
    """The edit that a new ending is, or None where it does not keep to its beginning.

    Names that were put in before the place stay noted; those after it must be found again.
    """
    index, name = beginning.index, beginning.name
    match = draft.matches[index]
    kept = completed.text.startswith(beginning.text) and not completed.truncated
    if not kept or not _is_as_long(draft, completed) or _names_again(completed, match, name):
        return None
    span, after = _find_difference(draft.text, completed.text)
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
    return make_edit(index, span, draft, changed)


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


def _is_as_long(draft: Draft, completed: Hypothesis) -> bool:
    one, two = sorted((draft.hypothesis, completed), key=lambda found: len(found.target_spans))
    return len(two.target_spans) <= bound_length(one)
