"""Training sentences changed at random stay true to what is known of them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.core import Span
from training.augment import Link, Name, Names, Part, Sentence, change_sentence, join_parts

ARABIC = "وقال مصدر إن الجيش دخل حلب ثم إدلب أمس"
ENGLISH = "A source said the army entered Aleppo and then Idlib yesterday"
LISTED = {"place": [("تادف", "Tadif"), ("قباسين", "Qabasin")]}
FORMS = {"place": ["Aleppo", "Idlib"]}
WORDS = (("الجيش", "army"), ("دخل", "entered"), ("أمس", "yesterday"), ("حلب", "Aleppo"))


def find(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


def build_sentence() -> Sentence:
    names = tuple(
        Name(find(ARABIC, arabic), find(ENGLISH, english), "place")
        for arabic, english in (("حلب", "Aleppo"), ("إدلب", "Idlib"))
    )
    links = tuple(Link(find(ARABIC, a), find(ENGLISH, e)) for a, e in WORDS)
    return Sentence(ARABIC, ENGLISH, names, links)


def change(seed: int) -> Sentence:
    return change_sentence(build_sentence(), Names(LISTED, FORMS), random.Random(seed))


@given(st.integers(0, 10_000))
def test_a_note_asks_for_what_the_english_has(seed: int) -> None:
    sentence = change(seed)
    for note in sentence.notes:
        assert note.english in sentence.english
    assert list(sentence.notes) == sorted(sentence.notes)


@given(st.integers(0, 10_000))
def test_names_and_links_move_with_what_is_put_in(seed: int) -> None:
    sentence = change(seed)
    for name in sentence.names:
        assert name.english.slice(sentence.english) in {"Aleppo", "Idlib", "Tadif", "Qabasin"}
    known = {english for _, english in WORDS} | {"Aleppo", "Idlib", "Tadif", "Qabasin"}
    for link in sentence.links:
        assert link.english.slice(sentence.english) in known


def test_some_notes_ask_for_another_name_than_the_arabic_has() -> None:
    usual = {"حلب": "Aleppo", "إدلب": "Idlib", "تادف": "Tadif", "قباسين": "Qabasin"}
    others = [
        note
        for seed in range(400)
        for sentence in [change(seed)]
        for note in sentence.notes
        if usual.get(note.span.slice(sentence.arabic), note.english) != note.english
    ]
    assert others


def test_a_name_is_swapped_on_both_sides() -> None:
    swapped = [s for seed in range(400) if "Tadif" in (s := change(seed)).english and not s.notes]
    assert swapped
    assert all("تادف" in sentence.arabic for sentence in swapped)


def test_without_names_only_noise_is_put_in() -> None:
    sentence = Sentence("نص بلا أسماء", "A text without names")
    changed = change_sentence(sentence, Names(LISTED, FORMS), random.Random(1))
    assert changed.english == sentence.english
    assert changed.notes == ()


@pytest.mark.parametrize("seed", range(5))
def test_a_line_of_names_says_in_notes_what_it_wants(seed: int) -> None:
    line = Names(LISTED, FORMS).draw_line(random.Random(seed))
    for note in line.notes:
        assert note.span.slice(line.arabic) in {"تادف", "قباسين"}
        assert note.english in line.english


def test_parts_are_joined_as_news_lists_names() -> None:
    parts = [Part("حلب", "Aleppo", True), Part("إدلب", "Idlib", False), Part("حماة", "Hama", True)]
    joined = join_parts(parts, random.Random(0))
    assert joined.english == "Aleppo, Idlib and Hama"
    assert joined.arabic.endswith(" وحماة")
    for part, (arabic, english) in zip(parts, joined.places, strict=True):
        assert (arabic.slice(joined.arabic), english.slice(joined.english)) == part[:2]


def test_some_places_become_lists_with_a_note_for_each_name() -> None:
    lists = [s for seed in range(400) if len((s := change(seed)).names) > 2]
    assert lists
    assert any(len(sentence.notes) > 2 for sentence in lists)
    for sentence in lists:
        assert "the army entered" in sentence.english
        for name in sentence.names:
            assert name.english.slice(sentence.english) in {"Aleppo", "Idlib", "Tadif", "Qabasin"}


def test_names_of_the_termbase_are_put_in_too() -> None:
    names = Names(LISTED, FORMS, {"place": [("القصير", "Qusayr")]})
    drawn = {names.draw_pair("place", random.Random(seed)) for seed in range(60)}
    assert drawn == {("القصير", "Qusayr"), *LISTED["place"]}
