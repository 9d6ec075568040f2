"""The race sets up its texts, starts contestants, and puts ratios into a page."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks.race import Lost, Setup
from benchmarks.race_plan import Plan
from benchmarks.race_report import BEGIN, END, render_report, write_between
from benchmarks.race_setup import Text, lay_growth, lay_texts, pack_model


def test_texts_hold_what_they_say(tmp_path: Path) -> None:
    short, article, larger = lay_texts([45], tmp_path, articles=1)
    assert (short.documents, short.segments) == (1, 1)
    assert article.documents == 1
    assert (larger.name, larger.documents, larger.segments) == ("45 segments", 3, 45)
    documents = json.loads(larger.path.read_text(encoding="utf-8"))
    assert [len(document) for document in documents] == [20, 20, 5]
    assert larger.words == sum(len(one.split()) for d in documents for p in d for one in p)
    once, twice = lay_growth([1, 2], tmp_path, articles=1)
    assert (twice.documents, twice.words) == (2 * once.documents, 2 * once.words)


def test_lines_of_ones_own_are_repeated_as_often_as_needed(tmp_path: Path) -> None:
    lines = tmp_path / "lines.tsv"
    lines.write_text("سقطت حلب\tAleppo fell\n\nقال\tSaid\n", encoding="utf-8")
    *_, text = lay_texts([3], tmp_path, articles=1, lines=lines)
    documents = json.loads(text.path.read_text(encoding="utf-8"))
    assert documents == [[["سقطت حلب"], ["قال"], ["سقطت حلب"]]]


def test_the_model_is_packed_as_argos_reads_it(tmp_path: Path, tiny_model: Path) -> None:
    with zipfile.ZipFile(pack_model(tiny_model, tmp_path)) as packed:
        names = set(packed.namelist())
        metadata = json.loads(packed.read("ar_en/metadata.json"))
        same = packed.read("ar_en/sentencepiece.model") == (tiny_model / "source.spm").read_bytes()
    assert {"ar_en/model/model.bin", "ar_en/model/config.json"} <= names
    assert (metadata["from_code"], metadata["to_code"], same) == ("ar", "en", True)


def set_up(tmp_path: Path, model: Path) -> Setup:
    header = "id\tkind\tarabic\tpreferred\tadmitted\tforbidden\tstatus\tflags\tlinks\tcoordinates"
    (tmp_path / "none.tsv").write_text(f"{header}\tnote\tsource\n", encoding="utf-8")
    return Setup(model, tmp_path, 1, "cpu", "int8", {"": Path(sys.executable)})


@pytest.mark.parametrize("name", ["floor", "bitrans", "bitrans, glossary"])
def test_a_contestant_answers_each_text(tmp_path: Path, tiny_model: Path, name: str) -> None:
    texts = lay_texts([], tmp_path, articles=1)
    with set_up(tmp_path, tiny_model).start(name, 1) as racer:
        assert racer.ask() == {"ready": True}
        for text in texts:
            answer = racer.ask(text)
            assert answer["seconds"] > 0
            assert answer["peak"] > 1000
            assert answer["english"]
    assert racer.process.returncode is not None


def test_a_contestant_that_breaks_says_why(tmp_path: Path) -> None:
    setup = set_up(tmp_path, tmp_path / "nowhere")
    with setup.start("floor", 1) as racer, pytest.raises(Lost, match=r"(?s)floor: .*nowhere"):
        racer.ask()


REPORT = {
    "threads": 2, "device": "cpu", "compute_type": "int8", "repeats": 3, "quick": False,
    "text": "the articles, repeated", "lost": {"slow": "it broke"},
    "left_out": ["slow, beam 4, long: would take some 99 s of the 10 left"],
    "texts": {"short": {"words": 10}, "long": {"words": 1000}},
    "warm": {"4": {
        "floor": {
            "short": {"seconds": 1.0, "peak": 102400}, "long": {"seconds": 10.0, "peak": 204800},
        },
        "slow": {"short": {"seconds": 4.0, "peak": 153600}},
    }},
    "cold": {"floor": {"ready": 1.0, "first": 2.0}, "slow": {"ready": 3.0, "first": 5.0}},
    "pages": {"slow": 12.0},
    "growth": {"x1": {"ratio": 1.0, "peak": 102400}, "x2": {"ratio": 2.1, "peak": 102400}},
}  # fmt: skip


def test_tables_hold_speeds_and_ratios() -> None:
    text = render_report(REPORT)
    assert "| floor | 10 (1.00) | 100 (1.00) |" in text
    assert "| slow | 2 (0.25) | — |" in text
    assert "| slow | 150 (1.50) | — |" in text
    assert "| slow | 3.00 | 5.00 | 2.50 | 12.0 |" in text
    assert "| time | 1.00 | 2.10 |" in text
    assert "slow did not finish: it broke" in text
    assert "- slow, beam 4, long: would take some 99 s of the 10 left" in text


def test_what_does_not_fit_the_time_is_refused_with_the_reason() -> None:
    now = [0.0]
    plan = Plan(budget=100, patience=50, beams=2, clock=lambda: now[0])
    small, large = (Text(f"{n} words", Path(), 1, n, n) for n in (10, 100))
    plan.begin(1)
    assert plan.refuse("one", 1, large) == ""
    plan.learn("one", 1, small, 1.0)
    assert plan.refuse("one", 1, large) == ""
    assert "would take some 12 s of the 50 left" in plan.refuse("one", 1, large, again=True)
    plan.learn("two", 1, small, 5.0)
    assert "more than 50" in plan.refuse("two", 1, large)
    now[0] = 45.0
    assert "would take some 12 s of the 5 left" in plan.refuse("one", 1, large)
    plan.begin(2)
    assert plan.refuse("one", 1, large) == ""


def test_tables_go_between_the_marks_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write_between(page, "new")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(SystemExit, match="has no"):
        write_between(page, "new")
    assert page.read_text(encoding="utf-8") == "no marks"
