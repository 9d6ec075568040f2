"""Composes the stages, document by document. Only this module knows their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bitrans.arabic import prepare, writes_alef_maqsura_for_ya
from bitrans.background import Background
from bitrans.bilingual import build_bilingual
from bitrans.brief import choose_segments
from bitrans.checks import TEXT_CHECKS, find_doubts, find_odd_length, find_repeats
from bitrans.core import (
    BilingualDocument,
    Document,
    Doubt,
    Failure,
    Hypothesis,
    Match,
    Pair,
    Prepared,
    RunReport,
    ScoreRow,
    Segment,
    Step,
    Translator,
)
from bitrans.documents import read_documents
from bitrans.errors import InputError
from bitrans.oracle import SegmentOracle
from bitrans.pieces import translate_prepared
from bitrans.runtogether import split_run_together
from bitrans.scoring import find_reference, read_reference
from bitrans.segments import cut_segment, split_document
from bitrans.tools import Tools

if TYPE_CHECKING:
    from bitrans.glossary.mining.unshown import NameChecker

#: Doubts that show that a rendering ran in circles, and what a line decoded twice says of itself.
DEGENERATE = frozenset({"empty", "repeated", "truncated", "long"})
_CIRCLING = (find_repeats, find_odd_length)
SECOND_ATTEMPT = Doubt(
    "second-attempt", "The first rendering ran in circles; this is another, kept from repeating."
)
#: Told of progress: a document's id, its segments done and its segments known.
Advance = Callable[[str, int, int], None]
#: Segments given to the engine at once: enough to sort by length, few enough to show progress.
CHUNK = 256


def translate_paths(
    paths: Sequence[str],
    tools: Tools,
    *,
    advance: Advance = lambda *_: None,
) -> Iterator[BilingualDocument | Failure]:
    """Each document of the paths translated, or why it could not be read.

    :param advance: called with a document's id, its segments done and its segments known, from
        whatever thread.
    """
    runs = _gather(_prepare_all(read_documents(paths), tools))
    for run, hypotheses in _render_ahead(runs, tools, advance):
        done = iter(_finish_parts(_list_parts(run), hypotheses, tools, advance))
        for one in run:
            yield one if isinstance(one, Failure) else next(done)


def _render_ahead(
    runs: Iterable[_Run], tools: Tools, advance: Advance
) -> Iterator[tuple[_Run, list[Hypothesis]]]:
    """Each run with its hypotheses.

    While one is enforced and written, the engine is at the next; while that goes on, the one after
    is read.
    """
    waiting: list[tuple[_Run, Background[list[Hypothesis]]]] = []
    for run in runs:
        done = [(before, found.wait()) for before, found in waiting]
        waiting = [(run, Background(partial(_render_parts, _list_parts(run), tools, advance)))]
        yield from done
    yield from ((run, found.wait()) for run, found in waiting)


def _prepare_all(found: Iterable[Document | Failure], tools: Tools) -> Iterator[_Part | Failure]:
    return (one if isinstance(one, Failure) else _prepare(one, tools) for one in found)


def _gather(found: Iterable[_Part | Failure]) -> Iterator[_Run]:
    """What was read in runs of about :data:`CHUNK` segments: they fill the engine's batches."""
    run: _Run = []
    size = 0
    for one in found:
        run.append(one)
        size += len(one.segments) if isinstance(one, _Part) else 0
        if size >= CHUNK:
            yield run
            run, size = [], 0
    if run:
        yield run


def translate_document(
    document: Document, tools: Tools, *, advance: Advance = lambda *_: None
) -> BilingualDocument:
    """One document through segmenting, matching, translating, enforcing and choosing."""
    parts = [_prepare(document, tools)]
    (bilingual,) = _finish_parts(parts, _render_parts(parts, tools, advance), tools, advance)
    return bilingual


@dataclass(frozen=True, slots=True)
class _Part:
    """A document's segments as they go to the engine."""

    document: Document
    segments: Sequence[Segment]
    matches: Sequence[Sequence[Match]]
    prepared: Sequence[Prepared]


_Run = list[_Part | Failure]


def _list_parts(run: _Run) -> list[_Part]:
    return [one for one in run if isinstance(one, _Part)]


def _render_parts(parts: Sequence[_Part], tools: Tools, advance: Advance) -> list[Hypothesis]:
    """Segments of several documents share the engine's batches, which is fastest when full."""
    matches = [found for part in parts for found in part.matches]
    prepared = [text for part in parts for text in part.prepared]
    hypotheses: list[Hypothesis] = []
    with tools.timings.measure("translate"):
        for start in range(0, len(prepared), CHUNK):
            _tell(parts, start, advance)
            chunk = slice(start, start + CHUNK)
            hypotheses += translate_chunk(prepared[chunk], matches[chunk], tools)
    return hypotheses


