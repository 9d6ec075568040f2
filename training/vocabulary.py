"""Step 2: two SentencePiece vocabularies.

``python -m training.vocabulary WORK`` writes ``source.spm`` (the encoder's own pieces, pruned to
those that Arabic news needs), ``target.spm`` (English unigram pieces learnt from the pairs) and
``source_rows.npy`` (the encoder's row of each kept piece). Both begin with the same symbols.
"""

from __future__ import annotations

import argparse
import gzip
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2 as model_pb

from training.corpus import read_lines
from training.encoder import Encoder, find_weights, read_encoder

PAD, UNK, EOS = 0, 1, 2
SPARE = tuple(f"<extra_{i}>" for i in range(8))
HEAD = ("<pad>", "<unk>", "</s>", *SPARE)
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3


def build_full_model(encoder: Encoder) -> spm.SentencePieceProcessor:
    """The encoder's whole vocabulary as a SentencePiece model (ids are its rows)."""
    proto = _empty_model(bos=0, pad=1, eos=2, unk=3)
    seen: set[str] = set()
    for row, piece in enumerate(encoder.pieces):
        name = piece if piece and piece not in seen else f"<unused_{row}>"
        seen.add(name)
        kind = _UNKNOWN if row == 3 else _CONTROL if row < 3 else _NORMAL
        proto.pieces.add(piece=name, score=float(encoder.scores[row]), type=kind)
    return spm.SentencePieceProcessor(model_proto=proto.SerializeToString())


def choose_rows(
    full: spm.SentencePieceProcessor, weighted: Iterator[tuple[str, float]], size: int
) -> list[int]:
    """The ``size`` most useful rows: best and sampled segmentations counted, all letters kept."""
    counts: Counter[int] = Counter()
    for text, weight in weighted:
        for row in full.encode(text):
            counts[row] += weight
        for row in full.encode(text, enable_sampling=True, alpha=0.3, nbest_size=-1):
            counts[row] += 0.2 * weight
    letters = {r for r in counts if len(full.id_to_piece(r).lstrip("▁")) <= 1 and r > 3}
    ranked = [r for r, _ in counts.most_common() if r > 3 and r not in letters]
    return sorted(letters) + sorted(ranked[: size - len(letters) - len(HEAD)])


def write_source_model(encoder: Encoder, rows: list[int], path: Path) -> None:
    """Write the pruned source vocabulary; piece scores stay the encoder's."""
    proto = _empty_model(bos=-1, pad=PAD, eos=EOS, unk=UNK)
    for index, symbol in enumerate(HEAD):
        proto.pieces.add(piece=symbol, score=0.0, type=_UNKNOWN if index == UNK else _CONTROL)
    for row in rows:
        proto.pieces.add(piece=encoder.pieces[row], score=float(encoder.scores[row]), type=_NORMAL)
    proto.trainer_spec.vocab_size = len(proto.pieces)
    path.write_bytes(proto.SerializeToString())


def train_target_model(texts: Iterator[str], path: Path, size: int) -> None:
    """Learn the English pieces (unigram, rare characters as bytes)."""
    with path.open("wb") as out:
        spm.SentencePieceTrainer.train(
            sentence_iterator=texts,
            model_writer=out,
            vocab_size=size,
            model_type="unigram",
            pad_id=PAD,
            unk_id=UNK,
            eos_id=EOS,
            bos_id=-1,
            control_symbols=list(SPARE),
            byte_fallback=True,
            character_coverage=0.9998,
            normalization_rule_name="identity",
            split_digits=True,
            max_sentence_length=8000,
            num_threads=2,
            minloglevel=2,
        )


def write_vocabularies(work: Path, source_size: int, target_size: int) -> int:
    """Both vocabularies of the pairs in ``work``, and the encoder's row of each source piece.

    :returns: the source pieces, fewer than asked for where the text has fewer.
    """
    random.seed(1)
    pairs = [line.split("\t") for line in read_lines(work / "pairs.tsv.gz")]
    train_target_model(_english(pairs), work / "target.spm", target_size)
    encoder = read_encoder(find_weights())
    full = build_full_model(encoder)
    rows = choose_rows(full, _arabic(pairs, work / "mono.txt.gz"), source_size)
    write_source_model(encoder, rows, work / "source.spm")
    np.save(work / "source_rows.npy", np.array(rows))
    return len(rows) + len(HEAD)


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--source-size", type=int, default=22000)
    parser.add_argument("--target-size", type=int, default=12000)
    options = parser.parse_args()
    pieces = write_vocabularies(options.work, options.source_size, options.target_size)
    print(f"source pieces {pieces}, target pieces {options.target_size}")


def _english(pairs: list[list[str]]) -> Iterator[str]:
    for domain, _, english in pairs:
        if domain in ("news", "reports", "titles") or random.random() < 0.25:
            yield english


def _arabic(pairs: list[list[str]], mono: Path) -> Iterator[tuple[str, float]]:
    for domain, arabic, _ in pairs:
        yield arabic, 3.0 if domain in ("news", "reports") else 0.5
    with gzip.open(mono, "rt", encoding="utf-8") as handle:
        yield from ((line.strip(), 1.0) for line in handle)


def _empty_model(*, bos: int, pad: int, eos: int, unk: int) -> model_pb.ModelProto:
    proto = model_pb.ModelProto()
    proto.trainer_spec.model_type = 1
    proto.trainer_spec.bos_id, proto.trainer_spec.pad_id = bos, pad
    proto.trainer_spec.eos_id, proto.trainer_spec.unk_id = eos, unk
    proto.normalizer_spec.name = "identity"
    proto.normalizer_spec.add_dummy_prefix = True
    proto.normalizer_spec.remove_extra_whitespaces = True
    proto.normalizer_spec.escape_whitespaces = True
    return proto


if __name__ == "__main__":
    main()
