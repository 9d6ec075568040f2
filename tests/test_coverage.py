"""Parts of the Arabic that no word of the English comes from are doubted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.checks import find_doubts
from bitrans.checks.coverage import list_left_out
from bitrans.core import Hypothesis, Span

SOURCE = "قتل ثلاثة مدنيين جراء قذائف الفصائل في حلب"
WORD = re.compile(r"\w+")


def attend(source: str, looked_at: str, *, begins: bool = True) -> Hypothesis:
    """English with a token for each Arabic word that it looks at."""
    spans = tuple(Span(*found.span()) for found in WORD.finditer(source))
    words = [span.slice(source) for span in spans]
    rows = [[float(word == seen) for word in words] for seen in looked_at.split()]
    if not begins:
        rows[0] = []
    english = " ".join("word" for _ in rows)
    places = tuple(Span(5 * i, 5 * i + 4) for i in range(len(rows)))
    return Hypothesis(english, -0.1, places, spans, tuple(rows))


@pytest.mark.parametrize(
    ("looked_at", "left_out"),
    [
        ("قتل ثلاثة مدنيين جراء قذائف الفصائل حلب", []),
        ("قتل ثلاثة مدنيين حلب", ["جراء قذائف الفصائل"]),
        ("قتل ثلاثة مدنيين جراء حلب", ["قذائف الفصائل"]),
        ("قتل ثلاثة جراء قذائف الفصائل", []),
        ("قتل ثلاثة مدنيين جراء الفصائل حلب", []),
        ("جراء قذائف الفصائل حلب", ["قتل ثلاثة مدنيين"]),
    ],
)
def test_runs_of_words_that_nothing_looks_at_are_listed(
    looked_at: str, left_out: list[str]
) -> None:
    assert list_left_out(SOURCE, attend(SOURCE, looked_at)) == left_out


def test_what_the_first_token_may_render_is_not_listed_where_its_attention_is_not_known() -> None:
    hypothesis = attend(SOURCE, "قتل جراء قذائف الفصائل حلب", begins=False)
    assert list_left_out(SOURCE, hypothesis) == []
    assert list_left_out(SOURCE, attend(SOURCE, "حلب جراء", begins=False)) == [
        "قذائف الفصائل في حلب"
    ]


def test_small_words_and_the_second_name_of_a_month_need_no_english() -> None:
    source = "وصل في 7 ديسمبر/كانون الأول على أي حال"
    assert list_left_out(source, attend(source, "وصل 7 ديسمبر")) == []


def test_mentions_of_terms_are_told_of_elsewhere() -> None:
    hypothesis = attend(SOURCE, "قتل ثلاثة مدنيين جراء حلب")
    at = SOURCE.index("الفصائل")
    assert list_left_out(SOURCE, hypothesis, [Span(at, at + len("الفصائل"))]) == []


def test_without_an_alignment_nothing_is_said() -> None:
    assert list_left_out(SOURCE, Hypothesis("killed")) == []


def test_the_doubt_quotes_the_arabic() -> None:
    hypothesis = attend(SOURCE, "قتل ثلاثة مدنيين جراء حلب")
    (doubt,) = find_doubts(SOURCE, hypothesis, "Three civilians were killed in Aleppo")
    assert doubt.code == "left-out"
    assert doubt.message == "Part of the Arabic may be left out: “قذائف الفصائل”."


@given(st.text("ابت من.، 12", max_size=40), st.data())
def test_any_attention_gives_parts_of_the_text(source: str, data: st.DataObject) -> None:
    width = len(WORD.findall(source))
    row = st.lists(st.floats(0, 1), min_size=width, max_size=width) | st.just([])
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    spans = tuple(Span(*found.span()) for found in WORD.finditer(source))
    hypothesis = Hypothesis("x", 0.0, (Span(0, 1),) * len(rows), spans, tuple(rows))
    assert all(part in source for part in list_left_out(source, hypothesis))
