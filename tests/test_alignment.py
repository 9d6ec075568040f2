"""Monotone alignment of segments with reference lines."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.scoring import Bead, align_references
from bitrans.scoring.alignment import SHAPES
from bitrans.scoring.scores import join_beads

CASES = json.loads((Path(__file__).parent / "cases" / "alignment.json").read_text("utf-8"))["cases"]
REFERENCES = sorted((Path(__file__).parents[1] / "seeds" / "references").glob("*.en.txt"))
WORDS = ["Aleppo", "army", "withdrew", "the", "of", "six", "6", "1,200", "Russia", "fled.", "Said"]
LINES = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=7)
WILD = st.lists(st.text(max_size=12), max_size=5)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_beads_are_those_worked_out_by_hand(case: dict[str, Any]) -> None:
    beads = align_references(case["hypotheses"], case["references"])
    assert [[list(b.hypotheses), list(b.references)] for b in beads] == case["beads"]


@given(LINES | WILD, LINES | WILD)
def test_each_line_is_in_exactly_one_bead_and_in_order(left: list[str], right: list[str]) -> None:
    beads = align_references(left, right)
    assert [i for bead in beads for i in bead.hypotheses] == list(range(len(left)))
    assert [i for bead in beads for i in bead.references] == list(range(len(right)))
    assert all((len(bead.hypotheses), len(bead.references)) in SHAPES for bead in beads)


@given(LINES, LINES)
def test_no_word_is_lost_when_beads_are_joined(left: list[str], right: list[str]) -> None:
    pairs = join_beads(align_references(left, right), left, right)
    assert " ".join(theirs for _, theirs in pairs).split() == " ".join(right).split()
    if pairs:
        assert " ".join(ours for ours, _ in pairs).split() == " ".join(left).split()


@given(st.lists(st.integers(0, 10**6), unique=True, max_size=12))
def test_a_text_is_aligned_with_itself_line_by_line(numbers: list[int]) -> None:
    lines = [f"On day {number} they moved on." for number in numbers]
    assert align_references(lines, lines) == [Bead((i,), (i,)) for i in range(len(lines))]


@settings(max_examples=25)
@given(LINES, LINES)
def test_one_to_one_only_when_asked_for_and_possible(left: list[str], right: list[str]) -> None:
    beads = align_references(left, right, one_to_one=True)
    if len(left) == len(right):
        assert beads == [Bead((i,), (i,)) for i in range(len(left))]
    else:
        assert beads == align_references(left, right)


def test_equal_counts_do_not_make_lines_parallel() -> None:
    left = ["The army took Aleppo.", "Rebels fled to Idlib.", "Russia and Iran helped the army."]
    right = [f"{left[0]} {left[1]}", "Russia helped the army.", "Iran did too, in the long siege."]
    assert align_references(left, right)[0] == Bead((0, 1), (0,))


@pytest.mark.parametrize("missing", [slice(0, 25), slice(12, 37), slice(30, 55)])
def test_a_long_part_missing_widens_the_band(
    missing: slice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bitrans.scoring.alignment.BAND", 4)
    left = [f"On day {number} place{number} fell to them." for number in range(55)]
    right = [line for i, line in enumerate(left) if i not in range(55)[missing]]
    for beads in (align_references(left, right), align_references(right, left)):
        assert sum(bool(bead.references and bead.hypotheses) for bead in beads) == len(right)


def test_real_texts_garbled_and_cut_elsewhere() -> None:
    right_ones = wanted_ones = 0
    for path in REFERENCES:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        for seed in range(3):
            left, right, wanted = _cut_elsewhere(lines, random.Random(seed))
            right_ones += len(set(align_references(left, right)) & set(wanted))
            wanted_ones += len(wanted)
    assert wanted_ones > 200
    assert right_ones / wanted_ones > 0.9


def _cut_elsewhere(lines: list[str], rng: random.Random) -> tuple[list[str], list[str], list[Bead]]:
    """Lines with a quarter of their words gone, some joined, some left out, on either side."""
    left: list[str] = []
    right: list[str] = []
    beads = []
    at = 0
    while at < len(lines):
        shape = rng.choice([(1, 1)] * 6 + [(2, 1), (1, 2), (1, 0), (0, 1)])
        size = max(shape)
        taken = lines[at : at + size]
        at += size
        if len(taken) < size:
            shape = (1, 1)
        ours = [" ".join(w for w in line.split() if rng.random() > 0.25) for line in taken]
        beads.append(
            Bead(
                tuple(range(len(left), len(left) + shape[0])),
                tuple(range(len(right), len(right) + shape[1])),
            )
        )
        left += ours if shape[0] == len(ours) else [" ".join(ours)] * shape[0]
        right += taken if shape[1] == len(taken) else [" ".join(taken)] * shape[1]
    return left, right, beads
