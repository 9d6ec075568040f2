"""Values as JSON text: articles and run reports."""

from __future__ import annotations

import json
from typing import Any

from bitrans.bilingual import to_json
from bitrans.core import BilingualDocument, RunReport, Score, ScoreRow
from bitrans.render.view import PageContext

REPORT_FORMAT = "bitrans-report"
REPORT_VERSION = 1

Json = dict[str, Any]


def render_json(bilingual: BilingualDocument, context: PageContext | None = None) -> str:
    """The article as JSON text that :func:`bitrans.bilingual.from_json` reads."""
    return _write(to_json(bilingual, run=_run_to_json(context or PageContext())))


def render_report(report: RunReport) -> str:
    """The run report as JSON text."""
    return _write(report_to_json(report))


def report_to_json(report: RunReport) -> Json:
    """The run report as JSON values."""
    return {
        "format": REPORT_FORMAT,
        "version": REPORT_VERSION,
        "bitrans": report.version,
        "created": report.created,
        "model": dict(report.model),
        "glossary": dict(report.glossary),
        "settings": dict(report.settings),
        "timings": dict(report.timings),
        "documents": report.documents,
        "segments": report.segments,
        "names": {
            "found": report.names_found,
            "enforced": report.names_enforced,
            "methods": dict(report.methods),
        },
        "doubts": dict(report.doubts),
        "scores": [_row_to_json(row) for row in report.scores],
        "failures": [{"source": it.source, "message": it.message} for it in report.failures],
        "notes": list(report.notes),
    }


def score_to_json(score: Score) -> Json:
    """A score as JSON values."""
    return {
        "metric": score.metric,
        "value": score.value,
        "interval": None if score.interval is None else list(score.interval),
        "count": score.count,
        "signature": score.signature,
    }


def _run_to_json(context: PageContext) -> Json:
    return {
        "bitrans": context.version,
        "created": context.created,
        "model": context.model,
        "glossary": context.glossary,
        "scores": [_row_to_json(row) for row in context.scores],
    }


def _row_to_json(row: ScoreRow) -> Json:
    return {
        "document": row.document_id,
        "system": row.system,
        "scores": [score_to_json(score) for score in row.scores],
    }


def _write(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
