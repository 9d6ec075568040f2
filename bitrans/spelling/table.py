"""The trained table: how letters are spelt, which spellings follow which, and usual whole words.

A *unit* is an Arabic letter with the Latin letters it is spelt with, none to four of them; a word
is a row of units. The table says how likely each unit is after those before it, as a back-off
model of unit n-grams: M. Bisani and H. Ney, "Joint-sequence models for grapheme-to-phoneme
conversion", Speech Communication 50 (2008). Units are numbered, those of one letter in a row, and
an n-gram is one number, its last unit the lowest :data:`BITS` bits. The n-grams stand sorted in an
array: what may follow a history with one letter is then a stretch of it.

The file is gzip'd: a line with the format, a line of JSON with units and usual words, then the
n-grams, each as the difference from the one before, all their highest bytes first and their lowest
last; then a byte of likelihood for each and a byte of back-off.
"""

from __future__ import annotations

import gzip
import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise

FORMAT = "bitrans-spelling 2"
FILE = "names.gz"
#: What begins and ends a row of units, and the first unit of a letter.
START, END, FIRST = 1, 2, 3
#: Bits of a unit's number, and units of the longest n-gram that a number of 64 bits holds.
BITS, LONGEST = 10, 6
#: Likelihoods are kept in steps of so much of a natural logarithm.
STEP = 1 / 12
#: The logarithm of a unit that the table never saw.
UNSEEN = -20.0
_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Table:
    """``units`` has of each letter its first unit and the spellings from there on.

    ``likelihoods`` and ``backoffs`` are of the n-grams of ``grams``, in steps below zero.
    """

    units: Mapping[str, tuple[int, tuple[str, ...]]]
    grams: array[int]
    likelihoods: bytes
    backoffs: bytes
    words: Mapping[str, str]
    order: int = LONGEST

    def score(self, history: Sequence[int], first: int, count: int) -> list[float]:
        """The logarithms of how likely each of ``count`` units from ``first`` on is.

        :param history: the units before, from :data:`START` on.
        """
        found: list[float | None] = [None] * count
        lost = 0.0
        for length in range(min(self.order - 1, len(history)), -1, -1):
            before = pack_gram(history[len(history) - length :])
            low = bisect_left(self.grams, before << BITS | first)
            high = bisect_left(self.grams, before << BITS | first + count, low)
            for at in range(low, high):
                number = (self.grams[at] & (1 << BITS) - 1) - first
                if found[number] is None:
                    found[number] = lost - self.likelihoods[at] * STEP
            if None not in found:
                break
            lost -= self._back_off(before) * STEP
        return [lost + UNSEEN if value is None else value for value in found]

    def _back_off(self, gram: int) -> int:
        at = bisect_left(self.grams, gram)
        return self.backoffs[at] if at < len(self.grams) and self.grams[at] == gram else 0


def pack_gram(units: Sequence[int]) -> int:
    """A row of units as one number.

    >>> pack_gram([1, 3]) == (1 << BITS) + 3
    True
    """
    packed = 0
    for unit in units:
        packed = packed << BITS | unit
    return packed


def build_table(
    units: Mapping[str, Sequence[str]],
    likelihoods: Mapping[Sequence[int], float],
    backoffs: Mapping[Sequence[int], float],
    words: Mapping[str, str],
    order: int = LONGEST,
) -> Table:
    """The table of n-grams with their logarithms.

    :param units: the spellings of each letter; units are numbered in their order.
    """
    numbered, number = {}, FIRST
    for letter, spellings in units.items():
        numbered[letter] = (number, tuple(spellings))
        number += len(spellings)
    rows = sorted(
        (pack_gram(gram), _count_steps(value), _count_steps(backoffs.get(gram, 0.0)))
        for gram, value in likelihoods.items()
    )
    grams = array("Q", (gram for gram, _, _ in rows))
    likely, back = bytes(row[1] for row in rows), bytes(row[2] for row in rows)
    return Table(numbered, grams, likely, back, words, order)


@lru_cache(maxsize=1)
def load_table() -> Table:
    """The table that comes with bitrans."""
    data = files("bitrans.spelling").joinpath(FILE).read_bytes()
    return read_table(data)


def read_table(data: bytes) -> Table:
    """The table of a file's bytes.

    :raises ValueError: when they are no such table.
    """
    name, _, rest = gzip.decompress(data).partition(b"\n")
    if name != FORMAT.encode():
        raise ValueError(f"no table of spellings in the format {FORMAT!r}")
    head, _, body = rest.partition(b"\n")
    known = json.loads(head)
    count = known["grams"]
    units = {letter: (first, tuple(spelt)) for letter, first, spelt in known["units"]}
    likelihoods = body[_WIDTH * count : (_WIDTH + 1) * count]
    backoffs = body[(_WIDTH + 1) * count :]
    grams = _join_bytes(body[: _WIDTH * count], count)
    return Table(units, grams, likelihoods, backoffs, known["words"], known["order"])


def write_table(table: Table) -> bytes:
    """The bytes that :func:`read_table` reads; the same for the same table, always."""
    head = {
        "grams": len(table.grams),
        "order": table.order,
        "units": [[letter, *found] for letter, found in table.units.items()],
        "words": dict(sorted(table.words.items())),
    }
    lines = f"{FORMAT}\n{json.dumps(head, ensure_ascii=False)}\n".encode()
    body = _split_bytes(table.grams) + table.likelihoods + table.backoffs
    return gzip.compress(lines + body, compresslevel=9, mtime=0)


def _count_steps(value: float) -> int:
    return min(255, max(0, round(-value / STEP)))


def _split_bytes(grams: array[int]) -> bytes:
    steps = array("Q", (after - before for before, after in pairwise((0, *grams))))
    if sys.byteorder == "little":
        steps.byteswap()
    data = steps.tobytes()
    return b"".join(data[place::_WIDTH] for place in range(_WIDTH))


def _join_bytes(data: bytes, count: int) -> array[int]:
    mixed = bytearray(len(data))
    for place in range(_WIDTH):
        mixed[place::_WIDTH] = data[place * count : (place + 1) * count]
    steps = array("Q", bytes(mixed))
    if sys.byteorder == "little":
        steps.byteswap()
    return array("Q", accumulate(steps))
