from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bitrans.arabic import fold_for_matching
from bitrans.core import Match, Term
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary

CASES_FOLDER = Path(__file__).parent / "cases"
CASES: list[dict[str, Any]] = json.loads((CASES_FOLDER / "matching.json").read_text("utf-8"))
TERMS = load_glossary([CASES_FOLDER / "matching_terms.tsv"]).terms
MATCHER = Matcher(TERMS)
WITH_CANDIDATES = Matcher(TERMS, candidates=True)
TEXTS = [case["text"] for case in CASES]


def list_params() -> list[Any]:
    params = []
    for number, case in enumerate(CASES):
        marks = [pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
        params.append(pytest.param(case, id=f"{case['kind']}-{number}", marks=marks))
    return params


def find(case: dict[str, Any]) -> list[Match]:
    matcher = WITH_CANDIDATES if case.get("candidates") else MATCHER
    return matcher.find_matches(case["text"], established=frozenset(case.get("established", ())))


def outline(matches: list[Match]) -> list[dict[str, str]]:
    return [{"id": match.term.id, "text": match.text, "prefix": match.prefix} for match in matches]


@pytest.mark.parametrize("case", list_params())
def test_finds_what_the_case_says(case: dict[str, Any]) -> None:
    assert outline(find(case)) == case["expect"], case["note"]


def test_the_cases_are_many_and_of_every_sort() -> None:
    different = {json.dumps(case, sort_keys=True) for case in CASES}
    kinds = {case["kind"] for case in CASES}
    named = {match["id"] for case in CASES for match in case["expect"]}

    assert len(different) == len(CASES) >= 300
    assert kinds >= {
        "prefixed", "variant", "split", "quoted", "run-together", "conjoined", "ambiguous",
        "negative", "mixed", "longest",
    }  # fmt: skip
    assert named == {term.id for term in TERMS if term.status != "deprecated"}
    assert sum("xfail" in case for case in CASES) <= 5


def test_spans_are_into_the_original_text() -> None:
    for case in CASES:
        check_spans(case["text"], find(case))


def test_form_is_one_of_the_terms_forms() -> None:
    for match in (match for case in CASES for match in find(case)):
        assert match.form in match.term.arabic


def test_flagged_terms_record_their_evidence() -> None:
    for match in (match for case in CASES for match in find(case)):
        if "needs-evidence" in match.term.flags and not is_full_name(match):
            assert match.evidence


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("دخلوا حي الفردوس.", "kind word حي"),
        ("قصف على حيي الفردوس والمشهد.", "list with الفردوس"),
        ("الرئيس اليمني السابق صالح ظهر.", "title الرئيس"),
        ("وأضاف صالح أنه باق.", "verb وأضاف"),
        ("بين الكلاسة والجلوم والفردوس.", "list with الجلوم"),
        ("حي الشعار ثم من الشعار.", "mentioned before"),
        ("أحياء بينها الشعار", "list after أحياء"),
        ("سيطر على حلب.", ""),
    ],
)
def test_evidence_says_what_it_was(text: str, evidence: str) -> None:
    assert MATCHER.find_matches(text)[-1].evidence == evidence


@pytest.mark.parametrize(
    ("text", "term", "reason"),
    [
        ("الفردوس المفقود", "place-fardous", "no evidence: flagged needs-evidence"),
        ("كلاسة قديمة", "place-kallaseh", "no evidence: written without its article"),
        ("حلب القديمة", "place-aleppo", "part of حلب القديمة"),
        ("سيحلب البقرة", "place-aleppo", ""),
        ("سحلب ساخن", "place-aleppo", "س goes before verbs, not before names"),
        ("وفاستقم يا بني", "group-fastaqim", "flagged no-clitic, written with و"),
        ("السيدة فاطمة", "place-atmeh", "ف belongs to the word فاطمة"),
        ("ذهب فادلب", "place-idlib", "no evidence: written with ف and without hamza"),
        ("اللجنة الوطنية للحج", "place-lahj", "no evidence: لل may be an article"),
        ("زوجة جده", "place-jeddah", "no evidence: written with ه"),
        ("صنع درعًا", "place-daraa", "an ordinary word: درعًا"),
        ("حين رأوه", "place-rawa", "another word: رأوه"),
        ("محمد الجولاني", "person-jolani", "the surname of another محمد"),
        ("مدينة عين الماء", "place-al-ain", "without its article before another noun"),
        ("جلس على الأرض", "person-ali", "flagged exact, written على"),
        ("مدينة سورية", "place-syria", "an adjective of مدينة"),
        ("رأى أسد الغابة", "person-bashar-al-assad", "written without its article"),
    ],
)
def test_candidates_say_why_they_are_no_mentions(text: str, term: str, reason: str) -> None:
    reasons = {
        candidate.match.term.id: candidate.rejected for candidate in MATCHER.find_candidates(text)
    }

    assert reasons.get(term, "") == reason


