"""What share of the ladder's rewrites the model's alignment makes possible.

``python -m benchmarks.alignment_ladder [--model M] [PATH...]`` runs the pipeline over the documents
of the paths (default ``seeds``; any file that bitrans reads) twice, with the alignment of the model
and with none, and prints the mentions of the termbase by the rung that settled them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from bitrans.config import Config
from bitrans.core import BilingualDocument, Hypothesis, Translator
from bitrans.core.values import Method
from bitrans.pipeline import translate_paths
from bitrans.render.view import find_names
from bitrans.tools import Tools, load_tools

UNCHANGED = ("already-right", "not-enforced")

#: Document, segment and place of each mention, and the rung that settled it.
Mentions = dict[tuple[str, int, int], Method]


class Unaligned:
    """A translator whose hypotheses have no alignment."""

    def __init__(self, engine: Translator) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def translate(self, texts: Sequence[str], **options: Any) -> list[Hypothesis]:
        """What the translator gives, without its alignment."""
        return [drop_alignment(found) for found in self._engine.translate(texts, **options)]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="What alignment does for the ladder.")
    parser.add_argument("paths", nargs="*", default=["seeds"])
    parser.add_argument("--model")
    options = parser.parse_args()
    tools = load_tools(Config(model=options.model))
    aligned = list_mentions(options.paths, tools)
    plain = list_mentions(options.paths, replace(tools, engine=Unaligned(tools.engine)))
    print(f"model {tools.engine.id}, glossary {tools.glossary.revision[:12]}")
    print_rungs(aligned, plain)


def list_mentions(paths: Sequence[str], tools: Tools) -> Mentions:
    """Every mention in the documents with its rung."""
    documents = [one for one in translate_paths(paths, tools) if isinstance(one, BilingualDocument)]
    return {
        (document.document.id, pair.segment.index, name.match.span.start): name.method
        for document in documents
        for pair in document.pairs
        for name in find_names(pair)
    }


def print_rungs(aligned: Mentions, plain: Mentions) -> None:
    """Mentions by rung with and without alignment, and the share that needs it."""
    counts = [Counter(mentions.values()) for mentions in (aligned, plain)]
    print(f"{len(aligned)} mentions{'':<6}{'with alignment':>16}{'without':>10}")
    for method in get_args(Method):
        print(f"{method:<19}{counts[0][method]:>13}{counts[1][method]:>10}")
    rewritten, only, lost = compare_mentions(aligned, plain)
    share = f", {only / rewritten:.0%} of them," if rewritten else ""
    print(
        f"of {rewritten} mentions put right, {only}{share} only with alignment; {lost} only without"
    )


def compare_mentions(aligned: Mentions, plain: Mentions) -> tuple[int, int, int]:
    """Mentions put right with alignment; of these not without it; and those only without it."""
    right = {key for key, method in aligned.items() if method not in UNCHANGED}
    missed = {key for key, method in aligned.items() if method == "not-enforced"}
    plainly_missed = {key for key, method in plain.items() if method == "not-enforced"}
    return len(right), len(right & plainly_missed), len(missed - plainly_missed)


def drop_alignment(hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis and its alternatives without alignment."""
    others = tuple(drop_alignment(other) for other in hypothesis.alternatives)
    return replace(hypothesis, alignment=None, alternatives=others)


if __name__ == "__main__":
    main()
