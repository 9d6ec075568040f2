"""Entries that get in each other's way: one form or one English for two, forbidden and right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bitrans.core import Term
from bitrans.glossary.lint.findings import Finding
from bitrans.glossary.terms import normalise_form


def find_clashes(terms: Sequence[Term]) -> Iterator[Finding]:
    """Clashes of Arabic forms, of English names and of forbidden with right ones."""
    yield from _find_shared_forms(terms)
    yield from _find_shared_english(terms)
    yield from _find_forbidden_elsewhere(terms)


def _find_shared_forms(terms: Sequence[Term]) -> Iterator[Finding]:
    """Forms that two entries claim where the loader allows it: candidates, and homographs."""
    owners: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        for form in dict.fromkeys(map(normalise_form, term.arabic)):
            owners[form].append(term)
    for form, claiming in owners.items():
        first = claiming[0]
        for term in claiming[1:]:
            flagged = all("needs-evidence" in one.flags for one in (first, term))
            if flagged and first.status == term.status and first.kind == term.kind:
                reason = (
                    f"{form!r} is {first.preferred!r} too ({first.id}, {first.where}), of one "
                    "kind: no evidence tells them apart"
                )
            elif "candidate" in (first.status, term.status):
                reason = f"{form!r} belongs to {first.id} too ({first.where}): approve one of them"
            else:
                continue
            yield Finding(term.where, "warning", "same-form", reason, term.id)


def _find_shared_english(terms: Sequence[Term]) -> Iterator[Finding]:
    """Two entries of one kind that become the same English: a reader cannot tell them apart."""
    owners: dict[tuple[str, str], Term] = {}
    for term in terms:
        first = owners.setdefault((term.kind, term.preferred), term)
        if first is not term:
            reason = f"{term.preferred!r} is also the English of {first.id} ({first.where})"
            yield Finding(term.where, "warning", "same-english", reason, term.id)


def _find_forbidden_elsewhere(terms: Sequence[Term]) -> Iterator[Finding]:
    """What is forbidden here and right elsewhere would be rewritten where it is right."""
    right: dict[str, Term] = {}
    for term in terms:
        for form in term.admitted:
            right.setdefault(form, term)
    right |= {term.preferred: term for term in reversed(terms)}
    for term in terms:
        for form in term.forbidden:
            other = right.get(form)
            if other is not None and other.id != term.id:
                role = "preferred" if other.preferred == form else "admitted"
                reason = f"forbidden {form!r} is {role} for {other.id} ({other.where})"
                yield Finding(term.where, "warning", "forbidden-elsewhere", reason, term.id)
