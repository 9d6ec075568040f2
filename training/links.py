"""Step 3: which words of the English render which of the Arabic, and which of them are names.

``python -m training.links WORK --glossary glossary`` writes ``WORK/links.jsonl.gz``, a line for
each line of ``WORK/pairs.tsv.gz``:

``{"names": [[start, end, start, end, kind], ...], "words": [[start, end, start, end], ...]}``

Spans are in characters, of the Arabic first. Names are mentions of the termbase whose English has
an admitted form; words are linked by a statistical aligner (fast_align, Dyer et al. 2013,
https://aclanthology.org/N13-1073/) in both directions at once, joined by grow-diag-final-and.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from bitrans.arabic import fold_for_matching
from bitrans.core import Span
from bitrans.enforce import place_terms
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary
from training.corpus import read_lines

#: Domains in which names of the termbase are looked for.
NAMED = frozenset({"news", "self", "back", "reports", "titles", "prose"})
BATCH = 10_000
_WORD = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
_PREFIX = re.compile("(?:و|ف)?(?:[بكل]?ال|لل|[بل](?=\\w{4}))?(?=\\w{3})")

Pair = tuple[str, str, str]
Word = tuple[str, Span]


def list_words(text: str, *, arabic: bool) -> list[Word]:
    """Words and signs of a text with their places, folded so that a word has few shapes.

    Arabic loses its prefixes where three letters are left, English its capitals and ``'s``.
    """
    found = [(match.group(), Span(*match.span())) for match in _WORD.finditer(text)]
    fold = _fold_arabic if arabic else _fold_english
    return [(fold(word), span) for word, span in found]


def find_names(pair: Pair, matcher: Matcher, links: list[list[int]]) -> list[list[Any]]:
    """Names whose place is known on both sides, where the aligner links the two."""
    domain, arabic, english = pair
    matches = matcher.find_matches(arabic) if domain in NAMED else []
    places = place_terms(english, matches)
    found = [(*matches[i].span, *span, matches[i].term.kind) for i, span in places.items()]
    return [list(name) for name in found if any(_touches(name, link) for link in links)]


def align_words(pairs: list[Pair]) -> Iterator[list[list[int]]]:
    """Linked words of each pair, as spans of the Arabic and of the English."""
    import systran_align

    sides = [
        (list_words(arabic, arabic=True), list_words(english, arabic=False))
        for _, arabic, english in pairs
    ]
    with tempfile.TemporaryDirectory() as folder:
        text, forward, backward = (f"{folder}/{name}" for name in ("text", "forward", "backward"))
        Path(text).write_text(
            "".join(f"{_join(ours)} ||| {_join(theirs)}\n" for ours, theirs in sides),
            encoding="utf-8",
        )
        systran_align.generate_alignment_probabilities(
            text, forward, backward, favor_diagonal=True, optimize_tension=True
        )
        aligner = systran_align.Aligner(forward, backward)
    for start in range(0, len(sides), BATCH):
        part = sides[start : start + BATCH]
        found = aligner.align_batch(
            [[word for word, _ in ours] for ours, _ in part],
            [[word for word, _ in theirs] for _, theirs in part],
        )
        for (ours, theirs), result in zip(part, found, strict=True):
            yield [[*ours[i][1], *theirs[j][1]] for i, j in result["alignments"]]


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--glossary", type=Path, action="append", required=True)
    options = parser.parse_args()
    pairs = [_read_pair(line) for line in read_lines(options.work / "pairs.tsv.gz")]
    matcher = Matcher(load_glossary(options.glossary).terms)
    names = words = 0
    with gzip.open(options.work / "links.jsonl.gz", "wt", encoding="utf-8") as out:
        for pair, links in zip(pairs, align_words(pairs), strict=True):
            found = find_names(pair, matcher, links)
            names, words = names + len(found), words + len(links)
            row = {"names": found, "words": links}
            out.write(json.dumps(row, separators=(",", ":")) + "\n")
    print(f"pairs {len(pairs)}, names linked {names}, words linked {words}")


def _read_pair(line: str) -> Pair:
    domain, arabic, english = line.split("\t")
    return domain, arabic, english


def _touches(name: tuple[int, int, int, int, str], link: list[int]) -> bool:
    return name[0] < link[1] and link[0] < name[1] and name[2] < link[3] and link[2] < name[3]


@lru_cache(maxsize=1 << 20)
def _fold_arabic(word: str) -> str:
    folded = fold_for_matching(word).text
    return _PREFIX.sub("", folded, count=1) or folded


def _fold_english(word: str) -> str:
    return word.lower().removesuffix("'s")


def _join(words: list[Word]) -> str:
    return " ".join(word for word, _ in words)


if __name__ == "__main__":
    main()
