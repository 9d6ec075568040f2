"""The rungs that ask the model, with an oracle that answers from a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.core import Annotation, Hypothesis, Match, Span, Term, TokenScores, replay
from bitrans.enforce import Enforced, Problem, enforce_all, place_terms
from bitrans.enforce.ladder import LOST, MAXIMUM_ASKED, MAXIMUM_MISSING
from bitrans.enforce.weighing import NAME_FLOOR, REST_FALL

PALMYRA = Term("place-palmyra", "place", ("تدمر",), "Palmyra", (), ("Tadmur",))
ALEPPO = Term("place-aleppo", "place", ("حلب",), "Aleppo")
PESKOV = Term("person-peskov", "person", ("بيسكوف",), "Dmitry Peskov", ("Peskov",))
ALSO = Term("other-that", "other", ("إن",), "That")
SOURCE = "قال بيسكوف إن تدمر سقطت"
WORDS = tuple(Span(*hit.span()) for hit in re.finditer(r"\S+", SOURCE))


def mention(term: Term) -> Match:
    start = SOURCE.index(term.arabic[0])
    return Match(term, Span(start, start + len(term.arabic[0])), term.arabic[0], term.arabic[0])


def align(text: str, pointing: Mapping[str, str] | None = None, score: float = -0.5) -> Hypothesis:
    """Words that attend to the Arabic words that ``pointing`` gives, else to the first one."""
    places = tuple(Span(*hit.span()) for hit in re.finditer(r"[\w'-]+|[^\w\s]", text))
    rows = []
    for place in places:
        wanted = (pointing or {}).get(place.slice(text), "قال")
        rows.append(tuple(float(word.slice(SOURCE) == wanted) for word in WORDS))
    return Hypothesis(text, score, places, WORDS, tuple(rows))


@dataclass
class Table:
    """An oracle that answers from tables; words not listed are as likely as ``usual``."""

    completions: Mapping[str, Hypothesis] = field(default_factory=dict)
    annotated: Hypothesis | None = None
    unlikely: Mapping[str, float] = field(default_factory=dict)
    usual: float = -0.5
    asked: list[str] = field(default_factory=list)
    wanted: list[tuple[Annotation, ...]] = field(default_factory=list)
    rounds: int = 0
    scored: int = 0

    def score(self, numbers: Sequence[int], texts: Sequence[str]) -> list[TokenScores | None]:
        self.rounds += 1
        self.scored += len(texts)
        return [self._score(text) for text in texts]

    def complete(
        self, numbers: Sequence[int], beginnings: Sequence[str], tokens: int
    ) -> list[Hypothesis | None]:
        self.rounds += 1
        self.asked += beginnings
        return [self.completions.get(one) for one in beginnings]

    def annotate(
        self,
        numbers: Sequence[int],
        annotations: Sequence[Sequence[Annotation]],
        tokens: int,
        alternatives: int,
    ) -> list[Hypothesis | None]:
        self.rounds += 1
        self.wanted += map(tuple, annotations)
        return [self.annotated] * len(numbers)

    def _score(self, text: str) -> TokenScores:
        spans = tuple(Span(*hit.span()) for hit in re.finditer(r"[\w'-]+|[^\w\s]", text))
        scores = [self.unlikely.get(span.slice(text), self.usual) for span in spans]
        return TokenScores(spans, (*scores, self.usual))


def climb(hypothesis: Hypothesis, terms: Sequence[Term], oracle: Table) -> Enforced:
    matches = [mention(term) for term in terms]
    (found,) = enforce_all([Problem(hypothesis, matches)], oracle)
    assert replay(hypothesis.text, found.steps) == found.target
    return found


def methods(found: Enforced) -> list[str]:
    return [step.method for step in found.steps]


def test_the_wanted_english_is_asked_for_where_a_name_is_missing() -> None:
    oracle = Table(annotated=align("He said Palmyra fell."))
    found = climb(align("He said it fell."), [PALMYRA], oracle)
    assert found.target == "He said Palmyra fell."
    assert methods(found) == ["annotated"]
    (step,) = found.steps
    assert (step.before, step.after) == ("He said it fell.", found.target)
    assert step.target == Span(8, 15)
    assert oracle.wanted == [(Annotation(mention(PALMYRA).span, "Palmyra"),)]


def test_a_right_form_that_is_not_the_preferred_one_is_asked_for_again() -> None:
    oracle = Table(annotated=align("Peskov said Palmyra fell."))
    found = climb(align("Peskov said it fell."), [PESKOV, PALMYRA], oracle)
    assert [note.english for note in oracle.wanted[0]] == ["Peskov", "Palmyra"]
    assert sorted(methods(found)) == ["already-right", "annotated"]


def test_a_segment_is_decoded_again_only_where_exchanged_words_do_not_name_all() -> None:
    again, pointing = align("Peskov said Palmyra fell."), {"Suruc": "تدمر"}
    oracle = Table(annotated=again)
    found = climb(align("Peskov told Suruc.", pointing), [PALMYRA, PESKOV], oracle)
    assert (found.target, oracle.wanted) == ("Peskov told Palmyra.", [])
    found = climb(align("He told Suruc.", pointing), [PALMYRA, PESKOV], oracle)
    assert found.target == again.text
    oracle = Table(annotated=again, unlikely={"Palmyra": -20.0})
    found = climb(align("Peskov told Suruc.", pointing), [PALMYRA, PESKOV], oracle)
    assert found.target == again.text


def test_nothing_is_asked_where_all_names_are_right() -> None:
    oracle = Table()
    climb(align("Peskov said Palmyra fell."), [PESKOV, PALMYRA], oracle)
    assert oracle.rounds == 0


def test_an_annotated_rendering_that_loses_a_name_is_refused() -> None:
    oracle = Table(annotated=align("He said Palmyra fell."))
    found = climb(align("Peskov said it fell."), [PESKOV, PALMYRA], oracle)
    assert found.target == "Peskov said it fell."
    assert sorted(methods(found)) == ["already-right", "not-enforced"]


def test_an_annotated_rendering_that_is_much_less_likely_is_refused() -> None:
    for score, taken in ((-0.8, True), (-0.9, False)):
        oracle = Table(annotated=align("He said Palmyra fell.", score=score))
        found = climb(align("He said it fell."), [PALMYRA], oracle)
        assert (methods(found) == ["annotated"]) is taken


def test_a_rendering_with_a_new_doubt_is_refused() -> None:
    oracle = Table(annotated=align("He said Palmyra fell."))
    hypothesis = align("He said it fell.")
    problem = Problem(hypothesis, [mention(PALMYRA)], lambda other: False)
    (found,) = enforce_all([problem], oracle)
    assert found.target == hypothesis.text


def test_rewriting_goes_on_in_an_annotated_rendering() -> None:
    oracle = Table(annotated=align("Dmitri Peskov said Palmyra fell."))
    found = climb(align("He said it fell."), [PESKOV, PALMYRA], oracle)
    assert found.target == "Dmitri Peskov said Palmyra fell."
    assert methods(found) == ["annotated", "annotated"]
    oracle = Table(annotated=align("Biskov said Palmyra fell.", {"Biskov": "بيسكوف"}))
    found = climb(align("He said it fell."), [PESKOV, PALMYRA], oracle)
    assert found.target == "Peskov said Palmyra fell."
    assert methods(found) == ["annotated", "rewritten"]


def test_decoding_goes_on_from_the_name_where_the_attention_has_its_place() -> None:
    begun, went_on = "He said Palmyra", "He said Palmyra was lost."
    oracle = Table({begun: align(went_on)})
    found = climb(align("He said it fell.", {"it": "تدمر"}), [PALMYRA], oracle)
    assert oracle.asked == [begun]
    assert found.target == went_on
    (step,) = found.steps
    assert (step.method, step.before, step.after) == ("forced", "it fell.", "Palmyra was lost.")
    assert step.target == Span(8, 15)
    assert found.hypothesis.text == went_on


def test_only_what_differs_is_in_the_step() -> None:
    oracle = Table({"He said Palmyra": align("He said Palmyra fell.")})
    (step,) = climb(align("He said it fell.", {"it": "تدمر"}), [PALMYRA], oracle).steps
    assert (step.before, step.after) == ("it ", "Palmyra ")


def test_the_last_missing_name_is_gone_on_from_first() -> None:
    pointing = {"someone": "بيسكوف", "it": "تدمر"}
    begun, went_on = "someone said Palmyra", "someone said Palmyra fell."
    oracle = Table({begun: align(went_on, {"someone": "بيسكوف"})})
    found = climb(align("someone said it fell.", pointing), [PESKOV, PALMYRA], oracle)
    assert oracle.asked == [begun, "Peskov"]
    assert found.target == went_on


def test_what_lacks_many_names_is_not_gone_on_from() -> None:
    for count, asked in ((MAXIMUM_MISSING, True), (MAXIMUM_MISSING + 1, False)):
        oracle = Table()
        climb(align("He said it fell.", {"it": "تدمر"}), [PALMYRA] * count, oracle)
        assert (oracle.asked != []) is asked


def test_small_words_are_no_place_and_a_comma_stays() -> None:
    oracle = Table()
    climb(align("He said of it, all fell.", {"of": "تدمر", "it": "تدمر"}), [PALMYRA], oracle)
    assert oracle.asked == ["He said of Palmyra,"]
    oracle = Table()
    climb(align("He said of the fall.", {"of": "تدمر", "the": "تدمر"}), [PALMYRA], oracle)
    assert oracle.asked == []


def test_a_possessive_ending_is_kept_apart_from_the_word() -> None:
    oracle = Table()
    climb(align("He said it's over.", {"it's": "تدمر"}), [PALMYRA], oracle)
    assert oracle.asked == ["He said Palmyra"]


def test_what_goes_on_otherwise_runs_on_or_says_the_name_again_is_refused() -> None:
    begun = "He said Palmyra"
    for other in (
        align("He said that it fell."),
        align("He said Palmyran fell."),
        align("He said Palmyra fell" + " and fell" * 20),
        align("He said Palmyra, Suruc fell.", {"Suruc": "تدمر"}),
        Hypothesis("He said Palmyra fell.", -0.5, truncated=True),
    ):
        oracle = Table({begun: other})
        found = climb(align("He said it fell.", {"it": "تدمر"}), [PALMYRA], oracle)
        assert oracle.asked == [begun]
        assert methods(found) == ["not-enforced"], other.text


def test_what_goes_on_without_a_figure_or_another_name_is_refused() -> None:
    pointing = {"it": "تدمر"}
    oracle = Table({"He said Palmyra": align("He said Palmyra fell.")})
    found = climb(align("He said it fell at 5.", pointing), [PALMYRA], oracle)
    assert methods(found) == ["not-enforced"]
    oracle = Table({"He said Palmyra": align("He said Palmyra fell.")})
    found = climb(align("He said it fell, Peskov noted.", pointing), [PALMYRA, PESKOV], oracle)
    assert sorted(methods(found)) == ["already-right", "not-enforced"]


def test_a_name_that_the_model_does_not_bear_is_not_gone_on_from() -> None:
    for likely, taken in ((NAME_FLOOR, True), (NAME_FLOOR - 0.1, False)):
        oracle = Table({"He said Palmyra": align("He said Palmyra fell.")})
        oracle.unlikely = {"Palmyra": likely}
        found = climb(align("He said it fell.", {"it": "تدمر"}), [PALMYRA], oracle)
        assert (methods(found) == ["forced"]) is taken


def test_a_model_that_has_lost_its_way_goes_on_from_no_name() -> None:
    for score, asked in ((LOST, True), (LOST - 0.1, False)):
        oracle = Table({"He said Palmyra": align("He said Palmyra fell.")})
        climb(align("He said it fell.", {"it": "تدمر"}, score), [PALMYRA], oracle)
        assert (oracle.asked != []) is asked


def test_what_was_gone_on_from_has_the_likelihood_of_its_whole_wording() -> None:
    oracle = Table({"He said Palmyra": align("He said Palmyra fell.", score=-0.1)}, usual=-0.7)
    found = climb(align("He said it fell.", {"it": "تدمر"}), [PALMYRA], oracle)
    assert found.hypothesis.log_probability == pytest.approx(-0.7)


def test_a_replacement_that_the_model_does_not_bear_is_not_made() -> None:
    hypothesis = align("He said Suruc fell.", {"Suruc": "تدمر"})
    for likely, taken in ((NAME_FLOOR, True), (NAME_FLOOR - 0.1, False)):
        found = climb(hypothesis, [PALMYRA], Table(unlikely={"Palmyra": likely}))
        assert (methods(found) == ["replaced"]) is taken


def test_the_words_around_a_name_must_not_become_unlikely() -> None:
    hypothesis = align("He said Suruc fell.", {"Suruc": "تدمر"}, score=-0.5)
    for fall, taken in ((REST_FALL - 0.01, True), (REST_FALL + 0.01, False)):
        oracle = Table(unlikely={"Palmyra": -1.0}, usual=-0.5 - fall)
        assert (methods(climb(hypothesis, [PALMYRA], oracle)) == ["replaced"]) is taken


def test_an_edit_that_is_not_borne_leaves_the_others() -> None:
    hypothesis = align("He said Fakir was in Suruc today.", {"Fakir": "بيسكوف", "Suruc": "تدمر"})
    oracle = Table(unlikely={"Palmyra": -20.0})
    found = climb(hypothesis, [PESKOV, PALMYRA], oracle)
    assert found.target == "He said Peskov was in Suruc today."
    assert sorted(methods(found)) == ["not-enforced", "replaced"]


def test_of_a_name_in_another_form_the_model_is_not_asked() -> None:
    hypothesis = align(
        "He said Biskof was in Tadmur today.", {"Biskof": "بيسكوف", "Tadmur": "تدمر"}
    )
    oracle = Table(unlikely={"Palmyra": -20.0, "Peskov": -20.0}, usual=-9.0)
    found = climb(hypothesis, [PESKOV, PALMYRA], oracle)
    assert found.target == "He said Peskov was in Palmyra today."
    assert methods(found) == ["rewritten", "rewritten"]
    assert oracle.rounds == 0


def test_what_bears_no_name_is_asked_once_and_gone_on_from_none() -> None:
    pointing = {"Suruc": "تدمر", "Fakir": "بيسكوف"}
    oracle = Table(usual=-9.0)
    found = climb(align("Fakir and he said Suruc fell.", pointing), [PALMYRA, PESKOV, ALSO], oracle)
    assert methods(found) == ["not-enforced"] * 3
    assert (oracle.scored, oracle.asked) == (1, [])
    oracle = Table(unlikely={"Palmyra": -20.0})
    climb(align("Fakir and it said Suruc fell.", pointing), [PALMYRA, PESKOV, ALSO], oracle)
    assert oracle.scored == MAXIMUM_ASKED


def test_questions_of_many_segments_are_asked_together() -> None:
    hypothesis = align("He said Suruc fell.", {"Suruc": "تدمر"})
    alone, together = Table(), Table()
    climb(hypothesis, [PALMYRA], alone)
    problems = [Problem(hypothesis, [mention(PALMYRA)]) for _ in range(5)]
    found = enforce_all([*problems, Problem(Hypothesis("x"), [])], together)
    assert together.rounds == alone.rounds
    assert [one.target for one in found] == ["He said Palmyra fell."] * 5 + ["x"]


def test_an_oracle_that_cannot_say_refuses_nothing_and_decodes_nothing() -> None:
    class Mute(Table):
        def score(self, numbers: Sequence[int], texts: Sequence[str]) -> list[TokenScores | None]:
            return [None] * len(texts)

    hypothesis = align("It said Suruc fell.", {"Suruc": "تدمر", "It": "بيسكوف"})
    found = climb(hypothesis, [PALMYRA, PESKOV], Mute())
    assert sorted(methods(found)) == ["not-enforced", "replaced"]


NAMES = ("Palmyra", "Aleppo", "Peskov", "Tadmur", "Suruc", "Beks", "it", "fell", "5", ",", "the")
ENGLISH = st.lists(st.sampled_from(NAMES), min_size=1, max_size=8).map(" ".join)


@st.composite
def renderings(draw: st.DrawFn) -> Hypothesis:
    text = draw(ENGLISH)
    arabic = st.sampled_from([word.slice(SOURCE) for word in WORDS])
    return align(text, {name: draw(arabic) for name in NAMES}, draw(st.floats(-2, 0)))


@settings(max_examples=100, deadline=None)
@given(renderings(), renderings(), st.lists(renderings(), max_size=3), st.data())
def test_whatever_the_model_says_steps_replay_and_no_name_is_lost(
    hypothesis: Hypothesis, annotated: Hypothesis, others: list[Hypothesis], data: st.DataObject
) -> None:
    class Random(Table):
        def complete(
            self, numbers: Sequence[int], beginnings: Sequence[str], tokens: int
        ) -> list[Hypothesis | None]:
            return [self._go_on(one) for one in beginnings]

        def _go_on(self, beginning: str) -> Hypothesis | None:
            if not others:
                return None
            rest = data.draw(st.sampled_from(others))
            pointing = {name: "تدمر" for name in ("it", "Suruc")}
            return align(f"{beginning} {rest.text}", pointing)

    matches = [mention(PALMYRA), mention(PESKOV), mention(PALMYRA)]
    oracle = Random(annotated=annotated)
    (found,) = enforce_all([Problem(hypothesis, matches)], oracle)
    assert replay(hypothesis.text, found.steps) == found.target
    assert {id(step.match) for step in found.steps} == set(map(id, matches))
    named = place_terms(found.target, matches)
    assert len(named) >= len(place_terms(hypothesis.text, matches))
    placed = [step.target for step in found.steps if step.target]
    assert len(placed) == len(named)
    for step in found.steps:
        assert (step.target is None) is (step.method == "not-enforced")
        if step.target:
            term = step.match.term
            shown = step.target.slice(found.target).lower()
            assert shown in {form.lower() for form in (term.preferred, *term.admitted)}
