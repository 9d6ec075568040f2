"""The command line, in a process of its own and in this one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bitrans.cli import main

HEADER = (
    "id\tkind\tarabic\tpreferred\tadmitted\tforbidden\tstatus\tflags\tlinks\tcoordinates"
    "\tnote\tsource\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, so that no settings file of another is read."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def article(folder: Path) -> Path:
    path = folder / "article.txt"
    path.write_text(
        "قال مصدر عسكري سوري اليوم إن الجيش سيطر على مدينة حلب.\nAd\nحلب ودمشق", encoding="utf-8"
    )
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The exit code of ``bitrans`` with these arguments."""
    monkeypatch.setattr(sys, "argv", ["bitrans", *map(str, arguments)])
    with pytest.raises(SystemExit) as info:
        main()
    return int(info.value.code or 0)


class _Checker(HTMLParser):
    """Collects what a page refers to and where it can be entered."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [values[name] or "" for name in ("href", "src") if name in values]
        self.anchors |= {values["id"] or ""} if "id" in values else set()


def test_translate_writes_pages_index_and_report(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    tiny_model: Path,
) -> None:
    assert run(monkeypatch, "translate", article, "--model", tiny_model, "--beam", 1) == 0
    written = sorted(path.name for path in Path("out").iterdir())
    assert written == ["article.html", "article.json", "article.md", "index.html", "report.json"]
    shown = capsys.readouterr()
    assert "documents" in shown.out
    assert "out/index.html" in shown.out
    assert shown.err == ""
    report = json.loads(Path("out/report.json").read_text(encoding="utf-8"))
    assert (report["format"], report["documents"], report["segments"]) == ("bitrans-report", 1, 2)
    page = _Checker()
    page.feed(Path("out/article.html").read_text(encoding="utf-8"))
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside
    assert inside <= page.anchors
    assert not [link for link in page.links if "//" in link]


def test_json_prints_the_report_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    tiny_model: Path,
) -> None:
    assert run(monkeypatch, "translate", article, "--model", tiny_model, "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(Path("out/report.json").read_text(encoding="utf-8"))


def test_quiet_prints_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    tiny_model: Path,
) -> None:
    assert run(monkeypatch, "translate", article, "--model", tiny_model, "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_scores_appear_where_a_reference_stands_beside_the_source(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    tiny_model: Path,
) -> None:
    references = article.parent / "references"
    references.mkdir()
    (references / "article.en.txt").write_text(
        "The army took Aleppo.\nAleppo and Damascus\n", encoding="utf-8"
    )
    assert run(monkeypatch, "translate", article, "--model", tiny_model) == 0
    shown = capsys.readouterr().out
    assert "with glossary" in shown
    assert "without glossary" in shown
    assert "chrF++" in shown
    report = json.loads(Path("out/report.json").read_text(encoding="utf-8"))
    assert {(row["document"], row["system"]) for row in report["scores"]} == {
        (name, system)
        for name in ("article", None)
        for system in ("with glossary", "without glossary")
    }
    assert all(score["signature"] for row in report["scores"] for score in row["scores"])


def test_standard_input_is_a_document(tiny_model: Path, folder: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "bitrans", "translate", "-", "--model", str(tiny_model), "-q"],
        input="حلب ودمشق".encode(),
        capture_output=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, b"")
    (page,) = [path for path in Path("out").glob("*.json") if path.name != "report.json"]
    assert json.loads(page.read_text(encoding="utf-8"))["format"] == "bitrans-bilingual"


def test_strict_exits_with_one_when_a_line_is_doubtful(
    monkeypatch: pytest.MonkeyPatch, article: Path, tiny_model: Path
) -> None:
    assert run(monkeypatch, "translate", article, "--model", tiny_model, "--strict", "-q") == 1


def test_a_bad_file_among_good_ones_is_reported_and_the_good_ones_are_written(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    tiny_model: Path,
) -> None:
    (article.parent / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    code = run(monkeypatch, "translate", article, "bad.txt", "--model", tiny_model)
    shown = capsys.readouterr()
    assert code == 3
    assert shown.err.startswith("bitrans: ")
    assert "bad.txt" in shown.err
    assert Path("out/article.html").is_file()
    assert "not read" in shown.out


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.txt", None, "none.txt"),
        ("empty.txt", b"", "empty"),
        ("space.txt", b" \n\n ", "empty"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x01", "image.txt"),
        ("latin.txt", "Le président a été réélu à l'étranger".encode("latin-1") * 9, "latin.txt"),
    ],
)
def test_bad_input_is_one_clear_line_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tiny_model: Path,
    name: str,
    content: bytes | None,
    words: str,
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    assert run(monkeypatch, "translate", name, "--model", tiny_model, "-q") == 3
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert "Traceback" not in error
    assert not Path("out").exists()


def test_no_page_is_named_where_none_was_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_model: Path
) -> None:
    Path("empty.txt").write_bytes(b"")
    assert run(monkeypatch, "translate", "empty.txt", "--model", tiny_model) == 3
    shown = capsys.readouterr().out
    assert "nothing could be read" in shown
    assert "index.html" not in shown


def test_a_folder_with_nothing_to_read_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_model: Path
) -> None:
    Path("empty").mkdir()
    assert run(monkeypatch, "translate", "empty", "--model", tiny_model) == 3
    assert capsys.readouterr().err.startswith("bitrans: empty")


def test_a_broken_glossary_names_file_and_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    tiny_model: Path,
) -> None:
    Path("names.tsv").write_text(
        HEADER + "x\tplanet\tحلب\tAleppo" + "\t" * 8 + "\n", encoding="utf-8"
    )
    code = run(monkeypatch, "translate", article, "--model", tiny_model, "--glossary", "names.tsv")
    assert code == 3
    assert "names.tsv:2: " in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_missing_model_exits_with_four(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], article: Path
) -> None:
    assert run(monkeypatch, "translate", article, "--model", "no-such") == 4
    assert "no-such: no such model" in capsys.readouterr().err


def test_settings_come_from_the_file_and_flags_win(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    tiny_model: Path,
) -> None:
    Path("bitrans.toml").write_text(
        f'model = "{tiny_model}"\nbeam = 2\nout = "pages"\n', encoding="utf-8"
    )
    assert run(monkeypatch, "translate", article, "--beam", 1, "--json") == 0
    settings = json.loads(capsys.readouterr().out)["settings"]
    assert (settings["beam"], settings["out"]) == (1, "pages")
    assert Path("pages/article.html").is_file()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("beem = 2", "did you mean beam?"),
        ('beam = "two"', "wrong kind"),
        ("beam = 0", "between"),
        ("beam = [", "not valid TOML"),
        ('device = "gpu"', "must be one of auto, cpu, cuda"),
    ],
)
def test_bad_settings_say_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    line: str,
    words: str,
) -> None:
    Path("bitrans.toml").write_text(line, encoding="utf-8")
    assert run(monkeypatch, "translate", article) == 3
    assert words in capsys.readouterr().err


def test_out_that_is_a_file_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    article: Path,
    tiny_model: Path,
) -> None:
    Path("taken").write_text("mine", encoding="utf-8")
    code = run(monkeypatch, "translate", article, "--model", tiny_model, "--out", "taken")
    assert code == 3
    assert Path("taken").read_text(encoding="utf-8") == "mine"
    assert "--out" in capsys.readouterr().err


def test_unknown_option_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "translate", "x", "--bean", "4") == 2


def test_translating_opens_no_connection(
    monkeypatch: pytest.MonkeyPatch, article: Path, tiny_model: Path
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "socketpair"):
        monkeypatch.setattr(socket, name, refuse)
    with pytest.raises(AssertionError, match="a socket was opened"):
        socket.create_connection(("localhost", 9))
    assert run(monkeypatch, "translate", article, "--model", tiny_model, "-q") == 0


def test_doctor_finds_a_model_without_a_card(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_model: Path
) -> None:
    assert run(monkeypatch, "doctor", "--model", tiny_model) == 4
    shown = capsys.readouterr().out
    assert "no card" in shown
    assert "attention" in shown
    assert "compute type" in shown


@pytest.mark.parametrize("command", ["", "translate", "brief", "doctor"])
def test_help_fits_a_terminal_and_names_every_option(command: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "bitrans", *command.split(), "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
    )
    assert max(map(len, found.stdout.splitlines())) <= 80
    assert "..." not in found.stdout.replace("PATH...", "").replace("[ARGS]...", "").replace(
        "}...", ""
    )
    for words in {
        "": ("translate", "brief", "doctor"),
        "translate": ("--out", "--glossary", "--strict"),
        "brief": ("--length", "--format", "--since", "--glossary"),
        "doctor": ("--model", "--json"),
    }[command]:
        assert words in found.stdout


def test_version_is_the_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bitrans import __version__

    assert run(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"bitrans {__version__}\n"
