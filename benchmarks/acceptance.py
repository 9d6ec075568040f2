"""What the ladder's bounds keep of names in their right place and refuse of names in wrong ones.

``python -m benchmarks.acceptance [--model M] [--limit N] FILE`` reads lines ``Arabic TAB English``.
Right places: names that the reference has and the model lacks, put where its attention has them.
Wrong ones: the same names put over other name-like words, which the attention does not give them.
For a grid of bounds it prints the share of each that the model bears; the bounds in use
(``bitrans.enforce.weighing``) are marked.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.glossary import Batch, translate_path
from bitrans.config import Config
from bitrans.enforce.aligned import find_aligned, points_at
from bitrans.enforce.candidates import Candidate, list_runs
from bitrans.enforce.drafts import Draft, Edit, Problem, begin_draft, loses_nothing, put_name
from bitrans.enforce.places import overlaps, place_terms
from bitrans.enforce.weighing import NAME_FLOOR, REST_FALL, measure_fall, measure_name
from bitrans.tools import Tools, load_tools

FLOORS = (-12.0, -10.0, -9.0, NAME_FLOOR, -7.0, -6.0, -5.0)
FALLS = (0.1, 0.2, REST_FALL, 0.45, 0.6, 1.0)


class Trial(NamedTuple):
    """A name put somewhere: how likely it is there and how much less likely the rest became."""

    right: bool
    name: float
    fall: float


def main() -> None:
    """Measure and print the grid."""
    parser = argparse.ArgumentParser(description="What the ladder's bounds keep and refuse.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    tools = load_tools(Config(model=options.model))
    trials = [
        trial
        for batch in translate_path(options.path, tools, options.limit)
        for trial in try_names(batch, tools)
    ]
    groups = [[trial for trial in trials if trial.right is right] for right in (True, False)]
    print(f"{len(groups[0])} right places, {len(groups[1])} wrong ones; borne of each, in per cent")
    print("name at least  " + "".join(f"{f'rest falls < {fall}':>22}" for fall in FALLS))
    for floor in FLOORS:
        cells = "".join(f"{write_shares(groups, floor, fall):>22}" for fall in FALLS)
        print(f"{floor:>13}{'*' if floor == NAME_FLOOR else ' '} {cells}")


def write_shares(groups: list[list[Trial]], floor: float, fall: float) -> str:
    """Right and wrong places that are borne, in per cent."""
    shares = [
        sum(trial.name >= floor and trial.fall < fall for trial in group) / max(1, len(group))
        for group in groups
    ]
    mark = "*" if (floor, fall) == (NAME_FLOOR, REST_FALL) else " "
    return f"{shares[0]:.0%} / {shares[1]:.0%}{mark}"


def try_names(batch: Batch, tools: Tools) -> Iterator[Trial]:
    """A right and a wrong place for each name that the reference has and the model lacks."""
    rng = random.Random(1)
    edits = [
        (number, *edit)
        for number, reference in enumerate(batch.references)
        for edit in list_edits(batch, number, reference, rng)
    ]
    texts = [batch.prepared[number].text for number, _, _ in edits]
    scores = tools.engine.score(texts, [edit.after.text for _, _, edit in edits])
    for (_, right, edit), found in zip(edits, scores, strict=True):
        name = measure_name(found, edit.after.places[edit.index])
        yield Trial(right, name, measure_fall(edit.after, edit.before, found))


def list_edits(
    batch: Batch, number: int, reference: str, rng: random.Random
) -> Iterator[tuple[bool, Edit]]:
    """The edits of one line, each with whether its place is right."""
    hypothesis, matches = batch.hypotheses[number], batch.matches[number]
    if not matches:
        return
    draft = begin_draft(Problem(hypothesis, matches), hypothesis, "n-best", "")
    named = place_terms(reference, matches)
    for index in draft.missing:
        if index not in named:
            continue
        if aligned := find_aligned(hypothesis, matches, index, draft.places):
            yield from keep(True, put_name(draft, aligned, "replaced"))
        if wrong := choose_wrong(draft, index, rng):
            yield from keep(False, put_name(draft, wrong, "replaced"))


def keep(right: bool, edit: Edit) -> Iterator[tuple[bool, Edit]]:
    """The edit, if the ladder would come to ask the model of it."""
    if loses_nothing(edit):
        yield right, edit


def choose_wrong(draft: Draft, index: int, rng: random.Random) -> Candidate | None:
    """Name-like words that neither name a mention nor were made from this one."""
    match = draft.matches[index]
    runs = [
        run
        for run in list_runs(draft.text, match.term)
        if not overlaps(run, draft.places.values()) and not points_at(draft.hypothesis, run, match)
    ]
    return Candidate(index, rng.choice(runs), match.term.preferred, 0.0, "") if runs else None


if __name__ == "__main__":
    main()
