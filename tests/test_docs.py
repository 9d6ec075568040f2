"""The documents say what the program does."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from bitrans.config import Config
from bitrans.core import KINDS
from bitrans.glossary.exchange import WRITERS

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", read("docs/formats.md"), re.DOTALL)
    shown = tomllib.loads(example)
    assert set(shown) == {field.name for field in fields(Config)}
    for field in fields(Config):
        if field.default is not None:
            assert shown[field.name] == field.default, field.name


def test_every_kind_of_term_is_documented() -> None:
    text = read("docs/formats.md")
    assert all(kind in text for kind in KINDS)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/design.md",
        "docs/formats.md",
        "docs/glossary.md",
        "docs/how-to.md",
        "CHANGELOG.md",
    ],
)
def test_links_to_files_resolve(name: str) -> None:
    base = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)#]+)\)", read(name)):
        if "://" not in target:
            assert (base / target).exists(), target


def test_every_rule_of_lint_and_every_exchange_format_is_documented() -> None:
    rules = {
        found
        for path in (ROOT / "bitrans" / "glossary" / "lint").glob("*.py")
        if path.stem != "findings"
        for found in re.findall(r'"(?:error|warning)", "([a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(rules) == 9
    assert all(f"| `{rule}` |" in read("docs/glossary.md") for rule in rules)
    assert all(f"| `{form}` |" in read("docs/formats.md") for form in WRITERS)


def test_every_module_is_in_the_design() -> None:
    text = read("docs/design.md")
    parts = {
        path.name.removesuffix(".py")
        for path in (ROOT / "bitrans").iterdir()
        if not path.name.startswith(("_", ".")) and path.name not in {"data", "py.typed"}
    }
    missing = {part for part in parts if f"`{part}`" not in text}
    assert missing <= {"resources", "fake"}


def test_the_readme_gives_the_command_that_ci_runs() -> None:
    assert "make test" in read("README.md")
    assert re.search(r"^make test$", read(".ci/run"), re.MULTILINE)
