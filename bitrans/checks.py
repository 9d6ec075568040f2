"""Doubts about an English line that its reader, who cannot check the Arabic, must be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from bitrans.arabic import normalise_for_model
from bitrans.core import Doubt, Hypothesis

LOW_LOG_PROBABILITY = -1.6
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[,،]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_WORD = re.compile(r"\w+")
_ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ARABIC_SCALES = {
    "مئة": 100,
    "مائة": 100,
    "ألف": 1000,
    "الف": 1000,
    "آلاف": 1000,
    "الاف": 1000,
    "ألفا": 1000,
    "ألفاً": 1000,
    "مليون": 10**6,
    "ملايين": 10**6,
    "مليونا": 10**6,
    "مليار": 10**9,
    "مليارات": 10**9,
    "بليون": 10**9,
}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH_WORDS = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    "dozen": 12,
    "first": 1,
    "second": 2,
    "third": 3,
}
_ARABIC_NUMBER_WORD = re.compile(
    r"\b[وبلف]?(?:ال)?(?:واحد|احد|أحد|إحدى|اثن|اثنا|إثن|ثاني|ثلاث|ثلث|أربع|اربع|خمس|ست|سبع|ثمان|"
    r"ثماني|تسع|عشر|عشرون|عشرين|مئة|مائة|مئات|مئتي|ألف|الف|آلاف|ألفي|مليون|ملايين|مليار|نصف|ربع|"
    r"أول|اول|أولى)\w{0,4}\b"
)


def find_doubts(source: str, hypothesis: Hypothesis, target: str) -> tuple[Doubt, ...]:
    """All doubts about the English ``target`` of the Arabic ``source``, in a fixed order."""
    if not target.strip():
        return (Doubt("empty", "The model gave no English for this line."),)
    found = (check(source, target) for check in TEXT_CHECKS)
    doubts = [doubt for doubt in found if doubt]
    if hypothesis.truncated:
        doubts.append(Doubt("truncated", "The English may break off before the Arabic ends."))
    if hypothesis.log_probability < LOW_LOG_PROBABILITY:
        doubts.append(Doubt("unsure", "The model was unsure of this line as a whole."))
    return tuple(doubts)


def find_lost_numbers(source: str, target: str) -> Doubt | None:
    """Numbers written in figures in the Arabic that the English lacks."""
    english = _english_values(target)
    lost = [shown for shown, value in _arabic_numbers(source) if value not in english]
    if not lost:
        return None
    return Doubt("number-lost", f"In the Arabic but not in the English: {_join(lost)}.")


def find_added_numbers(source: str, target: str) -> Doubt | None:
    """Numbers in figures in the English that the Arabic has neither in figures nor in words."""
    arabic = {value for _, value in _arabic_numbers(source)} | _plain_values(source)
    worded = bool(_ARABIC_NUMBER_WORD.search(source))
    added = [
        shown
        for shown, value in _figures(target)
        if value not in arabic and not worded and not _in_scaled(value, target, arabic)
    ]
    if not added:
        return None
    return Doubt("number-added", f"In the English but not in the Arabic: {_join(added)}.")


def find_repeats(source: str, target: str) -> Doubt | None:
    """A run of words that the English says again at once, or far more often than the Arabic."""
    words = [word.lower() for word in _WORD.findall(target)]
    for length in range(1, 9):
        needed = 3 if length < 3 else 2
        for start in range(len(words) - length * needed + 1):
            run = words[start : start + length]
            if all(
                words[start + k * length : start + (k + 1) * length] == run
                for k in range(1, needed)
            ):
                return Doubt("repeated", f"The English repeats itself: {_join([' '.join(run)])}.")
    return None


def find_copied_source(source: str, target: str) -> Doubt | None:
    """Arabic letters left in the English."""
    if _ARABIC_LETTER.search(target) is None:
        return None
    return Doubt("untranslated", "Part of the Arabic stands untranslated in the English.")


def find_odd_length(source: str, target: str) -> Doubt | None:
    """English much shorter or longer than the Arabic calls for."""
    arabic, english = len(_WORD.findall(source)), len(_WORD.findall(target))
    if arabic >= 8 and english < 0.6 * arabic:
        return Doubt("short", "The English is much shorter than the Arabic: part may be missing.")
    if english > 2.6 * arabic + 6:
        return Doubt("long", "The English is much longer than the Arabic: part may be invented.")
    return None


TEXT_CHECKS: tuple[Callable[[str, str], Doubt | None], ...] = (
    find_lost_numbers,
    find_added_numbers,
    find_repeats,
    find_copied_source,
    find_odd_length,
)


def _join(parts: list[str]) -> str:
    return ", ".join(dict.fromkeys(parts))


def _value(text: str) -> Decimal | None:
    plain = re.sub(r"[,،](?=\d{3}(?!\d))", "", text).replace(",", ".").replace("،", ".")
    try:
        return Decimal(plain).normalize()
    except InvalidOperation:
        return None


def _figures(text: str) -> list[tuple[str, Decimal]]:
    found = ((match.group(), _value(match.group())) for match in _NUMBER.finditer(text))
    return [(shown, value) for shown, value in found if value is not None]


def _arabic_numbers(source: str) -> list[tuple[str, Decimal]]:
    """Numbers of the Arabic with their scale word counted in (``130 ألف`` is 130,000)."""
    text = normalise_for_model(source)
    found = []
    for match in _NUMBER.finditer(text):
        value = _value(match.group())
        if value is None:
            continue
        following = text[match.end() :].split(maxsplit=1)
        scale = _ARABIC_SCALES.get(following[0].strip('.,،؛"')) if following else None
        shown = match.group() if scale is None else f"{match.group()} × {scale:,}"
        found.append((shown, (value * (scale or 1)).normalize()))
    return found


def _plain_values(source: str) -> set[Decimal]:
    return {value for _, value in _figures(normalise_for_model(source))}


def _english_values(target: str) -> set[Decimal]:
    """Values that the English states in figures or in words, alone and with their scale."""
    values: set[Decimal] = set()
    tokens = re.findall(r"\d[\d,.]*|[A-Za-z]+", target)
    for index, token in enumerate(tokens):
        value = _value(token.rstrip(".,")) if token[0].isdigit() else _word_value(tokens, index)
        if value is None:
            continue
        values.add(value)
        for word in tokens[index + 1 : index + 3]:
            if word.lower() in _ENGLISH_SCALES:
                values.add((value * _ENGLISH_SCALES[word.lower()]).normalize())
    return values


def _word_value(tokens: list[str], index: int) -> Decimal | None:
    value = _ENGLISH_WORDS.get(tokens[index].lower())
    if value is None:
        return None
    following = tokens[index + 1].lower() if index + 1 < len(tokens) else ""
    if value >= 20 and following in _ONES[1:10]:
        value += _ENGLISH_WORDS[following]
    return Decimal(value).normalize()


def _in_scaled(value: Decimal, target: str, arabic: set[Decimal]) -> bool:
    """Whether a figure of the English stands before a scale word and fits the Arabic so."""
    return any(
        (value * scale).normalize() in arabic
        for word, scale in _ENGLISH_SCALES.items()
        if re.search(rf"\b{word}\b", target, re.IGNORECASE)
    )
