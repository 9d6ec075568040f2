"""Runs of words that a text says again."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*\s+")
#: A small word of four letters or more twice in a row, bent or not, but not where English may.
_DOUBLED = re.compile(
    r"(?<![\w'’-])(?!that\b|very\b|long\b|many\b)([a-z]{4,}) "
    r"\1(?:s|es|ed|ing|er|ern|al|ly)?(?![\w'’-])"
)
#: How many texts are remembered by their words.
_MEMORY = 1 << 10


@lru_cache(maxsize=_MEMORY)
def split_words(text: str) -> Sequence[tuple[str, int]]:
    """The words of a text in lower case, each with the number of its sentence."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return tuple((hit.group().lower(), bisect(ends, hit.start())) for hit in WORD.finditer(text))


def find_echo(words: Sequence[tuple[str, int]], needed: Callable[[int], int]) -> list[str]:
    """A run of words that stands ``needed(its length)`` times at once, a short one unbroken."""
    places: dict[str, list[int]] = {}
    for i, (word, _) in enumerate(words):
        places.setdefault(word, []).append(i)
    apart = Counter(b - a for found in places.values() for a, b in combinations(found, 2))
    for length in range(1, min(len(words) // 2, 100) + 1):
        wanted = length * (needed(length) - 1)
        if apart[length] < wanted:
            continue
        same = 0
        for i in range(len(words) - length):
            (one, here), (two, there) = words[i], words[i + length]
            same = same + 1 if one == two and (here == there or length > 4) else 0
            if same == wanted:
                return [word for word, _ in words[i + 1 : i + 1 + length]]
    return []


def find_again(words: Sequence[tuple[str, int]], length: int) -> list[str]:
    """The first run of so many words that has stood before."""
    seen: set[tuple[str, ...]] = set()
    said = [word for word, _ in words]
    for end in range(length, len(words) + 1):
        run = tuple(said[end - length : end])
        if run in seen:
            return list(run)
        seen.add(run)
    return []


def list_doubled(text: str) -> list[str]:
    """Words that stand twice in a row: ``planted planted``; of names nothing is said."""
    return [match.group() for match in _DOUBLED.finditer(text)]
