"""Enforcing by cases, the table of spellings, and what holds for any text."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.core import Hypothesis, Match, Span, Step, Term, replay
from bitrans.enforce import MAXIMUM_DROP, Enforced, enforce, measure_likeness, place_terms
from bitrans.enforce.candidates import begins_sentence
from bitrans.enforce.likeness import is_derived, is_similar

FOLDER = Path(__file__).parent / "cases"
DATA: dict[str, Any] = json.loads((FOLDER / "enforce.json").read_text(encoding="utf-8"))
PAIRS: list[dict[str, str]] = json.loads(
    (FOLDER / "enforce_likeness.json").read_text(encoding="utf-8")
)
TERMS = {
    id: Term(
        id, row["kind"], ("اسم",), row["preferred"], tuple(row["admitted"]), tuple(row["forbidden"])
    )
    for id, row in DATA["terms"].items()
}


def make_matches(ids: list[str]) -> list[Match]:
    """A mention of each term, each four letters long, one after another."""
    return [
        Match(TERMS[id], Span(5 * place, 5 * place + 4), "اسمه", "اسمه")
        for place, id in enumerate(ids)
    ]


def make_hypothesis(case: dict[str, Any]) -> Hypothesis:
    others = tuple(
        Hypothesis(text, -1 - case.get("drop", 0.1)) for text in case.get("alternatives", ())
    )
    return Hypothesis(case["raw"], -1.0, alternatives=others)


def list_methods(enforced: Enforced, matches: list[Match]) -> list[str]:
    methods = {id(step.match): step.method for step in enforced.steps}
    return [methods[id(match)] for match in matches]


def check(hypothesis: Hypothesis, matches: list[Match], enforced: Enforced) -> None:
    """What holds for whatever is enforced on whatever text."""
    target, steps = enforced.target, enforced.steps
    assert replay(hypothesis.text, steps) == target
    assert Counter(id(step.match) for step in steps) == Counter(map(id, matches))
    for step in steps:
        check_step(step, target)
    places = [step.target for step in steps if step.target]
    assert len(places) == len(place_terms(target, matches))
    assert sum(end - start for start, end in places) == len(
        {at for start, end in places for at in range(start, end)}
    )
    chosen = enforced.hypothesis.text
    assert len(places) >= len(place_terms(chosen, matches))
    assert Counter(re.findall(r"\d+", chosen)) <= Counter(re.findall(r"\d+", target))


def check_step(step: Step, target: str) -> None:
    assert step.why
    assert (step.target is None) is (step.method == "not-enforced")
    if step.method in ("rewritten", "replaced"):
        assert step.before != step.after
    elif step.method != "n-best":
        assert (step.span, step.before, step.after) == (Span(0, 0), "", "")
    if step.target:
        shown = " ".join(step.target.slice(target).split()).replace("’", "'")
        term = step.match.term
        assert shown.lower() in {form.lower() for form in (term.preferred, *term.admitted)}


def check_again(enforced: Enforced, matches: list[Match]) -> None:
    """Enforcing what was enforced changes nothing."""
    again = enforce(Hypothesis(enforced.target), matches)
    assert again.target == enforced.target
    assert {step.method for step in again.steps} <= {"already-right", "not-enforced"}
    once = Counter(step.method == "not-enforced" for step in enforced.steps)
    assert Counter(step.method == "not-enforced" for step in again.steps) == once


def list_params() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [],
        )
        for case in DATA["cases"]
    ]


@pytest.mark.parametrize("case", list_params())
def test_cases(case: dict[str, Any]) -> None:
    matches = make_matches(case["mentions"])
    hypothesis = make_hypothesis(case)
    enforced = enforce(hypothesis, matches)
    check(hypothesis, matches, enforced)
    check_again(enforced, matches)
    assert enforced.target == case["target"]
    assert list_methods(enforced, matches) == case["methods"]
    assert any(case.get("why", "") in step.why for step in enforced.steps) or not matches


def test_the_cases_are_many_and_of_every_sort() -> None:
    names = [case["name"] for case in DATA["cases"]]
    methods = Counter(method for case in DATA["cases"] for method in case["methods"])
    assert len(set(names)) == len(names) >= 90
    assert set(methods) == {"already-right", "n-best", "rewritten", "not-enforced"}
    assert {id for case in DATA["cases"] for id in case["mentions"]} == set(TERMS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['one']}, {pair['two']}")
def test_spellings_of_one_name_and_names_that_are_near(pair: dict[str, str]) -> None:
    for one, two in ((pair["one"], pair["two"]), (pair["two"], pair["one"])):
        likeness = measure_likeness(one, two)
        derived = is_derived(one, two) or is_derived(two, one)
        passes = [
            is_similar(one, two, likeness, aligned=aligned) and not derived
            for aligned in (False, True)
        ]
        assert passes == {
            "similar": [True, True], "aligned": [False, True], "different": [False, False],
        }[pair["verdict"]]  # fmt: skip


def test_the_table_of_spellings_is_large_and_no_other_name_passes() -> None:
    sorts = Counter((pair["name"], pair["verdict"]) for pair in PAIRS)
    same = sum(count for (name, _), count in sorts.items() if name == "same")
    assert same >= 80
    assert sorts["same", "similar"] / same >= 0.9
    assert sorts["other", "different"] >= 80
    assert sorts["other", "similar"] == 0
    assert sorts["other", "aligned"] <= 2


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, two: str) -> None:
    likeness = measure_likeness(one, two)
    assert 0 <= likeness <= 1
    assert likeness == pytest.approx(measure_likeness(two, one))


@pytest.mark.parametrize("term", TERMS.values(), ids=lambda term: term.id)
def test_a_name_is_like_itself(term: Term) -> None:
    assert measure_likeness(term.preferred, term.preferred) == 1


def align(text: str, *rows: tuple[str, int], sources: int = 2) -> Hypothesis:
    """A hypothesis whose words, given in order, were made from the mentions of these numbers."""
    spans, at = [], 0
    for word, _ in rows:
        at = text.index(word, at)
        spans.append(Span(at, at + len(word)))
        at += len(word)
    weights = tuple(
        tuple(0.9 if source == made else 0.1 for source in range(sources)) for _, made in rows
    )
    places = tuple(match.span for match in make_matches(["aleppo"] * sources))
    return Hypothesis(text, -1.0, tuple(spans), places, weights)


def enforce_aligned(hypothesis: Hypothesis, *ids: str) -> str:
    matches = make_matches(list(ids))
    enforced = enforce(hypothesis, matches)
    check(hypothesis, matches, enforced)
    check_again(enforced, matches)
    return enforced.target


def test_a_common_word_is_rewritten_only_where_it_was_made_from_the_name() -> None:
    text = "at the scene of it"
    made = align(text, ("at", 1), ("the", 1), ("scene", 0), ("of", 1), ("it", 1))
    assert enforce_aligned(made, "mashhad") == "at al-Mashhad of it"
    elsewhere = align(text, ("at", 0), ("the", 1), ("scene", 1), ("of", 1), ("it", 1))
    assert enforce_aligned(elsewhere, "mashhad") == text


def test_a_spelling_further_off_is_taken_where_it_was_made_from_the_name() -> None:
    text = "Karm al-Dada fell"
    assert enforce_aligned(Hypothesis(text), "daadaa") == text
    made = align(text, ("Karm", 0), ("al-Dada", 0), ("fell", 1))
    assert enforce_aligned(made, "daadaa") == "Karm al-Daadaa fell"
    half = align(text, ("Karm", 1), ("al-Dada", 1), ("fell", 0))
    assert enforce_aligned(half, "daadaa") == text


def test_tokens_stay_with_their_words_when_a_name_is_put_in() -> None:
    text = "from the Palace Orchard to the scene"
    words = [("from", 2), ("the", 2), ("Palace", 0), ("Orchard", 0), ("to", 2), ("the", 2)]
    made = align(text, *words, ("scene", 1), sources=3)
    assert enforce_aligned(made, "qasr", "mashhad") == "from Bustan al-Qasr to al-Mashhad"


def test_an_alternative_must_be_accepted() -> None:
    other = Hypothesis("The army entered Aleppo.", -1.0)
    hypothesis = Hypothesis("The army came in.", -1.0, alternatives=(other,))
    matches = make_matches(["aleppo"])
    refused = enforce(hypothesis, matches, accept=lambda _: False)
    assert refused.target == hypothesis.text
    assert refused.hypothesis is hypothesis
    assert enforce(hypothesis, matches, accept=lambda one: one is other).hypothesis is other


@pytest.mark.parametrize(("drop", "taken"), [(0.0, True), (0.01, False)])
def test_how_unlikely_an_alternative_may_be(drop: float, taken: bool) -> None:
    other = Hypothesis("The army entered Aleppo.", -MAXIMUM_DROP - drop)
    hypothesis = Hypothesis("The army came in.", 0.0, alternatives=(other,))
    enforced = enforce(hypothesis, make_matches(["aleppo"]))
    assert (enforced.target == other.text) is taken


def test_no_figure_is_lost_for_a_name() -> None:
    heading = Hypothesis("Click 7", -1.0, (), (Span(0, 4),))
    assert enforce(heading, make_matches(["aleppo"])).target == "Click 7"
    assert enforce(replace(heading, text="Click"), make_matches(["aleppo"])).target == "Aleppo"


def test_only_the_first_step_of_an_alternative_changes_the_text() -> None:
    case = {"raw": "It came.", "alternatives": ["It left Idlib for Aleppo."]}
    steps = enforce(make_hypothesis(case), make_matches(["aleppo", "idlib"])).steps
    assert [(step.method, step.before, step.after) for step in steps] == [
        ("n-best", "It came.", "It left Idlib for Aleppo."),
        ("n-best", "", ""),
    ]
    assert [step.target and step.target.slice(steps[0].after) for step in steps] == [
        "Aleppo", "Idlib",
    ]  # fmt: skip


def test_a_rewritten_name_is_marked_where_it_was_put() -> None:
    matches = make_matches(["kallaseh", "kallaseh"])
    enforced = enforce(Hypothesis("From Kalasah to Kallaseh."), matches)
    (rewritten,) = [step for step in enforced.steps if step.method == "rewritten"]
    assert rewritten.span == Span(5, 12)
    assert rewritten.target == Span(5, 16)


@pytest.mark.parametrize(
    ("text", "ids", "places"),
    [
        ("Aleppo", ["aleppo"], {0: (0, 6)}),
        ("Aleppo and Aleppo", ["aleppo", "aleppo"], {0: (0, 6), 1: (11, 17)}),
        ("Aleppo", ["aleppo", "aleppo"], {0: (0, 6)}),
        ("the citadel of Aleppo", ["citadel"], {0: (4, 21)}),
        ("the citadel of Aleppo", ["citadel", "aleppo"], {0: (4, 11), 1: (15, 21)}),
        ("government forces, regime forces", ["regime", "government"], {0: (19, 32), 1: (0, 17)}),
        ("pro-Assad forces in Aleppo-based", ["assad", "aleppo"], {0: (4, 9), 1: (20, 26)}),
        ("Aleppan", ["aleppo"], {}),
        ("", ["aleppo"], {}),
    ],
)
def test_places(text: str, ids: list[str], places: dict[int, tuple[int, int]]) -> None:
    assert place_terms(text, make_matches(ids)) == places


@pytest.mark.parametrize(
    ("before", "begins"),
    [
        ("", True), ("It fell. ", True), ("It fell.\" ", True), ("Who? (", True), ("\"", True),
        ("He said: \"", True), ("It fell... ", True), ("Title\n", False), ("He said: ", False),
        ("It fell, ", False), ("the U.S. ", False), ("Gen. ", False), ("at 5.3 ", False),
        ("the \"", False),
    ],
)  # fmt: skip
def test_where_sentences_begin(before: str, begins: bool) -> None:
    assert begins_sentence(before + "Word", len(before)) is begins


FORMS = sorted(
    {form for term in TERMS.values() for form in (term.preferred, *term.admitted, *term.forbidden)}
)
WORDS = (
    "The the said of in al and After Syrian district River river Front forces Kalasah Sukary "
    "Alepo Dadah Karm Bustan Bab Peskow Dimitri 52 12 's . , \" : scene"
)
ENGLISH = st.lists(st.sampled_from(FORMS) | st.sampled_from(WORDS.split()), max_size=12).map(
    " ".join
)
MENTIONS = st.lists(st.sampled_from(sorted(TERMS)), max_size=5)


@st.composite
def hypotheses(draw: st.DrawFn) -> Hypothesis:
    """Names and words in any order, tokens made from any mention, and two alternatives."""
    text = draw(ENGLISH)
    spans = tuple(Span(*hit.span()) for hit in re.finditer(r"\S+", text))
    sources = tuple(match.span for match in make_matches(["aleppo"] * 5))
    row = st.lists(st.floats(0, 1), min_size=5, max_size=5).map(tuple)
    rows = draw(st.none() | st.tuples(*[row for _ in spans]))
    others = draw(st.lists(ENGLISH, max_size=2))
    alternatives = tuple(Hypothesis(other, -1.0) for other in others)
    return Hypothesis(text, -1.0, spans, sources, rows, alternatives=alternatives)


@settings(max_examples=50, deadline=None)
@given(hypotheses(), MENTIONS)
def test_steps_replay_and_enforcing_twice_changes_nothing(
    hypothesis: Hypothesis, ids: list[str]
) -> None:
    matches = make_matches(ids)
    enforced = enforce(hypothesis, matches)
    check(hypothesis, matches, enforced)
    check_again(enforced, matches)


@settings(max_examples=50, deadline=None)
@given(ENGLISH, MENTIONS)
def test_every_place_is_a_place_of_its_own(text: str, ids: list[str]) -> None:
    matches = make_matches(ids)
    places = place_terms(text, matches)
    ordered = sorted(places.values())
    assert all(one.end <= two.start for one, two in pairwise(ordered))
    fewer = place_terms(text, matches[:-1])
    assert len(fewer) <= len(places) <= len(fewer) + 1
