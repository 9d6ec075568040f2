"""Step 9: scores of a converted model on the dev sets, with the stored outputs of peers beside it.

``python -m training.evaluate CORPORA MODEL [--out SCORES.json]``. Greedy noise is not added; beam
and compute type are the engine's defaults. ``--noised`` adds the scores of ``dev/news`` with each
kind of noise put into its Arabic.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from bitrans.arabic import prepare
from bitrans.checks import find_doubts
from bitrans.engine.catalogue import find_model
from bitrans.engine.translator import EngineSettings, MarianTranslator
from bitrans.scoring.metrics import score_corpus
from training.corpus import read_lines
from training.noise import NOISES


def read_dev(path: Path, limit: int | None) -> tuple[list[str], list[str]]:
    """Arabic and English of a dev set as they are written, nothing cleaned."""
    rows = [line.split("\t")[:2] for line in read_lines(path)][:limit]
    return [row[0] for row in rows], [row[1] for row in rows]


def score_lines(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, Any]:
    """Each metric's value and signature."""
    return {
        score.metric: {"value": round(score.value, 2), "signature": score.signature}
        for score in score_corpus(hypotheses, references)
    }


def evaluate_lines(
    engine: MarianTranslator, sources: list[str], references: list[str]
) -> dict[str, Any]:
    """Scores, speed and the share of doubtful lines of a model on parallel lines."""
    begun = time.perf_counter()
    prepared = [prepare(line).text for line in sources]
    found = engine.translate(prepared)
    spent = time.perf_counter() - begun
    words = sum(len(line.split()) for line in sources)
    doubtful = [
        {d.code for d in find_doubts(text, one, one.text)}
        for text, one in zip(prepared, found, strict=True)
    ]
    degenerate = sum(bool(codes & {"repeated", "empty", "truncated"}) for codes in doubtful)
    return {
        "lines": len(sources),
        "scores": score_lines([one.text for one in found], references),
        "degenerate_per_cent": round(100 * degenerate / len(sources), 2),
        "lost_number_per_cent": round(
            100 * sum("number-lost" in codes for codes in doubtful) / len(sources), 2
        ),
        "doubted_lines": dict(sorted(Counter(chain.from_iterable(doubtful)).items())),
        "source_words_per_second": round(words / spent, 1),
    }


def add_noise_throughout(lines: list[str], noise: Callable[[str, random.Random], str]) -> list[str]:
    """One kind of noise put into every line."""
    rng = random.Random(1)
    return [noise(prepare(line).text, rng) for line in lines]


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("model")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--compute-type", default="auto")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--noised", action="store_true")
    options = parser.parse_args()
    settings = EngineSettings(beam=options.beam, compute_type=options.compute_type)
    engine = MarianTranslator(find_model(options.model), settings)
    report: dict[str, Any] = {"model": engine.describe()}
    for name in ("news", "flores"):
        sources, references = read_dev(options.corpora / "dev" / f"{name}.tsv", options.limit)
        report[name] = evaluate_lines(engine, sources, references)
        if name == "news" and options.noised:
            report["noised"] = {
                noise.__name__: evaluate_lines(
                    engine, add_noise_throughout(sources, noise), references
                )
                for _, noise in NOISES
            }
        if name == "flores":
            report["peers"] = {
                path.name.split(".")[1]: score_lines(
                    list(read_lines(path))[: options.limit], references
                )
                for path in sorted((options.corpora / "dev" / "peers").glob("flores.*.en"))
            }
    text = json.dumps(report, indent=1, ensure_ascii=False)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
