"""The network of the recipe and the converted model are the same; needs the extra ``train``."""

from __future__ import annotations

from pathlib import Path

import ctranslate2
import pytest
import sentencepiece as spm

torch = pytest.importorskip("torch", reason="install the extra: pip install -e '.[train]'")

from training.model import Marian, ModelSize  # noqa: E402
from training.shipped import read_state  # noqa: E402
from training.vocabulary import EOS, PAD  # noqa: E402

MODEL = Path(__file__).parent.parent / "models" / "ar-en-news"
ARABIC = ("أعلنت قوات النظام السوري سيطرتها على مدينة حلب", "وقال مصدر عسكري إن الجيش تقدم", "حلب")


@pytest.fixture(scope="module")
def network() -> Marian:
    state = read_state(MODEL / "model.bin")
    model = Marian(ModelSize(len(state["source.weight"]), len(state["target.weight"])))
    model.load_state_dict(state)
    return model.eval()


@pytest.mark.model
@pytest.mark.parametrize("text", ARABIC)
def test_a_model_read_back_decodes_as_the_engine_does(network: Marian, text: str) -> None:
    pieces = spm.SentencePieceProcessor(str(MODEL / "source.spm"))
    engine = ctranslate2.Translator(str(MODEL), compute_type="float32")
    [result] = engine.translate_batch(
        [pieces.encode(text, out_type=str)], beam_size=1, return_scores=True
    )
    targets = spm.SentencePieceProcessor(str(MODEL / "target.spm"))
    expected = [targets.piece_to_id(piece) for piece in result.hypotheses[0]]
    found = decode_greedily(network, [*pieces.encode(text), EOS])
    assert found == expected


def decode_greedily(network: Marian, source: list[int]) -> list[int]:
    with torch.no_grad():
        memory, mask = network.encode(torch.tensor([source]))
        found: list[int] = []
        while len(found) < 60:
            states = network.decode(torch.tensor([[PAD, *found]]), memory, mask)
            best = int(network.project(states)[0, -1].argmax())
            if best == EOS:
                break
            found.append(best)
    return found
