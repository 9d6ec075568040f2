"""Names put where the attention shows that the Arabic name came out."""

from __future__ import annotations

from bitrans.core import Hypothesis, Match, Span, Step, Term, replay
from bitrans.enforce import enforce

PESKOV = Term("person-peskov", "person", ("بيسكوف",), "Dmitry Peskov", ("Peskov",))
PALMYRA = Term("place-palmyra", "place", ("تدمر",), "Palmyra")
SYRIA = Term("place-syria", "place", ("سوريا",), "Syria")
SOURCE = "قال بيسكوف إن تدمر سقطت"


def mention(term: Term, source: str = SOURCE) -> Match:
    start = source.index(term.arabic[0])
    return Match(term, Span(start, start + len(term.arabic[0])), term.arabic[0], term.arabic[0])


def align(text: str, pointing: dict[str, str], source: str = SOURCE) -> Hypothesis:
    """A hypothesis whose words attend to the Arabic words that ``pointing`` gives, else to قال."""
    sources = _split(source)
    rows = []
    for word in (text[span.start : span.end] for span in _split(text)):
        wanted = pointing.get(word.strip('.,"'), source.split()[0])
        rows.append(tuple(float(s.slice(source) == wanted) for s in sources))
    return Hypothesis(text, -0.5, tuple(_split(text)), tuple(sources), tuple(rows))


def _split(text: str) -> list[Span]:
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append(Span(start, at))
    return spans


def only_step(text: str, pointing: dict[str, str], term: Term, source: str = SOURCE) -> Step:
    found = enforce(align(text, pointing, source), [mention(term, source)])
    assert replay(text, found.steps) == found.target
    (step,) = found.steps
    return step


def test_the_words_that_came_from_the_name_are_replaced() -> None:
    text = "He said in Suruc the fight was over."
    step = only_step(text, {"Suruc": "تدمر"}, PALMYRA)
    assert (step.method, step.before, step.after) == ("replaced", "Suruc", "Palmyra")
    assert "stands where the Arabic has the name" in step.why
    assert step.target == Span(11, 18)


def test_a_surname_alone_stays_alone_and_a_full_name_is_full() -> None:
    step = only_step("He met Beks today.", {"Beks": "بيسكوف"}, PESKOV)
    assert step.after == "Peskov"
    full = Term("person-peskov", "person", ("ديمتري بيسكوف",), "Dmitry Peskov", ("Peskov",))
    hypothesis = align("He met Beks today.", {"Beks": "بيسكوف"}, "قال ديمتري بيسكوف")
    found = enforce(hypothesis, [mention(full, "قال ديمتري بيسكوف")])
    assert found.target == "He met Dmitry Peskov today."


def test_nothing_is_replaced_without_an_alignment() -> None:
    hypothesis = Hypothesis("He said in Suruc the fight was over.")
    (step,) = enforce(hypothesis, [mention(PALMYRA)]).steps
    assert step.method == "not-enforced"


def test_words_that_came_from_elsewhere_stay() -> None:
    step = only_step("He said in Suruc the fight was over.", {}, PALMYRA)
    assert step.method == "not-enforced"


def test_two_places_to_choose_from_are_no_place() -> None:
    pointing = {"Suruc": "تدمر", "Tadif": "تدمر"}
    step = only_step("He said Suruc and then Tadif fell.", pointing, PALMYRA)
    assert step.method == "not-enforced"


def test_part_of_a_longer_name_stays() -> None:
    step = only_step("He saw Suruc Hadad fall.", {"Suruc": "تدمر"}, PALMYRA)
    assert step.method == "not-enforced"


def test_part_of_a_longer_name_with_an_article_stays() -> None:
    step = only_step("He saw Bab al-Awah fall.", {"Bab": "تدمر"}, PALMYRA)
    assert step.method == "not-enforced"


def test_ordinary_words_and_nationalities_stay() -> None:
    for word in ("Tuesday", "Syrian", "destruction", "Meanwhile", "Al"):
        step = only_step(f"He said {word} was over.", {word: "تدمر"}, PALMYRA)
        assert step.method == "not-enforced", word


def test_a_name_that_is_right_is_not_given_up_for_another() -> None:
    text = "He said in Syria the fight was over."
    source = "قال إن سوريا و تدمر سقطت"
    hypothesis = align(text, {"Syria": "تدمر"}, source)
    found = enforce(hypothesis, [mention(SYRIA, source), mention(PALMYRA, source)])
    assert found.target == text
    assert {step.method for step in found.steps} == {"already-right", "not-enforced"}


def test_a_line_that_is_only_the_name_becomes_the_name() -> None:
    hypothesis = Hypothesis("Clicking the destruction", -2.0, (), (Span(0, 0), Span(0, 4)))
    found = enforce(hypothesis, [mention(PALMYRA, "تدمر")])
    assert found.target == "Palmyra"
    assert [step.why for step in found.steps] == ["the line is only this name"]


def test_enforcing_again_changes_nothing() -> None:
    text = "He said Beks was in Suruc today."
    matches = [mention(PESKOV), mention(PALMYRA)]
    first = enforce(align(text, {"Beks": "بيسكوف", "Suruc": "تدمر"}), matches)
    assert first.target == "He said Peskov was in Palmyra today."
    again = enforce(Hypothesis(first.target), matches)
    assert again.target == first.target
    assert {step.method for step in again.steps} == {"already-right"}
