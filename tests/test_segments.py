from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.core import Document, Segment, SetAside, Span
from bitrans.documents import read_documents
from bitrans.segments import cut_segment, split_document, uncovered

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
CASES = json.loads((HERE / "cases" / "segments.json").read_text(encoding="utf-8"))
ARTICLES = json.loads((HERE / "cases" / "seeds_segments.json").read_text(encoding="utf-8"))


def make_document(text: str, asides: Sequence[Span] = ()) -> Document:
    set_aside = tuple(SetAside(span, "test") for span in asides)
    return Document("test", "test", "test.txt", None, text, "", set_aside)


def split(text: str) -> list[str]:
    return [segment.text for segment in split_document(make_document(text))]


def kinds(text: str) -> list[str]:
    return [segment.kind for segment in split_document(make_document(text))]


def check(document: Document) -> list[Segment]:
    """Every promise a list of segments makes, for any document."""
    segments = split_document(document)
    assert [segment.index for segment in segments] == list(range(len(segments)))
    for segment in segments:
        assert segment.document_id == document.id
        assert segment.span.slice(document.text) == segment.text == segment.text.strip() != ""
    paragraphs = [segment.paragraph for segment in segments]
    assert paragraphs == sorted(paragraphs)
    assert sorted(set(paragraphs)) == list(range(len(set(paragraphs))))
    parts = sorted([s.span for s in segments] + [a.span for a in document.set_aside])
    assert all(left.end <= right.start for left, right in pairwise(parts))
    gaps = uncovered(document, segments)
    assert all(gap.slice(document.text).isspace() for gap in gaps)
    assert "".join(span.slice(document.text) for span in sorted(parts + gaps)) == document.text
    return segments


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, object]) -> None:
    document = make_document(str(case["text"]))
    assert [segment.text for segment in check(document)] == case["segments"]


def test_there_are_cases_enough() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 60


# The five articles


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_are_split_as_a_reader_splits_them(name: str) -> None:
    (document,) = read_documents([SEEDS / f"{name}.txt"])
    assert isinstance(document, Document)
    expected = ARTICLES[name]
    segments = check(document)
    assert len(segments) == expected["count"]
    assert [
        [s.paragraph, s.kind, " ".join(s.text.split()[:2]), " ".join(s.text.split()[-2:])]
        for s in segments
    ] == expected["segments"]
    asides = [[a.span.slice(document.text), a.reason] for a in document.set_aside]
    assert asides == expected["set_aside"]


def test_all_articles_are_expected() -> None:
    assert sorted(ARTICLES) == sorted(path.stem for path in SEEDS.glob("*.txt"))


# Headings


BODY = "دخل الجيش السوري المدينة القديمة بعد معارك عنيفة."


@pytest.mark.parametrize(
    "line", ["المعارضة", "تدمر", "«داعش» في العراق", "ماذا بعد حلب", "حلب 2016"]
)
def test_a_short_line_among_paragraphs_is_a_heading(line: str) -> None:
    assert kinds(f"{BODY}\n\n{line}\n\n{BODY}") == ["sentence", "heading", "sentence"]
    assert kinds(f"{line}\n{BODY}") == ["heading", "sentence"]


@pytest.mark.parametrize(
    "line",
    [
        "سقطت المدينة.",
        "هل سقطت المدينة؟",
        "وقال المتحدث:",
        "من الشرق،",
        "- المعارضة",
        "دخل الجيش السوري المدينة القديمة أمس ليلا",
        "وقال «سقطت المدينة.»",
        "2016",
    ],
)
def test_other_short_lines_are_sentences(line: str) -> None:
    assert kinds(f"{BODY}\n{line}\n{BODY}") == ["sentence"] * 3


def test_a_title_over_a_subtitle_is_a_heading_and_so_is_the_subtitle() -> None:
    assert kinds(f"معركة حلب\nاليوم الأخير\n{BODY}") == ["heading", "heading", "sentence"]


def test_lists_and_last_lines_are_no_headings() -> None:
    assert set(kinds(f"{BODY}\nحلب\nحمص\nتدمر\n{BODY}")) == {"sentence"}
    assert kinds(f"{BODY}\nالمعارضة") == ["sentence", "sentence"]
    assert kinds("المعارضة") == ["sentence"]


def test_paragraphs_are_lines_that_are_not_blank() -> None:
    segments = split_document(make_document("أول جملة. وثانية.\n\n \nثالثة.\nرابعة."))
    assert [segment.paragraph for segment in segments] == [0, 0, 1, 2]


# What was set aside


def test_what_was_set_aside_is_in_no_segment_wherever_it_stands() -> None:
    text = "دخل الجيش [إعلان] المدينة.\nAd\nوانسحب."
    spans = [Span(10, 17), Span(27, 29)]
    assert [span.slice(text) for span in spans] == ["[إعلان]", "Ad"]
    segments = check(make_document(text, spans))
    assert [segment.text for segment in segments] == ["دخل الجيش", "المدينة.", "وانسحب."]


def test_what_is_lost_is_found() -> None:
    document = make_document("دخل الجيش. وانسحب المقاتلون.\n")
    assert uncovered(document, split_document(document)[:1]) == [Span(10, 29)]
    assert uncovered(document, []) == [Span(0, 29)]


# Any text at all

