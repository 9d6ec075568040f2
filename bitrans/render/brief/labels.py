"""Where the words of a map can stand without covering dots, edges or one another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

LINE = 13.0
#: Width of a letter of a sans-serif face, on the broad side, in units of the map.
_LETTER = 6.3
_GAP = 2.0
_FAR = (14.0, 24.0, 36.0, 50.0)


class Box(NamedTuple):
    """A rectangle: its upper left corner, its width and its height."""

    left: float
    top: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.left + other.width <= self.left + self.width
            and other.top + other.height <= self.top + self.height
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a map; ``line`` leads from the words to a dot that is not beside them."""

    text: str
    x: float
    y: float
    anchor: Literal["start", "middle", "end"]
    box: Box
    line: tuple[float, float, float, float] | None = None


def place_labels(
    wanted: Sequence[tuple[float, float, float, str]], page: Box, blocked: Sequence[Box]
) -> list[Label | None]:
    """A label for each ``(x, y, radius, text)``, the first ones first; None where none fits."""
    taken = list(blocked)
    labels: list[Label | None] = []
    for x, y, radius, text in wanted:
        fitting = (
            label
            for label in _list_candidates(x, y, radius, text)
            if page.holds(label.box) and not any(label.box.meets(box) for box in taken)
        )
        label = next(fitting, None)
        labels.append(label)
        taken += [label.box] if label else []
    return labels


def _list_candidates(x: float, y: float, radius: float, text: str) -> Iterator[Label]:
    """Beside the dot, above, below and aslant; then further off, with a line to the dot."""
    width = len(text) * _LETTER + 4
    near = radius + _GAP
    aslant = near * 0.7
    yield _label(text, x + near, y, width, "start")
    yield _label(text, x - near, y, width, "end")
    yield _label(text, x, y - near - LINE / 2, width, "middle")
    yield _label(text, x, y + near + LINE / 2, width, "middle")
    for down in (-1, 1):
        yield _label(text, x + aslant, y + down * (aslant + LINE / 2), width, "start")
        yield _label(text, x - aslant, y + down * (aslant + LINE / 2), width, "end")
    for far in _FAR:
        for angle in range(0, 360, 30):
            yield _lead(text, x, y, width, radius=radius, far=near + far, angle=angle)


def _lead(
    text: str, x: float, y: float, width: float, *, radius: float, far: float, angle: int
) -> Label:
    across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    line = (
        round(x + radius * across, 1),
        round(y + radius * down, 1),
        round(x + far * across, 1),
        round(y + far * down, 1),
    )
    anchor: Literal["start", "end"] = "start" if across >= 0 else "end"
    return _label(text, x + far * across, y + far * down, width, anchor, line=line)


def _label(
    text: str,
    x: float,
    y: float,
    width: float,
    anchor: Literal["start", "middle", "end"],
    *,
    line: tuple[float, float, float, float] | None = None,
) -> Label:
    """Words whose middle line is at ``y``; their box is on the side that ``anchor`` says."""
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    box = Box(left, y - LINE / 2, width, LINE)
    return Label(text, round(x, 1), round(y + LINE * 0.3, 1), anchor, box, line)
