"""Which shape of decoder is worth its size: several, each trained alike on one encoder's states.

``python -m training.candidates WORK OUT --model models/ID --dev CORPORA/dev --names CORPORA/names``
takes the decoder of a trained model, changes one thing about it at a time (layers, width of the
feed-forward maps, dropout, vocabulary), trains each for as many target tokens with the encoder as
it is, and writes ``OUT/candidates.json`` and a table: scores on ``dev/news`` with beam 4 in int8,
size, speed. Settings that have a row are not run again.

Starting from a trained decoder shows in minutes what each change gains or costs there; it favours
the shape that the decoder already has, which the table's reader should bear in mind.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sentencepiece as spm
import torch
from torch import Tensor, nn

from bitrans.engine.catalogue import find_model
from bitrans.engine.translator import MarianTranslator
from training.augment import change_sentence
from training.batches import Corpus
from training.evaluate import evaluate_lines, read_dev
from training.export import write_model
from training.features import Features, compute_states
from training.model import Marian, ModelSize
from training.shipped import State, read_weights
from training.train import compute_loss
from training.vocabulary import EOS, HEAD, train_target_model

#: Steps of warm-up before the rate falls in a line to nothing.
WARMUP = 50


@dataclass(frozen=True)
class Setting:
    """A shape of decoder. ``layers`` are those of the model begun with, in order."""

    name: str
    layers: tuple[int, ...] = (0, 1, 2)
    inner: int = 1536
    dropout: float = 0.1
    pieces: int = 12_000


SETTINGS = (
    Setting("as it is"),
    Setting("2 layers", layers=(0, 2)),
    Setting("4 layers", layers=(0, 1, 1, 2)),
    Setting("feed-forward 768", inner=768),
    Setting("feed-forward 2,304", inner=2304),
    Setting("dropout 0", dropout=0.0),
    Setting("dropout 0.2", dropout=0.2),
    Setting("8,000 pieces", pieces=8_000),
    Setting("16,000 pieces", pieces=16_000),
)


def reshape_decoder(state: State, setting: Setting) -> State:
    """The weights with the decoder's layers chosen and their feed-forward maps cut or widened.

    The units of the greatest weight are kept; new ones begin with no effect.
    """
    shaped = {key: value for key, value in state.items() if not key.startswith("decoder.")}
    for number, old in enumerate(setting.layers):
        prefix = f"decoder.{old}."
        layer = {
            key.removeprefix(prefix): value.clone()
            for key, value in state.items()
            if key.startswith(prefix)
        }
        _fit_inner(layer, setting.inner)
        shaped |= {f"decoder.{number}.{key}": value for key, value in layer.items()}
    return shaped


def change_vocabulary(
    state: State, old: spm.SentencePieceProcessor, new: spm.SentencePieceProcessor
) -> State:
    """The weights for other English pieces: each begins as the mean of the old pieces of its text.

    Symbols that both vocabularies begin with, and pieces that both have, keep their own.
    """
    known = {old.id_to_piece(i): i for i in range(len(old))}
    rows = [_find_rows(new.id_to_piece(i), old, known) for i in range(len(new))]
    changed = {
        key: torch.stack([state[key][row].mean(0) for row in rows])
        for key in ("target.weight", "bias")
    }
    return {**state, **changed}


def train_decoder(
    model: Marian, features: Features, tokens: int, options: argparse.Namespace
) -> float:
    """Train the decoder until it has seen so many target tokens; the seconds that took."""
    model.train()
    for part in (model.encoder, model.source):
        part.requires_grad_(False)
    model.source_positions.requires_grad_(False)
    learning = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=options.rate, betas=(0.9, 0.98), fused=True)
    torch.manual_seed(0)
    rng, seen, step, begun = random.Random(0), 0, 0, time.monotonic()
    while seen < tokens:
        for batch in features.batches(rng, options.batch):
            step += 1
            factor = min(step / WARMUP, 1.0) * max(0.02, 1 - seen / tokens)
            for group in optimizer.param_groups:
                group["lr"] = options.rate * factor
            loss, _, count = compute_loss(model, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            seen += count
            if seen >= tokens:
                break
    return time.monotonic() - begun


def run_setting(
    setting: Setting, material: Material, options: argparse.Namespace
) -> dict[str, Any]:
    """Train and measure one shape; its row of the table."""
    folder = options.out / setting.name.replace(" ", "-").replace(",", "")
    folder.mkdir(parents=True, exist_ok=True)
    state = reshape_decoder(material.state, setting)
    pieces = spm.SentencePieceProcessor(str(options.work / "target.spm"))
    for side in ("source", "target"):
        (folder / f"{side}.spm").write_bytes((options.work / f"{side}.spm").read_bytes())
    if setting.pieces != len(pieces):
        train_target_model(iter(material.news), folder / "target.spm", setting.pieces)
        new = spm.SentencePieceProcessor(str(folder / "target.spm"))
        state, pieces = change_vocabulary(state, pieces, new), new
    size = ModelSize(
        len(state["source.weight"]),
        len(pieces),
        inner=setting.inner,
        decoder_layers=len(setting.layers),
        dropout=setting.dropout,
    )
    features = Features(
        material.states, material.offsets, [[*row, EOS] for row in pieces.encode(material.english)]
    )
    model = build_decoder(size, state)
    spent = train_decoder(model, features, options.tokens, options)
    trained = {**state, **{k: v for k, v in model.state_dict().items() if k in state}}
    torch.save({"model": trained}, folder / "weights.pt")
    write_model(folder, folder / "weights.pt", folder / "model", "int8")
    return {**asdict(setting), **measure_model(folder / "model", options), "seconds": round(spent)}


def build_decoder(size: ModelSize, state: State) -> Marian:
    """A network with the weights of a state; its encoder may have another inner width than ours.

    The encoder is never run, so it is left out.
    """
    model = Marian(size)
    model.encoder = nn.ModuleList()
    own = {key: value for key, value in state.items() if not key.startswith("encoder.")}
    model.load_state_dict(own)
    return model


def measure_model(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Scores of an exported model on ``dev/news`` and its size in million bytes."""
    engine = MarianTranslator(find_model(str(folder)))
    found = evaluate_lines(engine, *read_dev(options.dev / "news.tsv", options.limit))
    scores = {name: score["value"] for name, score in found["scores"].items()}
    size = round((folder / "model.bin").stat().st_size / 1e6, 1)
    return {**scores, "megabytes": size, "words_per_second": found["source_words_per_second"]}


