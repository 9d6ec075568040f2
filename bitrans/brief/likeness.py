"""How alike two lines are, and which lines say the same thing.

Nearness is the cosine of character n-grams (:mod:`bitrans.brief.vectors`); copies are told from
rewordings by the runs of words that they share (shingling, Broder 1997).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bitrans.brief.lines import Line, Word, fold_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: So alike are lines that say the same thing; less will do where they give the same figure of the
#: same thing, more is needed where all their figures are different ones.
SAME = 0.42
SAME_WITH_FIGURE = 0.15
SAME_OTHER_FIGURES = 0.6
#: The share of the shorter one's runs of words in the other, from which it is copied.
COPIED = 0.5
SHINGLE = 3
#: Lines with fewer words say too little to be compared.
FEWEST = 4
#: At most so many leaders are looked at for one feature, and compared with one line.
POSTINGS, COMPARED = 48, 24
_STEM = re.compile(
    "^(?:وال|فال|بال|كال|ولل|ال|لل|و|ف|ب|ل)(?=.{3})|(?<=.{3})(?:تها|تهم|ته|ات|ون|ين|ان|ها|هم|يه|ه)$"
)
#: Words that say nothing of what a line is about.
_EMPTY = fold_words(
    "على إلى التي الذي الذين عند منذ حتى بعد قبل بين خلال هذا هذه ذلك تلك كان كانت كما حيث أنه"
    " أنها إنه إنها قال قالت أعلن أعلنت أكد أكدت أضاف أضافت"
)


class Fact(NamedTuple):
    """A figure of a line: the number, what it counts and what is said of it."""

    value: float
    unit: str
    subject: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Two lines that say the same thing."""

    likeness: float
    copied: bool


class Likeness:
    """Lines as vectors, to compare any two at a cost that does not grow with their number."""

    def __init__(
        self, lines: Sequence[Line], facts: Sequence[frozenset[Fact]], denials: Sequence[bool]
    ) -> None:
        import numpy as np

        from bitrans.brief.vectors import build_vectors

        self.lines = lines
        self._facts = facts
        self._denials = denials
        self.vectors = build_vectors([join_words(line) for line in lines]) if lines else None
        self._starts: NDArray[np.int64] = np.zeros(1, np.int64)
        self._scratch: NDArray[np.float64] = np.zeros(0)
        if self.vectors is not None:
            rows = np.arange(len(lines) + 1)
            self._starts = np.searchsorted(self.vectors.rows, rows)
            self._scratch = np.zeros(int(self.vectors.columns.max()) + 1)
        self._shingles = [_cut_shingles(line) for line in lines]

    def measure(self, one: int, others: Sequence[int]) -> list[float]:
        """The cosine of a line with each of some others."""
        assert self.vectors is not None
        columns, values = self.vectors.columns, self.vectors.values
        here = slice(self._starts[one], self._starts[one + 1])
        self._scratch[columns[here]] = values[here]
        found = []
        for other in others:
            there = slice(self._starts[other], self._starts[other + 1])
            found.append(float(self._scratch[columns[there]] @ values[there]))
        self._scratch[columns[here]] = 0.0
        return found

    def measure_all(self, one: int) -> list[float]:
        """The cosine of a line with every line."""
        assert self.vectors is not None
        found: list[float] = self.vectors.compare(one).tolist()
        return found

    def relate(self, one: int, other: int, cosine: float) -> Relation | None:
        """How two lines say the same thing, or None where they do not."""
        if min(len(self.lines[one].words), len(self.lines[other].words)) < FEWEST:
            return None
        if self._denials[one] != self._denials[other]:
            return None  # a denial is not what it denies, however alike
        likeness = round(min(1.0, cosine), 6)
        if self._is_copy(one, other):
            return Relation(likeness, copied=True)
        return Relation(likeness, copied=False) if cosine >= self._need(one, other) else None

    def _need(self, one: int, other: int) -> float:
        """Lines on one topic with different facts are two claims."""
        ours, theirs = self._facts[one], self._facts[other]
        if any(fact.subject for fact in ours & theirs):
            return SAME_WITH_FIGURE
        if not ours or not theirs or {f.value for f in ours} & {f.value for f in theirs}:
            return SAME
        return SAME_OTHER_FIGURES

    def _is_copy(self, one: int, other: int) -> bool:
        ours, theirs = self._shingles[one], self._shingles[other]
        fewer = min(len(ours), len(theirs))
        return fewer > 0 and len(ours & theirs) >= COPIED * fewer


def group_lines(likeness: Likeness) -> list[list[int]]:
    """The lines that say the same thing together, each group with its leader first.

    Lines are taken in order; each joins the group whose leader it is most like, or leads its own
    (leader clustering, Hartigan 1975). Leaders are found by the stems that they share, the rarest
    first, a bounded number for each stem: work and memory grow with the lines.
    """
    stems = [list_stems(line.words) for line in likeness.lines]
    rarity = _count_lines(stems)
    index: dict[str, list[int]] = {}
    groups: dict[int, list[int]] = {}
    for at, found in enumerate(stems):
        ordered = sorted(found, key=lambda stem: (rarity[stem], stem))
        candidates = _find_candidates(ordered, index, rarity)
        if (leader := _find_leader(likeness, at, candidates)) is not None:
            groups[leader].append(at)
            continue
        groups[at] = [at]
        for stem in ordered:
            postings = index.setdefault(stem, [])
            if len(postings) < POSTINGS:
                postings.append(at)
    return list(groups.values())


def join_words(line: Line) -> str:
    """The folded words of a line without signs."""
    return " ".join(word.text for word in line.words)


def _find_candidates(
    stems: Sequence[str], index: Mapping[str, list[int]], rarity: Mapping[str, int]
) -> list[int]:
    """The leaders that share most, rare stems counting for more."""
    shared: dict[int, float] = {}
    for stem in stems:
        for leader in index.get(stem, ()):
            shared[leader] = shared.get(leader, 0.0) + 1.0 / rarity[stem]
    return sorted(shared, key=lambda leader: (-shared[leader], leader))[:COMPARED]


def _find_leader(likeness: Likeness, at: int, candidates: Sequence[int]) -> int | None:
    cosines = likeness.measure(at, candidates) if candidates else []
    best = [
        (-round(cosine, 9), leader)
        for leader, cosine in zip(candidates, cosines, strict=True)
        if likeness.relate(at, leader, cosine)
    ]
    return min(best)[1] if best else None


def list_stems(words: Iterable[Word]) -> frozenset[str]:
    """Words without what is commonly written onto them, the short ones left out."""
    telling = (word.text for word in words if word.text not in _EMPTY)
    return frozenset(stem for text in telling if len(stem := _STEM.sub("", text)) > 2)


def _count_lines(stems: Sequence[frozenset[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in stems:
        for stem in found:
            counts[stem] = counts.get(stem, 0) + 1
    return counts


def _cut_shingles(line: Line) -> frozenset[int]:
    return frozenset(_list_shingles([word.text for word in line.words]))


def _list_shingles(words: Sequence[str]) -> Iterator[int]:
    """Numbers that stand for runs of words; the same in every process, unlike ``hash``."""
    from zlib import crc32

    for start in range(len(words) - SHINGLE + 1):
        yield crc32(" ".join(words[start : start + SHINGLE]).encode())
