"""Lists of names go to the model as one name and come back as the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bitrans.core import Annotation, Hypothesis, Match, Span, Term, TokenScores, replay
from bitrans.enforce import Enforced, Problem, enforce_all
from bitrans.enforce.listing import STAND_INS, find_lists
from bitrans.glossary.terms import load_glossary

TERMS = {
    arabic: Term(f"place-{english.lower()}", "place", (arabic,), english)
    for arabic, english in (
        ("الشعار", "Shaar"), ("المرجة", "Marjeh"), ("الكلاسة", "Kallaseh"), ("حمص", "Homs"),
        ("الجلوم", "Jalloum"), ("حلب", "Aleppo"),
    )
} | {"روسيا": Term("government-russia", "agency", ("روسيا",), "Russia")}  # fmt: skip
SOURCE = "استعادت أحياء الشعار والمرجة والكلاسة في حلب"


def mention_all(source: str) -> list[Match]:
    hits = sorted((hit.span(), term) for a, term in TERMS.items() for hit in re.finditer(a, source))
    return [Match(t, Span(*span), t.arabic[0], t.arabic[0]) for span, t in hits]


@dataclass
class Answers:
    """An oracle that answers requests for annotations in turn, and finds all English likely."""

    answers: list[str | Hypothesis]
    wanted: list[tuple[Annotation, ...]] = field(default_factory=list)

    def score(self, numbers: Sequence[int], texts: Sequence[str]) -> list[TokenScores]:
        return [
            TokenScores(spans, (-0.5,) * (len(spans) + 1))
            for text in texts
            for spans in [tuple(Span(*hit.span()) for hit in re.finditer(r"\S+", text))]
        ]

    def complete(
        self, numbers: Sequence[int], beginnings: Sequence[Sequence[str]], tokens: int
    ) -> list[list[None]]:
        return [[None] * len(some) for some in beginnings]

    def annotate(
        self,
        numbers: Sequence[int],
        annotations: Sequence[Sequence[Annotation]],
        tokens: int,
        alternatives: int,
    ) -> list[Hypothesis]:
        self.wanted += map(tuple, annotations)
        assert (alternatives > 1) is any(note.arabic for note in annotations[0])
        found = [self.answers.pop(0) for _ in numbers]
        return [Hypothesis(one, -0.5) if isinstance(one, str) else one for one in found]


def climb(source: str, plain: str, *answers: str | Hypothesis) -> tuple[Enforced, Answers]:
    oracle = Answers([*answers])
    problem = Problem(Hypothesis(plain, -0.5), mention_all(source), source=source)
    (found,) = enforce_all([problem], oracle)
    assert replay(plain, found.steps) == found.target
    return found, oracle


def test_the_list_takes_the_place_of_the_name_that_stood_in() -> None:
    found, oracle = climb(
        SOURCE, "It regained Sharsh, al-Mar in Aleppo.", "It regained Homs in Aleppo."
    )
    assert found.target == "It regained Shaar, Marjeh and Kallaseh in Aleppo."
    (asked,) = oracle.wanted
    whole = SOURCE[SOURCE.index("الشعار") : SOURCE.index(" في")]
    (note,) = asked
    assert (note.span.slice(SOURCE), note.english, note.arabic) == (whole, "Homs", "حمص")
    assert sorted(step.method for step in found.steps) == [*["already-right"], *["stand-in"] * 3]


@pytest.mark.parametrize("answer", ["It regained it in Aleppo.", "Homs fell, Homs in Aleppo."])
def test_a_stand_in_that_does_not_stand_once_is_asked_for_without_it(answer: str) -> None:
    found, oracle = climb(
        SOURCE, "It regained it in Aleppo.", answer, "It regained Shaar in Aleppo."
    )
    assert found.target == "It regained Shaar in Aleppo."
    assert [len(notes) for notes in oracle.wanted] == [1, 4]


def test_the_first_alternative_that_has_the_stand_in_once_is_taken() -> None:
    others = (Hypothesis("Homs, Homs in Aleppo.", -0.5), Hypothesis("Homs fell in Aleppo.", -0.6))
    answer = Hypothesis("It regained it in Aleppo.", -0.4, alternatives=others)
    found, oracle = climb(SOURCE, "It regained it in Aleppo.", answer)
    assert found.target == "Shaar, Marjeh and Kallaseh fell in Aleppo."
    assert len(oracle.wanted) == 1


def test_one_name_that_no_other_rung_brings_has_a_stand_in_too() -> None:
    source = "سقطت الكلاسة قرب حلب"
    found, oracle = climb(
        source, "It fell near Aleppo.", "It fell near Aleppo.", "Homs fell near Aleppo."
    )
    assert found.target == "Kallaseh fell near Aleppo."
    assert [[note.arabic for note in notes] for notes in oracle.wanted] == [["", ""], ["حمص"]]
    assert sorted(step.method for step in found.steps) == ["already-right", "stand-in"]


def test_a_stand_in_that_costs_another_name_is_refused() -> None:
    source = "سقطت الكلاسة قرب حلب"
    found, _ = climb(source, "It fell near Aleppo.", "It fell near Aleppo.", "Homs fell.")
    assert found.target == "It fell near Aleppo."
    assert sorted(step.method for step in found.steps) == ["already-right", "not-enforced"]


def test_two_lists_have_names_of_their_own() -> None:
    source = "الشعار والمرجة والكلاسة ثم الجلوم، والمرجة والشعار"
    found, oracle = climb(source, "It fell.", "Homs, then Daraa fell.")
    assert found.target == ("Shaar, Marjeh and Kallaseh, then Jalloum, Marjeh and Shaar fell.")
    assert [note.english for note in oracle.wanted[0]] == ["Homs", "Daraa"]


def test_a_name_of_the_sentence_does_not_stand_in_for_its_list() -> None:
    source = "من حمص إلى الشعار والمرجة والكلاسة"
    (listed,) = find_lists(source, mention_all(source), {})
    assert listed.english != "Homs"


@pytest.mark.parametrize(
    "source",
    [
        "الشعار والمرجة",
        "الشعار في المرجة في الكلاسة",
        "الشعار وحي المرجة والكلاسة",
        "الشعار وروسيا والكلاسة",
        "الشعار والمرجة ثم الكلاسة",
    ],
)
def test_what_is_no_list_of_three_alike(source: str) -> None:
    assert find_lists(source, mention_all(source), {}) == []


def test_a_list_that_the_english_has_stays_as_it_is() -> None:
    matches = mention_all(SOURCE)
    named = {index: Span(index, index + 1) for index in range(3)}
    assert find_lists(SOURCE, matches, named) == []
    assert len(find_lists(SOURCE, matches, {0: Span(0, 1)})) == 1


def test_each_stand_in_is_a_name_of_the_shipped_glossary() -> None:
    known = {
        (t.kind, t.preferred): t
        for t in load_glossary([Path(__file__).parent.parent / "glossary"]).terms
    }
    for kind, names in STAND_INS.items():
        for arabic, english in names:
            forms = [t for (k, _), t in known.items() if k == kind and arabic in t.arabic]
            assert any(english in (t.preferred, *t.admitted) for t in forms), (kind, english)
