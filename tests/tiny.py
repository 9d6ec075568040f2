"""A real CTranslate2 model with SentencePiece vocabularies, small enough to make in a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece as spm
from ctranslate2.specs import common_spec, transformer_spec

WIDTH, INNER, HEADS = 16, 32, 2
ARABIC = ["قال مصدر عسكري سوري اليوم إن الجيش سيطر على مدينة حلب", "حلب ودمشق وحمص مدن سورية"]
ENGLISH = [
    "A Syrian military source said the army took the city of Aleppo today",
    "Aleppo, Damascus and Homs are Syrian cities",
]


MARKERS = {"open": "<extra_0>", "middle": "<extra_1>", "close": "<extra_2>"}


def write_tiny_model(
    folder: Path,
    *,
    add_source_eos: bool = True,
    end_bias: float = 1.5,
    markers: Mapping[str, str] | None = None,
) -> Path:
    """Write the model; its weights are random but always the same.

    :param end_bias: how much the model favours ending; it ends at once when this is large.
    :param markers: annotation markers of both vocabularies; the model likes to write them.
    """
    folder.mkdir(parents=True)
    sizes = {}
    for side, lines in (("source", ARABIC), ("target", ENGLISH)):
        with (folder / f"{side}.spm").open("wb") as out:
            spm.SentencePieceTrainer.train(
                sentence_iterator=iter(lines * 5),
                model_writer=out,
                vocab_size=48,
                pad_id=0,
                unk_id=1,
                eos_id=2,
                bos_id=-1,
                hard_vocab_limit=False,
                minloglevel=2,
                control_symbols=[*(markers or {}).values()],
                normalization_rule_name="identity",
            )
        sizes[side] = len(spm.SentencePieceProcessor(str(folder / f"{side}.spm")))
    favours = {"</s>": end_bias, **dict.fromkeys((markers or {}).values(), 9.0)}
    _build_spec(folder, sizes, add_source_eos, favours).save(str(folder))
    return folder


def _build_spec(
    folder: Path, sizes: dict[str, int], add_source_eos: bool, favours: Mapping[str, float]
) -> Any:
    rng = np.random.default_rng(7)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    spec = transformer_spec.TransformerSpec.from_config(
        (1, 1), HEADS, pre_norm=False, activation=common_spec.Activation.GELU, alignment_heads=HEADS
    )
    spec.encoder.embeddings[0].weight = draw(sizes["source"], WIDTH)
    spec.decoder.embeddings.weight = draw(sizes["target"], WIDTH)
    spec.decoder.start_from_zero_embedding = True
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = 1.0
        side.position_encodings.encodings = draw(512, WIDTH)
        _fill_layer(side.layer[0], draw)
    spec.decoder.projection.weight = draw(sizes["target"], WIDTH)
    spec.decoder.projection.bias = draw(sizes["target"])
    target = spm.SentencePieceProcessor(str(folder / "target.spm"))
    for token, bias in favours.items():
        spec.decoder.projection.bias[target.piece_to_id(token)] += bias
    for side, register in (
        ("source", spec.register_source_vocabulary),
        ("target", spec.register_target_vocabulary),
    ):
        pieces = spm.SentencePieceProcessor(str(folder / f"{side}.spm"))
        register([pieces.id_to_piece(i) for i in range(len(pieces))])
    spec.config.unk_token, spec.config.eos_token = "<unk>", "</s>"
    spec.config.bos_token, spec.config.decoder_start_token = "</s>", "<pad>"
    spec.config.add_source_eos = add_source_eos
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def mark_alignment(folder: Path) -> None:
    """Say in ``config.json`` that the model's attention is an alignment."""
    write_setting(folder, "bitrans_alignment", True)


def write_setting(folder: Path, name: str, value: object) -> None:
    """Add a setting to the model's ``config.json``."""
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, name: value}), encoding="utf-8")


def _fill_layer(layer: Any, draw: Any) -> None:
    blocks = [(layer.self_attention, (3 * WIDTH, WIDTH))]
    if hasattr(layer, "attention"):
        blocks.append((layer.attention, (WIDTH, 2 * WIDTH, WIDTH)))
    for block, heights in blocks:
        for linear, height in zip(block.linear, heights, strict=True):
            linear.weight, linear.bias = draw(height, WIDTH), draw(height)
    layer.ffn.linear_0.weight, layer.ffn.linear_0.bias = draw(INNER, WIDTH), draw(INNER)
    layer.ffn.linear_1.weight, layer.ffn.linear_1.bias = draw(WIDTH, INNER), draw(WIDTH)
    norms = [block.layer_norm for block, _ in blocks] + [layer.ffn.layer_norm]
    for norm in norms:
        norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
