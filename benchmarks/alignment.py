"""How far the model's attention is from words linked by hand.

``python -m benchmarks.alignment --dev DEV [--model M]... [--pairs PAIRS]``

``--dev`` is the folder of ``news.tsv`` (Arabic, tab, English), of which 110 pairs are linked in
``benchmarks/data/alignment-dev-news.tsv``. Each model (default: the one that comes with bitrans) is
made to write the reference, and the attention that the engine gives of it is read in two ways.
``word``: each English word is linked to the Arabic word that its tokens attend to most, together.
``tokens``: each of its tokens is linked to the Arabic word of the source token it attends to most,
which is how the ladder reads it. Beside them stand links along the diagonal, and with ``--pairs``
(``pairs.tsv.gz`` of ``training.prepare``; needs the ``train`` extra and some minutes) those of the
statistical aligner that the training uses.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.wordlinks import (
    Gold,
    Link,
    choose_pairs,
    find_word,
    list_words,
    read_gold,
    score_links,
)
from bitrans.arabic import prepare
from bitrans.config import Config
from bitrans.core import Hypothesis, Span
from bitrans.pieces import complete_prepared
from bitrans.tools import load_engine

GOLD = Path(__file__).parent / "data" / "alignment-dev-news.tsv"
#: Tokens that forced English may have; the longest reference has far fewer.
LONGEST = 320

Pairs = Sequence[tuple[str, str]]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="How far attention is from words linked by hand.")
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--model", action="append")
    parser.add_argument("--pairs", type=Path, help="training pairs for the statistical aligner")
    options = parser.parse_args()
    gold = read_gold(GOLD)
    pairs = choose_pairs(gold, options.dev / "news.tsv")
    sure = sum(len(one.sure) for one in gold)
    print(f"{len(gold)} pairs, {sure} sure links, {sum(len(g.possible) for g in gold) - sure} more")
    print(f"{'':<40}{'AER':>7}{'precision':>11}{'recall':>8}{'links':>7}")
    for model in options.model or [None]:
        print_attention(model, pairs, gold)
    print_row("diagonal", [link_diagonally(*pair) for pair in pairs], gold)
    if options.pairs:
        print_row("fast_align, both directions", link_statistically(pairs, options.pairs), gold)


def print_attention(model: str | None, pairs: Pairs, gold: Sequence[Gold]) -> None:
    """The rows of one model, its attention read by word and by token."""
    id, forced = force_references(model, pairs)
    both = list(zip(forced, pairs, strict=True))
    print_row(f"{id}, word", [link_words(one, *pair) for one, pair in both], gold)
    print_row(f"{id}, tokens", [link_tokens(one, *pair) for one, pair in both], gold)


def print_row(name: str, links: Sequence[Iterable[Link]], gold: Sequence[Gold]) -> None:
    """One way of linking against the gold standard, in per cent."""
    score = score_links(links, gold)
    shares = f"{score.error:>7.1%}{score.precision:>11.1%}{score.recall:>8.1%}"
    print(f"{name:<40}{shares}{score.proposed:>7}")


def force_references(model: str | None, pairs: Pairs) -> tuple[str, list[Hypothesis]]:
    """A model's id, and its hypotheses that begin with the references, attention and all."""
    engine = load_engine(Config(model=model)).showing_attention()
    texts = [prepare(arabic) for arabic, _ in pairs]
    beginnings = [english for _, english in pairs]
    return engine.id, complete_prepared(texts, beginnings, engine, tokens=LONGEST)


def link_words(hypothesis: Hypothesis, arabic: str, english: str) -> set[Link]:
    """Each English word with the Arabic word that has most of its tokens' attention."""
    ours, theirs = list_words(arabic), list_words(english)
    totals = [[0.0] * len(ours) for _ in theirs]
    for j, weights in find_rows(hypothesis, english):
        for span, weight in zip(hypothesis.source_spans, weights, strict=True):
            i = find_word(span, ours)
            if i is not None:
                totals[j][i] += weight
    return {(row.index(max(row)), j) for j, row in enumerate(totals) if any(row)}


def link_tokens(hypothesis: Hypothesis, arabic: str, english: str) -> set[Link]:
    """Each English word with the Arabic words that its tokens attend to most, one by one."""
    ours = list_words(arabic)
    found = (
        (find_word(hypothesis.source_spans[weights.index(max(weights))], ours), j)
        for j, weights in find_rows(hypothesis, english)
    )
    return {(i, j) for i, j in found if i is not None}


def find_rows(hypothesis: Hypothesis, english: str) -> Iterator[tuple[int, tuple[float, ...]]]:
    """The attention of each token of the reference with the number of the word it belongs to.

    What the model added after the reference is left out.

    :raises ValueError: when the hypothesis does not begin with the reference.
    """
    if not hypothesis.text.startswith(english) or hypothesis.alignment is None:
        raise ValueError("the model did not write the reference, or gives no attention")
    theirs = list_words(english)
    for span, weights in zip(hypothesis.target_spans, hypothesis.alignment, strict=True):
        j = find_word(span, theirs) if span.start < len(english) else None
        if j is not None:
            yield j, weights


def link_diagonally(arabic: str, english: str) -> set[Link]:
    """Each English word with the Arabic word as far along the sentence."""
    ours, theirs = len(list_words(arabic)), len(list_words(english))
    return {(int((j + 0.5) * ours / theirs), j) for j in range(theirs)}


def link_statistically(pairs: Pairs, path: Path) -> list[set[Link]]:
    """The links of the training's aligner when it has these pairs and all of a file's."""
    from training.links import align_words

    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file)
        others = [(domain, arabic, english) for domain, arabic, english in rows]
    found = align_words([*(("news", *pair) for pair in pairs), *others])
    return [
        {*find_links(spans, *pair)}
        for spans, pair in zip(islice(found, len(pairs)), pairs, strict=True)
    ]


def find_links(spans: Iterable[Sequence[int]], arabic: str, english: str) -> Iterator[Link]:
    """Links of spans, ``start, end, start, end``, as links of words."""
    ours, theirs = list_words(arabic), list_words(english)
    for start, end, other_start, other_end in spans:
        i = find_word(Span(start, end), ours)
        j = find_word(Span(other_start, other_end), theirs)
        if i is not None and j is not None:
            yield i, j


if __name__ == "__main__":
    main()
