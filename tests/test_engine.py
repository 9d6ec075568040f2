"""The engine on a tiny real model."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bitrans.engine.catalogue import FILES, ModelFolder, find_damage, find_model, hash_files
from bitrans.engine.probes import AlignmentProbe, probe_alignment
from bitrans.engine.translator import EngineSettings, MarianTranslator, choose_compute_type
from bitrans.errors import EngineError
from tests.tiny import ARABIC, mark_alignment, write_tiny_model


@pytest.fixture(scope="module")
def engine(tiny_model: Path) -> MarianTranslator:
    return MarianTranslator(find_model(str(tiny_model)), EngineSettings(threads=1))


def test_one_hypothesis_for_each_text_in_order_and_empties_kept(engine: MarianTranslator) -> None:
    texts = [ARABIC[0], "", ARABIC[1], ""]
    found = engine.translate(texts)
    alone = [engine.translate([text])[0] for text in texts]
    assert [one.text for one in found] == [one.text for one in alone]
    assert [bool(one.source_spans) for one in found] == [True, False, True, False]


def test_source_spans_slice_the_text_into_its_pieces(engine: MarianTranslator) -> None:
    (found,) = engine.translate([ARABIC[0]])
    pieces = [span.slice(ARABIC[0]) for span in found.source_spans]
    assert "".join(pieces) == ARABIC[0].replace(" ", "")
    assert len(pieces) == engine.count_tokens(ARABIC[0])


def test_target_spans_cover_the_english_in_order(engine: MarianTranslator) -> None:
    (found,) = engine.translate([ARABIC[0]])
    assert "".join(span.slice(found.text) for span in found.target_spans) == found.text.replace(
        " ", ""
    )
    assert list(found.target_spans) == sorted(found.target_spans)


def test_alternatives_are_further_hypotheses_ranked_by_probability(
    engine: MarianTranslator,
) -> None:
    (found,) = engine.translate([ARABIC[0]], alternatives=4)
    assert len(found.alternatives) == 3
    scores = [found.log_probability, *(other.log_probability for other in found.alternatives)]
    assert scores == sorted(scores, reverse=True)


def test_output_that_does_not_end_is_called_truncated(
    engine: MarianTranslator, tmp_path: Path
) -> None:
    short = MarianTranslator(engine.folder, replace(engine.settings, max_source_tokens=-19))
    (cut,) = short.translate([ARABIC[0]])
    assert cut.truncated
    assert len(cut.target_spans) == 2
    folder = write_tiny_model(tmp_path / "ends", end_bias=50)
    (whole,) = MarianTranslator(find_model(str(folder))).translate([ARABIC[0]])
    assert not whole.truncated


def test_attention_is_given_only_where_the_model_says_it_aligns(
    engine: MarianTranslator, tmp_path: Path
) -> None:
    assert engine.translate([ARABIC[0]])[0].alignment is None
    folder = write_tiny_model(tmp_path / "aligned")
    mark_alignment(folder)
    (found,) = MarianTranslator(find_model(str(folder))).translate([ARABIC[0]])
    assert found.alignment is not None
    assert len(found.alignment) == len(found.target_spans)
    assert {len(row) for row in found.alignment[1:]} == {len(found.source_spans)}


def test_attention_of_the_first_token_is_given_only_where_it_is_that_of_its_own_text(
    engine: MarianTranslator,
) -> None:
    texts = [*ARABIC, ARABIC[0][:20], ARABIC[1][:12]]
    shown = engine.showing_attention()
    wide = shown.translate(texts)
    assert [one.alignment and len(one.alignment[0]) for one in wide] == [0] * len(texts)
    greedy = MarianTranslator(engine.folder, replace(engine.settings, beam=1)).showing_attention()
    alone = [greedy.translate([text])[0] for text in texts]
    together = greedy.translate(texts)
    for one, other in zip(alone, together, strict=True):
        assert one.alignment
        assert other.alignment
        assert len(one.alignment[0]) == len(one.source_spans)
        assert other.alignment[0] == pytest.approx(one.alignment[0], abs=0.02)
        assert sum(one.alignment[0]) > 0.5


def test_the_end_symbol_is_added_exactly_once(tiny_model: Path, tmp_path: Path) -> None:
    other = write_tiny_model(tmp_path / "caller-adds", add_source_eos=False)
    texts = [ARABIC[0], ARABIC[1]]
    model_adds = MarianTranslator(find_model(str(tiny_model))).translate(texts)
    caller_adds = MarianTranslator(find_model(str(other))).translate(texts)
    assert [one.text for one in model_adds] == [one.text for one in caller_adds]


def test_unknown_model_names_what_is_known() -> None:
    with pytest.raises(EngineError, match="no such model or folder"):
        find_model("no-such-model")


def test_folder_without_weights_names_what_is_missing(tiny_model: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny_model, broken)
    (broken / "model.bin").unlink()
    with pytest.raises(EngineError, match=r"missing model\.bin"):
        find_model(str(broken))


def test_damaged_weights_are_one_clear_line(tiny_model: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny_model, broken)
    (broken / "model.bin").write_bytes(b"not a model")
    with pytest.raises(EngineError, match=r"cannot be loaded: .*: install the model again") as info:
        MarianTranslator(find_model(str(broken)))
    assert "\n" not in str(info.value)


def test_unsupported_compute_type_names_the_supported_ones() -> None:
    with pytest.raises(EngineError, match=r"not supported on cpu; use one of .*float32"):
        choose_compute_type("int5", "cpu")


def test_card_hashes_are_checked(tiny_model: Path, tmp_path: Path) -> None:
    folder = ModelFolder("copy", tmp_path / "copy")
    shutil.copytree(tiny_model, folder.path)
    hashes = hash_files(folder)
    weights = (folder.path / "model.bin").read_bytes()
    assert hashes["model.bin"] == hashlib.sha256(weights).hexdigest()
    assert find_damage(folder, hashes) == [
        "model copy: no card (README.md), so its files cannot be checked"
    ]
    rows = "\n".join(f"| `{name}` | {hashes[name]} |" for name in FILES)
    folder.card.write_text(rows, encoding="utf-8")
    assert find_damage(folder, hashes) == []
    config = folder.path / "config.json"
    config.write_text(json.dumps({}), encoding="utf-8")
    (fault,) = find_damage(folder, hash_files(folder))
    assert "config.json differs" in fault


def test_an_untrained_model_gives_no_usable_alignment(engine: MarianTranslator) -> None:
    shown = engine.showing_attention()
    assert shown.translate([ARABIC[0]])[0].alignment is not None
    assert not probe_alignment(shown).usable


@pytest.mark.parametrize(
    ("right", "found", "usable"), [(14, 20, True), (13, 20, False), (7, 7, False), (0, 0, False)]
)
def test_alignment_is_usable_when_enough_probes_are_right(
    right: int, found: int, usable: bool
) -> None:
    assert AlignmentProbe(right, found).usable is usable
