"""Runs a converted model: texts to hypotheses."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import ctranslate2
import sentencepiece

from bitrans.core import Hypothesis, Span
from bitrans.engine.catalogue import ModelFolder, hash_files
from bitrans.errors import EngineError

PREFERRED_TYPES = {
    "cuda": ("int8_float16", "float16", "int8_float32", "float32"),
    "cpu": ("int8", "int8_float32", "float32"),
}
_SPACE = "\u2581"
_END = "</s>"


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How the engine runs. ``threads`` 0 means all cores; ``batch_tokens`` bounds a batch."""

    device: str = "auto"
    compute_type: str = "auto"
    beam: int = 4
    threads: int = 0
    batch_tokens: int = 2048
    max_source_tokens: int = 140


class MarianTranslator:
    """A Marian model in CTranslate2 with its SentencePiece vocabularies."""

    def __init__(self, folder: ModelFolder, settings: EngineSettings | None = None) -> None:
        settings = settings or EngineSettings()
        device = choose_device(settings.device)
        kind = choose_compute_type(settings.compute_type, device)
        self.folder = folder
        self.settings = replace(settings, device=device, compute_type=kind)
        self.hashes = hash_files(folder)
        try:
            self._source = sentencepiece.SentencePieceProcessor(str(folder.path / "source.spm"))
            self._target = sentencepiece.SentencePieceProcessor(str(folder.path / "target.spm"))
            self._engine = ctranslate2.Translator(
                str(folder.path),
                device=device,
                compute_type=kind,
                intra_threads=settings.threads or os.cpu_count() or 1,
            )
            config = json.loads((folder.path / "config.json").read_text(encoding="utf-8"))
        except (RuntimeError, ValueError, OSError) as error:
            raise EngineError(
                f"model {folder.path}: cannot be loaded: {_first_line(error)}"
                ": install the model again"
            ) from error
        self._ending = [] if config.get("add_source_eos") else [_END]
        self._aligns = bool(config.get("bitrans_alignment"))

    @property
    def id(self) -> str:
        """Model id and the start of the SHA-256 of its weights."""
        return f"{self.folder.id}@{self.hashes['model.bin'][:12]}"

    @property
    def longest(self) -> int:
        """How many source tokens one text may have."""
        return self.settings.max_source_tokens

    def describe(self) -> dict[str, str]:
        """What runs and how, for the run report."""
        return {
            "id": self.folder.id,
            "sha256": self.hashes["model.bin"],
            "device": self.settings.device,
            "compute_type": self.settings.compute_type,
            "beam": str(self.settings.beam),
            "engine": f"ctranslate2 {ctranslate2.__version__}",
        }

    def showing_attention(self) -> MarianTranslator:
        """The same engine that gives its attention as the alignment whether it is one or not."""
        other = copy.copy(self)
        other._aligns = True
        return other

    def count_tokens(self, text: str) -> int:
        """Source tokens of a text."""
        return len(self._source.encode(text))

    def translate(
        self, texts: Sequence[str], *, alternatives: int = 1, avoid_repeats: bool = False
    ) -> list[Hypothesis]:
        """One hypothesis for each text, in order; empty texts give empty hypotheses.

        :param avoid_repeats: let no run of three tokens come twice.
        :raises EngineError: when the engine fails.
        """
        rows = [self._source.encode(text, out_type=str) for text in texts]
        places = [i for i, row in enumerate(rows) if row]
        results = self._run([rows[i] for i in places], alternatives, avoid_repeats)
        found = [Hypothesis("")] * len(texts)
        for place, result in zip(places, results, strict=True):
            found[place] = self._read_result(result, rows[place])
        return found

    def _run(self, rows: list[list[str]], alternatives: int, avoid_repeats: bool) -> list[Any]:
        if not rows:
            return []
        try:
            return list(
                self._engine.translate_batch(
                    [row + self._ending for row in rows],
                    beam_size=max(self.settings.beam, alternatives),
                    num_hypotheses=alternatives,
                    no_repeat_ngram_size=3 if avoid_repeats else 0,
                    repetition_penalty=1.2 if avoid_repeats else 1.0,
                    max_batch_size=self.settings.batch_tokens,
                    batch_type="tokens",
                    max_input_length=0,
                    max_decoding_length=2 * self.settings.max_source_tokens + 40,
                    return_scores=True,
                    return_attention=True,
                    return_end_token=True,
                )
            )
        except RuntimeError as error:
            raise EngineError(
                f"model {self.folder.id}: {_first_line(error)}"
                ": try a smaller batch or another device"
            ) from error

    def _read_result(self, result: Any, row: list[str]) -> Hypothesis:
        source_spans = _source_spans(row)
        found = [
            self._read_hypothesis(tokens, score, attention, source_spans)
            for tokens, score, attention in zip(
                result.hypotheses, result.scores, result.attention, strict=True
            )
        ]
        return replace(found[0], alternatives=tuple(found[1:]))

    def _read_hypothesis(
        self,
        tokens: list[str],
        score: float,
        attention: list[list[float]],
        source_spans: tuple[Span, ...],
    ) -> Hypothesis:
        ended = bool(tokens) and tokens[-1] == _END
        kept = tokens[:-1] if ended else tokens
        text = self._target.decode(kept)
        rows = tuple(tuple(line[: len(source_spans)]) for line in attention[: len(kept)])
        return Hypothesis(
            text,
            score,
            self._target_spans(kept, text),
            source_spans,
            rows if self._aligns else None,
            truncated=not ended,
        )

    def _target_spans(self, tokens: list[str], text: str) -> tuple[Span, ...]:
        """The place of each token in the decoded text.

        Decoding drops the first space and joins byte tokens, so a token's end is the length of
        the text decoded so far; the few byte tokens of one letter share its place.
        """
        ends, so_far = [], 0
        for index, token in enumerate(tokens):
            if token.startswith("<0x"):
                so_far = len(self._target.decode(tokens[: index + 1]).rstrip("\ufffd"))
            else:
                so_far += len(token) - (index == 0 and token.startswith(_SPACE))
            ends.append(min(so_far, len(text)))
        starts = [0, *ends[:-1]]
        return tuple(
            Span(start + (start < end and text[start] == " "), end)
            for start, end in zip(starts, ends, strict=True)
        )


def choose_device(wanted: str) -> str:
    """``cuda`` where there is one and ``auto`` is wanted, else what is wanted."""
    if wanted != "auto":
        return wanted
    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def choose_compute_type(wanted: str, device: str) -> str:
    """The first preferred compute type that the device supports, or the one wanted.

    :raises EngineError: when the device cannot be used or does not support the type.
    """
    try:
        supported = ctranslate2.get_supported_compute_types(device)
    except (RuntimeError, ValueError) as error:
        raise EngineError(f"device {device}: {_first_line(error)}: use --device cpu") from error
    if wanted == "auto":
        return next(kind for kind in PREFERRED_TYPES[device] if kind in supported)
    if wanted not in supported:
        raise EngineError(
            f"compute type {wanted}: not supported on {device}; use one of "
            + ", ".join(sorted(supported))
        )
    return wanted


def _source_spans(row: list[str]) -> tuple[Span, ...]:
    """The place of each source token in its text; the first piece begins with an added space."""
    spans, at = [], -1
    for piece in row:
        start, at = at, at + len(piece)
        spans.append(Span(max(0, start + piece.startswith(_SPACE)), max(0, at)))
    return tuple(spans)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
