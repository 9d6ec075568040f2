"""Monotone alignment of English segments with English reference lines.

Gale & Church 1993, "A Program for Aligning Sentences in Bilingual Corpora": dynamic programming
over beads, each with a cost for its shape and for how the lengths of its sides differ. Both sides
are English here, so the words they share say more than the lengths do (the idea of Moore 2002):
rare words more than frequent ones, numbers and names more than other words.

The search stays within a band around the diagonal, which is widened for as long as the way found
comes near its edge: time grows with the length of the texts and not with its square, but for
texts of which long parts are missing on one side.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: Shapes of a bead: how many segments beside how many reference lines, and how likely.
SHAPES: dict[tuple[int, int], float] = {
    (1, 1): 0.84,
    (1, 0): 0.03,
    (0, 1): 0.03,
    (2, 1): 0.04,
    (1, 2): 0.04,
    (2, 2): 0.01,
    (3, 1): 0.005,
    (1, 3): 0.005,
}
#: Variance of the length difference for each character (Gale & Church 1993, section 3.2).
VARIANCE = 6.8
#: No difference of length may outweigh clear words: the most that lengths can cost.
LENGTH_LIMIT = 12.0
#: What an average line gains when all its words stand on the other side too.
WORD_GAIN = 20.0
#: A line joined to others must say something of its own: so much of its words, by weight, stand
#: on the other side and in none of the lines it is joined to; what it costs where they do not.
OWN_SHARE = 0.25
STRANGER = 6.0
#: Names and numbers count so many times as much as other words.
EMPHASIS = 2.0
#: How far from the diagonal the search goes at first.
BAND = 40

#: Words are compared by their first letters, so that ``Syria`` and ``Syrian`` meet.
STEM = 5

_TOKEN = re.compile(r"\d[\d.,]*|[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?:\"”“«»][\s\"”“«»]*$")
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        _TOKEN.findall("two three four five six seven eight nine ten eleven twelve"), start=2
    )
}
_STOP = frozenset(
    _TOKEN.findall(
        "a an the and or but of in on at to for from by with as is are was were be been has have "
        "had it its he his she her they their that this these those which who whom will would "
        "not no s t said says after before than then there also into over under up down out"
    )
)


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments and the reference lines that say the same, by their indices; a side may be empty."""

    hypotheses: tuple[int, ...]
    references: tuple[int, ...]


class _Lines(NamedTuple):
    """Neighbouring lines taken together."""

    words: frozenset[str]
    weight: int
    length: int


#: ``blocks[k][i]``: the ``k`` lines from ``i`` on.
_Blocks = tuple[list[_Lines], ...]
_Cell = tuple[int, int]


class _Costs:
    """What a bead of two texts costs: the negative logarithm of how likely it is."""

    def __init__(self, hypotheses: Sequence[str], references: Sequence[str]) -> None:
        self._weights = _weigh_words([*hypotheses, *references])
        self._left = _build_blocks(hypotheses, self._weights)
        self._right = _build_blocks(references, self._weights)
        lines = self._left[1] + self._right[1]
        self._average = sum(line.weight for line in lines) / max(1, len(lines))

    def of(self, shape: _Cell, start: _Cell) -> float:
        """The cost of the bead of ``shape`` whose first lines are ``start``."""
        left = self._left[shape[0]][start[0]]
        right = self._right[shape[1]][start[1]]
        cost = -math.log(SHAPES[shape])
        if not all(shape):
            return cost
        cost += _weigh_lengths(left.length, right.length) - self._gain(left.words & right.words)
        strangers = self._count_strangers(self._left[1], start[0], shape[0], right.words)
        strangers += self._count_strangers(self._right[1], start[1], shape[1], left.words)
        return cost + STRANGER * strangers

    def _count_strangers(
        self, lines: Sequence[_Lines], start: int, size: int, others: frozenset[str]
    ) -> int:
        """How many of ``size`` lines that are joined say nothing of their own."""
        if size < 2:
            return 0
        joined = lines[start : start + size]
        count = 0
        for place, line in enumerate(joined):
            rest = (other.words for other in (*joined[:place], *joined[place + 1 :]))
            own = (line.words & others).difference(*rest)
            count += self._weigh(own) <= OWN_SHARE * line.weight
        return count

    def _gain(self, shared: frozenset[str]) -> float:
        return WORD_GAIN * self._weigh(shared) / self._average if shared else 0.0

    def _weigh(self, words: frozenset[str]) -> int:
        return sum(map(self._weights.__getitem__, words))


