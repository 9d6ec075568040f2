"""The main job: documents through the pipeline into pages, written as they are done.

Only counts, index entries and the English of scored documents are kept, so memory stays flat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bitrans.background import Background
from bitrans.core import BilingualDocument, Failure, RunReport, ScoreRow
from bitrans.pipeline import (
    Advance,
    Referenced,
    Tally,
    build_report,
    read_referenced,
    score_referenced,
    translate_paths,
)
from bitrans.render import (
    RENDERERS,
    IndexEntry,
    PageContext,
    describe_document,
    load_pages,
    render_index,
    render_report,
    write_whole,
)
from bitrans.tools import Tools

INDEX, REPORT, BRIEF = "index", "report", "brief"
#: Names of files that are not a document's.
RESERVED = (INDEX, REPORT, BRIEF)


@dataclass
class _Kept:
    """What stays of the documents once their pages are written."""

    entries: list[IndexEntry] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    referenced: list[Referenced] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


def publish_paths(
    paths: Sequence[str], out: Path, tools: Tools, *, advance: Advance = lambda *_: None
) -> RunReport:
    """Translate the documents of ``paths`` and write their pages, index and report to ``out``.

    A document that cannot be read is reported among the failures and does not stop the others.

    :raises InputError: when no document can be found, or nothing can be written.
    """
    kept = _Kept()
    templates = Background(load_pages)
    for found in translate_paths(paths, tools, advance=advance):
        if isinstance(found, Failure):
            kept.failures.append(found)
        else:
            templates.wait()
            _publish_document(found, out, tools, kept)
    with tools.timings.measure("score"):
        scores = score_referenced(kept.referenced)
    report = build_report(kept.tally, kept.failures, scores, tools)
    if kept.entries:
        write_whole(out / f"{INDEX}.html", render_index(kept.entries, report))
        write_whole(out / f"{REPORT}.json", render_report(report))
    return report


def _publish_document(bilingual: BilingualDocument, out: Path, tools: Tools, kept: _Kept) -> None:
    kept.tally.add(bilingual)
    rows: tuple[ScoreRow, ...] = ()
    with tools.timings.measure("score"):
        referenced = read_referenced(bilingual)
        if isinstance(referenced, Failure):
            kept.failures.append(referenced)
        elif referenced is not None:
            kept.referenced.append(referenced)
            rows = tuple(row for row in score_referenced([referenced]) if row.document_id)
    name = bilingual.document.id
    name = f"{name}-document" if name in RESERVED else name
    context = PageContext(
        version=tools.version,
        created=tools.created,
        model=tools.engine.id,
        glossary=tools.glossary.revision[:12],
        scores=rows,
        index=f"{INDEX}.html",
    )
    with tools.timings.measure("write"):
        for ending, render in RENDERERS.items():
            write_whole(out / f"{name}.{ending}", render(bilingual, context))
    kept.entries.append(describe_document(bilingual, name=name))
