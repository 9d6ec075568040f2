"""What the pages show of a bilingual document, worked out once for every renderer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bitrans.core import (
    BilingualDocument,
    Match,
    Method,
    Pair,
    RunReport,
    ScoreRow,
    SetAside,
    Span,
    Step,
)
from bitrans.render.words import count, has_arabic, isolate, isolate_english, one_line, shorten

TITLE_LENGTH = 120
UNBROKEN_LENGTH = 30
NO_ENGLISH = "(no English)"


class MethodWords(NamedTuple):
    """How a method is shown: a mark for print and for the colour-blind, and words."""

    mark: str
    label: str
    meaning: str


#: Methods whose steps replace more of the text than the name.
WHOLE: frozenset[Method] = frozenset({"n-best", "annotated", "stand-in", "forced"})
METHODS: Mapping[Method, MethodWords] = {
    "already-right": MethodWords("✓", "already right", "the translation used it unprompted"),
    "n-best": MethodWords("A", "another wording", "taken from another wording the model offered"),
    "rewritten": MethodWords("R", "rewritten", "another spelling of it was mended"),
    "annotated": MethodWords("W", "asked for", "translated again with this English wanted for it"),
    "stand-in": MethodWords("S", "stood in for", "translated again with a known name in its place"),
    "forced": MethodWords("F", "gone on from", "put where the Arabic has it, the rest made anew"),
    "replaced": MethodWords("P", "put in", "put where the Arabic has it, for what the model wrote"),
    "not-enforced": MethodWords("N", "not enforced", "the English may name it otherwise"),
}


@dataclass(frozen=True, slots=True)
class PageContext:
    """What made the pages, and the scores to show on them.

    ``index`` is the address of the page over all documents, or empty where there is none.
    """

    version: str = ""
    created: str = ""
    model: str = ""
    glossary: str = ""
    scores: tuple[ScoreRow, ...] = ()
    index: str = ""

    @staticmethod
    def of_report(
        report: RunReport, *, document_id: str | None = None, index: str = ""
    ) -> PageContext:
        """The context that a run's report gives, with the scores of a document or over all."""
        return PageContext(
            version=report.version,
            created=report.created,
            model=report.model.get("id", ""),
            glossary=report.glossary.get("revision", "")[:12],
            scores=tuple(row for row in report.scores if row.document_id == document_id),
            index=index,
        )


@dataclass(frozen=True, slots=True)
class Name:
    """A mention of a term and what became of it; ``step`` is the last one taken for it."""

    match: Match
    step: Step | None

    @property
    def method(self) -> Method:
        """How the name came to be right, or that it did not."""
        return self.step.method if self.step else "not-enforced"

    @property
    def words(self) -> MethodWords:
        """The method in the reader's words."""
        return METHODS[self.method]

    @property
    def preferred(self) -> str:
        """The English the glossary prefers."""
        return one_line(self.match.term.preferred)

    @property
    def arabic(self) -> str:
        """The Arabic as it stands in the text, without what is attached in front."""
        return one_line(self.match.text)

    @property
    def why(self) -> str:
        """The reason that the last step gave."""
        return one_line(self.step.why) if self.step else "no step was taken for it"

    @property
    def change(self) -> str:
        """What was rewritten into what, or nothing."""
        step = self.step
        if step is None or not step.before or step.method in WHOLE:
            return ""
        return f"“{one_line(step.before)}” became “{one_line(step.after)}”"

    @property
    def hint(self) -> str:
        """All that is known of the name, a line each, as plain text."""
        term = self.match.term
        lines = [
            f"{self.preferred} ({term.kind})",
            f"Arabic: {isolate(self.match.text)}" + _attached(self.match),
            f"{self.words.label}: {self.words.meaning}",
            self.change,
            f"Why: {self.why}",
            f"Term: {one_line(term.id)}",
        ]
        return "\n".join(isolate_english(line) for line in lines if line)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a shown text, and the name it is."""

    text: str
    name: Name | None = None

    @property
    def unbroken(self) -> bool:
        """Whether the name is short enough to stay on one line."""
        return len(self.text) <= UNBROKEN_LENGTH


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as it is shown. ``opens`` says that a new paragraph begins with it."""

    pair: Pair
    names: tuple[Name, ...]
    opens: bool = False

    @property
    def number(self) -> int:
        """The number a reader sees, from 1."""
        return self.pair.segment.index + 1

    @property
    def anchor(self) -> str:
        """Where the line is on its page."""
        return anchor_of(self.pair.segment.index)

    @property
    def heading(self) -> bool:
        """Whether it heads a part of the article."""
        return self.pair.segment.kind == "heading"

    @property
    def place(self) -> str:
        """Where its Arabic is in the source."""
        start, end = self.pair.segment.span
        return f"paragraph {self.pair.segment.paragraph + 1}, characters {start}–{end}"

    @property
    def english(self) -> tuple[Piece, ...]:
        """The English, the names in it told apart."""
        found = [(name.step.target, name) for name in self.names if name.step and name.step.target]
        return tuple(cut_pieces(self.pair.target, found)) or (Piece(NO_ENGLISH),)

    @property
    def arabic(self) -> tuple[Piece, ...]:
        """The Arabic, the names in it told apart."""
        found = [(name.match.span, name) for name in self.names]
        return tuple(cut_pieces(self.pair.segment.text, found))

    @property
    def unenforced(self) -> tuple[Name, ...]:
        """The names that the glossary could not be held to."""
        return tuple(name for name in self.names if name.method == "not-enforced")

    @property
    def changed(self) -> bool:
        """Whether enforcing changed the English."""
        return self.pair.raw != self.pair.target

    @property
    def preparations(self) -> str:
        """The rules that changed the Arabic before translating, with how often each did."""
        rules: dict[str, int] = {}
        for change in self.pair.changes:
            rules[change.rule] = rules.get(change.rule, 0) + 1
        return ", ".join(one_line(f"{rule} ×{times}") for rule, times in rules.items())