def _finish_parts(
    parts: Sequence[_Part], hypotheses: Sequence[Hypothesis], tools: Tools, advance: Advance
) -> list[BilingualDocument]:
    """The documents with their names enforced and their doubts noted."""
    measure = tools.timings.measure
    segments = [segment for part in parts for segment in part.segments]
    matches = [found for part in parts for found in part.matches]
    prepared = [text for part in parts for text in part.prepared]
    with measure("enforce"):
        pairs = make_pairs(segments, prepared, matches, hypotheses, tools.engine)
    with measure("doubt"):
        both = zip(pairs, hypotheses, strict=True)
        done = iter([_doubt_names(pair, found, tools.names) for pair, found in both])
    _tell(parts, len(segments), advance)
    return [_build(part, [*islice(done, len(part.segments))], tools) for part in parts]


def _prepare(document: Document, tools: Tools) -> _Part:
    with tools.timings.measure("segment"):
        segments = split_document(document)
    with tools.timings.measure("match"):
        matches = tools.matcher.find_in_document([segment.text for segment in segments])
    mend_ya = writes_alef_maqsura_for_ya(document.text)
    prepared = [
        split_run_together(prepare(segment.text, mend_ya=mend_ya), found)
        for segment, found in zip(segments, matches, strict=True)
    ]
    return _Part(document, segments, matches, prepared)


def _tell(parts: Sequence[_Part], done: int, advance: Advance) -> None:
    """Say how many segments of each document are done when so many of all are."""
    for part in parts:
        known = len(part.segments)
        advance(part.document.id, min(max(done, 0), known), known)
        done -= known


def _build(part: _Part, pairs: Sequence[Pair], tools: Tools) -> BilingualDocument:
    with tools.timings.measure("summarise"):
        names = [len(found) for found in part.matches]
        chosen = choose_segments(part.segments, size=tools.config.summary, names=names)
    return build_bilingual(part.document, pairs, chosen)


def translate_chunk(
    prepared: Sequence[Prepared], matches: Sequence[Sequence[Match]], tools: Tools
) -> list[Hypothesis]:
    """A hypothesis for each prepared text.

    The n-best, which enforcing chooses from, is not asked for where nothing is to be enforced.
    Asking for it in some lines alone would cost more, in batches parted, than it saves.
    """
    alternatives = tools.config.hypotheses if any(matches) else 1
    return translate_twice(prepared, tools.engine, alternatives)


def translate_twice(
    prepared: Sequence[Prepared], engine: Translator, alternatives: int
) -> list[Hypothesis]:
    """A hypothesis for each prepared text; those that ran in circles are decoded once more.

    The second attempt forbids repeats. It is taken where it is less degenerate, and says so.
    """
    found = translate_prepared(prepared, engine, alternatives, cut=cut_segment)
    faults = [_count_degenerate(*both) for both in zip(prepared, found, strict=True)]
    places = [place for place, count in enumerate(faults) if count]
    again = translate_prepared(
        [prepared[place] for place in places],
        engine,
        alternatives,
        cut=cut_segment,
        avoid_repeats=True,
    )
    for place, other in zip(places, again, strict=True):
        if _count_degenerate(prepared[place], other) < faults[place]:
            found[place] = replace(other, second_attempt=True)
    return found


def _count_degenerate(prepared: Prepared, found: Hypothesis) -> int:
    doubts = find_doubts(prepared.text, found, found.text, checks=_CIRCLING)
    return sum(doubt.code in DEGENERATE for doubt in doubts)


def make_pairs(
    segments: Sequence[Segment],
    prepared: Sequence[Prepared],
    matches: Sequence[Sequence[Match]],
    hypotheses: Sequence[Hypothesis],
    engine: Translator,
) -> list[Pair]:
    """Enforce the matches on the hypotheses and note what is doubtful about the outcome."""
    if not any(matches):
        given = zip(segments, prepared, hypotheses, strict=True)
        return [_make_pair(segment, text, one, one, one.text) for segment, text, one in given]
    from bitrans.enforce import Problem, enforce_all

    problems = [
        Problem(hypothesis, found, _make_acceptance(segment, hypothesis), segment.text)
        for segment, found, hypothesis in zip(segments, matches, hypotheses, strict=True)
    ]
    oracle = SegmentOracle(prepared, engine, cut=cut_segment)
    return [
        _make_pair(
            segment, text, problem.hypothesis, enforced.hypothesis, enforced.target,
            problem.matches, enforced.steps,
        )
        for segment, text, problem, enforced in zip(
            segments, prepared, problems, enforce_all(problems, oracle), strict=True
        )
    ]  # fmt: skip


