"""A brief as JSON, there and back.

Every line that the brief cites stands once under ``lines``, with its Arabic, its English and its
span in the report; everything else refers to lines by id. The reports themselves are not inside:
:func:`read_brief` takes them, and checks that they are those the brief was made from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from bitrans.core import (
    Attribution,
    BilingualDocument,
    Brief,
    Carrier,
    Citation,
    Claim,
    Figure,
    FigureGroup,
    Hedge,
    Manner,
    Mentions,
    Moment,
    Span,
    Term,
)
from bitrans.errors import InputError
from bitrans.render.brief.rows import Place, Report
from bitrans.render.brief.view import BriefContext, BriefView, view_brief

FORMAT = "bitrans-brief"
VERSION = 1

Json = dict[str, Any]


def render_brief_json(brief: Brief, context: BriefContext | None = None) -> str:
    """The brief as JSON text."""
    return json.dumps(brief_to_json(brief, context), ensure_ascii=False, indent=1) + "\n"


def brief_to_json(brief: Brief, context: BriefContext | None = None) -> Json:
    """The brief as JSON values; docs/formats.md names them all."""
    view = view_brief(brief, context)
    cite = _Citer({it.bilingual.document.id: it.number for it in view.reports})
    return {
        "format": FORMAT,
        "version": VERSION,
        "offsets": "code points, end exclusive",
        "bitrans": view.context.version,
        "created": view.context.created,
        "title": brief.title,
        "notes": list(view.context.notes),
        "reports": [_report_to_json(report) for report in view.reports],
        "lines": {line.id: _line_to_json(line) for line in view.lines},
        "points": [_claim_to_json(claim, cite) for claim in brief.claims],
        "figures": [_group_to_json(group, cite) for group in brief.figures],
        "names": [_mentions_to_json(it, cite) for it in brief.names],
        "moments": [_moment_to_json(it, cite) for it in brief.moments],
        "doubts": _doubts_to_json(view),
    }


def read_brief(
    data: object, reports: Sequence[BilingualDocument], *, source: str = "this JSON"
) -> Brief:
    """The brief that :func:`brief_to_json` wrote of ``reports``; ``source`` names it in an error.

    :raises InputError: when it is something else, damaged, or of other reports.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(f'{source}: not a brief of bitrans (no "format": "{FORMAT}")')
    if data.get("version") != VERSION:
        raise InputError(
            f"{source}: format version {data.get('version')!r}, but this bitrans reads version "
            f"{VERSION}; make the brief again"
        )
    try:
        return _read(data, reports)
    except (AttributeError, LookupError, TypeError, ValueError) as fault:
        raise InputError(
            f"{source}: damaged or of other reports ({type(fault).__name__}: {fault}); "
            "make the brief again"
        ) from fault


class _Citer:
    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers

    def __call__(self, citation: Citation) -> Json:
        line = f"r{self._numbers[citation.document_id]}s{citation.index + 1}"
        return {"line": line, "span": None if citation.span is None else list(citation.span)}


def _report_to_json(report: Report) -> Json:
    document = report.bilingual.document
    run = report.run
    return {
        "number": report.number,
        "id": document.id,
        "title": report.title,
        "arabic_title": report.arabic_title,
        "source": document.source,
        "date": document.date,
        "sha256": document.sha256,
        "page": report.address,
        "run": {
            "bitrans": run.version,
            "created": run.created,
            "model": run.model,
            "glossary": run.glossary,
        },
    }


def _line_to_json(line: Place) -> Json:
    pair = line.line.pair
    return {
        "report": line.report.number,
        "paragraph": pair.segment.paragraph + 1,
        "sentence": line.line.number,
        "index": pair.segment.index,
        "span": list(pair.segment.span),
        "page": line.address,
        "arabic": pair.segment.text,
        "english": pair.target,
        "checks": list(line.checks),
        "changes": list(line.changes),
    }


def _claim_to_json(claim: Claim, cite: _Citer) -> Json:
    return {
        **cite(claim.citation),
        "who": [
            {
                "cue": cite(it.cue),
                "manner": it.manner,
                "speaker": it.speaker and cite(it.speaker),
                "name": it.name,
                "term": it.term_id,
            }
            for it in claim.attributions
        ],
        "carriers": [
            {**cite(it.citation), "copied": it.copied, "likeness": it.likeness}
            for it in claim.carriers
        ],
        "denials": [cite(it) for it in claim.denials],
        "why": claim.why,
    }


