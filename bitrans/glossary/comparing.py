"""What differs between two termbases: entries put in, taken out and changed, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bitrans.core import Term
from bitrans.glossary.exchange.merging import list_differences


@dataclass(frozen=True, slots=True)
class Comparison:
    """Entries by id: only in the new termbase, only in the old one, in both but not the same."""

    added: tuple[Term, ...]
    removed: tuple[Term, ...]
    changed: tuple[tuple[Term, Term], ...]

    @property
    def ids(self) -> frozenset[str]:
        """All ids that differ."""
        terms = (*self.added, *self.removed, *(new for _, new in self.changed))
        return frozenset(term.id for term in terms)


def compare_terms(old: Iterable[Term], new: Iterable[Term]) -> Comparison:
    """What differs; the order of rows and the files they stand in do not count."""
    before = {term.id: term for term in old}
    after = {term.id: term for term in new}
    both = sorted(before.keys() & after.keys())
    return Comparison(
        tuple(after[id_] for id_ in sorted(after.keys() - before.keys())),
        tuple(before[id_] for id_ in sorted(before.keys() - after.keys())),
        tuple(
            (before[id_], after[id_]) for id_ in both if list_differences(before[id_], after[id_])
        ),
    )
