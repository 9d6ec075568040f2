"""What the page over all articles keeps of each, so that no article has to stay in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bitrans.core import BilingualDocument, ScoreRow
from bitrans.render.view import (
    Totals,
    count_totals,
    find_arabic_title,
    find_title,
    list_lines,
    name_source,
)

FORMATS = ("html", "md", "json")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An article on the page over all; its files are ``name`` and a dot and each of ``formats``."""

    name: str
    document_id: str
    title: str
    arabic_title: str
    source: str
    date: str | None
    totals: Totals
    formats: tuple[str, ...] = FORMATS

    def find_scores(self, rows: Iterable[ScoreRow]) -> ScoreRow | None:
        """Its scores for the first system that has any."""
        own = (row for row in rows if row.document_id == self.document_id and row.scores)
        return next(own, None)


def describe_document(
    bilingual: BilingualDocument, *, name: str = "", formats: tuple[str, ...] = FORMATS
) -> IndexEntry:
    """The entry of an article whose files begin with ``name`` (else with the document's id)."""
    document = bilingual.document
    return IndexEntry(
        name=name or document.id,
        document_id=document.id,
        title=find_title(bilingual),
        arabic_title=find_arabic_title(bilingual),
        source=name_source(bilingual),
        date=document.date,
        totals=count_totals(bilingual, list_lines(bilingual)),
        formats=formats,
    )


def sum_entries(entries: Iterable[IndexEntry]) -> Totals:
    """The counts over all articles."""
    totals = [entry.totals for entry in entries]
    return Totals(
        segments=sum(it.segments for it in totals),
        found=sum(it.found for it in totals),
        enforced=sum(it.enforced for it in totals),
        doubts=sum(it.doubts for it in totals),
        set_aside=sum(it.set_aside for it in totals),
    )
