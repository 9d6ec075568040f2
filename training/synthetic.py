"""Pairs of which one side was made by a model, as added training data.

``python -m training.synthetic render WORK --model models/ID --lines N`` lets the model render
sentences that have no English (``WORK/mono.txt.gz``) and keeps several renderings of each in
``WORK/rendered.jsonl.gz``; where a name of the termbase is missing, some that were asked for it.
It goes on where it was stopped; without that file it begins anew.

``python -m training.synthetic choose WORK [--reverse MODEL]`` takes the best rendering of each:
the one that shows most names, then the one that the model, and a reverse model that is asked how
likely the Arabic is given the English, find likeliest (the noisy channel of Yee et al. 2019,
https://aclanthology.org/D19-1571/). Those that the model was surest of become the domain ``self``
of ``WORK/pairs.tsv.gz``, filtered like real pairs; none is cut off or says things twice.

``python -m training.synthetic back WORK --reverse MODEL`` lets the reverse model render the English
of the news as Arabic (back-translation, Sennrich et al. 2016, https://aclanthology.org/P16-1009/):
the domain ``back``. After either, ``training.links`` runs again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bitrans.checks import find_doubts
from bitrans.core import Annotation, Hypothesis, Match, Translator
from bitrans.enforce import place_terms
from bitrans.engine.catalogue import find_model
from bitrans.engine.translator import EngineSettings, MarianTranslator
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary
from training.corpus import SentencePair, explain_rejection, read_lines

RENDERED = "rendered.jsonl.gz"
#: Sentences rendered at once, and renderings kept of each.
CHUNK, KEPT = 2000, 4
#: Characters of a sentence that is worth rendering.
LENGTHS = range(40, 400)
#: Doubts that keep a rendering out.
FAULTS = frozenset({"repeated", "doubled", "empty", "truncated", "number-lost"})


class Rendering(NamedTuple):
    """English of a sentence: its mean log-probability and the names it shows."""

    english: str
    score: float
    names: int


def draw_lines(path: Path, count: int) -> list[str]:
    """Different sentences of fit length, in random order."""
    known = {line for line in read_lines(path) if len(line) in LENGTHS}
    lines = sorted(known)
    random.Random(1).shuffle(lines)
    return lines[:count]


def render_lines(
    engine: Translator, matcher: Matcher, texts: Sequence[str]
) -> list[list[Rendering]]:
    """Renderings of each text without those that have faults, best first."""
    matches = [matcher.find_matches(text) for text in texts]
    found = engine.translate(texts, alternatives=KEPT, aligned=False)
    renderings = [
        _list_renderings(text, one, known)
        for text, one, known in zip(texts, found, matches, strict=True)
    ]
    lacking = [
        i
        for i, known in enumerate(matches)
        if max((one.names for one in renderings[i]), default=0) < len(known)
    ]
    asked = engine.translate(
        [texts[i] for i in lacking],
        alternatives=KEPT,
        aligned=False,
        annotations=[
            [Annotation(match.span, match.term.preferred) for match in matches[i]] for i in lacking
        ],
    )
    for i, one in zip(lacking, asked, strict=True):
        renderings[i] += _list_renderings(texts[i], one, matches[i])
    return renderings


def write_renderings(
    path: Path, lines: Sequence[str], engine: Translator, matcher: Matcher
) -> None:
    """Render the sentences, a chunk at a time, from the first that the file does not have yet."""
    known = sum(1 for _ in read_lines(path)) if path.exists() else 0
    for start in range(known, len(lines), CHUNK):
        chunk = lines[start : start + CHUNK]
        rows = zip(chunk, render_lines(engine, matcher, chunk), strict=True)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        with gzip.open(path, "at", encoding="utf-8") as out:
            out.write(text)
        print(f"{start + len(chunk)} of {len(lines)} sentences rendered", flush=True)


def choose_renderings(path: Path, reverse: Translator | None, keep: float) -> list[SentencePair]:
    """Sentences with their best renderings: the share that the model was surest of.

    :param reverse: a model from English to Arabic, or None.
    """
    rated = sorted(rate_sentences(path, reverse), key=lambda one: -one[0])
    return [pair for _, pair in rated[: round(keep * len(rated))]]


def rate_sentences(path: Path, reverse: Translator | None) -> Iterator[tuple[float, SentencePair]]:
    """Each sentence that has a rendering with its best, and the model's own score of that."""
    rows = [json.loads(line) for line in read_lines(path)]
    for start in range(0, len(rows), CHUNK):
        chunk = [
            (text, [Rendering(*one) for one in found])
            for text, found in rows[start : start + CHUNK]
        ]
        asked = [(one.english, text) for text, found in chunk for one in found]
        backward = iter(_score_arabic(reverse, asked))
        for text, found in chunk:
            rated = [(one.names, one.score + next(backward), one) for one in found]
            if rated:
                best = max(rated)[2]
                yield best.score, SentencePair(text, best.english)


