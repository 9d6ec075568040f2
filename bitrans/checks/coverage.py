"""Parts of the Arabic that the English does not come from, by the model's attention.

Where the attention is trained as an alignment, what the model renders gets the attention of the
tokens that render it; a clause that it leaves out gets none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bitrans.arabic import MONTHS, fold_for_matching
from bitrans.core import Hypothesis, Span

#: A word that gets less than this, of the 1 that each token of the English gives, is bare.
BARE = 0.55
#: So many words that say something stand in a row where a part is taken to be left out.
FEWEST = 2
#: Letters of a word that says something.
_LETTERS = 3
_WORD = re.compile(r"[^\W\d_]+")
#: Words that English often needs no word for; of a month's two names it has one.
_SMALL = frozenset(
    fold_for_matching(
        "من إلى على في عن أن إن أو أي ما لا لم لن قد كان كانت يكون تكون هو هي هم وهو وهي كما بعد "
        "قبل منذ حتى بين عند عندما حين هذا هذه ذلك تلك هنا هناك التي الذي الذين والتي والذي غير "
        "مع كل أيضا بأن بشكل نحو حول خلال مثل ثم لكن ولكن إذ إذا حيث فيما مما به بها له لها فيه "
        "فيها منه منها عليه عليها وقد فقد إنه إنها أنه أنها وأن وإن سوف أما فإن وما ولا ولم "
        + " ".join(name for names in MONTHS for name in names)
    ).text.split()
)


def list_left_out(source: str, hypothesis: Hypothesis, named: Sequence[Span] = ()) -> list[str]:
    """Runs of Arabic words, as they are written, that the English seems to leave out.

    :param hypothesis: its source spans are into ``source``; without an alignment nothing is said.
    :param named: mentions of terms, of which the page says itself whether they are there.
    """
    if not hypothesis.alignment:
        return []
    begins = len(hypothesis.alignment[0]) > 0
    words = [Span(*found.span()) for found in _WORD.finditer(source)]
    weights = _weigh_words(words, hypothesis)
    bare = [
        weight < BARE and not any(word.overlaps(span) for span in named)
        for word, weight in zip(words, weights, strict=True)
    ]
    runs = (words[first : last + 1] for first, last in _list_runs(bare) if first or begins)
    telling = ([word for word in run if _says_something(word.slice(source))] for run in runs)
    return [source[found[0].start : found[-1].end] for found in telling if len(found) >= FEWEST]


def _weigh_words(words: Sequence[Span], hypothesis: Hypothesis) -> list[float]:
    """The attention that each word gets from all tokens of the English."""
    totals = list(map(sum, zip(*filter(len, hypothesis.alignment or ()), strict=True)))
    weights = [0.0] * len(words)
    at = 0
    for span, total in zip(hypothesis.source_spans, totals, strict=False):
        while at < len(words) and words[at].end <= span.start:
            at += 1
        if at < len(words) and words[at].overlaps(span):
            weights[at] += total
    return weights


def _list_runs(bare: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last word of each run of bare ones."""
    for is_bare, run in groupby(range(len(bare)), key=bare.__getitem__):
        places = list(run)
        if is_bare:
            yield places[0], places[-1]


def _says_something(word: str) -> bool:
    folded = fold_for_matching(word).text
    return len(folded) >= _LETTERS and folded not in _SMALL
