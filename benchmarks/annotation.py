"""What notes in the source and the ladder bring, each alone and both: names, scores, obedience.

``python -m benchmarks.annotation [--model M] [PATH...]`` (default ``seeds``; a path is a folder of
articles with references, or a file of lines ``Arabic TAB English``; ``cases`` stands for the
hard cases of ``tests/cases/matching.json``, which have no references). For each way it prints the
share of mentions that the English names, BLEU and chrF++, and how many mentions follow a glossary
whose English is shuffled among entries of a kind.

The ways: nothing; each name noted in the source and the rendering taken as it is; the ladder
without its rungs that need notes; both.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.glossary import Batch, shuffle_terms, translate_batch, translate_path
from bitrans.arabic import prepare
from bitrans.config import Config
from bitrans.core import Annotation, Match, Segment, Span, Term
from bitrans.enforce import place_terms
from bitrans.enforce.likeness import choose_form
from bitrans.pieces import translate_annotated
from bitrans.pipeline import make_pairs
from bitrans.scoring.metrics import score_corpus
from bitrans.segments import cut_segment
from bitrans.tools import Tools, load_tools

Terms = dict[str, Term]
Way = Callable[[Batch, Sequence[Sequence[Match]], Tools], list[str]]
CASES = Path("tests/cases/matching.json")


class Unnoted:
    """An engine that says that it takes no notes, and is otherwise another."""

    takes_annotations = False

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def leave(batch: Batch, matches: Sequence[Sequence[Match]], tools: Tools) -> list[str]:
    """The model's own English."""
    return [hypothesis.text for hypothesis in batch.hypotheses]


def annotate(batch: Batch, matches: Sequence[Sequence[Match]], tools: Tools) -> list[str]:
    """The English of each text with the form wanted noted beside each name."""
    named = [place for place, some in enumerate(matches) if some]
    notes = [[Annotation(m.span, choose_form(m)) for m in matches[place]] for place in named]
    found = translate_annotated(
        [batch.prepared[place] for place in named], notes, tools.engine, cut=cut_segment
    )
    texts = leave(batch, matches, tools)
    for place, hypothesis in zip(named, found, strict=True):
        texts[place] = hypothesis.text
    return texts


def climb(batch: Batch, matches: Sequence[Sequence[Match]], tools: Tools) -> list[str]:
    """What the ladder makes of the model's own English without notes."""
    return climb_noted(batch, matches, replace(tools, engine=Unnoted(tools.engine)))


def climb_noted(batch: Batch, matches: Sequence[Sequence[Match]], tools: Tools) -> list[str]:
    """What the whole ladder makes of it."""
    pairs = make_pairs(batch.segments, batch.prepared, matches, batch.hypotheses, tools.engine)
    return [pair.target for pair in pairs]


WAYS: dict[str, Way] = {
    "nothing": leave,
    "notes alone": annotate,
    "ladder without notes": climb,
    "notes and ladder": climb_noted,
}


def read_cases(tools: Tools) -> Iterator[Batch]:
    """The hard cases that name something, a text each, without references."""
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    texts = [case["text"] for case in cases if case["expect"]]
    segments = [Segment("cases", i, i, Span(0, len(t)), t) for i, t in enumerate(texts)]
    matches = [tools.matcher.find_in_document([text])[0] for text in texts]
    yield translate_batch(segments, [prepare(text) for text in texts], matches, [], tools)


def count_named(texts: Sequence[str], matches: Sequence[Sequence[Match]]) -> int:
    """How many mentions the English names."""
    return sum(len(place_terms(*both)) for both in zip(texts, matches, strict=True))


def print_way(name: str, batches: Sequence[Batch], shuffled: Terms, tools: Tools) -> None:
    """A row: names, scores, obedience."""
    total = named = followed = 0
    ours: list[str] = []
    theirs: list[str] = []
    for batch in batches:
        texts = WAYS[name](batch, batch.matches, tools)
        other = [[replace(m, term=shuffled[m.term.id]) for m in some] for some in batch.matches]
        total += sum(map(len, batch.matches))
        named += count_named(texts, batch.matches)
        followed += count_named(WAYS[name](batch, other, tools), other)
        if len(batch.references) == len(texts):
            ours, theirs = ours + texts, [*theirs, *batch.references]
    scores = {score.metric: score.value for score in score_corpus(ours, theirs)} if ours else {}
    shown = " | ".join(f"{scores[m]:.1f}" if scores else "—" for m in ("BLEU", "chrF++"))
    print(f"| {name} | {named / total:.1%} | {shown} | {followed / total:.1%} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What notes and the ladder bring.")
    parser.add_argument("paths", nargs="*", default=["seeds"])
    parser.add_argument("--model")
    options = parser.parse_args()
    tools = load_tools(Config(model=options.model))
    shuffled = shuffle_terms(tools.glossary.terms)
    for path in options.paths:
        found = read_cases(tools) if path == "cases" else translate_path(Path(path), tools, None)
        batches = list(found)
        mentions = sum(len(some) for batch in batches for some in batch.matches)
        print(f"\n{path}: {mentions} mentions; model {tools.engine.id}\n")
        print("| | mentions named | BLEU | chrF++ | shuffled glossary followed |")
        print("|---|---:|---:|---:|---:|")
        for name in WAYS:
            print_way(name, batches, shuffled, tools)


if __name__ == "__main__":
    main()
