"""A back-off model of unit n-grams, interpolated Kneser-Ney, pruned to what matters.

R. Kneser and H. Ney, "Improved backing-off for m-gram language modeling", ICASSP 1995; S. F. Chen
and J. Goodman, "An empirical study of smoothing techniques for language modeling" (1998).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bitrans.spelling.table import START

ORDER = 6
#: N-grams whose loss costs less than this, in counted logarithms, are left out.
WORTH = 0.7


def count_model(
    rows: Sequence[tuple[str, int]], order: int = ORDER, worth: float = WORTH
) -> tuple[dict[str, float], dict[str, float], int]:
    """Logarithms of likelihoods and of back-offs of the n-grams that are kept.

    :param rows: words as strings of units (``chr`` of their numbers), from start to end, with how
        often each counts.
    """
    raw = _count_grams(rows, order)
    shares = _smooth(_continue(raw), order)
    kept = _prune(raw, shares, worth)
    likelihoods = {gram: math.log(shares[gram]) for gram in kept}
    return likelihoods, _back_off(kept, shares), order


def _count_grams(rows: Sequence[tuple[str, int]], order: int) -> list[Counter[str]]:
    """Counts by length; the start alone is never predicted."""
    counts: list[Counter[str]] = [Counter() for _ in range(order + 1)]
    for row, times in rows:
        for end in range(2, len(row) + 1):
            for length in range(1, min(order, end) + 1):
                counts[length][row[end - length : end]] += times
    return counts


def _continue(raw: list[Counter[str]]) -> list[Counter[str]]:
    """Of shorter n-grams, how many different units stand before them; none before the start."""
    counts = [Counter(found) for found in raw]
    for length in range(1, len(raw) - 1):
        before: Counter[str] = Counter(gram[1:] for gram in raw[length + 1])
        for gram in counts[length]:
            if not gram.startswith(chr(START)):
                counts[length][gram] = before[gram]
    return counts


def _smooth(counts: list[Counter[str]], order: int) -> dict[str, float]:
    """The interpolated likelihood of every n-gram's last unit after the others."""
    shares: dict[str, float] = {}
    floor = 1 / (len(counts[1]) + 1)
    for length in range(1, order + 1):
        discounts = _find_discounts(counts[length])
        totals: Counter[str] = Counter()
        freed: dict[str, float] = defaultdict(float)
        for gram, count in counts[length].items():
            totals[gram[:-1]] += count
            freed[gram[:-1]] += discounts[min(count, 3)]
        for gram, count in counts[length].items():
            history = gram[:-1]
            lower = shares[gram[1:]] if length > 1 else floor
            own = count - discounts[min(count, 3)]
            shares[gram] = (own + freed[history] * lower) / totals[history]
    return shares


def _find_discounts(counts: Counter[str]) -> tuple[float, float, float, float]:
    """What is taken from n-grams counted once, twice and more often."""
    times = Counter(count for count in counts.values() if count <= 4)
    one, two, three, four = (max(times[number], 1) for number in (1, 2, 3, 4))
    part = one / (one + 2 * two)
    found = (1 - 2 * part * two / one, 2 - 3 * part * three / two, 3 - 4 * part * four / three)
    return (0.0, *(min(max(value, 0.1), number + 0.9) for number, value in enumerate(found)))  # type: ignore[return-value]


def _prune(raw: list[Counter[str]], shares: Mapping[str, float], worth: float) -> set[str]:
    """The n-grams that say something new, and the histories of those that are kept."""
    kept: set[str] = set(raw[1])
    for length in range(len(raw) - 1, 1, -1):
        for gram, count in raw[length].items():
            gain = count * abs(math.log(shares[gram] / shares[gram[1:]]))
            if gram in kept or gain >= worth * (1 if length < 3 else 2):
                kept.add(gram)
                if length > 2:
                    kept.add(gram[:-1])
    return {gram for gram in kept if gram in shares}


def _back_off(kept: set[str], shares: Mapping[str, float]) -> dict[str, float]:
    """For each history what is left to units not seen after it, over what they had before."""
    seen: dict[str, float] = defaultdict(float)
    lower: dict[str, float] = defaultdict(float)
    for gram in kept:
        if len(gram) > 1:
            seen[gram[:-1]] += shares[gram]
            lower[gram[:-1]] += shares[gram[1:]]
    return {
        history: math.log(max(1 - seen[history], 1e-4) / max(1 - lower[history], 1e-4))
        for history in seen
    }
