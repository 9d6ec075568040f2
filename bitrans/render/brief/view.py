"""What a brief shows, worked out once for every renderer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bitrans.core import Brief, Citation, Claim, FigureGroup, Kind
from bitrans.render.brief.rows import (
    FigureRow,
    FigureTable,
    Flagged,
    MomentRow,
    NameRow,
    NameTable,
    Place,
    Point,
    Report,
    Run,
    Saying,
    Unplaced,
)
from bitrans.render.brief.wording import word_days, word_number
from bitrans.render.view import Line, find_names
from bitrans.render.words import count, one_line

_SORTS: tuple[tuple[str, str, tuple[Kind, ...]], ...] = (
    ("places", "Places", ("place",)),
    ("actors", "Actors", ("person", "group", "office", "agency", "outlet")),
    ("others", "Other names", ("event", "other")),
)
#: Names that come once stand in the table where they are no more than this.
_FEW = 3


@dataclass(frozen=True, slots=True)
class BriefContext:
    """What made a brief, and where the side-by-side page of each of its reports is.

    ``pages`` holds addresses by document id, as they stand in a link; ``runs`` says what
    translated each report. ``notes`` are shown at the head (reports without a date, left out).
    """

    version: str = ""
    created: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    runs: Mapping[str, Run] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefView:
    """All that the pages of a brief show, in their order."""

    title: str
    context: BriefContext
    reports: tuple[Report, ...]
    points: tuple[Point, ...]
    differing: tuple[FigureTable, ...]
    agreeing: tuple[FigureTable, ...]
    names: tuple[NameTable, ...]
    moments: tuple[MomentRow, ...]
    unplaced: tuple[Unplaced, ...]
    lines: tuple[Place, ...]
    flagged: tuple[Flagged, ...]
    flaggable: int

    @property
    def totals(self) -> tuple[str, ...]:
        """The counts at the head."""
        sentences = sum(len(report.bilingual.pairs) for report in self.reports)
        flagged = f"{len(self.flagged)} of {count(self.flaggable, 'line')} to check"
        words = [count(len(self.reports), "report"), count(sentences, "sentence")]
        words.append(count(len(self.points), "key point"))
        if self.differing:
            words.append(count(len(self.differing), "figure") + " on which reports differ")
        return (*words, flagged)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The anchor and the heading of each part that is there."""
        parts = (
            ("points", "Key points", True),
            ("figures", "Figures", self.differing or self.agreeing),
            ("names", "Places and actors", self.names),
            ("timeline", "Timeline", self.moments or self.unplaced),
            ("doubts", "Doubts", True),
            ("reports", "Reports and provenance", True),
        )
        return tuple((anchor, words) for anchor, words, there in parts if there)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs that translated the reports, each once."""
        return tuple(dict.fromkeys(report.run for report in self.reports))

    @property
    def dates(self) -> str:
        """The days of the reports, first to last, and how many have none."""
        dates = sorted(it.bilingual.document.date or "" for it in self.reports)
        known = [date for date in dates if date]
        unknown = len(dates) - len(known)
        if not known:
            return "not known"
        words = word_days(known[0], known[-1])
        return f"{words}; {count(unknown, 'report')} without a known date" if unknown else words


def view_brief(brief: Brief, context: BriefContext | None = None) -> BriefView:
    """What the pages of a brief show.

    :raises KeyError: when a citation points to no report of the brief.
    """
    context = context or BriefContext()
    reports = tuple(
        Report(
            number,
            report,
            context.pages.get(report.document.id, ""),
            context.runs.get(report.document.id, Run()),
        )
        for number, report in enumerate(brief.reports, 1)
    )
    finder = _Finder({report.bilingual.document.id: report for report in reports})
    points = tuple(_show_point(finder, *item) for item in enumerate(brief.claims, 1))
    tables = [_show_figures(finder, group) for group in brief.figures]
    names = [NameRow(it, finder.find(it.first)) for it in brief.names]
    dates = [MomentRow(it, finder.find(it.citation)) for it in brief.moments]
    moments = tuple(row for row in dates if row.moment.start)
    shown = _list_shown(points, tables, moments)
    return BriefView(
        title=one_line(brief.title),
        context=context,
        reports=reports,
        points=points,
        differing=tuple(table for table in tables if table.group.differs),
        agreeing=tuple(table for table in tables if not table.group.differs),
        names=tuple(_group_names(names)),
        moments=moments,
        unplaced=tuple(_group_unplaced(row for row in dates if not row.moment.start)),
        lines=_list_lines([*shown, *_list_linked(points, names, dates)]),
        flagged=_list_flagged(_list_lines(shown), points, tables),
        flaggable=len(_list_lines(shown)),
    )


@dataclass(frozen=True, slots=True)
class _Finder:
    reports: Mapping[str, Report]

    def find(self, citation: Citation) -> Place:
        report = self.reports[citation.document_id]
        pairs = report.bilingual.pairs
        if not 0 <= citation.index < len(pairs):
            raise KeyError(f"{citation.document_id}: no segment {citation.index}")
        pair = pairs[citation.index]
        return Place(report, Line(pair, find_names(pair)), citation.span)

    def find_all(self, citations: Iterable[Citation]) -> tuple[Place, ...]:
        return tuple(self.find(citation) for citation in citations)


def _show_point(finder: _Finder, number: int, claim: Claim) -> Point:
    own = claim.citation.document_id
    others = [carrier for carrier in claim.carriers if carrier.citation.document_id != own]
    return Point(
        number=number,
        claim=claim,
        place=finder.find(claim.citation),
        sayings=tuple(_show_sayings(finder, claim)),
        independent=finder.find_all(it.citation for it in others if not it.copied),
        copied=finder.find_all(it.citation for it in others if it.copied),
        again=finder.find_all(
            it.citation for it in claim.carriers if it.citation.document_id == own
        ),
        denials=finder.find_all(claim.denials),
    )


def _show_sayings(finder: _Finder, claim: Claim) -> Iterator[Saying]:
    own = (claim.citation.document_id, claim.citation.index)
    before = None
    for attribution in claim.attributions:
        cue = finder.find(attribution.cue)
        elsewhere = (attribution.cue.document_id, attribution.cue.index) != own
        speaker = finder.find(attribution.speaker) if attribution.speaker else None
        named = attribution.name or (speaker.words if speaker else "")
        again = bool(named) and named == before
        yield Saying(attribution, cue, speaker, cue if elsewhere else None, again)
        before = named


def _show_figures(finder: _Finder, group: FigureGroup) -> FigureTable:
    return FigureTable(
        group, tuple(FigureRow(figure, finder.find(figure.citation)) for figure in group.figures)
    )


def _group_names(names: Sequence[NameRow]) -> Iterator[NameTable]:
    """Places, actors and the rest, where there are any."""
    for anchor, heading, kinds in _SORTS:
        rows = [row for row in names if row.mentions.term.kind in kinds]
        often = [row for row in rows if row.mentions.count > 1]
        if len(rows) - len(often) <= _FEW or not often:
            often = rows
        once = [row for row in rows if row not in often]
        if rows:
            yield NameTable(anchor, heading, tuple(often), tuple(once))


def _group_unplaced(rows: Iterable[MomentRow]) -> Iterator[Unplaced]:
    """Dates without a day, by report and by the reason, so that each reason stands once."""
    groups: dict[tuple[int, str], list[MomentRow]] = {}
    for row in rows:
        groups.setdefault((row.place.report.number, row.resolved), []).append(row)
    for (_, reason), found in sorted(groups.items()):
        yield Unplaced(found[0].place.report, reason, tuple(found))


def _list_shown(
    points: Sequence[Point], tables: Sequence[FigureTable], moments: Sequence[MomentRow]
) -> list[Place]:
    """The places whose lines, figures or dates stand in the brief itself."""
    places = [place for point in points for place in (point.place, *point.denials)]
    places += [row.place for table in tables for row in table.rows]
    return [*places, *(row.place for row in moments)]


def _list_linked(
    points: Sequence[Point], names: Sequence[NameRow], dates: Sequence[MomentRow]
) -> list[Place]:
    """The places that the brief may only link to."""
    places = [*(row.first for row in names), *(row.place for row in dates)]
    for point in points:
        places += [*point.independent, *point.copied, *point.again]
        places += [saying.cue for saying in point.sayings]
        places += [saying.speaker for saying in point.sayings if saying.speaker]
    return places


def _list_lines(places: Iterable[Place]) -> tuple[Place, ...]:
    """The lines of the places, each once, in the order of the reports."""
    lines = {place.id: Place(place.report, place.line) for place in places}
    return tuple(sorted(lines.values(), key=lambda it: (it.report.number, it.line.number)))


def _list_flagged(
    lines: Sequence[Place], points: Sequence[Point], tables: Sequence[FigureTable]
) -> tuple[Flagged, ...]:
    """The flagged lines: key points in their order, then the rest in the order of the reports."""
    lost: dict[str, list[str]] = {}
    for row in (row for table in tables for row in table.rows if not row.figure.in_english):
        if not _is_said(row):
            words = f"Check: {row.value} ({row.arabic}) is not in the English line"
            lost.setdefault(row.place.id, []).append(words)
    own: dict[str, Point] = {}
    for point in points:
        own.setdefault(point.place.id, point)
    flagged = [
        Flagged(place, checks, own.get(place.id))
        for place in lines
        if (checks := (*place.checks, *dict.fromkeys(lost.get(place.id, ()))))
    ]
    return tuple(sorted(flagged, key=lambda it: it.point.number if it.point else len(points) + 1))


def _is_said(row: FigureRow) -> bool:
    """Whether a doubt of the line already names the number."""
    number = re.compile(rf"(?<![\d.,]){re.escape(word_number(row.figure.low))}(?![\d]|[.,]\d)")
    doubts = row.place.line.pair.doubts
    return any(doubt.code == "number-lost" and number.search(doubt.message) for doubt in doubts)
