"""Where an English text names the terms it should: as many mentions as can be, each its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from bitrans.core import Match, Span, Term
from bitrans.enforce.likeness import list_forms

#: How many forms, and texts with a term, are remembered.
_MEMORY = 1 << 14
_PART = re.compile(r"[^\s'’]+")


def place_terms(
    text: str, matches: Sequence[Match], *, put: Mapping[int, Span] | None = None
) -> dict[int, Span]:
    """Where the English names each match: its index to the span, longest forms first.

    Every mention needs a place of its own; as many mentions as can be are given one.

    :param put: places that are known already; they are kept where they hold a form.
    """
    hits = [_find_hits(text, match.term) for match in matches]
    places = {index: span for index, span in (put or {}).items() if span in hits[index]}
    free = [(span, index) for index, spans in enumerate(hits) for span in spans]
    for span, index in sorted(free, key=lambda pair: (_by_length(pair[0]), pair[1])):
        if index not in places and not overlaps(span, places.values()):
            places[index] = span
    for index in range(len(matches)):
        if index not in places:
            _make_room(index, hits, places, {*(put or {})})
    return dict(sorted(places.items()))


def find_forms(text: str, forms: Iterable[str]) -> set[Span]:
    """Where any of the forms stands in a text."""
    return {
        Span(*hit.span())
        for form in forms
        if _find_longest_part(form) in text
        for hit in compile_form(form).finditer(text)
    }


@lru_cache(maxsize=_MEMORY)
def _find_longest_part(form: str) -> str:
    """Letters that stand so in every text that has the form: first ones may be capitals or not."""
    return max((part[1:] for part in _PART.findall(form)), key=len, default="")


@lru_cache(maxsize=_MEMORY)
def compile_form(form: str) -> re.Pattern[str]:
    """A form as whole words, its spaces of any kind.

    A small first letter may be a capital and the article's capital small; so may the capitals
    inside long English names (``Russian reconciliation center``). A small last word may be in the
    plural.
    """
    first, *others = form.split()
    loose = first[0].islower() or first == "Al" or first.startswith("Al-")
    long = len(others) > 1 and "-" not in form
    pattern = r"\s+".join((_spell(first, loose), *(_spell(word, long) for word in others)))
    plural = "s?" if re.search(r"\b[a-z]{3,}[a-rt-z]$", form) else ""
    return re.compile(rf"(?<!\w){pattern}(?={plural}(?!\w))")


def _spell(word: str, loose: bool) -> str:
    """A word as a pattern; its first letter in either case where that is ``loose``."""
    start, rest = re.escape(word[0]), re.sub("['’]", "['’]", re.escape(word[1:]))
    return (
        f"[{word[0].lower()}{word[0].upper()}]" if loose and word[0].isalpha() else start
    ) + rest


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with another."""
    return any(span.start < other.end and other.start < span.end for other in others)


@lru_cache(maxsize=_MEMORY)
def _find_hits(text: str, term: Term) -> tuple[Span, ...]:
    """Where a term may be named, longest first; not inside a longer form that is forbidden."""
    found = find_forms(text, list_forms(term))
    wrong = find_forms(text, term.forbidden) if found else ()
    return tuple(sorted((s for s in found if not _is_inside(s, wrong)), key=_by_length))


def _by_length(span: Span) -> tuple[int, int]:
    return span.start - span.end, span.start


def _is_inside(span: Span, others: Iterable[Span]) -> bool:
    return any(o.start <= span.start and span.end <= o.end and o != span for o in others)


def _make_room(
    index: int, hits: Sequence[Sequence[Span]], places: dict[int, Span], tried: set[int]
) -> bool:
    """Give a mention a place by moving others to other places of theirs, if all keep one."""
    tried.add(index)
    for span in hits[index]:
        blocking = [other for other, place in places.items() if overlaps(place, [span])]
        if tried.intersection(blocking):
            continue
        trial = {i: place for i, place in places.items() if i not in blocking} | {index: span}
        if all(_make_room(other, hits, trial, tried) for other in blocking):
            places.clear()
            places.update(trial)
            return True
    return False
