"""Step 4: the untrained encoder's states of every sentence, so that the decoder can start fast.

``python -m training.features WORK`` writes ``WORK/features.pt``. While the encoder stays as it
is, its states never change; a decoder learns from stored ones at several times the speed.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from training.batches import Batch, Corpus, Row, group_by_shape, pad, round_up, shift
from training.model import Marian, ModelSize, half_precision
from training.start import centre_states, start_model


class Features:
    """Stored encoder states beside the ids of the English."""

    def __init__(self, states: Tensor, offsets: list[int], targets: list[list[int]]) -> None:
        self.states, self.offsets, self.targets = states, offsets, targets

    @classmethod
    def read(cls, path: Path) -> Features:
        """Those that the step wrote."""
        stored = torch.load(path, mmap=True)
        return cls(stored["states"], stored["offsets"].tolist(), stored["targets"])

    def batches(self, rng: random.Random, tokens: int) -> Iterator[Batch]:
        """Batches of stored states over one epoch."""
        order = list(range(len(self.targets)))
        rng.shuffle(order)
        spans = {i: self.offsets[i + 1] - self.offsets[i] for i in order}
        rows = [Row([i] * spans[i], self.targets[i]) for i in order]
        groups = list(group_by_shape(rows, tokens, keep_rest=False))
        rng.shuffle(groups)
        for group in groups:
            index = [row.source[0] for row in group]
            target = pad([row.target for row in group])
            longest = round_up(max(spans[i] for i in index))
            memory, mask = self._memory(index, longest)
            yield Batch(memory, shift(target), target, mask)

    def _memory(self, index: list[int], longest: int) -> tuple[Tensor, Tensor]:
        memory = torch.zeros(len(index), longest, self.states.shape[1], dtype=self.states.dtype)
        mask = torch.zeros(len(index), 1, 1, longest, dtype=torch.bool)
        for row, i in enumerate(index):
            states = self.states[self.offsets[i] : self.offsets[i + 1]]
            memory[row, : len(states)] = states
            mask[row, ..., : len(states)] = True
        return memory, mask


@torch.no_grad()
def compute_states(model: Marian, sources: list[list[int]], tokens: int) -> list[Tensor]:
    """Encoder states of each source, shape ``(length, width)``, in the order given."""
    found: dict[int, Tensor] = {}
    for group in group_by_shape([Row(row, [i]) for i, row in enumerate(sources)], tokens):
        with half_precision("cpu"):
            states, _ = model.encode(pad([row.source for row in group]))
        for row, state in zip(group, states.to(torch.bfloat16), strict=True):
            found[row.target[0]] = state[: len(row.source)].clone()
    return [found[i] for i in range(len(sources))]


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--tokens", type=int, default=8000)
    options = parser.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    corpus = Corpus(options.work, options.names)
    rng = random.Random(0)
    rows = [corpus.encode(pair, rng) for pair in corpus.sample_epoch(rng)]
    (options.work / "centre.pt").unlink(missing_ok=True)
    model = start_model(ModelSize(len(corpus.source), len(corpus.target)), options.work).eval()
    sources = [row.source for row in rows]
    sample = torch.cat(compute_states(model, sources[:2000], options.tokens)).float()
    centre = (sample.mean(0), sample.std())
    torch.save(centre, options.work / "centre.pt")
    centre_states(model, *centre)
    states = compute_states(model, sources, options.tokens)
    offsets = torch.tensor([0, *(len(s) for s in states)]).cumsum(0)
    torch.save(
        {"states": torch.cat(states), "offsets": offsets, "targets": [row.target for row in rows]},
        options.work / "features.pt",
    )
    print(f"{len(rows)} sentences, {int(offsets[-1])} states")


if __name__ == "__main__":
    main()
