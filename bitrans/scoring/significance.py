"""Whether one system is better than another, or only luckier with these texts.

Paired bootstrap (Koehn 2004, "Statistical Significance Tests for Machine Translation
Evaluation") and approximate randomisation (Noreen 1989; Riezler & Maxwell 2005, "On Some Pitfalls
in Automatic Evaluation and Significance Testing for MT"), as sacrebleu does both, with the same
seed and draws. Three things differ, which is why they are here:

- whole documents can be drawn or exchanged as well as segments. The segments of a document are
  not independent (one rendering of a name comes again and again), so tests by segment see more
  evidence than there is;
- a tie counts as at least as extreme, so that a system compared with itself gets ``p = 1``;
- with few documents every exchange is tried, and ``p`` is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from bitrans.measures import Comparison, SignificanceTest, TestMethod, Unit
from bitrans.scoring.metrics import build_metrics, check_parallel

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sacrebleu.metrics.base import Metric

    Table = NDArray[np.float64]

SEED = 12345
RESAMPLES = 1000
TRIALS = 10_000
#: At most so many cells of a table of exchanges at once.
_CELLS = 5_000_000
#: Two sums of the same numbers in another order differ by less.
_ROUNDING = 1e-9


def compare_systems(
    system: Sequence[str],
    baseline: Sequence[str],
    references: Sequence[str],
    documents: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    trials: int = TRIALS,
) -> tuple[Comparison, ...]:
    """BLEU, chrF++ and TER of two systems on the same texts, each difference tested.

    :param documents: the id of the document that each text is of.
    :param resamples: draws of the bootstrap.
    :param trials: exchanges of the randomisation; all there are where that is fewer.
    :raises InputError: when there is nothing to score or the lengths differ.
    """
    check_parallel(system, references)
    check_parallel(baseline, references)
    return tuple(
        _compare(name, metric, (system, baseline), references, documents, (resamples, trials))
        for name, metric in build_metrics("segment").items()
    )


def _compare(
    name: str,
    metric: Metric,
    texts: tuple[Sequence[str], Sequence[str]],
    references: Sequence[str],
    documents: Sequence[str],
    draws: tuple[int, int],
) -> Comparison:
    ours, theirs = (
        np.array(metric._extract_corpus_statistics(side, [references]), dtype=np.float64)
        for side in texts
    )

    def score(statistics: Table) -> float:
        return float(metric._compute_score_from_stats(statistics).score)  # type: ignore[arg-type]

    tests: list[SignificanceTest] = []
    for unit, sides in (
        ("segment", (ours, theirs)),
        ("document", (_add_up(ours, documents), _add_up(theirs, documents))),
    ):
        if len(sides[0]) > 1:
            signature = f"{metric.get_signature()}|unit:{unit}"
            tests += _test(unit, sides, score, draws, signature)  # type: ignore[arg-type]
    return Comparison(name, score(ours.sum(0)), score(theirs.sum(0)), len(references), tuple(tests))


def _test(
    unit: Unit,
    sides: tuple[Table, Table],
    score: Callable[[Table], float],
    draws: tuple[int, int],
    signature: str,
) -> Iterator[SignificanceTest]:
    units = len(sides[0])
    real = score(sides[0].sum(0)) - score(sides[1].sum(0))
    drawn = _bootstrap(sides, score, draws[0])
    spread = np.abs(drawn) - np.abs(drawn).mean()
    yield SignificanceTest(
        unit,
        "paired-bootstrap",
        _share(spread, abs(real), exact=False),
        units,
        f"{signature}|bs:{draws[0]}|seed:{SEED}",
        _find_interval(drawn),
    )
    exact = units < 63 and 2**units <= draws[1]
    exchanged = np.abs(_exchange(sides, score, draws[1], exact=exact))
    method: TestMethod = "approximate-randomisation"
    made = f"ar:exact:{2**units}" if exact else f"ar:{draws[1]}|seed:{SEED}"
    p = _share(exchanged, abs(real), exact=exact)
    yield SignificanceTest(unit, method, p, units, f"{signature}|{made}")


def _add_up(statistics: Table, documents: Sequence[str]) -> Table:
    """The statistics of each document: the sums of those of its texts."""
    order = {document: place for place, document in enumerate(dict.fromkeys(documents))}
    sums = np.zeros((len(order), statistics.shape[1]))
    np.add.at(sums, [order[document] for document in documents], statistics)
    return sums


def _bootstrap(
    sides: tuple[Table, Table], score: Callable[[Table], float], resamples: int
) -> Table:
    """The difference in each resample; both systems are drawn alike."""
    rng = np.random.default_rng(SEED)
    units = len(sides[0])
    differences = []
    for _ in range(resamples):
        drawn = np.bincount(rng.choice(units, size=units), minlength=units)
        differences.append(score(drawn @ sides[0]) - score(drawn @ sides[1]))
    return np.array(differences)


def _exchange(
    sides: tuple[Table, Table], score: Callable[[Table], float], trials: int, *, exact: bool
) -> Table:
    """The difference after exchanging the systems' outputs for some of the units."""
    together = (sides[0] + sides[1]).sum(0)
    differences = []
    for kept in _draw_exchanges(len(sides[0]), trials, exact=exact):
        first = kept @ sides[1] + ~kept @ sides[0]
        differences += [score(row) - score(together - row) for row in first]
    return np.array(differences)


def _draw_exchanges(units: int, trials: int, *, exact: bool) -> Iterator[NDArray[np.bool_]]:
    """Tables of trials by units, true where a unit is exchanged."""
    if exact:
        yield np.array(list(product((False, True), repeat=units)))
        return
    rng = np.random.default_rng(SEED)
    step = max(1, _CELLS // units)
    for start in range(0, trials, step):
        size = (min(step, trials - start), units)
        yield rng.integers(2, size=size, dtype=bool)


def _share(found: Table, real: float, *, exact: bool) -> float:
    """The share of ``found`` that is at least ``real``; one is added to what was only drawn."""
    count = int(np.sum(found >= real - _ROUNDING))
    return count / len(found) if exact else (count + 1) / (len(found) + 1)


def _find_interval(differences: Table) -> tuple[float, float]:
    ordered = np.sort(differences)
    cut = len(ordered) // 40
    return float(ordered[cut]), float(ordered[len(ordered) - cut - 1])
