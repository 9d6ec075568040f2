"""Segments and their English into one checked bilingual document; its JSON, there and back.

The JSON is self-contained: it carries the source text, so that every span in it can be followed
without the file it came from. Terms stand once, by id; matches and steps refer to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import Any, cast, get_args

from bitrans.core import (
    KINDS,
    BilingualDocument,
    Change,
    Document,
    Doubt,
    Kind,
    Match,
    Method,
    Pair,
    Segment,
    SegmentKind,
    SetAside,
    Span,
    Step,
    Term,
    TermStatus,
)
from bitrans.errors import InputError

FORMAT = "bitrans-bilingual"
VERSION = 1

Json = dict[str, Any]


def build_bilingual(
    document: Document, pairs: Iterable[Pair], summary: Iterable[int] = ()
) -> BilingualDocument:
    """The document with its pairs, once everything that is promised of them holds.

    :raises AssertionError: when a pair, a span, a step or the summary does not fit.
    :raises ValueError: when the steps of a pair do not replay.
    """
    bilingual = BilingualDocument(document, tuple(pairs), tuple(summary))
    for pair in bilingual.pairs:
        _check_pair(document, pair)
    _check_coverage(bilingual)
    _check_summary(bilingual)
    return bilingual


def to_json(bilingual: BilingualDocument, *, run: Mapping[str, object] | None = None) -> Json:
    """The document as JSON values; ``run`` says what made it (version, model, glossary, date)."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "offsets": "code points, end exclusive",
        "run": dict(run or {}),
        "document": _document_to_json(bilingual.document),
        "terms": _terms_to_json(bilingual.pairs),
        "summary": list(bilingual.summary),
        "pairs": [_pair_to_json(pair) for pair in bilingual.pairs],
    }


