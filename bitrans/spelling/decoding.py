"""The likeliest spellings of one Arabic word by the table, and what vowel marks say of them."""

from __future__ import annotations

import re
from math import exp
from typing import NamedTuple

from bitrans.spelling.table import END, START, Table

#: Spellings kept at each letter, and spellings given.
BEAM, BEST = 10, 8
#: What it costs, as a logarithm, to go against a mark that the Arabic has.
_AGAINST = 6.0
_MARK = re.compile("[\u064b-\u0652]")
_VOWELS = {"\u064e": "ae", "\u064f": "uo", "\u0650": "iey"}
#: Letters that carry a marked vowel on: it may be spelt with them.
_CARRIERS = {"\u064e": "اىة", "\u064f": "و", "\u0650": "ي"}
_SUKUN, _SHADDA = "\u0652", "\u0651"
_SPOKEN = re.compile("[aeiouy]+$")


class _Path(NamedTuple):
    score: float
    units: tuple[int, ...]
    text: str


def decode_word(word: str, table: Table) -> list[tuple[str, float]]:
    """Spellings in small letters with their shares of the likelihood, the likeliest first.

    Letters that the table does not have are left out.
    """
    letters = [found for found in _split_letters(word) if found[0] in table.units]
    paths = [_Path(0.0, (START,), "")]
    for at, (letter, marks) in enumerate(letters):
        after = letters[at + 1][0] if at + 1 < len(letters) else ""
        first, spellings = table.units[letter]
        costs = [_judge_marks(text, marks, after) for text in spellings]
        grown = [
            _Path(path.score + likely - cost, (*path.units, unit), path.text + text)
            for path in paths
            for unit, (text, cost, likely) in enumerate(
                zip(spellings, costs, table.score(path.units, first, len(costs)), strict=True),
                first,
            )
        ]
        paths = sorted(grown, key=lambda path: (-path.score, path.text))[:BEAM]
    return _share(paths, table) if letters else []


def _share(paths: list[_Path], table: Table) -> list[tuple[str, float]]:
    weights: dict[str, float] = {}
    ended = [(path.score + table.score(path.units, END, 1)[0], path.text) for path in paths]
    top = max(score for score, _ in ended)
    for score, text in ended:
        if text:
            weights[text] = weights.get(text, 0.0) + exp(score - top)
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return [(text, weight / total) for text, weight in ranked[:BEST]]


def _split_letters(word: str) -> list[tuple[str, str]]:
    letters: list[tuple[str, str]] = []
    for sign in word:
        if not _MARK.match(sign):
            letters.append((sign, ""))
        elif letters:
            letters[-1] = (letters[-1][0], letters[-1][1] + sign)
    return letters


def _judge_marks(text: str, marks: str, after: str) -> float:
    """What a spelling of a letter costs for going against the letter's marks."""
    if not marks:
        return 0.0
    spoken = _SPOKEN.search(text)
    vowel = spoken.group() if spoken else ""
    against = 0
    if _SHADDA in marks and after:
        against += text[:1] != text[1:2]
    if _SUKUN in marks:
        against += bool(vowel)
    for mark in _VOWELS.keys() & set(marks):
        carried = bool(after) and after in _CARRIERS[mark]
        against += vowel[:1] not in _VOWELS[mark] if vowel else not carried
    return _AGAINST * against