def test_matches_are_the_candidates_that_were_not_rejected() -> None:
    for text in TEXTS:
        candidates = MATCHER.find_candidates(text)
        kept = [candidate.match for candidate in candidates if candidate.rejected is None]

        assert kept == MATCHER.find_matches(text)
        assert "" not in {candidate.rejected for candidate in candidates}


def test_order_of_terms_does_not_matter() -> None:
    shuffled = list(TERMS)
    random.Random(7).shuffle(shuffled)
    other = Matcher(shuffled)

    for text in TEXTS:
        assert other.find_matches(text) == MATCHER.find_matches(text)


def test_of_two_terms_at_one_place_the_lower_id_wins() -> None:
    terms = [
        Term("b", "place", ("الشام",), "Sham"),
        Term("a", "place", ("الشام",), "Damascus"),
    ]

    assert [match.term.id for match in Matcher(terms).find_matches("في الشام")] == ["a"]


def test_longer_name_wins_over_the_one_inside() -> None:
    terms = [
        Term("one", "other", ("سد",), "dam"),
        Term("two", "other", ("سد تشرين",), "Tishrin Dam"),
        Term("three", "other", ("تشرين الجديد",), "new Tishrin"),
    ]
    found = Matcher(terms).find_matches("سد تشرين الجديد")

    assert [match.term.id for match in found] == ["two"]


def test_homographs_are_told_apart_by_the_kind_word() -> None:
    newspaper = MATCHER.find_matches("صحيفة الشرق الأوسط")
    region = MATCHER.find_matches("منطقة الشرق الأوسط")

    assert [match.term.id for match in newspaper] == ["outlet-asharq-al-awsat"]
    assert [match.term.id for match in region] == ["place-middle-east"]


def test_deprecated_terms_never_match_and_candidates_on_demand() -> None:
    text = "ياسين بوتيتي عن الدواعش"

    assert MATCHER.find_candidates(text) == []
    assert [m.term.id for m in WITH_CANDIDATES.find_matches(text)] == ["person-yassine-boutiti"]


def test_heading_is_understood_from_the_text_below() -> None:
    texts = ["تدمر", "بث التنظيم صورا من مدينة تدمر.", "خسارة تدمر مؤلمة."]
    found = MATCHER.find_in_document(texts)

    assert [[match.text for match in matches] for matches in found] == [["تدمر"]] * 3
    assert found[0][0].evidence == "mentioned before"


def test_document_without_evidence_stays_without_matches() -> None:
    texts = ["تدمر", "الحرب تدمر المدن.", "رفعوا الشعار نفسه."]

    assert MATCHER.find_in_document(texts) == [[], [], []]


def test_document_has_one_list_for_each_text() -> None:
    assert MATCHER.find_in_document([]) == []
    assert MATCHER.find_in_document(["", "لا شيء"]) == [[], []]
    assert MATCHER.find_in_document(TEXTS[:5]) == [MATCHER.find_matches(t) for t in TEXTS[:5]]


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "و", "ال", "لل", "abc 123", "\u0640\u0640"])
def test_text_without_names(text: str) -> None:
    assert MATCHER.find_matches(text) == []


def test_matcher_without_terms() -> None:
    assert Matcher([]).find_matches("سيطر الجيش على حلب") == []


