"""Runs a converted model: texts to hypotheses."""

from __future__ import annotations

import copy
import json
import os
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import ctranslate2

from bitrans.background import Background
from bitrans.core import Annotation, Hypothesis, Span, TokenScores
from bitrans.engine.catalogue import ModelFolder, hash_files
from bitrans.engine.vocabulary import Row, SourceVocabulary, TargetVocabulary, read_markers
from bitrans.errors import EngineError

PREFERRED_TYPES = {
    "cuda": ("int8_float16", "float16", "int8_float32", "float32"),
    "cpu": ("int8", "int8_float32", "float32"),
}
#: The beam of texts decoded again for a name: what is given of the English leaves less to search.
AGAIN_BEAM = 1
#: Batches translated at once, each by threads of its own: threads that share a batch wait for one
#: another at each step. Each batch at once needs memory, so many threads share them after all.
WORKERS = 4
#: Tokens scored at once: each needs room for the likelihood of every piece of the vocabulary.
SCORED_TOKENS = 128
_END = "</s>"


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How the engine runs. ``threads`` 0 means all cores; ``batch_tokens`` bounds a batch."""

    device: str = "auto"
    compute_type: str = "auto"
    beam: int = 4
    threads: int = 0
    batch_tokens: int = 1024
    max_source_tokens: int = 140


class MarianTranslator:
    """A Marian model in CTranslate2 with its SentencePiece vocabularies."""

    def __init__(self, folder: ModelFolder, settings: EngineSettings | None = None) -> None:
        settings = settings or EngineSettings()
        device = choose_device(settings.device)
        kind = choose_compute_type(settings.compute_type, device)
        self.folder = folder
        self.settings = replace(settings, device=device, compute_type=kind)
        self._hashes = Background(partial(hash_files, folder))
        try:
            config = json.loads((folder.path / "config.json").read_text(encoding="utf-8"))
            self._source = SourceVocabulary(folder.path / "source.spm", read_markers(config))
            self._target = TargetVocabulary(folder.path / "target.spm")
            self._workers, shared = share_threads(settings.threads or os.cpu_count() or 1, device)
            self._engine = ctranslate2.Translator(
                str(folder.path),
                device=device,
                compute_type=kind,
                inter_threads=self._workers,
                intra_threads=shared,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise EngineError(
                f"model {folder.path}: cannot be loaded: {_first_line(error)}"
                ": install the model again"
            ) from error
        self._ending = [] if config.get("add_source_eos") else [_END]
        self._aligns = bool(config.get("bitrans_alignment"))
        markers = self._source.markers or ()
        self._never = [[marker] for marker in markers if self._target.knows(marker)] or None

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each file of the model, worked out while it loads.

        :raises EngineError: when a file cannot be read.
        """
        try:
            return self._hashes.wait()
        except OSError as error:
            raise EngineError(f"model {self.folder.path}: {_first_line(error)}") from error

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

    @property
    def takes_annotations(self) -> bool:
        """Whether the model was trained with the English wanted beside a name."""
        return self._source.markers is not None

    def count_tokens(self, text: str) -> int:
        """Source tokens of a text."""
        return len(self._source.encode(text).tokens)

    def count_annotation(self, annotation: Annotation) -> int:
        """Source tokens that an annotation adds to its text."""
        return self._source.count_annotation(annotation)

    def translate(
        self,
        texts: Sequence[str],
        *,
        alternatives: int = 1,
        avoid_repeats: bool = False,
        aligned: bool = True,
        annotations: Sequence[Sequence[Annotation]] | None = None,
        beginnings: Sequence[str] | None = None,
        longest: int | None = None,
    ) -> list[Hypothesis]:
        """One hypothesis for each text, in order; empty texts give empty hypotheses.

        :param avoid_repeats: let no run of three tokens come twice.
        :param aligned: whether the alignment is wanted, where the model gives one: it costs time.
        :param annotations: for each text the English given beside parts of it, in order.
        :param beginnings: for each text what its English must begin with; such a hypothesis'
            ``log_probability`` counts what the model added alone, over all tokens.
        :raises EngineError: when the engine fails.
        """
        beam = AGAIN_BEAM if annotations or beginnings else self.settings.beam
        notes = annotations or [()] * len(texts)
        rows = [self._source.encode(*both) for both in zip(texts, notes, strict=True)]
        places = [i for i, row in enumerate(rows) if row.tokens]
        forced = [self._target.encode(beginnings[i]) for i in places] if beginnings else None
        width = max(min(self.settings.beam, beam), alternatives)
        results = self._run(
            [rows[i] for i in places],
            target_prefix=forced,
            return_attention=aligned and self._aligns,
            beam_size=width,
            num_hypotheses=alternatives,
            no_repeat_ngram_size=3 if avoid_repeats else 0,
            repetition_penalty=1.2 if avoid_repeats else 1.0,
            max_decoding_length=longest or 2 * self.settings.max_source_tokens + 40,
        )
        found = [Hypothesis("")] * len(texts)
        for place, result in zip(places, results, strict=True):
            found[place] = self._read_result(result, rows[place], begins=self._shows_first(width))
        return found

    def score(self, texts: Sequence[str], renderings: Sequence[str]) -> list[TokenScores]:
        """How likely the model finds each rendering as the English of its text.

        :raises EngineError: when the engine fails.
        """
        rows = [self._source.encode(text).tokens + self._ending for text in texts]
        targets = [self._target.encode(text) for text in renderings]
        with self._naming_errors():
            results = self._engine.score_batch(
                rows,
                targets,
                max_batch_size=min(SCORED_TOKENS, self._bound_batch(rows)),
                batch_type="tokens",
                max_input_length=0,
            )
        return [
            TokenScores(self._target.find_spans(tokens, text), tuple(result.log_probs))
            for tokens, text, result in zip(targets, renderings, results, strict=True)
        ]

    def _run(self, rows: Sequence[Row], **options: Any) -> list[Any]:
        """The engine's results; ``options`` are those of ``translate_batch``."""
        if not rows:
            return []
        texts = [row.tokens + self._ending for row in rows]
        with self._naming_errors():
            return list(
                self._engine.translate_batch(
                    texts,
                    suppress_sequences=self._never,
                    max_batch_size=self._bound_batch(texts),
                    batch_type="tokens",
                    max_input_length=0,
                    return_scores=True,
                    return_end_token=True,
                    **options,
                )
            )

    def _bound_batch(self, rows: Sequence[Sequence[str]]) -> int:
        """The tokens of a batch, so that little text is shared among the workers too."""
        lengths = [len(row) for row in rows] or [0]
        share = sum(lengths) // self._workers + max(lengths)
        return min(self.settings.batch_tokens, max(share, 1))

    @contextmanager
    def _naming_errors(self) -> Iterator[None]:
        """The engine's failures as ours."""
        try:
            yield
        except RuntimeError as error:
            raise EngineError(
                f"model {self.folder.id}: {_first_line(error)}"
                ": try a smaller batch or another device"
            ) from error

    def _shows_first(self, width: int) -> bool:
        """Whether the attention of the first token is that of its own text.

        On a CPU a beam's first step is not spread over the beam, but its attention is gathered as
        if it were: text ``n`` of a batch gets that of text ``n // width`` (``BeamSearch::search``,
        https://github.com/OpenNMT/CTranslate2/blob/master/src/decoding.cc).
        """
        return width == 1 or self.settings.device != "cpu"

    def _read_result(self, result: Any, row: Row, *, begins: bool) -> Hypothesis:
        attention = result.attention or [None] * len(result.hypotheses)
        if not begins:
            attention = [lines and [[], *lines[1:]] for lines in attention]
        found = [
            self._read_hypothesis(*parts, row.spans)
            for parts in zip(result.hypotheses, result.scores, attention, strict=True)
        ]
        return replace(found[0], alternatives=tuple(found[1:]))

    def _read_hypothesis(
        self,
        tokens: list[str],
        score: float,
        attention: list[list[float]] | None,
        source_spans: tuple[Span, ...],
    ) -> Hypothesis:
        ended = bool(tokens) and tokens[-1] == _END
        kept = tokens[:-1] if ended else tokens
        text = self._target.decode(kept)
        rows = None
        if attention is not None:
            # Single precision, as the engine has them: a quarter of the memory of Python's numbers.
            rows = tuple(array("f", line[: len(source_spans)]) for line in attention[: len(kept)])
        return Hypothesis(
            text,
            score,
            self._target.find_spans(kept, text),
            source_spans,
            rows,
            truncated=not ended,
        )


def share_threads(threads: int, device: str) -> tuple[int, int]:
    """How many workers there are, and the threads of each."""
    workers = min(threads, WORKERS) if device == "cpu" else 1
    return workers, max(1, threads // workers)


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


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
