"""The edits that TER counts, as sacrebleu finds them, in a fraction of the time.

TER (Snover et al. 2006) tries hundreds of shifts of words for each text and asks for the edit
distance after each; sacrebleu fills a matrix of Python tuples for every one of them, and nearly
all of the time of scoring goes there. Of all but one of these matrices only the distance is read,
and where the beam of that search does not matter, the distance is the Levenshtein distance, which
rapidfuzz has in C++. The search itself, its limits and the way it breaks ties stay sacrebleu's.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapidfuzz.distance import Editop

#: sacrebleu looks at the cells less than so far from the diagonal (``lib_ter._BEAM_WIDTH``).
_BEAM = 25


@lru_cache(maxsize=1 << 15)
def count_edits(hypothesis: str, reference: str) -> tuple[int, int]:
    """The edits and the reference words of two texts that TER has prepared.

    What ``sacrebleu.metrics.lib_ter.translation_edit_rate`` gives for their words. Kept, since a
    segment is scored in its document and over all, and often is the same without the glossary.
    """
    from sacrebleu.metrics import lib_ter

    words, wanted = hypothesis.split(), reference.split()
    if not wanted:
        return len(words), 0
    distance = _Distance(wanted)
    shifts = checked = 0
    while True:
        distance.current = words
        gain, shifted, checked = lib_ter._shift(words, wanted, distance, checked)
        if checked >= lib_ter._MAX_SHIFT_CANDIDATES or gain <= 0:
            return shifts + distance(words)[0], len(wanted)
        words, shifts = shifted, shifts + 1


class _Distance:
    """The edit distance to a reference; with its trace for the ``current`` words alone."""

    def __init__(self, reference: list[str]) -> None:
        from rapidfuzz.distance import Levenshtein
        from sacrebleu.metrics.lib_ter import BeamEditDistance

        self.current: list[str] = []
        self._reference = reference
        self._levenshtein = Levenshtein
        self._search = BeamEditDistance(reference)

    def __call__(self, words: list[str]) -> tuple[int, str]:
        distance = None if words is self.current else self._find_shortest(words)
        found: tuple[int, str] = self._search(words) if distance is None else (distance, "")
        return found

    def _find_shortest(self, words: list[str]) -> int | None:
        """The Levenshtein distance, or None where sacrebleu's search might miss it."""
        distance: int = self._levenshtein.distance(words, self._reference)
        if (distance + abs(len(words) - len(self._reference))) / 2 + 1 < _BEAM:
            return distance  # no way of so few edits leaves the beam
        edits = self._levenshtein.editops(words, self._reference)
        ratio = len(self._reference) / len(words) if words else 1.0
        return distance if _stay_within_beam(edits, ratio) else None


def _stay_within_beam(edits: Iterable[Editop], ratio: float) -> bool:
    """Whether a way of so many edits stays where sacrebleu looks, with room for rounding.

    Between two edits the way runs straight on, so it is farthest from the beam's middle at one
    of them, before or after.
    """
    room = _BEAM - 2 - max(1.0, ratio)
    return all(abs(edit.dest_pos - edit.src_pos * ratio) < room for edit in edits)