def test_exact_terms_match_only_as_spelt() -> None:
    terms = [Term("x", "agency", ("الهيئة العليا",), "High Body", flags=frozenset({"exact"}))]
    matcher = Matcher(terms)

    assert len(matcher.find_matches("قالت الهيئة العليا")) == 1
    assert len(matcher.find_matches("قالت الهَيئة العُليا")) == 1
    assert len(matcher.find_matches("بيان للهيئة العليا")) == 1
    assert matcher.find_matches("قالت الهيئه العليا") == []
    assert matcher.find_matches("قالت الهيئةالعليا") == []
    assert matcher.find_matches("قالت هيئة عليا") == []


@pytest.mark.parametrize(
    ("text", "prefix"),
    [("بدأت الهدنة", "ال"), ("رحب بالهدنة", "بال"), ("دعا للهدنة", "لل"), ("وهدنة أخرى", "و")],
)
def test_common_noun_gives_up_its_article(text: str, prefix: str) -> None:
    matcher = Matcher([Term("truce", "event", ("هدنة",), "truce")])
    (match,) = matcher.find_matches(text)

    assert (match.text, match.prefix) == ("هدنة", prefix)


#: Tatweel and short vowels. Tanwin is left out: it tells درعًا from درعا.
MARKS = "\u0640\u064e\u064f\u0650\u0651\u0652"
PIECES = [
    "حلب", "الكلاسة", "الفردوس", "المشهد", "صالح", "الأمم المتحدة", "باب الحديد", "الأسد",
    "حي", "حيي", "أحياء", "الرئيس", "قال", "في", "و", "ب", "ل", "لل", "،", ".", " ", " ", " ", "\n",
    "«", "»", '"', "(", ")", "-", "\u064e", "\u0640", "\u200f", "\u00a0", "لا", "كلام", "123", "x",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_gives_sound_spans(text: str) -> None:
    check_spans(text, MATCHER.find_matches(text))


@given(st.text(max_size=60))
def test_arbitrary_characters_do_no_harm(text: str) -> None:
    check_spans(text, MATCHER.find_matches(text))


@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_tatweel_and_diacritics_change_nothing(text: str, rng: random.Random) -> None:
    marked = "".join(
        char + (rng.choice(MARKS) if "\u0621" <= char <= "\u064a" and rng.random() < 0.3 else "")
        for char in text
    )

    assert plain(MATCHER.find_matches(marked)) == plain(MATCHER.find_matches(text))


@given(st.sampled_from(TEXTS), st.sampled_from(["\u200e", "\u200f", "\u2067", "\ufeff"]))
def test_invisible_signs_around_words_change_nothing(text: str, sign: str) -> None:
    marked = f"{sign}{text.replace(' ', f'{sign} {sign}')}{sign}"

    assert plain(MATCHER.find_matches(marked)) == plain(MATCHER.find_matches(text))


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_what_stands_in_another_paragraph_takes_nothing_away(one: str, other: str) -> None:
    # A text that writes ة somewhere means "his" by a final ه: there جده is no جدة.
    assume("ة" in one or "ة" not in other)
    alone = outline(MATCHER.find_matches(one))
    together = outline(MATCHER.find_matches(f"{one}\n\n{other}"))

    assert together[: len(alone)] == alone


def check_spans(text: str, matches: list[Match]) -> None:
    end = 0
    for match in matches:
        assert match.span.slice(text) == match.text != ""
        assert end <= match.span.start < match.span.end <= len(text)
        before = fold_for_matching(text[: match.span.start]).text
        ligature = "\ufb50" <= match.text[0] <= "\ufefc"
        assert ligature or before.endswith(match.prefix)
        assert not match.text[0].isspace()
        assert not match.text[-1].isspace()
        end = match.span.end


def is_full_name(match: Match) -> bool:
    return match.term.kind == "person" and " " in match.form


def plain(matches: list[Match]) -> list[tuple[str, str, str]]:
    return [(match.term.id, fold_for_matching(match.text).text, match.prefix) for match in matches]
