"""Read a CTranslate2 folder that this recipe exported back into the network, to train on from it.

The weights come back as the int8 file holds them: rounded, which the first few hundred steps of
training mend. Layout of ``model.bin``: ``ModelSpec._serialize`` of CTranslate2's
``specs/model_spec.py`` (https://github.com/OpenNMT/CTranslate2), binary version 6.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

VERSION = 6
_TYPES = ("float32", "int8", "int16", "int32", "float16")
State = dict[str, Tensor]


def read_variables(path: Path) -> dict[str, NDArray[np.float32]]:
    """Each weight of a ``model.bin`` by its name, int8 rows scaled back to float32.

    :raises ValueError: when the file is of another binary version.
    """
    with path.open("rb") as file:
        (version,) = _unpack(file, "I")
        if version != VERSION:
            raise ValueError(f"{path}: binary version {version}, this recipe reads {VERSION}")
        _read_name(file)
        _, count = _unpack(file, "II")
        found = dict(_read_variable(file) for _ in range(count))
        (aliases,) = _unpack(file, "I")
        for _ in range(aliases):
            alias = _read_name(file)
            found[alias] = found[_read_name(file)]
    scaled = {name: _scale_back(name, found) for name in found if not name.endswith("_scale")}
    return {name: value.astype(np.float32) for name, value in scaled.items()}


def read_weights(path: Path) -> State:
    """The weights of an exported model folder or of a checkpoint of ``training.train``."""
    if path.is_dir():
        return read_state(path / "model.bin")
    state: State = torch.load(path, map_location="cpu", weights_only=False)["model"]
    return state


def read_state(path: Path) -> State:
    """The state of :class:`training.model.Marian` that a ``model.bin`` was exported from."""
    found = {name: torch.from_numpy(value) for name, value in read_variables(path).items()}
    state = {
        "source.weight": found["encoder/embeddings_0/weight"],
        "target.weight": found["decoder/embeddings/weight"],
        "source_positions": found["encoder/position_encodings/encodings"],
        "target_positions": found["decoder/position_encodings/encodings"],
        "bias": found["decoder/projection/bias"],
    }
    for side in ("encoder", "decoder"):
        number = 0
        while f"{side}/layer_{number}/ffn/linear_0/weight" in found:
            _take_layer(state, found, f"{side}/layer_{number}", f"{side}.{number}")
            number += 1
    return state


def _take_layer(state: State, found: State, old: str, new: str) -> None:
    own = f"{old}/self_attention"
    _take_linear(state, found, f"{own}/linear_0", *(f"{new}.attention.{k}" for k in "qkv"))
    _take_linear(state, found, f"{own}/linear_1", f"{new}.attention.out")
    _take_norm(state, found, f"{own}/layer_norm", f"{new}.attention_norm")
    cross = f"{old}/attention"
    if f"{cross}/linear_0/weight" in found:
        _take_linear(state, found, f"{cross}/linear_0", f"{new}.cross.q")
        _take_linear(state, found, f"{cross}/linear_1", f"{new}.cross.k", f"{new}.cross.v")
        _take_linear(state, found, f"{cross}/linear_2", f"{new}.cross.out")
        _take_norm(state, found, f"{cross}/layer_norm", f"{new}.cross_norm")
    _take_linear(state, found, f"{old}/ffn/linear_0", f"{new}.ffn.first")
    _take_linear(state, found, f"{old}/ffn/linear_1", f"{new}.ffn.second")
    _take_norm(state, found, f"{old}/ffn/layer_norm", f"{new}.ffn_norm")


def _take_linear(state: State, found: State, old: str, *names: str) -> None:
    for kind in ("weight", "bias"):
        parts = found[f"{old}/{kind}"].chunk(len(names))
        state.update(
            {f"{name}.{kind}": part.clone() for name, part in zip(names, parts, strict=True)}
        )


def _take_norm(state: State, found: State, old: str, new: str) -> None:
    state[f"{new}.weight"], state[f"{new}.bias"] = found[f"{old}/gamma"], found[f"{old}/beta"]


def _scale_back(name: str, found: dict[str, NDArray[np.generic]]) -> NDArray[np.generic]:
    scale = found.get(f"{name}_scale")
    if scale is None:
        return found[name]
    return found[name] / np.asarray(scale, np.float32).reshape(-1, 1)  # type: ignore[operator]


def _read_variable(file: BinaryIO) -> tuple[str, NDArray[np.generic]]:
    name = _read_name(file)
    (rank,) = _unpack(file, "B")
    shape = _unpack(file, f"{rank}I")
    kind, size = _unpack(file, "BI")
    values = np.frombuffer(file.read(size), _TYPES[kind]).reshape(shape)
    return name, values


def _read_name(file: BinaryIO) -> str:
    (length,) = _unpack(file, "H")
    return file.read(length).decode().rstrip("\0")


def _unpack(file: BinaryIO, layout: str) -> tuple[int, ...]:
    return struct.unpack(f"<{layout}", file.read(struct.calcsize(f"<{layout}")))
