"""Texts that are too long for the model: cut at clauses, translated in parts, joined again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from bitrans.core import Annotation, Hypothesis, Prepared, Span, Translator

#: Cuts a text into spans of at most so many tokens, as the function given counts them.
Cut = Callable[[str, int, Callable[[str], int]], list[Span]]


def translate_prepared(
    prepared: Sequence[Prepared],
    engine: Translator,
    alternatives: int,
    *,
    cut: Cut,
    avoid_repeats: bool = False,
) -> list[Hypothesis]:
    """A hypothesis for each prepared text; what is too long is cut, translated and joined."""
    cuts = [cut_text(text.text, engine, cut) for text in prepared]
    pieces = [
        span.slice(text.text) for text, spans in zip(prepared, cuts, strict=True) for span in spans
    ]
    results = engine.translate(pieces, alternatives=alternatives, avoid_repeats=avoid_repeats)
    found = iter(results)
    return [
        _locate(join_hypotheses([next(found) for _ in spans], spans), text)
        for text, spans in zip(prepared, cuts, strict=True)
    ]


def translate_annotated(
    prepared: Sequence[Prepared],
    annotations: Sequence[Sequence[Annotation]],
    engine: Translator,
    *,
    cut: Cut,
    tokens: int | None = None,
    alternatives: int = 1,
) -> list[Hypothesis]:
    """A hypothesis for each prepared text with the English wanted for parts of it.

    :param annotations: their spans are into the segments' own texts, in order.
    :param tokens: how many the English of a text, or of a piece of one, may have.
    """
    notes = [
        [_place_annotation(text, note) for note in some]
        for text, some in zip(prepared, annotations, strict=True)
    ]
    cuts = [
        cut_text(text.text, engine, cut, spare=sum(map(engine.count_annotation, some)))
        for text, some in zip(prepared, notes, strict=True)
    ]
    pieces = [
        (span.slice(text.text), _take_annotations(some, span, text.text, engine))
        for text, some, spans in zip(prepared, notes, cuts, strict=True)
        for span in spans
    ]
    texts, taken = [text for text, _ in pieces], [some for _, some in pieces]
    found = iter(
        engine.translate(texts, annotations=taken, longest=tokens, alternatives=alternatives)
    )
    return [
        _locate(join_hypotheses([next(found) for _ in spans], spans), text)
        for text, spans in zip(prepared, cuts, strict=True)
    ]


def complete_prepared(
    prepared: Sequence[Prepared], beginnings: Sequence[str], engine: Translator, *, tokens: int
) -> list[Hypothesis]:
    """A hypothesis that begins as it must for each prepared text, none of which may be cut."""
    texts = [text.text for text in prepared]
    found = engine.translate(texts, beginnings=beginnings, longest=tokens)
    return [_locate(one, text) for one, text in zip(found, prepared, strict=True)]


def join_hypotheses(parts: Sequence[Hypothesis], spans: Sequence[Span]) -> Hypothesis:
    """The hypotheses of the pieces of one text as one, with offsets into the whole text."""
    if len(parts) == 1:
        return parts[0]
    alternatives = []
    for index, part in enumerate(parts):
        for other in part.alternatives:
            swapped = [*parts[:index], other, *parts[index + 1 :]]
            alternatives.append(_join(swapped, spans))
    return replace(_join(parts, spans), alternatives=tuple(alternatives))


def cut_text(text: str, engine: Translator, cut: Cut, *, spare: int = 0) -> list[Span]:
    """The spans of a text that the model takes at once.

    :param spare: how many tokens are to be left free, as far as half of all.
    """
    room = max(engine.longest - spare, engine.longest // 2)
    if not text:
        return [Span(0, 0)]
    if len(text) <= room or engine.count_tokens(text) <= room:
        return [Span(0, len(text))]
    return cut(text, room, engine.count_tokens)


def _place_annotation(prepared: Prepared, annotation: Annotation) -> Annotation:
    """The annotation with its span into the prepared text."""
    start, end = (bisect_left(prepared.offsets, place) for place in annotation.span)
    return annotation._replace(span=Span(start, end))


def _take_annotations(
    annotations: Sequence[Annotation], piece: Span, text: str, engine: Translator
) -> list[Annotation]:
    """The annotations that lie in a piece and for which it has room, with spans into it."""
    room = engine.longest - engine.count_tokens(piece.slice(text))
    taken = []
    for annotation in annotations:
        start, end = annotation.span
        room -= engine.count_annotation(annotation)
        if piece.start <= start < end <= piece.end and room >= 0:
            span = Span(start - piece.start, end - piece.start)
            taken.append(annotation._replace(span=span))
    return taken


def _join(parts: Sequence[Hypothesis], spans: Sequence[Span]) -> Hypothesis:
    text = ""
    target: list[Span] = []
    source: list[Span] = []
    width = sum(len(part.source_spans) for part in parts)
    rows: list[tuple[float, ...]] = []
    aligned = all(part.alignment is not None for part in parts)
    for part, span in zip(parts, spans, strict=True):
        text += " " if text and part.text else ""
        left = len(source)
        target += [_shift(place, len(text)) for place in part.target_spans]
        source += [_shift(place, span.start) for place in part.source_spans]
        padding = width - left - len(part.source_spans)
        rows += [
            (*[0.0] * left, *row, *[0.0] * padding) if row else () for row in part.alignment or ()
        ]
        text += part.text
    tokens = sum(len(part.target_spans) for part in parts) or 1
    mean = sum(part.log_probability * len(part.target_spans) for part in parts) / tokens
    return Hypothesis(
        text,
        mean,
        tuple(target),
        tuple(source),
        tuple(rows) if aligned else None,
        any(part.truncated for part in parts),
    )


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _locate(hypothesis: Hypothesis, prepared: Prepared) -> Hypothesis:
    """The hypothesis with source spans into the segment's own text."""

    def locate(found: Hypothesis) -> Hypothesis:
        spans = tuple(
            Span(prepared.offsets[s.start], prepared.offsets[s.end]) for s in found.source_spans
        )
        return replace(found, source_spans=spans)

    alternatives = tuple(locate(other) for other in hypothesis.alternatives)
    return replace(locate(hypothesis), alternatives=alternatives)
