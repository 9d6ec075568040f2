"""Words of two texts linked by hand, and how far other links are from them.

Alignment error rate after Och & Ney 2003 (https://aclanthology.org/J03-1002/): sure links must be
found, possible ones may be.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bitrans.core import Span

#: What the numbers of the gold standard count, in both languages; signs are words too.
WORD = re.compile("[\\w\u064b-\u065f\u0670]+(?:['’-]\\w+)*|[^\\w\\s]")
HEADER = "line\tpair\tlinks"
_LINK = re.compile(r"(\d+)([-?])(\d+)")

#: An Arabic word and an English one, by their numbers from 0.
Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """The links of the pair in one line (from 1) of a file; ``possible`` holds the sure ones too.

    ``pair`` is what :func:`hash_pair` makes of its texts.
    """

    line: int
    pair: str
    sure: frozenset[Link]
    possible: frozenset[Link]


class Score(NamedTuple):
    """Counts of links: proposed, sure, and proposed ones that are sure and that are possible."""

    proposed: int
    sure: int
    right_sure: int
    right_possible: int

    @property
    def precision(self) -> float:
        """The share of the links proposed that are possible; 0 without any."""
        return self.right_possible / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        """The share of the sure links that were proposed; 0 without any."""
        return self.right_sure / self.sure if self.sure else 0.0

    @property
    def error(self) -> float:
        """The alignment error rate; 0 where there is nothing to link and nothing linked."""
        wanted = self.proposed + self.sure
        return 1 - (self.right_sure + self.right_possible) / wanted if wanted else 0.0


def hash_pair(arabic: str, english: str) -> str:
    """The start of the SHA-256 of a pair, by which another pair is noticed."""
    return hashlib.sha256(f"{arabic}\t{english}".encode()).hexdigest()[:12]


def list_words(text: str) -> list[Span]:
    """The places of the words and signs of a text."""
    return [Span(*match.span()) for match in WORD.finditer(text)]


def read_gold(path: Path) -> list[Gold]:
    """The gold standard of a file: line, hash, links ``i-j`` (sure) and ``i?j`` (possible).

    :raises ValueError: when a row is not of this form, or a link comes twice.
    """
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    if header != HEADER:
        raise ValueError(f"{path}:1: must be {HEADER!r}")
    return [_read_row(row, f"{path}:{number}") for number, row in enumerate(rows, 2)]


def choose_pairs(gold: Iterable[Gold], path: Path) -> list[tuple[str, str]]:
    """The pairs that the gold standard is of, from their file.

    :raises ValueError: when a pair is another than was linked, or lacks a word that was.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    return [_take_pair(one, lines, path) for one in gold]


def score_links(proposed: Sequence[Iterable[Link]], gold: Sequence[Gold]) -> Score:
    """Counts over all pairs of the links proposed for each."""
    totals = [0, 0, 0, 0]
    for links, one in zip(map(frozenset, proposed), gold, strict=True):
        counts = len(links), len(one.sure), len(links & one.sure), len(links & one.possible)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    return Score(*totals)


def find_word(span: Span, words: Sequence[Span]) -> int | None:
    """The first of the words that a span touches, or None."""
    touched = (i for i, word in enumerate(words) if word.start < span.end and span.start < word.end)
    return next(touched, None)


def _read_row(row: str, where: str) -> Gold:
    line, pair, *rest = row.split("\t")
    cells = rest[0].split() if len(rest) == 1 else []
    links = [match.groups() for cell in cells if (match := _LINK.fullmatch(cell))]
    if not line.isdecimal() or not links or len(links) != len(cells):
        raise ValueError(f"{where}: must be a line, a hash and links, parted by tabs")
    possible = [(int(i), int(j)) for i, _, j in links]
    if len({*possible}) != len(possible):
        raise ValueError(f"{where}: a link comes twice")
    sure = frozenset(link for link, cell in zip(possible, links, strict=True) if cell[1] == "-")
    return Gold(int(line), pair, sure, frozenset(possible))


def _take_pair(one: Gold, lines: Sequence[str], path: Path) -> tuple[str, str]:
    texts = lines[one.line - 1].split("\t") if one.line <= len(lines) else []
    if len(texts) < 2 or hash_pair(texts[0], texts[1]) != one.pair:
        raise ValueError(f"{path}:{one.line}: not the pair that was linked by hand")
    sizes = [len(list_words(text)) for text in texts[:2]]
    if any(i >= sizes[0] or j >= sizes[1] for i, j in one.possible):
        raise ValueError(f"{path}:{one.line}: linked words are missing")
    return texts[0], texts[1]
