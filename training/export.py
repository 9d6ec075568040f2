"""Step 8: write the weights as a CTranslate2 model folder.

``python -m training.export WORK WEIGHTS OUT --quantization int8``. The folder holds
``model.bin``, ``config.json``, both vocabularies, ``source.spm`` and ``target.spm``.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import sentencepiece as spm
import torch
from ctranslate2.specs import common_spec, transformer_spec
from torch import Tensor

from training.vocabulary import SPARE

State = dict[str, Tensor]


def build_spec(state: State, *, heads: int, width: int) -> transformer_spec.TransformerSpec:
    """The CTranslate2 specification of a Marian network with these weights."""
    depths = tuple(
        1 + max(int(k.split(".")[1]) for k in state if k.startswith(f"{side}."))
        for side in ("encoder", "decoder")
    )
    spec = transformer_spec.TransformerSpec.from_config(
        depths,
        heads,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        alignment_layer=-1,
        alignment_heads=1,
    )
    for side, table, kind in (
        ("encoder", "source", spec.encoder),
        ("decoder", "target", spec.decoder),
    ):
        embeddings = kind.embeddings[0] if side == "encoder" else kind.embeddings
        embeddings.weight = _array(state[f"{table}.weight"])
        kind.scale_embeddings = width**0.5
        kind.position_encodings.encodings = _array(state[f"{table}_positions"])
        for number, layer in enumerate(kind.layer):
            _fill_layer(layer, state, f"{side}.{number}")
    spec.decoder.start_from_zero_embedding = True
    spec.decoder.projection.weight = _array(state["target.weight"])
    spec.decoder.projection.bias = _array(state["bias"])
    return spec


def write_model(work: Path, weights: Path, out: Path, quantization: str) -> None:
    """Convert ``weights`` (a checkpoint) and copy the vocabularies beside it."""
    state: State = torch.load(weights, map_location="cpu", weights_only=False)["model"]
    width = state["source.weight"].shape[1]
    spec = build_spec(state, heads=12, width=width)
    for side, register in (
        ("source", spec.register_source_vocabulary),
        ("target", spec.register_target_vocabulary),
    ):
        pieces = spm.SentencePieceProcessor(str(work / f"{side}.spm"))
        register([pieces.id_to_piece(i) for i in range(len(pieces))])
    spec.config.unk_token, spec.config.eos_token = "<unk>", "</s>"
    spec.config.bos_token, spec.config.decoder_start_token = "</s>", "<pad>"
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))
    for side in ("source", "target"):
        shutil.copy(work / f"{side}.spm", out / f"{side}.spm")


def mark_annotations(folder: Path) -> None:
    """Say in ``config.json`` that the model takes wanted English inline, and with what signs."""
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    signs = zip(("open", "middle", "close"), SPARE, strict=False)
    config["bitrans_annotations"] = dict(signs)
    path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--quantization", default="int8", choices=("int8", "float32", "float16"))
    options = parser.parse_args()
    write_model(options.work, options.weights, options.out, options.quantization)
    if (options.work / "links.jsonl.gz").exists():
        mark_annotations(options.out)


def _array(tensor: Tensor) -> Any:
    return tensor.detach().float().contiguous().numpy()


def _linear(spec: Any, state: State, *names: str) -> None:
    """One linear map, or several with the same input stacked as CTranslate2 wants them."""
    spec.weight = _array(torch.cat([state[f"{name}.weight"] for name in names]))
    spec.bias = _array(torch.cat([state[f"{name}.bias"] for name in names]))


def _norm(spec: Any, state: State, name: str) -> None:
    spec.gamma, spec.beta = _array(state[f"{name}.weight"]), _array(state[f"{name}.bias"])


def _fill_layer(layer: Any, state: State, name: str) -> None:
    own = f"{name}.attention"
    _linear(layer.self_attention.linear[0], state, f"{own}.q", f"{own}.k", f"{own}.v")
    _linear(layer.self_attention.linear[1], state, f"{own}.out")
    _norm(layer.self_attention.layer_norm, state, f"{name}.attention_norm")
    if f"{name}.cross.q.weight" in state:
        cross = f"{name}.cross"
        _linear(layer.attention.linear[0], state, f"{cross}.q")
        _linear(layer.attention.linear[1], state, f"{cross}.k", f"{cross}.v")
        _linear(layer.attention.linear[2], state, f"{cross}.out")
        _norm(layer.attention.layer_norm, state, f"{name}.cross_norm")
    _linear(layer.ffn.linear_0, state, f"{name}.ffn.first")
    _linear(layer.ffn.linear_1, state, f"{name}.ffn.second")
    _norm(layer.ffn.layer_norm, state, f"{name}.ffn_norm")


if __name__ == "__main__":
    main()
