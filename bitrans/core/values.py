"""Texts, terms, hypotheses and pairs: what passes from reading to the bilingual document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

Kind = Literal["place", "person", "group", "agency", "outlet", "office", "event", "other"]
TermStatus = Literal["approved", "candidate", "deprecated"]
Method = Literal[
    "already-right",
    "n-best",
    "rewritten",
    "annotated",
    "stand-in",
    "forced",
    "replaced",
    "not-enforced",
]
SegmentKind = Literal["sentence", "heading"]

KINDS: tuple[Kind, ...] = (
    "place",
    "person",
    "group",
    "agency",
    "outlet",
    "office",
    "event",
    "other",
)


class Span(NamedTuple):
    """A run of characters of the original text."""

    start: int
    end: int

    def slice(self, text: str) -> str:
        """The characters of ``text`` in this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether both have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class SetAside:
    """A part of a document that is not the article: it is shown but not translated."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text exactly as read. ``id`` is unique within a run; ``source`` is the path or ``-``."""

    id: str
    title: str
    source: str
    date: str | None
    text: str
    sha256: str
    set_aside: tuple[SetAside, ...] = ()
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence or heading; ``document.text[span.start:span.end] == text``.

    ``paragraph`` counts paragraphs of the document from 0, ``index`` segments of the document.
    """

    document_id: str
    paragraph: int
    index: int
    span: Span
    text: str
    kind: SegmentKind = "sentence"


@dataclass(frozen=True, slots=True)
class Change:
    """One change that preparing made to a segment; ``span`` is into the segment's text."""

    rule: str
    span: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A segment's text as the model gets it.

    ``offsets[i]`` is where character ``i`` of ``text`` begins in the segment's own text, and
    ``offsets[len(text)]`` is the length of that text.
    """

    text: str
    offsets: tuple[int, ...]
    changes: tuple[Change, ...] = ()


class Annotation(NamedTuple):
    """The English wanted for a part of a text; ``span`` is into the text given to the model.

    ``arabic``, where there is any, is what the model reads in the place of the part.
    """

    span: Span
    english: str
    arabic: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of the termbase: its Arabic forms and its English."""

    id: str
    kind: Kind
    arabic: tuple[str, ...]
    preferred: str
    admitted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    status: TermStatus = "approved"
    flags: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    note: str = ""
    source: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A mention of a term. ``span`` is into the segment's text and leaves the clitics out.

    ``prefix`` is what was attached in front and taken off (``"و"``, ``"لل"``); ``form`` is the
    Arabic form of the term that matched, as the termbase writes it.
    """

    term: Term
    span: Span
    text: str
    form: str
    prefix: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One English rendering of a text.

    ``log_probability`` is the mean per target token. ``target_spans`` has the place of each
    target token in ``text``, ``source_spans`` that of each source token in the text given.
    ``alignment`` has a row per target token with the weight of each source token, or an empty one
    where that is not known; it is None where the model gives none. A ``second_attempt`` replaces a
    rendering that ran in circles.
    """

    text: str
    log_probability: float = 0.0
    target_spans: tuple[Span, ...] = ()
    source_spans: tuple[Span, ...] = ()
    alignment: tuple[Sequence[float], ...] | None = None
    truncated: bool = False
    second_attempt: bool = False
    alternatives: tuple[Hypothesis, ...] = ()


@dataclass(frozen=True, slots=True)
class TokenScores:
    """How likely a model finds each token of an English text that it is given.

    ``log_probabilities`` has one more entry than ``spans``: the last is that of the text's end.
    """

    spans: tuple[Span, ...]
    log_probabilities: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean per token, as :attr:`Hypothesis.log_probability` has it."""
        return sum(self.log_probabilities) / len(self.log_probabilities)


@dataclass(frozen=True, slots=True)
class Step:
    """What enforcing did for one mention, in the order done.

    ``before`` and ``after`` are what stood at ``span`` (offsets into the English as it was when
    the step began) and what stands there since. A step of method ``n-best`` or ``annotated``
    replaces the whole text, one of method ``forced`` may replace all from the name on.
    ``target`` is where the name stands in the final English, or None where it does not.
    """

    match: Match
    method: Method
    span: Span
    before: str
    after: str
    why: str
    target: Span | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reader must know about a line. ``code`` is stable; ``message`` is English."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment beside its English; ``replay(raw, steps) == target``."""

    segment: Segment
    raw: str
    target: str
    matches: tuple[Match, ...] = ()
    steps: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    changes: tuple[Change, ...] = ()
    log_probability: float | None = None


@dataclass(frozen=True, slots=True)
class BilingualDocument:
    """A document with one pair for each of its segments, in order.

    ``summary`` holds the indices of the pairs that carry most of it, in document order.
    """

    document: Document
    pairs: tuple[Pair, ...]
    summary: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for number, pair in enumerate(self.pairs):
            segment = pair.segment
            assert segment.index == number, f"pair {number} holds segment {segment.index}"
            assert segment.span.slice(self.document.text) == segment.text, segment
            assert replay(pair.raw, pair.steps) == pair.target, pair


class Translator(Protocol):
    """Anything that turns Arabic texts into hypotheses."""

    @property
    def id(self) -> str:
        """Names the weights and their revision."""
        ...

    @property
    def longest(self) -> int:
        """How many source tokens one text may have."""
        ...

    def count_tokens(self, text: str) -> int:
        """Source tokens of a text."""
        ...

    @property
    def takes_annotations(self) -> bool:
        """Whether the English wanted for a part of a text can be given beside it."""
        ...

    def count_annotation(self, annotation: Annotation) -> int:
        """Source tokens that an annotation adds to its text."""
        ...

    def translate(
        self,
        texts: Sequence[str],
        *,
        alternatives: int = 1,
        avoid_repeats: bool = False,
        aligned: bool = True,
        annotations: Sequence[Sequence[Annotation]] | None = None,
        beginnings: Sequence[str] | None = None,
        longest: int | None = None,
    ) -> list[Hypothesis]:
        """One hypothesis for each text, in the same order; empty texts give empty ones.

        :param alternatives: how many renderings of the n-best are wanted, the best included.
        :param avoid_repeats: decode so that no run of tokens comes twice; for texts whose first
            rendering ran in circles, since it also forbids what may rightly come twice.
        :param aligned: whether the alignment is wanted, where the model gives one.
        :param annotations: for each text those given beside it, in order and not overlapping;
            their source tokens have the span of what they annotate.
        :param beginnings: for each text what its English must begin with.
        :param longest: how many tokens the English may have; None leaves it to the translator.
        """
        ...

    def score(self, texts: Sequence[str], renderings: Sequence[str]) -> list[TokenScores]:
        """How likely each rendering is as the English of its text, in the same order."""
        ...

    def describe(self) -> dict[str, str]:
        """What runs and how, for the run report."""
        ...


def replay(raw: str, steps: Sequence[Step]) -> str:
    """The English that ``steps`` make of ``raw``.

    :raises ValueError: when a step does not fit the text it meets.
    """
    text = raw
    for step in steps:
        if step.span.slice(text) != step.before:
            raise ValueError(f"step does not fit: {step.before!r} is not at {step.span}")
        text = text[: step.span.start] + step.after + text[step.span.end :]
    return text
