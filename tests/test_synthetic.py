"""Pairs of which a model made one side: which renderings are taken, how they join the others."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from bitrans.core import Hypothesis, Term, TokenScores
from bitrans.fake import FakeTranslator
from bitrans.glossary.matching import Matcher
from training.corpus import SentencePair, read_lines
from training.synthetic import (
    choose_renderings,
    draw_lines,
    render_lines,
    replace_domain,
    translate_back,
    write_renderings,
)

ALEPPO = Term("aleppo", "place", ("حلب",), "Aleppo")
TEXT = "وصلت القافلة إلى حلب صباح اليوم"


def write_lines(path: Path, lines: list[str]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return path


class Reverse(FakeTranslator):
    """Finds the Arabic of English with one word in it likely."""

    def score(self, texts: object, renderings: object) -> list[TokenScores]:
        assert isinstance(texts, tuple)
        return [TokenScores((), (-0.1 if "convoy" in text else -5.0,)) for text in texts]


def test_sentences_are_drawn_once_each_and_of_fit_length(tmp_path: Path) -> None:
    long, short = "كلمة " * 20, "قصير"
    path = write_lines(tmp_path / "mono.txt.gz", [long, short, long, "كلمة " * 100, "جملة " * 12])
    assert sorted(draw_lines(path, 9)) == sorted([long.rstrip("\n"), "جملة " * 12])
    assert len(draw_lines(path, 1)) == 1


def test_a_name_that_no_rendering_shows_is_asked_for() -> None:
    wrong = Hypothesis("The convoy reached Halabja this morning", -0.2)
    engine = FakeTranslator({TEXT: wrong})
    (found,) = render_lines(engine, Matcher([ALEPPO]), [TEXT])
    assert [one.names for one in found] == [0, 1]
    assert "Aleppo" in found[1].english


def test_rendering_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    path, engine = tmp_path / "rendered.jsonl.gz", FakeTranslator({"أ": "a", "ب": "b"})
    for lines in (["أ"], ["أ", "ب"]):
        write_renderings(path, lines, engine, Matcher([]))
    assert engine.seen == ["أ", "ب"]
    assert [json.loads(line)[0] for line in read_lines(path)] == ["أ", "ب"]


def test_faulty_renderings_are_left_out() -> None:
    circling = Hypothesis("the the the the the the the the the the the the", -0.1)
    (found,) = render_lines(FakeTranslator({TEXT: circling}), Matcher([]), [TEXT])
    assert found == []


def test_names_count_before_likelihood_and_the_reverse_model_has_its_say(tmp_path: Path) -> None:
    rows = [
        ["أ", [["a", -0.1, 0], ["b", -2.0, 1]]],
        ["ب", [["the trip", -0.1, 0], ["the convoy", -0.5, 0]]],
        ["ج", []],
    ]
    path = write_lines(tmp_path / "rendered.jsonl.gz", [json.dumps(row) for row in rows])
    assert choose_renderings(path, None, 1.0) == [
        SentencePair("ب", "the trip"),
        SentencePair("أ", "b"),
    ]
    assert choose_renderings(path, Reverse({}), 1.0)[0] == SentencePair("ب", "the convoy")
    assert choose_renderings(path, None, 0.5) == [SentencePair("ب", "the trip")]


def test_the_english_of_the_news_goes_back(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "pairs.tsv.gz", ["news\tحلب\tAleppo", "chat\tمرحبا\thello"])
    engine = FakeTranslator({"Aleppo": Hypothesis("مدينة حلب")})
    assert list(translate_back(path, 9, engine)) == [SentencePair("مدينة حلب", "Aleppo")]
    assert list(translate_back(path, 0, engine)) == []


def test_a_domain_is_replaced_and_filtered_like_real_pairs(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "pairs.tsv.gz", ["news\tحلب\tAleppo", "self\tقديم\told"])
    pairs = [SentencePair("القافلة وصلت", "the convoy arrived"), SentencePair("نص", "نص")]
    counts = replace_domain(path, "self", pairs)
    assert list(read_lines(path)) == ["news\tحلب\tAleppo", "self\tالقافلة وصلت\tthe convoy arrived"]
    assert counts == {"kept": 1, "target not English": 1}
