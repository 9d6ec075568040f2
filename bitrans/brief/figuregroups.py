"""Figures of several places about the same thing, and whether they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bitrans.brief.figures import Found
from bitrans.brief.units import MEASURES, PER_CENT
from bitrans.core import Figure, FigureGroup

#: Values further apart than so many times are of two things, not of one that reports dispute.
FARTHEST = 8.0
#: So near are rounded values of one number ("about").
NEAR = 0.1
#: Words on each side of a figure that say what it is about, and the share of them that two
#: figures of measure must have in common.
AROUND, COMMON = 9, 0.4
_LEAST = 3


@dataclass(slots=True)
class _Group:
    members: list[Found] = field(default_factory=list)
    places: set[str] = field(default_factory=set)


def group_figures(
    figures: Sequence[Found], order: Sequence[str], groups: dict[tuple[str, int], int]
) -> tuple[FigureGroup, ...]:
    """Figures of the same unit and subject together, as far as can be told of the same thing.

    Figures with different places near them, or of quite another size, are not of one thing. Units
    of measure (hours, dollars) and numbers without a subject are together only where their lines
    say the same or are about the same words.

    :param order: the reports' ids, in the brief's order.
    :param groups: for each line the number of the group of lines that say the same.
    """
    rank = {document: place for place, document in enumerate(order)}
    buckets: dict[tuple[str, str, str], list[_Group]] = {}
    for found in sorted(figures, key=lambda f: _place(f, rank)):
        key = (found.figure.unit, found.figure.subject, found.noun)
        _put(buckets.setdefault(key, []), found, groups)
    made = [_make(group) for bucket in buckets.values() for group in bucket]
    return tuple(sorted(made, key=lambda group: _weigh(group, rank)))


def differ(one: Figure, other: Figure) -> bool:
    """Whether two figures cannot both be right, what hedges them considered."""
    low, high = _widen(one)
    least, most = _widen(other)
    return high < least or most < low


def _put(bucket: list[_Group], found: Found, groups: dict[tuple[str, int], int]) -> None:
    places = _list_places(found)
    for group in bucket:
        apart = places and group.places and not places & group.places
        if not apart and _fits(found, group, groups):
            group.members.append(found)
            group.places |= places
            return
    bucket.append(_Group([found], set(places)))


def _fits(found: Found, group: _Group, groups: dict[tuple[str, int], int]) -> bool:
    figure = found.figure
    loose = figure.subject and figure.unit and (
        figure.unit not in MEASURES or figure.unit in (PER_CENT, "square km")
    )  # fmt: skip
    for other in group.members[:_LEAST]:
        alike = groups.get(found.line.key, -1) == groups.get(other.line.key, -2)
        same_line = found.line.key == other.line.key and figure.citation != other.figure.citation
        if alike and not same_line and not _is_far(figure, other.figure):
            return True
        if loose and not _is_far(figure, other.figure):
            return True
        if not loose and not same_line and _share_words(found, other) >= COMMON:
            return not _is_far(figure, other.figure)
    return False


def _is_far(one: Figure, other: Figure) -> bool:
    """Whether two figures are of different sizes; percentages never are."""
    if one.unit == PER_CENT:
        return False
    small, great = sorted((max(one.high, 0.001), max(other.high, 0.001)))
    return great > FARTHEST * small


def _widen(figure: Figure) -> tuple[float, float]:
    low, high = figure.low, figure.high
    if figure.hedge == "about":
        return low * (1 - NEAR), high * (1 + NEAR)
    if figure.hedge == "at-least":
        return low, float("inf")
    if figure.hedge == "at-most":
        return 0.0, high
    return low, high


def _make(group: _Group) -> FigureGroup:
    figures = tuple(found.figure for found in group.members)
    first = figures[0]
    apart = any(differ(one, other) for i, one in enumerate(figures[:200]) for other in figures[:i])
    return FigureGroup(first.unit, first.subject, figures, apart)


def _list_places(found: Found) -> frozenset[str]:
    """The places named near a figure, in its clause."""
    return frozenset(
        match.term.id
        for first, last, match in found.line.matches
        if match.term.kind == "place" and _is_near(found, first, last)
    )


def _is_near(found: Found, first: int, last: int) -> bool:
    begin, end = found.first - AROUND, found.last + AROUND
    return begin <= first and last <= end


def _share_words(one: Found, other: Found) -> float:
    ours, theirs = _list_around(one), _list_around(other)
    fewer = min(len(ours), len(theirs))
    return len(ours & theirs) / fewer if fewer >= _LEAST else 0.0


def _list_around(found: Found) -> frozenset[str]:
    begin, end = max(0, found.first - AROUND), found.last + AROUND + 1
    words: Iterable[tuple[int, str]] = (
        (at, found.line.read(at)) for at in range(begin, min(end, len(found.line.words)))
    )
    return frozenset(
        word.removeprefix("و").removeprefix("ال")
        for at, word in words
        if len(word) > 3 and not found.first <= at <= found.last
    )


def _place(found: Found, rank: dict[str, int]) -> tuple[int, int, int, int]:
    document, index = found.line.key
    return rank[document], index, found.first, found.last


def _weigh(group: FigureGroup, rank: dict[str, int]) -> tuple[bool, int, int, bool, int, int, int]:
    """Figures in most reports first; those without a unit last."""
    first = group.figures[0].citation
    reports = len({figure.citation.document_id for figure in group.figures})
    assert first.span is not None
    return (
        not group.unit, -reports, -len(group.figures), not group.subject, rank[first.document_id],
        first.index, first.span.start,
    )  # fmt: skip
