"""The table that spells unknown names, from lists of names: ``python -m training.transliteration``.

``CORPORA/names`` is read, word pairs are aligned letter by letter (each Arabic letter to none to
four Latin ones, by expectation maximisation over best paths: S. Jiampojamarn, G. Kondrak and
T. Sherif, "Applying many-to-many alignments", NAACL 2007, with one letter on the Arabic side), and
a back-off model of the aligned units is counted (``training/unitgrams.py``). The same lists give
the same bytes. What is held out, and how it is measured, says ``training/spelt.py``.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bitrans.glossary.terms import load_glossary
from bitrans.spelling.decoding import decode_word
from bitrans.spelling.skeleton import fold_arabic, fold_latin
from bitrans.spelling.table import END, FIRST, START, Table, build_table, read_table, write_table
from training.namepairs import Name, read_names, split_names
from training.spelt import list_sets, list_terms, print_measures, spell_words
from training.unitgrams import count_model

Unit = tuple[str, str]
#: Latin letters that one Arabic letter may be spelt with.
LONGEST = 4
#: Rounds of alignment, on every so many words.
ROUNDS, SAMPLE = 5, 4
#: Units seen less often are slips.
LEAST_UNIT = 12
#: A pair is a slip where its letters are spelt so unusually, as a mean logarithm per letter.
UNUSUAL = -5.0
#: A word has a usual spelling where so many names have it and so large a share spells it so.
USUAL, USUAL_SHARE = 20, 0.3
_FLOOR = 1e-7
#: A vowel is taken to belong to the consonant before it, not to the one after.
VOWELS = tuple("aeiou")


class Aligned(NamedTuple):
    """The units of a word and how often it counts."""

    units: tuple[Unit, ...]
    count: int


def count_words(names: Iterable[Name]) -> dict[tuple[str, str], int]:
    """How often each Arabic word is spelt each way."""
    counts: Counter[tuple[str, str]] = Counter()
    for name in names:
        counts.update(zip(name.arabic, name.latin, strict=True))
    return dict(sorted(counts.items()))


def align_words(counts: Mapping[tuple[str, str], int]) -> list[Aligned]:
    """The words as units, without those that fit badly."""
    pairs = list(counts)
    costs = None
    for _ in range(ROUNDS):
        seen: Counter[Unit] = Counter()
        for arabic, latin in pairs[::SAMPLE]:
            seen.update(align_word(arabic, latin, costs)[1])
        costs = _weigh(seen)
    aligned = {pair: align_word(*pair, costs) for pair in pairs}
    frequent = Counter(unit for _, units in aligned.values() for unit in units)
    return [
        Aligned(tuple(units), 1 + int(math.log2(counts[pair])))
        for pair, (score, units) in aligned.items()
        if units
        and score / len(units) > UNUSUAL
        and all(frequent[unit] >= LEAST_UNIT for unit in units)
    ]


def align_word(
    arabic: str, latin: str, costs: Mapping[Unit, float] | None
) -> tuple[float, list[Unit]]:
    """The best way to give each Arabic letter its Latin ones, with its log likelihood."""
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for letter in arabic:
        row: dict[int, tuple[float, int]] = {}
        for start, (score, _) in best[-1].items():
            for end in range(start, min(start + LONGEST, len(latin)) + 1):
                spelt = latin[start:end]
                cost = _guess(letter, spelt) if costs is None else _look_up(costs, letter, spelt)
                if end not in row or score + cost > row[end][0]:
                    row[end] = (score + cost, start)
        best.append(row)
    if len(latin) not in best[-1]:
        return -math.inf, []
    units, end = [], len(latin)
    for at in range(len(arabic), 0, -1):
        start = best[at][end][1]
        units.append((arabic[at - 1], latin[start:end]))
        end = start
    return best[-1][len(latin)][0], units[::-1]


def find_usual(counts: Mapping[tuple[str, str], int], table: Table) -> dict[str, str]:
    """The commonest spelling of frequent words, where the table alone would say another."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for (arabic, latin), count in counts.items():
        spelt[arabic][latin] += count
    usual = {}
    for arabic, ways in sorted(spelt.items()):
        latin, count = min(ways.items(), key=lambda item: (-item[1], item[0]))
        if ways.total() >= USUAL and count >= USUAL_SHARE * ways.total():
            found = decode_word(arabic, table)
            if found and found[0][0] != latin:
                usual[arabic] = latin
    return usual


def train_table(names: Sequence[Name]) -> Table:
    """The table of names that are not held out."""
    counts = count_words(names)
    aligned = align_words(counts)
    kinds = sorted({unit for word in aligned for unit in word.units})
    signs = {unit: chr(FIRST + number) for number, unit in enumerate(kinds)}
    rows = [
        (f"{chr(START)}{''.join(signs[u] for u in word.units)}{chr(END)}", word.count)
        for word in aligned
    ]
    *counted, order = count_model(rows)
    likelihoods, backoffs = ({tuple(map(ord, g)): v for g, v in one.items()} for one in counted)
    units: dict[str, list[str]] = defaultdict(list)
    for letter, spelt in kinds:
        units[letter].append(spelt)
    table = build_table(units, likelihoods, backoffs, {}, order)
    return replace(table, words=find_usual(counts, table))


def main() -> None:
    """Parse the command line, train, write and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", type=Path, help="folder of NAME.tsv.gz: Arabic, English, kind")
    parser.add_argument("out", type=Path, help="the table, bitrans/spelling/names.gz")
    parser.add_argument("--glossary", type=Path, default=Path("glossary"))
    parser.add_argument("--most", type=int, default=1000, help="held-out names of a kind")
    options = parser.parse_args()
    names = list(read_names(options.names))
    termbase = list_terms(load_glossary([options.glossary]).terms)
    split = split_names(names, termbase)
    data = write_table(train_table(split.kept))
    options.out.write_bytes(data)
    table = read_table(data)
    print(f"{len(names)} names agree, {len(split.kept)} of them for training")
    print(f"{len(table.grams)} n-grams, {len(table.words)} words, {len(data)} bytes")
    for title, cases in list_sets(split, termbase, most=options.most).items():
        print_measures(title, cases, {"table": lambda words, most: spell_words(words, most, table)})


def _guess(letter: str, spelt: str) -> float:
    """A first cost: the sound of the letter, and the fewer other letters the better."""
    ours, theirs = fold_arabic(f"ا{letter}"), fold_latin(f"a{spelt}")
    early = ours != "" and spelt[:1] in VOWELS
    return -0.4 * abs(len(spelt) - 1) - (0.0 if ours == theirs else 4.0) - (1.0 if early else 0.0)


def _look_up(costs: Mapping[Unit, float], letter: str, spelt: str) -> float:
    found = costs.get((letter, spelt))
    return math.log(_FLOOR) - 2 * len(spelt) if found is None else found


def _weigh(seen: Counter[Unit]) -> dict[Unit, float]:
    totals: Counter[str] = Counter()
    for (letter, _), count in seen.items():
        totals[letter] += count
    return {unit: math.log(count / totals[unit[0]]) for unit, count in seen.items()}


if __name__ == "__main__":
    main()
