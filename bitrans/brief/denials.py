"""Which lines are denied by which: a denial beside what it denies."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bitrans.brief.likeness import Likeness, list_stems
from bitrans.brief.lines import Line, fold_words
from bitrans.brief.phrases import is_listener, skip_adverbs
from bitrans.core import Attribution

#: The share of what is denied, rare words counting for more, that a line must say; and of that of
#: the line that says most of it.
COVERED, NEAREST = 0.5, 0.6
#: What is denied has so many telling words at least, and is looked for in so many after the verb.
_LEAST, _LONGEST = 2, 14
#: So many words after who denies may stand to whom: what is denied follows.
_TOLD = 8
#: So many lines are looked at for one denial, whatever the number of reports.
_CANDIDATES = 400
_THIS = fold_words("ذلك هذا هذه الأمر الخبر الأنباء التقارير المزاعم الاتهامات الادعاءات")
_NEGATIONS = fold_words("لم لن لا ليس ليست عدم غير")
#: Words after the word of denying in which what was said before may be pointed at.
_SOON = 5
Key = tuple[str, int]


def find_denials(
    likeness: Likeness,
    attributions: Mapping[Key, tuple[Attribution, ...]],
    groups: Mapping[int, int],
) -> dict[int, list[int]]:
    """For each line that is denied, by its place, the places of the lines that deny it."""
    stems = [list_stems(line.words) for line in likeness.lines]
    index = _build_index(stems)
    denied: dict[int, list[int]] = {}
    for at, line in enumerate(likeness.lines):
        cues = [said for said in attributions.get(line.key, ()) if said.manner == "denied"]
        if not cues:
            continue
        before = _find_pointed_at(likeness.lines, at, cues)
        found = _find_covering(likeness.lines, at, _find_denied(line, cues[0]), index, stems)
        able = [
            other
            for other in ([before] if before is not None else found)
            if groups[other] != groups[at] and not _denies(likeness.lines[other], attributions)
        ]
        for other in able:
            denied.setdefault(other, []).append(at)
    return denied


def _build_index(stems: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for at, found in enumerate(stems):
        for stem in found:
            index.setdefault(stem, []).append(at)
    return index


def _find_denied(line: Line, cue: Attribution) -> frozenset[str]:
    """The stems of the clause after the word of denying, without who denies."""
    span = cue.cue.span
    assert span is not None
    start = 1 + next(i for i, w in enumerate(line.words) if line.offsets[w.end - 1] >= span.start)
    if cue.speaker and cue.speaker.span and cue.speaker.index == line.key[1]:
        spoken = [
            i for i, w in enumerate(line.words) if line.offsets[w.start] < cue.speaker.span.end
        ]
        start = max(start, spoken[-1] + 1) if spoken else start
    told = [at for at in range(start, min(start + _TOLD, len(line.words))) if is_listener(line, at)]
    start = skip_adverbs(line, told[0] if told else start)
    end = start + 1
    while end < min(start + _LONGEST, len(line.words)) and not line.breaks_before(end):
        end += 1
    return list_stems(line.words[start:end])


def _find_covering(
    lines: Sequence[Line],
    at: int,
    stems: frozenset[str],
    index: Mapping[str, list[int]],
    known: Sequence[frozenset[str]],
) -> list[int]:
    """The lines that say most of what is denied, without a negation of their own.

    :param known: the stems of each line.
    """
    weights = {stem: math.log(1 + len(lines) / len(index.get(stem, [at]))) for stem in stems}
    ordered = sorted(stems, key=lambda stem: (-weights[stem], stem))
    total = sum(weights[stem] for stem in ordered)
    if len(stems) < _LEAST or not total:
        return []
    able = {}
    for other in _list_candidates(ordered, index):
        said = (weights[stem] for stem in ordered if stem in known[other])
        share = round(sum(said) / total, 9)
        if other != at and share >= COVERED and not _negates(lines[other], stems):
            able[other] = share
    most = max(able.values(), default=0.0)
    return sorted(other for other, share in able.items() if share >= NEAREST * most)


def _list_candidates(ordered: Sequence[str], index: Mapping[str, list[int]]) -> list[int]:
    """Lines with the rarest stems first, a bounded number."""
    found: dict[int, None] = {}
    for stem in ordered:
        found.update(dict.fromkeys(index.get(stem, ())[: _CANDIDATES - len(found)]))
        if len(found) >= _CANDIDATES:
            break
    return sorted(found)


def _negates(line: Line, stems: frozenset[str]) -> bool:
    """Whether a negation stands shortly before a word of what is denied."""
    return any(
        word.text in _NEGATIONS and list_stems(line.words[at + 1 : at + 4]) & stems
        for at, word in enumerate(line.words)
    )


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