@dataclass(frozen=True, slots=True)
class Aside:
    """A part set aside as it is shown."""

    text: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts at the head of a page."""

    segments: int
    found: int
    enforced: int
    doubts: int
    set_aside: int

    @property
    def words(self) -> tuple[str, ...]:
        """The counts as words."""
        names = f"{self.enforced:,} of {count(self.found, 'name')} enforced"
        words = [
            count(self.segments, "segment"),
            names if self.found else "no names found",
            count(self.doubts, "doubt"),
        ]
        if self.set_aside:
            words.append(count(self.set_aside, "part") + " set aside")
        return tuple(words)


def anchor_of(index: int) -> str:
    """The anchor of the segment with this index: ``s1`` for the first."""
    return f"s{index + 1}"


def list_lines(bilingual: BilingualDocument) -> tuple[Line, ...]:
    """Every pair as a line, in order."""
    lines = []
    paragraph = None
    for pair in bilingual.pairs:
        opens = pair.segment.paragraph != paragraph
        paragraph = pair.segment.paragraph
        lines.append(Line(pair, find_names(pair), opens))
    return tuple(lines)


def list_rows(bilingual: BilingualDocument, lines: Sequence[Line]) -> tuple[Line | Aside, ...]:
    """The lines and the parts set aside, in the order of the document."""
    placed: list[tuple[int, Line | Aside]] = [
        (line.pair.segment.span.start, line) for line in lines
    ]
    placed += [(part.span.start, part) for part in _list_asides(bilingual)]
    return tuple(row for _, row in sorted(placed, key=lambda item: item[0]))


def find_names(pair: Pair) -> tuple[Name, ...]:
    """The mentions of a pair, in the order of the Arabic, each with its last step."""
    last: dict[Match, Step | None] = dict.fromkeys(pair.matches)
    last.update((step.match, step) for step in pair.steps)
    return tuple(Name(match, last[match]) for match in sorted(last, key=lambda it: it.span))


def cut_pieces(text: str, found: Iterable[tuple[Span, Name]]) -> Iterator[Piece]:
    """``text`` in pieces. Of names that overlap the leftmost is marked, then the longest."""
    here = 0
    for span, name in sorted(found, key=lambda item: (item[0].start, -item[0].end)):
        if here <= span.start < span.end <= len(text):
            if here < span.start:
                yield Piece(text[here : span.start])
            yield Piece(span.slice(text), name)
            here = span.end
    if here < len(text):
        yield Piece(text[here:])


def count_totals(bilingual: BilingualDocument, lines: Sequence[Line]) -> Totals:
    """The counts of a document."""
    found = sum(len(line.names) for line in lines)
    return Totals(
        segments=len(lines),
        found=found,
        enforced=found - sum(len(line.unenforced) for line in lines),
        doubts=sum(len(line.pair.doubts) for line in lines),
        set_aside=len(_list_asides(bilingual)),
    )


def find_title(bilingual: BilingualDocument) -> str:
    """The English title: the first line that has English."""
    targets = (pair.target for pair in bilingual.pairs if pair.target.strip())
    return shorten(next(targets, bilingual.document.title), TITLE_LENGTH)


def find_arabic_title(bilingual: BilingualDocument) -> str:
    """The Arabic title: the document's own where it is Arabic, else its first segment."""
    texts = [bilingual.document.title, *(pair.segment.text for pair in bilingual.pairs)]
    return shorten(next((text for text in texts if has_arabic(text)), texts[0]), TITLE_LENGTH)


def name_source(bilingual: BilingualDocument) -> str:
    """The file a document came from, without its folders."""
    source = bilingual.document.source
    return "standard input" if source == "-" else one_line(source.replace("\\", "/").split("/")[-1])


def _attached(match: Match) -> str:
    return f", with {isolate(match.prefix)} attached in front" if match.prefix else ""


def _list_asides(bilingual: BilingualDocument) -> list[Aside]:
    parts = bilingual.document.set_aside
    return [_show_aside(bilingual, part) for part in parts if _has_text(bilingual, part)]


def _has_text(bilingual: BilingualDocument, part: SetAside) -> bool:
    text = part.span.slice(bilingual.document.text)
    return any(sign.isprintable() and not sign.isspace() for sign in text)


def _show_aside(bilingual: BilingualDocument, part: SetAside) -> Aside:
    return Aside(one_line(part.span.slice(bilingual.document.text)), part.reason, part.span)
