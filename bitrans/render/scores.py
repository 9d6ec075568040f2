"""Scores as small tables: a row for each system, a column for each metric, every signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bitrans.core import Score, ScoreRow

ABSENT = "—"


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """``rows`` holds a system and a cell for each of ``metrics``."""

    metrics: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def tabulate_scores(rows: Sequence[ScoreRow]) -> ScoreTable | None:
    """The scores as a table, or None where nothing was scored."""
    metrics = tuple(dict.fromkeys(score.metric for row in rows for score in row.scores))
    if not metrics:
        return None
    return ScoreTable(metrics, tuple((row.system, _fill_cells(row, metrics)) for row in rows))


def list_signatures(rows: Sequence[ScoreRow]) -> tuple[tuple[str, str], ...]:
    """Each metric with each signature it was computed under, once."""
    scores = [score for row in rows for score in row.scores]
    return tuple(dict.fromkeys((score.metric, score.signature) for score in scores))


def word_score(score: Score) -> str:
    """A score in a cell: its value, and its interval where it has one."""
    if score.interval is None:
        return f"{score.value:.1f}"
    low, high = score.interval
    return f"{score.value:.1f} ({low:.1f}–{high:.1f})"


def _fill_cells(row: ScoreRow, metrics: Sequence[str]) -> tuple[str, ...]:
    scores = {score.metric: word_score(score) for score in row.scores}
    return tuple(scores.get(metric, ABSENT) for metric in metrics)
