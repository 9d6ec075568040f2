"""From documents beside their references to an :class:`~bitrans.measures.Evaluation`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitrans.checks import find_doubts
from bitrans.core import Hypothesis, Pair, Score, ScoreRow, Segment, Span
from bitrans.errors import InputError
from bitrans.evaluation.inputs import Task
from bitrans.glossary.matching import Matcher
from bitrans.measures import Alignment, Comparison, Evaluation, LineScore, Rendering, TermRow
from bitrans.scoring import (
    Bead,
    TermText,
    align_references,
    join_lines,
    match_beads,
    measure_terms,
    merge_beads,
    score_carried,
    score_corpus,
    score_document,
    score_texts,
)

#: Resamples of the intervals of each row.
INTERVALS = 1000
#: With fewer documents no exchange of whole documents can give a p below 0.05.
FEW_DOCUMENTS = 6
_WORDS = "words:white-space|version:1"


@dataclass(frozen=True, slots=True)
class _Side:
    """One system's rendering of one document, aligned with its reference."""

    rendering: Rendering
    references: tuple[str, ...]
    beads: tuple[Bead, ...]
    pairs: tuple[Pair, ...] | None
    one_to_one: bool

    def ours(self, bead: Bead) -> str:
        return join_lines([self.rendering.lines[i] for i in bead.hypotheses])

    def theirs(self, bead: Bead) -> str:
        return join_lines([self.references[i] for i in bead.references])

    def arabic(self, bead: Bead) -> str:
        lines = self.rendering.arabic
        return join_lines([lines[i] for i in bead.hypotheses]) if lines else ""

    def texts(self) -> tuple[list[str], list[str]]:
        return [self.ours(bead) for bead in self.beads], [self.theirs(bead) for bead in self.beads]

    def whole(self) -> tuple[str, str]:
        return join_lines(self.rendering.lines), join_lines(self.references)


def evaluate_tasks(
    tasks: Sequence[Task],
    *,
    names: tuple[str, str | None] = ("system", None),
    matcher: Matcher | None = None,
    align: bool = False,
    intervals: int = INTERVALS,
) -> Evaluation:
    """Everything that can be measured of these documents.

    :param names: what the system and the baseline are called; None where there is no baseline.
    :param matcher: finds names in Arabic that comes without matches; given, it also replaces the
        matches that a document brings.
    :param align: align lines even where both sides have as many.
    :param intervals: resamples of the 95 % intervals; 0 for none.
    :raises InputError: when there is nothing to score.
    """
    if not tasks:
        raise InputError("nothing to score: no document has a reference")
    ours = [_align(task.system, task.reference, matcher, align=align) for task in tasks]
    theirs = [
        _align(task.baseline, task.reference, matcher, align=align)
        for task in tasks
        if task.baseline is not None
    ]
    rows, terms = _score_system(names[0], ours, intervals)
    other_rows, other_terms = _score_system(names[1] or "", theirs, intervals)
    lines = _list_lines(ours, theirs)
    return Evaluation(
        system=names[0],
        baseline=names[1],
        rows=(*rows, *other_rows),
        alignments=tuple(_describe(side) for side in ours),
        comparisons=_compare(lines),
        terms=terms,
        baseline_terms=other_terms,
        lines=tuple(lines),
        doubts=dict(Counter(d.code for side in ours for p in side.pairs or () for d in p.doubts)),
        notes=tuple(_note(ours, compared=bool(theirs))),
    )


def _align(
    rendering: Rendering, reference: Rendering, matcher: Matcher | None, *, align: bool
) -> _Side:
    one_to_one = not align and _stand_beside(rendering, reference)
    references = reference.lines
    if not one_to_one:
        references = tuple(filter(None, references))
        if rendering.arabic is None:
            rendering = replace(rendering, lines=tuple(filter(None, rendering.lines)))
    for side, lines in ((rendering, rendering.lines), (reference, references)):
        if not any(lines):
            raise InputError(
                f"{side.source}: document {side.id} is empty; add text or leave it out"
            )
    beads = align_references(rendering.lines, references, one_to_one=one_to_one)
    pairs = _find_pairs(rendering, matcher)
    return _Side(rendering, references, tuple(merge_beads(beads)), pairs, one_to_one)


def _stand_beside(rendering: Rendering, reference: Rendering) -> bool:
    """Whether each line stands beside its own: as many on both sides, and none beside a blank.

    A blank line of a reference parts paragraphs; then equal counts are chance.
    """
    if len(rendering.lines) != len(reference.lines):
        return False
    if rendering.arabic is not None and rendering.arabic == reference.arabic:
        return True
    beside = zip(rendering.lines, reference.lines, strict=True)
    blank = any(ours and not theirs for ours, theirs in beside)
    return rendering.paired and reference.paired and not blank


def _find_pairs(rendering: Rendering, matcher: Matcher | None) -> tuple[Pair, ...] | None:
    """The pairs that the document brings, or those that its Arabic and English make."""
    pairs = rendering.pairs
    if pairs is None and rendering.arabic is not None:
        pairs = tuple(
            Pair(
                Segment(rendering.id, index, index, Span(0, len(arabic)), arabic),
                english,
                english,
                doubts=find_doubts(arabic, Hypothesis(english), english),
            )
            for index, (arabic, english) in enumerate(
                zip(rendering.arabic, rendering.lines, strict=True)
            )
        )
    if pairs is None or matcher is None:
        return pairs
    matches = matcher.find_in_document([pair.segment.text for pair in pairs])
    return tuple(
        replace(pair, matches=tuple(found)) for pair, found in zip(pairs, matches, strict=True)
    )