ALPHABET = st.sampled_from(
    'ابدهوقلم في وقال د.م.12 .…؟!؛،:«»"“”()[] \n\r\t\u2028\u00a0\u200f\u064eaZ'
)
WORDS = st.sampled_from(
    ["وقال ", "د. ", "ق.م. ", "الجيش", " ", ".", "..", "...", "؟", "!", "؛", "«", "»", '"', "(",
     ")", "\n", "\r\n", "14.61", "RT.com", "https://a.b/c?d", "التي", "\u200f", "هـ.", "U.S. ",
     "***"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.text(ALPHABET), st.lists(WORDS, max_size=40).map("".join))


@given(TEXTS)
def test_any_text_is_accounted_for(text: str) -> None:
    check(make_document(text))


@given(TEXTS, st.sets(st.integers(0, 60), max_size=6))
def test_any_text_is_accounted_for_beside_what_is_set_aside(text: str, cuts: set[int]) -> None:
    ends = sorted(cut for cut in cuts if cut <= len(text))
    spans = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    check(make_document(text, spans))


@given(TEXTS)
def test_no_segment_spans_a_line_end(text: str) -> None:
    assert all(len(segment.splitlines()) == 1 for segment in split(text))


@given(TEXTS)
def test_a_segment_without_a_word_stands_alone_on_its_line(text: str) -> None:
    segments = split_document(make_document(text))
    for segment in segments:
        if not any(map(str.isalnum, segment.text)):
            assert [s.paragraph for s in segments].count(segment.paragraph) == 1


@pytest.mark.parametrize(
    "unit",
    [
        "دخل الجيش المدينة. ", "كلمة ", ".", ". ", ".\u200f", "«", "»", '"', '" ', "(", "().", "؟»",
        "«كلمة.» ", "د. ", "1", "1.", "أ.ب", "...", "… ", "،", "\u202b", "\u064e", "https://a.b/",
        "www.", "ا" * 99 + "..", "\u00a0",
    ],
)  # fmt: skip
def test_a_long_line_of_any_kind_is_split(unit: str) -> None:
    split_long_line("ا" + unit * (200_000 // len(unit)))


def test_a_line_of_a_million_characters_is_split_long_line() -> None:
    assert len(split_long_line("دخل الجيش المدينة. " * 52_632)) == 52_632


def split_long_line(text: str) -> list[Segment]:
    """Linear time is a few seconds at these lengths; quadratic time would be minutes."""
    segments = split_document(make_document(text))
    assert segments[0].span.start == 0
    assert segments[-1].span.end == len(text.rstrip())
    return segments


# Cutting


def count_words(text: str) -> int:
    return len(text.split())


def cut(text: str, limit: int) -> list[str]:
    return [span.slice(text) for span in cut_segment(text, limit, count_words)]


def test_a_short_text_is_not_cut() -> None:
    assert cut("دخل الجيش المدينة.", 3) == ["دخل الجيش المدينة."]
    assert cut("", 3) == [""]


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        (
            "دخل الجيش المدينة، وانسحب المقاتلون غربا نحو الريف",
            5,
            ["دخل الجيش المدينة، ", "وانسحب المقاتلون غربا نحو الريف"],
        ),
        (
            "قال «دخل الجيش المدينة. وانسحب المقاتلون، ثم غادر» أمس",
            7,
            ["قال «دخل الجيش المدينة. ", "وانسحب المقاتلون، ثم غادر» أمس"],
        ),
        (
            "دخل الجيش المدينة القديمة فيما انسحب المقاتلون غربا أمس",
            6,
            ["دخل الجيش المدينة القديمة ", "فيما انسحب المقاتلون غربا أمس"],
        ),
        (
            "زار وزير الخارجية وزارة الدفاع وغادر رئيس الوفد أمس",
            5,
            ["زار وزير الخارجية وزارة الدفاع ", "وغادر رئيس الوفد أمس"],
        ),
        ("أحمر أصفر أخضر أزرق", 2, ["أحمر أصفر ", "أخضر أزرق"]),
        ("و استشهادهم", 1, ["و ", "استشهادهم"]),
        ("بلغت 1,200 شخص أو 10:30 صباحا", 3, ["بلغت 1,200 شخص ", "أو 10:30 صباحا"]),
    ],
)
def test_cuts_are_at_clauses_near_the_middle(text: str, limit: int, pieces: list[str]) -> None:
    assert cut(text, limit) == pieces


def test_a_word_too_long_is_cut_but_not_between_a_letter_and_its_sign() -> None:
    text = "بَ" * 4
    assert [span.slice(text) for span in cut_segment(text, 2, len)] == ["بَ"] * 4
    text = "ب" + "َ" * 3
    assert all(span.end - span.start <= 2 for span in cut_segment(text, 2, len))


@given(TEXTS, st.integers(1, 30))
def test_pieces_cover_the_text_and_keep_the_limit(text: str, limit: int) -> None:
    spans = cut_segment(text, limit, len)
    assert "".join(span.slice(text) for span in spans) == text
    assert all(left.end == right.start for left, right in pairwise(spans))
    assert all(span.end - span.start <= limit for span in spans)


@given(TEXTS, st.integers(1, 8))
def test_words_are_whole_where_words_are_counted(text: str, limit: int) -> None:
    assert [word for piece in cut(text, limit) for word in piece.split()] == text.split()


def test_a_long_text_is_cut_evenly() -> None:
    pieces = cut("دخل الجيش المدينة، " * 50_000, 100)
    assert max(map(count_words, pieces)) <= 100
    assert min(map(count_words, pieces)) >= 25
