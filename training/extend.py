"""Grow the source vocabulary of a trained model by pieces of the encoder's own.

``python -m training.extend WORK WEIGHTS OUT --glossary glossary --size 1500`` adds the pieces
that the English of names needs most, so that notes of wanted English are short. ``WEIGHTS`` is a
checkpoint or a model folder; ``OUT`` becomes a checkpoint, and ``WORK/source.spm`` grows.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import sentencepiece as spm
import torch
from sentencepiece import sentencepiece_model_pb2 as model_pb

from bitrans.glossary.terms import load_glossary
from training.corpus import read_lines
from training.encoder import find_weights, fold_embeddings, read_encoder
from training.shipped import read_weights
from training.vocabulary import build_full_model

_LATIN = re.compile(r"\u2581?[A-Za-z]+")


def choose_pieces(
    full: spm.SentencePieceProcessor, known: spm.SentencePieceProcessor, texts: Iterable[str]
) -> list[int]:
    """Rows of the encoder's Latin pieces that ``known`` lacks, the most used first."""
    counts = Counter(row for text in texts for row in full.encode(text))
    unknown = known.unk_id()
    return [
        row
        for row, _ in counts.most_common()
        if _LATIN.fullmatch(full.id_to_piece(row))
        and known.piece_to_id(full.id_to_piece(row)) == unknown
    ]


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--glossary", type=Path, action="append", required=True)
    parser.add_argument("--names", type=Path, nargs="*", default=[], help="lists of names, TSV")
    parser.add_argument("--size", type=int, default=1500)
    options = parser.parse_args()
    encoder = read_encoder(find_weights())
    path = options.work / "source.spm"
    terms = load_glossary(options.glossary).terms
    texts = [form for term in terms for form in (term.preferred, *term.admitted)]
    texts += [line.split("\t")[1] for path in options.names for line in read_lines(path)]
    known = spm.SentencePieceProcessor(str(path))
    rows = choose_pieces(build_full_model(encoder), known, texts)[: options.size]
    state = read_weights(options.weights)
    vectors, _ = fold_embeddings(encoder, rows)
    scale = state["source.weight"].shape[1] ** 0.5
    grown = torch.cat([state["source.weight"], torch.from_numpy(vectors) / scale])
    proto = model_pb.ModelProto.FromString(path.read_bytes())
    for row in rows:
        proto.pieces.add(piece=encoder.pieces[row], score=float(encoder.scores[row]), type=1)
    proto.trainer_spec.vocab_size = len(proto.pieces)
    torch.save({"model": {**state, "source.weight": grown}}, options.out)
    path.write_bytes(proto.SerializeToString())
    print(f"source pieces {len(proto.pieces)}, {len(rows)} of them new")


if __name__ == "__main__":
    main()