def align_references(
    hypotheses: Sequence[str], references: Sequence[str], *, one_to_one: bool = False
) -> list[Bead]:
    """The beads of two texts, in order; each index of either side is in exactly one.

    :param one_to_one: the reference is known to have one line a segment. This is used only where
        the counts are equal; otherwise the lines are aligned.
    """
    if one_to_one and len(hypotheses) == len(references):
        return [Bead((i,), (i,)) for i in range(len(hypotheses))]
    costs, end = _Costs(hypotheses, references), (len(hypotheses), len(references))
    reach = BAND
    while True:
        beads = _trace(_search(costs, end, reach), end)
        if reach >= max(end) or (beads is not None and not _nears_edge(beads, end, reach)):
            assert beads is not None, "the complete search has a way"
            return beads
        reach *= 2


def _search(costs: _Costs, end: _Cell, reach: int) -> dict[_Cell, _Cell]:
    """The shape of the last bead on the cheapest way to each cell; the first of equals stays."""
    totals: dict[_Cell, float] = {(0, 0): 0.0}
    shapes: dict[_Cell, _Cell] = {}
    for cell in _walk_band(end, reach):
        for shape in SHAPES:
            start = (cell[0] - shape[0], cell[1] - shape[1])
            if start not in totals:
                continue
            total = totals[start] + costs.of(shape, start)
            if total < totals.get(cell, math.inf):
                totals[cell], shapes[cell] = total, shape
    return shapes


def _walk_band(end: _Cell, reach: int) -> Iterator[_Cell]:
    """The cells near the diagonal but for the first, each after those it builds on."""
    for row in range(end[0] + 1):
        middle = _find_middle(row, end)
        for column in range(max(0, middle - reach), min(end[1], middle + reach) + 1):
            if row or column:
                yield row, column


def _nears_edge(beads: Sequence[Bead], end: _Cell, reach: int) -> bool:
    """Whether the way goes where a wider band might have shown a better one."""
    row = column = 0
    for bead in beads:
        row, column = row + len(bead.hypotheses), column + len(bead.references)
        if abs(column - _find_middle(row, end)) > reach * 3 // 4:
            return True
    return False


def _find_middle(row: int, end: _Cell) -> int:
    return row * end[1] // max(1, end[0])


def _trace(shapes: dict[_Cell, _Cell], end: _Cell) -> list[Bead] | None:
    """The beads of the way to the end, or None where the band has none."""
    beads: list[Bead] = []
    row, column = end
    while (row, column) != (0, 0):
        if (row, column) not in shapes:
            return None
        left, right = shapes[row, column]
        beads.append(Bead(tuple(range(row - left, row)), tuple(range(column - right, column))))
        row, column = row - left, column - right
    return beads[::-1]


def _weigh_lengths(left: int, right: int) -> float:
    """The cost of two lengths in characters standing for one another (Gale & Church 1993)."""
    mean = (left + right) / 2
    if not left or not right:  # an empty translation stands beside what it should have rendered
        return 0.0
    chance = math.erfc(abs(right - left) / math.sqrt(2 * mean * VARIANCE))
    return min(LENGTH_LIMIT, -math.log(chance)) if chance else LENGTH_LIMIT


def _weigh_words(lines: Sequence[str]) -> dict[str, int]:
    """Rare words weigh more (by inverse document frequency), names and numbers more again.

    In whole thousandths: the sum of a set does not depend on its order, which Python shuffles.
    """
    frequency = Counter(word for line in lines for word in _read_words(line))
    names = {name for line in lines for name in _read_names(line)}
    return {
        word: round(1000 * math.log(1 + len(lines) / count) * (EMPHASIS if word in names else 1))
        for word, count in frequency.items()
    }


def _build_blocks(lines: Sequence[str], weights: Mapping[str, int]) -> _Blocks:
    words = [frozenset(_read_words(line)) for line in lines]
    blocks = [[_Lines(frozenset(), 0, 0)] * (len(lines) + 1)]
    for size in range(1, 1 + max(map(max, SHAPES))):
        block = []
        for start in range(len(lines) - size + 1):
            joined = frozenset[str]().union(*words[start : start + size])
            length = sum(map(len, lines[start : start + size]))
            block.append(_Lines(joined, sum(map(weights.__getitem__, joined)), length))
        blocks.append(block)
    return tuple(blocks)


def _read_words(line: str) -> set[str]:
    """The words of a line by which it is known again: their beginnings, and numbers as digits."""
    words = (match.group().casefold() for match in _TOKEN.finditer(line))
    return {_shorten(word) for word in words if word not in _STOP}


def _read_names(line: str) -> set[str]:
    """Numbers, and words that have a capital letter though no sentence begins with them."""
    names = set()
    for match in _TOKEN.finditer(line):
        before = line[: match.start()].rstrip()
        inside = bool(before) and not _SENTENCE_END.search(before)
        word = match.group()
        if word[0].isdigit() or word.casefold() in _NUMBERS or (inside and word[0].isupper()):
            names.add(_shorten(word.casefold()))
    return names


def _shorten(word: str) -> str:
    if word[0].isdigit():
        return word.rstrip(".,").replace(",", "")
    return _NUMBERS.get(word, word[:STEM])
