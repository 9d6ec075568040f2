"""The values of a brief: claims, figures, names and moments, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bitrans.core.values import BilingualDocument, Pair, Span, Term

Manner = Literal["said", "announced", "according-to", "denied", "reported", "thought"]
Hedge = Literal["exactly", "about", "at-least", "at-most", "between"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in one of a brief's reports: a pair and, within its segment's text, a span.

    ``span`` None means the whole segment.
    """

    document_id: str
    index: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what a segment says.

    ``cue`` is the Arabic word that shows it (``قال``, ``نفت``, ``وفق``), cited with its span;
    ``speaker`` cites the Arabic words that name who speaks, or is None where nobody is named.
    ``name`` is the English of the speaker as the glossary has it, with the term's id, or empty.
    """

    cue: Citation
    manner: Manner
    speaker: Citation | None
    name: str = ""
    term_id: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, as a report gives it.

    ``low`` and ``high`` are equal for a plain number; ``unit`` is the English noun counted
    (``people``, ``districts``, ``per cent``) and ``subject`` what is said of it (``killed``,
    ``displaced``, ``under control``), empty where unknown. ``in_english`` is False where the
    translated line lacks the number: the reader is told so.
    """

    citation: Citation
    text: str
    low: float
    high: float
    unit: str
    subject: str
    hedge: Hedge = "exactly"
    in_english: bool = True


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures of several places about the same thing; ``differs`` where reports disagree."""

    unit: str
    subject: str
    figures: tuple[Figure, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Carrier:
    """Another segment that says what a claim says; ``copied`` where its wording is the same."""

    citation: Citation
    copied: bool
    likeness: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a brief: a segment, who says it, who else carries it and who denies it."""

    citation: Citation
    attributions: tuple[Attribution, ...]
    carriers: tuple[Carrier, ...]
    denials: tuple[Citation, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """How often the reports name a term, in how many of them, and where first."""

    term: Term
    count: int
    documents: int
    first: Citation


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of a report: ISO days ``start`` to ``end``, and how it was found.

    ``start`` is None where the day cannot be known; ``resolved`` says in English from what.
    """

    citation: Citation
    text: str
    start: str | None
    end: str | None
    resolved: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One page over many reports. Every citation points into one of ``reports``."""

    title: str
    reports: tuple[BilingualDocument, ...]
    claims: tuple[Claim, ...]
    figures: tuple[FigureGroup, ...]
    names: tuple[Mentions, ...]
    moments: tuple[Moment, ...]

    def find(self, citation: Citation) -> Pair:
        """The pair that a citation points to.

        :raises KeyError: when no report has it.
        """
        for report in self.reports:
            if report.document.id == citation.document_id:
                return report.pairs[citation.index]
        raise KeyError(citation.document_id)
