"""Who says what: words of saying, speakers, denials."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.brief import build_brief
from bitrans.brief.attributions import Attributor
from bitrans.brief.lines import Line, read_line
from bitrans.core import Attribution, Citation
from tests.briefing import make_report, make_terms

CASES = json.loads((Path(__file__).parent / "cases" / "brief_attributions.json").read_text("utf-8"))
TERMS = make_terms(CASES["terms"])
ATTRIBUTOR = Attributor()
WORDS = (
    "وقال", "قالت", "أعلن", "نفت", "نقلت", "عن", "قوله", "بحسب", "وفقا", "لموسكو", "موسكو", "إن",
    "أن", "مصدر", "عسكري", "«", "»", ":", "،", "الذي", "لكن", "أمس", "في", "بيان", "متحدث", "باسم",
    "الجيش السوري", "لرويترز", "لا", "صحة", "مشيرا", "إلى", "اتهم", "بأنها", "ذلك", "كان",
)  # fmt: skip


def read(text: str) -> Line:
    return read_line(make_report([text], terms=TERMS).pairs[0])


def show(line: Line, said: Attribution) -> list[str | None]:
    speaker = line.show(said.speaker) if said.speaker else None
    return [said.manner, line.show(said.cue), speaker, said.name, said.term_id]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["arabic"][:40])
def test_attributions_of_a_line(case: dict[str, object]) -> None:
    line = read(str(case["arabic"]))
    assert [show(line, said) for said in ATTRIBUTOR.find(line)] == case["said"]


def test_a_verb_without_a_subject_goes_on_with_who_spoke_before() -> None:
    lines = [
        "قال سيرغي لافروف إن القتال انتهى في المدينة",
        "وأضاف أن الحافلات ستصل إلى المدينة غدا",
    ]
    brief = build_brief([make_report(lines, terms=TERMS)])
    first, second = (claim.attributions[0] for claim in brief.claims)
    assert (
        first.speaker
        == second.speaker
        == Citation("a", 0, brief.reports[0].pairs[0].matches[0].span)
    )
    assert second.cue.index == 1
    assert second.term_id == "lavrov"


def test_who_spoke_in_another_report_does_not_go_on() -> None:
    reports = [
        make_report(["قال سيرغي لافروف إن القتال انتهى"], terms=TERMS, name="a"),
        make_report(["وأضاف أن الحافلات ستصل إلى المدينة غدا"], terms=TERMS, name="b"),
    ]
    brief = build_brief(reports)
    assert brief.claims[1].attributions[0].speaker is None


def test_a_denial_stands_with_what_it_denies() -> None:
    reports = [
        make_report(["أعلن الجيش السوري السيطرة على حي الشعار شرق المدينة"], name="a", terms=TERMS),
        make_report(["نفى مسؤول في المعارضة سيطرة الجيش السوري على حي الشعار"], name="b"),
        make_report(["وصلت الحافلات إلى حي المشهد لنقل الجرحى من المدينة"], name="c"),
    ]
    denials = {c.citation.document_id: c.denials for c in build_brief(reports).claims}
    assert denials == {"a": (Citation("b", 0),), "b": (), "c": ()}


def test_a_denial_of_this_denies_the_line_before() -> None:
    lines = ["قالت رويترز إن القوات الروسية قصفت سوق المدينة", "ونفت موسكو ذلك"]
    brief = build_brief([make_report(lines, terms=TERMS)], length=2)
    assert brief.claims[0].denials == (Citation("a", 1),)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=16).map(" ".join))
def test_every_cue_and_speaker_stands_where_it_says(text: str) -> None:
    line = read(text)
    for said in ATTRIBUTOR.find(line):
        for citation in filter(None, (said.cue, said.speaker)):
            assert citation.span is not None
            assert 0 <= citation.span.start < citation.span.end <= len(text)
            assert citation.span.slice(text).strip() == citation.span.slice(text)
        assert (said.term_id is None) or said.name
