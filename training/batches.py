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
    "reports": 0.7,
    "titles": 0.5,
    "prose": 0.25,
    "manuals": 0.06,
    "chat": 0.10,
    "interface": 0.04,
}
JOINED, NAME_LISTS = 0.08, 1500
MAXIMUM = 160


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

    def encode(
        self, pair: tuple[str, str], rng: random.Random | None
    ) -> tuple[list[int], list[int]]:
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
        rows.sort(key=lambda row: (len(row[1]) // 4, len(row[0]) // 4))
        groups = list(group_by_tokens(rows, tokens))
        rng.shuffle(groups)
        for group in groups:
            source, target = pad([row[0] for row in group]), pad([row[1] for row in group])
            yield source, shift(target), target

    def _name_list(self, rng: random.Random) -> tuple[str, str]:
        picked = rng.sample(self.names, rng.choice((1, 1, 2, 3)))
        arabic = " و".join(name[0] for name in picked)
        return arabic, " and ".join(name[1] for name in picked)


def group_by_tokens(
    rows: list[tuple[list[int], list[int]]], tokens: int
) -> Iterator[list[tuple[list[int], list[int]]]]:
    """Cut sorted rows into groups whose padded size stays under ``tokens``."""
    group: list[tuple[list[int], list[int]]] = []
    longest = 0
    for row in rows:
        longest_with = max(longest, len(row[0]), len(row[1]))
        if group and longest_with * (len(group) + 1) > tokens:
            yield group
            group, longest_with = [], max(len(row[0]), len(row[1]))
        group.append(row)
        longest = longest_with
    if group:
        yield group


def pad(rows: list[list[int]]) -> Tensor:
    """Rows of ids as one tensor, padded on the right."""
    longest = max(map(len, rows))
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
