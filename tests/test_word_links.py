"""Links by hand and alignment error, counted by hand; attention read as links."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.alignment import (
    GOLD,
    find_links,
    link_diagonally,
    link_tokens,
    link_words,
)
from benchmarks.alignment_ladder import Unaligned, compare_mentions, list_mentions, print_rungs
from benchmarks.wordlinks import (
    HEADER,
    Gold,
    Score,
    choose_pairs,
    hash_pair,
    list_words,
    read_gold,
    score_links,
)
from bitrans.config import Config
from bitrans.core import Hypothesis, Span, Term
from bitrans.fake import FakeTranslator
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import Glossary
from bitrans.tools import Tools

ARABIC, ENGLISH = "وصل الرئيس إلى حلب", "The president reached Aleppo."


def write_gold(folder: Path, *rows: str) -> Path:
    path = folder / "gold.tsv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return path


def test_error_precision_and_recall_counted_by_hand() -> None:
    gold = Gold(1, "", frozenset({(0, 0), (1, 2)}), frozenset({(0, 0), (1, 2), (1, 1)}))
    score = score_links([{(0, 0), (1, 1), (2, 2)}], [gold])
    assert score == Score(proposed=3, sure=2, right_sure=1, right_possible=2)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(1 / 2)
    assert score.error == pytest.approx(1 - (1 + 2) / (3 + 2))


def test_counts_of_pairs_are_added_before_the_shares_are_taken() -> None:
    one = Gold(1, "", frozenset({(0, 0)}), frozenset({(0, 0)}))
    two = Gold(2, "", frozenset({(0, 0), (1, 1), (2, 2)}), frozenset({(0, 0), (1, 1), (2, 2)}))
    score = score_links([{(5, 5)}, {(0, 0), (1, 1), (2, 2)}], [one, two])
    assert score == Score(4, 4, 3, 3)
    assert score.error == pytest.approx(1 - 6 / 8)


def test_all_sure_and_some_possible_links_are_no_error() -> None:
    gold = Gold(1, "", frozenset({(0, 0)}), frozenset({(0, 0), (0, 1), (0, 2)}))
    assert score_links([{(0, 0), (0, 2)}], [gold]).error == 0
    assert score_links([set()], [gold]) == Score(0, 1, 0, 0)
    assert score_links([set()], [gold]).error == 1


def test_gold_rows_are_read(tmp_path: Path) -> None:
    path = write_gold(tmp_path, "7\tabc\t0-2 1?0 1-1")
    sure = frozenset({(0, 2), (1, 1)})
    assert read_gold(path) == [Gold(7, "abc", sure, sure | {(1, 0)})]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("7\tabc\t0-2 1+1", "must be a line"),
        ("7\tabc\t", "must be a line"),
        ("7\tabc", "must be a line"),
        ("x\tabc\t0-2", "must be a line"),
        ("7\tabc\t0-2 0?2", "comes twice"),
    ],
)
def test_faulty_gold_rows_are_named(tmp_path: Path, row: str, fault: str) -> None:
    with pytest.raises(ValueError, match=rf"gold\.tsv:2: .*{fault}"):
        read_gold(write_gold(tmp_path, row))


def test_pairs_must_be_those_that_were_linked(tmp_path: Path) -> None:
    path = tmp_path / "news.tsv"
    path.write_text(f"غيره\tAnother\n{ARABIC}\t{ENGLISH}\n", encoding="utf-8")
    links = frozenset({(3, 3)})
    right = Gold(2, hash_pair(ARABIC, ENGLISH), links, links)
    assert choose_pairs([right], path) == [(ARABIC, ENGLISH)]
    for line in (1, 9):
        with pytest.raises(ValueError, match="not the pair"):
            choose_pairs([Gold(line, right.pair, links, links)], path)
    beyond = frozenset({(4, 0)})
    with pytest.raises(ValueError, match="words are missing"):
        choose_pairs([Gold(2, right.pair, beyond, beyond)], path)


def test_the_gold_standard_is_whole() -> None:
    gold = read_gold(GOLD)
    assert len(gold) == 110
    assert len({one.line for one in gold}) == len({one.pair for one in gold}) == 110
    assert all(one.sure for one in gold)


def test_words_keep_vowel_signs_and_hyphens() -> None:
    text = "يفرّخ «حلب» al-Assad's 3."
    words = ["يفرّخ", "«", "حلب", "»", "al-Assad's", "3", "."]
    assert [span.slice(text) for span in list_words(text)] == words


def test_attention_is_read_by_word_and_by_token() -> None:
    hypothesis = Hypothesis(
        "Aleppo fell. More",
        target_spans=(Span(0, 3), Span(3, 6), Span(7, 11), Span(11, 12), Span(13, 17)),
        source_spans=(Span(0, 4), Span(5, 7), Span(7, 8)),
        alignment=((0.6, 0.4, 0.0), (0.1, 0.4, 0.5), (0.9, 0.1, 0.0), (0.3, 0.3, 0.4), (1, 0, 0)),
    )
    arabic, english = "سقطت حلب", "Aleppo fell."
    assert link_words(hypothesis, arabic, english) == {(1, 0), (0, 1), (1, 2)}
    assert link_tokens(hypothesis, arabic, english) == {(0, 0), (1, 0), (0, 1), (1, 2)}
    with pytest.raises(ValueError, match="did not write the reference"):
        link_words(hypothesis, arabic, "Another")


def test_the_diagonal_and_links_of_spans() -> None:
    assert link_diagonally("ا ب", "a b c d") == {(0, 0), (0, 1), (1, 2), (1, 3)}
    assert [*find_links([[5, 11, 4, 13], [15, 18, 22, 28]], ARABIC, ENGLISH)] == [(1, 1), (3, 3)]


def test_what_alignment_makes_possible_is_counted_by_mention(
    capsys: pytest.CaptureFixture[str],
) -> None:
    aligned = {("a", 0, n): method for n, method in enumerate(
        ("already-right", "replaced", "rewritten", "annotated", "not-enforced")
    )}  # fmt: skip
    plain = {("a", 0, n): method for n, method in enumerate(
        ("already-right", "not-enforced", "annotated", "annotated", "forced")
    )}  # fmt: skip
    assert compare_mentions(aligned, plain) == (3, 1, 1)
    print_rungs(aligned, plain)
    assert "of 3 mentions put right, 1, 33% of them, only with" in capsys.readouterr().out


def test_a_name_put_where_attention_shows_it_needs_alignment(tmp_path: Path) -> None:
    term = Term("person-x", "person", ("جرير",), "Jarir")
    hypothesis = Hypothesis(
        "Wolfgang arrived",
        target_spans=(Span(0, 8), Span(9, 16)),
        source_spans=(Span(0, 3), Span(4, 8)),
        alignment=((0.0, 1.0), (1.0, 0.0)),
    )
    engine = FakeTranslator({"وصل جرير": hypothesis})
    (tmp_path / "text.txt").write_text("وصل جرير\n", encoding="utf-8")
    glossary = Glossary((term,), "0" * 64, ())
    tools = Tools(engine, glossary, Matcher(glossary.terms), Config())
    plain = Tools(Unaligned(engine), glossary, Matcher(glossary.terms), Config())
    paths = [str(tmp_path / "text.txt")]
    assert {*list_mentions(paths, tools).values()} == {"replaced"}
    assert {*list_mentions(paths, plain).values()} == {"not-enforced"}
