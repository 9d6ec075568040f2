"""Significance, terms beyond success, and what is carried over: by hand and beside sacrebleu."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from bitrans.core import Match, Pair, Segment, Span, Step, Term
from bitrans.errors import InputError
from bitrans.measures import Comparison, SignificanceTest, TestMethod, Unit
from bitrans.scoring import Bead, TermText, match_beads, measure_terms, merge_beads, score_carried
from bitrans.scoring.carried import read_dates, read_names, read_numbers
from bitrans.scoring.significance import compare_systems
from bitrans.scoring.summaries import score_summaries
from bitrans.scoring.terms import place_mentions

CASES = json.loads((Path(__file__).parent / "cases" / "carried.json").read_text(encoding="utf-8"))
READERS = {"names": read_names, "numbers": read_numbers, "dates": read_dates}


# --- significance


def draw_texts(seed: int, noise: float) -> tuple[list[str], list[str]]:
    """Forty lines, and what is left of them where some words are lost."""
    rng = np.random.default_rng(seed)
    words = np.array([f"w{number}" for number in range(200)])
    references = [" ".join(rng.choice(words, size=rng.integers(8, 20))) for _ in range(40)]
    ours = [
        " ".join(word if rng.random() > noise else "lost" for word in line.split())
        for line in references
    ]
    return ours, references


def find_test(one: Comparison, unit: Unit, method: TestMethod) -> SignificanceTest:
    found = one.find_test(unit, method)
    assert found is not None
    return found


def test_by_segment_the_tests_are_those_of_sacrebleu() -> None:
    ours, references = draw_texts(1, 0.20)
    theirs, _ = draw_texts(1, 0.26)
    documents = [str(place) for place in range(len(ours))]
    found = compare_systems(ours, theirs, references, documents, resamples=300, trials=400)
    named = [("theirs", theirs), ("ours", ours)]
    for method, kind, draws in (
        ("paired-bootstrap", "bs", 300),
        ("approximate-randomisation", "ar", 400),
    ):
        metrics = {"BLEU": BLEU(), "chrF2++": CHRF(word_order=2)}
        _, expected = PairedTest(named, metrics, [references], kind, draws)()
        for one, name in zip(found[:2], metrics, strict=True):
            result = expected[name][1]
            assert not isinstance(result, str)
            assert find_test(one, "segment", method).p == pytest.approx(result.p_value)  # type: ignore[arg-type]
            assert one.value == result.score


def test_each_segment_a_document_of_its_own_gives_the_same_by_document() -> None:
    ours, references = draw_texts(2, 0.20)
    theirs, _ = draw_texts(3, 0.20)
    documents = [str(place) for place in range(len(ours))]
    for one in compare_systems(ours, theirs, references, documents, resamples=50, trials=50):
        for method in ("paired-bootstrap", "approximate-randomisation"):
            by_segment = find_test(one, "segment", method)  # type: ignore[arg-type]
            by_document = find_test(one, "document", method)  # type: ignore[arg-type]
            assert by_segment.p == by_document.p


def test_few_documents_are_exchanged_in_every_way() -> None:
    ours, references = draw_texts(4, 0.1)
    theirs, _ = draw_texts(4, 0.6)
    documents = [str(place // 10) for place in range(len(ours))]
    for one in compare_systems(ours, theirs, references, documents, resamples=50, trials=50):
        found = find_test(one, "document", "approximate-randomisation")
        # better in all four documents: only the two ways that keep all together are as extreme
        assert found.p == 2 / 2**4
        assert (found.units, found.signature.endswith("ar:exact:16")) == (4, True)


def test_documents_show_less_than_their_segments() -> None:
    """One document alone has the gain: by segment it looks sure, by document it is not."""
    ours, references = draw_texts(5, 0.3)
    ours[:10] = references[:10]
    theirs, _ = draw_texts(5, 0.3)
    documents = [str(place // 10) for place in range(len(ours))]
    (bleu, *_) = compare_systems(ours, theirs, references, documents, resamples=50, trials=200)
    by_segment = find_test(bleu, "segment", "approximate-randomisation")
    by_document = find_test(bleu, "document", "approximate-randomisation")
    assert by_segment.p < 0.05 < by_document.p


def test_systems_of_other_lengths_are_refused() -> None:
    with pytest.raises(InputError, match="2 translations for 1 references"):
        compare_systems(["a"], ["a", "b"], ["a"], ["d"])


# --- beads of two versions


def test_beads_are_cut_where_both_versions_are() -> None:
    ours = merge_beads([Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), (2, 3)), Bead((3,), ())])
    theirs = merge_beads([Bead((0,), (0, 1)), Bead((), (2,)), Bead((1, 2), (3,))])
    assert match_beads(ours, theirs) == [
        (Bead((0, 1), (0, 1)), Bead((0,), (0, 1))),
        (Bead((2, 3), (2, 3)), Bead((1, 2), (2, 3))),
    ]


# --- terms


ALEPPO = Term("aleppo", "place", ("حلب",), "Aleppo", ("Halab",), ("Alep",))
FRONT = Term("front", "group", ("الجبهة الشامية",), "Levant Front", (), ("Shamiya Front",))
STATE = Term("state", "group", ("داعش",), "Islamic State", (), ("Islamic State of Iraq",))


def pair(terms: list[Term], target: str, *, put: bool = False, index: int = 0) -> Pair:
    matches = tuple(
        Match(term, Span(place, place + 1), "ح", term.arabic[0]) for place, term in enumerate(terms)
    )
    steps = tuple(Step(match, "rewritten", Span(0, 0), "", "", "") for match in matches if put)
    return Pair(Segment("d", 0, index, Span(0, 3), "ححح"), target, target, matches, steps)


def values(texts: list[TermText]) -> dict[str, tuple[float, int]]:
    scores, _ = measure_terms(texts)
    return {it.metric.removeprefix("terms-"): (round(it.value, 6), it.count) for it in scores}


@pytest.mark.parametrize(
    ("terms", "text", "outcomes"),
    [
        ([ALEPPO], "Alep fell to Halab", ["admitted"]),
        ([ALEPPO, ALEPPO], "Alep fell to Halab", ["admitted", "forbidden"]),
        ([STATE], "the Islamic State of Iraq", ["forbidden"]),
        ([STATE], "Islamic State, not Islamic State of Iraq", ["preferred"]),
        ([FRONT, ALEPPO], "Levant  Front", ["preferred", None]),
        ([FRONT], "shamiya front", ["forbidden"]),
    ],
)
def test_each_mention_is_given_the_best_form(
    terms: list[Term], text: str, outcomes: list[str | None]
) -> None:
    placed = place_mentions(pair(terms, text).matches, text)
    assert [hit.outcome if hit else None for hit in placed] == outcomes


def test_terms_counted_by_hand() -> None:
    texts = [
        TermText("d", (pair([ALEPPO], "The army took Aleppo from the rebels today."),),
                 "The army seized Aleppo from rebels today."),
        TermText("d", (pair([ALEPPO, FRONT], "Halab saw Shamiya Front leave."),),
                 "Aleppo saw the Levant Front leave."),
        TermText("e", (pair([ALEPPO], "Aleppo rests.", put=True),), "The city rests."),
        TermText("e", (pair([FRONT], "It left.", put=True),), "The Levant Front left."),
    ]  # fmt: skip
    assert values(texts) == {
        "preferred": (40.0, 5),
        "admitted": (60.0, 5),
        "forbidden": (20.0, 5),
        "consistency": (50.0, 2),  # Aleppo and Halab in d
        "unsupported": (round(100 / 3, 6), 3),
        "imposed": (100.0, 1),  # put in where the reference says the city
        # army seized | from rebels: army, from of four; saw, the of two (nothing before): saw;
        # saw the | leave: saw, leave of three; the | left, the term missing: none of two
        "window-2": (round(100 * (2 / 4 + 1 / 2 + 2 / 3 + 0) / 4, 6), 4),
    }


def test_each_term_has_a_row_the_worst_first() -> None:
    texts = [
        TermText("d", (pair([ALEPPO], "Aleppo", index=0), pair([FRONT], "Front", index=1)), "x"),
    ]
    _, rows = measure_terms(texts)
    assert [(row.term_id, row.missing, row.unsupported) for row in rows] == [
        ("front", 1, 0),
        ("aleppo", 0, 1),
    ]
    assert [(it.number, it.outcome) for it in rows[0].examples] == [
        (2, "no form of it in the English")
    ]


def test_without_a_reference_success_is_counted_alone() -> None:
    found = values([TermText("d", (pair([ALEPPO, ALEPPO], "Aleppo and Aleppo"),), None)])
    assert found == {
        "preferred": (100.0, 2),
        "admitted": (100.0, 2),
        "forbidden": (0.0, 2),
        "consistency": (100.0, 2),
    }
    assert values([]) == {}


# --- names, numbers, dates


@pytest.mark.parametrize("case", CASES, ids=[f"{case['kind']}: {case['text']}" for case in CASES])
def test_what_is_read(case: dict[str, object]) -> None:
    found = READERS[str(case["kind"])](str(case["text"]))
    assert found == Counter(case["items"])  # type: ignore[call-overload]


def test_what_is_carried_is_counted_within_its_own_line() -> None:
    references = ["He met Putin and Assad on Monday about 12 towns.", "Then he left Russia."]
    ours = ["On Sunday he saw Putin in a dozen towns, 12 of them.", "Assad left Russia on Monday."]
    found = {it.metric: (round(it.value, 6), it.count) for it in score_carried(ours, references)}
    assert found == {
        "names": (round(100 * 2 / 3, 6), 3),
        "numbers": (100.0, 1),
        "dates": (0.0, 1),
    }
    assert score_carried(["a"], ["a"]) == ()


# --- briefs


def test_briefs_of_other_numbers_are_refused() -> None:
    with pytest.raises(InputError, match="1 briefs for 2 references"):
        score_summaries([["a"]], [["a"], ["b"]])
    with pytest.raises(InputError, match="nothing to score"):
        score_summaries([[""]], [["a"]])