def from_json(data: object, *, source: str = "this JSON") -> BilingualDocument:
    """The document that :func:`to_json` wrote; ``source`` names it in an error.

    :raises InputError: when it is something else, of another version, or damaged.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(
            f'{source}: not a bilingual document of bitrans (no "format": "{FORMAT}"); '
            "use a .json file that `bitrans translate` wrote"
        )
    if data.get("version") != VERSION:
        raise InputError(
            f"{source}: format version {data.get('version')!r}, but this bitrans reads version "
            f"{VERSION}; translate the article again, or use the bitrans that wrote it"
        )
    try:
        return _bilingual_from_json(data)
    except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as fault:
        raise InputError(
            f"{source}: damaged ({type(fault).__name__}: {fault}); "
            "translate the article again with `bitrans translate`"
        ) from fault


def _check_pair(document: Document, pair: Pair) -> None:
    segment = pair.segment
    assert segment.document_id == document.id, f"segment {segment.index} is of another document"
    for match in pair.matches:
        assert match.span.slice(segment.text) == match.text, match
    for step in pair.steps:
        assert step.match in pair.matches, f"a step for no match of its pair: {step}"
        assert step.target is None or _fits(step.target, pair.target), step
    for number, change in enumerate(pair.changes):
        # Where an earlier change touches the place, a rule met what that one had left of it.
        touched = any(_touch(change.span, earlier.span) for earlier in pair.changes[:number])
        assert touched or change.span.slice(segment.text) == change.before, change


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _fits(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _check_coverage(bilingual: BilingualDocument) -> None:
    """Segments stand in order, apart; no letter or digit is in neither a segment nor set aside."""
    text = bilingual.document.text
    segments = [pair.segment.span for pair in bilingual.pairs]
    for before, after in pairwise(segments):
        assert before.end <= after.start, f"segments {before} and {after} overlap"
    here = 0
    for span in sorted([*segments, *(part.span for part in bilingual.document.set_aside)]):
        _check_gap(text, here, span.start)
        here = max(here, span.end)
    _check_gap(text, here, len(text))


def _check_gap(text: str, start: int, end: int) -> None:
    lost = text[start:end]
    assert not any(character.isalnum() for character in lost), f"lost at {start}: {lost!r}"


def _check_summary(bilingual: BilingualDocument) -> None:
    summary = bilingual.summary
    assert all(0 <= index < len(bilingual.pairs) for index in summary), summary
    assert all(before < after for before, after in pairwise(summary)), summary


def _document_to_json(document: Document) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "date": document.date,
        "encoding": document.encoding,
        "sha256": document.sha256,
        "set_aside": [
            {"span": list(part.span), "reason": part.reason} for part in document.set_aside
        ],
        "text": document.text,
    }


def _terms_to_json(pairs: Sequence[Pair]) -> Json:
    terms: dict[str, Term] = {}
    for pair in pairs:
        for match in pair.matches:
            known = terms.setdefault(match.term.id, match.term)
            assert known == match.term, f"two terms have the id {match.term.id}"
    return {id_: _term_to_json(terms[id_]) for id_ in sorted(terms)}


def _term_to_json(term: Term) -> Json:
    return {
        "kind": term.kind,
        "arabic": list(term.arabic),
        "preferred": term.preferred,
        "admitted": list(term.admitted),
        "forbidden": list(term.forbidden),
        "status": term.status,
        "flags": sorted(term.flags),
        "links": list(term.links),
        "coordinates": term.coordinates and list(term.coordinates),
        "note": term.note,
        "source": term.source,
        "where": PurePath(term.where).name,  # no folder of the user's in what is passed on
    }


def _pair_to_json(pair: Pair) -> Json:
    return {
        "index": pair.segment.index,
        "paragraph": pair.segment.paragraph,
        "kind": pair.segment.kind,
        "span": list(pair.segment.span),
        "arabic": pair.segment.text,
        "raw": pair.raw,
        "english": pair.target,
        "log_probability": pair.log_probability,
        "matches": [_match_to_json(match) for match in pair.matches],
        "steps": [_step_to_json(step, pair.matches) for step in pair.steps],
        "doubts": [{"code": doubt.code, "message": doubt.message} for doubt in pair.doubts],
        "changes": [_change_to_json(change) for change in pair.changes],
    }


def _match_to_json(match: Match) -> Json:
    return {
        "term": match.term.id,
        "span": list(match.span),
        "text": match.text,
        "form": match.form,
        "prefix": match.prefix,
        "evidence": match.evidence,
    }


def _step_to_json(step: Step, matches: Sequence[Match]) -> Json:
    return {
        "match": matches.index(step.match),
        "method": step.method,
        "span": list(step.span),
        "before": step.before,
        "after": step.after,
        "why": step.why,
        "target": step.target and list(step.target),
    }


def _change_to_json(change: Change) -> Json:
    return {
        "rule": change.rule,
        "span": list(change.span),
        "before": change.before,
        "after": change.after,
    }


def _bilingual_from_json(data: Json) -> BilingualDocument:
    document = _document_from_json(data["document"])
    terms = {id_: _term_from_json(id_, term) for id_, term in data["terms"].items()}
    pairs = [_pair_from_json(document.id, pair, terms) for pair in data["pairs"]]
    return build_bilingual(document, pairs, (_whole(index) for index in data["summary"]))


def _document_from_json(data: Json) -> Document:
    return Document(
        id=_text(data["id"]),
        title=_text(data["title"]),
        source=_text(data["source"]),
        date=_optional_text(data["date"]),
        text=_text(data["text"]),
        sha256=_text(data["sha256"]),
        set_aside=tuple(
            SetAside(_span(part["span"]), _text(part["reason"])) for part in data["set_aside"]
        ),
        encoding=_text(data["encoding"]),
    )


def _term_from_json(id_: str, data: Json) -> Term:
    place = data["coordinates"]
    return Term(
        id=id_,
        kind=cast(Kind, _one_of(data["kind"], KINDS)),
        arabic=_texts(data["arabic"]),
        preferred=_text(data["preferred"]),
        admitted=_texts(data["admitted"]),
        forbidden=_texts(data["forbidden"]),
        status=cast(TermStatus, _one_of(data["status"], get_args(TermStatus))),
        flags=frozenset(_texts(data["flags"])),
        links=_texts(data["links"]),
        coordinates=None if place is None else (float(place[0]), float(place[1])),
        note=_text(data["note"]),
        source=_text(data["source"]),
        where=_text(data["where"]),
    )


def _pair_from_json(document_id: str, data: Json, terms: Mapping[str, Term]) -> Pair:
    matches = tuple(_match_from_json(match, terms) for match in data["matches"])
    probability = data["log_probability"]
    return Pair(
        segment=_segment_from_json(document_id, data),
        raw=_text(data["raw"]),
        target=_text(data["english"]),
        matches=matches,
        steps=tuple(_step_from_json(step, matches) for step in data["steps"]),
        doubts=tuple(Doubt(_text(it["code"]), _text(it["message"])) for it in data["doubts"]),
        changes=tuple(_change_from_json(change) for change in data["changes"]),
        log_probability=None if probability is None else float(probability),
    )


def _segment_from_json(document_id: str, data: Json) -> Segment:
    return Segment(
        document_id=document_id,
        paragraph=_whole(data["paragraph"]),
        index=_whole(data["index"]),
        span=_span(data["span"]),
        text=_text(data["arabic"]),
        kind=cast(SegmentKind, _one_of(data["kind"], get_args(SegmentKind))),
    )


def _match_from_json(data: Json, terms: Mapping[str, Term]) -> Match:
    return Match(
        term=terms[data["term"]],
        span=_span(data["span"]),
        text=_text(data["text"]),
        form=_text(data["form"]),
        prefix=_text(data["prefix"]),
        evidence=_text(data["evidence"]),
    )


def _step_from_json(data: Json, matches: Sequence[Match]) -> Step:
    return Step(
        match=matches[_whole(data["match"])],
        method=cast(Method, _one_of(data["method"], get_args(Method))),
        span=_span(data["span"]),
        before=_text(data["before"]),
        after=_text(data["after"]),
        why=_text(data["why"]),
        target=None if data["target"] is None else _span(data["target"]),
    )


def _change_from_json(data: Json) -> Change:
    return Change(
        rule=_text(data["rule"]),
        span=_span(data["span"]),
        before=_text(data["before"]),
        after=_text(data["after"]),
    )


def _span(value: object) -> Span:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"{value!r} is not a span")
    start, end = _whole(value[0]), _whole(value[1])
    if start > end:
        raise ValueError(f"{value!r} is not a span")
    return Span(start, end)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is not a whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _optional_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(f"{values!r} is not a list")
    return tuple(_text(value) for value in values)


def _one_of(value: object, known: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return value
