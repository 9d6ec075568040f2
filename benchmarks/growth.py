"""How the stages without a model grow: seconds as ratios to the smallest size, in one run.

``python -m benchmarks.growth [FOLDER]`` repeats the documents of a folder (default ``seeds``).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bitrans.brief.choose import choose_segments
from bitrans.core import Document, Segment
from bitrans.documents import read_documents
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary
from bitrans.resources import data_folder
from bitrans.segments import split_document

TIMES = (1, 2, 4, 8)


def measure(work: Callable[[], object], *, repeats: int = 3) -> float:
    """Median processor seconds of some work."""
    spent = []
    for _ in range(repeats):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return sorted(spent)[repeats // 2]


def print_row(name: str, seconds: Sequence[float]) -> None:
    """One stage: seconds of the smallest size, then ratios."""
    ratios = "".join(f"{value / seconds[0]:>8.2f}" for value in seconds)
    print(f"{name:<12}{seconds[0]:>9.3f} s{ratios}")


def main() -> None:
    """Measure and print the table."""
    folder = sys.argv[1] if len(sys.argv) > 1 else "seeds"
    texts = [found.text for found in read_documents([folder]) if isinstance(found, Document)]
    matcher = Matcher(load_glossary([Path(data_folder("glossary"))]).terms)
    documents = [
        Document("d", "d", "d", None, "\n".join(texts * times), "0" * 64) for times in TIMES
    ]
    segments: list[list[Segment]] = [split_document(document) for document in documents]
    print("stage" + " " * 9 + "smallest" + "".join(f"{f'x{times}':>8}" for times in TIMES))
    print_row("segment", [measure(lambda d=d: split_document(d)) for d in documents])  # type: ignore[misc]
    print_row(
        "match",
        [
            measure(lambda s=s: matcher.find_in_document([one.text for one in s]))  # type: ignore[misc]
            for s in segments
        ],
    )
    print_row("summarise", [measure(lambda s=s: choose_segments(s)) for s in segments])  # type: ignore[misc]


if __name__ == "__main__":
    main()