def _make_pair(
    segment: Segment,
    prepared: Prepared,
    first: Hypothesis,
    chosen: Hypothesis,
    target: str,
    matches: Sequence[Match] = (),
    steps: tuple[Step, ...] = (),
) -> Pair:
    """The pair of what the model gave first, what was chosen, and what is shown."""
    doubts = find_doubts(segment.text, chosen, target, named=[match.span for match in matches])
    return Pair(
        segment,
        first.text,
        target,
        tuple(matches),
        steps,
        (*doubts, SECOND_ATTEMPT) if first.second_attempt else doubts,
        prepared.changes,
        chosen.log_probability,
    )


def _doubt_names(pair: Pair, hypothesis: Hypothesis, names: NameChecker) -> Pair:
    """The pair with a doubt where its English does not show a name that has no entry."""
    from bitrans.glossary.mining import Line

    renderings = (hypothesis, *hypothesis.alternatives)
    line = Line(pair.segment.document_id, pair.segment.text, pair.matches, renderings)
    doubt = names.find_doubt(line, pair.target)
    return pair if doubt is None else replace(pair, doubts=(*pair.doubts, doubt))


def _make_acceptance(segment: Segment, hypothesis: Hypothesis) -> Callable[[Hypothesis], bool]:
    """Whether another rendering raises no new kind of doubt, or fewer kinds than the first had."""
    before: set[str] | None = None

    def accept(other: Hypothesis) -> bool:
        nonlocal before
        if before is None:
            before = _code_doubts(segment, hypothesis)
        now = _code_doubts(segment, other)
        return now <= before or len(now) < len(before)

    return accept


def _code_doubts(segment: Segment, found: Hypothesis) -> set[str]:
    """Kinds of doubt that weigh as much as a name; how likely a line is, the ladder asks itself."""
    doubts = find_doubts(segment.text, found, found.text, checks=TEXT_CHECKS)
    return {doubt.code for doubt in doubts} - {"doubled", "unsure"}


@dataclass(frozen=True, slots=True)
class Referenced:
    """The English of a document, with and without the glossary, beside its reference."""

    document_id: str
    with_glossary: tuple[str, ...]
    without_glossary: tuple[str, ...]
    reference: tuple[str, ...]


def read_referenced(bilingual: BilingualDocument) -> Referenced | Failure | None:
    """The document with the reference beside its source, or None where there is none."""
    path = find_reference(bilingual.document.source)
    if path is None:
        return None
    try:
        lines = tuple(read_reference(path))
    except InputError as error:
        return Failure(str(path), str(error))
    return Referenced(
        bilingual.document.id,
        tuple(pair.target for pair in bilingual.pairs),
        tuple(pair.raw for pair in bilingual.pairs),
        lines,
    )


def score_referenced(documents: Sequence[Referenced]) -> tuple[ScoreRow, ...]:
    """A row for each document and one over all, with the glossary and without."""
    if not documents:
        return ()
    from bitrans.scoring import score_documents

    ours = [(d.document_id, d.with_glossary, d.reference) for d in documents]
    plain = [(d.document_id, d.without_glossary, d.reference) for d in documents]
    return (*score_documents(ours, "with glossary"), *score_documents(plain, "without glossary"))


@dataclass
class Tally:
    """Counts over the documents of a run."""

    documents: int = 0
    segments: int = 0
    methods: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)

    def add(self, bilingual: BilingualDocument) -> None:
        """Count one more document."""
        self.documents += 1
        self.segments += len(bilingual.pairs)
        for pair in bilingual.pairs:
            self.methods.update(step.method for step in pair.steps)
            self.doubts.update(doubt.code for doubt in pair.doubts)


def build_report(
    tally: Tally, failures: Sequence[Failure], scores: tuple[ScoreRow, ...], tools: Tools
) -> RunReport:
    """What was done with what."""
    glossary = tools.glossary
    return RunReport(
        version=tools.version,
        created=tools.created,
        model=tools.engine.describe(),
        glossary={
            "revision": glossary.revision,
            "terms": str(len(glossary.terms)),
            "files": ", ".join(Path(name).name for name in glossary.files),
        },
        settings=tools.config.describe(),
        timings={stage: round(spent, 3) for stage, spent in tools.timings.seconds.items()},
        documents=tally.documents,
        segments=tally.segments,
        methods=dict(tally.methods),
        doubts=dict(tally.doubts),
        scores=scores,
        failures=tuple(failures),
    )
