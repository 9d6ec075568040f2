"""Places on a small map, worked out as numbers and words; a template turns it into SVG.

The projection is equirectangular, true to scale at the middle latitude. There is no coast and no
border: nothing is drawn that the reports do not name. Where places crowd on a map of all, a
close-up follows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from bitrans.render.brief.labels import Box, Label, place_labels
from bitrans.render.words import count, one_line, shorten

WIDTH = 360.0
_HEIGHTS = (200.0, 320.0)
_PADDING = 40.0
_MAPS = 4
_CROWD = 12.0
#: So many places without a label are worth a close-up, and so many dots are a crowd.
_FEW = 3
_NAME_LENGTH = 30
#: So many labels are tried, those of the places named most; and so many are listed beneath.
_LABELS, _LISTED = 60, 12
#: The least height shown, in degrees: so that one place, or two streets, still have surroundings.
_LEAST_ALONE, _LEAST = 1.0, 0.03
_STEPS = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
#: The upper right corner, where words of both sorts of lines would meet.
_CORNER = (84.0, 26.0)
_KM_PER_DEGREE = 111.195


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that reports name: degrees north and east, and how often it is named."""

    name: str
    count: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on a map; the area grows with how often it is named."""

    x: float
    y: float
    radius: float
    spot: Spot


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the graticule: at ``place`` across (``upright``) or down the map.

    ``text`` is empty where its words would leave the map or meet those of another line.
    """

    place: float
    upright: bool
    text: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map, ready to draw. ``closeup`` frames what the next map shows larger."""

    number: int
    title: str
    description: str
    height: float
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    rules: tuple[Rule, ...]
    bar: float
    bar_words: str
    closeup: Box | None
    unlabelled: tuple[str, ...]
    width: float = WIDTH

    @property
    def unlabelled_words(self) -> str:
        """The places whose names found no room, in words."""
        more = len(self.unlabelled) - _LISTED
        words = ", ".join(self.unlabelled[:_LISTED])
        return f"{words} and {more:,} more" if more > 0 else words


def draw_maps(spots: Iterable[Spot]) -> tuple[Map, ...]:
    """A map of all the spots, then close-ups of where they crowd; nothing for no spots."""
    shown = sorted(spots, key=lambda spot: (-spot.count, spot.name))
    shown = _unroll(shown)
    maps: list[Map] = []
    while shown and len(maps) < _MAPS:
        frame = _frame(shown)
        dots = [_make_dot(frame, spot, shown[0].count) for spot in shown]
        drawn = _draw(len(maps) + 1, frame, dots, crowd=[])
        dense = len(drawn.unlabelled) >= _FEW or _count_hidden(dots) > _FEW
        crowd = _find_crowd(dots) if dense and len(maps) + 1 < _MAPS else []
        maps.append(_draw(len(maps) + 1, frame, dots, crowd=crowd) if crowd else drawn)
        shown = [dot.spot for dot in crowd]
    return tuple(maps)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a map shows: ``north`` and ``west`` are its upper left corner, in degrees."""

    north: float
    west: float
    height: float
    per_degree: float
    squeeze: float

    def x(self, longitude: float) -> float:
        return (longitude - self.west) * self.per_degree * self.squeeze

    def y(self, latitude: float) -> float:
        return (self.north - latitude) * self.per_degree

    @property
    def south(self) -> float:
        return self.north - self.height / self.per_degree

    @property
    def east(self) -> float:
        return self.west + WIDTH / (self.per_degree * self.squeeze)


def _unroll(spots: Sequence[Spot]) -> list[Spot]:
    """The spots with longitudes that do not jump: the cut is in the widest empty stretch."""
    east = sorted({spot.longitude for spot in spots})
    if len(east) < 2 or east[-1] - east[0] <= 180:
        return list(spots)
    gaps = [(after - before, after) for before, after in pairwise(east)]
    gap, cut = max(gaps)
    if gap <= 360 - (east[-1] - east[0]):
        return list(spots)
    return [
        Spot(it.name, it.count, it.latitude, it.longitude + (0 if it.longitude >= cut else 360))
        for it in spots
    ]


