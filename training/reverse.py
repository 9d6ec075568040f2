"""A model from English to Arabic, begun from one from Arabic to English.

``python -m training.reverse WORK REVERSE --model models/ID`` swaps the columns of the prepared
pairs into the folder ``REVERSE``, learns its vocabularies and writes ``REVERSE/begin.pt``, which
``training.train REVERSE RUN --begin-with REVERSE/begin.pt --frozen 0`` goes on from.

The layers are those of the trained model: its encoder was multilingual before. The English pieces
of the source come from the pretrained encoder; each Arabic piece of the target begins as the mean
of the English pieces it is linked to in the news (``training.links``): these the decoder knows.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

import numpy as np
import sentencepiece as spm
import torch
from torch import Tensor

from training.augment import Sentence
from training.batches import Corpus, encode_spans, link_tokens
from training.corpus import read_lines
from training.encoder import find_weights, fold_embeddings, read_encoder
from training.shipped import State, read_weights
from training.vocabulary import EOS, HEAD, write_vocabularies

SOURCE_SIZE, TARGET_SIZE = 16_000, 12_000


def swap_pairs(work: Path, out: Path) -> None:
    """The prepared pairs with their columns swapped; their English is the text without pairs."""
    rows = [line.split("\t") for line in read_lines(work / "pairs.tsv.gz")]
    with gzip.open(out / "pairs.tsv.gz", "wt", encoding="utf-8") as file:
        file.writelines(f"{domain}\t{english}\t{arabic}\n" for domain, arabic, english in rows)
    with gzip.open(out / "mono.txt.gz", "wt", encoding="utf-8") as file:
        file.writelines(f"{english}\n" for domain, _, english in rows if domain == "news")


def begin_source(state: State, out: Path) -> Tensor:
    """Embeddings of the English pieces: the pretrained encoder's, symbols the trained model's."""
    encoder = read_encoder(find_weights())
    tokens, _ = fold_embeddings(encoder, np.load(out / "source_rows.npy").tolist())
    scale = tokens.shape[1] ** 0.5
    return torch.cat([state["source.weight"][: len(HEAD)], torch.from_numpy(tokens) / scale])


def begin_target(state: State, work: Path, pieces: spm.SentencePieceProcessor) -> Tensor:
    """Embeddings of the Arabic pieces, from the English ones that they are linked to.

    Pieces without a link begin as the mean of all that have one.
    """
    corpus, known = Corpus(work), state["target.weight"]
    total, counts = torch.zeros(len(pieces), known.shape[1]), torch.zeros(len(pieces))
    for sentence in corpus.domains["news"]:
        ours, theirs = list_linked(sentence, pieces, corpus.target)
        total.index_add_(0, torch.tensor(ours, dtype=torch.long), known[theirs])
        counts.index_add_(0, torch.tensor(ours, dtype=torch.long), torch.ones(len(ours)))
    linked = counts > 0
    table = torch.where(linked[:, None], total / counts.clamp(min=1)[:, None], torch.zeros(()))
    table[~linked] = table[linked].mean(0)
    table[: EOS + 1] = known[: EOS + 1]
    return table


def list_linked(
    sentence: Sentence, arabic: spm.SentencePieceProcessor, english: spm.SentencePieceProcessor
) -> tuple[list[int], list[int]]:
    """Ids of Arabic pieces and, place by place, of the English pieces that they are linked to."""
    ours, our_spans = encode_spans(arabic, sentence.arabic, {})
    theirs, their_spans = encode_spans(english, sentence.english, {})
    found = link_tokens(sentence.links, our_spans, their_spans)
    return [ours[i] for i in found[1::2]], [theirs[j] for j in found[::2]]


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--source-size", type=int, default=SOURCE_SIZE)
    parser.add_argument("--target-size", type=int, default=TARGET_SIZE)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    swap_pairs(options.work, options.out)
    write_vocabularies(options.out, options.source_size, options.target_size)
    state = read_weights(options.model)
    pieces = spm.SentencePieceProcessor(str(options.out / "target.spm"))
    state["source.weight"] = begin_source(state, options.out)
    state["target.weight"] = begin_target(state, options.work, pieces)
    state["bias"] = torch.zeros(len(pieces))
    torch.save({"model": state}, options.out / "begin.pt")


if __name__ == "__main__":
    main()
