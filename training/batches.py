"""Epochs of padded batches: domains sampled by weight, noise, joined sentences, names."""

from __future__ import annotations

import json
import random
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import sentencepiece as spm
import torch
from torch import Tensor

from bitrans.arabic import normalise_for_model
from bitrans.core import Span
from bitrans.glossary.terms import load_glossary
from training.augment import Link, Name, Names, Note, Sentence, change_sentence
from training.corpus import read_lines
from training.vocabulary import EOS, PAD, SPARE

SPACE = "\u2581"

#: Share of each domain's sentences that one epoch takes; ``self`` and ``back`` are those that
#: ``training.synthetic`` adds.
SHARES = {
    "news": 1.0,
    "self": 1.0,
    "back": 1.0,
    "reports": 1.0,
    "titles": 0.5,
    "prose": 0.35,
    "manuals": 0.06,
    "chat": 0.20,
    "interface": 0.04,
}
#: Share of an epoch's sentences that are joined to another, and of lines of names added to them.
JOINED, NAME_LINES = 0.08, 0.3
MAXIMUM = 224
#: English that the lists of names have as a plain name.
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*")
GRID = 8


class Row(NamedTuple):
    """Ids of the source and of the target; ``links`` holds target and source places in turn."""

    source: list[int]
    target: list[int]
    links: Sequence[int] = ()


class Batch(NamedTuple):
    """Rows padded: ids ``(batch, length)``, or stored states with their mask, and what to learn.

    ``guide`` ``(batch, target, source)`` is true where a target token may look; rows of the
    target that are false throughout are not guided.
    """

    source: Tensor
    inputs: Tensor
    outputs: Tensor
    mask: Tensor | None = None
    guide: Tensor | None = None

    def to(self, device: str) -> Batch:
        """The batch on a device."""
        return Batch(*(None if part is None else part.to(device) for part in self))  # type: ignore[arg-type]


class Corpus:
    """The prepared pairs and both vocabularies.

    ``shares`` says for some domains how much of them an epoch takes, instead of :data:`SHARES`.
    """

    def __init__(
        self,
        work: Path,
        names: Path | None = None,
        glossary: Path | None = None,
        shares: Mapping[str, float] | None = None,
    ) -> None:
        self.shares = {**SHARES, **(shares or {})}
        self.source = spm.SentencePieceProcessor(str(work / "source.spm"))
        self.target = spm.SentencePieceProcessor(str(work / "target.spm"))
        self.domains: dict[str, list[Sentence]] = {}
        for domain, sentence in _read_sentences(work):
            self.domains.setdefault(domain, []).append(sentence)
        self.names = Names(
            _read_names(names) if names else {},
            _list_forms(self.domains),
            _read_termbase(glossary) if glossary else {},
        )

    def sample_epoch(self, rng: random.Random) -> list[Sentence]:
        """Sentences of one epoch, in random order, unchanged but for some that are joined."""
        sentences: list[Sentence] = []
        for domain, known in self.domains.items():
            sentences += rng.sample(known, int(len(known) * self.shares.get(domain, 0.1)))
        rng.shuffle(sentences)
        half = int(len(sentences) * JOINED)
        firsts, seconds = sentences[:half], sentences[half : 2 * half]
        sentences = [_join(*both) for both in zip(firsts, seconds, strict=True)] + sentences[
            2 * half :
        ]
        if self.names.listed:
            sentences += [
                self.names.draw_line(rng) for _ in range(int(len(sentences) * NAME_LINES))
            ]
        return sentences

    def encode(self, sentence: Sentence, rng: random.Random | None) -> Row:
        """Ids of both sides, ended; with ``rng`` the sentence is changed and cut at random."""
        if rng is not None:
            sentence = change_sentence(sentence, self.names, rng)
        sampled = rng is not None and rng.random() < 0.3
        options = {"enable_sampling": True, "alpha": 0.3, "nbest_size": -1} if sampled else {}
        source, places = encode_noted(self.source, sentence.arabic, sentence.notes, options)
        target, spans = encode_spans(self.target, sentence.english, options)
        source, target = source[:MAXIMUM], target[:MAXIMUM]
        links = link_tokens(sentence.links, places[:MAXIMUM], spans[:MAXIMUM])
        return Row([*source, EOS], [*target, EOS], links)

    def batches(self, rng: random.Random, tokens: int) -> Iterator[Batch]:
        """Batches of about ``tokens`` padded tokens each, over one epoch."""
        rows = [self.encode(sentence, rng) for sentence in self.sample_epoch(rng)]
        rng.shuffle(rows)
        groups = list(group_by_shape(rows, tokens, keep_rest=False))
        rng.shuffle(groups)
        for group in groups:
            source, target = pad([row.source for row in group]), pad([row.target for row in group])
            guide = torch.zeros(*target.shape, source.shape[1], dtype=torch.bool)
            for index, row in enumerate(group):
                guide[index, list(row.links[::2]), list(row.links[1::2])] = True
            yield Batch(source, shift(target), target, guide=guide)


