"""Names, numbers and dates of a reference that the translation carries over.

These are what a reader takes from news and what small models lose. Both sides are English, so no
glossary is asked; each is counted as often as the reference has it, within its own text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bitrans.core import Score

_TOKEN = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)?")
#: After one of these a word may have its capital for its place.
_OPENING = '.!?:"”“«»('
_SMALL = {
    word: value
    for value, word in enumerate(
        re.findall(
            r"\w+",
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen",
        )
    )
}
#: What may stand between two words of one number.
_JOINT = re.compile(r"[\s-]*(?:and\s+)?", re.IGNORECASE)
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_MONTHS = re.findall(
    r"\w+", "january february march april may june july august september october november december"
)
_DAYS = re.findall(r"\w+", "monday tuesday wednesday thursday friday saturday sunday")
_DATE_WORDS = frozenset({*_MONTHS, *_DAYS})
_MONTH = "|".join(_MONTHS)
_DAY_OF_MONTH = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH}))\b"
    rf"|\b(?P<day>{'|'.join(_DAYS)})\b",
    re.IGNORECASE,
)
#: ``May`` and ``March`` are months only beside a day; any other month is one alone.
_LONE_MONTH = re.compile(
    rf"\b(?:{'|'.join(month.title() for month in _MONTHS if month not in ('march', 'may'))})\b"
)


def score_carried(hypotheses: Sequence[str], references: Sequence[str]) -> tuple[Score, ...]:
    """``names``, ``numbers`` and ``dates``: the share, in per cent, that stands in ours too.

    ``count`` is how many the references have; a kind of which they have none gives no score.
    """
    readers: dict[str, Callable[[str], Counter[str]]] = {
        "names": read_names,
        "numbers": read_numbers,
        "dates": read_dates,
    }
    scores = []
    for kind, read in readers.items():
        wanted = kept = 0
        for ours, theirs in zip(hypotheses, references, strict=True):
            items = read(theirs)
            found = Counter(_fold_words(ours)) if kind == "names" else read(ours)
            wanted += items.total()
            kept += (items & found).total()
        if wanted:
            scores.append(Score(kind, 100 * kept / wanted, _SIGNATURE, wanted))
    return tuple(scores)


_SIGNATURE = "of:reference|count:clipped|lang:en|version:1"


def read_names(text: str) -> Counter[str]:
    """Words with a capital that begin no sentence, folded; days and months are dates, not names.

    The possessive is taken off, and words that are capitals by rule (``I``) are left out.
    """
    names: Counter[str] = Counter()
    for token in _TOKEN.finditer(text):
        word = token.group()
        if not word[0].isupper() or len(word) < 2:
            continue
        folded, before = _fold_word(word), text[: token.start()].rstrip()
        if before and before[-1] not in _OPENING and folded not in _DATE_WORDS:
            names[folded] += 1
    return names


def read_numbers(text: str) -> Counter[str]:
    """Numbers as digits, be they written in figures or in words; ``one`` and dates left out.

    ``2.5 million``, ``two and a half``: what follows the number scales it, fractions in words are
    not read. English often says *one* without counting.
    """
    numbers: Counter[str] = Counter()
    for value in _read_values(_DAY_OF_MONTH.sub(" ", text)):
        if value != 1:
            numbers[f"{value:.10g}"] += 1
    return numbers


def read_dates(text: str) -> Counter[str]:
    """Days of the week, days of a month (``12-13``) and months that stand alone (``12``)."""
    dates: Counter[str] = Counter()
    for found in _DAY_OF_MONTH.finditer(text):
        if day := found["day"]:
            dates[day.casefold()] += 1
        else:
            month = (found["m1"] or found["m2"]).casefold()
            dates[f"{_MONTHS.index(month) + 1}-{int(found['d1'] or found['d2'])}"] += 1
    for found in _LONE_MONTH.finditer(_DAY_OF_MONTH.sub(" ", text)):
        dates[str(_MONTHS.index(found.group().casefold()) + 1)] += 1
    return dates


def _read_values(text: str) -> Iterator[float]:
    """Each number of the text; a run of number words is one (``two hundred and fifty``)."""
    closed = 0.0  # what stands before the last ``thousand`` or more of this number
    current: float | None = None
    last_end, last_word = 0, ""
    for token in _TOKEN.finditer(text):
        word = token.group().casefold()
        if word == "and" and current is not None:
            continue
        joined = _JOINT.fullmatch(text[last_end : token.start()]) is not None
        value = _value_of(word)
        if current is not None and joined and word in _SCALES:
            current *= _SCALES[word]
            if _SCALES[word] >= 1000:
                closed, current = closed + current, 0.0
        elif current is not None and joined and value is not None and _follows(last_word, word):
            current += value
        else:
            if current is not None:
                yield closed + current
            closed, current = 0.0, value
        last_end, last_word = token.end(), word
    if current is not None:
        yield closed + current


def _value_of(word: str) -> float | None:
    if word[0].isdigit():
        plain = word.replace(",", "")
        return float(plain) if plain.count(".") < 2 else None
    return _SMALL.get(word, _TENS.get(word))


def _follows(before: str, word: str) -> bool:
    """Whether a number word goes on the number that ends with ``before``."""
    if before in _TENS:
        return 0 < _SMALL.get(word, 0) < 10
    return before in _SCALES and (word in _SMALL or word in _TENS)


def _fold_words(text: str) -> Iterator[str]:
    return (_fold_word(token.group()) for token in _TOKEN.finditer(text))


def _fold_word(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.casefold())
