"""How good a brief is beside a reference brief, and how much it repeats itself.

ROUGE: Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries", by the package
rouge-score with its Porter stemmer (F measure); chrF++ on the whole; redundancy as the share of
word triples that stood in the brief before (the complement of the unique n-gram ratio of Xiao &
Carenini 2020, "Systematically Exploring Redundancy Reduction in Summarizing Long Documents");
coverage of the numbers and of the names of the reference brief, each once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version

from bitrans.core import Score
from bitrans.errors import InputError, MissingExtraError
from bitrans.scoring.carried import read_names, read_numbers
from bitrans.scoring.metrics import join_lines, score_corpus

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_RUN = 3
_ROUGE = {"rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeL": "ROUGE-L"}


def score_summaries(
    hypotheses: Sequence[Sequence[str]], references: Sequence[Sequence[str]]
) -> tuple[Score, ...]:
    """ROUGE, chrF++, redundancy, and coverage of figures and actors, in per cent.

    Each brief is given as its lines; ``count`` is the number of briefs, or for coverage of the
    things that the references have. ROUGE is the mean over briefs.

    :raises InputError: when a brief is empty, or the numbers of briefs differ.
    :raises MissingExtraError: when rouge-score is not installed.
    """
    if not hypotheses or len(hypotheses) != len(references):
        raise InputError(f"{len(hypotheses)} briefs for {len(references)} references; pair them")
    ours, theirs = ([join_lines(lines) for lines in side] for side in (hypotheses, references))
    if not all(ours) or not all(theirs):
        raise InputError("nothing to score: a brief or its reference is empty")
    chrf = score_corpus(ours, theirs, unit="document")[1]
    return (
        *_score_rouge(ours, theirs),
        Score("chrF++", chrf.value, chrf.signature, chrf.count),
        _measure_redundancy(ours),
        *_measure_coverage(ours, hypotheses, references),
        _measure_length(ours, theirs),
    )


def _score_rouge(ours: Sequence[str], theirs: Sequence[str]) -> tuple[Score, ...]:
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise MissingExtraError(
            "ROUGE needs rouge-score; install it with: pip install 'bitrans[scores]'"
        ) from error
    scorer = RougeScorer(list(_ROUGE), use_stemmer=True)
    found = [scorer.score(reference, text) for text, reference in zip(ours, theirs, strict=True)]
    signature = f"f:mean|stem:porter|version:{version('rouge-score')}"
    return tuple(
        Score(
            name, 100 * sum(one[key].fmeasure for one in found) / len(found), signature, len(ours)
        )
        for key, name in _ROUGE.items()
    )


def _measure_redundancy(texts: Sequence[str]) -> Score:
    repeated = total = 0
    for text in texts:
        words = [word.casefold() for word in _WORD.findall(text)]
        runs = Counter(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
        total += runs.total()
        repeated += runs.total() - len(runs)
    signature = f"words:{_RUN}|case:folded|version:1"
    return Score("redundancy", 100 * repeated / max(1, total), signature, len(texts))


def _measure_coverage(
    ours: Sequence[str], hypotheses: Sequence[Sequence[str]], references: Sequence[Sequence[str]]
) -> list[Score]:
    kinds: dict[str, Callable[[str], Counter[str]]] = {
        "figures": read_numbers,
        "actors": read_names,
    }
    scores = []
    for kind, read in kinds.items():
        wanted = covered = 0
        for text, lines, reference in zip(ours, hypotheses, references, strict=True):
            known = {item for line in lines for item in read(line)}
            if kind == "actors":  # a name counts wherever it stands, at the head of a line too
                known = {re.sub(r"['’]s?$", "", word.casefold()) for word in _WORD.findall(text)}
            items = {item for line in reference for item in read(line)}
            wanted += len(items)
            covered += len(items & known)
        if wanted:
            scores.append(
                Score(kind, 100 * covered / wanted, "of:reference|once|version:1", wanted)
            )
    return scores


def _measure_length(ours: Sequence[str], theirs: Sequence[str]) -> Score:
    words, wanted = (sum(len(text.split()) for text in side) for side in (ours, theirs))
    return Score("length", 100 * words / max(1, wanted), "words:white-space|version:1", wanted)
