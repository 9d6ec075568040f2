"""Whether an English line holds a number, in any form."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKEN = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[a-z]+")
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6,
    "mn": 1e6, "bn": 1e9, "k": 1e3,
}  # fmt: skip
_VALUES: dict[str, float] = {
    **{word: float(i) for i, word in enumerate(_ONES)},
    **{word: 10.0 * i for i, word in enumerate(_TENS, 2)},
    "dozen": 12.0, "half": 0.5, "quarter": 0.25, "third": 0.3333, "thirds": 0.3333,
}  # fmt: skip
#: Words that may stand for a small number.
_SMALL = {
    1: ("a", "an", "one", "single"),
    2: ("two", "both", "pair", "couple", "twin", "double"),
    3: ("three", "trio", "triple"),
    12: ("dozen", "twelve"),
    24: ("day",),
}
#: Words for many, by the least that they mean.
_MANY = {
    20: "dozens scores tens many several", 200: "hundreds", 2000: "thousands",
    20_000: "tens thousands", 200_000: "hundreds thousands", 2_000_000: "millions",
}  # fmt: skip


def holds_number(text: str, low: float, high: float, *, vague: bool, share: bool) -> bool:
    """Whether an English text says the number, or both ends of the range.

    :param vague: the range is what a word such as "dozens" allows.
    :param share: the number is in per cent; "half" says 50.
    """
    plain = text.lower()
    words = _TOKEN.findall(plain)
    if vague:
        return any(word in words for word in _MANY.get(int(low), "").split())
    values = read_values(words)
    if share:
        values |= {100 * value for value in values if value < 1}
    return all(_holds(value, values, words) for value in {low, high})


def read_values(words: Iterable[str]) -> set[float]:
    """The values that English words can mean, each number alone and with what follows."""
    values: set[float] = set()
    total = current = 0.0
    reading = False
    for word in [*words, ""]:
        value = _read(word)
        if value is not None and not (reading and word[0].isdigit()):
            current += value
            values |= {value, current}
            reading = True
        elif word in _SCALES and (reading or word == "hundred"):
            scaled = (current or 1.0) * _SCALES[word]
            values |= {scaled, total + scaled}
            if word == "hundred":
                current = scaled
            else:
                total, current = total + scaled, 0.0
        elif word != "and":
            values |= {total + current}
            total, current, reading = 0.0, value or 0.0, value is not None
            values |= {current}
    return values


def _read(word: str) -> float | None:
    if word and word[0].isdigit():
        return float(word.replace(",", ""))
    return _VALUES.get(word)


def _holds(value: float, values: set[float], words: list[str]) -> bool:
    if any(abs(value - other) <= 0.006 * max(1.0, value) for other in values):
        return True
    if any(word in words for word in _SMALL.get(int(value), ()) if value == int(value)):
        return True
    return _holds_scaled(value, values, words)


def _holds_scaled(value: float, values: set[float], words: list[str]) -> bool:
    """``five to six million``: the scale stands once, after the second number."""
    return any(
        word in words and value / scale in values
        for word, scale in _SCALES.items()
        if scale <= value
    )
