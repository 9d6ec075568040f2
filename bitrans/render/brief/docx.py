"""A brief as a Word document: true tables, Arabic right to left, links to the pages beside it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from bitrans.core import Brief
from bitrans.render.brief.markdown import NOT_FOUND_BY_RULE
from bitrans.render.brief.rows import (
    NO_SPEAKER,
    FigureRow,
    FigureTable,
    MomentRow,
    NameRow,
    Place,
    Point,
)
from bitrans.render.brief.view import BriefContext, BriefView, view_brief
from bitrans.render.brief.word import (
    add_arabic,
    add_english,
    add_link,
    add_page_number,
    add_paragraph,
    add_row,
    add_table,
    add_text,
    keep_with_next,
    make_writable,
    new_document,
    trim_cell,
)
from bitrans.render.brief.wording import KIND_WORDS, NOT_PLACED

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_PAIRS = (0.06, 0.52, 0.42)


def render_brief_docx(brief: Brief, context: BriefContext | None = None) -> bytes:
    """The brief as the bytes of a DOCX file. The map is left out: its places are in the table."""
    view = view_brief(brief, context)
    document = new_document()
    _set_properties(document, view)
    _add_head(document, view)
    _add_points(document, view)
    _add_figures(document, view)
    _add_names(document, view)
    _add_timeline(document, view)
    _add_doubts(document, view)
    _add_reports(document, view)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_properties(document: Docx, view: BriefView) -> None:
    properties = document.core_properties
    version = view.context.version
    properties.title = make_writable(view.title)[:255]
    properties.author = make_writable(f"bitrans {version}".strip())
    properties.last_modified_by = properties.author
    properties.subject = "Brief over Arabic reports, machine translated"
    properties.comments = " · ".join(view.totals)
    properties.language = "en-GB"
    with suppress(ValueError):
        made = datetime.datetime.fromisoformat(view.context.created).astimezone(datetime.UTC)
        properties.created = properties.modified = made.replace(tzinfo=None)
    footer = document.sections[0].footer.paragraphs[0]
    footer.style = document.styles["Quiet"]
    add_text(footer, f"{view.title[:100]} · machine translation · ")
    add_page_number(footer)


def _add_head(document: Docx, view: BriefView) -> None:
    add_english(document, view.title, style="Title")
    add_english(document, " · ".join(view.totals), bold=True)
    add_english(
        document,
        "Machine translation. Each English line is a translated sentence, in full and unchanged, "
        "beside its Arabic; the link under it leads to its place in the report. Have a reader of "
        "Arabic see a line before you quote it.",
        style="Quiet",
    )
    for note in view.context.notes:
        add_english(document, f"Note: {note}", style="Check")
    made = f" Brief made: {view.context.created}." if view.context.created else ""
    add_english(document, f"Dates of the reports: {view.dates}.{made}", style="Quiet")


def _add_points(document: Docx, view: BriefView) -> None:
    document.add_heading("Key points", 1)
    if not view.points:
        add_english(document, "The reports hold no sentence that could stand here.", style="Quiet")
        return
    table = add_table(document, ["No.", "English", "Arabic"], _PAIRS, arabic=[2])
    for point in view.points:
        cells = add_row(table)
        _fill_pair(cells, str(point.number), point.place)
        _note_point(cells[1], point)
        _finish(cells)
        if point.denials:
            keep_with_next(cells)
        for denial in point.denials:
            cells = add_row(table)
            _fill_pair(cells, "", denial, before="Denied: ", style="Denied")
            _add_where(cells[1], denial)
            _finish(cells)


def _fill_pair(
    cells: Sequence[_Cell], head: str, place: Place, *, before: str = "", style: str | None = None
) -> None:
    """A line in full beside its Arabic, with what to check under it."""
    add_english(cells[0], head, style="Quiet")
    english = add_paragraph(cells[1], style)
    add_text(english, before, bold=True)
    add_text(english, place.english)
    _add_checks(cells[1], place)
    add_arabic(cells[2], place.arabic)


def _add_checks(cell: _Cell, place: Place) -> None:
    for check in place.checks:
        add_english(cell, check, style="Check")
    for change in place.changes:
        add_english(cell, change, style="Quiet")


def _note_point(cell: _Cell, point: Point) -> None:
    _add_where(cell, point.place)
    said = add_english(cell, "Who says it: ", style="Quiet")
    if not point.sayings:
        add_text(said, NO_SPEAKER)
    for number, saying in enumerate(point.sayings):
        add_text(said, ("; " if number else "") + saying.words)
        if saying.elsewhere:
            add_text(said, ", in ")
            _link(said, saying.elsewhere)
    for words, places in point.also:
        _add_links(add_english(cell, f"{words}: ", style="Quiet"), places)
    if point.why:
        add_english(cell, f"Why it is here: {point.why}", style="Quiet")


def _add_figures(document: Docx, view: BriefView) -> None:
    if view.differing or view.agreeing:
        document.add_heading("Figures", 1)
    if view.differing:
        document.add_heading("Where the reports differ", 2)
        _add_figure_table(document, view.differing, full=True)
    if view.agreeing:
        heading = "Other figures" if view.differing else "By what they count"
        document.add_heading(heading, 2)
        _add_figure_table(document, view.agreeing, full=False)


def _add_figure_table(document: Docx, tables: Sequence[FigureTable], *, full: bool) -> None:
    table = add_table(
        document, ["Figure", "Report", "In the Arabic"], (0.2, 0.44, 0.36), arabic=[2]
    )
    for shown in tables:
        if full:
            cells = add_row(table)
            whole = cells[0].merge(cells[2])
            add_english(whole, f"{shown.counted} — reports differ", bold=True)
            trim_cell(whole)
            keep_with_next([whole])
        for row in shown.rows:
            _add_figure(add_row(table), row, full=full)


def _add_figure(cells: Sequence[_Cell], row: FigureRow, *, full: bool) -> None:
    add_english(cells[0], f"{row.value} {row.figure.unit if full else row.counted}")
    if full:
        add_english(cells[1], row.place.english)
    _add_where(cells[1], row.place, before="")
    for check in row.checks:
        add_english(cells[1], check, style="Check")
    add_arabic(cells[2], row.arabic)
    if full:
        add_arabic(cells[2], row.place.arabic, style="Arabic quiet")
    _finish(cells)


def _add_names(document: Docx, view: BriefView) -> None:
    if view.names:
        document.add_heading("Places and actors", 1)
    for table in view.names:
        document.add_heading(table.heading, 2)
        _add_name_table(document, table.rows)
        if table.once:
            paragraph = add_english(document, "Named once: ", style="Quiet")
        for number, row in enumerate(table.once):
            add_text(paragraph, ", " if number else "")
            add_link(paragraph, row.english, row.first.address)
            add_text(paragraph, f" {row.first.words}")


def _add_name_table(document: Docx, rows: Sequence[NameRow]) -> None:
    head = ["Name", "Arabic", "Kind", "Times", "Reports", "First named"]
    table = add_table(document, head, (0.24, 0.17, 0.11, 0.07, 0.08, 0.33), arabic=[1])
    for row in rows:
        cells = add_row(table)
        mentions = row.mentions
        add_english(cells[0], row.english)
        add_arabic(cells[1], row.first.words)
        add_english(cells[2], KIND_WORDS[mentions.term.kind])
        add_english(cells[3], f"{mentions.count:,}")
        add_english(cells[4], f"{mentions.documents:,}")
        _add_where(cells[5], row.first, before="")
        _finish(cells)


def _add_timeline(document: Docx, view: BriefView) -> None:
    if view.moments or view.unplaced:
        document.add_heading("Timeline", 1)
    if view.moments:
        _add_moments(document, view.moments)
    if view.unplaced:
        document.add_heading(NOT_PLACED, 2)
    for group in view.unplaced:
        paragraph = add_english(document, f"{group.report.label}: {group.reason} — ", style="Quiet")
        for number, row in enumerate(group.rows):
            add_text(paragraph, (", " if number else "") + f"{row.arabic} (")
            _link(paragraph, row.place)
            add_text(paragraph, ")")


def _add_moments(document: Docx, rows: Sequence[MomentRow]) -> None:
    table = add_table(document, ["Day", "English", "Arabic"], (0.16, 0.46, 0.38), arabic=[2])
    for row in rows:
        cells = add_row(table)
        _fill_pair(cells, row.days, row.place)
        found = f" — {row.resolved}" if row.resolved else ""
        add_english(cells[1], f"Date in the Arabic: {row.arabic}{found}", style="Quiet")
        _add_where(cells[1], row.place)
        _finish(cells)


def _add_doubts(document: Docx, view: BriefView) -> None:
    document.add_heading("Doubts", 1)
    if not view.flagged:
        words = f"No line that stands here is flagged. {NOT_FOUND_BY_RULE}"
        add_english(document, words, style="Quiet")
        return
    words = f"{len(view.flagged)} of the {view.flaggable} lines that stand here are flagged."
    add_english(document, f"{words} {NOT_FOUND_BY_RULE}", style="Quiet")
    table = add_table(document, ["Line", "What to check"], (0.5, 0.5))
    for it in view.flagged:
        cells = add_row(table)
        add_english(cells[0], f"Key point {it.point.number}" if it.point else it.place.english)
        _add_where(cells[0], it.place, before="")
        for check in it.checks:
            add_english(cells[1], check, style="Check")
        _finish(cells)


def _add_reports(document: Docx, view: BriefView) -> None:
    document.add_heading("Reports and provenance", 1)
    if len(view.runs) > 1:
        add_english(
            document,
            f"Note: These reports were translated in {len(view.runs)} different runs; the same "
            "Arabic may read differently from one to another.",
            style="Check",
        )
    table = add_table(document, ["No.", "Report", "Source and translation"], (0.06, 0.47, 0.47))
    for report in view.reports:
        cells = add_row(table)
        add_english(cells[0], str(report.number), style="Quiet")
        add_link(cells[1].add_paragraph(), report.title, report.address)
        add_arabic(cells[1], report.arabic_title, style="Arabic quiet")
        for name, fact in (
            ("Source", report.source),
            ("Date", report.date),
            ("Translated by", report.run.words),
            ("SHA-256", report.sha256),
        ):
            add_english(cells[2], f"{name}: {fact}", style="Quiet")
        _finish(cells)


def _add_where(cell: _Cell, place: Place, *, before: str = "Where: ") -> None:
    _link(add_english(cell, before, style="Quiet"), place)


def _add_links(paragraph: Paragraph, places: Sequence[Place]) -> None:
    for number, place in enumerate(places):
        add_text(paragraph, "; " if number else "")
        _link(paragraph, place)


def _link(paragraph: Paragraph, place: Place) -> None:
    add_link(paragraph, place.label, place.address)


def _finish(cells: Sequence[_Cell]) -> None:
    for cell in cells:
        trim_cell(cell)
