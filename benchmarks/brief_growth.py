"""How a brief grows: seconds and peak memory for 25, 50, 100 and 200 documents, as ratios.

``python -m benchmarks.brief_growth [FOLDER]`` builds documents from the ``.json`` files that
``bitrans translate seeds/`` wrote into FOLDER (default ``out``): sentences of all articles in a new
order, numbers and some words changed, so that no two documents are the same. Each size runs in a
process of its own. The last column is what n log n in the sentences would be.
"""

from __future__ import annotations

import math
import random
import re
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.briefs import load
from bitrans.brief import build_brief
from bitrans.core import BilingualDocument, Document, Match, Pair, Span

SIZES = (25, 50, 100, 200)
REPEATS = 3
#: Sentences of a document, and the share of its words that are made new.
SENTENCES, CHANGED = 30, 0.15
_LETTERS = "ابتثجحخدرزسشصطعفقكلمنهوي"


def main() -> None:
    """Measure each size in its own process and print ratios to the smallest."""
    arguments = sys.argv[1:]
    if len(arguments) == 2:
        measure(Path(arguments[0]), int(arguments[1]))
        return
    folder = arguments[0] if arguments else "out"
    print("documents  sentences   seconds  ratio    MiB  ratio  n log n")
    first: tuple[float, float, float] | None = None
    for size in SIZES:
        command = [sys.executable, "-m", "benchmarks.brief_growth", folder, str(size)]
        made = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        count, seconds, memory = int(made[0]), float(made[1]), float(made[2])
        growth = count * math.log(count)
        first = first or (seconds, memory, growth)
        print(
            f"{size:>9}{count:>11}{seconds:>10.2f}{seconds / first[0]:>7.2f}{memory:>7.1f}"
            f"{memory / first[1]:>7.2f}{growth / first[2]:>9.2f}"
        )


def measure(folder: Path, size: int) -> None:
    """Print sentences, the least processor seconds, and the MiB that briefs added at their peak."""
    reports = make_reports(load(folder), size)
    build_brief(reports[:1])  # loads numpy and compiles what is compiled once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = []
    for _ in range(REPEATS):
        begun = time.process_time()
        brief = build_brief(reports)
        spent.append(time.process_time() - begun)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(brief.claims) > 0
    print(sum(len(report.pairs) for report in reports), min(spent), (after - before) / 1024)


def make_reports(seeds: list[BilingualDocument], size: int) -> list[BilingualDocument]:
    """Documents of sentences drawn from the seeds, with numbers and words changed."""
    pool = [pair for report in seeds for pair in report.pairs]
    return [_make_report(pool, number) for number in range(size)]


def _make_report(pool: list[Pair], number: int) -> BilingualDocument:
    draw = random.Random(number)
    changed = [_change(pair, draw) for pair in draw.sample(pool, SENTENCES)]
    name = f"d{number:04}"
    text, pairs = "", []
    for index, pair in enumerate(changed):
        span = Span(len(text), len(text) + len(pair.segment.text))
        segment = replace(pair.segment, document_id=name, paragraph=index, index=index, span=span)
        pairs.append(replace(pair, segment=segment))
        text += pair.segment.text + "\n"
    document = Document(name, name, name, f"2016-12-{1 + number % 28:02}", text, "0" * 64)
    return BilingualDocument(document, tuple(pairs))


def _change(pair: Pair, draw: random.Random) -> Pair:
    """Other numbers, and some words made of chance letters; matches stay where they stood."""
    taken = [match.span for match in pair.matches]
    pieces, matches, moved, at = [], list(pair.matches), 0, 0
    text = pair.segment.text
    for word in re.finditer(r"\w+", text):
        if any(word.start() < span.end and span.start < word.end() for span in taken):
            continue
        if draw.random() >= CHANGED and not word.group().isdigit():
            continue
        new = str(draw.randint(2, 999)) if word.group().isdigit() else _make_word(draw)
        pieces += [text[at : word.start()], new]
        at = word.end()
        moved = len(new) - len(word.group())
        matches = [_move(match, old, at, moved) for match, old in zip(matches, taken, strict=True)]
    pieces.append(text[at:])
    segment = replace(pair.segment, text="".join(pieces))
    return replace(pair, segment=segment, raw=pair.target, steps=(), matches=tuple(matches))


def _move(match: Match, old: Span, end: int, moved: int) -> Match:
    if old.start < end:
        return match
    return replace(match, span=Span(match.span.start + moved, match.span.end + moved))


def _make_word(draw: random.Random) -> str:
    return "".join(draw.choices(_LETTERS, k=draw.randint(3, 7)))


if __name__ == "__main__":
    main()
