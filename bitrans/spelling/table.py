"""The trained table: how letters are spelt, which spellings follow which, and usual whole words.

A *unit* is an Arabic letter with the Latin letters it is spelt with, none to four of them; a word
is a row of units. The table says how likely each unit is after those before it, as a back-off
model of unit n-grams: M. Bisani and H. Ney, "Joint-sequence models for grapheme-to-phoneme
conversion", Speech Communication 50 (2008). Units are numbered and written as one character each,
so that an n-gram is a string.

The file is gzip'd UTF-8 text: a line with the format, then three parts, each after a line with its
size: units (``letter TAB spelling``), n-grams in order (how many characters are those of the line
before, the others, then likelihood and back-off as characters), usual words (``Arabic TAB Latin``).
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

FORMAT = "bitrans-spelling 1"
FILE = "names.gz"
#: The characters that stand for units, small numbers and likelihoods begin here.
BASE = 0xA1
#: Likelihoods are kept in steps of so much of a natural logarithm.
STEP = 1 / 12
START, END = chr(BASE), chr(BASE + 1)


@dataclass(frozen=True, slots=True)
class Table:
    """``units`` has those of each letter, as (character, spelling); logarithms are natural."""

    units: Mapping[str, tuple[tuple[str, str], ...]]
    likelihoods: Mapping[str, float]
    backoffs: Mapping[str, float]
    words: Mapping[str, str] = field(default_factory=dict)
    order: int = 6

    def score(self, history: str, unit: str) -> float:
        """The logarithm of how likely a unit is after those of ``history``."""
        lost = 0.0
        for start in range(max(0, len(history) - self.order + 1), len(history)):
            if (found := self.likelihoods.get(history[start:] + unit)) is not None:
                return lost + found
            lost += self.backoffs.get(history[start:], 0.0)
        return lost + self.likelihoods.get(unit, -20.0)


@lru_cache(maxsize=1)
def load_table() -> Table:
    """The table that comes with bitrans."""
    data = files("bitrans.spelling").joinpath(FILE).read_bytes()
    return read_table(data)


def read_table(data: bytes) -> Table:
    """The table of a file's bytes.

    :raises ValueError: when they are no such table.
    """
    lines = iter(gzip.decompress(data).decode("utf-8").split("\n"))
    if next(lines) != FORMAT:
        raise ValueError(f"no table of spellings in the format {FORMAT!r}")
    units: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, line in enumerate(_read_part(lines)):
        letter, spelling = line.split("\t")
        units[letter].append((chr(BASE + 2 + number), spelling))
    likelihoods, backoffs, before = {}, {}, ""
    for line in _read_part(lines):
        gram = before = before[: ord(line[0]) - BASE] + line[1:-2]
        likelihoods[gram] = (BASE - ord(line[-2])) * STEP
        if backoff := ord(line[-1]) - BASE:
            backoffs[gram] = -backoff * STEP
    words = dict(line.split("\t") for line in _read_part(lines))
    fixed = {letter: tuple(found) for letter, found in units.items()}
    return Table(fixed, likelihoods, backoffs, words, max(map(len, likelihoods), default=1))


def write_table(table: Table) -> bytes:
    """The bytes that :func:`read_table` reads; the same for the same table, always."""
    pairs = {sign: f"{a}\t{b}" for a, units in table.units.items() for sign, b in units}
    lines = [FORMAT, str(len(pairs)), *(pairs[sign] for sign in sorted(pairs))]
    lines += [str(len(table.likelihoods)), *_write_grams(table)]
    lines += [str(len(table.words)), *(f"{a}\t{b}" for a, b in sorted(table.words.items()))]
    return gzip.compress("\n".join(lines).encode("utf-8"), compresslevel=9, mtime=0)


def _read_part(lines: Iterator[str]) -> Iterator[str]:
    for _ in range(int(next(lines))):
        yield next(lines)


def _write_grams(table: Table) -> Iterator[str]:
    before = ""
    for gram in sorted(table.likelihoods):
        same = 0
        while same < min(len(gram) - 1, len(before)) and gram[same] == before[same]:
            same += 1
        before = gram
        likelihood = round(-table.likelihoods[gram] / STEP)
        backoff = max(0, round(-table.backoffs.get(gram, 0.0) / STEP))
        yield f"{chr(BASE + same)}{gram[same:]}{chr(BASE + likelihood)}{chr(BASE + backoff)}"
