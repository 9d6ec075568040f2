"""Reports for the tests of briefs: Arabic lines, English, and terms that match where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from bitrans.core import BilingualDocument, Document, Match, Pair, Segment, SegmentKind, Span, Term


def make_report(
    lines: Sequence[str | tuple[str, str]],
    *,
    name: str = "a",
    date: str | None = None,
    terms: Sequence[Term] = (),
    headings: Sequence[int] = (),
) -> BilingualDocument:
    """A report of lines, each Arabic or Arabic with English; without one the English is "x"."""
    rows = [line if isinstance(line, tuple) else (line, "x") for line in lines]
    text = "\n".join(arabic for arabic, _ in rows)
    pairs = []
    at = 0
    for index, (arabic, english) in enumerate(rows):
        kind: SegmentKind = "heading" if index in headings else "sentence"
        segment = Segment(name, index, index, Span(at, at + len(arabic)), arabic, kind)
        pairs.append(Pair(segment, english, english, find_terms(arabic, terms)))
        at += len(arabic) + 1
    document = Document(name, name, f"{name}.txt", date, text, sha256(text.encode()).hexdigest())
    return BilingualDocument(document, tuple(pairs))


def find_terms(text: str, terms: Sequence[Term]) -> tuple[Match, ...]:
    """Matches of terms, as the matcher gives them: what is written in front is no part of them."""
    matches = []
    for term in terms:
        form = term.arabic[0]
        bare = form.removeprefix("ال")
        for found in re.finditer(rf"(?<!\w)(?:([ولب]?)({form})|(لل)({bare}))(?!\w)", text):
            span = Span(*(found.span(2) if found[2] else found.span(4)))
            matches.append(Match(term, span, span.slice(text), form, found[1] or found[3] or ""))
    return tuple(sorted(matches, key=lambda match: match.span))


def make_terms(table: Mapping[str, Sequence[str]]) -> tuple[Term, ...]:
    """Terms of a table: id to kind, Arabic, English."""
    return tuple(
        Term(name, kind, (arabic,), english)  # type: ignore[arg-type]
        for name, (kind, arabic, english) in table.items()
    )
