"""A termbase as an earlier run left it: the same names, and nothing believed that does not fit."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bitrans.core import Document, Match
from bitrans.documents import read_documents
from bitrans.errors import GlossaryError
from bitrans.glossary import stored
from bitrans.glossary.matching import Matcher
from bitrans.glossary.stored import StoredTerms, load_matching
from bitrans.glossary.terms import load_glossary
from bitrans.resources import data_folder
from bitrans.segments import split_document

HEADER = "id\tkind\tarabic\tpreferred\tadmitted\tforbidden\tstatus\tflags\tlinks\tcoordinates\n"
ALEPPO = "place-aleppo\tplace\tحلب\tAleppo\tHalab\t\tapproved\t\t\t36.2,37.15\n"
UN = "agency-un\tagency\tالأمم المتحدة\tUnited Nations\tU.N.|UN\n"
DRAFT = "place-homs\tplace\tحمص\tHoms\t\t\tcandidate\n"
TEXT = "دعت الأمم المتحدة إلى هدنة في حلب وحمص."


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "names.tsv"
    path.write_text(f"# names\n{HEADER}\n{ALEPPO}{UN}{DRAFT}", encoding="utf-8")
    return path


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each time that a termbase is read and checked as a whole."""
    calls: list[str] = []

    def note(paths: list[Path]) -> object:
        calls.append("checked")
        return load_glossary(paths)

    monkeypatch.setattr(stored, "load_glossary", note)
    return calls


def find(matcher: Matcher, text: str = TEXT) -> list[tuple[str, str, str]]:
    return [(m.term.id, m.term.preferred, m.text) for m in matcher.find_matches(text)]


FOUND = [("agency-un", "United Nations", "الأمم المتحدة"), ("place-aleppo", "Aleppo", "حلب")]


def test_the_second_start_finds_the_same_without_checking(
    glossary: Path, tmp_path: Path, eager: list[str]
) -> None:
    first, before = load_matching([glossary], tmp_path / "cache")
    second, after = load_matching([glossary], tmp_path / "cache")
    assert eager == ["checked"]
    assert find(before) == find(after) == FOUND
    assert isinstance(second.terms, StoredTerms)
    assert list(second.terms) == list(first.terms)
    assert (second.revision, second.files) == (first.revision, first.files)
    assert second.terms[-1] == first.terms[-1]
    assert list(second.terms[:2]) == list(first.terms[:2])


def test_the_shipped_termbase_matches_alike_from_its_index(seeds: Path, tmp_path: Path) -> None:
    paths = [data_folder("glossary")]
    _, whole = load_matching(paths, tmp_path)
    _, grown = load_matching(paths, tmp_path)
    named = 0
    for document in read_documents([str(seeds)]):
        assert isinstance(document, Document)
        texts = [segment.text for segment in split_document(document)]
        found: list[list[Match]] = grown.find_in_document(texts)
        assert found == whole.find_in_document(texts)
        named += sum(map(len, found))
    assert named > 100


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-10],
        lambda data: b"",
        lambda data: data.replace("حلب".encode(), "حمص".encode()),
        lambda data: b"\xff\x00" + data,
    ],
)
def test_a_damaged_index_is_not_used(
    glossary: Path, tmp_path: Path, eager: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    load_matching([glossary], tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(spoil(whole))
    _, matcher = load_matching([glossary], tmp_path / "cache")
    assert find(matcher) == FOUND
    assert eager == ["checked", "checked"]
    assert kept.read_bytes() == whole


def test_a_changed_termbase_is_read_anew_and_replaces_its_index(
    glossary: Path, tmp_path: Path
) -> None:
    load_matching([glossary], tmp_path / "cache")
    glossary.write_text(HEADER + ALEPPO.replace("Aleppo", "Halep"), encoding="utf-8")
    changed, matcher = load_matching([glossary], tmp_path / "cache")
    assert find(matcher) == [("place-aleppo", "Halep", "حلب")]
    assert len(changed.terms) == 1
    assert len([*(tmp_path / "cache").iterdir()]) == 1


def test_another_version_makes_its_own_index(
    glossary: Path, tmp_path: Path, eager: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_matching([glossary], tmp_path / "cache")
    monkeypatch.setattr(stored, "__version__", "another")
    load_matching([glossary], tmp_path / "cache")
    assert eager == ["checked", "checked"]


def test_faults_are_told_at_every_start(glossary: Path, tmp_path: Path) -> None:
    glossary.write_text(HEADER + ALEPPO + ALEPPO, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(GlossaryError, match="is taken"):
            load_matching([glossary], tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    with pytest.raises(GlossaryError, match="cannot be read"):
        load_matching([tmp_path / "none.tsv"], tmp_path / "cache")


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(
    glossary: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    for cache in (blocked / "cache", blocked, None):
        assert find(load_matching([glossary], cache)[1]) == FOUND
    assert blocked.read_text(encoding="utf-8") == "no folder"


def test_an_interrupted_write_leaves_nothing(
    glossary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(os, "replace", refuse)
    assert find(load_matching([glossary], tmp_path / "cache")[1]) == FOUND
    assert [*(tmp_path / "cache").iterdir()] == []


def test_an_index_holds_places_and_no_english(glossary: Path, tmp_path: Path) -> None:
    load_matching([glossary], tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    stated = json.loads(kept.read_bytes().partition(b"\n")[2])
    assert stated["starts"]["حلب"] == [0]
    assert {place for places in stated["starts"].values() for place in places} == {0, 1}
    assert "Aleppo" not in kept.read_text(encoding="utf-8")
