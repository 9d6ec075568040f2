"""Reports and briefs made by hand, for the tests of what renders and publishes briefs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bitrans.bilingual import from_json
from bitrans.core import (
    Attribution,
    BilingualDocument,
    Brief,
    Carrier,
    Citation,
    Claim,
    Document,
    Doubt,
    Figure,
    FigureGroup,
    Match,
    Mentions,
    Moment,
    Pair,
    Segment,
    Span,
    Term,
)
from bitrans.render import BriefContext, Run

GOLDEN = Path(__file__).parent / "golden"
RUN = Run("0.0.0", "2016-12-13 09:00 UTC", "toy", "abc123")
OTHER_RUN = Run("0.0.1", "2016-12-14 09:00 UTC", "toy-2", "abc123")
LONG_NAME = "Committee-for-the-" + "very-" * 30 + "long-name"
HOSTILE_TITLE = "Aleppo <img src=x> | *one* \u202eday\u202c [a](b)"

IDLIB = Term("idlib", "place", ("إدلب",), "Idlib", coordinates=(35.93, 36.63))
LONG = Term("long", "group", ("لجنة",), LONG_NAME)
EVENT = Term("truce", "event", ("هدنة",), "the truce")


def load_sample() -> BilingualDocument:
    """The hostile article that the other pages are tested with."""
    text = (GOLDEN / "sample.json").read_text(encoding="utf-8")
    return from_json(json.loads(text), source="sample.json")


def make_report(
    name: str,
    lines: list[tuple[str, str]],
    *,
    date: str | None = None,
    terms: tuple[Term, ...] = (),
    doubts: dict[int, Doubt] | None = None,
) -> BilingualDocument:
    """A report of one paragraph a line; terms are matched where their first form stands."""
    text = "\n".join(arabic for arabic, _ in lines)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = Document(name, lines[0][0], f"folder/{name}.txt", date, text, sha256)
    pairs = []
    start = 0
    for index, (arabic, english) in enumerate(lines):
        segment = Segment(name, index, index, Span(start, start + len(arabic)), arabic)
        matches = tuple(
            Match(term, Span(at, at + len(form)), form, form)
            for term in terms
            for form in term.arabic[:1]
            if (at := arabic.find(form)) >= 0
        )
        own = ((doubts or {})[index],) if index in (doubts or {}) else ()
        pairs.append(Pair(segment, english, english, matches, (), own))
        start += len(arabic) + 1
    return BilingualDocument(document, tuple(pairs))


def make_reports() -> tuple[BilingualDocument, ...]:
    """Three reports: the hostile one, one with a date, one that copies it and has none."""
    second = make_report(
        "تقرير 2",
        [
            ("أعلن الجيش سقوط 45 حيا في إدلب.", "The army announced the fall of 45 districts."),
            ("نفت لجنة المعارضة ذلك.", "The opposition committee denied this."),
            ("وقتل 50 مدنيا.", "And civilians were killed."),
        ],
        date="2016-12-12",
        terms=(IDLIB, LONG),
        doubts={2: Doubt("number-lost", "In the Arabic but not in the English: 50.")},
    )
    third = make_report(
        "javascript:alert(1)",
        [
            ("أعلن الجيش سقوط 45 حيا في إدلب.", "The army announced the fall of 45 districts."),
            ("سقط نحو 50 حيا قبل هدنة.", "The districts fell before the truce."),
        ],
        terms=(IDLIB, EVENT),
    )
    return load_sample(), second, third


def make_brief(title: str = HOSTILE_TITLE) -> Brief:
    """A brief with every kind of part in it."""
    reports = make_reports()
    sample, second, third = (report.document.id for report in reports)
    aleppo = reports[0].pairs[0].matches[0].term
    observatory = reports[0].pairs[2].matches[0].term
    claims = (
        Claim(
            Citation(second, 0),
            (Attribution(Citation(second, 0, Span(0, 4)), "announced", _cite(second, 0, 5, 10)),),
            (
                Carrier(Citation(sample, 1), False, 0.6),
                Carrier(Citation(third, 0), True, 1.0),
                Carrier(Citation(second, 2), False, 0.5),
            ),
            (Citation(second, 1),),
            "in 3 reports <b>",
        ),
        Claim(
            Citation(sample, 4),
            (
                Attribution(
                    _cite(sample, 2, 1, 5),
                    "reported",
                    _cite(sample, 2, 6, 12),
                    observatory.preferred,
                    observatory.id,
                ),
                Attribution(_cite(sample, 4, 0, 3), "said", None),
            ),
            (),
            (),
            "",
        ),
        Claim(Citation(sample, 1), (), (), (), "first"),
    )
    figures = (
        FigureGroup("people", "killed", (_figure(_cite(second, 2, 5, 13), "50 مدنيا"),), False),
        FigureGroup(
            "districts",
            "fallen",
            (
                Figure(_cite(second, 0, 16, 22), "45 حيا", 45, 45, "districts", "fallen"),
                Figure(
                    _cite(third, 1, 4, 14), "نحو 50 حيا", 50, 50, "districts", "fallen", "about",
                    in_english=False,
                ),
            ),
            True,
        ),
    )  # fmt: skip
    names = (
        Mentions(aleppo, 3, 1, _cite(sample, 0, 11, 14)),
        Mentions(IDLIB, 2, 2, Citation(second, 0, reports[1].pairs[0].matches[0].span)),
        Mentions(LONG, 1, 1, Citation(second, 1, reports[1].pairs[1].matches[0].span)),
        Mentions(EVENT, 1, 1, Citation(third, 1, reports[2].pairs[1].matches[0].span)),
    )
    moments = (
        Moment(_cite(sample, 2, 17, 20), "أمس", "2016-12-12", "2016-12-12", "the day before"),
        Moment(Citation(third, 1), "قبل هدنة", None, None, "no date is given"),
    )
    return Brief(title, reports, claims, figures, names, moments)


def make_context(brief: Brief | None = None) -> BriefContext:
    """Where the pages of the brief's reports are, and two runs that translated them."""
    first, second, third = (it.document.id for it in (brief or make_brief()).reports)
    return BriefContext(
        version="0.0.0",
        created="2016-12-14T10:00:00+00:00",
        pages={first: "../in/sample.html", second: "%D8%AA.html", third: "javascript%3A.html"},
        runs={first: RUN, second: RUN, third: OTHER_RUN},
        notes=("1 report has no known date: kept (<i>.txt)",),
    )


def list_citations(brief: Brief) -> Iterator[Citation]:
    """Every citation of a brief."""
    for claim in brief.claims:
        yield claim.citation
        yield from (carrier.citation for carrier in claim.carriers)
        yield from claim.denials
    for group in brief.figures:
        yield from (figure.citation for figure in group.figures)
    yield from (mentions.first for mentions in brief.names)
    yield from (moment.citation for moment in brief.moments)


def without_context(brief: Brief) -> Brief:
    """The brief with nothing in it but its reports."""
    return replace(brief, claims=(), figures=(), names=(), moments=())


def _cite(document_id: str, index: int, start: int, end: int) -> Citation:
    return Citation(document_id, index, Span(start, end))


def _figure(citation: Citation, text: str) -> Figure:
    return Figure(citation, text, 50, 50, "people", "killed", "exactly", False)
