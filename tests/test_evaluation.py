"""Scoring files and versions of files: inputs, alignment, comparison, limits, reports."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from typer.testing import CliRunner

from bitrans.cli import app
from bitrans.config import Config
from bitrans.core import Score
from bitrans.errors import InputError
from bitrans.evaluation import evaluate_paths, read_tasks, score_briefs, score_paths
from bitrans.evaluation.formats import read_renderings
from bitrans.fake import FakeTranslator
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary
from bitrans.measures import Evaluation
from bitrans.pipeline import translate_paths
from bitrans.render import (
    render_json,
    render_scores_html,
    render_scores_json,
    render_scores_text,
)
from bitrans.tools import Tools

PLACES = [
    "Aleppo",
    "Palmyra",
    "Homs",
    "Idlib",
    "Raqqa",
    "Hama",
    "Daraa",
    "Manbij",
    "Tartus",
    "Afrin",
]
REFERENCE = [
    f"The army said on Tuesday it took {3 + n} of the districts of {place} from the rebels."
    for n, place in enumerate(PLACES)
]
GOOD = [line.replace("said on Tuesday it", "said Tuesday that it") for line in REFERENCE]
WORSE = [line.replace("districts of", "quarters in").replace("rebels", "men") for line in GOOD]
GLOSSARY = (
    "id\tkind\tarabic\tpreferred\tadmitted\tforbidden\tstatus\tflags\tlinks\tcoordinates\tnote\tsource\n"
    "place-aleppo\tplace\tحلب\tAleppo\tHalab\tAlepo\tapproved\t\t\t\t\ttest\n"
    "place-homs\tplace\tحمص\tHoms\t\tHims\tapproved\t\t\t\t\ttest\n"
)


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "terms.tsv"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


def write(path: Path, lines: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def find(evaluation: Evaluation, metric: str, system: str | None = None) -> Score:
    row = evaluation.find_row(system or evaluation.system)
    assert row is not None
    return next(score for score in row.scores if score.metric == metric)


# --- agreement and order


def test_line_by_line_scores_are_those_of_sacrebleu(tmp_path: Path) -> None:
    lines = [*WORSE[:4], "", *WORSE[5:]]
    found = score_paths(
        write(tmp_path / "ours.txt", lines),
        write(tmp_path / "theirs.txt", REFERENCE),
        intervals=100,
    )
    for metric in (BLEU(), CHRF(word_order=2), TER()):
        expected = metric.corpus_score(lines, [REFERENCE], n_bootstrap=100)
        score = find(found, "chrF++" if expected.name == "chrF2++" else expected.name)
        assert (score.value, score.signature) == (expected.score, str(metric.get_signature()))
    assert found.alignments[0].one_to_one


def test_a_shuffled_translation_scores_lower(tmp_path: Path) -> None:
    shuffled = random.Random(1).sample(GOOD, len(GOOD))
    references = write(tmp_path / "theirs.txt", REFERENCE)
    good = score_paths(write(tmp_path / "good.txt", GOOD), references, intervals=0)
    bad = score_paths(write(tmp_path / "bad.txt", shuffled), references, intervals=0)
    for metric in ("BLEU", "chrF++", "names", "numbers"):
        assert find(bad, metric).value < find(good, metric).value
    assert find(bad, "TER").value > find(good, "TER").value


def test_lines_cut_elsewhere_are_aligned(tmp_path: Path) -> None:
    theirs = [" ".join(REFERENCE[:2]), *REFERENCE[2:5], "", *REFERENCE[5:]]
    found = score_paths(
        write(tmp_path / "a.txt", REFERENCE), write(tmp_path / "b.txt", theirs), intervals=0
    )
    (alignment,) = found.alignments
    assert (alignment.lines, alignment.references, alignment.beads) == (10, 9, 9)
    assert not alignment.one_to_one
    assert round(find(found, "BLEU").value, 6) == round(find(found, "BLEU-doc").value, 6) == 100


def test_shifted_lines_are_noticed_and_can_be_aligned(tmp_path: Path) -> None:
    ours = write(tmp_path / "a.txt", REFERENCE)
    theirs = write(tmp_path / "b.txt", ["A headline nobody translated.", *REFERENCE[:-1]])
    plain = score_paths(ours, theirs, intervals=0)
    assert any("--align" in note for note in plain.notes)
    aligned = score_paths(ours, theirs, intervals=0, align=True)
    assert not any("--align" in note for note in aligned.notes)
    assert find(aligned, "BLEU").value > find(plain, "BLEU").value + 10


# --- comparison


def compare(tmp_path: Path, baseline: list[str]) -> Evaluation:
    return score_paths(
        write(tmp_path / "ours.txt", GOOD),
        write(tmp_path / "theirs.txt", REFERENCE),
        baseline=write(tmp_path / "before.txt", baseline),
        intervals=0,
    )


def test_a_known_gain_has_a_small_p(tmp_path: Path) -> None:
    for one in compare(tmp_path, WORSE).comparisons:
        assert (one.difference > 0) == (one.metric != "TER")
        bootstrap = one.find_test("segment", "paired-bootstrap")
        exchange = one.find_test("segment", "approximate-randomisation")
        assert bootstrap is not None
        assert exchange is not None
        assert bootstrap.p < 0.01
        assert exchange.p < 0.01
        assert bootstrap.interval is not None
        assert (bootstrap.interval[0] > 0) == (one.metric != "TER")
        assert one.find_test("document", "paired-bootstrap") is None  # one document: no test


def test_the_same_system_has_p_one(tmp_path: Path) -> None:
    found = compare(tmp_path, GOOD)
    assert [test.p for one in found.comparisons for test in one.tests] == [1.0] * 6
    assert all(one.difference == 0 for one in found.comparisons)


def test_versions_cut_differently_meet_on_shared_beads(tmp_path: Path) -> None:
    joined = [" ".join(GOOD[:2]), *GOOD[2:]]
    found = compare(tmp_path, joined)
    assert [line.baseline for line in found.lines] == joined
    assert found.comparisons[0].count == 9


# --- inputs


def test_folders_are_paired_by_name(tmp_path: Path) -> None:
    for place in ("one", "two"):
        write(tmp_path / "ours" / f"{place}.txt", GOOD[:3])
        write(tmp_path / "theirs" / f"{place}.en.txt", REFERENCE[:3])
    write(tmp_path / "ours" / "three.txt", GOOD[:3])
    found = score_paths(tmp_path / "ours", tmp_path / "theirs", intervals=0)
    assert [it.document_id for it in found.alignments] == ["one", "two"]
    assert found.notes[0] == "not scored, no reference: three"
    rows = [(row.document_id, row.system) for row in found.rows]
    assert rows == [("one", "ours"), ("two", "ours"), (None, "ours")]


def test_tsv_and_tmx_hold_the_same(tmp_path: Path) -> None:
    rows = [(f"سقطت حلب {n}", line) for n, line in enumerate(REFERENCE)]
    tsv = write(tmp_path / "a.tsv", ["\t".join(row) for row in rows])
    headed = write(tmp_path / "b.tsv", ["english\tid\tarabic", *(f"{e}\tb\t{a}" for a, e in rows)])
    units = "".join(
        f'<tu><tuv xml:lang="ar-SY"><seg>{a}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{e}</seg></tuv></tu>'
        for a, e in rows
    )
    tmx = tmp_path / "c.tmx"
    tmx.write_text(
        '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/>'
        f"<body>{units}</body></tmx>",
        encoding="utf-8",
    )
    first, second, third = (read_renderings(path)[0] for path in (tsv, headed, tmx))
    assert first.lines == second.lines == third.lines == tuple(REFERENCE)
    assert first.arabic == second.arabic == third.arabic == tuple(a for a, _ in rows)


def test_a_tsv_may_hold_several_documents(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", ["doc\ten", "x\tOne.", "y\tTwo.", "x\tThree."])
    assert [(it.id, it.lines) for it in read_renderings(path)] == [
        ("x", ("One.", "Three.")),
        ("y", ("Two.",)),
    ]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
LEAK = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, LEAK])
def test_entities_of_a_tmx_are_refused(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(
        f'{head}<tmx><body><tu><tuv xml:lang="en"><seg>&a;</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=r"a\.tmx: not TMX that can be read safely"):
        read_renderings(path)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "is empty; write"),
        ("a.txt", b"caf\xe9", "byte 3 is not UTF-8; save"),
        ("a.txt", b"a\0b", "not plain text; save"),
        ("a.tsv", b"", "is empty; write"),
        ("a.tsv", "سقطت حلب\n".encode(), "no English column; give"),
        ("a.tsv", b"doc\ten\nx\tOne\ny\n", "row 2 has 1 of 2 columns; part"),
        ("a.tmx", b"<tmx><body>", "not TMX that can be read"),
        ("a.tmx", b"<tmx><body/></tmx>", "no unit has English"),
        ("a.json", b"{", "not valid JSON"),
        ("a.json", b"{}", "not a bilingual document"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=says) as caught:
        read_renderings(path)
    assert str(path) in str(caught.value)


def test_names_that_do_not_match(tmp_path: Path) -> None:
    ours = write(tmp_path / "ours" / "one.txt", GOOD).parent
    write(ours / "two.txt", GOOD)
    theirs = write(tmp_path / "theirs" / "three.en.txt", REFERENCE).parent
    with pytest.raises(
        InputError, match=r"theirs: no name in it matches .*\(three beside one, two"
    ):
        read_tasks(ours, theirs)
    write(theirs / "one.en.txt", REFERENCE)
    with pytest.raises(InputError, match="ours: nothing named three, which the other side has"):
        read_tasks(ours, theirs)
    with pytest.raises(InputError, match="b: nothing named two, which the other side has"):
        read_tasks(ours, ours, baseline=write(tmp_path / "b" / "one.txt", GOOD).parent)


def test_places_without_documents(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        read_tasks(tmp_path / "none", tmp_path)
    with pytest.raises(InputError, match="holds nothing to score"):
        read_tasks(tmp_path, tmp_path)


def test_the_arabic_must_have_as_many_lines(tmp_path: Path) -> None:
    source = write(tmp_path / "ar.txt", ["سقطت حلب"])
    with pytest.raises(InputError, match=r"ar\.txt: 1 lines for the 10 of .*ours\.txt; give"):
        score_paths(
            write(tmp_path / "ours.txt", GOOD),
            write(tmp_path / "theirs.txt", REFERENCE),
            source=source,
        )


# --- terms from the Arabic


def test_terms_are_measured_where_the_arabic_is_given(tmp_path: Path, glossary: Path) -> None:
    english = ["Halab fell.", "Hims fell, and the city too.", "It fell.", "Aleppo rests."]
    reference = ["Aleppo fell.", "Homs fell, and Aleppo.", "Aleppo fell.", "The city rests."]
    found = score_paths(
        write(tmp_path / "ours.txt", english),
        write(tmp_path / "theirs.txt", reference),
        source=write(tmp_path / "ar.txt", ["سقطت حلب", "سقطت حمص وحلب", "سقطت حلب", "حلب هادئة"]),
        glossary=[str(glossary)],
        intervals=0,
    )
    values = {
        name: (round(find(found, f"terms-{name}").value, 6), find(found, f"terms-{name}").count)
        for name in ("preferred", "admitted", "forbidden", "consistency", "unsupported")
    }
    assert values == {
        "preferred": (20.0, 5),  # Aleppo in line 4
        "admitted": (40.0, 5),  # and Halab in line 1
        "forbidden": (20.0, 5),  # Hims in line 2
        "consistency": (25.0, 4),  # of four mentions of Aleppo one has the form used most
        "unsupported": (50.0, 2),  # Aleppo in line 4, where the reference says the city
    }
    aleppo = next(row for row in found.terms if row.term_id == "place-aleppo")
    assert (aleppo.mentions, aleppo.admitted, aleppo.missing, aleppo.unsupported) == (4, 2, 2, 1)
    assert [it.number for it in aleppo.examples] == [2, 3, 4]


def test_a_reference_with_its_arabic_lends_it(tmp_path: Path, glossary: Path) -> None:
    rows = ["سقطت حلب\tAleppo fell.", "سقطت حمص\tHoms fell.", "قال ذلك\tHe said so."]
    found = score_paths(
        write(tmp_path / "ours.txt", ["Aleppo fell.", "It fell.", "He said it."]),
        write(tmp_path / "theirs.tsv", rows),
        glossary=[str(glossary)],
        intervals=0,
    )
    assert find(found, "terms-preferred").value == 50
    assert [line.arabic for line in found.lines] == [row.split("\t")[0] for row in rows]


# --- translate and score


@pytest.fixture
def tools(glossary: Path) -> Tools:
    answers = {
        "سقطت حلب اليوم.": "Alepo fell today.",
        "قال مصدر إن حمص هادئة.": "A source said Homs was calm.",
    }
    loaded = load_glossary([glossary])
    return Tools(FakeTranslator(answers), loaded, Matcher(loaded.terms), Config())


def lay_article(folder: Path) -> Path:
    article = write(folder / "news.txt", ["سقطت حلب اليوم. قال مصدر إن حمص هادئة."])
    write(folder / "en" / "news.en.txt", ["Aleppo fell today.", "A source said Homs was calm."])
    return article


def test_evaluate_compares_the_glossary_with_its_absence(tmp_path: Path, tools: Tools) -> None:
    article = lay_article(tmp_path)
    found = evaluate_paths([str(article)], tools, references=tmp_path / "en", intervals=0)
    assert (found.system, found.baseline) == ("with glossary", "without glossary")
    assert find(found, "terms-preferred").value == 100
    assert find(found, "terms-preferred", "without glossary").value == 50
    assert find(found, "terms-forbidden", "without glossary").value == 50
    assert find(found, "terms-imposed").value == 0
    assert [line.gain > 0 for line in found.lines] == [True, False]
    assert found.comparisons[1].difference > 0


def test_evaluate_says_what_it_left_out(tmp_path: Path, tools: Tools) -> None:
    article = lay_article(tmp_path)
    other = write(tmp_path / "other.txt", ["سقطت حلب اليوم."])
    paths = [str(article), str(other)]
    found = evaluate_paths(paths, tools, references=tmp_path / "en", intervals=0)
    assert "other: not scored, it has no reference" in found.notes
    with pytest.raises(InputError, match="no such folder"):
        evaluate_paths(paths, tools, references=tmp_path / "nowhere")
    with pytest.raises(InputError, match="no reference for any document"):
        evaluate_paths([str(other)], tools, references=tmp_path / "en")


def test_the_json_of_translate_scores_as_evaluate_does(tmp_path: Path, tools: Tools) -> None:
    article = lay_article(tmp_path)
    (bilingual,) = translate_paths([str(article)], tools)
    path = tmp_path / "out" / "news.json"
    path.parent.mkdir()
    path.write_text(render_json(bilingual), encoding="utf-8")  # type: ignore[arg-type]
    write(path.parent / "report.json", ['{"format": "bitrans-report"}'])
    scored = score_paths(path.parent, tmp_path / "en", intervals=0)
    evaluated = evaluate_paths([str(article)], tools, references=tmp_path / "en", intervals=0)
    (ours,) = [row for row in scored.rows if row.document_id is None]
    theirs = evaluated.find_row("with glossary")
    assert theirs is not None
    assert ours.scores == theirs.scores


# --- briefs


def test_briefs_by_hand(tmp_path: Path) -> None:
    reference = write(tmp_path / "b.txt", ["Troops took 12 districts of Aleppo.", "Russia helped."])
    brief = tmp_path / "a.json"
    brief.write_text(
        json.dumps(
            {"claims": [{"english": "Troops took 12 districts of Aleppo."}, "Troops took 12"]}
        ),
        encoding="utf-8",
    )
    found = score_briefs(brief, reference)
    # nine words of ours, eight of theirs, six shared; triples of ours: seven, one of them again
    assert round(find(found, "ROUGE-1").value, 6) == round(100 * 2 * 6 / (9 + 8), 6)
    assert round(find(found, "redundancy").value, 6) == round(100 / 7, 6)
    assert find(found, "figures").value == 100
    assert find(found, "actors").value == 100  # Aleppo; Russia begins a line
    same = score_briefs(reference, reference)
    assert [round(find(same, f"ROUGE-{n}").value, 6) for n in "12L"] == [100, 100, 100]


def test_a_brief_may_cite_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    data = {
        "format": "bitrans-brief",
        "lines": {"r1s1": {"english": "Not chosen."}, "r1s2": {"english": "Aleppo fell."}},
        "points": [{"line": "r1s2", "span": None}],
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    found = score_briefs(path, write(tmp_path / "b.txt", ["Aleppo fell."]))
    assert round(find(found, "ROUGE-L").value, 6) == 100


def test_briefs_that_cannot_be_read(tmp_path: Path) -> None:
    text = write(tmp_path / "b.txt", ["One."])
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json: not a brief that can be read"):
        score_briefs(path, text)


# --- the command line and the reports


def run(*arguments: object) -> tuple[int, str]:
    result = subprocess.run(
        [sys.executable, "-m", "bitrans", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return result.returncode, result.stdout + result.stderr


def test_limits_decide_the_exit_code(tmp_path: Path) -> None:
    ours, theirs = write(tmp_path / "a.txt", GOOD), write(tmp_path / "b.txt", REFERENCE)
    common = ("score", ours, theirs, "--intervals", 0)
    runner = CliRunner()

    def leave(*limits: str) -> int:
        options = [word for limit in limits for word in ("--fail-under", limit)]
        return runner.invoke(app, [*map(str, common), *options]).exit_code

    assert leave("chrF++=50", "ter=50") == 0
    assert leave("chrF++=99.9") == 1
    assert leave("TER=1") == 1  # an error rate fails where it is over
    code, said = run(*common, "--fail-under", "chrF++=99.9")
    assert (code, "bitrans: chrF++ " in said, "is under 99.9" in said) == (1, True, True)
    code, said = run(*common, "--fail-under", "COMET=1")
    assert (code, "not measured here; use BLEU, chrF++, TER" in said) == (2, True)
    code, said = run(*common, "--fail-under", "BLEU")
    assert (code, "write METRIC=VALUE" in said) == (2, True)


def test_bad_input_is_one_line_and_a_code(tmp_path: Path) -> None:
    code, said = run("score", tmp_path / "none.txt", tmp_path)
    assert code == 3
    assert said.strip().splitlines() == [
        f"bitrans: {tmp_path}/none.txt: no such file or folder; check the path"
    ]


def test_the_table_fits_a_terminal_and_names_every_signature(tmp_path: Path) -> None:
    found = compare(tmp_path, WORSE)
    text = render_scores_text(
        replace(
            found,
            system="a" * 60,
            rows=tuple(
                replace(row, system="a" * 60) if row.system == found.system else row
                for row in found.rows
            ),
        )
    )
    assert max(map(len, text.splitlines())) <= 80
    joined = text.replace("\n  ", "")
    for score in found.rows[-1].scores:
        assert score.signature in joined


def test_the_json_holds_what_was_measured(tmp_path: Path) -> None:
    found = compare(tmp_path, WORSE)
    data = json.loads(render_scores_json(found))
    assert (data["format"], data["version"]) == ("bitrans-scores", 1)
    assert len(data["lines"]) == len(REFERENCE)
    assert data["comparisons"][0]["tests"][0]["p"] == found.comparisons[0].tests[0].p
    assert all(score["signature"] for row in data["scores"] for score in row["scores"])


def test_the_page_shows_text_as_text(tmp_path: Path) -> None:
    nasty = [f"<script>alert({n})</script> {line}" for n, line in enumerate(GOOD)]
    page = render_scores_html(compare(tmp_path, nasty))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http://" not in page
    assert "https://" not in page
    assert page.count("<circle") > 10
    assert 'dir="rtl"' in page
