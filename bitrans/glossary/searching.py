"""Find entries of the termbase by what a person remembers of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from rapidfuzz import fuzz

from bitrans.core import KINDS, Term
from bitrans.errors import UsageError
from bitrans.glossary.lint.spellings import fold_name
from bitrans.glossary.terms import has_arabic, normalise_form

#: How alike, of 100, words must be to what was asked.
ALIKE = 80
_EXACT, _BEGINS, _INSIDE, _HOLDS = 300, 250, 200, 150


def find_ids(terms: Iterable[Term], ids: Sequence[str]) -> list[Term]:
    """The entries of some ids, in the order asked.

    :raises UsageError: for an id that is not there, with those like it.
    """
    by_id = {term.id: term for term in terms}
    found = []
    for id_ in ids:
        if id_ not in by_id:
            close = get_close_matches(id_, by_id, n=3, cutoff=0.6)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise UsageError(f"no entry has the id {id_!r}{hint}")
        found.append(by_id[id_])
    return found


def search_terms(terms: Iterable[Term], words: str, *, kind: str | None = None) -> list[Term]:
    """Entries that hold these words, the closest first: in Arabic, in English or in their id.

    Only where none holds them are entries given that are like them.

    :raises UsageError: when there is no such kind or nothing was asked.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    if not words.strip():
        raise UsageError("say what to search for")
    ranked = [(_rank(term, words), term) for term in terms if kind is None or term.kind == kind]
    best = max((rank for rank, _ in ranked), default=0)
    least = _HOLDS if best >= _HOLDS else ALIKE
    found = [(rank, term) for rank, term in ranked if rank >= least]
    found.sort(key=lambda item: (-item[0], item[1].id))
    return [term for _, term in found]


def _rank(term: Term, words: str) -> float:
    if has_arabic(words):
        wanted = normalise_form(words)
        forms = [normalise_form(form) for form in term.arabic]
    else:
        wanted = fold_name(words) or words.lower()
        forms = [fold_name(form) for form in (term.preferred, *term.admitted, *term.forbidden)]
        forms.append(term.id)
    return max(_compare(wanted, form) for form in forms)


def _compare(wanted: str, form: str) -> float:
    if wanted == form:
        return _EXACT
    if f" {wanted} " in f" {form} ":
        return _BEGINS if form.startswith(wanted) else _INSIDE
    if len(wanted) > 2 and wanted in form:
        return _HOLDS
    return fuzz.ratio(wanted, form)