def _score_system(
    name: str, sides: Sequence[_Side], intervals: int
) -> tuple[list[ScoreRow], tuple[TermRow, ...]]:
    if not sides:
        return [], ()
    rows = []
    for side in sides:
        wholes = score_document(side.rendering.lines, side.references)
        scores, _ = _score_sides([side], intervals, wholes)
        rows.append(ScoreRow(side.rendering.id, name, scores))
    documents = [side.whole() for side in sides]
    wholes = score_corpus(
        [ours for ours, _ in documents],
        [theirs for _, theirs in documents],
        intervals=intervals,
        unit="document",
    )
    scores, terms = _score_sides(sides, intervals, wholes)
    return [*rows, ScoreRow(None, name, scores)], terms


def _score_sides(
    sides: Sequence[_Side], intervals: int, wholes: tuple[Score, ...]
) -> tuple[tuple[Score, ...], tuple[TermRow, ...]]:
    """The scores of some documents together: by bead, as wholes, names, lengths, doubts."""
    ours = [text for side in sides for text in side.texts()[0]]
    theirs = [text for side in sides for text in side.texts()[1]]
    term_scores, terms = measure_terms([text for side in sides for text in _list_texts(side)])
    scores = (
        *score_corpus(ours, theirs, intervals=intervals),
        *wholes,
        *term_scores,
        *score_carried(ours, theirs),
        _measure_length(ours, theirs),
        *_measure_doubts(sides),
    )
    return scores, terms


def _list_texts(side: _Side) -> list[TermText]:
    """The pairs of each bead beside its reference; none where no Arabic is known."""
    if side.pairs is None:
        return []
    return [
        TermText(
            side.rendering.id, tuple(side.pairs[i] for i in bead.hypotheses), side.theirs(bead)
        )
        for bead in side.beads
    ]


def _measure_length(ours: Sequence[str], theirs: Sequence[str]) -> Score:
    """Words of the translation for each hundred of the reference."""
    words, wanted = (sum(len(text.split()) for text in side) for side in (ours, theirs))
    return Score("length", 100 * words / max(1, wanted), _WORDS, wanted)


def _measure_doubts(sides: Sequence[_Side]) -> tuple[Score, ...]:
    """The share of segments with a doubt, in per cent."""
    pairs = [pair for side in sides for pair in side.pairs or ()]
    if not pairs:
        return ()
    share = 100 * sum(bool(pair.doubts) for pair in pairs) / len(pairs)
    return (Score("doubtful", share, "unit:segment|checks:bitrans|version:1", len(pairs)),)


def _list_lines(ours: Sequence[_Side], theirs: Sequence[_Side]) -> list[LineScore]:
    """Every bead with its chrF++; with a baseline, the beads that both systems share."""
    if theirs:
        beads = [
            (side, other, *bead)
            for side, other in zip(ours, theirs, strict=True)
            for bead in match_beads(side.beads, other.beads)
        ]
    else:
        beads = [(side, side, bead, bead) for side in ours for bead in side.beads]
    texts = [side.ours(bead) for side, _, bead, _ in beads]
    others = [other.ours(bead) for _, other, _, bead in beads]
    references = [side.theirs(bead) for side, _, bead, _ in beads]
    scores = score_texts(texts, references)
    other_scores = score_texts(others, references)
    return [
        LineScore(
            side.rendering.id,
            min(bead.hypotheses, default=min(bead.references)) + 1,
            side.arabic(bead),
            references[place],
            texts[place],
            scores[place],
            others[place] if theirs else None,
            other_scores[place] if theirs else None,
        )
        for place, (side, _, bead, _) in enumerate(beads)
    ]


def _compare(lines: Sequence[LineScore]) -> tuple[Comparison, ...]:
    baseline = [line.baseline for line in lines if line.baseline is not None]
    if not baseline:
        return ()
    from bitrans.scoring.significance import compare_systems  # loads numpy

    return compare_systems(
        [line.english for line in lines],
        baseline,
        [line.reference for line in lines],
        [line.document_id for line in lines],
    )


def _describe(side: _Side) -> Alignment:
    return Alignment(
        side.rendering.id,
        len(side.rendering.lines),
        len(side.references),
        len(side.beads),
        side.one_to_one,
    )


def _note(sides: Sequence[_Side], *, compared: bool) -> list[str]:
    """What a reader must know before believing the numbers."""
    notes = [
        f"{side.rendering.id}: the lines seem to be shifted against the reference; "
        "align them with --align"
        for side in sides
        if side.one_to_one and _seems_shifted(side.rendering.lines, side.references)
    ]
    if compared and 1 < len(sides) < FEW_DOCUMENTS:
        notes.append(
            f"with {len(sides)} documents the lowest p that exchanging them can give is "
            f"{2 / 2 ** len(sides):.2g}: too few to show a difference by document"
        )
    if all(side.pairs is None for side in sides):
        notes.append("names of the glossary not measured: the Arabic is not known; give --source")
    return notes


def _seems_shifted(lines: Sequence[str], references: Sequence[str]) -> bool:
    """Whether some neighbour of each reference says clearly more of it than its own line.

    Compared by the words that few of the references have.
    """
    ours = [set(line.casefold().split()) for line in lines]
    theirs = [set(line.casefold().split()) for line in references]
    frequency = Counter(word for words in theirs for word in words)
    common = {word for word, times in frequency.items() if times > max(1, len(theirs) // 5)}

    def share(step: int) -> float:
        beside = range(max(0, -step), min(len(ours), len(ours) - step))
        near = [(ours[place + step], theirs[place] - common) for place in beside]
        return sum(len(own & rare) / max(1, len(rare)) for own, rare in near) / max(1, len(near))

    return len(lines) > 2 and max(share(-1), share(1)) > 1.5 * share(0)
