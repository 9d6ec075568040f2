"""Putting a name into a text: articles, capitals and doubled words around it come out right."""

from __future__ import annotations

import re
from dataclasses import replace

from bitrans.core import Hypothesis, Span, Term
from bitrans.enforce.candidates import NOT_NAMES, begins_sentence
from bitrans.enforce.likeness import list_forms

_THE = re.compile(r"(?<!\w)[Tt]he $")
_ARTICLE = re.compile(r"(?<!\w)(?:(?:al|el)[- ]|(?:as|ash|ad|an|ar|at|az|ez)-)$", re.IGNORECASE)
#: What a name may stand before with an article that is not its own (``the Kallaseh district``).
_NOUN = re.compile(
    r"-| (?:(?:districts?|neighbou?rhoods?|areas?|quarter|city|town|village|province|governorate"
    r"|region|countryside|front|axis|camp|base|airport|road|street|square|bridge|gate|mosque|river"
    r"|hospital|school|market|crossing|roundabout|suburbs?|side|regime|government|administration"
    r"|army|forces|family|offensive|operation|battle|attack|siege|talks|summit|agreement)\b)"
)
_PLURAL = re.compile(r"(?:States|Emirates|Nations|Netherlands|Philippines|Islands|Heights)$")


def fit_name(text: str, span: Span, name: str, term: Term) -> tuple[Span, str]:
    """The place that a name takes in a text when it is put in place of ``span``, and its letters.

    Words of the name that stand beside the place already are not doubled; ``the`` stays or goes
    with the name; the first letter is a capital where a sentence begins.
    """
    start, end = span
    if article := _ARTICLE.search(text[:start]):
        start = article.start()
    start -= _count_shared(text[:start], name, before=True)
    end += _count_shared(text[end:], name, before=False)
    if (the := _THE.search(text[:start])) and not _keeps_the(text[end:], name, term):
        start = the.start()
    if begins_sentence(text, start):
        name = name[0].upper() + name[1:]
    return Span(start, end), name


def splice(hypothesis: Hypothesis, span: Span, name: str) -> Hypothesis:
    """The hypothesis with a name in place of a span; its tokens stay where their words are."""
    text = hypothesis.text[: span.start] + name + hypothesis.text[span.end :]
    put = Span(span.start, span.start + len(name))
    places = tuple(move(place, span, put) for place in hypothesis.target_spans)
    return replace(hypothesis, text=text, target_spans=places)


def move(place: Span, span: Span, put: Span) -> Span:
    """Where a place is after ``put`` took the place of ``span``."""
    if place.end <= span.start:
        return place
    if place.start >= span.end:
        by = put.end - span.end
        return Span(place.start + by, place.end + by)
    return put


def _count_shared(beside: str, name: str, *, before: bool) -> int:
    """How many characters beside a place are words of the name that would be doubled."""
    words = name.lower().split()
    for count in range(len(words) - 1, 0, -1):
        if before:
            part = " ".join(words[:count]) + " "
            found = re.search(rf"(?<!\w){re.escape(part)}$", beside.lower())
        else:
            part = " " + " ".join(words[-count:])
            found = re.match(rf"{re.escape(part)}(?!\w)", beside.lower())
        if found:
            return len(part)
    return 0


def _keeps_the(after: str, name: str, term: Term) -> bool:
    """Whether ``the`` before a name stays: ``the Levant Front``, ``the Kallaseh district``."""
    if name.lower().startswith("the "):
        return False
    last = name.split()[-1]
    return (
        term.kind not in ("place", "person", "outlet")
        or any(form.lower().startswith("the ") for form in list_forms(term))
        or _NOUN.match(after) is not None
        or last.islower()
        or last.lower() in NOT_NAMES
        or _PLURAL.search(name) is not None
    )
