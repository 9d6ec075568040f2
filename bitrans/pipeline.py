"""Composes the stages, document by document. Only this module knows their order."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bitrans import __version__
from bitrans.arabic import prepare, writes_alef_maqsura_for_ya
from bitrans.bilingual import build_bilingual
from bitrans.brief.choose import choose_segments
from bitrans.checks import find_doubts
from bitrans.config import Config
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
    Translator,
)
from bitrans.documents import read_documents
from bitrans.enforce import Enforced, Problem, enforce_all
from bitrans.errors import InputError
from bitrans.glossary.matching import Matcher
from bitrans.glossary.mining import Line
from bitrans.glossary.mining.unshown import NameChecker
from bitrans.glossary.terms import Glossary, load_glossary
from bitrans.oracle import SegmentOracle
from bitrans.pieces import translate_prepared
from bitrans.resources import data_folder
from bitrans.runtogether import split_run_together
from bitrans.scoring import find_reference, read_reference, score_documents
from bitrans.segments import cut_segment, split_document

if TYPE_CHECKING:
    from bitrans.engine.translator import MarianTranslator


#: Doubts that show that a rendering ran in circles, and what a line decoded twice says of itself.
DEGENERATE = frozenset({"empty", "repeated", "truncated", "long"})
SECOND_ATTEMPT = Doubt(
    "second-attempt", "The first rendering ran in circles; this is another, kept from repeating."
)
#: Segments given to the engine at once: enough to sort by length, few enough to show progress.
CHUNK = 256


@dataclass
class Timings:
    """Seconds spent in each stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Add the time inside the ``with`` block to a stage."""
        begun = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begun


@dataclass(frozen=True)
class Tools:
    """What a run needs, loaded once."""

    engine: Translator
    glossary: Glossary
    matcher: Matcher
    config: Config
    timings: Timings = field(default_factory=Timings)
    version: str = __version__
    created: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    @cached_property
    def names(self) -> NameChecker:
        """Doubts names that the termbase does not have."""
        return NameChecker(self.glossary.terms)


def load_tools(config: Config) -> Tools:
    """Load glossary and model as the settings say.

    :raises GlossaryError: when the termbase has faults.
    :raises EngineError: when the model cannot be used.
    """
    timings = Timings()
    with timings.measure("load"):
        names = config.glossary
        paths = [data_folder("glossary")] if names is None else [Path(name) for name in names]
        glossary = load_glossary(paths)
        matcher = Matcher(glossary.terms)
        engine = load_engine(config)
    return Tools(engine, glossary, matcher, config, timings)


def load_engine(config: Config) -> MarianTranslator:
    """The engine of the settings; imported here because it is heavy."""
    from bitrans.engine.catalogue import find_model
    from bitrans.engine.translator import EngineSettings, MarianTranslator

    settings = EngineSettings(
        config.device, config.compute_type, config.beam, config.threads, config.batch_tokens
    )
    return MarianTranslator(find_model(config.model), settings)


def translate_paths(
    paths: Sequence[str],
    tools: Tools,
    *,
    advance: Callable[[str, int, int], None] = lambda *_: None,
) -> Iterator[BilingualDocument | Failure]:
    """Each document of the paths translated, or why it could not be read.

    :param advance: called with a document's id, its segments done and its segments known.
    """
    for document in read_documents(paths):
        if isinstance(document, Failure):
            yield document
        else:
            yield translate_document(document, tools, advance=advance)


def translate_document(
    document: Document, tools: Tools, *, advance: Callable[[str, int, int], None] = lambda *_: None
) -> BilingualDocument:
    """One document through segmenting, matching, translating, enforcing and choosing."""
    measure = tools.timings.measure
    with measure("segment"):
        segments = split_document(document)
    with measure("match"):
        matches = tools.matcher.find_in_document([segment.text for segment in segments])
    mend_ya = writes_alef_maqsura_for_ya(document.text)
    prepared = [
        split_run_together(prepare(segment.text, mend_ya=mend_ya), found)
        for segment, found in zip(segments, matches, strict=True)
    ]
    hypotheses: list[Hypothesis] = []
    with measure("translate"):
        for start in range(0, len(prepared), CHUNK):
            advance(document.id, start, len(segments))
            chunk = prepared[start : start + CHUNK]
            hypotheses += translate_twice(chunk, tools.engine, tools.config.hypotheses)
    with measure("enforce"):
        pairs = make_pairs(segments, prepared, matches, hypotheses, tools.engine)
    advance(document.id, len(segments), len(segments))
    with measure("doubt"):
        pairs = [_doubt_names(*both, tools.names) for both in zip(pairs, hypotheses, strict=True)]
    with measure("summarise"):
        chosen = choose_segments(
            segments, size=tools.config.summary, names=[len(found) for found in matches]
        )
    return build_bilingual(document, pairs, chosen)


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
    doubts = find_doubts(prepared.text, found, found.text)
    return sum(doubt.code in DEGENERATE for doubt in doubts)


def make_pairs(
    segments: Sequence[Segment],
    prepared: Sequence[Prepared],
    matches: Sequence[Sequence[Match]],
    hypotheses: Sequence[Hypothesis],
    engine: Translator,
) -> list[Pair]:
    """Enforce the matches on the hypotheses and note what is doubtful about the outcome."""
    problems = [
        Problem(hypothesis, found, _make_acceptance(segment, hypothesis))
        for segment, found, hypothesis in zip(segments, matches, hypotheses, strict=True)
    ]
    oracle = SegmentOracle(prepared, engine, cut=cut_segment)
    return [
        _make_pair(segment, text, problem, enforced)
        for segment, text, problem, enforced in zip(
            segments, prepared, problems, enforce_all(problems, oracle), strict=True
        )
    ]


def _make_pair(segment: Segment, prepared: Prepared, problem: Problem, enforced: Enforced) -> Pair:
    doubts = find_doubts(segment.text, enforced.hypothesis, enforced.target)
    return Pair(
        segment,
        problem.hypothesis.text,
        enforced.target,
        tuple(problem.matches),
        enforced.steps,
        (*doubts, SECOND_ATTEMPT) if problem.hypothesis.second_attempt else doubts,
        prepared.changes,
        enforced.hypothesis.log_probability,
    )


def _doubt_names(pair: Pair, hypothesis: Hypothesis, names: NameChecker) -> Pair:
    """The pair with a doubt where its English does not show a name that has no entry."""
    renderings = (hypothesis, *hypothesis.alternatives)
    line = Line(pair.segment.document_id, pair.segment.text, pair.matches, renderings)
    doubt = names.find_doubt(line, pair.target)
    return pair if doubt is None else replace(pair, doubts=(*pair.doubts, doubt))


def _make_acceptance(segment: Segment, hypothesis: Hypothesis) -> Callable[[Hypothesis], bool]:
    """Whether another rendering raises no kind of doubt that the model's first had not."""
    before: set[str] | None = None

    def accept(other: Hypothesis) -> bool:
        nonlocal before
        if before is None:
            before = _code_doubts(segment, hypothesis)
        return _code_doubts(segment, other) <= before

    return accept


def _code_doubts(segment: Segment, found: Hypothesis) -> set[str]:
    return {doubt.code for doubt in find_doubts(segment.text, found, found.text)}


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