def encode_noted(
    pieces: spm.SentencePieceProcessor, text: str, notes: Sequence[Note], options: dict[str, Any]
) -> tuple[list[int], list[Span]]:
    """Ids of a text with notes, and the place of each in the text.

    Text before, name, wanted English and text after are each encoded by themselves.
    """
    opening, middle, closing = (pieces.piece_to_id(symbol) for symbol in SPARE[:3])
    ids: list[int] = []
    spans: list[Span] = []

    def add(start: int, end: int) -> None:
        found, places = encode_spans(pieces, text[start:end], options)
        ids.extend(found)
        spans.extend(Span(start + s.start, start + s.end) for s in places)

    at = 0
    for (start, end), english in notes:
        add(at, start)
        ids.append(opening)
        spans.append(Span(start, start))
        add(start, end)
        wanted = [middle, *pieces.encode(english, **options), closing]
        ids.extend(wanted)
        spans.extend([Span(start, end)] * len(wanted))
        at = end
    add(at, len(text))
    return ids, spans


def encode_spans(
    pieces: spm.SentencePieceProcessor, text: str, options: dict[str, Any]
) -> tuple[list[int], list[Span]]:
    """Ids of a text and the place of each; no places where a letter was cut into bytes."""
    found = pieces.encode(text, out_type=str, **options)
    ids = [pieces.piece_to_id(piece) for piece in found]
    if any(piece.startswith("<0x") for piece in found):
        return ids, [Span(0, 0)] * len(ids)
    offset = len(text) - len(text.lstrip()) - 1
    spans = []
    for piece in found:
        start = offset + piece.startswith(SPACE)
        offset += len(piece)
        spans.append(Span(start, offset))
    return ids, spans


def link_tokens(links: Sequence[Link], places: list[Span], spans: list[Span]) -> array[int]:
    """Target and source places, in turn, of all tokens that links join."""
    found = array("H")
    for link in links:
        ours = [
            i
            for i, s in enumerate(places)
            if s.start < link.arabic.end and link.arabic.start < s.end
        ]
        for j, span in enumerate(spans):
            if span.start < link.english.end and link.english.start < span.end:
                for i in ours:
                    found.extend((j, i))
    return found


def group_by_shape(rows: list[Row], tokens: int, *, keep_rest: bool = True) -> Iterator[list[Row]]:
    """Cut rows into groups of about ``tokens`` padded tokens whose shapes recur.

    A matrix product of a new shape costs a CPU the time to make its kernel, so lengths are padded
    to multiples of :data:`GRID` and the size of a group follows from its lengths alone.

    :param keep_rest: keep the last, smaller group of each target length.
    """
    by_target: dict[int, list[Row]] = {}
    for row in rows:
        by_target.setdefault(round_up(len(row.target)), []).append(row)
    for length, alike in by_target.items():
        alike.sort(key=lambda row: len(row.source))
        while alike:
            size = max(1, tokens // max(length, round_up(len(alike[-1].source))))
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


def _read_sentences(work: Path) -> Iterator[tuple[str, Sentence]]:
    known = work / "links.jsonl.gz"
    pairs = read_lines(work / "pairs.tsv.gz")
    rows = read_lines(known) if known.exists() else repeat("{}")
    for line, row in zip(pairs, rows, strict=False):
        domain, arabic, english = line.split("\t")
        found = json.loads(row)
        names = [Name(Span(a, b), Span(c, d), kind) for a, b, c, d, kind in found.get("names", ())]
        links = [Link(Span(a, b), Span(c, d)) for a, b, c, d in found.get("words", ())]
        yield domain, Sentence(arabic, english, tuple(sorted(names)), tuple(links))


def _list_forms(domains: Mapping[str, Sequence[Sentence]]) -> dict[str, list[str]]:
    """The English of the names of each kind in the pairs."""
    forms: dict[str, set[str]] = {}
    for sentences in domains.values():
        for sentence in sentences:
            for name in sentence.names:
                forms.setdefault(name.kind, set()).add(name.english.slice(sentence.english))
    return {kind: sorted(known) for kind, known in forms.items()}


def _join(first: Sentence, second: Sentence) -> Sentence:
    if len(first.arabic) + len(second.arabic) > 420:
        return first
    stop = "" if first.arabic[-1:] in ".؟!:" else "."
    english = "" if first.english[-1:] in ".?!:" else "."
    return Sentence(
        f"{first.arabic}{stop} {second.arabic}", f"{first.english}{english} {second.english}"
    )


def _read_names(folder: Path) -> dict[str, list[tuple[str, str]]]:
    kept = (
        "wikidata_person_names",
        "syria_pcodes_syrianarchive_api",
        "geonames_cities500",
        "cldr_iso_countries",
    )
    names: dict[str, list[tuple[str, str]]] = {}
    for name in kept:
        kind = "person" if "person" in name else "place"
        for line in read_lines(folder / f"{name}.tsv.gz"):
            arabic, english = line.split("\t")[:2]
            if _NAME.fullmatch(english) and not english.isupper():
                names.setdefault(kind, []).append((normalise_for_model(arabic), english))
    return names


def _read_termbase(glossary: Path) -> dict[str, list[tuple[str, str]]]:
    """Each Arabic form of a concept beside its preferred English, by kind."""
    names: dict[str, list[tuple[str, str]]] = {}
    for term in load_glossary([glossary]).terms:
        for form in term.arabic:
            names.setdefault(term.kind, []).append((normalise_for_model(form), term.preferred))
    return names