@dataclass(frozen=True)
class Material:
    """What all settings share: the model's weights, and sentences as states and English.

    ``news`` is the English of all news, which vocabularies are learnt from.
    """

    state: State
    states: Tensor
    offsets: list[int]
    english: list[str]
    news: list[str]


def gather_material(options: argparse.Namespace) -> Material:
    """Sentences changed as training changes them, with the encoder's states of their Arabic."""
    state = read_weights(options.model)
    corpus = Corpus(options.work, options.names)
    rng = random.Random(0)
    drawn = rng.sample(corpus.domains["news"], min(options.sentences, len(corpus.domains["news"])))
    sentences = [change_sentence(sentence, corpus.names, rng) for sentence in drawn]
    rows = [corpus.encode(sentence, None) for sentence in sentences]
    layers = 1 + max(int(key.split(".")[1]) for key in state if key.startswith("decoder."))
    size = ModelSize(len(corpus.source), len(corpus.target), decoder_layers=layers)
    model = Marian(size).eval()
    model.load_state_dict(state)
    states = compute_states(model, [row.source for row in rows], options.batch)
    offsets = torch.tensor([0, *(len(s) for s in states)]).cumsum(0).tolist()
    english, news = ([s.english for s in some] for some in (sentences, corpus.domains["news"]))
    return Material(state, torch.cat(states), offsets, english, news)


def print_table(rows: Sequence[dict[str, Any]]) -> None:
    """The rows as Markdown."""
    print("| decoder | BLEU | chrF++ | TER | million bytes |\n|---|---|---|---|---|")
    for row in rows:
        shown = " | ".join(f"{row[name]:.1f}" for name in ("BLEU", "chrF++", "TER", "megabytes"))
        print(f"| {row['name']} | {shown} |")


def main() -> None:
    """Parse the command line and run the settings that have no row yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--sentences", type=int, default=16_000)
    parser.add_argument("--tokens", type=int, default=400_000, help="target tokens of each setting")
    parser.add_argument("--batch", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--limit", type=int, help="lines of dev/news to score on")
    options = parser.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "candidates.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    material = gather_material(options)
    known = {row["name"] for row in rows}
    for setting in (s for s in SETTINGS if s.name not in known):
        rows.append(run_setting(setting, material, options))
        path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        print(json.dumps(rows[-1]), flush=True)
    print_table(rows)


def _fit_inner(layer: State, inner: int) -> None:
    """Cut or widen the feed-forward maps of one layer in place."""
    first, bias, second = (
        layer[f"ffn.{k}"] for k in ("first.weight", "first.bias", "second.weight")
    )
    now = len(first)
    if inner < now:
        kept = (first.norm(dim=1) * second.norm(dim=0)).topk(inner).indices.sort().values
        first, bias, second = first[kept], bias[kept], second[:, kept]
    elif inner > now:
        fresh = torch.randn(inner - now, first.shape[1]) * first.std()
        first, bias = torch.cat([first, fresh]), torch.cat([bias, torch.zeros(inner - now)])
        second = torch.cat([second, torch.zeros(len(second), inner - now)], 1)
    layer["ffn.first.weight"], layer["ffn.first.bias"] = first, bias
    layer["ffn.second.weight"] = second


def _find_rows(piece: str, old: spm.SentencePieceProcessor, known: dict[str, int]) -> list[int]:
    if piece in known:
        return [known[piece]]
    text = piece.replace("▁", " ")
    return old.encode(text) or [HEAD.index("<unk>")]


if __name__ == "__main__":
    main()
