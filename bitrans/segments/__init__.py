"""Documents to segments: sentences and headings whose spans slice back to the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bitrans.core import Document, Segment, SegmentKind, Span
from bitrans.segments.cutting import cut_segment
from bitrans.segments.headlines import part_headlines
from bitrans.segments.sentences import MARKS, PAUSES, split_line
from bitrans.segments.words import strip_hidden

__all__ = ["cut_segment", "split_document", "uncovered"]

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LETTER = re.compile(r"[^\W\d_]")
_BULLETS = "-–—•*·▪●"
_HEADING_WORDS = 6


def split_document(document: Document) -> list[Segment]:
    """The sentences and headings of the article, in order; what was set aside is left out.

    A paragraph is a line that is not blank. Spans leave out the white space around a segment.
    """
    text = document.text
    lines = _find_lines(document)
    headings = _find_headings([line.slice(text) for line in lines])
    segments: list[Segment] = []
    for paragraph, line in enumerate(lines):
        pieces = split_line(line.slice(text))
        if paragraph == 0:
            pieces = part_headlines(line.slice(text), pieces)
        is_heading = paragraph in headings and len(pieces) == 1
        kind: SegmentKind = "heading" if is_heading else "sentence"
        for piece in pieces:
            span = Span(line.start + piece.start, line.start + piece.end)
            index = len(segments)
            segments.append(Segment(document.id, paragraph, index, span, span.slice(text), kind))
    return segments


def uncovered(document: Document, segments: Iterable[Segment]) -> list[Span]:
    """The spans that are neither in a segment nor set aside: white space, if all is well."""
    taken = [segment.span for segment in segments]
    taken += [aside.span for aside in document.set_aside]
    return _find_gaps(len(document.text), taken)


def _find_gaps(length: int, spans: Iterable[Span]) -> list[Span]:
    gaps = []
    end = 0
    for span in sorted(spans):
        if span.start > end:
            gaps.append(Span(end, span.start))
        end = max(end, span.end)
    return [*gaps, Span(end, length)] if end < length else gaps


def _find_lines(document: Document) -> list[Span]:
    text = document.text
    free = _find_gaps(len(text), [aside.span for aside in document.set_aside])
    found = [line for gap in free for line in _LINE.finditer(text, *gap)]
    return [_trim(line) for line in found if not line.group().isspace()]


def _trim(line: re.Match[str]) -> Span:
    start = line.end() - len(line.group().lstrip())
    return Span(start, start + len(line.group().strip()))


def _find_headings(lines: Sequence[str]) -> set[int]:
    """Which lines are headings: short, unfinished, and among longer ones.

    Several short lines in a row are a list or verse, but the first line may be a title.
    """
    brief = [_is_brief(line) for line in lines]
    return {
        number
        for number in range(len(lines) - 1)
        if brief[number]
        and (number == 0 or not brief[number + 1])
        and (number < 2 or not brief[number - 1])
    }


def _is_brief(line: str) -> bool:
    plain = strip_hidden(line).rstrip("»”“\")]}' ")
    return (
        _LETTER.search(plain) is not None
        and plain[-1] not in MARKS + PAUSES
        and plain[0] not in _BULLETS
        and len(plain.split(maxsplit=_HEADING_WORDS)) <= _HEADING_WORDS
    )
