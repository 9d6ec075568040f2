"""Figures of several places about the same thing, and whether they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bitrans.brief.figures import Found
from bitrans.brief.likeness import list_stems
from bitrans.brief.lines import fold_words
from bitrans.brief.units import MEASURES, PEOPLE, PER_CENT
from bitrans.core import Figure, FigureGroup

Key = tuple[str, int]
#: Values further apart than so many times are of two things, not of one that reports dispute.
FARTHEST = 8.0
#: So near are rounded values of one number ("about").
NEAR = 0.1
#: So much more "at least" allows, and so much less "at most", before a reader must be told.
MORE = 0.25
#: Words on each side of a figure that say what it is about, and the share of them that figures of
#: one thing have in common: of counts of one kind, and of bare measures.
AROUND, ALIKE, COMMON = 9, 0.34, 0.4
_LEAST = 3
#: Equal numbers from here on are hardly equal by chance.
_TELLING = 3.0
#: How many figures of a group are compared: enough to tell, few enough to scale.
_COMPARED = 60
#: How many groups of one kind are open to a further figure, the newest.
_GROUPS = 100
_CONTRAST = fold_words("لكن ولكن إلا غير بيد")
#: Words around a figure that say nothing of what it is about.
_COMMON = fold_words(
    "بينهم بينهن منهم منهن الأقل أكثر كانت الذين اللذين خلال حوالي قرابة على آخرين"
)


@dataclass(slots=True)
class _Group:
    members: list[Found] = field(default_factory=list)
    places: set[str] = field(default_factory=set)


def group_figures(
    figures: Sequence[Found], order: Sequence[str], groups: Mapping[Key, int]
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
        _put(buckets.setdefault(_name_kind(found), []), found, groups)
    made = [_make(group) for bucket in buckets.values() for group in bucket]
    return tuple(sorted(made, key=lambda group: _weigh(group, rank)))


def differ(one: Figure, other: Figure) -> bool:
    """Whether two figures cannot both be right, what hedges them considered."""
    low, high = _widen(one)
    least, most = _widen(other)
    return high < least or most < low


def is_telling(found: Found) -> bool:
    """Whether unit and subject say much of what a figure is of: not "3 hours"."""
    figure = found.figure
    counts = figure.unit not in MEASURES or figure.unit in (PER_CENT, "square km")
    return bool(figure.unit and figure.subject and counts)


def _name_kind(found: Found) -> tuple[str, str, str]:
    """What is compared at all. Reports call the same persons people or civilians."""
    figure = found.figure
    unit = PEOPLE if figure.unit == "civilians" else figure.unit
    return unit, figure.subject, found.noun


def _put(bucket: list[_Group], found: Found, groups: Mapping[Key, int]) -> None:
    places = _list_places(found)
    for group in bucket[-_GROUPS:]:
        apart = places and group.places and not places & group.places
        if not apart and _fits(found, places, group, groups):
            group.members.append(found)
            group.places |= places
            return
    bucket.append(_Group([found], set(places)))


def _fits(found: Found, places: frozenset[str], group: _Group, groups: Mapping[Key, int]) -> bool:
    """Whether a figure is of the same thing as those of a group: near all, shown by one."""
    members = group.members[-_COMPARED:]
    if any(_is_far(found.figure, other.figure) or _is_beside(found, other) for other in members):
        return False
    near = bool(places & group.places) and is_telling(found)
    near = near and all(found.total == other.total for other in members)
    return near or any(_is_shown(found, other, groups) for other in members)


def _is_shown(found: Found, other: Found, groups: Mapping[Key, int]) -> bool:
    """Whether two figures are of one thing: their lines say the same, the numbers are equal, or
    the words around are."""
    if found.line.key != other.line.key and groups.get(found.line.key, -1) == groups.get(
        other.line.key, -2
    ):
        return True
    if found.line.key == other.line.key:
        return True  # only where a contrast parts them: see _is_beside
    equal = not differ(found.figure, other.figure) and found.figure.high >= _TELLING
    if is_telling(found) and found.total == other.total:
        return equal or _share_words(found, other) >= ALIKE
    return equal and (is_telling(found) or _share_words(found, other) >= COMMON)


def _is_beside(found: Found, other: Found) -> bool:
    """Whether two figures of one line add up, or follow each other, and do not dispute.

    Where a contrast stands between (``إلا أن مصادر أخرى``), they dispute.
    """
    if found.line.key != other.line.key:
        return False
    between = {found.line.read(at) for at in range(other.last + 1, found.first)}
    return not between & _CONTRAST or not is_telling(found)


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
        return low, low * (1 + MORE)
    if figure.hedge == "at-most":
        return high * (1 - MORE), high
    return low, high


def _make(group: _Group) -> FigureGroup:
    figures = tuple(found.figure for found in group.members)
    units = {figure.unit for figure in figures}
    unit = units.pop() if len(units) == 1 else PEOPLE
    return FigureGroup(unit, figures[0].subject, figures, _have_difference(figures))


def _have_difference(figures: Sequence[Figure]) -> bool:
    """Whether any two differ: the highest of the lower ends against the lowest of the upper."""
    ranges = [_widen(figure) for figure in figures]
    return max(low for low, _ in ranges) > min(high for _, high in ranges)


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
    """The share of the words around one figure that stand around the other; two at least."""
    ours, theirs = _list_around(one), _list_around(other)
    fewer, shared = min(len(ours), len(theirs)), len(ours & theirs)
    return shared / fewer if fewer >= _LEAST and shared > 1 else 0.0


def _list_around(found: Found) -> frozenset[str]:
    words = found.line.words
    begin, end = max(0, found.first - AROUND), found.last + AROUND + 1
    around = [*words[begin : found.first], *words[found.last + 1 : end]]
    return list_stems(word for word in around if word.text not in _COMMON)


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
