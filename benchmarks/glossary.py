"""What the glossary does: mentions found and enforced, by rung, and what that does to the scores.

``python -m benchmarks.glossary [--model M] [--limit N] [--changes N] [PATH...]``

A path is a folder of articles with references beside them (default ``seeds``) or a file of lines
``Arabic TAB English``, each a text of its own. For each it prints the mentions by rung, BLEU and
chrF++ with and without the glossary with sacrebleu's paired bootstrap test, and the control: the
glossary with its English shuffled among entries of one kind must be followed as well, or it is not
the glossary that is obeyed. ``--changes`` prints so many changed lines, drawn at random, to be
read. ``--exact`` prints, instead of all that, the hard cases of ``tests/cases/matching.json`` under
exact whole-word matching, as most translation services document it, beside ours.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.exact import print_exact
from bitrans.arabic import prepare, writes_alef_maqsura_for_ya
from bitrans.config import Config
from bitrans.core import (
    Document,
    Hypothesis,
    Match,
    Pair,
    Prepared,
    Segment,
    Span,
    Term,
)
from bitrans.documents import read_documents
from bitrans.pipeline import make_pairs, translate_twice
from bitrans.runtogether import split_run_together
from bitrans.scoring import align_references, find_reference, join_beads, read_reference
from bitrans.segments import split_document
from bitrans.tools import Tools, load_tools

RESAMPLES = 1000


@dataclass(frozen=True)
class Batch:
    """The segments of one article, or the lines of a file, translated without the glossary."""

    segments: Sequence[Segment]
    prepared: Sequence[Prepared]
    matches: Sequence[Sequence[Match]]
    hypotheses: Sequence[Hypothesis]
    references: Sequence[str]
    parallel: bool = False

    def enforce(self, tools: Tools, terms: dict[str, Term] | None = None) -> list[Pair]:
        """The pairs under the glossary, or under one that has these terms in place of its own."""
        matches = [
            [
                match if terms is None else replace(match, term=terms[match.term.id])
                for match in some
            ]
            for some in self.matches
        ]
        return make_pairs(self.segments, self.prepared, matches, self.hypotheses, tools.engine)


def main() -> None:
    """Measure and print."""
    options = read_options()
    if options.exact:
        print_exact(Path("tests/cases"))
        return
    tools = load_tools(Config(model=options.model))
    for path in options.paths:
        print(f"\n{path}, model {tools.engine.id}, glossary {tools.glossary.revision[:12]}")
        batches = list(translate_path(Path(path), tools, options.limit))
        pairs = [batch.enforce(tools) for batch in batches]
        print_rungs([pair for some in pairs for pair in some])
        print_scores(batches, pairs)
        print_control(batches, tools)
        print_changes([pair for some in pairs for pair in some], options.changes)


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="What the glossary does to the English.")
    parser.add_argument("paths", nargs="*", default=["seeds"])
    parser.add_argument("--model")
    parser.add_argument("--limit", type=int, help="lines of each file at most")
    parser.add_argument("--changes", type=int, default=0, help="changed lines to print")
    parser.add_argument("--exact", action="store_true", help="the table of hard cases")
    return parser.parse_args()


def translate_path(path: Path, tools: Tools, limit: int | None) -> Iterator[Batch]:
    """The articles of a folder, or the lines of a file as one batch, translated plainly."""
    if path.is_dir():
        for document in read_documents([str(path)]):
            assert isinstance(document, Document), document
            segments = split_document(document)
            matches = tools.matcher.find_in_document([segment.text for segment in segments])
            reference = find_reference(document.source)
            lines = read_reference(reference) if reference else []
            mend_ya = writes_alef_maqsura_for_ya(document.text)
            prepared = [prepare(segment.text, mend_ya=mend_ya) for segment in segments]
            yield translate_batch(segments, prepared, matches, lines, tools)
        return
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()][:limit]
    segments = [
        Segment(path.name, i, i, Span(0, len(row[0])), row[0]) for i, row in enumerate(rows)
    ]
    matches = [tools.matcher.find_in_document([row[0]])[0] for row in rows]
    prepared = [prepare(row[0]) for row in rows]
    batch = translate_batch(segments, prepared, matches, [row[1] for row in rows], tools)
    yield replace(batch, parallel=True)


def translate_batch(
    segments: Sequence[Segment],
    prepared: Sequence[Prepared],
    matches: Sequence[Sequence[Match]],
    references: Sequence[str],
    tools: Tools,
) -> Batch:
    """A batch with the plain hypotheses of its segments."""
    parted = [split_run_together(*both) for both in zip(prepared, matches, strict=True)]
    hypotheses = translate_twice(parted, tools.engine, tools.config.hypotheses)
    return Batch(segments, parted, matches, hypotheses, references)


def print_rungs(pairs: Sequence[Pair]) -> None:
    """Mentions by the rung that settled them."""
    rungs = Counter(step.method for pair in pairs for step in pair.steps)
    total = sum(rungs.values())
    changed = sum(pair.raw != pair.target for pair in pairs)
    print(f"{total} mentions in {len(pairs)} segments, {changed} segments changed")
    for rung, count in rungs.most_common():
        print(f"  {rung:<14}{count:>6}{count / total:>8.1%}")
    print(f"  {'enforced':<14}{total - rungs['not-enforced']:>6}", end="")
    print(f"{1 - rungs['not-enforced'] / total:>8.1%}")


def print_scores(batches: Sequence[Batch], pairs: Sequence[Sequence[Pair]]) -> None:
    """BLEU and chrF++ with and without, and whether the difference may be chance."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.significance import PairedTest

    plain, ours, theirs = list_parallel(batches, pairs)
    if not theirs:
        return
    systems = [("without glossary", plain), ("with glossary", ours)]
    metrics = {
        "BLEU": BLEU(references=[theirs]),
        "chrF2++": CHRF(word_order=2, references=[theirs]),
    }
    test = PairedTest(systems, metrics, references=None, test_type="bs", n_samples=RESAMPLES)
    signatures, results = test()
    for name, signature in signatures.items():
        first, second = results[name]
        print(f"  {name:<8}{first.score:>7.2f} without{second.score:>7.2f} with", end="")
        print(f"   p = {second.p_value:.3f}   {signature}")


