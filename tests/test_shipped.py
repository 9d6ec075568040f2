"""The shipped model and glossary on the seed articles: the main job as a user runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from bitrans.config import Config
from bitrans.core import Method, RunReport
from bitrans.diagnosis import diagnose
from bitrans.pipeline import translate_paths
from bitrans.publish import publish_paths
from bitrans.tools import Tools, load_tools

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools(Config())


@pytest.fixture(scope="module")
def run(
    tools: Tools, seeds: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[RunReport, Path]:
    out = tmp_path_factory.mktemp("out")
    return publish_paths([str(seeds)], out, tools), out


def test_all_is_well_with_what_is_shipped() -> None:
    found = diagnose(Config())
    assert found.faults == ()
    assert dict(found.facts)["model files"] == "match the card"


def test_every_article_has_its_pages(run: tuple[RunReport, Path], seeds: Path) -> None:
    report, out = run
    names = [path.stem for path in sorted(seeds.glob("*.txt"))]
    wanted = {f"{name}.{ending}" for name in names for ending in ("html", "md", "json")}
    assert {path.name for path in out.iterdir()} == wanted | {"index.html", "report.json"}
    assert (report.documents, report.segments, report.failures) == (5, 93, ())


def test_the_english_is_english(run: tuple[RunReport, Path]) -> None:
    _, out = run
    for path in out.glob("0*.json"):
        for pair in json.loads(path.read_text(encoding="utf-8"))["pairs"]:
            letters = [letter for letter in pair["english"] if letter.isalpha()]
            assert letters, pair
            assert sum(letter.isascii() for letter in letters) > 0.97 * len(letters), pair


def test_names_are_enforced_or_said_not_to_be(run: tuple[RunReport, Path]) -> None:
    report, out = run
    found = dict.fromkeys(get_args(Method), 0)
    for path in out.glob("0*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        forms = {
            name: [term["preferred"], *term["admitted"]] for name, term in document["terms"].items()
        }
        for pair in document["pairs"]:
            assert len(pair["matches"]) == len({step["match"] for step in pair["steps"]})
            for step in pair["steps"]:
                found[step["method"]] += 1
                if step["method"] != "not-enforced":
                    term = pair["matches"][step["match"]]["term"]
                    start, end = step["target"]
                    shown = re.sub(r"\s+", " ", pair["english"][start:end]).lower()
                    assert shown in [form.lower() for form in forms[term]]
    assert {method: count for method, count in found.items() if count} == dict(report.methods)
    assert report.names_found >= 240


def test_the_glossary_helps(run: tuple[RunReport, Path]) -> None:
    report, _ = run
    overall = {
        row.system: {score.metric: score.value for score in row.scores}
        for row in report.scores
        if row.document_id is None
    }
    assert overall["with glossary"]["chrF++"] > overall["without glossary"]["chrF++"]


def test_the_same_input_gives_the_same_english(tools: Tools, seeds: Path) -> None:
    path = str(sorted(seeds.glob("*.txt"))[0])
    first, second = (
        [pair.target for document in translate_paths([path], tools) for pair in document.pairs]
        for _ in range(2)
    )
    assert first == second
