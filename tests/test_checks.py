"""Doubts: what must be doubted, and that correct translations are not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.checks import (
    LOW_LOG_PROBABILITY,
    find_added_numbers,
    find_copied_source,
    find_doubled_words,
    find_doubts,
    find_lost_numbers,
    find_odd_length,
    find_repeats,
)
from bitrans.core import Document, Doubt, Hypothesis
from bitrans.documents import read_documents
from bitrans.segments import split_document

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
CASES: dict[str, Any] = json.loads((HERE / "cases" / "checks.json").read_text(encoding="utf-8"))
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def list_params(cases: list[dict[str, Any]]) -> list[Any]:
    return [
        pytest.param(
            case,
            id=str(number),
            marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [],
        )
        for number, case in enumerate(cases)
    ]


def read_pairs() -> list[tuple[str, str]]:
    """The segments of the articles beside their reference translations."""
    pairs: list[tuple[str, str]] = []
    for path in sorted(SEEDS.glob("*.txt")):
        (document,) = read_documents([path])
        assert isinstance(document, Document)
        reference = (SEEDS / "references" / f"{path.stem}.en.txt").read_text(encoding="utf-8")
        arabic = [segment.text for segment in split_document(document)]
        pairs += zip(arabic, filter(str.strip, reference.splitlines()), strict=True)
    return pairs


PAIRS = read_pairs()


def codes(arabic: str, english: str) -> set[str]:
    return {doubt.code for doubt in find_doubts(arabic, Hypothesis(english), english)}


def message(doubt: Doubt | None) -> str:
    return "" if doubt is None else doubt.message


@pytest.mark.parametrize("case", list_params(CASES["numbers"]))
def test_numbers(case: dict[str, str]) -> None:
    lost = message(find_lost_numbers(case["arabic"], case["english"]))
    added = message(find_added_numbers(case["arabic"], case["english"]))
    assert lost == (case["lost"] and f"In the Arabic but not in the English: {case['lost']}.")
    assert added == (case["added"] and f"In the English but not in the Arabic: {case['added']}.")


def test_the_number_cases_are_of_every_sort() -> None:
    outcomes = [(bool(case["lost"]), bool(case["added"])) for case in CASES["numbers"]]
    assert len(outcomes) >= 100
    assert all(outcomes.count(sort) >= 5 for sort in ((False, False), (True, True)))
    assert all(outcomes.count(sort) >= 5 for sort in ((False, True), (True, False)))


@pytest.mark.parametrize("pair", PAIRS, ids=[str(number) for number in range(len(PAIRS))])
def test_a_correct_translation_raises_no_doubt(pair: tuple[str, str]) -> None:
    assert codes(*pair) == set()


def list_changed_figures() -> list[tuple[str, str]]:
    """Each figure of the references changed in each digit, one change at a time."""
    changed = []
    for arabic, english in PAIRS:
        for figure in FIGURE.finditer(english):
            for at, digit in enumerate(figure.group(), start=figure.start()):
                if digit.isdigit():
                    other = str(int(digit) % 9 + 1)
                    changed.append((arabic, english[:at] + other + english[at + 1 :]))
    return changed


def test_a_figure_changed_in_a_correct_translation_is_doubted() -> None:
    changed = list_changed_figures()
    assert len(changed) >= 50
    for arabic, english in changed:
        assert codes(arabic, english) & {"number-lost", "number-added"}, english


def test_a_figure_dropped_from_a_correct_translation_is_doubted() -> None:
    for arabic, english in PAIRS:
        for figure in FIGURE.finditer(english):
            dropped = english[: figure.start()] + "some" + english[figure.end() :]
            once = len(re.findall(rf"\b{re.escape(figure.group())}\b", english)) == 1
            in_figures = figure.group().replace(",", "") in arabic.replace(",", "")
            if once and in_figures:
                assert "number-lost" in codes(arabic, dropped), dropped


@pytest.mark.parametrize(
    ("word", "other"), [("six districts", "seven districts"), ("five years", "nine years")]
)
def test_a_figure_in_words_changed_is_doubted(word: str, other: str) -> None:
    pairs = [(a, e) for a, e in PAIRS if word in e and re.search(r"\b[65] ", a)]
    assert pairs
    for arabic, english in pairs:
        assert "number-lost" in codes(arabic, english.replace(word, other))


@pytest.mark.parametrize("case", list_params(CASES["repeats"]))
def test_repeats(case: dict[str, str]) -> None:
    found = message(find_repeats(case["arabic"], case["english"]))
    assert found == (case["run"] and f"The English repeats itself: {case['run']}."), case["note"]


@pytest.mark.parametrize("times", [2, 5])
def test_a_reference_said_again_is_a_repeat(times: int) -> None:
    for arabic, english in PAIRS:
        if len(english.split()) > 4:
            assert "repeated" in codes(arabic, " ".join([english] * times))


def test_a_long_loop_is_found_wherever_it_is() -> None:
    loop = "of the forces of the regime in the east of the city, "
    assert "repeated" in codes("وصل الوفد", "The delegation said, " + loop * 30 + "and left.")


@pytest.mark.parametrize("case", list_params(CASES["copied"]))
def test_arabic_left_in_the_english(case: dict[str, Any]) -> None:
    assert (find_copied_source("حلب", case["english"]) is not None) is case["doubt"]


@pytest.mark.parametrize("case", list_params(CASES["length"]))
def test_length(case: dict[str, Any]) -> None:
    arabic, english = ("كلمة " * case["arabic"]), ("word " * case["english"])
    doubt = find_odd_length(arabic, english)
    assert (doubt.code if doubt else "") == case["code"]


def test_half_of_a_long_reference_is_short() -> None:
    long = [(a, e) for a, e in PAIRS if len(a.split()) >= 12]
    assert len(long) >= 50
    for arabic, english in long:
        words = english.split()
        assert "short" in codes(arabic, " ".join(words[: len(words) // 3]))


@pytest.mark.parametrize("english", ["", "  ", "...", '"'])
def test_no_english_is_the_only_doubt(english: str) -> None:
    assert codes("وصل الوفد 5", english) == {"empty"}


@pytest.mark.parametrize("arabic", ["", "***", "—"])
def test_where_the_arabic_has_no_words_the_english_need_have_none(arabic: str) -> None:
    assert codes(arabic, "") == codes(arabic, "***") == set()
    assert codes(arabic, "The army took the town of Aleppo and left.") == {"long"}


def test_what_the_model_says_of_itself() -> None:
    unsure = Hypothesis("The delegation arrived", LOW_LOG_PROBABILITY - 0.1, truncated=True)
    found = find_doubts("وصل الوفد", unsure, unsure.text)
    assert [doubt.code for doubt in found] == ["truncated", "unsure"]
    sure = Hypothesis("The delegation arrived", LOW_LOG_PROBABILITY)
    assert find_doubts("وصل الوفد", sure, sure.text) == ()


def test_doubts_come_in_a_fixed_order() -> None:
    english = "7 very very very, حلب" + " word" * 40
    found = find_doubts("وصل 5", Hypothesis(english, -9.0, truncated=True), english)
    assert [doubt.code for doubt in found] == [
        "number-lost", "number-added", "repeated", "doubled", "untranslated", "long", "truncated",
        "unsure",
    ]  # fmt: skip


PIECES = (
    "5 2016 1,100 1.200 130 ألف مليون و ونصف خمسة وعشرون الساعة 22:30 7/12/2016 : ، . - and "
    "to six hundred thousand half a dozen 1990s 5ر2 12.34.56 ² ٣"
)
MIXED = st.lists(st.sampled_from(PIECES.split()) | st.text(max_size=5), max_size=15).map(" ".join)


@settings(max_examples=50, deadline=None)
@given(MIXED, MIXED)
def test_any_texts_can_be_checked(arabic: str, english: str) -> None:
    for doubt in find_doubts(arabic, Hypothesis(english), english):
        assert doubt.message.endswith(".")


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**7), st.sampled_from(["", " ألف", " مليون"]), st.integers(1, 10**6))
def test_a_number_agrees_with_itself_alone(number: int, scale: str, more: int) -> None:
    factor = {"": 1, " ألف": 10**3, " مليون": 10**6}[scale]
    arabic = f"وصل {number}{scale} شخص"
    right, wrong = number * factor, number * factor + more
    checks: list[Callable[[str, str], Doubt | None]] = [find_lost_numbers, find_added_numbers]
    for check in checks:
        assert check(arabic, f"{right:,} people arrived") is None
        assert check(arabic, f"{right} people arrived") is None
    assert find_lost_numbers(arabic, f"{wrong:,} people arrived") is not None


@pytest.mark.parametrize(
    ("english", "shown"),
    [
        ("mines planted planted by them", "planted planted"),
        ("the terrorist terrorists fled", "terrorist terrorists"),
        ("in the east of eastern eastern Aleppo", "eastern eastern"),
    ],
)
def test_a_word_said_twice_in_a_row_is_doubted(english: str, shown: str) -> None:
    doubt = find_doubled_words("", english)
    assert doubt is not None
    assert (doubt.code, doubt.message) == ("doubled", f"A word stands twice in a row: {shown}.")


@pytest.mark.parametrize(
    "english",
    [
        "he said that that was so",
        "very very large",
        "they had had enough",
        "Boutros Boutros-Ghali",
        "state statements",
        "face-to-face face masks",
        "the front, front lines",
    ],
)
def test_what_english_may_say_twice_is_not_doubted(english: str) -> None:
    assert find_doubled_words("", english) is None
