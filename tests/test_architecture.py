"""The dependency rule of docs/design.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "bitrans"
#: What each part of the package may import of it, apart from itself.
ALLOWED = {
    "core": set(),
    "errors": set(),
    "resources": set(),
    "lazy": set(),
    "background": set(),
    "tools": {"background", "config", "core", "engine", "glossary", "resources"},
    "fake": {"core"},
    "arabic": {"core"},
    "numerals": set(),
    "config": {"errors"},
    "oracle": {"core", "pieces"},
    "measures": {"core"},
    "spelling": {"arabic"},
    "render": {"core", "errors", "lazy", "bilingual", "measures"},
    "evaluation": {
        "core",
        "errors",
        "measures",
        "bilingual",
        "checks",
        "glossary",
        "pipeline",
        "resources",
        "scoring",
        "tools",
    },
    "publish": {"background", "core", "errors", "pipeline", "render", "tools"},
    "briefing": {
        "core",
        "errors",
        "bilingual",
        "documents",
        "brief",
        "pipeline",
        "publish",
        "render",
        "tools",
    },
    "diagnosis": {"config", "engine", "tools"},
    "cli": {
        "core",
        "config",
        "diagnosis",
        "errors",
        "briefing",
        "evaluation",
        "glossary",
        "measures",
        "pipeline",
        "publish",
        "render",
        "tools",
        "upkeep",
    },
    "engine": {"background", "core", "errors", "arabic", "resources"},
}
STAGE = {"core", "errors", "lazy", "arabic", "numerals", "measures", "spelling"}
ANYTHING = {"pipeline", "upkeep", "__init__", "__main__"}
HEAVY = ("ctranslate2", "sentencepiece", "sacrebleu", "jinja2", "docx", "rich")
OWNERS = {
    "ctranslate2": "engine",
    "sentencepiece": "engine",
    "sacrebleu": "scoring",
    "docx": "render",
}


def list_modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "data" not in path.parts)


def name_part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def find_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "bitrans":
                yield from (f"bitrans.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", list_modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_part_imports_only_what_it_may(path: Path) -> None:
    part = name_part(path)
    if part in ANYTHING:
        return
    used = {name.split(".")[1] for name in find_imports(path) if name.startswith("bitrans.")}
    allowed = ALLOWED.get(part, STAGE) | {part, "__version__"}
    assert used <= allowed, f"{part} may not import {sorted(used - allowed)}"


@pytest.mark.parametrize("path", list_modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_packages_have_one_owner(path: Path) -> None:
    for name in find_imports(path):
        owner = OWNERS.get(name.split(".")[0])
        assert owner in (None, name_part(path)), f"{path}: imports {name}"


@pytest.mark.parametrize("path", list_modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


def test_print_is_for_the_command_line_only() -> None:
    for path in list_modules():
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
        ]
        assert not calls or name_part(path) == "cli", path


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = (
        "import sys, bitrans.cli; "
        f"print([name for name in {HEAVY!r} if name in sys.modules and name != 'rich'])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
