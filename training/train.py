"""Step 5: train, and go on from the last checkpoint.

``python -m training.train WORK RUN --names DIR --minutes 120`` keeps ``RUN/state.pt`` (all that
is needed to go on) and numbered ``RUN/step-*.pt`` (weights alone, to average). The rate is
constant after a warm-up, so a run can go on for as long as there is time; ``--cooldown MINUTES``
in a copy of the run lets it fall to nothing and gives the weights to ship (Hägele et al. 2024,
https://arxiv.org/abs/2405.18392).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.batches import Batch, Corpus
from training.features import Features
from training.model import Marian, ModelSize, half_precision
from training.shipped import read_weights
from training.start import start_model
from training.vocabulary import PAD


def freeze_lower(model: Marian, trained: int) -> None:
    """Let only the upper ``trained`` encoder layers learn; with all of them, embeddings too."""
    if trained < len(model.encoder):
        frozen = [*model.encoder[: len(model.encoder) - trained], model.source]
        for module in frozen:
            module.requires_grad_(False)
        model.source_positions.requires_grad_(False)


def build_optimizer(model: Marian, options: argparse.Namespace) -> torch.optim.AdamW:
    """AdamW with a smaller rate for what was pretrained."""
    pretrained = [model.source.weight, model.source_positions, *model.encoder.parameters()]
    known = {id(p) for p in pretrained}
    fresh = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    return torch.optim.AdamW(
        [{"params": fresh, "share": 1.0}, {"params": pretrained, "share": options.encoder_rate}],
        lr=options.rate,
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )


def set_rate(
    optimizer: torch.optim.Optimizer, step: int, factor: float, options: argparse.Namespace
) -> None:
    """Warm-up, then constant; the encoder joins after ``--frozen`` steps with its own warm-up."""
    warm = min(1.0, step / options.warmup)
    joined = min(1.0, max(0, step - options.frozen) / options.warmup)
    for group, ramp in zip(optimizer.param_groups, (warm, joined), strict=True):
        group["lr"] = options.rate * group["share"] * ramp * factor


def compute_loss(model: Marian, batch: Batch) -> tuple[Tensor, Tensor, int]:
    """Label-smoothed cross-entropy of one batch, guidance loss, and its target tokens.

    Guided alignment after Garg et al. 2019 (https://aclanthology.org/D19-1453/): the attention
    that a linked token gives to the words it renders should be all of it.
    """
    with half_precision(batch.outputs.device.type):
        memory, mask = (
            model.encode(batch.source) if batch.mask is None else (batch.source.float(), batch.mask)
        )
        states, attention = model.decode_aligned(batch.inputs, memory, mask)
        logits = model.project(states)
    loss = functional.cross_entropy(
        logits.float().flatten(0, 1), batch.outputs.flatten(), ignore_index=PAD, label_smoothing=0.1
    )
    guided = loss.new_zeros(())
    if batch.guide is not None and batch.guide.any():
        right = (attention * batch.guide).sum(-1)[batch.guide.any(-1)]
        guided = -(right + 1e-6).log().mean()
    return loss, guided, int((batch.outputs != PAD).sum())


@dataclass
class Run:
    """A network in training and how far it has come."""

    model: Marian
    optimizer: torch.optim.Optimizer
    folder: Path
    keep: int
    step: int = 0
    tokens: int = 0
    spent: float = 0.0
    begun: float = field(default_factory=time.monotonic)

    @property
    def minutes(self) -> float:
        """Since this invocation began."""
        return (time.monotonic() - self.begun) / 60

    def save(self) -> None:
        """All that is needed to go on, and the weights alone; only the last few of those stay."""
        weights = self.model.state_dict()
        state = {
            "model": weights,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "tokens": self.tokens,
            "seconds": self.spent + time.monotonic() - self.begun,
        }
        _save_whole(state, self.folder / "state.pt")
        path = self.folder / f"step-{self.step:07d}.pt"
        _save_whole({"model": weights, "step": self.step}, path)
        for old in sorted(self.folder.glob("step-*.pt"))[: -self.keep]:
            old.unlink()


class Progress:
    """Means of what was measured since the last line that was printed."""

    def __init__(self) -> None:
        self.losses: list[float] = []
        self.guidances: list[float] = []
        self.tokens, self.since = 0, time.monotonic()

    def add(self, loss: Tensor, guidance: Tensor, tokens: int) -> None:
        """One step more."""
        self.losses.append(float(loss.detach()))
        self.guidances.append(float(guidance.detach()))
        self.tokens += tokens

    def show(self, run: Run) -> None:
        """Print a line and begin anew."""
        rate = self.tokens / (time.monotonic() - self.since)
        print(
            f"step {run.step} loss {fmean(self.losses):.3f} "
            f"guidance {fmean(self.guidances):.3f} "
            f"tokens {run.tokens} ({rate:.0f}/s) minutes {run.minutes:.1f}",
            flush=True,
        )
        self.losses, self.guidances = [], []
        self.tokens, self.since = 0, time.monotonic()


def open_run(corpus: Corpus, options: argparse.Namespace) -> Run:
    """The run of a folder gone on with, or a new one from weights or from the encoder."""
    size = ModelSize(
        len(corpus.source),
        len(corpus.target),
        decoder_layers=options.decoder_layers,
        dropout=options.dropout,
    )
    saved = options.run / "state.pt"
    state = torch.load(saved, map_location="cpu", weights_only=False) if saved.exists() else None
    if state or options.begin_with:
        model = Marian(size)
        model.load_state_dict(state["model"] if state else read_weights(options.begin_with))
    else:
        model = start_model(size, options.work)
    model.to(find_device()).train()
    freeze_lower(model, options.trained_layers)
    run = Run(model, build_optimizer(model, options), options.run, options.keep)
    if state:
        run.optimizer.load_state_dict(state["optimizer"])
        run.step, run.tokens, run.spent = state["step"], state["tokens"], state["seconds"]
    settings = {**asdict(size), **{key: str(value) for key, value in vars(options).items()}}
    (options.run / "settings.json").write_text(json.dumps(settings, indent=1))
    return run


def find_device() -> str:
    """``cuda`` where there is a GPU."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def list_batches(corpus: Corpus, run: Run, options: argparse.Namespace) -> Iterator[Batch]:
    """Batches without end: of stored states while the encoder is frozen, then of text."""
    features = Features.read(options.work / "features.pt") if options.frozen else None
    rng = random.Random(run.step)
    while True:
        if features and run.step < options.frozen:
            for batch in features.batches(rng, options.tokens):
                yield batch
                if run.step >= options.frozen:
                    break
        else:
            yield from corpus.batches(rng, options.tokens)


def run_training(options: argparse.Namespace) -> None:
    """Train until the minutes are used up, saving every ``--save`` minutes."""
    corpus = Corpus(options.work, options.names, options.glossary, dict(options.share))
    run = open_run(corpus, options)
    torch.manual_seed(run.step)
    progress, saved, device = Progress(), 0.0, find_device()
    for batch in list_batches(corpus, run, options):
        if run.minutes >= options.minutes:
            break
        run.step += 1
        factor = max(0.01, 1 - run.minutes / options.minutes) if options.cooldown else 1.0
        set_rate(run.optimizer, run.step, factor, options)
        loss, guided, count = compute_loss(run.model, batch.to(device))
        (loss + options.guidance * guided).backward()
        nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
        run.optimizer.step()
        run.optimizer.zero_grad(set_to_none=True)
        run.tokens += count
        progress.add(loss, guided, count)
        if run.step % options.show == 0:
            progress.show(run)
        if run.minutes - saved > options.save:
            run.save()
            saved = run.minutes
    run.save()


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--glossary", type=Path, help="termbase whose names are put in too")
    parser.add_argument(
        "--begin-with",
        type=Path,
        help="an exported model folder or a checkpoint to train on from; its vocabularies must be "
        "those of WORK",
    )
    parser.add_argument(
        "--share",
        type=_read_share,
        nargs="+",
        default=[],
        metavar="DOMAIN=SHARE",
        help="how much of a domain an epoch takes, 0 to 1",
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--cooldown", action="store_true")
    parser.add_argument("--save", type=float, default=10, help="minutes between checkpoints")
    parser.add_argument("--show", type=int, default=50, help="steps between lines of progress")
    parser.add_argument(
        "--trained-layers",
        type=int,
        default=12,
        help="how many of the encoder's upper layers learn",
    )
    parser.add_argument("--keep", type=int, default=6)
    parser.add_argument("--tokens", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--encoder-rate", type=float, default=0.3)
    parser.add_argument("--guidance", type=float, default=0.1, help="weight of the alignments")
    parser.add_argument("--warmup", type=int, default=400)
    parser.add_argument(
        "--frozen", type=int, default=1500, help="first steps, on stored states of the encoder"
    )
    parser.add_argument("--decoder-layers", type=int, default=3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    run_training(options)


def _read_share(text: str) -> tuple[str, float]:
    domain, _, share = text.partition("=")
    return domain, float(share)


def _save_whole(value: object, path: Path) -> None:
    part = path.with_suffix(".part")
    torch.save(value, part)
    os.replace(part, path)


if __name__ == "__main__":
    main()
