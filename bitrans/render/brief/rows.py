"""What stands in a brief, piece by piece: reports, places in them, points, figures, names, days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bitrans.core import (
    Attribution,
    BilingualDocument,
    Claim,
    Figure,
    FigureGroup,
    Mentions,
    Moment,
    Span,
)
from bitrans.render.brief.wording import (
    MANNERS,
    list_changes,
    list_checks,
    name_counted,
    word_amount,
    word_counted,
    word_days,
)
from bitrans.render.view import NO_ENGLISH, Line, find_arabic_title, find_title, name_source
from bitrans.render.words import count, one_line

NO_SPEAKER = "the report itself; it names no speaker"
NOT_IN_ENGLISH = "Check: this number is not in the English line"


@dataclass(frozen=True, slots=True)
class Run:
    """What translated a report; a part is empty where it is not recorded."""

    version: str = ""
    created: str = ""
    model: str = ""
    glossary: str = ""

    @property
    def words(self) -> str:
        """The run on one line."""
        if not (self.model or self.glossary or self.created):
            return "not recorded"
        parts = (
            f"model {one_line(self.model) or 'not recorded'}",
            f"glossary {one_line(self.glossary) or 'not recorded'}",
            f"translated {one_line(self.created) or 'at a time not recorded'}",
        )
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Report:
    """One of a brief's reports; ``number`` is what the brief calls it, from 1."""

    number: int
    bilingual: BilingualDocument
    address: str
    run: Run

    @property
    def label(self) -> str:
        """``Report 2``."""
        return f"Report {self.number}"

    @property
    def title(self) -> str:
        """Its title in English."""
        return find_title(self.bilingual) or NO_ENGLISH

    @property
    def arabic_title(self) -> str:
        """Its title in Arabic."""
        return find_arabic_title(self.bilingual)

    @property
    def source(self) -> str:
        """The file it came from."""
        return name_source(self.bilingual)

    @property
    def date(self) -> str:
        """Its date, or that none is known."""
        date = self.bilingual.document.date
        return word_days(date, date) if date else "date not known"

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file it came from."""
        return one_line(self.bilingual.document.sha256)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a report: the line there, and the part of its Arabic that is meant."""

    report: Report
    line: Line
    span: Span | None = None

    @property
    def id(self) -> str:
        """Names the line within the brief: ``r2s9``."""
        return f"r{self.report.number}{self.line.anchor}"

    @property
    def label(self) -> str:
        """``Report 2, paragraph 4, sentence 9``, as numbered on the side-by-side page."""
        paragraph = self.line.pair.segment.paragraph + 1
        return f"{self.report.label}, paragraph {paragraph}, sentence {self.line.number}"

    @property
    def address(self) -> str:
        """Where the line is on the report's page; empty where there is no page."""
        return f"{self.report.address}#{self.line.anchor}" if self.report.address else ""

    @property
    def words(self) -> str:
        """The Arabic meant."""
        text = self.line.pair.segment.text
        return one_line(self.span.slice(text) if self.span else text)

    @property
    def english(self) -> str:
        """The English of the whole line."""
        return one_line(self.line.pair.target) or NO_ENGLISH

    @property
    def arabic(self) -> str:
        """The Arabic of the whole line."""
        return one_line(self.line.pair.segment.text)

    @property
    def checks(self) -> tuple[str, ...]:
        """What a reader must know of the line."""
        return list_checks(self.line)

    @property
    def sorted_checks(self) -> tuple[tuple[str, str], ...]:
        """The checks, each as its sort (``Check``) and its words."""
        parts = (check.partition(": ") for check in self.checks)
        return tuple((sort, words) for sort, _, words in parts)

    @property
    def changes(self) -> tuple[str, ...]:
        """The names that were put in or mended in the line."""
        return list_changes(self.line)


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says a claim. ``elsewhere`` is where, if not in the claim's own line.

    ``again`` says that it is the speaker of the saying before.
    """

    attribution: Attribution
    cue: Place
    speaker: Place | None
    elsewhere: Place | None
    again: bool = False

    @property
    def who(self) -> str:
        """The speaker's English name, or the Arabic that names them, or that nobody is named."""
        if self.attribution.name:
            return one_line(self.attribution.name)
        return self.speaker.words if self.speaker else "somebody who is not named"

    @property
    def how(self) -> str:
        """``said``, ``according to``."""
        return MANNERS[self.attribution.manner]

    @property
    def words(self) -> str:
        """The speaker with the word that shows it."""
        if self.again:
            return f"also “{self.how}”: {self.cue.words}"
        unknown = "not in the glossary; " if self.speaker and not self.attribution.name else ""
        return f"{self.who} ({unknown}“{self.how}”: {self.cue.words})"


@dataclass(frozen=True, slots=True)
class Point:
    """A key point. Other places that say it: in other words, copied, or again in its report."""

    number: int
    claim: Claim
    place: Place
    sayings: tuple[Saying, ...]
    independent: tuple[Place, ...]
    copied: tuple[Place, ...]
    again: tuple[Place, ...]
    denials: tuple[Place, ...]

    @property
    def anchor(self) -> str:
        """Where the point is in the brief."""
        return f"point-{self.number}"

    @property
    def why(self) -> str:
        """Why it was chosen."""
        return one_line(self.claim.why)

    @property
    def also(self) -> tuple[tuple[str, tuple[Place, ...]], ...]:
        """Each kind of other place that says it, in words, where there are any."""
        copies = count_reports(self.copied)
        kinds = (
            (f"Also in {count_reports(self.independent)}, in other words", self.independent),
            (f"Copied in {copies}, nearly word for word: not a second source", self.copied),
            ("Said again in the same report", self.again),
        )
        return tuple((words, places) for words, places in kinds if places)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as it is shown."""

    figure: Figure
    place: Place

    @property
    def value(self) -> str:
        """The number with its hedge."""
        return word_amount(self.figure)

    @property
    def arabic(self) -> str:
        """The Arabic words of the number."""
        return one_line(self.figure.text)

    @property
    def counted(self) -> str:
        """What the number counts."""
        return name_counted(self.figure)

    @property
    def checks(self) -> tuple[str, ...]:
        """That the English lacks the number, where it does."""
        return () if self.figure.in_english else (NOT_IN_ENGLISH,)


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures about one thing."""

    group: FigureGroup
    rows: tuple[FigureRow, ...]

    @property
    def counted(self) -> str:
        """What they count."""
        return word_counted(self.group)


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name as it is shown."""

    mentions: Mentions
    first: Place

    @property
    def english(self) -> str:
        """The English the glossary prefers."""
        return one_line(self.mentions.term.preferred)


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names of one sort: those named often as ``rows``, those named once as ``once``."""

    anchor: str
    heading: str
    rows: tuple[NameRow, ...]
    once: tuple[NameRow, ...]


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A date as it is shown."""

    moment: Moment
    place: Place

    @property
    def days(self) -> str:
        """The day or days in words."""
        return word_days(self.moment.start, self.moment.end)

    @property
    def arabic(self) -> str:
        """The Arabic words of the date."""
        return one_line(self.moment.text)

    @property
    def resolved(self) -> str:
        """From what the day was worked out."""
        return one_line(self.moment.resolved)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Dates of a report whose day is not known, all for the same reason."""

    report: Report
    reason: str
    rows: tuple[MomentRow, ...]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A line of the brief with something to check, and the key point it is, if it is one."""

    place: Place
    checks: tuple[str, ...]
    point: Point | None


def count_reports(places: Sequence[Place]) -> str:
    """``2 other reports``: how many reports the places are in."""
    return count(len({place.report.number for place in places}), "other report")
