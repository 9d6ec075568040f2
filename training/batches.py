"""Epochs of padded batches: domains sampled by weight, noise, joined sentences, names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import sentencepiece as spm
import torch
from torch import Tensor

from training.corpus import read_lines
from training.noise import add_noise
from training.vocabulary import EOS, PAD

#: Share of each domain's sentences that one epoch takes.
SHARES = {
    "news": 1.0,
    "reports": 1.0,
    "titles": 0.5,
    "prose": 0.35,
    "manuals": 0.06,
    "chat": 0.20,
    "interface": 0.04,
}
JOINED, NAME_LISTS = 0.08, 1500
MAXIMUM = 160
GRID = 8

#: Ids of the source and of the target.
Row = tuple[list[int], list[int]]


class Corpus:
    """The prepared pairs and both vocabularies."""

    def __init__(self, work: Path, names: Path | None = None) -> None:
        self.source = spm.SentencePieceProcessor(str(work / "source.spm"))
        self.target = spm.SentencePieceProcessor(str(work / "target.spm"))
        self.domains: dict[str, list[tuple[str, str]]] = {}
        for line in read_lines(work / "pairs.tsv.gz"):
            domain, arabic, english = line.split("\t")
            self.domains.setdefault(domain, []).append((arabic, english))
        self.names = _read_names(names) if names else []

    def sample_epoch(self, rng: random.Random) -> list[tuple[str, str]]:
        """Sentence pairs of one epoch, in random order."""
        pairs: list[tuple[str, str]] = []
        for domain, known in self.domains.items():
            pairs += rng.sample(known, int(len(known) * SHARES.get(domain, 0.1)))
        rng.shuffle(pairs)
        half = int(len(pairs) * JOINED)
        firsts, seconds, rest = pairs[:half], pairs[half : 2 * half], pairs[2 * half :]
        pairs = [_join(a, b) for a, b in zip(firsts, seconds, strict=True)] + rest
        if self.names:
            pairs += [self._name_list(rng) for _ in range(NAME_LISTS)]
        return pairs

    def encode(self, pair: tuple[str, str], rng: random.Random | None) -> Row:
        """Ids of both sides, ended; with ``rng`` the source is noised and cut at random."""
        arabic, english = pair
        sampled = rng is not None and rng.random() < 0.3
        if rng is not None:
            arabic = add_noise(arabic, rng)
        options = {"enable_sampling": True, "alpha": 0.3, "nbest_size": -1} if sampled else {}
        source = self.source.encode(arabic, **options)[:MAXIMUM]
        target = self.target.encode(english, **options)[:MAXIMUM]
        return [*source, EOS], [*target, EOS]

    def batches(self, rng: random.Random, tokens: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Source, decoder input and decoder output of each batch of about ``tokens`` tokens."""
        rows = [self.encode(pair, rng) for pair in self.sample_epoch(rng)]
        rng.shuffle(rows)
        groups = list(group_by_shape(rows, tokens, keep_rest=False))
        rng.shuffle(groups)
        for group in groups:
            source, target = pad([row[0] for row in group]), pad([row[1] for row in group])
            yield source, shift(target), target

    def _name_list(self, rng: random.Random) -> tuple[str, str]:
        picked = rng.sample(self.names, rng.choice((1, 1, 2, 3)))
        arabic = " و".join(name[0] for name in picked)
        return arabic, " and ".join(name[1] for name in picked)


def group_by_shape(rows: list[Row], tokens: int, *, keep_rest: bool = True) -> Iterator[list[Row]]:
    """Cut rows into groups of about ``tokens`` padded tokens whose shapes recur.

    A matrix product of a new shape costs a CPU the time to make its kernel, so lengths are padded
    to multiples of :data:`GRID` and the size of a group follows from its lengths alone.

    :param keep_rest: keep the last, smaller group of each target length.
    """
    by_target: dict[int, list[Row]] = {}
    for row in rows:
        by_target.setdefault(round_up(len(row[1])), []).append(row)
    for length, alike in by_target.items():
        alike.sort(key=lambda row: len(row[0]))
        while alike:
            size = max(1, tokens // max(length, round_up(len(alike[-1][0]))))
            if keep_rest or len(alike) >= size:
                yield alike[-size:]
            del alike[-size:]


def round_up(length: int) -> int:
    """The next multiple of :data:`GRID`."""
    return -(-length // GRID) * GRID


def pad(rows: list[list[int]]) -> Tensor:
    """Rows of ids as one tensor, padded on the right to a multiple of :data:`GRID`."""
    longest = round_up(max(map(len, rows)))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


def shift(target: Tensor) -> Tensor:
    """Decoder input: the start symbol (the pad, as in Marian), then all but the last id."""
    return torch.cat([torch.full((len(target), 1), PAD), target[:, :-1]], 1)


def _join(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str]:
    if len(first[0]) + len(second[0]) > 420:
        return first
    stop = "" if first[0][-1:] in ".؟!:" else "."
    english = "" if first[1][-1:] in ".?!:" else "."
    return f"{first[0]}{stop} {second[0]}", f"{first[1]}{english} {second[1]}"


def _read_names(folder: Path) -> list[tuple[str, str]]:
    kept = (
        "wikidata_person_names",
        "syria_pcodes_syrianarchive_api",
        "geonames_cities500",
        "cldr_iso_countries",
    )
    return [
        (columns[0], columns[1])
        for name in kept
        for columns in (line.split("\t") for line in read_lines(folder / f"{name}.tsv.gz"))
    ]
