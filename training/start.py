"""The network before training: pretrained encoder, new decoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.encoder import find_weights, fold_embeddings, read_encoder
from training.model import Marian, ModelSize
from training.vocabulary import HEAD


def start_model(size: ModelSize, work: Path) -> Marian:
    """A new network whose encoder is the pretrained one."""
    model = Marian(size)
    encoder = read_encoder(find_weights())
    rows = np.load(work / "source_rows.npy").tolist()
    tokens, positions = fold_embeddings(encoder, rows)
    state = {
        key.removeprefix("layers."): torch.from_numpy(value)
        for key, value in encoder.weights.items()
        if key.startswith("layers.")
    }
    model.encoder.load_state_dict(state)
    with torch.no_grad():
        model.source.weight[len(HEAD) :] = torch.from_numpy(tokens) / model.scale
        end, _ = fold_embeddings(encoder, [2])
        model.source.weight[HEAD.index("</s>")] = torch.from_numpy(end[0]) / model.scale
        # Marian puts no <s> in front, so the first position of the text is position 0.
        model.source_positions[: len(positions) - 1] = torch.from_numpy(positions[1:])
    centre = work / "centre.pt"
    if centre.exists():
        centre_states(model, *torch.load(centre))
    return model


@torch.no_grad()
def centre_states(model: Marian, mean: Tensor, deviation: Tensor) -> None:
    """Let the encoder give states of mean 0 and deviation 1, as a new decoder expects.

    Those of the pretrained encoder share a large common part (sentence embeddings crowd in a
    cone), and a decoder that meets them so learns to attend several times more slowly. The last
    norm's gain and bias take the change in, exactly.
    """
    last = model.encoder[-1].ffn_norm
    last.weight /= deviation
    last.bias.sub_(mean).div_(deviation)
