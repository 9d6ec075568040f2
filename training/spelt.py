"""How well held-out names are spelt, by kind: the trained table beside another way.

Three sets are kept from training: names drawn by their own letters, whose words may have been seen
in other names; names with a rare word that is drawn and kept out of every training name; and the
names of the termbase, which show how the table spells beside what the press writes. A
name counts as right where it is one of the spellings that the lists give it, capitals and articles
aside (``exact``); or where the two are equal once doubled letters and the ways to write one vowel
are made one (``near``); ``wrong`` is the share of letters to change towards the closest spelling.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from bitrans.core import Term
from bitrans.spelling.names import list_spellings
from bitrans.spelling.table import Table
from training.namepairs import KINDS, Name, Split, pair_name

Speller = Callable[[Sequence[str], int], list[str]]
_NEAR = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        ("(?:iyy|iy|yy|ii|i)(?:eh|ah|a|e)$", "ia"), ("(?<=..)(?:eh|ah|e|a)$", "a"),
        ("a[iey]e?|e[iy]", "ai"), ("ou|oo|o", "u"), ("a[uw]", "aw"), ("ee|ie|y|i", "e"),
        (r"(\w)\1+", r"\1"),
    )
)  # fmt: skip


class Case(NamedTuple):
    """A held-out name with every spelling that the lists give it."""

    kind: str
    arabic: tuple[str, ...]
    spellings: frozenset[str]


class Measured(NamedTuple):
    """Shares of names, and of wrong letters, from 0 to 1."""

    names: int
    exact: float
    near: float
    exact_in_five: float
    near_in_five: float
    wrong: float


def list_sets(
    split: Split, termbase: Iterable[Name], *, most: int
) -> dict[str, dict[str, list[Case]]]:
    """The three sets of names to measure, by kind."""
    return {
        "names held out": list_cases(split.held_out, most=most),
        "names with a word held out": list_cases(split.unseen, most=most),
        "names of the termbase": list_cases(termbase, most=most),
    }


def list_cases(names: Iterable[Name], *, most: int) -> dict[str, list[Case]]:
    """Names by kind, at most so many of each, spread evenly."""
    spelt: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for name in names:
        spelt[name.kind, name.arabic].add(" ".join(name.latin))
    cases: dict[str, list[Case]] = {}
    for kind in KINDS:
        found = sorted(key for key in spelt if key[0] == kind)
        step = max(1, -(-len(found) // most))
        chosen = found[::step]
        if chosen:
            cases[kind] = [Case(kind, key[1], frozenset(spelt[key])) for key in chosen]
    return cases


def list_terms(terms: Iterable[Term]) -> list[Name]:
    """The names of the termbase whose English spells the Arabic, with each right spelling."""
    kinds = {"person": "person", "place": "place", "group": "org", "outlet": "org"}
    return [
        Name(kinds[term.kind], *pair, "termbase")
        for term in terms
        if term.kind in kinds
        for arabic in term.arabic
        for english in (term.preferred, *term.admitted)
        if (pair := pair_name(arabic, english))
    ]


def spell_words(words: Sequence[str], most: int, table: Table) -> list[str]:
    """A name's spellings by the table, word by word, without the settled ones of the press."""
    found = [list_spellings(word, table)[:most] for word in words]
    options = heapq.nlargest(
        most, product(*found), key=lambda picked: prod(share for _, share in picked)
    )
    return [" ".join(text for text, _ in picked) for picked in options]


def measure_speller(cases: Sequence[Case], spell: Speller) -> Measured:
    """How the first spelling, and the best of five, agree with those of the lists."""
    rows = [_measure(case, [plain_latin(text) for text in spell(case.arabic, 5)]) for case in cases]
    shares = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return Measured(len(rows), *shares)


def fold_near(text: str) -> str:
    """A spelling with doubled letters and the ways to write one vowel made one."""
    words = []
    for word in text.split():
        for pattern, sign in _NEAR:
            word = pattern.sub(sign, word)
        words.append(word)
    return "".join(words)


def plain_latin(text: str) -> str:
    """Small letters without articles, as the lists' spellings are compared."""
    return re.sub(r"\bal-(?=\w)", "", text.lower()).replace("-", " ").replace("'", "")


def _measure(case: Case, found: list[str]) -> tuple[float, ...]:
    near = {fold_near(spelling) for spelling in case.spellings}
    first = found[0] if found else ""
    return (
        float(first in case.spellings),
        float(fold_near(first) in near),
        float(any(text in case.spellings for text in found)),
        float(any(fold_near(text) in near for text in found)),
        min(Levenshtein.distance(first, right) / len(right) for right in case.spellings),
    )


def print_measures(
    title: str, cases: Mapping[str, Sequence[Case]], spellers: Mapping[str, Speller]
) -> None:
    """A line for each kind and way of spelling."""
    print(f"\n| {title} | by | names | exact | near | exact of 5 | near of 5 | letters wrong |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for kind, found in cases.items():
        for label, spell in spellers.items():
            print(_show(kind, label, measure_speller(found, spell)))


def _show(kind: str, label: str, found: Measured) -> str:
    shares = " | ".join(f"{100 * share:.1f} %" for share in found[1:])
    return f"| {kind} | {label} | {found.names} | {shares} |"
