"""Doubts about names without an entry that the English does not show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.core import Hypothesis, Term
from bitrans.glossary.matching import Matcher
from bitrans.glossary.mining import Line
from bitrans.glossary.mining.unshown import NameChecker

TERMS = [
    Term("place-aleppo", "place", ("حلب",), "Aleppo"),
    Term("person-kalas", "person", ("رياض القلاس",), "Riad Kallas"),
    Term("person-abu-bakr", "person", ("أبو بكر البغدادي",), "Abu Bakr al-Baghdadi"),
    Term("person-abu-omar", "person", ("أبو عمر الشيشاني",), "Abu Omar al-Shishani"),
]
MATCHER = Matcher(TERMS)
CHECKER = NameChecker(TERMS, MATCHER.first_names)


def find_message(arabic: str, english: str, target: str | None = None) -> str | None:
    line = Line("one", arabic, tuple(MATCHER.find_matches(arabic)), (Hypothesis(english),))
    doubt = CHECKER.find_doubt(line, english if target is None else target)
    assert doubt is None or doubt.code == "name-unsure"
    return doubt and doubt.message


@pytest.mark.parametrize(
    ("arabic", "english", "said"),
    [
        ("يضيف الجنرال ناركيس أن", "General Nankkis adds", "“ناركيس” may be “Narkis"),
        ("قال العقيد فهد الأرمنازي", "Col. Fahd the Armenian said", "“الأرمنازي” may be “al-"),
        ("قتل أبو الوليد عقاب", "Abu al-Oloud was killed", "“الوليد” may be “al-Walid”"),
        ("قال محمد السالم", "Mohammed al-Samal said", "“السالم” may be “al-Sal"),
    ],
)
def test_a_name_that_is_not_shown_is_doubted(arabic: str, english: str, said: str) -> None:
    message = find_message(arabic, english)
    assert message is not None
    assert said in message


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("يضيف الجنرال ناركيس أن", "General Narkiss adds"),
        ("قال العقيد عبد الرحمن الأرمنازي", "Col. Abdulrahman Armanazi said"),
        ("قال العقيد عبد الرحمن الأرمنازي", "Col. Abdel-Rahman el-Armanazy said"),
        ("دخل الجيش مدينة حلب", "The army entered the city"),
        ("دخل الجيش قرية صغيرة", "The army entered a small village"),
        ("زار الملك جورج الخامس لندن", "King George V visited London"),
        ("قال الرئيس السابق إن", "The former president said"),
        ("قال العقيد رياض", "The colonel said"),
        ("وقع اتفاق النفط", "The oil agreement was signed"),
        ("قال العقيد فهد الأرمنازي", ""),
        ("", "Nothing at all"),
    ],
)
def test_all_else_is_not(arabic: str, english: str) -> None:
    assert find_message(arabic, english) is None


def test_the_english_after_enforcing_counts() -> None:
    arabic = "يضيف الجنرال ناركيس أن"
    assert find_message(arabic, "General Nankkis adds", "General Narkis adds") is None


def test_each_name_is_named_once() -> None:
    message = find_message("قال محمد السالم ثم قال محمد السالم", "Mohammed al-Samal said so")
    assert message is not None
    assert message.count("السالم") == 1


ARABIC = st.text(st.sampled_from('حيالكسةوبدمرع .،"قتنشف'), max_size=60)
ENGLISH = st.text(st.sampled_from("ABab cdeK.'-\"s"), max_size=60)


@given(ARABIC, ENGLISH, ENGLISH)
def test_any_line_is_looked_at(arabic: str, english: str, target: str) -> None:
    find_message(f"قال العقيد {arabic}", english, target)
