"""The names in the reports: how often, in how many, and where first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bitrans.core import BilingualDocument, Citation, Mentions, Term


@dataclass(slots=True)
class _Tally:
    term: Term
    first: Citation
    count: int
    documents: set[str]


def count_mentions(
    reports: Sequence[BilingualDocument], terms: Sequence[Term] = ()
) -> tuple[Mentions, ...]:
    """The terms that the reports name, the most frequent first.

    :param terms: stand in for terms of the same id in the matches.
    """
    known = {term.id: term for term in terms}
    tallies: dict[str, _Tally] = {}
    for report in reports:
        for pair in report.pairs:
            for match in sorted(pair.matches, key=lambda match: match.span):
                document, index = pair.segment.document_id, pair.segment.index
                tally = tallies.setdefault(
                    match.term.id,
                    _Tally(match.term, Citation(document, index, match.span), 0, set()),
                )
                tally.count += 1
                tally.documents.add(document)
    found = [
        Mentions(known.get(id_, tally.term), tally.count, len(tally.documents), tally.first)
        for id_, tally in tallies.items()
    ]
    return tuple(sorted(found, key=lambda m: (-m.count, -m.documents, m.term.id)))
