"""The choice of the segments that carry most of a document."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.arabic import fold_for_matching
from bitrans.brief import choose_segments
from bitrans.core import Document, Segment, Span
from bitrans.segments import split_document

HERE = Path(__file__).parent
ARTICLES = json.loads((HERE / "cases" / "summary_reference.json").read_text("utf-8"))["articles"]
WORDS = (
    "الجيش",
    "السوري",
    "سيطر",
    "على",
    "أحياء",
    "حلب",
    "المعارضة",
    "انسحب",
    "مقاتلو",
    "من",
    "قال",
    "130",
    "ألف",
    "مدني",
    "روسيا",
    "و50",
    "تدمر",
    "في",
    "...",
    "!",
)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=14)
LEAD = "سيطر الجيش السوري على جميع أحياء مدينة حلب بعد انسحاب مقاتلي المعارضة منها"
FRAME = "وقع حادث في قرية بعيدة"
LETTERS = "ابتثجحخدرزسشصطعفقكلمنهوي"
#: Endings of one length and of no meaning: sentences that are all as like each other.
DIFFERENT = [
    " ".join("".join(random.Random(seed).sample(LETTERS, 20))[i : i + 5] for i in (0, 5, 10, 15))
    for seed in range(6)
]


def _make(texts: Sequence[str], headings: Sequence[int] = (), documents: int = 1) -> list[Segment]:
    return [
        Segment(
            f"d{i * documents // max(1, len(texts))}",
            i,
            i,
            Span(0, len(text)),
            text,
            "heading" if i in headings else "sentence",
        )
        for i, text in enumerate(texts)
    ]


@given(TEXTS, st.integers(-1, 8), st.sets(st.integers(0, 13)), st.integers(1, 3), st.data())
def test_what_holds_for_every_choice(
    texts: list[str], size: int, headings: set[int], documents: int, data: st.DataObject
) -> None:
    segments = _make(texts, sorted(headings), documents)
    names = data.draw(
        st.none() | st.lists(st.integers(0, 5), min_size=len(texts), max_size=len(texts))
    )
    chosen = choose_segments(segments, size=size, names=names)
    words = [tuple(re.findall(r"\w+", fold_for_matching(s.text).text)) for s in segments]
    able = {
        words[i]
        for i, segment in enumerate(segments)
        if segment.kind == "sentence" and any(map(str.isalpha, segment.text))
    }
    assert list(chosen) == sorted(set(chosen))
    assert len(chosen) == min(max(0, size), len(able))
    assert len({words[i] for i in chosen} & able) == len(chosen)
    assert all(segments[i].kind == "sentence" for i in chosen)
    assert chosen == choose_segments(segments, size=size, names=names)


def test_all_sentences_where_there_are_few() -> None:
    segments = _make(["حلب", LEAD, "تدمر", "قال مصدر", "***"], headings=[0])
    assert choose_segments(segments, size=5) == (1, 2, 3)


@pytest.mark.parametrize("texts", [[], ["***", "", "123"]])
def test_nothing_to_choose_from(texts: list[str]) -> None:
    assert choose_segments(_make(texts)) == ()


def test_one_sentence_repeated_is_chosen_once() -> None:
    others = [
        "وقتل خمسون مدنيا في غارات على ريف حماة بينهم أطفال ونساء",
        "وقال وزير الخارجية الفرنسي إن موسكو تكذب دائما في هذا النزاع",
    ]
    segments = _make([LEAD, LEAD + ".", others[0], f"«{LEAD}»", others[1]])
    assert choose_segments(segments, size=2)[0] == 0
    assert choose_segments(segments, size=3) == (0, 2, 4)
    assert choose_segments(segments, size=5) == (0, 2, 4)


def test_a_rewording_gives_way_to_something_new() -> None:
    reworded = LEAD.replace("سيطر الجيش", "الجيش سيطر").replace("جميع", "كل")
    other = "وقتل خمسون مدنيا في غارات على أحياء مدينة حلب بعد ظهر أمس بينهم أطفال"
    assert choose_segments(_make([LEAD, reworded, other]), size=2) == (0, 2)


def test_spellings_of_one_word_meet() -> None:
    segments = _make([LEAD, LEAD.replace("ي ", "ى ").replace("أ", "ا"), "وقال إن القتال انتهى"])
    assert choose_segments(segments, size=3) == (0, 2)


def test_very_short_and_very_long_sentences_lose() -> None:
    long = " ".join([LEAD] * 12)
    other = "قال مصدر عسكري سوري إن الجيش السوري سيطر على أحياء مدينة حلب الشرقية كلها"
    assert choose_segments(_make([long, "حلب الجيش", other]), size=1) == (2,)


def test_names_tip_the_scales() -> None:
    segments = _make([f"{FRAME} {word}" for word in DIFFERENT])
    assert choose_segments(segments, size=2) == (0, 1)
    assert choose_segments(segments, size=2, names=[0, 0, 0, 3, 0, 0]) == (0, 3)


def test_figures_tip_the_scales() -> None:
    texts = [f"{FRAME} {words} {words[:2]} {words[6:9]}" for words in DIFFERENT]
    assert choose_segments(_make(texts), size=2) == (0, 1)
    texts[2] = f"{FRAME} {DIFFERENT[2]} 50 130"
    assert choose_segments(_make(texts), size=2) == (0, 2)


def test_each_document_has_its_own_lead() -> None:
    texts = [f"{FRAME} {word}" for word in DIFFERENT]
    assert choose_segments(_make(texts), size=2) == (0, 1)
    assert choose_segments(_make(texts, documents=2), size=2) == (0, 3)


def test_counts_of_names_must_fit() -> None:
    with pytest.raises(ValueError, match="1 counts of names for 2 segments"):
        choose_segments(_make([LEAD, "حلب"]), names=[1])


def test_numpy_is_not_imported_before_there_is_work() -> None:
    code = "import sys, bitrans.brief; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_long_document_has_a_summary_too() -> None:
    rng = random.Random(1)
    words = ["".join(rng.choices(LETTERS, k=rng.randint(3, 8))) for _ in range(4000)]
    texts = [" ".join(rng.choices(words, k=20)) for _ in range(1600)]
    assert len(choose_segments(_make(texts), size=9)) == 9


def test_the_choice_is_nearer_to_a_readers_than_chance_and_the_lead() -> None:
    ours, lead, chance = (sum(found) for found in zip(*map(_measure, ARTICLES), strict=True))
    assert ours > chance
    assert ours >= lead


def _measure(name: str) -> tuple[float, float, float]:
    """How many of five are a reader's, or its alternates: ours, the first five, by chance."""
    text = (HERE.parent / "seeds" / f"{name}.txt").read_text("utf-8-sig")
    digest = sha256(text.encode()).hexdigest()
    segments = split_document(Document(name, name, name, None, text, digest))
    wanted = [*ARTICLES[name]["chosen"], *ARTICLES[name]["alternates"]]
    assert all(sum(words in segment.text for segment in segments) == 1 for words in wanted)
    good = {s.index for s in segments if any(words in s.text for words in wanted)}
    sentences = [segment.index for segment in segments if segment.kind == "sentence"]
    ours = len(good & set(choose_segments(segments)))
    return ours, len(good & set(sentences[:5])), 5 * len(good) / len(sentences)
