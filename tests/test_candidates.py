"""A decoder is cut, widened and given other pieces without losing what it knows."""

from __future__ import annotations

from pathlib import Path

import pytest
import sentencepiece as spm

torch = pytest.importorskip("torch")
from training.candidates import Setting, change_vocabulary, reshape_decoder  # noqa: E402
from training.model import Marian, ModelSize  # noqa: E402
from training.vocabulary import HEAD, train_target_model  # noqa: E402

SIZE = ModelSize(20, 24, width=24, inner=8, heads=2, encoder_layers=1, decoder_layers=3)
TEXTS = [
    "The Syrian government said on Monday that buses were leaving the eastern districts",
    "the army entered Aleppo",
    "the city of Idlib",
    "an army of the city",
    "Aleppo and Idlib",
]


def build_model(**changes: object) -> Marian:
    torch.manual_seed(0)
    return Marian(ModelSize(**{**vars(SIZE), "dropout": 0.0, **changes})).eval()  # type: ignore[arg-type]


def decode(state: dict[str, torch.Tensor], **changes: object) -> torch.Tensor:
    model = build_model(**changes)
    model.load_state_dict(state)
    with torch.no_grad():
        return model(torch.tensor([[5, 6, 7]]), torch.tensor([[0, 4, 9]]))  # type: ignore[no-any-return]


def test_wider_feed_forward_maps_begin_with_no_effect() -> None:
    state = build_model().state_dict()
    wider = reshape_decoder(state, Setting("wider", inner=12))
    assert wider["decoder.0.ffn.first.weight"].shape == (12, 24)
    encoder = {key: value for key, value in wider.items() if "encoder" in key}
    assert all(torch.equal(value, state[key]) for key, value in encoder.items())
    model = build_model()
    for layer in model.decoder:
        layer.ffn.first, layer.ffn.second = torch.nn.Linear(24, 12), torch.nn.Linear(12, 24)
    model.load_state_dict(wider)
    with torch.no_grad():
        found = model(torch.tensor([[5, 6, 7]]), torch.tensor([[0, 4, 9]]))
    assert torch.allclose(found, decode(state), atol=1e-5)


def test_narrower_maps_keep_the_units_that_weigh_most() -> None:
    state = build_model().state_dict()
    state["decoder.1.ffn.first.weight"][3] *= 100
    cut = reshape_decoder(state, Setting("narrow", inner=2))["decoder.1.ffn.first.weight"]
    assert any(torch.equal(row, state["decoder.1.ffn.first.weight"][3]) for row in cut)


def test_layers_are_left_out_and_doubled_in_order() -> None:
    state = build_model().state_dict()
    shaped = reshape_decoder(state, Setting("layers", layers=(0, 2, 2), inner=8))
    for number, old in enumerate((0, 2, 2)):
        key = "ffn.second.weight"
        assert torch.equal(shaped[f"decoder.{number}.{key}"], state[f"decoder.{old}.{key}"])
    two = reshape_decoder(state, Setting("two", layers=(0, 2), inner=8))
    assert decode(two, decoder_layers=2).shape == (1, 3, 24)


def test_new_pieces_begin_as_the_mean_of_the_old_ones(tmp_path: Path) -> None:
    for name, size in (("old", 300), ("new", 306)):
        train_target_model(iter(TEXTS), tmp_path / f"{name}.spm", size)
    old, new = (spm.SentencePieceProcessor(str(tmp_path / f"{n}.spm")) for n in ("old", "new"))
    rows = torch.arange(len(old) * 2, dtype=torch.float32).view(len(old), 2)
    state = {"target.weight": rows, "bias": rows[:, 0]}
    changed = change_vocabulary(state, old, new)
    assert len(changed["target.weight"]) == len(changed["bias"]) == len(new)
    assert torch.equal(changed["target.weight"][: len(HEAD)], rows[: len(HEAD)])
    known = {old.id_to_piece(i) for i in range(len(old))}
    fresh = [i for i in range(len(new)) if new.id_to_piece(i) not in known]
    assert fresh
    for i in fresh:
        made = old.encode(new.id_to_piece(i).replace("\u2581", " "))
        assert torch.allclose(changed["target.weight"][i], rows[made].mean(0))