def _frame(spots: Sequence[Spot]) -> _Frame:
    north, south = _range([spot.latitude for spot in spots])
    east, west = _range([spot.longitude for spot in spots])
    middle = (north + south) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    tall = max(north - south, _LEAST if len(spots) > 1 else _LEAST_ALONE)
    wide = max((east - west) * squeeze, tall / 4)
    low, high = _HEIGHTS
    ratio = tall / wide
    height = min(high, max(low, 2 * _PADDING + (WIDTH - 2 * _PADDING) * ratio))
    per_degree = min((WIDTH - 2 * _PADDING) / wide, (height - 2 * _PADDING) / tall)
    return _Frame(
        north=middle + height / 2 / per_degree,
        west=(east + west) / 2 - WIDTH / 2 / (per_degree * squeeze),
        height=height,
        per_degree=per_degree,
        squeeze=squeeze,
    )


def _range(degrees: Sequence[float]) -> tuple[float, float]:
    return max(degrees), min(degrees)


def _make_dot(frame: _Frame, spot: Spot, most: int) -> Dot:
    radius = 2.5 + 4.5 * math.sqrt(spot.count / most)
    return Dot(frame.x(spot.longitude), frame.y(spot.latitude), round(radius, 1), spot)


def _find_crowd(dots: Sequence[Dot]) -> list[Dot]:
    """The largest set of dots that touch or nearly touch, if it is a few at least, not all."""
    cells: dict[tuple[int, int], list[Dot]] = {}
    for dot in dots:
        cells.setdefault(_cell(dot), []).append(dot)
    best: list[Dot] = []
    for dot in dots:
        group = _take_near(dot, cells)
        best = group if len(group) > len(best) else best
    spread = {(dot.spot.latitude, dot.spot.longitude) for dot in best}
    if not _FEW <= len(best) < len(dots) or len(spread) == 1:
        return []
    return sorted(best, key=lambda dot: (-dot.spot.count, dot.spot.name))


def _count_hidden(dots: Sequence[Dot]) -> int:
    """How many of the dots that get labels lie half over another."""
    seen = dots[:_LABELS]
    return sum(
        any(_distance(dot, other) < max(dot.radius, other.radius) for other in seen[:place])
        for place, dot in enumerate(seen)
    )


def _take_near(dot: Dot, cells: dict[tuple[int, int], list[Dot]]) -> list[Dot]:
    """The dot and those that a chain of near dots joins to it, taken out of their cells."""
    if dot not in cells.get(_cell(dot), ()):
        return []
    cells[_cell(dot)].remove(dot)
    group = [dot]
    for found in group:
        column, row = _cell(found)
        for place in product((column - 1, column, column + 1), (row - 1, row, row + 1)):
            waiting = cells.get(place, [])
            near = [other for other in waiting if _distance(found, other) < _CROWD]
            if near:
                cells[place] = [o for o in waiting if _distance(found, o) >= _CROWD]
                group += near
    return group


