"""What ``score`` and ``evaluate`` share: limits, and showing what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bitrans.errors import UsageError
from bitrans.measures import Evaluation
from bitrans.render import (
    render_scores_html,
    render_scores_json,
    render_scores_text,
    words_of,
    write_whole,
)

FailUnder = Annotated[
    list[str] | None,
    typer.Option(
        help="METRIC=VALUE: exit with 1 where the value over all documents is worse (lower, or "
        "for TER and other error rates higher). May be given more than once.",
        metavar="METRIC=VALUE",
    ),
]
Html = Annotated[Path | None, typer.Option(help="Also write the report as a page to this file.")]


def read_limits(options: Sequence[str]) -> dict[str, float]:
    """The limits of ``--fail-under``, by measure.

    :raises UsageError: when one is not ``METRIC=VALUE``.
    """
    limits = {}
    for option in options:
        name, _, value = option.rpartition("=")
        try:
            limits[name.strip()] = float(value)
        except ValueError:
            name = ""
        if not name.strip():
            raise UsageError(f"--fail-under {option}: write METRIC=VALUE, as in chrF++=50")
    return limits


def find_shortfalls(evaluation: Evaluation, limits: dict[str, float]) -> list[str]:
    """A line for each limit that the system misses.

    :raises UsageError: when something was limited that was not measured or has no better side.
    """
    row = evaluation.find_row(evaluation.system)
    scores = {score.metric.casefold(): score for score in (row.scores if row else ())}
    missed = []
    for name, limit in limits.items():
        score = scores.get(name.casefold())
        better = words_of(score.metric).better if score else "neither"
        if score is None or better == "neither":
            known = [it.metric for it in scores.values() if words_of(it.metric).better != "neither"]
            raise UsageError(f"--fail-under {name}: not measured here; use {', '.join(known)}")
        if (score.value < limit) if better == "higher" else (score.value > limit):
            side = "under" if better == "higher" else "over"
            missed.append(f"{score.metric} {score.value:.2f} is {side} {limit:g}")
    return missed


def show_evaluation(evaluation: Evaluation, *, html: Path | None, as_json: bool) -> None:
    """Print the evaluation, and write its page where one is wanted."""
    if html is not None:
        write_whole(html, render_scores_html(evaluation))
    show = render_scores_json if as_json else render_scores_text
    print(show(evaluation), end="")
