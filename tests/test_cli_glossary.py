"""``bitrans glossary`` on the command line: what it prints, writes and exits with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bitrans.cli import main
from bitrans.glossary.terms import COLUMNS, load_glossary

ROWS = (
    "place-aleppo\tplace\tحلب\tAleppo\tHalab\tHalep\tapproved",
    "place-citadel\tplace\tقلعة حلب\tAleppo Citadel\t\t\tapproved",
    "place-kallaseh\tplace\tالكلاسة\tKallaseh\t\tLime\tapproved",
)
COMMANDS = (
    "lint", "explain", "mine", "show", "search", "add", "edit", "remove", "diff", "import",
    "export",
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a termbase that the settings name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("bitrans.toml").write_text('glossary = ["terms.tsv"]\n', encoding="utf-8")
    Path("terms.tsv").write_text("\n".join(["\t".join(COLUMNS), *ROWS, ""]), encoding="utf-8")
    Path("article.txt").write_text("دخل الجيش حي الكلاسة وقلعة حلب.\n", encoding="utf-8")
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["bitrans", "glossary", *map(str, arguments)])
    with pytest.raises(SystemExit) as info:
        main()
    return int(info.value.code or 0)


def test_lint_prints_findings_and_exits_with_one_for_errors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "lint") == 0
    assert capsys.readouterr() == ("", "3 entries in 1 file: 0 errors, 0 warnings\n")
    with Path("terms.tsv").open("a", encoding="utf-8") as file:
        file.write("place-x\tplace\tحَلب\tAleppo\n")
    assert run(monkeypatch, "lint") == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "terms.tsv:5: error: 'حلب' of 'place-x' is claimed by 'place-aleppo' too (terms.tsv:2): "
        "merge them, drop one form, or flag needs-evidence [invalid]",
        "terms.tsv:5: warning: 'Aleppo' is also the English of place-aleppo (terms.tsv:2) "
        "[same-english]",
    ]
    assert run(monkeypatch, "lint", "--rule", "same-english", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["where"], found["level"], found["id"]) == ("terms.tsv:5", "warning", "place-x")


def test_lint_counts_unused_entries_and_lists_them_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "lint", "article.txt") == 0
    shown = capsys.readouterr()
    assert (shown.out, "1 unused" in shown.err) == ("", True)
    assert run(monkeypatch, "lint", "article.txt", "--unused") == 0
    assert capsys.readouterr().out == (
        "terms.tsv:2: warning: 'Aleppo' is in none of the 1 texts; 1 times turned down, see "
        "glossary explain [unused]\n"
    )
    assert run(monkeypatch, "lint", "none.txt") == 3
    assert "none.txt: no such file" in capsys.readouterr().err


def test_explain_fits_a_terminal_and_tells_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "دخل الجيش حي الكلاسة وقلعة حلب " + "ثم خرج منها إلى المدينة القديمة " * 5
    assert run(monkeypatch, "explain", text, "--no-translate") == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert "  + الكلاسة  Kallaseh  (place-kallaseh)\n    found         kind word حي\n" in out
    assert "  - حلب  Aleppo  (place-aleppo)\n    no name here  part of قلعة حلب\n" in out
    assert out.endswith("1 segment: 2 found, 1 no name here\n")


def test_explain_as_json_translates_and_selects(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_model: Path
) -> None:
    code = run(
        monkeypatch, "explain", "article.txt", "--model", tiny_model, "--json",
        "--entry", "place-citadel",
    )  # fmt: skip
    assert code == 0
    (segment,) = json.loads(capsys.readouterr().out)["segments"]
    (name,) = segment["names"]
    assert (name["outcome"], name["entry"], name["text"]) == (
        "found", "place-citadel", "قلعة حلب",
    )  # fmt: skip
    assert isinstance(segment["english"], str)
    assert name["method"]


def test_mine_writes_rows_to_review_and_overwrites_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("article.txt").write_text("دخل الجيش أحياء الكلاسة والجلوم والمرجة.\n", encoding="utf-8")
    assert run(monkeypatch, "mine", "article.txt", "--no-translate", "--out", "new.tsv") == 0
    shown = capsys.readouterr()
    assert shown.out.endswith("2 names without an entry\n")
    assert shown.err == "new.tsv: 2 candidate rows to review\n"
    terms = load_glossary([Path("new.tsv")]).terms
    assert [(term.arabic, term.kind, term.status) for term in terms] == [
        (("الجلوم",), "place", "candidate"), (("المرجة",), "place", "candidate"),
    ]  # fmt: skip
    before = Path("new.tsv").read_bytes()
    assert run(monkeypatch, "mine", "article.txt", "--no-translate", "--out", "new.tsv") == 3
    assert "new.tsv: is there already" in capsys.readouterr().err
    assert Path("new.tsv").read_bytes() == before
    assert run(monkeypatch, "mine", "article.txt", "--no-translate", "--json") == 0
    names = json.loads(capsys.readouterr().out)["names"]
    assert [name["row"]["arabic"] for name in names] == ["الجلوم", "المرجة"]


def test_add_edit_and_remove_leave_the_rest_as_it_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path("terms.tsv").read_bytes()
    added = [
        "add", "place-homs", "--kind", "place", "--arabic", "حمص", "--preferred", "Homs",
        "--admitted", "Hims", "--set", "note=city",
    ]  # fmt: skip
    assert run(monkeypatch, *added, "--dry-run") == 0
    assert Path("terms.tsv").read_bytes() == before
    row = "place-homs\tplace\tحمص\tHoms\tHims\t\tapproved\t\t\t\tcity\t"
    assert f"\n+{row}\n" in capsys.readouterr().out
    assert run(monkeypatch, *added) == 0
    assert capsys.readouterr().out == "terms.tsv:4: added place-homs\n"
    assert row.encode() in Path("terms.tsv").read_bytes()
    assert run(monkeypatch, "edit", "place-homs", "--add", "admitted=Emesa") == 0
    assert b"\tHims|Emesa\t" in Path("terms.tsv").read_bytes()
    assert run(monkeypatch, "edit", "place-homs", "--add", "admitted=Emesa") == 0
    assert run(monkeypatch, "remove", "place-homs") == 0
    assert Path("terms.tsv").read_bytes() == before
    assert capsys.readouterr().out == (
        "terms.tsv:4: changed place-homs\n"
        "terms.tsv:4: already so\n"
        "terms.tsv:4: removed place-homs\n"
    )


def test_a_termbase_behind_a_link_is_changed_and_the_link_stays(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    Path("terms.tsv").rename("real.tsv")
    Path("terms.tsv").symlink_to("real.tsv")
    Path("real.tsv").chmod(0o640)
    assert run(monkeypatch, "edit", "place-aleppo", "--set", "note=city") == 0
    assert Path("terms.tsv").is_symlink()
    assert "\tcity" in Path("real.tsv").read_text(encoding="utf-8")
    assert Path("real.tsv").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["edit", "place-homs", "--set", "note=x"], 2, "no entry has the id 'place-homs'"),
        (["edit", "place-aleppo"], 2, "say what to change"),
        (["edit", "place-aleppo", "--set", "note"], 2, "--set note: write COLUMN=VALUE"),
        (["edit", "place-aleppo", "--set", "arabic=الكلاسة"], 3, "terms.tsv:4: 'الكلاسه' of"),
        (["add", "x", "--kind", "town", "--arabic", "x", "--preferred", "y"], 2, "unknown kind"),
        (["add", "x", "--kind", "place", "--arabic", "x", "--preferred", "y"], 3, "no Arabic"),
        (["remove", "place-x"], 2, "no entry has the id 'place-x'"),
        (["show", "place-x"], 2, "no entry has the id 'place-x'"),
        (["search", "x", "--kind", "town"], 2, "unknown kind"),
        (["search", "zzzz"], 1, "nothing found for zzzz"),
        (["export", "--format", "xlsx"], 2, "unknown format 'xlsx'"),
        (["import", "x.csv", "--to", "t.tsv"], 3, "x.csv: cannot be read"),
        (["import", "x.csv", "--to", "t.tsv", "--format", "y"], 2, "unknown format 'y'"),
        (["diff", "none.tsv", "terms.tsv"], 3, "none.tsv: cannot be read"),
        (["explain", "none.txt"], 2, "no such file, and no Arabic text"),
        (["mine", "none.txt"], 3, "none.txt: no such file"),
    ],
)
def test_what_is_wrong_is_one_clear_line_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert run(monkeypatch, *arguments) == code
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_search_and_show(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "search", "kalaseh") == 0
    assert capsys.readouterr().out.split() == ["place-kallaseh", "Kallaseh", "الكلاسة"]
    assert run(monkeypatch, "show", "place-aleppo") == 0
    assert capsys.readouterr().out.splitlines()[:4] == [
        "place-aleppo  (terms.tsv:2)", "  kind        place", "  arabic      حلب",
        "  preferred   Aleppo",
    ]  # fmt: skip
    assert run(monkeypatch, "show", "place-aleppo", "--json") == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["forbidden"], entry["where"]) == ("Halep", "terms.tsv:2")


def test_diff_prints_fields_and_impact(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_model: Path
) -> None:
    text = Path("terms.tsv").read_text(encoding="utf-8")
    new = text.replace("\tKallaseh\t", "\tal-Kallasa\t").replace(ROWS[1] + "\n", "")
    Path("new.tsv").write_text(new, encoding="utf-8")
    assert run(monkeypatch, "diff", "terms.tsv", "new.tsv") == 0
    assert capsys.readouterr().out.splitlines() == [
        "- place-citadel: قلعة حلب = Aleppo Citadel",
        "~ place-kallaseh",
        "    preferred    Kallaseh -> al-Kallasa",
        "0 added, 1 removed, 1 changed",
    ]
    code = run(
        monkeypatch, "diff", "terms.tsv", "new.tsv", "--impact", "article.txt",
        "--model", tiny_model, "--json",
    )  # fmt: skip
    assert code == 0
    found = json.loads(capsys.readouterr().out)
    assert [term["id"] for term in found["removed"]] == ["place-citadel"]
    assert found["changed"][0]["fields"] == {"preferred": ["Kallaseh", "al-Kallasa"]}
    assert isinstance(found["impact"], list)


@pytest.mark.parametrize("form", ["csv", "tsv", "omegat", "tbx2", "tbx3"])
def test_what_is_exported_can_be_imported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    out = {"csv": "x.csv", "tsv": "x.tsv", "omegat": "x.txt"}.get(form, "x.tbx")
    assert run(monkeypatch, "export", "--format", form, "--out", out) == 0
    told = capsys.readouterr().err
    assert f"{out}: 3 entries" in told
    assert ("cannot hold" in told) is not form.startswith("tbx")
    assert run(monkeypatch, "import", out, "--to", "in.tsv", "--kind", "place") == 0
    assert capsys.readouterr().err.endswith("in.tsv: 3 added, 0 changed, 0 already there\n")
    terms = load_glossary([Path("in.tsv")]).terms
    assert {(term.arabic, term.preferred) for term in terms} == {
        (("حلب",), "Aleppo"), (("قلعة حلب",), "Aleppo Citadel"), (("الكلاسة",), "Kallaseh"),
    }  # fmt: skip
    before = Path("in.tsv").read_bytes()
    assert run(monkeypatch, "import", out, "--to", "in.tsv") == 0
    assert Path("in.tsv").read_bytes() == before


def test_import_refuses_what_differs_until_told_to_update(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "export", "--format", "tbx3", "--out", "x.tbx") == 0
    before = Path("terms.tsv").read_text(encoding="utf-8")
    changed = before.replace("\tLime\t", "\tCalcium\t")
    Path("terms.tsv").write_text(changed, encoding="utf-8")
    capsys.readouterr()
    assert run(monkeypatch, "import", "x.tbx", "--to", "terms.tsv") == 3
    assert "'place-kallaseh' is there already with other forbidden" in capsys.readouterr().err
    assert Path("terms.tsv").read_text(encoding="utf-8") == changed
    assert run(monkeypatch, "import", "x.tbx", "--to", "terms.tsv", "--update", "--dry-run") == 0
    assert Path("terms.tsv").read_text(encoding="utf-8") == changed
    assert run(monkeypatch, "import", "x.tbx", "--to", "terms.tsv", "--update") == 0
    assert Path("terms.tsv").read_text(encoding="utf-8") == before


def test_an_update_and_new_rows_are_written_together_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("x.csv").write_text("حلب الشهباء,Aleppo\nحلب,Aleppo\nحمص,Homs\n", encoding="utf-8")
    assert run(monkeypatch, "import", "x.csv", "--to", "terms.tsv", "--update") == 0
    terms = {term.id: term for term in load_glossary([Path("terms.tsv")]).terms}
    assert terms["place-aleppo"].arabic == ("حلب", "حلب الشهباء")
    assert terms["other-homs"].preferred == "Homs"
    before = Path("terms.tsv").read_bytes()
    Path("y.csv").write_text("الشهباء,Aleppo\nحلب,Aleppo\nالكلاسة,Lime\n", encoding="utf-8")
    assert run(monkeypatch, "import", "y.csv", "--to", "terms.tsv", "--update") == 3
    assert "'place-kallaseh' is claimed by 'other-lime' too" in capsys.readouterr().err
    assert Path("terms.tsv").read_bytes() == before


def test_one_bad_row_stops_an_import_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("x.csv").write_text("حمص,Homs\nحماة\nإدلب,\n", encoding="utf-8")
    before = Path("terms.tsv").read_bytes()
    assert run(monkeypatch, "import", "x.csv", "--to", "terms.tsv") == 3
    assert capsys.readouterr().err.splitlines() == [
        "bitrans: x.csv:2: 1 columns; there must be source,target or "
        "source,target,source_lang,target_lang",
        "x.csv:3: an empty cell: source and target must both stand there",
    ]
    assert Path("terms.tsv").read_bytes() == before


def test_export_writes_to_standard_output_without_a_word_among_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "export", "--format", "csv") == 0
    assert capsys.readouterr().out == (
        "حلب,Aleppo,ar,en\nقلعة حلب,Aleppo Citadel,ar,en\nالكلاسة,Kallaseh,ar,en\n"
    )


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_terminal(command: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "bitrans", "glossary", *command.split(), "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        cwd=Path(__file__).parent.parent,
    )
    assert max(map(len, found.stdout.splitlines())) <= 80
    assert command or all(name in found.stdout for name in COMMANDS)
    assert "Exit codes:" in found.stdout or not command
