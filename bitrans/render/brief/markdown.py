"""A brief in Markdown that reads well raw: each Arabic text on its own line, quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bitrans.core import Brief
from bitrans.render.brief.rows import NO_SPEAKER, FigureRow, FigureTable, NameRow, Place, Point
from bitrans.render.brief.view import BriefContext, BriefView, view_brief
from bitrans.render.brief.wording import KIND_WORDS, NOT_PLACED
from bitrans.render.markdown import escape

_FIGURE_HEAD = ("Figure", "In the Arabic", "Report")
NOT_FOUND_BY_RULE = (
    "What is not flagged can still be wrong: a fluent sentence that says something else is not "
    "found by rule."
)


def render_brief_markdown(brief: Brief, context: BriefContext | None = None) -> str:
    """The brief in Markdown: key points, figures, names, timeline, doubts and provenance."""
    view = view_brief(brief, context)
    blocks = [
        *_head(view),
        *_points(view),
        *_figures(view),
        *_names(view),
        *_timeline(view),
        *_unplaced(view),
        *_doubts(view),
        *_reports(view),
    ]
    return "\n\n".join(blocks) + "\n"


def _head(view: BriefView) -> Iterator[str]:
    facts = {
        "Dates of the reports": view.dates,
        "Brief made": view.context.created,
        "With": f"bitrans {view.context.version}" if view.context.version else "",
    }
    yield f"# {escape(view.title)}"
    yield (
        "Machine translation. Each English line is a translated sentence, in full and unchanged;\n"
        "its Arabic stands under it. Have a reader of Arabic see a line before you quote it."
    )
    yield f"**{' · '.join(view.totals)}**"
    yield _list(f"{name}: {escape(fact)}" for name, fact in facts.items() if fact)
    if view.context.notes:
        yield _list(f"**Note:** {escape(note)}" for note in view.context.notes)


def _points(view: BriefView) -> Iterator[str]:
    yield "## Key points"
    if not view.points:
        yield "The reports hold no sentence that could stand here."
    for point in view.points:
        yield f"**{point.number}.** {escape(point.place.english)}"
        yield f"> {escape(point.place.arabic)}"
        yield _list(_note_point(point))
        for denial in point.denials:
            yield f"**Denied:** {escape(denial.english)}"
            yield f"> {escape(denial.arabic)}"
            yield _list([*_checks(denial), f"Where: {_link(denial)}"])


def _note_point(point: Point) -> Iterator[str]:
    yield from _checks(point.place)
    yield f"Where: {_link(point.place)}"
    sayings = [
        escape(it.words) + (f", in {_link(it.elsewhere)}" if it.elsewhere else "")
        for it in point.sayings
    ]
    yield f"Who says it: {'; '.join(sayings) or NO_SPEAKER}"
    for words, places in point.also:
        yield f"{words}: {'; '.join(map(_link, places))}"
    if point.why:
        yield f"Why it is here: {escape(point.why)}"


def _checks(place: Place) -> Iterator[str]:
    for check in place.checks:
        sort, _, words = check.partition(": ")
        yield f"**{sort}:** {escape(words)}"
    yield from map(escape, place.changes)


def _figures(view: BriefView) -> Iterator[str]:
    if view.differing or view.agreeing:
        yield "## Figures"
    if view.differing:
        yield "### Where the reports differ"
        yield from _group_figures(view.differing)
    if view.agreeing:
        yield "### Other figures" if view.differing else "### By what they count"
        rows = [_figure_cells(row, row.counted) for table in view.agreeing for row in table.rows]
        yield _table(_FIGURE_HEAD, rows)


def _group_figures(tables: Sequence[FigureTable]) -> Iterator[str]:
    for table in tables:
        yield f"**{escape(table.counted)}** — reports differ"
        rows = [_figure_cells(row, row.figure.unit) for row in table.rows]
        yield _table(_FIGURE_HEAD, rows)
        for row in table.rows:
            yield f"{_link(row.place)}: {escape(row.place.english)}"
            yield f"> {escape(row.place.arabic)}"


def _figure_cells(row: FigureRow, counted: str) -> list[str]:
    number = escape(f"{row.value} {counted}")
    return [number, escape(row.arabic), "; ".join([_link(row.place), *row.checks])]


def _names(view: BriefView) -> Iterator[str]:
    if view.names:
        yield "## Places and actors"
    for table in view.names:
        yield f"### {table.heading}"
        head = ["Name", "Arabic", "Kind", "Times", "Reports", "First named"]
        yield _table(head, [_cells(row) for row in table.rows])
        if table.once:
            yield f"Named once: {', '.join(map(_name_once, table.once))}"


def _name_once(row: NameRow) -> str:
    name, place = escape(row.english), row.first
    linked = f"[{name}]({place.address})" if place.address else f"{name} ({place.label})"
    return f"{linked} {escape(row.first.words)}"


def _cells(row: NameRow) -> list[str]:
    mentions = row.mentions
    return [
        escape(row.english),
        escape(row.first.words),
        KIND_WORDS[mentions.term.kind],
        f"{mentions.count:,}",
        f"{mentions.documents:,}",
        _link(row.first),
    ]


def _timeline(view: BriefView) -> Iterator[str]:
    if view.moments or view.unplaced:
        yield "## Timeline"
    for row in view.moments:
        yield f"**{escape(row.days)}.** {escape(row.place.english)}"
        yield f"> {escape(row.place.arabic)}"
        found = f" ({escape(row.resolved)})" if row.resolved else ""
        yield _list(
            [
                *_checks(row.place),
                f"Date in the Arabic: {escape(row.arabic)}{found}",
                f"Where: {_link(row.place)}",
            ]
        )


def _unplaced(view: BriefView) -> Iterator[str]:
    if view.unplaced:
        yield f"### {NOT_PLACED}"
        yield _list(
            f"{group.report.label}: {escape(group.reason)} — "
            + ", ".join(f"{escape(row.arabic)} ({_link(row.place)})" for row in group.rows)
            for group in view.unplaced
        )


def _doubts(view: BriefView) -> Iterator[str]:
    yield "## Doubts"
    if view.flagged:
        flagged, lines = len(view.flagged), view.flaggable
        yield f"{flagged} of the {lines} lines that stand here are flagged. {NOT_FOUND_BY_RULE}"
        yield _list(
            (f"Key point {it.point.number}, " if it.point else "")
            + f"{_link(it.place)}: {escape(' — '.join(it.checks))}"
            for it in view.flagged
        )
    else:
        yield f"No line that stands here is flagged. {NOT_FOUND_BY_RULE}"


def _reports(view: BriefView) -> Iterator[str]:
    yield "## Reports and provenance"
    if len(view.runs) > 1:
        yield (
            f"**Note:** These reports were translated in {len(view.runs)} different runs; the same "
            "Arabic may read differently from one to another."
        )
    for report in view.reports:
        title = escape(report.title)
        yield f"**{report.number}.** " + (
            f"[{title}]({report.address})" if report.address else title
        )
        yield f"> {escape(report.arabic_title)}"
        yield _list(
            [
                f"Source: {escape(report.source)}",
                f"Date: {report.date}",
                f"Translated by: {escape(report.run.words)}",
                f"SHA-256: {escape(report.sha256)}",
            ]
        )


def _link(place: Place) -> str:
    return f"[{place.label}]({place.address})" if place.address else place.label


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
