"""Scores, failures and the report of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Score:
    """A measurement with the signature that makes it reproducible. ``None``: not computed."""

    metric: str
    value: float
    signature: str
    count: int
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Scores of one document (or of all, ``document_id`` None) for one system."""

    document_id: str | None
    system: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, with the one line that says why."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """What was done with what: enough to do it again and to compare."""

    version: str
    created: str
    model: Mapping[str, str]
    glossary: Mapping[str, str]
    settings: Mapping[str, object]
    timings: Mapping[str, float]
    documents: int
    segments: int
    methods: Mapping[str, int]
    doubts: Mapping[str, int]
    scores: tuple[ScoreRow, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def names_found(self) -> int:
        """Mentions of terms in the segments."""
        return sum(self.methods.values())

    @property
    def names_enforced(self) -> int:
        """Mentions whose English is a preferred or admitted form."""
        return self.names_found - self.methods.get("not-enforced", 0)
