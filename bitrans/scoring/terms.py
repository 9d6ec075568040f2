"""How many names of the glossary stand in the English as the glossary wants them.

Counted as the WMT terminology tasks count term success (Alam et al. 2021; Semenov et al. 2023):
by mention, looking only at the English of the mention's own segment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bitrans.core import Pair, Score, Span, Term

SIGNATURE = "forms:{forms}|case:folded|unit:mention|count:clipped|version:1"


def term_success(pairs: Sequence[Pair]) -> tuple[Score, ...]:
    """The share of mentions, in per cent, rendered as the glossary wants.

    ``terms-preferred`` accepts the preferred form alone, ``terms-admitted`` the admitted ones
    too; ``count`` is the number of mentions. Without mentions there is no score: the tuple is
    empty.
    """
    mentions = sum(len(pair.matches) for pair in pairs)
    if not mentions:
        return ()
    return tuple(
        Score(
            f"terms-{forms}",
            100 * _count(pairs, select) / mentions,
            SIGNATURE.format(forms=forms),
            mentions,
        )
        for forms, select in _FORMS.items()
    )


def count_hits(pair: Pair, select: Callable[[Term], Iterable[str]]) -> int:
    """How many mentions of a pair have a form that ``select`` gives in its final English.

    Forms are found as whole words, in any case, the longest first; no place in the English
    counts twice, so ``Aleppo`` is not found in ``Aleppo Airport`` when both were named. A term
    named twice must stand there twice.
    """
    wanted = Counter(match.term for match in pair.matches)
    forms = sorted(
        {(form, term.id): term for term in wanted for form in select(term) if form}.items(),
        key=lambda entry: (-len(entry[0][0]), entry[0]),
    )
    taken: list[Span] = []
    for (form, _), term in forms:
        for span in _find_free(form, pair.target, taken):
            if wanted[term]:
                wanted[term] -= 1
                taken.append(span)
    return len(pair.matches) - wanted.total()


def _count(pairs: Iterable[Pair], select: Callable[[Term], Iterable[str]]) -> int:
    return sum(count_hits(pair, select) for pair in pairs)


def _find_free(form: str, text: str, taken: Sequence[Span]) -> list[Span]:
    pattern = r"(?<!\w)" + re.escape(form) + r"(?!\w)"
    found = (Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE))
    return [s for s in found if not any(s.start < t.end and t.start < s.end for t in taken)]


def _select_preferred(term: Term) -> tuple[str, ...]:
    return (term.preferred,)


def _select_admitted(term: Term) -> tuple[str, ...]:
    return (term.preferred, *term.admitted)


_FORMS: dict[str, Callable[[Term], Iterable[str]]] = {
    "preferred": _select_preferred,
    "admitted": _select_admitted,
}
