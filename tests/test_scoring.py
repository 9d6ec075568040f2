"""Scores: agreement with sacrebleu, references beside sources, rows, and names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.lib_ter import translation_edit_rate
from sacrebleu.metrics.ter import TER

from bitrans.core import Match, Pair, Score, ScoreRow, Segment, Span, Term
from bitrans.errors import InputError
from bitrans.scoring import (
    Bead,
    find_reference,
    join_beads,
    read_reference,
    score_corpus,
    score_document,
    score_documents,
    term_success,
)
from bitrans.scoring.edits import count_edits

OURS = [
    "The Syrian army has taken all districts of Aleppo, a source said on Tuesday.",
    "Defences collapsed on Monday and the rebels fell back to a few districts.",
    "It is “a great victory” for 90% of the city ...",
    "",
    "Bashar al-Assad's forces, with Russia & Iran, moved forward.",
]
THEIRS = [
    "The Syrian army has seized all of Aleppo's districts, a military source said on Tuesday.",
    "Rebel defences collapsed on Monday, and they retreated to a few districts.",
    'It would be "a great victory", with 90 percent of the city...',
    "Celebrations went on.",
    "The forces of Bashar al-Assad, supported by Russia and Iran, advanced.",
]
TEXT = st.lists(st.sampled_from([*"abc.,", "Aleppo", "\t", "é"]), max_size=8).map(" ".join)
NAMES = ["BLEU", "chrF++", "TER"]


# --- agreement with sacrebleu


def test_values_and_signatures_are_those_of_the_api() -> None:
    for score, metric in zip(
        score_corpus(OURS, THEIRS), (BLEU(), CHRF(word_order=2), TER()), strict=True
    ):
        assert score.value == metric.corpus_score(OURS, [THEIRS]).score
        assert score.signature == str(metric.get_signature())
        assert (score.count, score.interval) == (len(OURS), None)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
def test_any_text_scores_as_in_the_api(pairs: list[tuple[str, str]]) -> None:
    ours, theirs = [list(side) for side in zip(*pairs, strict=True)]
    for score, metric in zip(
        score_corpus(ours, theirs), (BLEU(), CHRF(word_order=2), TER()), strict=True
    ):
        assert score.value == metric.corpus_score(ours, [theirs]).score
        assert score.signature == str(metric.get_signature())


def test_intervals_are_those_of_the_api() -> None:
    for score, metric in zip(
        score_corpus(OURS, THEIRS, intervals=200),
        (BLEU(), CHRF(word_order=2), TER()),
        strict=True,
    ):
        expected = metric.corpus_score(OURS, [THEIRS], n_bootstrap=200)
        mean, half = expected._mean, expected._ci
        assert score.value == expected.score
        assert score.interval == (mean - half, mean + half)
        assert score.signature == str(metric.get_signature())
        assert "|bs:200|seed:12345|" in score.signature
        assert (
            score_corpus(OURS, THEIRS, intervals=200)[0]
            == score_corpus(OURS, THEIRS, intervals=200)[0]
        )


@pytest.mark.parametrize("intervals", [0, 100])
def test_values_and_signatures_are_those_of_the_command_line(
    tmp_path: Path, intervals: int
) -> None:
    results = _run_sacrebleu(tmp_path, intervals)
    scores = score_corpus(OURS, THEIRS, intervals=intervals)
    assert [score.metric for score in scores] == NAMES
    for score, result in zip(scores, results, strict=True):
        assert round(score.value, 12) == result["score"]
        assert score.signature == result["signature"]
        if score.interval is not None:
            low, high = score.interval
            assert round((low + high) / 2, 10) == round(float(str(result["confidence_mean"])), 10)
            assert round((high - low) / 2, 10) == round(float(str(result["confidence_var"])), 10)


def _run_sacrebleu(folder: Path, intervals: int) -> list[dict[str, object]]:
    for name, lines in (("ours", OURS), ("theirs", THEIRS)):
        (folder / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    options = ["--confidence", "--confidence-n", str(intervals)] if intervals else []
    command = [sys.executable, "-m", "sacrebleu", "theirs", "-i", "ours", "-f", "json", "-w", "12"]
    command += ["-m", "bleu", "chrf", "ter", "--chrf-word-order", "2", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    results: list[dict[str, object]] = json.loads(done.stdout)
    return results


def test_scoring_again_gives_the_same() -> None:
    assert score_corpus(OURS, THEIRS) == score_corpus(OURS, THEIRS)


def test_a_perfect_translation() -> None:
    bleu, chrf, ter = score_corpus(THEIRS, THEIRS)
    assert [round(s.value, 9) for s in (bleu, chrf, ter)] == [100, 100, 0]


def test_sacrebleu_is_not_imported_before_it_scores() -> None:
    code = "import sys, bitrans.scoring; sys.exit('sacrebleu' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


# --- whole documents


def test_a_document_is_scored_as_one_text_however_it_is_cut() -> None:
    scores = score_document(OURS, THEIRS)
    text, reference = " ".join(line for line in OURS if line), " ".join(THEIRS)
    assert [score.metric for score in scores] == ["BLEU-doc", "chrF++-doc"]
    assert [score.count for score in scores] == [1, 1]
    assert scores[0].value == BLEU().corpus_score([text], [[reference]]).score
    assert scores[1].value == CHRF(word_order=2).corpus_score([text], [[reference]]).score
    assert scores == score_document([text], [*THEIRS[:2], " ".join(THEIRS[2:])])


def test_one_text_alone_has_no_interval() -> None:
    for score in score_corpus(OURS[:1], THEIRS[:1], intervals=100):
        assert score.interval is None
        assert "bs:" not in score.signature


@pytest.mark.parametrize(
    ("ours", "theirs", "intervals", "says"),
    [
        ([], [], 0, "nothing to score"),
        ([], ["a"], 0, "nothing to score"),
        (["a"], [], 0, "nothing to score"),
        (["a", "b"], ["a"], 0, "2 translations for 1 references; align them"),
        (["a"], ["a"], 1, "use 1000, or 0"),
        (["a"], ["a"], -5, "use 1000, or 0"),
    ],
)
def test_what_cannot_be_scored(
    ours: list[str], theirs: list[str], intervals: int, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        score_corpus(ours, theirs, intervals=intervals)


@pytest.mark.parametrize(("ours", "theirs"), [([], ["a"]), (["a"], []), (["a"], ["", ""])])
def test_a_document_with_an_empty_side(ours: list[str], theirs: list[str]) -> None:
    with pytest.raises(InputError, match="nothing to score"):
        score_document(ours, theirs)


# --- rows


def test_a_row_for_each_document_and_one_over_all() -> None:
    rows = score_documents([("one", OURS[:2], THEIRS[:2]), ("two", OURS[2:], THEIRS[2:])], "new")
    assert [(row.document_id, row.system) for row in rows] == [
        ("one", "new"),
        ("two", "new"),
        (None, "new"),
    ]
    for row, count, documents in zip(rows, (2, 3, 5), (1, 1, 2), strict=True):
        assert [score.metric for score in row.scores] == [*NAMES, "BLEU-doc", "chrF++-doc"]
        assert [score.count for score in row.scores] == [count] * 3 + [documents] * 2
    assert rows[2].scores[:3] == score_corpus(OURS, THEIRS)
    assert all(score.signature for row in rows for score in row.scores)


def test_lines_cut_elsewhere_are_aligned_first() -> None:
    (row, _) = score_documents([("one", THEIRS, [" ".join(THEIRS[:2]), *THEIRS[2:]])], "new")
    assert round(_find(row, "BLEU").value, 9) == 100
    assert _find(row, "BLEU").count == 4


def test_one_to_one_takes_the_lines_as_they_stand() -> None:
    lines = ["Palmyra fell.", "Aleppo was taken by the army.", "Idlib holds out for now, they say."]
    shifted = [" ".join(lines[:2]), lines[2], "Nobody else was asked."]
    (plain, _) = score_documents([("one", lines, shifted)], "new", one_to_one=True)
    (aligned, _) = score_documents([("one", lines, shifted)], "new")
    assert _find(plain, "BLEU").count == 3
    assert _find(aligned, "BLEU").value > _find(plain, "BLEU").value


def test_a_reference_nobody_translated_counts_against_us() -> None:
    ours, theirs = [OURS[0], OURS[4]], [THEIRS[0], THEIRS[1], THEIRS[4]]
    (row, _) = score_documents([("one", ours, theirs)], "new")
    assert row.scores[:3] == score_corpus([OURS[0], "", OURS[4]], theirs)


def test_words_too_many_count_against_us() -> None:
    extra = "Unrelated weather remarks were made by passers-by in Tokyo."
    (row, _) = score_documents([("one", [OURS[0], extra, OURS[4]], [THEIRS[0], THEIRS[4]])], "new")
    assert row.scores[:3] == score_corpus([f"{OURS[0]} {extra}", OURS[4]], [THEIRS[0], THEIRS[4]])


def test_beads_become_parallel_texts() -> None:
    beads = [
        Bead((0,), ()),
        Bead((1, 2), (0,)),
        Bead((), (1,)),
        Bead((3,), ()),
        Bead((4,), (2, 3)),
    ]
    assert join_beads(beads, list("abcde"), list("wxyz")) == [
        ("a b c", "w"),
        ("d", "x"),
        ("e", "y z"),
    ]


def test_a_translation_that_is_empty_throughout_scores_nothing() -> None:
    (row, _) = score_documents([("one", ["", ""], THEIRS[:2])], "new")
    assert _find(row, "BLEU").value == 0
    assert _find(row, "BLEU-doc").value == 0


def test_no_documents_or_an_empty_one() -> None:
    with pytest.raises(InputError, match="no document has a reference"):
        score_documents([], "new")
    with pytest.raises(InputError, match="one: its reference is empty"):
        score_documents([("one", ["a"], [])], "new")
    with pytest.raises(InputError, match="one: its translation is empty"):
        score_documents([("one", [], ["a"])], "new")


def _find(row: ScoreRow, metric: str) -> Score:
    return next(score for score in row.scores if score.metric == metric)


# --- references


def test_the_reference_stands_in_its_folder_or_beside(tmp_path: Path) -> None:
    source = tmp_path / "news.txt"
    beside, within = tmp_path / "news.en.txt", tmp_path / "references" / "news.en.txt"
    assert find_reference(source) is None
    beside.write_text("x", encoding="utf-8")
    assert find_reference(str(source)) == beside
    within.parent.mkdir()
    within.write_text("x", encoding="utf-8")
    assert find_reference(source) == within


def test_standard_input_and_folders_are_no_references(tmp_path: Path) -> None:
    (tmp_path / "references" / "news.en.txt").mkdir(parents=True)
    assert find_reference("-") is None
    assert find_reference(tmp_path / "news.txt") is None


def test_blank_lines_marks_and_line_ends_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.en.txt"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\n\r\n  Two\xe2\x80\xa8still two. \rThree.\n\n")
    assert read_reference(path) == ["One.", "Two\u2028still two.", "Three."]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty; write"),
        (b"\xef\xbb\xbf \n\n", "is empty; write"),
        (b"caf\xe9", r"byte 3 .* not UTF-8; save"),
        (b"a\0b\0", "not plain text; save"),
        (None, r"cannot read .*No such file.*; check"),
    ],
)
def test_a_reference_that_cannot_be_used(tmp_path: Path, data: bytes | None, says: str) -> None:
    path = tmp_path / "a.en.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=says) as caught:
        read_reference(path)
    assert str(path) in str(caught.value)


# --- names


ALEPPO = Term("aleppo", "place", ("حلب",), "Aleppo", admitted=("Halab",))
AIRPORT = Term("airport", "place", ("مطار حلب",), "Aleppo Airport")
FRONT = Term("front", "group", ("الجبهة الشامية",), "Levant Front", ("al-Jabha al-Shamiya",))


@pytest.mark.parametrize(
    ("terms", "target", "preferred", "admitted"),
    [
        ([ALEPPO], "The fall of Aleppo.", 1, 1),
        ([ALEPPO], "ALEPPO's fall", 1, 1),
        ([ALEPPO], "The fall of Halab.", 0, 1),
        ([ALEPPO], "The fall of Aleppos.", 0, 0),
        ([ALEPPO], "", 0, 0),
        ([ALEPPO, ALEPPO], "Aleppo fell.", 1, 1),
        ([ALEPPO, ALEPPO], "Aleppo, or Halab, fell.", 1, 2),
        ([ALEPPO], "Aleppo, Aleppo, Aleppo", 1, 1),
        ([ALEPPO, AIRPORT], "Aleppo Airport was hit.", 1, 1),
        ([ALEPPO, AIRPORT], "Aleppo Airport in Aleppo was hit.", 2, 2),
        ([ALEPPO, FRONT], "al-Jabha al-Shamiya left Halab; the front moved.", 0, 2),
        ([FRONT], "the levant front", 1, 1),
    ],
)
def test_names_are_counted_by_mention(
    terms: list[Term], target: str, preferred: int, admitted: int
) -> None:
    first, second = term_success([_pair(terms, target)])
    assert (first.metric, second.metric) == ("terms-preferred", "terms-admitted")
    assert (first.value, second.value) == (
        100 * preferred / len(terms),
        100 * admitted / len(terms),
    )
    assert first.count == second.count == len(terms)
    assert "forms:preferred|" in first.signature
    assert "forms:admitted|" in second.signature


def test_a_name_in_another_segment_does_not_help() -> None:
    first, _ = term_success([_pair([ALEPPO], "It fell."), _pair([], "Aleppo Aleppo")])
    assert first.value == 0


def test_without_mentions_there_is_no_score() -> None:
    assert term_success([_pair([], "Aleppo")]) == ()


def _pair(terms: list[Term], target: str) -> Pair:
    matches = [Match(term, Span(0, 1), "ح", term.arabic[0]) for term in terms]
    return Pair(Segment("d", 0, 0, Span(0, 1), "ح"), target, target, tuple(matches))


# --- the edits of TER, found faster


WORDS = st.lists(st.sampled_from([*"abcdefghijklmnopqrst"]), max_size=40)


@settings(max_examples=30, deadline=None)
@given(WORDS, WORDS)
def test_edits_are_those_of_sacrebleu(hypothesis: list[str], reference: list[str]) -> None:
    expected = translation_edit_rate(hypothesis, reference)
    assert count_edits(" ".join(hypothesis), " ".join(reference)) == expected


@pytest.mark.parametrize("shift", [3, 24, 25, 26, 30])
def test_edits_at_the_edge_of_the_beam(shift: int) -> None:
    """Where the cheapest way leaves sacrebleu's beam, its dearer one counts."""
    body, ends = [f"w{i}" for i in range(32)], [f"x{i}" for i in range(shift)]
    for ours, theirs in ((ends + body, body + ends), (ends + body, [*body, "y"] * 2)):
        assert count_edits(" ".join(ours), " ".join(theirs)) == translation_edit_rate(ours, theirs)
