"""An evaluation as JSON."""

from __future__ import annotations

import json
from typing import Any

from bitrans.measures import Comparison, Evaluation, LineScore, TermRow
from bitrans.render.data import score_to_json

SCORES_FORMAT = "bitrans-scores"
SCORES_VERSION = 1

Json = dict[str, Any]


def render_scores_json(evaluation: Evaluation) -> str:
    """The evaluation as JSON text; see docs/formats.md."""
    return json.dumps(scores_to_json(evaluation), ensure_ascii=False, indent=1) + "\n"


def scores_to_json(evaluation: Evaluation) -> Json:
    """The evaluation as JSON values."""
    return {
        "format": SCORES_FORMAT,
        "version": SCORES_VERSION,
        "system": evaluation.system,
        "baseline": evaluation.baseline,
        "about": dict(evaluation.about),
        "scores": [
            {
                "document": row.document_id,
                "system": row.system,
                "scores": [score_to_json(score) for score in row.scores],
            }
            for row in evaluation.rows
        ],
        "comparisons": [_comparison_to_json(one) for one in evaluation.comparisons],
        "terms": [_term_to_json(row) for row in evaluation.terms],
        "baseline_terms": [_term_to_json(row) for row in evaluation.baseline_terms],
        "lines": [_line_to_json(line) for line in evaluation.lines],
        "alignments": [
            {
                "document": it.document_id,
                "lines": it.lines,
                "references": it.references,
                "beads": it.beads,
                "one_to_one": it.one_to_one,
            }
            for it in evaluation.alignments
        ],
        "doubts": dict(evaluation.doubts),
        "notes": list(evaluation.notes),
    }


def _comparison_to_json(comparison: Comparison) -> Json:
    return {
        "metric": comparison.metric,
        "value": comparison.value,
        "baseline": comparison.baseline,
        "difference": comparison.difference,
        "count": comparison.count,
        "tests": [
            {
                "unit": test.unit,
                "method": test.method,
                "p": test.p,
                "units": test.units,
                "interval": None if test.interval is None else list(test.interval),
                "signature": test.signature,
            }
            for test in comparison.tests
        ],
    }


def _term_to_json(row: TermRow) -> Json:
    return {
        "term": row.term_id,
        "kind": row.kind,
        "arabic": row.arabic,
        "wanted": row.wanted,
        "mentions": row.mentions,
        "preferred": row.preferred,
        "admitted": row.admitted,
        "forbidden": row.forbidden,
        "unsupported": row.unsupported,
        "imposed": row.imposed,
        "forms": dict(row.forms),
        "examples": [
            {
                "document": it.document_id,
                "line": it.number,
                "outcome": it.outcome,
                "arabic": it.arabic,
                "english": it.english,
                "reference": it.reference,
            }
            for it in row.examples
        ],
    }


def _line_to_json(line: LineScore) -> Json:
    return {
        "document": line.document_id,
        "line": line.number,
        "arabic": line.arabic,
        "reference": line.reference,
        "english": line.english,
        "chrF++": line.score,
        "baseline": line.baseline,
        "baseline_chrF++": line.baseline_score,
    }
