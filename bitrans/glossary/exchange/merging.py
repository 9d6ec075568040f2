"""What imported terms bring to a termbase: new concepts, known ones, and those that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from bitrans.core import Kind, Term, TermStatus
from bitrans.glossary.exchange.values import Imported, make_id
from bitrans.glossary.terms import normalise_form


@dataclass(frozen=True, slots=True)
class Merge:
    """Terms to add, terms as they would be after an update with the fields that differ, and how
    many are there already.
    """

    new: tuple[Term, ...]
    changed: tuple[tuple[Term, Term], ...]
    known: int


def merge_terms(
    imported: Imported, terms: Sequence[Term], *, kind: Kind | None, status: TermStatus | None
) -> Merge:
    """Sort imported terms into new ones, known ones and those that differ from the termbase.

    A format without ids is matched by its English and one shared Arabic form.

    :param kind: the kind of what the file gives none, and ``status`` likewise.
    """
    by_id = {term.id: term for term in terms}
    by_pair = {
        (normalise_form(form), term.preferred): term for term in terms for form in term.arabic
    }
    taken = set(by_id)
    new: list[Term] = []
    changed: list[tuple[Term, Term]] = []
    known = 0
    for found in imported.terms:
        term = _complete(found, imported, kind, status)
        old, updated = _find_old(term, imported, by_id, by_pair)
        if old is None:
            if "id" not in imported.held:
                term = replace(term, id=make_id(term.kind, term.preferred, taken))
            taken.add(term.id)
            new.append(term)
        elif updated == old:
            known += 1
        else:
            changed.append((old, updated))
    return Merge(tuple(new), tuple(changed), known)


def list_differences(old: Term, new: Term) -> list[str]:
    """The fields in which two terms differ, in the order of the columns; places do not count."""
    return [
        field.name
        for field in fields(Term)
        if field.name != "where" and getattr(old, field.name) != getattr(new, field.name)
    ]


def _complete(term: Term, imported: Imported, kind: Kind | None, status: TermStatus | None) -> Term:
    if kind and ("kind" not in imported.held or term.kind == "other"):
        term = replace(term, kind=kind)
    return replace(term, status=status) if status else term


def _find_old(
    term: Term,
    imported: Imported,
    by_id: Mapping[str, Term],
    by_pair: Mapping[tuple[str, str], Term],
) -> tuple[Term | None, Term]:
    """The termbase's entry of an imported term, if any, and that entry with what is new.

    Without ids forms are only added: entries of one English come back as one.
    """
    if "id" in imported.held:
        old = by_id.get(term.id)
        return old, replace(term, where=old.where) if old else term
    owners = [by_pair.get((normalise_form(form), term.preferred)) for form in term.arabic]
    old = next(filter(None, owners), None)
    if old is None:
        return None, term
    more = tuple(form for form, owner in zip(term.arabic, owners, strict=True) if owner is None)
    english = {form for owner in owners if owner for form in _list_english(owner)}
    admitted = tuple(form for form in term.admitted if form not in english)
    forms, all_admitted = (*old.arabic, *more), (*old.admitted, *admitted)
    return old, replace(old, arabic=forms, admitted=all_admitted, note=old.note or term.note)


def _list_english(term: Term) -> tuple[str, ...]:
    return (term.preferred, *term.admitted, *term.forbidden)