def translate_back(path: Path, count: int, engine: Translator) -> Iterator[SentencePair]:
    """English of so many sentences of the news beside the Arabic that the reverse model gives."""
    pairs = [line.split("\t") for line in read_lines(path)]
    english = [pair[2] for pair in pairs if pair[0] == "news"]
    english = random.Random(1).sample(english, min(count, len(english)))
    for start in range(0, len(english), CHUNK):
        chunk = english[start : start + CHUNK]
        for text, found in zip(chunk, engine.translate(chunk, aligned=False), strict=True):
            if not found.truncated:
                yield SentencePair(found.text, text)


def replace_domain(path: Path, domain: str, pairs: Iterable[SentencePair]) -> Counter[str]:
    """Put the pairs into a file of pairs as a domain, instead of those it had; what happened."""
    lines = [line for line in read_lines(path) if line.split("\t", 1)[0] != domain]
    counts: Counter[str] = Counter()
    for pair in pairs:
        reason = explain_rejection(pair)
        counts[reason or "kept"] += 1
        if reason is None:
            lines.append(f"{domain}\t{pair.arabic}\t{pair.english}")
    part = path.with_suffix(".part")
    with gzip.open(part, "wt", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in lines)
    os.replace(part, path)
    return counts


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("render", "choose", "back"))
    parser.add_argument("work", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--reverse", type=Path, help="a model from English to Arabic")
    parser.add_argument("--glossary", type=Path, nargs="+", default=[Path("glossary")])
    parser.add_argument("--lines", type=int, default=60_000, help="most sentences to render")
    parser.add_argument("--keep", type=float, default=0.5, help="share of renderings to take")
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()
    settings, path = EngineSettings(beam=options.beam), options.work / "pairs.tsv.gz"
    if options.step == "render":
        engine = MarianTranslator(find_model(str(options.model)), settings)
        matcher = Matcher(load_glossary(options.glossary).terms)
        lines = draw_lines(options.work / "mono.txt.gz", options.lines)
        write_renderings(options.work / RENDERED, lines, engine, matcher)
        return
    reverse = options.reverse and MarianTranslator(find_model(str(options.reverse)), settings)
    if options.step == "choose":
        domain, pairs = "self", choose_renderings(options.work / RENDERED, reverse, options.keep)
    elif reverse:
        domain, pairs = "back", translate_back(path, options.lines, reverse)
    else:
        parser.error("back needs --reverse MODEL")
    print(dict(replace_domain(path, domain, pairs)))


def _score_arabic(reverse: Translator | None, asked: Sequence[tuple[str, str]]) -> list[float]:
    """Mean log-probability of the Arabic given the English of each pair; 0 without a model."""
    if reverse is None or not asked:
        return [0.0] * len(asked)
    english, arabic = zip(*asked, strict=True)
    return [one.mean for one in reverse.score(english, arabic)]


def _list_renderings(text: str, best: Hypothesis, matches: Sequence[Match]) -> list[Rendering]:
    return [
        Rendering(one.text, one.log_probability, len(place_terms(one.text, matches)))
        for one in (best, *best.alternatives)
        if not FAULTS & {doubt.code for doubt in find_doubts(text, one, one.text)}
    ]


if __name__ == "__main__":
    main()
