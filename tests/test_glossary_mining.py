"""Mining names without an entry, by cases; rows that load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.core import Hypothesis, Span, Term
from bitrans.glossary.editing import plan_additions
from bitrans.glossary.matching import Matcher
from bitrans.glossary.mining import Line, Mined, mine_names
from bitrans.glossary.mining.candidates import make_rows
from bitrans.glossary.terms import load_glossary
from bitrans.spelling import spell_name

CASES_FOLDER = Path(__file__).parent / "cases"
CASES: list[dict[str, Any]] = json.loads(
    (CASES_FOLDER / "glossary_mine.json").read_text(encoding="utf-8")
)
TERMS = [
    Term("place-aleppo", "place", ("حلب",), "Aleppo"),
    Term("place-kallaseh", "place", ("الكلاسة",), "Kallaseh"),
    Term("person-a", "person", ("رياض الأسعد",), "Riad al-Asaad"),
    Term("person-b", "person", ("رياض سيف",), "Riad Seif"),
]
MATCHER = Matcher(TERMS)


def make_line(arabic: str, *english: str, document: str = "one") -> Line:
    matches = tuple(MATCHER.find_matches(arabic))
    return Line(document, arabic, matches, tuple(map(Hypothesis, english)))


def mine(*lines: Line) -> list[Mined]:
    return mine_names(lines, TERMS)


@pytest.mark.parametrize("case", CASES, ids=[case["note"] for case in CASES])
def test_finds_what_the_case_says(case: dict[str, Any]) -> None:
    found = mine(make_line(case["arabic"], case["english"]))
    told = [
        [mined.form, mined.kind, max(mined.spellings, default="", key=mined.spellings.get)]
        for mined in found
    ]
    assert sorted(told) == sorted(case["expect"])


def test_without_english_only_what_the_arabic_shows_is_listed() -> None:
    found = mine(make_line("دخل الجيش أحياء الكلاسة والجلوم وقال مصدر عسكري"))
    assert [mined.form for mined in found] == ["الجلوم"]


def test_competing_spellings_come_first_and_are_counted() -> None:
    lines = [
        make_line("حي الزبدية", "the Zabdiya neighborhood", "the Zubdiya neighborhood"),
        make_line("حي الزبدية", "the Zabdiya neighborhood", document="two"),
        make_line("حي الجميلية", "the Jamiliya neighborhood"),
    ]
    first, second = mine(*lines)
    assert first.spellings == {"Zabdiya": 2, "Zubdiya": 1}
    assert (first.count, first.documents) == (2, {"one", "two"})
    assert second.form == "الجميلية"
    assert first.usefulness > second.usefulness


def make_aligned(arabic: str, english: str, pairs: list[tuple[int, int]]) -> Hypothesis:
    """A hypothesis whose words look at the Arabic words of the pairs (English, Arabic)."""
    source, target = locate_words(arabic), locate_words(english)
    rows = [[0.0] * len(source) for _ in target]
    for row, column in pairs:
        rows[row][column] = 1.0
    return Hypothesis(english, 0.0, target, source, tuple(tuple(row) for row in rows))


def locate_words(text: str) -> tuple[Span, ...]:
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append(Span(start, at))
    return tuple(spans)


def test_attention_shows_a_name_that_sounds_otherwise() -> None:
    arabic = "دخل الجيش مدينة تدمر"
    english = "army entered Palmyra city"
    aligned = make_aligned(arabic, english, [(0, 1), (1, 0), (2, 3), (3, 2)])
    line = Line("one", arabic, (), (aligned,))
    (mined,) = mine_names([line], TERMS)
    assert (mined.form, mined.kind, dict(mined.spellings)) == ("تدمر", "place", {"Palmyra": 1})


def test_attention_shows_an_ordinary_word() -> None:
    arabic = "دخل الجيش قرية الزيتون"
    english = "army entered the olive village"
    aligned = make_aligned(arabic, english, [(0, 1), (1, 0), (2, 3), (3, 3), (4, 2)])
    assert mine_names([Line("one", arabic, (), (Hypothesis(english),))], TERMS)
    assert not mine_names([Line("one", arabic, (), (aligned,))], TERMS)


def test_candidate_rows_load_and_are_not_enforced(tmp_path: Path) -> None:
    found = mine(
        make_line("حي الزبدية", "the Zabdiya neighborhood"),
        make_line("أحياء الكلاسة والجلوم", "districts"),
    )
    path = tmp_path / "candidates.tsv"
    path.write_text(plan_additions([], list(make_rows(found, [])), path).after, encoding="utf-8")
    terms = load_glossary([path]).terms
    assert [(term.status, term.preferred, term.arabic) for term in terms] == [
        ("candidate", spell_name("الجلوم"), ("الجلوم",)),
        ("candidate", "Zabdiya", ("الزبدية",)),
    ]
    assert "the model wrote Zabdiya 1" in terms[1].note
    assert "suggested al-Zabdiya (vowels guessed)" in terms[1].note
    assert not Matcher(terms).find_matches("حي الزبدية")


def test_ids_that_are_taken_are_not_given_again() -> None:
    found = mine(make_line("حي الزبدية", "the Zabdiya neighborhood"))
    (row,) = make_rows(found, ["place-zabdiya"])
    assert row["id"] == "place-zabdiya-2"


ARABIC = st.text(st.sampled_from('حيالكسةوبدمرع .،"قتنشف'), max_size=60)
ENGLISH = st.text(st.sampled_from("ABab cdeK.'-\"s"), max_size=60)


@given(ARABIC, ENGLISH)
def test_any_text_is_mined_without_fault(arabic: str, english: str) -> None:
    for mined in mine(make_line(arabic, english)):
        assert mined.count == 1
        assert mined.form.strip()
