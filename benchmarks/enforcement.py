"""What enforcing the glossary costs: matching and enforcing in parts of plain translation.

``python -m benchmarks.enforcement [--model M] [PATH...]`` (default ``seeds``) runs the pipeline
once and prints the ratios, all parts measured in the same run: in seconds of the clock, and in
seconds of the processor, which other programs on the machine disturb less. Give it one document, or
several of some 250 segments in all: of more the engine is at the next while these are enforced.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from bitrans.config import Config
from bitrans.core import BilingualDocument
from bitrans.pipeline import translate_paths
from bitrans.tools import Timings, load_tools


@dataclass
class BothTimings(Timings):
    """Seconds of the clock and of the processor spent in each stage."""

    processor: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Add the time inside the ``with`` block to a stage."""
        begun = time.process_time()
        with super().measure(stage):
            yield
        spent = time.process_time() - begun
        self.processor[stage] = self.processor.get(stage, 0.0) + spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What enforcing costs.")
    parser.add_argument("paths", nargs="*", default=["seeds"])
    parser.add_argument("--model")
    options = parser.parse_args()
    timings = BothTimings()
    tools = replace(load_tools(Config(model=options.model)), timings=timings)
    found = list(translate_paths(options.paths, tools))
    pairs = [pair for one in found if isinstance(one, BilingualDocument) for pair in one.pairs]
    print(f"{len(pairs)} segments, model {tools.engine.id}")
    print(Counter(step.method for pair in pairs for step in pair.steps))
    for name, spent in (("clock", timings.seconds), ("processor", timings.processor)):
        plain, match, enforce = (spent[stage] for stage in ("translate", "match", "enforce"))
        print(f"{name:<10} translate {plain:.2f} s, match {match:.2f} s, enforce {enforce:.2f} s")
        print(
            f"{'':<10} matching and enforcing cost {(match + enforce) / plain:.2f} of translating"
        )


if __name__ == "__main__":
    main()
