"""Putting a name into a text: articles, capitals and doubled words around it come out right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bitrans.core import Hypothesis, Span, Term
from bitrans.enforce.candidates import NOT_NAMES, begins_sentence
from bitrans.enforce.likeness import list_forms

_THE = re.compile(r"(?<!\w)[Tt]he $")
_INDEFINITE = re.compile(r"(?<!\w)[Aa]n? $")
_PREPOSITION = re.compile(r"(?<!\w)(?:of|in|by|from|to|with|for|against|between|near) $")
_ENDING = re.compile(r"['’](?:s(?!\w)|(?= [a-z]))")
_ARTICLE = re.compile(r"(?<!\w)(?:(?:al|el)[- ]|(?:as|ash|ad|an|ar|at|az|ez)-)$", re.IGNORECASE)
#: What a name may stand before with an article that is not its own (``the Kallaseh district``).
_NOUN = re.compile(
    r"-| (?:(?:districts?|neighbou?rhoods?|areas?|quarter|city|town|village|province|governorate"
    r"|region|countryside|front|axis|camp|base|airport|road|street|square|bridge|gate|mosque|river"
    r"|hospital|school|market|crossing|roundabout|suburbs?|side|regime|government|administration"
    r"|army|forces|family|offensive|operation|battle|attack|siege|talks|summit|agreement)\b)"
)
_PLURAL = re.compile(r"(?:States|Emirates|Nations|Netherlands|Philippines|Islands|Heights)$")


@dataclass(frozen=True, slots=True)
class Fitted:
    """What of a text a name takes the place of, what is put there, and where the name then is."""

    span: Span
    text: str
    name: Span


def fit_name(text: str, span: Span, name: str, term: Term) -> Fitted:
    """The name as it fits into a text in place of ``span``.

    Words of the name that stand beside the place already are not doubled; ``the`` stays, goes or
    comes with the name, ``a`` becomes ``an``, a possessive ending is that of the name; the first
    letter is a capital where a sentence begins.
    """
    start, end = span
    if article := _ARTICLE.search(text[:start]):
        start = article.start()
    start -= _count_shared(text[:start], name, before=True)
    start -= _count_noun_of(text[:start], name)
    end += _count_shared(text[end:], name, before=False)
    start, lead = _fit_article(text, Span(start, end), name, term)
    end, tail = _fit_possessive(text, end, name)
    if begins_sentence(text, start):
        first = lead or name
        lead, name = (
            (first[0].upper() + first[1:], name) if lead else ("", first[0].upper() + first[1:])
        )
    place = Span(start + len(lead), start + len(lead) + len(name))
    return Fitted(Span(start, end), lead + name + tail, place)


def splice(hypothesis: Hypothesis, fitted: Fitted) -> Hypothesis:
    """The hypothesis with a name put in; its tokens stay where their words are."""
    span = fitted.span
    text = hypothesis.text[: span.start] + fitted.text + hypothesis.text[span.end :]
    put = Span(span.start, span.start + len(fitted.text))
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


def _count_noun_of(before: str, name: str) -> int:
    """How many characters are ``province of`` before a name that ends with the same word."""
    last = name.split()[-1].lower()
    found = re.search(r"(?<!\w)(\w+) of (?:the )?$", before.lower())
    return len(found[0]) if found and " " in name and found[1] == last in NOT_NAMES else 0


def _fit_article(text: str, span: Span, name: str, term: Term) -> tuple[int, str]:
    """Where the change begins, and the article to write before the name."""
    before, after = text[: span.start], text[span.end :]
    if the := _THE.search(before):
        return (span.start, "") if _keeps_the(after, name, term) else (the.start(), "")
    if (article := _INDEFINITE.search(before)) and (right := _choose_indefinite(name)):
        kept = article[0][0] + right[1:] + " "
        return (span.start, "") if kept == article[0] else (article.start(), kept)
    had = re.match(r"[Tt]he ", span.slice(text)) or _PREPOSITION.search(before)
    return span.start, "the " if had and _wants_the(name, term) else ""


def _choose_indefinite(name: str) -> str:
    """``a`` or ``an`` before a name, or nothing where that depends on how letters are read."""
    if name.split()[0].isupper():
        return ""
    if name[0].lower() in "aeio" and not name.lower().startswith("eu"):
        return "an"
    return "" if name[0].lower() == "u" else "a"


def _fit_possessive(text: str, end: int, name: str) -> tuple[int, str]:
    """Where the change ends, and the possessive ending to write after the name."""
    ending = _ENDING.match(text, end)
    if ending is None:
        return end, ""
    plural = re.search(r"[a-z]{3}s$", name.split()[-1]) is not None and name.split()[-1].islower()
    sign = ending[0][0]
    right = sign if plural else sign + "s"
    return (end, "") if right == ending[0] else (ending.end(), right)


def _wants_the(name: str, term: Term) -> bool:
    """Whether a name cannot do without ``the`` after a preposition: ``of the United Nations``."""
    if name.lower().startswith("the "):
        return False
    known = any(form.lower().startswith("the ") for form in list_forms(term))
    return known or _PLURAL.search(name) is not None


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
