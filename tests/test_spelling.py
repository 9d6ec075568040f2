"""Spelling unknown names: known ones, hostile input, the table's file, and telling names apart."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.spelling import is_shown, measure_skeleton, plain_words, propose_spellings, spell_name
from bitrans.spelling.decoding import decode_word
from bitrans.spelling.table import (
    BITS,
    END,
    FIRST,
    START,
    STEP,
    Table,
    build_table,
    load_table,
    read_table,
    write_table,
)

SPELT = json.loads((Path(__file__).parent / "cases" / "spelling.json").read_text(encoding="utf-8"))
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ ًٌٍَُِّْ"


B, BA = FIRST, FIRST + 1


def make_table() -> Table:
    """A table in which ب is b or ba, and ba is likelier at the beginning."""
    likelihoods = {
        (START,): -5.0, (END,): -1.0, (B,): -1.0, (BA,): -2.0, (START, BA): -0.5, (START, B): -2.5,
    }  # fmt: skip
    return build_table({"ب": ("b", "ba")}, likelihoods, {(START,): -1.0}, {"بب": "bob"}, 2)


@pytest.mark.parametrize(("arabic", "latin"), SPELT)
def test_spells_names(arabic: str, latin: str) -> None:
    assert spell_name(arabic) == latin


def test_the_termbases_own_spellings_come_first() -> None:
    assert spell_name("كرم الدادا", {"كرم": "Karm"}).startswith("Karm al-")


def test_several_spellings_are_proposed_each_once() -> None:
    found = propose_spellings("فهد الأرمنازي", 5)
    assert len(set(found)) == len(found) == 5
    assert all(" al-" in spelling for spelling in found)


@given(st.text(st.sampled_from(LETTERS), max_size=20))
def test_any_arabic_becomes_latin_letters(form: str) -> None:
    assert spell_name(form).replace(" ", "").replace("-", "").isascii()


@pytest.mark.parametrize(
    "text", ["", " ", "٣٤", "Smith", "(،)", "ـــ", "ًٌٍ", "👍", "\u202e\u200f", "漢字", "ال", "-"]
)
def test_what_is_no_name_has_no_spelling(text: str) -> None:
    assert spell_name(text) in ("", "Al")


def test_long_input_ends() -> None:
    text = "ز" * 5000 + " " + "حط " * 500
    assert 0 < len(spell_name(text)) < 500
    assert propose_spellings(text, 5)


def test_marks_are_followed() -> None:
    assert spell_name("مُنْبَج").lower().startswith("mu")
    assert spell_name("شَدَّاد") == "Shaddad"


def test_words_are_made_plain() -> None:
    assert plain_words("عَبْدُ الرَّحمٰن، أبو-مصطفى") == ["عبدالرحمن", "ابو", "مصطفي"]


def test_decoding_follows_the_table() -> None:
    found = decode_word("ببx", make_table())
    assert found[0][0] == "bab"
    assert sum(share for _, share in found) == pytest.approx(1)
    assert decode_word("س", make_table()) == []


def test_the_longest_known_history_says_how_likely_a_unit_is() -> None:
    table = make_table()
    assert table.score([START], B, 2) == pytest.approx([-2.5, -0.5], abs=STEP / 2)
    assert table.score([START, B], B, 2) == pytest.approx([-1.0, -2.0], abs=STEP / 2)
    backed_off, unseen = table.score([START], END, 1), table.score([B], FIRST + 2, 1)
    assert backed_off == pytest.approx([-2.0], abs=STEP)
    assert unseen == [-20.0]


def test_a_table_comes_back_from_its_bytes() -> None:
    table = make_table()
    data = write_table(table)
    again = read_table(data)
    assert again == table
    assert list(again.grams) == sorted(again.grams)
    assert write_table(again) == data


def test_an_empty_table_comes_back_and_spells_nothing() -> None:
    empty = read_table(write_table(build_table({}, {}, {}, {})))
    assert decode_word("حلب", empty) == []


@pytest.mark.parametrize("text", ["", "bitrans-spelling 9\n", "id\tkind"])
def test_another_file_is_no_table(text: str) -> None:
    with pytest.raises(ValueError, match="no table of spellings"):
        read_table(gzip.compress(text.encode()))


def test_the_shipped_table_is_whole_and_small() -> None:
    table = load_table()
    assert len(write_table(table)) < 1_000_000
    assert set("ابتثجحخدذرزسشصضطظعغفقكلمنهويةءئؤ") <= set(table.units)
    last = max(first + len(spellings) for first, spellings in table.units.values())
    assert {gram & (1 << BITS) - 1 for gram in table.grams} <= set(range(START, last))
    assert len(table.grams) == len(table.likelihoods) == len(table.backoffs)
    assert all(
        set(spelt) <= set(ascii_lowercase) for _, known in table.units.values() for spelt in known
    )


@pytest.mark.parametrize(
    ("word", "english", "shown"),
    [
        ("كوليدج", "President Calvin Coolidge said", True),
        ("كوليدج", "President Kalvin Culdging said", False),
        ("ناركيس", "Gen. Nankkis", False), ("ناركيس", "Gen. Narkis", True),
        ("الأرمنازي", "the Armenian", False), ("الأرمنازي", "al-Armanazi", True),
        ("عقاب", "the punishment", False), ("علي", "nobody", None), ("كفرنبل", "Kafr Nabl", True),
        ("السالم", "", False),
    ],
)  # fmt: skip
def test_tells_whether_a_name_is_shown(word: str, english: str, shown: bool | None) -> None:
    assert is_shown(word, english) is shown


@pytest.mark.parametrize(
    ("arabic", "latin", "alike"),
    [
        ("ريابكوف", "Ryabkov", True), ("الموصل", "Mosul", True), ("شوارزكوف", "Schwarzkopf", True),
        ("محمد", "Muhammad", True), ("الزبدية", "Zabadiyeh", True), ("حلب", "Palmyra", False),
        ("مصدر", "Moscow", False), ("دمشق", "Dimashq", True), ("خلخالي", "Khalkhali", True),
        ("فيليكس", "Felix", True),
    ],
)  # fmt: skip
def test_consonants_tell_names_apart(arabic: str, latin: str, alike: bool) -> None:
    assert (measure_skeleton(arabic, latin) >= 0.75) is alike
