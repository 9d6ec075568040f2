"""Explaining, impact and search, with a translator that answers from a table."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bitrans.bilingual import to_json
from bitrans.config import Config
from bitrans.core import BilingualDocument, Document, Term
from bitrans.errors import InputError, UsageError
from bitrans.fake import FakeTranslator
from bitrans.glossary.comparing import compare_terms
from bitrans.glossary.explaining import Explainer
from bitrans.glossary.matching import Matcher
from bitrans.glossary.searching import find_ids, search_terms
from bitrans.glossary.terms import Glossary, compute_revision, load_glossary
from bitrans.pipeline import translate_document
from bitrans.segments import split_document
from bitrans.tools import Tools
from bitrans.upkeep import (
    Remembering,
    explain_subject,
    find_impact,
    mine_documents,
    read_bilingual,
    read_many,
    read_subject,
)

FOLDER = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads(
    (FOLDER / "cases" / "glossary_explain.json").read_text(encoding="utf-8")
)
EVIDENCE = frozenset({"needs-evidence"})
TERMS = (
    Term("aleppo", "place", ("حلب",), "Aleppo", ("city of Aleppo",)),
    Term("river", "place", ("نهر حلب",), "Aleppo River"),
    Term("kallaseh", "place", ("الكلاسة",), "Kallaseh", ("al-Kallaseh",), ("Lime",)),
    Term("fardous", "place", ("الفردوس",), "Fardous", (), ("Paradise",), flags=EVIDENCE),
    Term("saraqib", "place", ("سراقب",), "Saraqib", status="candidate"),
    Term("saleh", "person", ("علي صالح", "صالح"), "Ali Saleh", flags=EVIDENCE),
)
ENGLISH = {
    "دخل الجيش الكلاسة.": "The army entered Lime.",
    "خرج الناس من حلب.": "People left Aleppo.",
}
TEXT = "دخل الجيش الكلاسة.\n\nخرج الناس من حلب.\n"


def make_glossary(*terms: Term) -> Glossary:
    return Glossary(terms, compute_revision(terms), ())


def make_tools(glossary: Glossary, engine: FakeTranslator) -> Tools:
    return Tools(engine, glossary, Matcher(glossary.terms), Config())


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_accounts_for_what_the_case_says(case: dict[str, Any]) -> None:
    (accounts,) = Explainer(TERMS).explain([case["text"]])
    assert [[a.outcome, a.match.term.id, a.why] for a in accounts] == case["expect"]


def test_what_is_explained_is_what_is_matched(seeds: Path) -> None:
    terms = load_glossary([FOLDER.parent / "glossary"]).terms
    matcher, explainer = Matcher(terms), Explainer(terms)
    for document in read_many([str(seeds)]):
        assert isinstance(document, Document)
        texts = [segment.text for segment in split_document(document)]
        explained = [
            [account.match for account in accounts if account.outcome == "found"]
            for accounts in explainer.explain(texts)
        ]
        assert explained == matcher.find_in_document(texts)


def test_the_english_is_explained_by_its_step(article: Path) -> None:
    glossary = make_glossary(*TERMS)
    subject = read_subject(str(article))
    explained = explain_subject(subject, glossary, make_tools(glossary, FakeTranslator(ENGLISH)))
    (account,) = explained[0].accounts
    step = explained[0].find_step(account)
    assert explained[0].pair is not None
    assert step is not None
    assert (step.method, step.after, explained[0].pair.target) == (
        "rewritten", "Kallaseh", "The army entered Kallaseh.",
    )  # fmt: skip


def test_a_json_that_translate_wrote_needs_no_model(article: Path, tmp_path: Path) -> None:
    glossary = make_glossary(*TERMS)
    subject = read_subject(str(article))
    assert isinstance(subject, Document)
    bilingual = translate_document(subject, make_tools(glossary, FakeTranslator(ENGLISH)))
    path = tmp_path / "article.json"
    path.write_text(json.dumps(to_json(bilingual)), encoding="utf-8")
    again = read_subject(str(path))
    assert isinstance(again, BilingualDocument)
    explained = explain_subject(again, glossary, None)
    assert [one.pair.target for one in explained if one.pair] == [
        "The army entered Kallaseh.", "People left Aleppo.",
    ]  # fmt: skip
    (account,) = explained[1].accounts
    assert explained[1].find_step(account) is not None


def test_without_tools_only_the_arabic_is_explained() -> None:
    (one,) = explain_subject(read_subject("في الكلاسة"), make_glossary(*TERMS), None)
    assert one.pair is None
    assert one.find_step(one.accounts[0]) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [("{", "no JSON"), ("[]", "not a bilingual document"), ('{"format": 1}', "not a bilingual"),
     ("[" * 100_000, "no JSON"), ("\udcff", "no JSON")],
)  # fmt: skip
def test_other_json_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=reason):
        read_bilingual(path)


def test_what_is_neither_file_nor_arabic_is_refused() -> None:
    with pytest.raises(UsageError, match="no such file, and no Arabic text"):
        read_subject("no-such.txt")
    assert isinstance(read_subject("حلب " * 2000), Document)


def test_impact_shows_the_sentences_that_change_and_translates_once(article: Path) -> None:
    old = make_glossary(*TERMS)
    changed = replace(TERMS[2], preferred="Al-Kallasa", admitted=())
    new = make_glossary(*TERMS[:2], changed, *TERMS[3:])
    engine = FakeTranslator(ENGLISH)
    (impact,) = find_impact(old, new, [str(article)], Config(), engine)
    assert (impact.before, impact.after, impact.ids) == (
        "The army entered Kallaseh.", "The army entered Al-Kallasa.", ("kallaseh",),
    )  # fmt: skip
    assert sorted(engine.seen) == sorted(ENGLISH)


def test_documents_that_the_change_does_not_touch_are_not_translated(article: Path) -> None:
    old, engine = make_glossary(*TERMS), FakeTranslator(ENGLISH)
    new = make_glossary(*TERMS[:4], replace(TERMS[5], preferred="A. Saleh"))
    assert list(find_impact(old, new, [str(article)], Config(), engine)) == []
    assert engine.seen == []


def test_a_remembering_translator_asks_once() -> None:
    engine = FakeTranslator(ENGLISH)
    once = Remembering(engine)
    texts = [*ENGLISH, *ENGLISH]
    first = once.translate(texts)
    assert [found.text for found in first] == list(ENGLISH.values()) * 2
    assert once.translate(texts) == first
    assert engine.seen == list(ENGLISH)
    assert once.id == "fake"


def test_documents_are_mined_with_the_english_they_have(article: Path) -> None:
    english = {"دخل الجيش الكلاسة.": "The army entered Kallaseh."}
    glossary = make_glossary(TERMS[0])
    (mined,) = mine_documents(
        read_many([str(article)]), glossary, FakeTranslator(english), Config()
    )
    assert (mined.form, dict(mined.spellings)) == ("الكلاسة", {"Kallaseh": 1})
    assert mine_documents(read_many([str(article)]), glossary, None, Config()) == []


def test_termbases_are_compared_by_id_and_field() -> None:
    moved = tuple(replace(term, where="elsewhere:1") for term in reversed(TERMS))
    assert compare_terms(TERMS, moved).ids == frozenset()
    new = (*TERMS[1:], Term("x", "place", ("حمص",), "Homs"), replace(TERMS[0], id="halab"))
    found = compare_terms(TERMS, (*new[:2], replace(TERMS[3], note="n"), *new[3:]))
    assert [term.id for term in found.added] == ["halab", "x"]
    assert [term.id for term in found.removed] == ["aleppo"]
    assert [(old.note, term.note) for old, term in found.changed] == [("", "n")]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("حَلَب", ["aleppo", "river"]), ("Al Kallaseh", ["kallaseh"]), ("kalaseh", ["kallaseh"]),
        ("Paradise", ["fardous"]), ("sara", ["saraqib"]), ("zzzz", []),
    ],
)  # fmt: skip
def test_searches_arabic_english_and_ids(words: str, ids: list[str]) -> None:
    assert [term.id for term in search_terms(TERMS, words)] == ids


def test_search_and_show_say_what_is_wrong() -> None:
    assert search_terms(TERMS, "حلب", kind="person") == []
    with pytest.raises(UsageError, match="unknown kind 'town'"):
        search_terms(TERMS, "حلب", kind="town")
    with pytest.raises(UsageError, match="did you mean aleppo"):
        find_ids(TERMS, ["alepo"])