def _cell(dot: Dot) -> tuple[int, int]:
    return int(dot.x // _CROWD), int(dot.y // _CROWD)


def _distance(one: Dot, other: Dot) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _draw(number: int, frame: _Frame, dots: Sequence[Dot], *, crowd: Sequence[Dot]) -> Map:
    bar, bar_words = _make_bar(frame)
    closeup = _box_around(crowd)
    rules = tuple(_list_rules(frame))
    inside = {id(dot) for dot in crowd[1:]}
    wanted = [dot for dot in dots if id(dot) not in inside]
    texts = [(dot.x, dot.y, dot.radius, _name(dot.spot)) for dot in wanted[:_LABELS]]
    page = Box(0, 0, WIDTH, frame.height)
    blocked = [Box(0, frame.height - 30, bar + 70, 30)]
    blocked += [_box_of_rule(rule) for rule in rules if rule.text]
    blocked += [
        Box(it.x - it.radius, it.y - it.radius, 2 * it.radius, 2 * it.radius) for it in dots
    ]
    blocked += [closeup] if closeup else []
    labels = place_labels(texts, page, blocked)
    fits = zip(wanted, labels, strict=False)
    unlabelled = [dot.spot for dot, label in fits if label is None]
    unlabelled += [dot.spot for dot in wanted[_LABELS:]]
    return Map(
        number=number,
        title=_title(number, dots),
        description=_describe([dot.spot for dot in dots]),
        height=round(frame.height, 1),
        dots=tuple(dots),
        labels=tuple(label for label in labels if label),
        rules=rules,
        bar=round(bar, 1),
        bar_words=bar_words,
        closeup=closeup,
        unlabelled=tuple(_name(spot) for spot in unlabelled),
    )


def _name(spot: Spot) -> str:
    return shorten(spot.name, _NAME_LENGTH)


def _title(number: int, dots: Sequence[Dot]) -> str:
    if number == 1:
        return "Map of the places named"
    return f"Close-up around {_name(dots[0].spot)}"


def _describe(spots: Sequence[Spot]) -> str:
    named = ", ".join(f"{one_line(spot.name)} ({count(spot.count, 'time')})" for spot in spots[:8])
    more = f", and {len(spots) - 8} more" if len(spots) > 8 else ""
    return f"Dots without coasts or borders, larger where named more often: {named}{more}."


def _box_around(dots: Sequence[Dot]) -> Box | None:
    if not dots:
        return None
    left = max(1.0, min(dot.x - dot.radius for dot in dots) - 3)
    top = max(1.0, min(dot.y - dot.radius for dot in dots) - 3)
    right = max(dot.x + dot.radius for dot in dots) + 3
    bottom = max(dot.y + dot.radius for dot in dots) + 3
    return Box(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))


def _make_bar(frame: _Frame) -> tuple[float, str]:
    """A scale bar of a round number of kilometres, at most a third of the width."""
    per_km = frame.per_degree / _KM_PER_DEGREE
    most = WIDTH / 3 / per_km
    power = 10.0 ** math.floor(math.log10(most))
    km = next(times * power for times in (5, 2, 1) if times * power <= most)
    latitude = (frame.north + frame.south) / 2
    wide = f" at {_degrees(round(latitude), 'NS', 1.0)}" if km >= 200 else ""
    return km * per_km, f"{km:,.0f} km{wide}" if km >= 1 else f"{km * 1000:,.0f} m"


def _list_rules(frame: _Frame) -> Iterator[Rule]:
    tall = frame.north - frame.south
    step = next((it for it in _STEPS if tall / it >= 2), _STEPS[-1])
    for degrees in _multiples(max(frame.south, -90), min(frame.north, 90), step):
        y = round(frame.y(degrees), 1)
        yield Rule(y, False, _degrees(degrees, "NS", step) if y > _CORNER[1] else "")
    for degrees in _multiples(frame.west, frame.east, step):
        x = round(frame.x(degrees), 1)
        turned = (degrees + 180) % 360 - 180
        yield Rule(x, True, _degrees(turned, "EW", step) if x < WIDTH - _CORNER[0] else "")


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step), math.floor(high / step)
    return [number * step for number in range(first, last + 1)]


def _degrees(value: float, sides: str, step: float) -> str:
    places = 0 if step >= 1 else 1 if step >= 0.1 else 2
    plain = abs(value) < step / 2 or abs(value) == 180
    side = "" if plain else f" {sides[0] if value > 0 else sides[1]}"
    return f"{abs(value):.{places}f}°{side}"


def _box_of_rule(rule: Rule) -> Box:
    """Where the words of a line of the graticule stand: at the top, or at the right edge."""
    if rule.upright:
        return Box(rule.place + 1, 0, 36, 12)
    return Box(WIDTH - 42, rule.place - 11, 42, 11)
