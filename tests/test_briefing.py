"""``bitrans brief``: documents and translated JSON into one brief, through the command line."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bitrans.bilingual import to_json
from bitrans.briefing.sources import Names, find_sources, rename
from bitrans.core import BilingualDocument
from bitrans.errors import InputError
from bitrans.render import read_brief, render_html
from tests.briefs import make_report
from tests.test_cli import run
from tests.test_render import Page

RUN = {"bitrans": "0.0.0", "created": "2016-12-13", "model": "toy", "glossary": "abc123"}
LINES = [
    ("قال مصدر عسكري سوري إن الجيش سيطر على 45 حيا في مدينة حلب.", "The army took 45 districts."),
    ("ونفت المعارضة ذلك.", "The opposition denied this."),
]
TEXT = "قال مصدر عسكري سوري اليوم إن الجيش سيطر على مدينة حلب.\nحلب ودمشق"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, so that no settings file of another is read."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither model nor glossary may be loaded."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was loaded")

    monkeypatch.setattr("bitrans.cli.brief.load_tools", refuse)


def write_translated(
    path: Path,
    *,
    date: str | None = None,
    lines: list[tuple[str, str]] | None = None,
    page: bool = True,
    made_by: dict[str, str] | None = None,
) -> BilingualDocument:
    """What ``translate`` would write for a document."""
    bilingual = make_report(path.stem, lines or LINES, date=date)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(to_json(bilingual, run=RUN if made_by is None else made_by)), encoding="utf-8"
    )
    if page:
        path.with_suffix(".html").write_text(render_html(bilingual), encoding="utf-8")
    return bilingual


def read_links(page: Path) -> set[str]:
    links = Page(page.read_text(encoding="utf-8")).attributes("href")
    return {link for link in links if not link.startswith("#")}


def assert_links_lead(page: Path) -> None:
    """Every link of the brief leads to a file, and to an anchor that is in it."""
    links = read_links(page)
    assert links
    for link in links:
        name, _, anchor = link.partition("#")
        target = page.parent / re.sub("%[0-9A-F]{2}", unquote_one, name)
        ids = Page(target.read_text(encoding="utf-8")).attributes("id")
        assert not anchor or anchor in ids, link


def unquote_one(match: re.Match[str]) -> str:
    return chr(int(match[0][1:], 16))


@pytest.mark.usefixtures("no_model")
def test_translated_folder_becomes_a_brief_without_a_model(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write_translated(Path("in/one.json"))
    second = write_translated(Path("in/two.json"), lines=[*LINES, ("سقط 50 حيا.", "50 fell.")])
    Path("in/report.json").write_text('{"format": "bitrans-report"}', encoding="utf-8")
    assert run(monkeypatch, "brief", "in") == 0
    written = sorted(path.name for path in Path("out").iterdir())
    assert written == ["brief.docx", "brief.html", "brief.json", "brief.md"]
    assert_links_lead(Path("out/brief.html"))
    assert {link.split("#")[0] for link in read_links(Path("out/brief.html"))} == {
        "../in/one.html",
        "../in/two.html",
    }
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "2, of which 0 translated now" in shown.out
    assert "out/brief.html out/brief.docx out/brief.md out/brief.json" in shown.out
    data = json.loads(Path("out/brief.json").read_text(encoding="utf-8"))
    assert read_brief(data, (first, second)).reports == (first, second)
    assert [report["run"]["model"] for report in data["reports"]] == ["toy", "toy"]
    assert Path("out/brief.docx").read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("no_model")
def test_a_brief_beside_its_reports_links_to_them_and_is_not_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_translated(Path("out/one.json"))
    before = Path("out/one.html").read_text(encoding="utf-8")
    assert run(monkeypatch, "brief", "out", "-q") == 0
    assert run(monkeypatch, "brief", "out", "-q") == 0
    assert Path("out/one.html").read_text(encoding="utf-8") == before
    assert {link.split("#")[0] for link in read_links(Path("out/brief.html"))} == {"one.html"}
    assert_links_lead(Path("out/brief.html"))


@pytest.mark.usefixtures("no_model")
def test_a_missing_page_is_written_beside_the_brief(monkeypatch: pytest.MonkeyPatch) -> None:
    write_translated(Path("in/one.json"), page=False)
    assert run(monkeypatch, "brief", "in/one.json", "-q", "--format", "html") == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["brief.html", "one.html"]
    assert sorted(path.name for path in Path("in").iterdir()) == ["one.json"]
    assert_links_lead(Path("out/brief.html"))


@pytest.mark.usefixtures("no_model")
def test_pages_of_reports_that_are_there_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    write_translated(Path("out/one.json"))
    before = Path("out/one.html").read_text(encoding="utf-8")
    other = [("خبر آخر.", "Other news.")]
    write_translated(Path("in/one.json"), page=False, lines=other)
    assert run(monkeypatch, "brief", "in", "out", "-q", "--format", "html") == 0
    assert Path("out/one.html").read_text(encoding="utf-8") == before
    assert "Other news." in Path("out/one-2.html").read_text(encoding="utf-8")
    assert_links_lead(Path("out/brief.html"))


@pytest.mark.usefixtures("no_model")
def test_names_are_quoted_in_links(monkeypatch: pytest.MonkeyPatch) -> None:
    write_translated(Path("in/a #1?%20.json"))
    assert run(monkeypatch, "brief", "in", "-q", "--format", "html,md") == 0
    assert_links_lead(Path("out/brief.html"))
    assert "../in/a%20%231%3F%2520.html#s1" in Path("out/brief.md").read_text(encoding="utf-8")


def test_documents_are_translated_and_their_pages_written_beside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_model: Path
) -> None:
    Path("in").mkdir()
    Path("in/one.txt").write_text(TEXT, encoding="utf-8")
    Path("in/brief.txt").write_text("سقط 50 حيا في إدلب.", encoding="utf-8")
    code = run(monkeypatch, "brief", "in", "--model", tiny_model, "--beam", 1, "--title", "Mine")
    assert code == 0
    written = {path.name for path in Path("out").iterdir()}
    assert {"brief.html", "brief-2.html", "one.html", "one.md", "one.json"} <= written
    assert_links_lead(Path("out/brief.html"))
    page = Path("out/brief.html").read_text(encoding="utf-8")
    assert "<h1>Mine</h1>" in page
    assert "2, of which 2 translated now" in capsys.readouterr().out


def test_documents_and_translated_ones_may_be_mixed_and_the_same_file_counts_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_model: Path
) -> None:
    Path("texts").mkdir()
    Path("texts/one.txt").write_text(TEXT, encoding="utf-8")
    assert run(monkeypatch, "translate", "texts", "--model", tiny_model, "--beam", 1, "-q") == 0
    Path("texts/two.txt").write_text("سقط 50 حيا في إدلب.", encoding="utf-8")
    shutil.copytree("out", "copy")
    options = ("--model", tiny_model, "--beam", 1, "--out", "new")
    assert run(monkeypatch, "brief", "out", "texts", "copy", *options) == 0
    shown = capsys.readouterr()
    assert "2, of which 1 translated now" in shown.out
    assert "2 files were given twice: taken once" in shown.err
    assert_links_lead(Path("new/brief.html"))


@pytest.mark.usefixtures("no_model")
def test_days_wanted_leave_reports_out_and_undated_ones_are_kept_and_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, date in (("a", "2016-12-10"), ("b", "2016-12-12"), ("c", None), ("d", "soon")):
        write_translated(Path(f"in/{name}.json"), date=date, lines=[(f"خبر {name}.", "News.")])
    options = ("--since", "2016-12-11", "--until", "2016-12-12")
    assert run(monkeypatch, "brief", "in", *options) == 0
    shown = capsys.readouterr()
    assert "3, of which" in shown.out
    kept = "2 reports have no known date and may not be of 2016-12-11 to 2016-12-12: kept (c.txt"
    left = "1 report is not of 2016-12-11 to 2016-12-12: left out (a.txt)"
    page = Page(Path("out/brief.html").read_text(encoding="utf-8")).text
    for place in (shown.err, page, Path("out/brief.md").read_text(encoding="utf-8")):
        assert kept in place
        assert left in place


def test_documents_outside_the_days_are_not_translated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], no_model: None
) -> None:
    Path("2016-12-10-a.txt").write_text(TEXT, encoding="utf-8")
    assert run(monkeypatch, "brief", "2016-12-10-a.txt", "--since", "2016-12-11") == 3
    assert capsys.readouterr().err == (
        "bitrans: nothing is of 2016-12-11 or later: 1 report lies outside; widen the days\n"
    )
    assert not Path("out").exists()


@pytest.mark.usefixtures("no_model")
def test_runs_that_differ_or_are_not_recorded_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write_translated(Path("in/a.json"))
    write_translated(Path("in/b.json"), lines=[("خبر.", "News.")], made_by={})
    assert run(monkeypatch, "brief", "in", "-q") == 0
    page = Page(Path("out/brief.html").read_text(encoding="utf-8")).text
    assert "translated in 2 different runs" in page
    assert "model toy, glossary abc123" in page
    assert "not recorded" in page


@pytest.mark.usefixtures("no_model")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "not a bilingual document of bitrans"),
        ("[1, 2]", "not a bilingual document of bitrans"),
        ("[1,", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ('{"format": "bitrans-report", "version": 1}', "not a bilingual document of bitrans"),
        ('{"format": "bitrans-bilingual", "version": 9}', "format version 9"),
        ('{"format": "bitrans-bilingual", "version": 1}', "damaged"),
        (b"\xff\xfe\x00", "not valid JSON"),
        (None, "no such file"),
    ],
)
def test_json_that_is_not_ours_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: str | bytes | None,
    words: str,
) -> None:
    if content is not None:
        Path("a.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    assert run(monkeypatch, "brief", "a.json") == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("bitrans: a.json: ")
    assert words in shown.err
    assert shown.err.count("\n") == 1
    assert not Path("out").exists()


@pytest.mark.usefixtures("no_model")
def test_a_bad_file_among_good_ones_is_reported_and_the_brief_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_translated(Path("in/a.json"))
    Path("in/b.json").write_text('{"format": "bitrans-bilingual", "version": 1}')
    Path("in/other.json").write_text("{}")
    assert run(monkeypatch, "brief", "in") == 3
    shown = capsys.readouterr()
    assert shown.err.startswith("bitrans: in/b.json: damaged")
    assert shown.err.count("\n") == 1
    assert "not read    1" in shown.out
    assert Path("out/brief.html").is_file()


@pytest.mark.usefixtures("no_model")
def test_a_folder_with_no_report_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in").mkdir()
    assert run(monkeypatch, "brief", "in") == 3
    assert capsys.readouterr().err.startswith("bitrans: in: ")
    Path("in/settings.json").write_text("{}")
    assert run(monkeypatch, "brief", "in") == 3
    assert "nothing to read" in capsys.readouterr().err


@pytest.mark.usefixtures("no_model")
def test_reports_with_nothing_to_translate_say_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = make_report("a", [("", "")])
    empty = replace(empty, document=replace(empty.document, title=""), pairs=())
    Path("a.json").write_text(json.dumps(to_json(empty)), encoding="utf-8")
    assert run(monkeypatch, "brief", "a.json") == 3
    assert capsys.readouterr().err == (
        "bitrans: nothing in the 1 report could be translated; no brief is written\n"
    )
    assert not Path("out/brief.html").exists()


@pytest.mark.usefixtures("no_model")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--format", "pdf"), "--format pdf: must be of html, docx, md, json"),
        (("--format", "htm"), "did you mean html?"),
        (("--format", " , "), "name one or more of"),
        (("--length", 0), "--length 0: must be between 1 and 200"),
        (("--since", "13/12/2016"), "--since 13/12/2016: not a day; write it as YYYY-MM-DD"),
        (("--until", "20161213"), "write it as YYYY-MM-DD"),
        (("--since", "2016-12-13", "--until", "2016-12-12"), "is after"),
    ],
)
def test_options_that_cannot_be_are_usage_errors(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: tuple[object, ...],
    words: str,
) -> None:
    write_translated(Path("in/a.json"))
    assert run(monkeypatch, "brief", "in", *options) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert not Path("out").exists()


@pytest.mark.usefixtures("no_model")
def test_out_that_is_a_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_translated(Path("in/a.json"))
    Path("taken").write_text("mine", encoding="utf-8")
    assert run(monkeypatch, "brief", "in", "--out", "taken") == 3
    assert Path("taken").read_text(encoding="utf-8") == "mine"
    assert "--out" in capsys.readouterr().err


@pytest.mark.usefixtures("no_model")
def test_a_report_called_brief_is_not_overwritten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_translated(Path("out/brief.json"))
    before = Path("out/brief.json").read_bytes()
    assert run(monkeypatch, "brief", "out") == 3
    assert "choose another --out" in capsys.readouterr().err
    assert Path("out/brief.json").read_bytes() == before


@pytest.mark.usefixtures("no_model")
def test_json_prints_the_brief_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_translated(Path("in/a.json"))
    assert run(monkeypatch, "brief", "in", "--json", "--length", 1) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(Path("out/brief.json").read_text(encoding="utf-8"))
    assert len(printed["points"]) == 1


@pytest.mark.usefixtures("no_model")
def test_quiet_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_translated(Path("in/a.json"))
    assert run(monkeypatch, "brief", "in", "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_files_are_found_once_in_the_order_of_the_paths(folder: Path) -> None:
    for name in ("b.json", "a.txt", ".hidden.json", "references/x.json", "deep/c.json"):
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found = [os.path.basename(it.path) for it in find_sources(["in/a.txt", "in", "-", "-"])]
    assert found == ["a.txt", "b.json", "c.json", "-"]
    with pytest.raises(InputError, match=r"no\.txt: no such file"):
        find_sources(["in", "no.txt"])


def test_a_renamed_report_keeps_its_lines() -> None:
    report = make_report("a", LINES)
    other = rename(report, "b")
    assert other.document.id == "b"
    assert {pair.segment.document_id for pair in other.pairs} == {"b"}
    assert rename(other, "a") == report


def test_names_that_differ_in_case_only_are_taken_apart() -> None:
    names = Names(["brief"])
    assert [names.take(name) for name in ("Brief", "brief", "x", "X")] == [
        "Brief-2",
        "brief-3",
        "x",
        "X-2",
    ]
