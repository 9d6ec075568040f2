"""How many names of the glossary stand in the English as the glossary wants them.

Counted as the WMT terminology tasks count term success (Alam et al. 2021; Semenov et al. 2023):
by mention, looking only at the English of the mention's own segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bitrans.core import Match, Pair, Score, Span, Term
from bitrans.measures import Outcome

SIGNATURE = "forms:{forms}|case:folded|unit:mention|count:clipped|version:2"
#: A mention is given the best form there is.
_RANKS: tuple[Outcome, ...] = ("preferred", "admitted", "forbidden")


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of a term in an English text."""

    term: Term
    outcome: Outcome
    form: str
    span: Span


def term_success(pairs: Sequence[Pair]) -> tuple[Score, ...]:
    """The share of mentions, in per cent, rendered as the glossary wants.

    ``terms-preferred`` accepts the preferred form alone, ``terms-admitted`` the admitted ones
    too; ``count`` is the number of mentions. Without mentions there is no score: the tuple is
    empty.
    """
    hits = [hit for pair in pairs for hit in place_mentions(pair.matches, pair.target)]
    accepted: dict[str, tuple[Outcome, ...]] = {
        "preferred": ("preferred",),
        "admitted": ("preferred", "admitted"),
    }
    return tuple(
        Score(
            f"terms-{forms}",
            100 * sum(hit is not None and hit.outcome in outcomes for hit in hits) / len(hits),
            SIGNATURE.format(forms=forms),
            len(hits),
        )
        for forms, outcomes in accepted.items()
        if hits
    )


def place_mentions(matches: Sequence[Match], text: str) -> tuple[Hit | None, ...]:
    """For each mention the form of its term that stands in the text for it, or None.

    Forms are found as whole words, in any case, the longest first; no place in the English
    counts twice, so ``Aleppo`` is not found in ``Aleppo Airport`` when both were named. A term
    named twice must stand there twice. Preferred forms are given out before admitted ones, and
    these before forbidden ones.
    """
    hits = find_hits(dict.fromkeys(match.term for match in matches), text)
    free = sorted(hits, key=lambda hit: (_RANKS.index(hit.outcome), hit.span))
    placed: list[Hit | None] = []
    taken: list[Span] = []
    for match in matches:
        own = (hit for hit in free if hit.term == match.term and hit.span not in taken)
        hit = next(own, None)
        placed.append(hit)
        taken += [hit.span] if hit else []
    return tuple(placed)


def find_hits(terms: Iterable[Term], text: str) -> list[Hit]:
    """Every form of the terms in the text; of those that overlap the longest, then the first.

    Forms that stand at the very same place, of one term or of several, are all given.
    """
    found = [
        Hit(term, outcome, form, Span(*place.span()))
        for term in terms
        for outcome, form in _list_forms(term)
        for place in _compile_form(form).finditer(text)
    ]
    found.sort(key=lambda hit: (hit.span.start - hit.span.end, hit.span.start, hit.term.id))
    kept: list[Hit] = []
    for hit in found:
        if all(hit.span == other.span or not hit.span.overlaps(other.span) for other in kept):
            kept.append(hit)
    return kept


def _list_forms(term: Term) -> list[tuple[Outcome, str]]:
    """The forms, each once, as the best that it is."""
    listed: tuple[tuple[Outcome, tuple[str, ...]], ...] = (
        ("preferred", (term.preferred,)),
        ("admitted", term.admitted),
        ("forbidden", term.forbidden),
    )
    forms: dict[str, tuple[Outcome, str]] = {}
    for outcome, names in listed:
        for name in filter(None, names):
            forms.setdefault(name.casefold(), (outcome, name))
    return list(forms.values())


@lru_cache(maxsize=1 << 14)
def _compile_form(form: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in form.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
