"""Which lines are denied by which: a denial beside what it denies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bitrans.brief.likeness import Likeness
from bitrans.brief.lines import Line, fold_words
from bitrans.core import Attribution

#: So alike are a denial and what it denies, and so near to the line most like it.
ALIKE, NEAREST = 0.2, 0.85
_THIS = fold_words("ذلك هذا هذه الأمر الخبر الأنباء التقارير المزاعم الاتهامات الادعاءات")
#: Words after the word of denying in which what was said before may be pointed at.
_SOON = 5
Key = tuple[str, int]


def find_denials(
    likeness: Likeness,
    attributions: Mapping[Key, tuple[Attribution, ...]],
    groups: Mapping[int, int],
) -> dict[int, list[int]]:
    """For each line that is denied, by its place, the places of the lines that deny it."""
    denied: dict[int, list[int]] = {}
    for at, line in enumerate(likeness.lines):
        cues = [said for said in attributions.get(line.key, ()) if said.manner == "denied"]
        if cues:
            for other in _find_denied(likeness, at, cues, attributions, groups):
                denied.setdefault(other, []).append(at)
    return denied


def _find_denied(
    likeness: Likeness,
    at: int,
    cues: Sequence[Attribution],
    attributions: Mapping[Key, tuple[Attribution, ...]],
    groups: Mapping[int, int],
) -> list[int]:
    """The lines most like a denial that do not deny themselves, or the line that it points at."""
    if (before := _find_pointed_at(likeness.lines, at, cues)) is not None:
        return [before]
    cosines = likeness.measure_all(at)
    able = [
        (cosine, other)
        for other, cosine in enumerate(cosines)
        if cosine >= ALIKE and groups[other] != groups[at] and other != at
        and not _denies(likeness.lines[other], attributions)
    ]  # fmt: skip
    most = max((cosine for cosine, _ in able), default=0.0)
    return [other for cosine, other in able if cosine >= NEAREST * most]


def _denies(line: Line, attributions: Mapping[Key, tuple[Attribution, ...]]) -> bool:
    return any(said.manner == "denied" for said in attributions.get(line.key, ()))


def _find_pointed_at(lines: Sequence[Line], at: int, cues: Sequence[Attribution]) -> int | None:
    """The line before a denial of "this": ``ونفى المسؤول ذلك``."""
    line = lines[at]
    before = at - 1
    if before < 0 or lines[before].key != (line.key[0], line.key[1] - 1):
        return None
    span = cues[0].cue.span
    assert span is not None
    start = next(i for i, word in enumerate(line.words) if line.offsets[word.end - 1] >= span.start)
    near = [line.read(i) for i in range(start + 1, start + 1 + _SOON)]
    short = len(line.words) - start <= 2 * _SOON
    return before if short and _THIS & set(near) else None
