"""Looking a termbase over: cases as data, counts in texts, and the shipped termbase itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bitrans.core import Term
from bitrans.glossary.lint import lint_glossary, lint_usage
from bitrans.glossary.lint.spellings import fold_name, pair_words
from bitrans.glossary.lint.usage import count_usage
from bitrans.glossary.matching import Matcher

FOLDER = Path(__file__).parent
COLUMNS = ("id", "kind", "arabic", "preferred", "admitted", "forbidden", "status", "flags")
CASES: list[dict[str, Any]] = json.loads(
    (FOLDER / "cases" / "glossary_lint.json").read_text(encoding="utf-8")
)


def write(folder: Path, rows: list[str]) -> Path:
    path = folder / "terms.tsv"
    lines = ["\t".join(COLUMNS), *(row.replace("|", "\t") for row in rows), ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=[case["note"] for case in CASES])
def test_finds_what_the_case_says(case: dict[str, Any], tmp_path: Path) -> None:
    _, findings = lint_glossary([write(tmp_path, case["rows"])])
    assert [[found.id, found.rule] for found in findings] == case["expect"]


def test_every_finding_names_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, ["place-a|place|دمشق|Damascus", "place-b|place|غوطة دمشق|Ghouta"])
    _, (found,) = lint_glossary([path])
    assert str(found) == (
        f"{path.as_posix()}:3: warning: 'دمشق' inside is 'Damascus' (place-a "
        f"({path.as_posix()}:2)), not so in 'Ghouta' [inside]"
    )


def test_the_loaders_faults_are_errors_and_do_not_hide_the_rest(tmp_path: Path) -> None:
    rows = ["place-a|town|حلب|Aleppo", "place-b|place|باب|Bab||Homs", "place-c|place|حمص|Homs"]
    _, findings = lint_glossary([write(tmp_path, rows)])
    levels = [(found.level, found.rule) for found in findings]
    assert levels[0] == ("error", "invalid")
    assert ("warning", "forbidden-elsewhere") in levels


def count(terms: list[Term], *texts: str) -> list[str]:
    usage = count_usage(Matcher(terms), [[text] for text in texts])
    return [f"{found.rule} {found.id}: {found.reason}" for found in lint_usage(terms, usage)]


def test_a_word_with_pronouns_is_a_common_word() -> None:
    terms = [Term("place-wish", "place", ("أمل",), "Amal")]
    findings = count(terms, "قرية أمل", "أملها كبير", "أملهم كبير", "وأملنا كبير")
    assert findings == [
        "common-word place-wish: 'أمل' is a common word in these texts: 1 times as listed, 3 times "
        "otherwise (املها 1, املهم 1, واملنا 1); flag needs-evidence?"
    ]


@pytest.mark.parametrize(
    "term",
    [
        Term("x", "place", ("أمل",), "Amal", flags=frozenset({"needs-evidence"})),
        Term("x", "place", ("أمل الكبيرة",), "Amal"),
        Term("x", "place", ("أمل", "أملها", "أملهم", "أملنا"), "Amal"),
    ],
)
def test_flagged_long_and_listed_forms_are_no_common_words(term: Term) -> None:
    findings = count([term], "قرية أمل", "أملها كبير", "أملهم كبير", "وأملنا كبير")
    assert not [found for found in findings if found.startswith("common-word")]


def test_unused_entries_say_how_often_a_look_alike_was_turned_down() -> None:
    terms = [
        Term("place-homs", "place", ("حمص",), "Homs"),
        Term("place-saleh", "place", ("صالح",), "Saleh", flags=frozenset({"needs-evidence"})),
    ]
    findings = count(terms, "هذا صالح للجميع", "حي صالحين")
    assert findings == [
        "unused place-homs: 'Homs' is in none of the 2 texts",
        "unused place-saleh: 'Saleh' is in none of the 2 texts; 1 times turned down, see glossary "
        "explain",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("al-Bab", "Al Bab"), ("Sa'ad", "Saad"), ("Kobanî", "Kobani"), ("The Hague", "Hague")],
)
def test_names_fold_together(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_words_are_paired_only_where_both_have_as_many() -> None:
    assert list(pair_words(Term("x", "place", ("باب النيرب",), "Bab al-Nairab"))) == [
        ("باب", "Bab"), ("نيرب", "Nairab"),
    ]  # fmt: skip
    assert not list(pair_words(Term("x", "place", ("المدينة القديمة",), "Old City of Aleppo")))


def test_the_shipped_termbase_has_no_errors() -> None:
    survey, findings = lint_glossary([FOLDER.parent / "glossary"])
    assert len(survey.terms) > 2000
    assert not [str(found) for found in findings if found.level == "error"]
