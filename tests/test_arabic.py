"""Each rule by cases; what prepare promises of its offsets and changes by properties."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans import arabic
from bitrans.arabic import (
    MODEL_RULES,
    MONTHS,
    apply_changes,
    apply_rules,
    fold_by_rules,
    fold_for_matching,
    mend_final_ya,
    normalise_for_model,
    prepare,
    writes_alef_maqsura_for_ya,
)
from bitrans.core import Change, Prepared, Span

HERE = Path(__file__).parent
CASES: dict[str, Any] = json.loads((HERE / "cases" / "arabic.json").read_text(encoding="utf-8"))
#: Letters that many rules meet, so that random texts let the rules touch each other.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("حلبفيىهةأإآء ويـ\u200f\u064e\u0651٢٥5/().«»“”…٪٫–\u00a0\n"),
        st.sampled_from("ﺣﻠﺐﷲﻻﻯیکھ"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
) | st.lists(
    st.sampled_from(["في", "فى", "ديسمبر", "كانون الثانى", "يناير", "/", "(", ")", " ", "ـ"]),
    max_size=12,
).map("".join)


def list_params(cases: list[dict[str, Any]]) -> list[Any]:
    marks = {True: lambda case: [pytest.mark.xfail(reason=case["xfail"])], False: lambda _: []}
    return [
        pytest.param(case, id=str(number), marks=marks["xfail" in case](case))
        for number, case in enumerate(cases)
    ]


@pytest.mark.parametrize("case", list_params(CASES["rules"]))
def test_each_rule_does_what_it_says(case: dict[str, str]) -> None:
    rule = getattr(arabic, case["rule"])
    assert apply_rules(case["text"], [rule]).text == case["expect"], case["note"]


def test_every_rule_has_cases_that_change_and_cases_that_do_not() -> None:
    for rule in MODEL_RULES:
        changed = {c["text"] != c["expect"] for c in CASES["rules"] if c["rule"] == rule.__name__}
        assert changed == {True, False}, rule.__name__


@pytest.mark.parametrize("case", list_params(CASES["prepare"]))
def test_preparing_applies_the_rules_and_names_them(case: dict[str, Any]) -> None:
    prepared = prepare(case["text"], mend_ya=case["mend_ya"])
    assert prepared.text == case["expect"]
    assert list(dict.fromkeys(c.rule for c in prepared.changes)) == list(
        dict.fromkeys(case["rules"])
    )


def test_neighbouring_changes_of_one_rule_are_one_change() -> None:
    assert prepare("عام ٢٠١١ و٥").changes == (
        Change("digits", Span(4, 8), "٢٠١١", "2011"),
        Change("digits", Span(10, 11), "٥", "5"),
    )


@pytest.mark.parametrize("case", list_params(CASES["final_ya"]))
def test_final_ya_is_mended_and_true_alef_maqsura_stays(case: dict[str, str]) -> None:
    assert apply_rules(case["text"], [mend_final_ya]).text == case["expect"], case["note"]


@pytest.mark.parametrize("name", CASES["articles"])
def test_every_word_in_alef_maqsura_of_the_articles_comes_out_right(name: str, seeds: Path) -> None:
    expected = CASES["articles"][name]
    text = (seeds / f"{name}.txt").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+ى\b", text))
    prepared = prepare(text, mend_ya=writes_alef_maqsura_for_ya(text))
    mended = {
        re.findall(r"\w+", text[: change.span.end])[-1]
        for change in prepared.changes
        if change.rule == "final-ya"
    }
    assert set(re.findall(r"\w+ى\b", prepared.text)) == set(expected["kept"].split())
    assert mended == set(expected["mended"].split())
    assert words == mended | set(expected["kept"].split())


@pytest.mark.parametrize("case", list_params(CASES["habit"]))
def test_the_habit_of_a_text_is_seen(case: dict[str, Any]) -> None:
    assert writes_alef_maqsura_for_ya(case["text"]) is case["expect"], case["note"]


@pytest.mark.parametrize("case", list_params(CASES["folding"]))
def test_spellings_of_one_word_fold_together(case: dict[str, str]) -> None:
    assert fold_for_matching(case["text"]).text == fold_for_matching(case["same_as"]).text


@pytest.mark.parametrize(("one", "two"), [("حلب", "حلم"), ("سورية", "سوريا"), ("مالي", "مال")])
def test_different_words_stay_different(one: str, two: str) -> None:
    assert fold_for_matching(one).text != fold_for_matching(two).text


def test_each_month_is_told_apart_from_each_other() -> None:
    names = [name for month in MONTHS for name in month]
    assert len(MONTHS) == 12
    assert len(set(names)) == len(names)
    for number, month in enumerate(MONTHS):
        for other in range(12):
            text = f"{month[0]}/{MONTHS[other][1]}"
            assert (prepare(text).text == text) is (number != other)


def test_normalising_for_the_model_is_as_the_model_was_trained(seeds: Path) -> None:
    """A model sees in use what it saw in training: a change here calls for a new model."""
    ranges = [(0x20, 0x250), (0x600, 0x700), (0x2000, 0x2070), (0xFB50, 0xFE00), (0xFE70, 0xFEFD)]
    letters = " ".join(f"ب{chr(c)}ت" for start, end in ranges for c in range(start, end))
    articles = [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    digests = [
        hashlib.sha256(normalise_for_model(text).encode()).hexdigest()[:16]
        for text in (letters, *articles)
    ]
    assert digests == CASES["normalised"]


def test_normalising_keeps_what_preparing_mends() -> None:
    text = "فى 7 ديسمبر/كانون الأول"
    assert normalise_for_model(text) == text


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.booleans())
def test_offsets_lead_back(text: str, mend_ya: bool) -> None:
    prepared = prepare(text, mend_ya=mend_ya)
    check_offsets(prepared, text)
    folded = fold_for_matching(text)
    check_offsets(Prepared(folded.text, tuple(folded.offsets)), text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_folding_in_one_pass_is_folding_rule_by_rule(text: str) -> None:
    once, by_rules = fold_for_matching(text), fold_by_rules(text)
    assert once.text == by_rules.text
    assert tuple(once.offsets) == tuple(by_rules.offsets)


def check_offsets(prepared: Prepared, text: str) -> None:
    offsets = prepared.offsets
    assert len(offsets) == len(prepared.text) + 1
    assert offsets[-1] == len(text)
    assert all(one <= two for one, two in pairwise(offsets))
    assert all(0 <= offset < len(text) for offset in offsets[:-1])
    for place, letter in enumerate(prepared.text):
        if letter in "حلب":
            assert letter == text[offsets[place]] or text[offsets[place]] >= "\ufb50"


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.booleans())
def test_a_change_says_what_stood_where(text: str, mend_ya: bool) -> None:
    prepared = prepare(text, mend_ya=mend_ya)
    for number, change in enumerate(prepared.changes):
        assert 0 <= change.span.start <= change.span.end <= len(text)
        assert change.before != change.after
        if not any(touch(change.span, earlier.span) for earlier in prepared.changes[:number]):
            assert change.span.slice(text) == change.before


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.booleans())
def test_changes_that_do_not_touch_replay_to_the_prepared_text(text: str, mend_ya: bool) -> None:
    prepared = prepare(text, mend_ya=mend_ya)
    changes = sorted(prepared.changes, key=lambda change: change.span)
    if any(touch(one.span, two.span) for one, two in pairwise(changes)):
        return
    replayed, at = "", 0
    for change in changes:
        replayed += text[at : change.span.start] + change.after
        at = change.span.end
    assert replayed + text[at:] == prepared.text


def touch(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def test_a_change_on_a_place_changed_before_has_what_that_change_left() -> None:
    prepared = prepare("ﻓﻰ", mend_ya=True)
    assert prepared.text == "في"
    assert prepared.changes == (
        Change("presentation-forms", Span(0, 2), "ﻓﻰ", "فى"),
        Change("final-ya", Span(1, 2), "ى", "ي"),
    )


def test_a_change_ends_where_the_last_letter_it_met_ends() -> None:
    prepared = prepare("كانون الثانى/يناير", mend_ya=True)
    assert prepared.changes == (
        Change("double-month", Span(12, 18), "/يناير", ""),
        Change("final-ya", Span(11, 12), "ى", "ي"),
    )


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_preparing_again_changes_nothing(text: str) -> None:
    once = prepare(text).text
    assert normalise_for_model(once) == once


def test_further_changes_lead_back_through_those_before() -> None:
    prepared = prepare("«حـلب»")
    further = apply_changes(prepared, [Change("test", Span(1, 4), "حلب", "الشهباء")])
    assert further.text == '"الشهباء"'
    assert further.offsets == (0, 1, 3, 4, 4, 4, 4, 4, 5, 6)
    assert further.changes[-1] == Change("test", Span(1, 5), "حلب", "الشهباء")
    assert apply_changes(prepared, []) is prepared
