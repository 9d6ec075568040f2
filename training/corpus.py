"""Reading, cleaning and filtering Arabic-English sentence pairs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bitrans.arabic import normalise_for_model

_DIGITS = re.compile(r"\d+")
_PLACEHOLDER = re.compile(r"%[\w(]|\{\{?|\$[\w{]|</?\w+|&\w+;|https?:|\\n")
_SPACE = re.compile(r"\s+")
_ENGLISH_FOLD = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
        "\u200b": None,
        "\u200e": None,
        "\u200f": None,
    }
)


class SentencePair(NamedTuple):
    """One Arabic sentence and its English."""

    arabic: str
    english: str


def normalise_english(text: str) -> str:
    """English with straight quotation marks, plain dashes and single spaces."""
    return _SPACE.sub(" ", text.translate(_ENGLISH_FOLD)).strip()


def read_lines(path: Path) -> Iterator[str]:
    """Lines of a UTF-8 file, gzip'd or not, without their line ends."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield line.rstrip("\n")


def read_pairs(path: Path) -> Iterator[SentencePair]:
    """Normalised pairs of a tab-separated file; columns after the second are ignored."""
    for line in read_lines(path):
        columns = line.split("\t")
        if len(columns) >= 2:
            yield SentencePair(normalise_for_model(columns[0]), normalise_english(columns[1]))


def explain_rejection(pair: SentencePair, *, max_words: int = 90) -> str | None:
    """Why a pair is unfit for training, or None when it is fit."""
    source, target = pair.arabic.split(), pair.english.split()
    if not source or not target:
        return "empty"
    if max(len(source), len(target)) > max_words:
        return "too long"
    if _PLACEHOLDER.search(pair.arabic) or _PLACEHOLDER.search(pair.english):
        return "placeholder"
    if _share(pair.arabic, "\u0600", "\u06ff") < 0.5:
        return "source not Arabic"
    if _share(pair.english, "A", "z") < 0.6 or _share(pair.english, "\u0600", "\u06ff") > 0:
        return "target not English"
    if not 0.45 <= (len(target) + 2) / (len(source) + 2) <= 2.6:
        return "length ratio"
    if len(source) >= 6 and _numbers_disagree(pair):
        return "numbers disagree"
    return None


def word_runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """Each run of ``length`` words in a text, punctuation ignored."""
    words = re.findall(r"\w+", text)
    for start in range(len(words) - length + 1):
        yield tuple(words[start : start + length])


def collect_runs(texts: Iterable[str], length: int) -> set[tuple[str, ...]]:
    """All runs of ``length`` words in some texts."""
    return {run for text in texts for run in word_runs(text, length)}


def _share(text: str, low: str, high: str) -> float:
    letters = [character for character in text if character.isalpha()]
    return sum(low <= c <= high for c in letters) / len(letters) if letters else 0.0


def _numbers_disagree(pair: SentencePair) -> bool:
    """True when a long number of the Arabic is missing from the English or the other way."""
    source = {n.lstrip("0") for n in _DIGITS.findall(pair.arabic) if len(n) >= 3}
    target = {n.lstrip("0") for n in _DIGITS.findall(pair.english) if len(n) >= 3}
    joined_source = "".join(_DIGITS.findall(pair.arabic))
    joined_target = "".join(_DIGITS.findall(pair.english))
    lost = any(n not in joined_target for n in source)
    invented = any(n.rstrip("0") not in joined_source for n in target)
    return lost and invented
