"""Texts that are too long for the model: cut at clauses, translated in parts, joined again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bitrans.core import Hypothesis, Prepared, Span, Translator

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
    cuts = [_cut(text.text, engine, cut) for text in prepared]
    pieces = [
        span.slice(text.text) for text, spans in zip(prepared, cuts, strict=True) for span in spans
    ]
    found = iter(engine.translate(pieces, alternatives=alternatives, avoid_repeats=avoid_repeats))
    return [
        _locate(join_hypotheses([next(found) for _ in spans], spans), text)
        for text, spans in zip(prepared, cuts, strict=True)
    ]


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


def _cut(text: str, engine: Translator, cut: Cut) -> list[Span]:
    if not text:
        return [Span(0, 0)]
    if len(text) <= engine.longest or engine.count_tokens(text) <= engine.longest:
        return [Span(0, len(text))]
    return cut(text, engine.longest, engine.count_tokens)


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
        rows += [(0.0,) * left + row + (0.0,) * padding for row in part.alignment or ()]
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
