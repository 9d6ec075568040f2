"""Dates: found, resolved against the report's own, or said not to be known."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.brief import build_brief
from bitrans.brief.expressions import Expressions
from bitrans.brief.moments import UNKNOWN, read_clock
from bitrans.core import Moment
from tests.briefing import make_report

CASES = json.loads((Path(__file__).parent / "cases" / "brief_dates.json").read_text("utf-8"))
WORDS = (
    "أمس", "اليوم", "غدا", "الثلاثاء", "الاثنين", "7", "31", "ديسمبر", "/", "كانون", "الأول",
    "2016",
    "الماضي", "المقبل", "يوم", "مطلع", "عام", "قبل", "ثلاثة", "أيام", "الأسبوع", "13/12/2016", "،",
    "في", "من", "صيف", "فبراير", "30", "شباط", "العام", "الجاري",
)  # fmt: skip


def find(text: str, date: str | None) -> tuple[Moment, ...]:
    return build_brief([make_report([text], date=date)]).moments


@pytest.mark.parametrize(
    "case", CASES["cases"], ids=lambda case: f"{case['arabic']}-{case['date']}"
)
def test_dates_of_a_line(case: dict[str, object]) -> None:
    moments = sorted(find(f"{case['arabic']} قال", str(case["date"] or "") or None), key=_place)
    # A day at the edge of the line would be the report's date line: a word keeps it from that.
    assert [[m.text, m.start, m.end] for m in moments] == case["moments"]
    assert all(m.resolved for m in moments)


def _place(moment: Moment) -> int:
    assert moment.citation.span is not None
    return moment.citation.span.start


@pytest.mark.parametrize(
    ("lines", "date", "how"),
    [
        (["دمشق - الأربعاء 14 ديسمبر 2016", "قال أمس إن القتال انتهى"], "2016-12-13", "date line"),
        (["أعلن اليوم الأربعاء 14 ديسمبر 2016 أن الهدنة بدأت في كل أنحاء المدينة المحاصرة",
          "قال أمس إن القتال انتهى"], "2016-12-13", "which the text gives as its own"),
        (["توقف القتال الأربعاء 14 ديسمبر 2016 بعد اتفاق على خروج المقاتلين من آخر الأحياء",
          "قال أمس إن القتال انتهى"], None, UNKNOWN),
        (["توقف القتال الأربعاء 14 ديسمبر 2016 بعد اتفاق على خروج المقاتلين من آخر الأحياء",
          "قال أمس الثلاثاء إن القتال انتهى"], "2016-12-13", "latest full date"),
        (["قال أمس إن القتال انتهى"], None, UNKNOWN),
    ],
)  # fmt: skip
def test_the_reports_own_date_is_inferred_or_unknown(
    lines: list[str], date: str | None, how: str
) -> None:
    moments = build_brief([make_report(lines)]).moments
    (yesterday,) = [m for m in moments if m.text.startswith("أمس")]
    assert yesterday.start == date
    assert how in yesterday.resolved


def test_moments_are_a_timeline_with_the_unknown_last() -> None:
    reports = [
        make_report(["وقع ذلك أمس"], name="a"),
        make_report(["وقع ذلك أمس", "بدأ في 2011"], name="b", date="2016-12-14"),
    ]
    starts = [moment.start for moment in build_brief(reports).moments]
    assert starts == ["2011-01-01", "2016-12-13", None]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.none() | st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1)).map(str),
)
def test_every_date_stands_where_it_says(text: str, date: str | None) -> None:
    for moment in find(text, date):
        span = moment.citation.span
        assert span is not None
        assert span.slice(text) == moment.text != ""
        assert (moment.start is None) == (moment.end is None)
        if moment.start and moment.end:
            first, last = map(datetime.date.fromisoformat, (moment.start, moment.end))
            assert first <= last
        assert moment.resolved


def test_a_damaged_date_is_no_date() -> None:
    report = make_report(["قال أمس"], date="soon")
    assert read_clock(report, Expressions()).day is None
