"""Sentences as sparse vectors of character n-grams, weighted by TF-IDF, of length one.

N-grams within words meet across prefixes, suffixes and spellings, which whole Arabic words do not.
All work here grows with the n-grams there are, never with the square of the sentences.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bitrans.arabic import fold_for_matching

Numbers = NDArray[np.float64]

SIZES = (3, 4, 5)
#: The chance that LexRank's reader jumps anywhere (Erkan & Radev 2004, section 3.2).
JUMP = 0.15
ROUNDS = 100
PRECISION = 1e-9

_STOP = frozenset(
    fold_for_matching(
        "من في على إلى عن مع أن إن كان كانت التي الذي الذين هذا هذه ذلك تلك هو هي هم ما لا لم لن "
        "قد كما بين بعد قبل حيث أو ثم كل أي غير عند منذ حتى خلال ضد أمام تحت فوق حول لدى أيضا "
        "قال قالت أضاف أضافت أكد أكدت أفاد أفادت ذكر ذكرت أعلن أعلنت أشار مشيرا به بها له لها "
        "فيه فيها منه منها عليه عليها إليه إليها عنه عنها أنه أنها بأن وفق بحسب اليوم أمس"
    ).text.split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """A sparse matrix with a row for each text: entry ``k`` is ``values[k]`` at its place."""

    count: int
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Numbers

    def compare(self, row: int) -> Numbers:
        """The cosine of one text with each."""
        alone = np.zeros(self.count)
        alone[row] = 1.0
        return self._multiply(alone)

    def rank(self) -> Numbers:
        """How central each text is, from 0 to 1: LexRank (Erkan & Radev 2004).

        In its continuous form: the similarities themselves are the links, not those above a
        threshold. So they need never be written down: multiplying by the vectors and by their
        transpose does the same. It then differs from nearness to the centroid (Radev et al. 2004)
        only by the jumps.
        """
        degrees = self._follow(np.ones(self.count))
        shares = np.divide(1.0, degrees, out=np.zeros(self.count), where=degrees > PRECISION)
        ranks = np.full(self.count, 1.0 / self.count)
        for _ in range(ROUNDS):
            moved = JUMP / self.count + (1 - JUMP) * self._follow(ranks * shares)
            done = float(np.abs(moved - ranks).sum()) < PRECISION
            ranks = moved
            if done:
                break
        scaled: Numbers = ranks / ranks.max()
        return scaled

    def _follow(self, weights: Numbers) -> Numbers:
        """Along the links once; no text is linked to itself."""
        return np.maximum(self._multiply(weights) - weights, 0.0)

    def _multiply(self, weights: Numbers) -> Numbers:
        """The matrix of cosines times a vector."""
        sums = _sum_by(self.columns, self.values * weights[self.rows], 0)
        return _sum_by(self.rows, self.values * sums[self.columns], self.count)


def build_vectors(texts: Sequence[str]) -> Vectors:
    """The vectors of Arabic texts as :func:`bitrans.arabic.fold_for_matching` gives them.

    Each must have a letter or a digit.
    """
    numbers: dict[str, int] = {}
    rows, columns, counts = array("q"), array("q"), array("q")
    for row, text in enumerate(texts):
        grams = Counter(split_grams(text))
        assert grams, f"text {row} has no letter: {text!r}"
        rows.extend([row] * len(grams))
        columns.extend(numbers.setdefault(gram, len(numbers)) for gram in grams)
        counts.extend(grams.values())
    return _weigh(len(texts), np.asarray(rows), np.asarray(columns), np.asarray(counts))


def split_grams(text: str) -> Iterator[str]:
    """The n-grams of the words of a folded text; short words as they are.

    Function words and verbs of saying are left out, unless there is nothing else.
    """
    words = re.findall(r"\w+", text)
    telling = [word for word in words if word not in _STOP and word[1:] not in _STOP]
    for word in telling or words:
        if len(word) < min(SIZES):
            yield word
        for size in SIZES:
            for start in range(len(word) - size + 1):
                yield word[start : start + size]


def _weigh(
    count: int, rows: NDArray[np.int64], columns: NDArray[np.int64], counts: NDArray[np.int64]
) -> Vectors:
    """Smoothed, so that what the whole document is about keeps its weight."""
    frequency = np.bincount(columns)
    rarity = math.log(1 + count) - np.log(1 + frequency) + 1
    values = (1 + np.log(counts)) * rarity[columns]
    lengths = np.sqrt(_sum_by(rows, values**2, count))
    return Vectors(count, rows, columns, values / lengths[rows])


def _sum_by(places: NDArray[np.int64], values: Numbers, count: int) -> Numbers:
    """The sum of the values of each place, for ``count`` places or more."""
    return np.bincount(places, values, minlength=count).astype(np.float64)