def _group_to_json(group: FigureGroup, cite: _Citer) -> Json:
    return {
        "unit": group.unit,
        "subject": group.subject,
        "differs": group.differs,
        "figures": [
            {
                **cite(it.citation),
                "text": it.text,
                "low": it.low,
                "high": it.high,
                "hedge": it.hedge,
                "unit": it.unit,
                "subject": it.subject,
                "in_english": it.in_english,
            }
            for it in group.figures
        ],
    }


def _mentions_to_json(mentions: Mentions, cite: _Citer) -> Json:
    term = mentions.term
    return {
        "term": term.id,
        "kind": term.kind,
        "english": term.preferred,
        "arabic": list(term.arabic),
        "coordinates": term.coordinates and list(term.coordinates),
        "count": mentions.count,
        "reports": mentions.documents,
        "first": cite(mentions.first),
    }


def _moment_to_json(moment: Moment, cite: _Citer) -> Json:
    return {
        **cite(moment.citation),
        "text": moment.text,
        "start": moment.start,
        "end": moment.end,
        "resolved": moment.resolved,
    }


def _doubts_to_json(view: BriefView) -> list[Json]:
    return [
        {
            "line": it.place.id,
            "point": it.point.number if it.point else None,
            "checks": list(it.checks),
        }
        for it in view.flagged
    ]


def _read(data: Json, reports: Sequence[BilingualDocument]) -> Brief:
    known = {report.document.id: report for report in reports}
    ordered = tuple(known[it["id"]] for it in data["reports"])
    for report, said in zip(ordered, data["reports"], strict=True):
        if report.document.sha256 != said["sha256"]:
            raise ValueError(f"report {report.document.id} has another SHA-256")
    lines = {
        id_: Citation(ordered[it["report"] - 1].document.id, it["index"])
        for id_, it in data["lines"].items()
    }
    terms = {
        match.term.id: match.term
        for report in ordered
        for pair in report.pairs
        for match in pair.matches
    }
    read = _Reader(lines, terms)
    return Brief(
        data["title"],
        ordered,
        tuple(read.claim(it) for it in data["points"]),
        tuple(read.group(it) for it in data["figures"]),
        tuple(read.mentions(it) for it in data["names"]),
        tuple(read.moment(it) for it in data["moments"]),
    )


class _Reader:
    """JSON values back to values, with the lines and terms that they refer to."""

    def __init__(self, lines: Mapping[str, Citation], terms: Mapping[str, Term]) -> None:
        self._lines = lines
        self._terms = terms

    def cite(self, data: Json) -> Citation:
        line = self._lines[data["line"]]
        span = data["span"]
        return Citation(line.document_id, line.index, None if span is None else Span(*span))

    def claim(self, data: Json) -> Claim:
        return Claim(
            self.cite(data),
            tuple(self._attribution(it) for it in data["who"]),
            tuple(Carrier(self.cite(it), it["copied"], it["likeness"]) for it in data["carriers"]),
            tuple(self.cite(it) for it in data["denials"]),
            data["why"],
        )

    def group(self, data: Json) -> FigureGroup:
        figures = tuple(self._figure(it) for it in data["figures"])
        return FigureGroup(data["unit"], data["subject"], figures, data["differs"])

    def mentions(self, data: Json) -> Mentions:
        term = self._terms[data["term"]]
        return Mentions(term, data["count"], data["reports"], self.cite(data["first"]))

    def moment(self, data: Json) -> Moment:
        return Moment(self.cite(data), data["text"], data["start"], data["end"], data["resolved"])

    def _attribution(self, data: Json) -> Attribution:
        if data["manner"] not in get_args(Manner):
            raise ValueError(f"unknown manner {data['manner']!r}")
        speaker = data["speaker"] and self.cite(data["speaker"])
        manner = cast(Manner, data["manner"])
        return Attribution(self.cite(data["cue"]), manner, speaker, data["name"], data["term"])

    def _figure(self, data: Json) -> Figure:
        if data["hedge"] not in get_args(Hedge):
            raise ValueError(f"unknown hedge {data['hedge']!r}")
        return Figure(
            self.cite(data),
            data["text"],
            data["low"],
            data["high"],
            data["unit"],
            data["subject"],
            cast(Hedge, data["hedge"]),
            data["in_english"],
        )
