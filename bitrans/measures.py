"""The values of an evaluation. All are frozen; like :mod:`bitrans.core` this imports no stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bitrans.core import Pair, ScoreRow

Unit = Literal["segment", "document"]
TestMethod = Literal["paired-bootstrap", "approximate-randomisation"]
Outcome = Literal["preferred", "admitted", "forbidden", "missing"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """The English of one document, a text for each line.

    ``arabic`` has the text that each line renders, where it is known; ``pairs`` the whole account
    of how it came about, where bitrans made it. ``paired`` says that the lines are known to stand
    one to one beside those of another rendering that has as many.
    """

    id: str
    source: str
    lines: tuple[str, ...]
    arabic: tuple[str, ...] | None = None
    pairs: tuple[Pair, ...] | None = None
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a document's lines met those of its reference."""

    document_id: str
    lines: int
    references: int
    beads: int
    one_to_one: bool


@dataclass(frozen=True, slots=True)
class SignificanceTest:
    """Whether a difference could be chance, when ``unit`` is what is drawn or exchanged.

    ``interval`` is that of the difference (bootstrap alone); ``units`` is how many there are.
    """

    unit: Unit
    method: TestMethod
    p: float
    units: int
    signature: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric of two systems over the same beads; ``tests`` is empty where there is one bead."""

    metric: str
    value: float
    baseline: float
    count: int
    tests: tuple[SignificanceTest, ...]

    @property
    def difference(self) -> float:
        """How much higher the system's value is than the baseline's."""
        return self.value - self.baseline

    def find_test(self, unit: Unit, method: TestMethod) -> SignificanceTest | None:
        """The test of this kind, where it could be made."""
        fitting = (test for test in self.tests if (test.unit, test.method) == (unit, method))
        return next(fitting, None)


@dataclass(frozen=True, slots=True)
class TermExample:
    """A line in which a term went wrong: what became of it there, and the texts."""

    document_id: str
    number: int
    outcome: str
    arabic: str
    english: str
    reference: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term over all documents, in mentions.

    ``admitted`` counts the preferred form too. ``unsupported``: its form stands in the English
    and in the reference there is none of its forms; ``imposed``: that, where enforcing put it.
    ``forms`` has every form that was used, with how often.
    """

    term_id: str
    kind: str
    arabic: str
    wanted: str
    mentions: int
    preferred: int
    admitted: int
    forbidden: int
    unsupported: int
    imposed: int
    forms: Mapping[str, int] = field(default_factory=dict)
    examples: tuple[TermExample, ...] = ()

    @property
    def missing(self) -> int:
        """Mentions whose English has no form of the term that is accepted."""
        return self.mentions - self.admitted


@dataclass(frozen=True, slots=True)
class LineScore:
    """One bead with what each system made of it; ``score`` is its chrF++.

    ``baseline`` and ``baseline_score`` are None where nothing was compared.
    """

    document_id: str
    number: int
    arabic: str
    reference: str
    english: str
    score: float
    baseline: str | None = None
    baseline_score: float | None = None

    @property
    def gain(self) -> float:
        """How much the system is above the baseline, or its score where there is none."""
        return self.score - (self.baseline_score or 0.0)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was measured of a system, and of a baseline where there was one.

    ``rows`` holds a row for each document and system, and one over all (``document_id`` None);
    ``lines`` every bead with its score; ``terms`` and ``baseline_terms`` are sorted, worst first.
    """

    system: str
    baseline: str | None
    rows: tuple[ScoreRow, ...]
    alignments: tuple[Alignment, ...]
    comparisons: tuple[Comparison, ...] = ()
    terms: tuple[TermRow, ...] = ()
    baseline_terms: tuple[TermRow, ...] = ()
    lines: tuple[LineScore, ...] = ()
    doubts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)

    def find_row(self, system: str, document_id: str | None = None) -> ScoreRow | None:
        """The scores of a system for a document, or over all."""
        fitting = (r for r in self.rows if (r.system, r.document_id) == (system, document_id))
        return next(fitting, None)
