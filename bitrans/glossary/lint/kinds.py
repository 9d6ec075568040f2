"""Kinds that are missing or do not fit the words of the entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitrans.arabic import fold_for_matching
from bitrans.core import KINDS, Kind, Term
from bitrans.glossary import kindwords
from bitrans.glossary.lint.findings import Finding

#: Kind words that open names of several kinds: a وكالة is an agency or an outlet.
_SHARED = frozenset({"وكاله", "شبكه", "مركز", "مجلس", "قياده", "اتحاد", "جبهه", "حرب", "عمليه"})


def find_kind_faults(terms: Sequence[Term]) -> Iterator[Finding]:
    """Entries of kind ``other`` whose first word names a kind, and ids that say another kind."""
    for term in terms:
        said = term.id.partition("-")[0]
        if said in KINDS and said != term.kind:
            reason = f"the id says {said}, the kind is {term.kind}"
            yield Finding(term.where, "warning", "kind", reason, term.id)
        elif term.kind == "other" and (found := _guess_kind(term)):
            kind, word = found
            reason = f"no kind but other, though {word!r} says {kind}"
            yield Finding(term.where, "warning", "kind", reason, term.id)


def _guess_kind(term: Term) -> tuple[Kind, str] | None:
    for form in term.arabic:
        first, _, rest = fold_for_matching(form).text.strip().partition(" ")
        if not rest or first in _SHARED or kindwords.is_soft(first):
            continue
        kinds = [kind for kind in KINDS if kindwords.is_kind_word(first, kind)]
        if len(kinds) == 1 and kinds[0] != "other":
            return kinds[0], form.split()[0]
    return None
