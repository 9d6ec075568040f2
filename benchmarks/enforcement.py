"""What enforcing the glossary costs: seconds of matching and enforcing in parts of translating.

``python -m benchmarks.enforcement [--model M] [PATH...]`` (default ``seeds``) runs the pipeline
once and prints the ratio; all parts are measured in the same run.
"""

from __future__ import annotations

import argparse

from bitrans.config import Config
from bitrans.core import BilingualDocument
from bitrans.pipeline import load_tools, translate_paths


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What enforcing costs.")
    parser.add_argument("paths", nargs="*", default=["seeds"])
    parser.add_argument("--model")
    options = parser.parse_args()
    tools = load_tools(Config(model=options.model))
    found = translate_paths(options.paths, tools)
    segments = sum(len(one.pairs) for one in found if isinstance(one, BilingualDocument))
    spent = tools.timings.seconds
    plain = spent["translate"]
    print(f"{segments} segments, model {tools.engine.id}")
    for stage in ("translate", "match", "enforce"):
        print(f"{stage:<12}{spent[stage]:>8.2f} s{spent[stage] / plain:>8.2f}")
    extra = spent["match"] + spent["enforce"]
    print(f"matching and enforcing cost {extra / plain:.2f} of plain translation")


if __name__ == "__main__":
    main()
