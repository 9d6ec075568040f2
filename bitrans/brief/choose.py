"""Choose the few sentences that carry most of a document.

A sentence is worth choosing if it is central (LexRank, Erkan & Radev 2004), stands early, as the
lead does in news, and holds figures and named actors; sentences far shorter or longer than usual
lose. They are then taken one by one by maximal marginal relevance (Carbonell & Goldstein 1998):
what repeats a chosen one loses again, and a copy of it goes last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bitrans.arabic import fold_for_matching
from bitrans.core import Segment

#: What the first sentence, figures and names add to a centrality of at most 1.
LEAD = 0.3
FIGURES = 0.1
NAMES = 0.2
#: So many figures or names count in full; more add nothing.
ENOUGH_FIGURES = 2
ENOUGH_NAMES = 4
#: Words of a sentence that loses nothing for its length.
SHORT, LONG = 8, 45
#: How much of the choice is worth; the rest is not repeating.
RELEVANCE = 0.7
#: Sentences so alike are one sentence copied: the second is taken only where nothing else is left.
COPY = 0.7
#: Differences below this are rounding: the earlier sentence wins.
DIGITS = 9


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be chosen; ``place`` counts the sentences of its document from 0."""

    index: int
    place: int
    text: str
    names: int


def choose_segments(
    segments: Sequence[Segment], *, size: int = 5, names: Sequence[int] | None = None
) -> tuple[int, ...]:
    """The indices into ``segments`` of the few that carry most, in order.

    Never chosen: headings, segments without a letter, and a sentence that has come before word
    for word. Where no more than ``size`` sentences are left, all are chosen. The segments may be
    of several documents, one after another: each has its own lead. The same segments always give
    the same choice.

    :param size: how many to choose at most; none if it is not positive.
    :param names: how many mentions of the glossary's terms each segment holds.
    :raises ValueError: when ``names`` has not one number for each segment.
    """
    if names is not None and len(names) != len(segments):
        raise ValueError(f"{len(names)} counts of names for {len(segments)} segments")
    candidates = _find_candidates(segments, names or [0] * len(segments))
    if len(candidates) <= max(0, size):
        return tuple(candidate.index for candidate in candidates)
    return tuple(sorted(candidates[i].index for i in _take(candidates, size)))


def _find_candidates(segments: Sequence[Segment], names: Sequence[int]) -> list[_Candidate]:
    seen: set[str] = set()
    places: Counter[str] = Counter()
    candidates = []
    for index, segment in enumerate(segments):
        words = " ".join(re.findall(r"\w+", fold_for_matching(segment.text).text))
        if segment.kind == "heading" or not any(map(str.isalpha, words)):
            continue
        place = places[segment.document_id]
        places[segment.document_id] += 1
        if words not in seen:
            seen.add(words)
            candidates.append(_Candidate(index, place, words, names[index]))
    return candidates


def _take(candidates: Sequence[_Candidate], size: int) -> list[int]:
    """The places in ``candidates`` of the best, the best first."""
    from bitrans.brief.vectors import build_vectors  # numpy: not before there is work for it

    vectors = build_vectors([candidate.text for candidate in candidates])
    ranks = vectors.rank()
    worth = [
        _weigh(candidate, float(rank)) for candidate, rank in zip(candidates, ranks, strict=True)
    ]
    best = max(worth)
    repeated = [0.0] * len(candidates)
    left = set(range(len(candidates)))
    chosen: list[int] = []
    while left and len(chosen) < size:
        taken = max(left, key=lambda i: (*_balance(worth[i] / best, repeated[i]), -i))
        left.remove(taken)
        chosen.append(taken)
        repeated = [*map(max, repeated, vectors.compare(taken).tolist())]
    return chosen


def _balance(worth: float, repeated: float) -> tuple[bool, float]:
    return repeated < COPY, round(RELEVANCE * worth - (1 - RELEVANCE) * repeated, DIGITS)


def weigh(rank: float, place: int, figures: int, names: int, words: int) -> float:
    """What a sentence is worth: central, early, with figures and names, of a usual length.

    :param rank: how central it is, from 0 to 1.
    :param place: its place among the sentences of its document, from 0.
    """
    bonus = LEAD / (1 + place)
    bonus += FIGURES * min(1, figures / ENOUGH_FIGURES)
    bonus += NAMES * min(1, names / ENOUGH_NAMES)
    return (rank + bonus) * _fit_length(words)


def _weigh(candidate: _Candidate, rank: float) -> float:
    figures = len(re.findall(r"\d+", candidate.text))
    words = len(candidate.text.split())
    return weigh(rank, candidate.place, figures, candidate.names, words)


def _fit_length(words: int) -> float:
    """1 within the window, less the further outside."""
    return min(1.0, words / SHORT, LONG / words)
