"""Texts to the model's tokens and back, each token with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import sentencepiece

from bitrans.core import Annotation, Span
from bitrans.errors import EngineError

_SPACE = "\u2581"


class Row(NamedTuple):
    """Tokens and, for each, its span in the text."""

    tokens: list[str]
    spans: tuple[Span, ...]


class Markers(NamedTuple):
    """What stands around an Arabic mention and the English given beside it."""

    open: str
    middle: str
    close: str


class SourceVocabulary:
    """The Arabic side. ``markers`` None: the model was not trained to take annotations."""

    def __init__(self, path: Path, markers: Markers | None) -> None:
        self._pieces = sentencepiece.SentencePieceProcessor(str(path))
        self.markers = markers
        known = self._pieces.piece_to_id, self._pieces.unk_id()
        if markers and any(known[0](marker) == known[1] for marker in markers):
            raise EngineError(
                f"model {path.parent}: its config.json names annotation markers that its source"
                " vocabulary lacks: install the model again"
            )

    def encode(self, text: str, annotations: Sequence[Annotation] = ()) -> Row:
        """A text as tokens; what stands between annotations is encoded by itself.

        ``before <open> mention <middle> english <close> after``; all tokens that an annotation
        adds have the span of its mention.
        """
        if not annotations:
            return self._encode_part(text, Span(0, len(text)))
        assert self.markers is not None, "the model takes no annotations"
        parts, at = [], 0
        for annotation in annotations:
            parts.append(self._encode_part(text, Span(at, annotation.span.start)))
            parts.append(self._encode_annotated(text, annotation))
            at = annotation.span.end
        parts.append(self._encode_part(text, Span(at, len(text))))
        tokens = [token for part in parts for token in part.tokens]
        return Row(tokens, tuple(span for part in parts for span in part.spans))

    def count_annotation(self, annotation: Annotation) -> int:
        """Tokens that an annotation adds: its words and the markers."""
        words = annotation.english, annotation.arabic
        return sum(map(len, self._pieces.encode([*words]))) + len(Markers._fields)

    def _encode_annotated(self, text: str, annotation: Annotation) -> Row:
        assert self.markers is not None
        span = annotation.span
        mention = self._encode_part(text, span)
        if annotation.arabic:
            instead = self._pieces.encode(annotation.arabic, out_type=str)
            mention = Row(instead, (span,) * len(instead))
        english = self._pieces.encode(annotation.english, out_type=str)
        marked = [self.markers.middle, *english, self.markers.close]
        tokens = [self.markers.open, *mention.tokens, *marked]
        return Row(tokens, (span, *mention.spans, *[span] * len(marked)))

    def _encode_part(self, text: str, span: Span) -> Row:
        part = span.slice(text)
        start = span.start + len(part) - len(part.lstrip())
        tokens: list[str] = self._pieces.encode(part.strip(), out_type=str)
        return Row(tokens, tuple(_find_source_spans(tokens, start)))


class TargetVocabulary:
    """The English side."""

    def __init__(self, path: Path) -> None:
        self._pieces = sentencepiece.SentencePieceProcessor(str(path))

    def encode(self, text: str) -> list[str]:
        """A text as the tokens that the vocabulary prefers."""
        tokens: list[str] = self._pieces.encode(text, out_type=str)
        return tokens

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of some tokens."""
        text: str = self._pieces.decode(list(tokens))
        return text

    def knows(self, token: str) -> bool:
        """Whether a token is one of this vocabulary."""
        known: bool = self._pieces.piece_to_id(token) != self._pieces.unk_id()
        return known

    def find_spans(self, tokens: Sequence[str], text: str) -> tuple[Span, ...]:
        """The place of each token in the decoded text.

        Decoding drops the first space and joins byte tokens, so a token's end is the length of
        the text decoded so far; the few byte tokens of one letter share its place.
        """
        ends, so_far = [], 0
        for index, token in enumerate(tokens):
            if token.startswith("<0x"):
                so_far = len(self.decode(tokens[: index + 1]).rstrip("\ufffd"))
            else:
                so_far += len(token) - (index == 0 and token.startswith(_SPACE))
            ends.append(min(so_far, len(text)))
        starts = [0, *ends[:-1]]
        return tuple(
            Span(start + (start < end and text[start] == " "), end)
            for start, end in zip(starts, ends, strict=True)
        )


def read_markers(config: Mapping[str, Any]) -> Markers | None:
    """The annotation markers that a model's ``config.json`` names, or None.

    :raises ValueError: when they are not three strings.
    """
    stated = config.get("bitrans_annotations")
    if stated is None:
        return None
    if not isinstance(stated, dict) or stated.keys() != {*Markers._fields}:
        raise ValueError("bitrans_annotations must have open, middle and close")
    if not all(isinstance(marker, str) and marker for marker in stated.values()):
        raise ValueError("each of bitrans_annotations must be a token")
    return Markers(**stated)


def _find_source_spans(tokens: Sequence[str], at: int) -> Iterator[Span]:
    """The place of each token; the first one begins with a space that was added."""
    first, at = at, at - 1
    for token in tokens:
        start, at = at, at + len(token)
        yield Span(max(first, start + token.startswith(_SPACE)), max(first, at))
