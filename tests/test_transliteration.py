"""The trainer of the spelling table: which pairs it takes, what it holds out, what it makes."""

from __future__ import annotations

import gzip
import math
import sys
from pathlib import Path

import pytest

from bitrans.spelling import table as tables
from bitrans.spelling.decoding import decode_word
from bitrans.spelling.table import read_table
from training import transliteration
from training.namepairs import Name, pair_name, read_names, split_names
from training.spelt import Case, fold_near, measure_speller, plain_latin
from training.transliteration import align_word, train_table
from training.unitgrams import count_model

START, END = chr(tables.START), chr(tables.END)
SYLLABLES = {"با": "ba", "تا": "ta", "سا": "sa", "ني": "ni", "لو": "lo", "شا": "sha", "مي": "mi"}


def make_names() -> list[Name]:
    """Made-up names of two and three syllables, each spelt in one way."""
    pairs = [(a + b, SYLLABLES[a] + SYLLABLES[b]) for a in SYLLABLES for b in SYLLABLES]
    longer = [(a + c, b + SYLLABLES[c]) for a, b in pairs for c in SYLLABLES]
    return [Name("place", (a,), (b,), "made up") for a, b in [*pairs, *longer]]


@pytest.mark.parametrize(
    ("arabic", "english", "ours", "theirs"),
    [
        ("كرم الدادا", "Karam ad-Dada", ("كرم", "دادا"), ("karam", "dada")),
        ("عبد الرحمن", "Abd ar Rahman", ("عبدالرحمن",), ("abdulrahman",)),
        ("عبد الكريم", "Abdelkarim", ("عبدالكريم",), ("abdulkarim",)),
        ("الباز", "Elbaz", ("باز",), ("baz",)),
        ("عين عرب", "`Ayn 'Arab", ("عين", "عرب"), ("ayn", "arab")),
        ("رانتن", "Rättín", ("رانتن",), ("rattin",)),
    ],
)
def test_names_fall_into_words(
    arabic: str, english: str, ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    assert pair_name(arabic, english) == (ours, theirs)


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("جمهورية مالي", "Republic of Mali"), ("دجاجة", "Hen"), ("حلب", "Aleppo"),
        ("دمشق", "Dimashq (city)"), ("Damas", "دمشق"), ("حلب", ""), ("", "Halab"), ("حلب", "حلب"),
        ("الحدث", "al"), ("قطنا", "Q1"),
    ],
)  # fmt: skip
def test_what_is_no_spelling_is_passed_over(arabic: str, english: str) -> None:
    assert pair_name(arabic, english) is None


def test_only_names_of_people_places_and_bodies_are_read(tmp_path: Path) -> None:
    rows = "حلب\tHalab\tplace\nدولار\tDollar\tother\n"
    for name in ("a", "lexicon_b"):
        with gzip.open(tmp_path / f"{name}.tsv.gz", "wt", encoding="utf-8") as file:
            file.write(rows)
    assert list(read_names(tmp_path)) == [Name("place", ("حلب",), ("halab",), "a")]


def test_no_name_is_in_two_parts_and_no_held_out_word_in_training() -> None:
    names = [
        *make_names(),
        *(Name("place", (n.arabic[0], "حلب"), n.latin, "") for n in make_names()),
    ]
    termbase = [Name("place", ("باتا",), ("bata",), "")]
    split = split_names(names, termbase)
    assert split.held_out
    assert split.unseen
    kept = {name.arabic for name in split.kept}
    assert ("باتا",) not in kept
    assert not kept & {name.arabic for name in (*split.held_out, *split.unseen)}
    words = {word for name in split.kept for word in name.arabic}
    assert all(set(name.arabic) - words for name in split.unseen)
    assert split_names(names, termbase) == split


def test_letters_are_aligned_with_what_spells_them() -> None:
    score, units = align_word("شمس", "shams", None)
    assert units == [("ش", "sha"), ("م", "m"), ("س", "s")]
    assert score < 0
    assert align_word("ب", "bababa", None) == (-math.inf, [])


def test_training_learns_how_names_are_spelt_and_gives_the_same_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = make_names()
    monkeypatch.setattr(transliteration, "SAMPLE", 1)
    table = train_table([name for name in names if name.arabic != ("شانيلو",)])
    assert decode_word("شانيلو", table)[0][0] == "shanilo"
    assert train_table(names).likelihoods == train_table(names).likelihoods


def test_likelihoods_after_each_history_add_up() -> None:
    rows = [(f"{START}{word}{END}", 3) for word in ("ab", "abc", "bca", "cab", "aab")]
    likelihoods, backoffs, order = count_model(rows, order=3, worth=0.0)
    assert order == 3
    after_start = [
        value for gram, value in likelihoods.items() if gram in (START + "a", START + "b")
    ]
    assert after_start[0] > math.log(0.1)
    seen = [math.exp(v) for gram, v in likelihoods.items() if len(gram) == 2 and gram[0] == "a"]
    assert sum(seen) <= 1.0 + 1e-9
    assert set(backoffs) <= {gram[:-1] for gram in likelihoods}


def test_measures_count_what_they_say() -> None:
    cases = [
        Case("place", ("حلب",), frozenset(["halab", "haleb"])),
        Case("place", ("حمص",), frozenset(["homs"])),
    ]
    answers = {"حلب": ["al-Haleb"], "حمص": ["hims", "humms"]}
    found = measure_speller(cases, lambda words, most: answers[words[0]][:most])
    assert found.names == 2
    assert (found.exact, found.near, found.exact_in_five, found.near_in_five) == (
        0.5,
        0.5,
        0.5,
        1.0,
    )
    assert found.wrong == pytest.approx(0.125)
    assert fold_near("hussein") == fold_near("husayn") != fold_near("hasan")
    assert plain_latin("Karam al-Dada") == "karam dada"


def test_the_command_writes_the_table_and_prints_the_measures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    with gzip.open(folder / "made.tsv.gz", "wt", encoding="utf-8") as file:
        file.writelines(f"{n.arabic[0]}\t{n.latin[0]}\tplace\n" for n in make_names())
    glossary = Path(__file__).parent / "cases" / "matching_terms.tsv"
    out = tmp_path / "table.gz"
    monkeypatch.setattr(
        sys, "argv", ["transliteration", str(folder), str(out), "--glossary", str(glossary)]
    )
    transliteration.main()
    assert read_table(out.read_bytes()).units
    assert "| names held out | by |" in capsys.readouterr().out