def list_parallel(
    batches: Sequence[Batch], pairs: Sequence[Sequence[Pair]]
) -> tuple[list[str], list[str], list[str]]:
    """English without, English with and reference, piece by piece."""
    plain: list[str] = []
    ours: list[str] = []
    theirs: list[str] = []
    for batch, some in zip(batches, pairs, strict=True):
        raw, target = [pair.raw for pair in some], [pair.target for pair in some]
        if batch.parallel:
            plain, ours, theirs = plain + raw, ours + target, [*theirs, *batch.references]
        elif batch.references:
            beads = align_references(target, batch.references)
            plain += [text for text, _ in join_beads(beads, raw, batch.references)]
            joined = join_beads(beads, target, batch.references)
            ours += [text for text, _ in joined]
            theirs += [text for _, text in joined]
    return plain, ours, theirs


def print_control(batches: Sequence[Batch], tools: Tools) -> None:
    """How many mentions follow a glossary whose English was shuffled within each kind."""
    shuffled = shuffle_terms(tools.glossary.terms)
    steps = [
        step for batch in batches for pair in batch.enforce(tools, shuffled) for step in pair.steps
    ]
    followed = sum(step.method != "not-enforced" for step in steps)
    print(f"  control: {followed} of {len(steps)} follow a shuffled glossary", end="")
    print(f" ({followed / len(steps):.1%})")


def shuffle_terms(terms: Sequence[Term]) -> dict[str, Term]:
    """Each term by its id with the English of another of its kind, and no other form."""
    kinds: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        kinds[term.kind].append(term)
    shuffled = {}
    for some in kinds.values():
        order = random.Random(11).sample(some, len(some))
        for term, other in zip(order, [*order[1:], order[0]], strict=True):
            shuffled[term.id] = replace(term, preferred=other.preferred, admitted=(), forbidden=())
    return shuffled


def print_changes(pairs: Sequence[Pair], count: int) -> None:
    """Changed lines to be read: the Arabic, the English before and after, and each step."""
    changed = [pair for pair in pairs if pair.raw != pair.target]
    drawn = random.Random(17).sample(changed, min(count, len(changed)))
    for number, pair in enumerate(drawn, 1):
        print(f"\n{number}. {pair.segment.text}\n   - {pair.raw}\n   + {pair.target}")
        for step in pair.steps:
            if step.method not in ("already-right", "not-enforced"):
                print(f"     {step.method}: {step.match.text} as {step.match.term.preferred}")


if __name__ == "__main__":
    main()
