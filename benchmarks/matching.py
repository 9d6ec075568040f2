"""How matching grows with the termbase: processor seconds for a million words, and ratios.

``python -m benchmarks.matching [FILE_OR_FOLDER] [WORDS]`` matches the lines of text files (default
``seeds/``, repeated until there are enough words) against termbases of 100 to 100,000 terms. The
terms are those that come with bitrans, and beyond them made-up names: half of these begin with a
word of the text, so that every such word must be followed further.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from bitrans.core import Term
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary
from bitrans.resources import data_folder

SIZES = (100, 1_000, 10_000, 100_000)
WORDS = 1_000_000
#: Lines matched as one document.
DOCUMENT = 20


def main() -> None:
    """Measure and print the table."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "seeds")
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else WORDS
    lines = take_lines(read_lines(path), wanted)
    words = sum(len(line.split()) for line in lines)
    terms = load_glossary([data_folder("glossary")]).terms
    made = make_terms(lines, max(SIZES))
    random.Random(5).shuffle(shipped := list(terms))
    print(f"{words:,} words, processor seconds for a million of them")
    print(f"{'terms':>9}{'build s':>10}{'match s':>10}{'ratio':>8}{'mentions':>10}")
    first = 0.0
    for size in SIZES:
        chosen = [*shipped, *made][:size]
        build, match, mentions = measure(chosen, lines)
        match *= 1_000_000 / words
        first = first or match
        print(f"{size:>9,}{build:>10.2f}{match:>10.2f}{match / first:>8.2f}{mentions:>10,}")


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, or of all the text files in a folder."""
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    texts = (file.read_text(encoding="utf-8") for file in files)
    return [line for text in texts for line in text.splitlines() if line.strip()]


def take_lines(lines: Sequence[str], words: int) -> list[str]:
    """As many lines, from the first again where they run out, as have so many words."""

    def take() -> Iterator[str]:
        left = words
        for line in cycle(lines):
            if left <= 0:
                return
            left -= len(line.split())
            yield line

    return list(take())


def make_terms(lines: Sequence[str], count: int) -> list[Term]:
    """Made-up names of two words; the first of every second one is a word of the text."""
    rng = random.Random(3)
    known = sorted({word for line in islice(lines, 5000) for word in line.split() if len(word) > 3})
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"

    def make_word() -> str:
        return "".join(rng.choices(letters, k=rng.randint(4, 7)))

    return [
        Term(
            f"place-made-{i}",
            "place",
            (f"{rng.choice(known) if i % 2 else make_word()} {make_word()}",),
            f"Made {i}",
        )
        for i in range(count)
    ]


def measure(terms: Sequence[Term], lines: Sequence[str]) -> tuple[float, float, int]:
    """Processor seconds to build the matcher and to match all lines, and the mentions found."""
    begun = time.process_time()
    matcher = Matcher(terms)
    built = time.process_time()
    found = [
        matcher.find_in_document(lines[at : at + DOCUMENT]) for at in range(0, len(lines), DOCUMENT)
    ]
    ended = time.process_time()
    mentions = sum(len(matches) for document in found for matches in document)
    return built - begun, ended - built, mentions


if __name__ == "__main__":
    main()
