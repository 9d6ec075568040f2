"""Words run together: parted where a name shows it, and every character still leads back."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.arabic import fold_for_matching, prepare
from bitrans.core import Change, Match, Prepared, Span, Term
from bitrans.glossary.matching import Matcher
from bitrans.runtogether import split_run_together

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads(
    (HERE / "cases" / "arabic.json").read_text(encoding="utf-8")
)["run_together"]
FORMS = ("الأمم المتحدة", "بستان القصر", "مجلس الأمن الدولي", "رامي عبد الرحمن")
TERMS = [
    Term(f"term-{number}", "agency", (form,), f"Name {number}") for number, form in enumerate(FORMS)
]
MATCHER = Matcher(TERMS)


def make_match(text: str, mention: str, form: str) -> Match:
    start = text.index(mention)
    term = Term("term", "agency", (form,), "Name")
    return Match(term, Span(start, start + len(mention)), mention, form)


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(len(CASES))])
def test_cases(case: dict[str, str]) -> None:
    prepared = prepare(case["text"])
    match = make_match(case["text"], case["mention"], case["form"])
    parted = split_run_together(prepared, [match])
    assert parted.text == case["expect"], case["note"]
    check(case["text"], prepared, parted, [match])


def test_some_cases_are_parted_and_some_are_not() -> None:
    parted = [case["expect"] != prepare(case["text"]).text for case in CASES]
    assert parted.count(True) >= 8
    assert parted.count(False) >= 5


def check(text: str, prepared: Prepared, parted: Prepared, matches: list[Match]) -> None:
    """What parting promises, whatever the text and the names in it."""
    assert len(parted.offsets) == len(parted.text) + 1
    assert parted.offsets[-1] == len(text)
    assert all(one <= two for one, two in pairwise(parted.offsets))
    assert parted.text.replace(" ", "") == prepared.text.replace(" ", "")
    letters = [(o, c) for o, c in zip(parted.offsets, parted.text, strict=False) if c != " "]
    before = [(o, c) for o, c in zip(prepared.offsets, prepared.text, strict=False) if c != " "]
    assert letters == before
    for change in parted.changes[len(prepared.changes) :]:
        assert change == Change("run-together", Span(change.span.start, change.span.start), "", " ")
        assert any(m.span.start < change.span.start < m.span.end for m in matches)
    assert split_run_together(parted, matches) == parted


def test_the_space_stands_where_the_second_word_begins() -> None:
    text = "قالت «الأممالمتحدة» ذلك"
    parted = split_run_together(prepare(text), [make_match(text, "الأممالمتحدة", FORMS[0])])
    assert parted.text == 'قالت "الأمم المتحدة" ذلك'
    assert parted.changes[-1] == Change("run-together", Span(11, 11), "", " ")
    place = parted.text.index("المتحدة")
    assert parted.offsets[place - 1] == parted.offsets[place] == text.index("المتحدة")


def test_without_matches_nothing_changes() -> None:
    prepared = prepare("قالت الأممالمتحدة ذلك")
    assert split_run_together(prepared, []) is prepared


def test_a_match_that_preparing_left_nothing_of_changes_nothing() -> None:
    prepared = Prepared("ذلك", (13, 14, 15, 16))
    match = make_match("الأممالمتحدة ذلك", "الأممالمتحدة", FORMS[0])
    assert split_run_together(prepared, [match]) == prepared


PIECES = st.sampled_from(
    [form.replace(" ", gap, count) for form in FORMS for gap in ("", " ") for count in (1, 2)]
    + [
        "قالت",
        "و",
        "لل",
        " ",
        " ",
        "،",
        "«",
        "»",
        "\u200f",
        "ـ",
        "\u064e",
        "7 ديسمبر/كانون الأول",
        "٥",
    ]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=10))
def test_any_text_is_parted_only_inside_its_names(pieces: list[str]) -> None:
    text = " ".join(pieces)
    matches = MATCHER.find_matches(text)
    prepared = prepare(text)
    parted = split_run_together(prepared, matches)
    check(text, prepared, parted, matches)
    for match in matches:
        found = MATCHER.find_matches(parted.text)
        assert match.term.id in {other.term.id for other in found}


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(FORMS), st.sampled_from(["", "و", "ب"]), st.booleans())
def test_a_name_run_together_reads_as_the_termbase_has_it(
    form: str, prefix: str, marked: bool
) -> None:
    joined = form.replace(" ", "")
    text = f"قال {prefix}{joined[:3]}{'ـ' * marked}{joined[3:]} ذلك"
    mention = text.split()[1].removeprefix(prefix)
    parted = split_run_together(prepare(text), [make_match(text, mention, form)])
    assert fold_for_matching(parted.text).text == fold_for_matching(f"قال {prefix}{form} ذلك").text
