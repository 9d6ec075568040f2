"""Figures: what is found, what it counts, whether the English holds it, what is of one thing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.brief import build_brief
from bitrans.brief.counted import Tables
from bitrans.brief.figures import Found, find_figures
from bitrans.brief.lines import read_line
from bitrans.brief.numbers import read_digits
from bitrans.brief.subjects import build_subjects
from bitrans.brief.units import Units
from bitrans.core import FigureGroup
from tests.briefing import make_report, make_terms

CASES = Path(__file__).parent / "cases"
FIGURES = json.loads((CASES / "brief_figures.json").read_text("utf-8"))["cases"]
ENGLISH = json.loads((CASES / "brief_english.json").read_text("utf-8"))["cases"]
TABLES = Tables(Units(), build_subjects())
WORDS = (
    "قتل", "50", "مدنيا", "و30", "ألف", "آلاف", "مليون", "ونصف", "بين", "ثلاثة", "وعشرون", "شخصا",
    "في", "المئة", "%", "إلى", "(", ")", "-", "،", "عشرات", "مئات", "حيين", "الـ48", "ساعة", "نصف",
    "2016", "عام", "أكثر", "من", "على", "الأقل", "5ر2", "1.200", "٣٥٪", "واحد", "مئة",
)  # fmt: skip


def read_figures(arabic: str, english: str = "x") -> list[Found]:
    report = make_report([(arabic, english)])
    return find_figures(read_line(report.pairs[0]), TABLES)


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: case["arabic"][:30])
def test_figures_of_a_line(case: dict[str, list[list[object]]]) -> None:
    found = [one.figure for one in read_figures(str(case["arabic"]))]
    assert [[f.text, f.low, f.high, f.unit, f.subject, f.hedge] for f in found] == case["figures"]


@pytest.mark.parametrize("case", ENGLISH, ids=lambda case: f"{case['arabic']}-{case['english']}")
def test_whether_the_english_holds_the_number(case: dict[str, object]) -> None:
    found = read_figures(str(case["arabic"]), str(case["english"]))
    assert [one.figure.in_english for one in found] == [case["holds"]]


@pytest.mark.parametrize(
    ("text", "value"),
    [("50", 50), ("1,200", 1200), ("1.200.000", 1200000), ("2.5", 2.5), ("0.125", 0.125),
     ("5ر2", 2.5), ("1،500", 1500)],
)  # fmt: skip
def test_digits(text: str, value: float) -> None:
    assert read_digits(text) == value


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_every_figure_stands_where_it_says(text: str) -> None:
    last = -1
    for found in read_figures(text):
        figure = found.figure
        assert figure.citation.span is not None
        assert figure.citation.span.slice(text) == figure.text != ""
        assert figure.citation.span.start > last
        assert 0 <= figure.low <= figure.high
        last = figure.citation.span.end - 1


def group(*texts: str, terms: dict[str, list[str]] | None = None) -> tuple[FigureGroup, ...]:
    """The groups of figures of reports of one line each."""
    reports = [
        make_report([text], name=f"r{i}", terms=make_terms(terms or {}))
        for i, text in enumerate(texts)
    ]
    return build_brief(reports).figures


def test_reports_that_differ_stand_together() -> None:
    (one,) = group("ارتفع عدد القتلى في المدينة إلى 45", "بلغ عدد القتلى في المدينة 50 شخصا")
    assert (one.unit, one.subject, one.differs) == ("people", "killed", True)
    assert [figure.low for figure in one.figures] == [45, 50]


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("قتل 50 شخصا", "قتل 50 مدنيا", False),
        ("فر نحو 130 ألف مدني", "فر أكثر من 130 ألف شخص", False),
        ("قتل 50 شخصا في القصف على المدينة", "قتل 80 شخصا في القصف على المدينة", True),
        ("قتل 50 شخصا في القصف على المدينة", "قتل نحو 52 شخصا في القصف على المدينة", False),
    ],
)
def test_whether_figures_differ(one: str, other: str, differs: bool) -> None:
    (made,) = group(one, other)
    assert made.differs is differs
    assert len(made.figures) == 2


@pytest.mark.parametrize(
    "texts",
    [
        ("قتل 50 شخصا في الغارة على السوق", "قتل 3000 شخص منذ بدء الحرب"),
        ("قتل 50 مدنيا بينهم 11 طفلا",),
        ("استمرت المعركة 3 ساعات", "وصلت الحافلات بعد 5 ساعات"),
        ("سيطر الجيش على 10 أحياء", "انسحب الجيش من 9 أحياء"),
    ],
)
def test_figures_of_different_things_stand_apart(texts: tuple[str, ...]) -> None:
    assert all(len(made.figures) == 1 for made in group(*texts))


def test_different_places_are_different_things() -> None:
    terms = {"aleppo": ["place", "حلب", "Aleppo"], "hama": ["place", "حماة", "Hama"]}
    made = group("قتل 50 مدنيا في حلب", "قتل 52 مدنيا في حماة", terms=terms)
    assert [len(one.figures) for one in made] == [1, 1]


def test_other_sources_of_one_line_dispute() -> None:
    (one,) = group("قتل 50 مدنيا في الغارات، إلا أن مصادر أخرى تحدثت عن مقتل 80 شخصا")
    assert one.differs
    assert one.unit == "people"
