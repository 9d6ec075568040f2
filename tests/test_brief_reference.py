"""Briefs against a reader's annotation of the five articles: no worse than was measured.

``python -m benchmarks.briefs`` prints the same measures and what is missed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.briefs import (
    REFERENCE,
    Tally,
    add_sources,
    measure_attributions,
    measure_dates,
    measure_denials,
    measure_figure_groups,
    measure_figures,
    measure_groups,
)
from bitrans.brief.build import Grouping, Reading, build_brief, group_reading, read_reports
from bitrans.core import BilingualDocument, Document, Pair
from bitrans.documents import read_documents
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary
from bitrans.segments import split_document

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def reports() -> list[BilingualDocument]:
    """The articles with their names, untranslated: what is measured here is the Arabic."""
    matcher = Matcher(load_glossary([ROOT / "glossary"]).terms)
    made = []
    for document in read_documents([ROOT / "seeds"]):
        assert isinstance(document, Document)
        segments = split_document(document)
        found = matcher.find_in_document([segment.text for segment in segments])
        pairs = [Pair(s, "x", "x", tuple(m)) for s, m in zip(segments, found, strict=True)]
        made.append(BilingualDocument(document, tuple(pairs)))
    return made


@pytest.fixture(scope="module")
def reading(reports: list[BilingualDocument]) -> Reading:
    return read_reports(reports)


@pytest.fixture(scope="module")
def grouping(reading: Reading) -> Grouping:
    return group_reading(reading)


@pytest.fixture
def reference(reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(REFERENCE.read_text("utf-8"))
    add_sources(found, {line.key: line.pair.segment.text for line in reading.lines})
    return found


def rate(tally: Tally) -> tuple[float, float]:
    return tally.right / tally.found, tally.right / tally.wanted


@pytest.mark.parametrize(
    ("measure", "precision", "recall"),
    [
        (measure_figures, 0.95, 0.95),
        (measure_attributions, 0.95, 0.95),
        (measure_dates, 0.97, 0.97),
    ],
)
def test_what_lines_hold(
    measure: Callable[[Reading, Any], Tally],
    precision: float,
    recall: float,
    reading: Reading,
    reference: dict[str, Any],
) -> None:
    tally = measure(reading, reference)
    found, wanted = rate(tally)
    assert found >= precision, tally.notes
    assert wanted >= recall, tally.notes


def test_no_day_is_claimed_that_the_article_does_not_give(
    reading: Reading, reference: dict[str, Any]
) -> None:
    days = {(d["article"], d["index"], d["text"]): d for d in reference["dates"]["dates"]}
    for moment in reading.moments:
        key = (moment.citation.document_id, moment.citation.index, moment.text)
        if moment.start is not None and key in days:
            assert moment.start == days[key]["start"]


def test_claims_are_not_over_merged(
    reading: Reading, grouping: Grouping, reference: dict[str, Any]
) -> None:
    tally = measure_groups(grouping, reference)
    found, wanted = rate(tally)
    assert found >= 0.95, tally.notes
    assert wanted >= 0.6, tally.notes
    numbers = {grouping.likeness.lines[at].key: n for at, n in grouping.numbers.items()}
    for row in reference["groups"]["not_same"]:
        keys = [(m["article"], m["index"]) for m in row["members"]]
        assert len({numbers[key] for key in keys}) == len(keys), row["reason"]


def test_figures_and_denials_stand_together(
    reports: list[BilingualDocument],
    reading: Reading,
    grouping: Grouping,
    reference: dict[str, Any],
) -> None:
    tally = measure_figure_groups(build_brief(reports), reference)
    found, wanted = rate(tally)
    assert min(found, wanted) >= 0.7, tally.notes
    assert all(tally.respects["differs"])
    denials = measure_denials(reading, grouping, reference)
    found, wanted = rate(denials)
    assert min(found, wanted) >= 0.7, denials.notes
