"""Numbers of an Arabic line, in digits and in words, with what hedges them.

A number's value is a range: both ends are the same for a plain number. Words for many (``عشرات``,
``آلاف``) are the range that the word allows: dozens from 20 to 99, thousands from 2,000 to 9,999.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bitrans.brief.hedges import find_hedge, is_of_change
from bitrans.brief.lines import PREFIXES, Line, fold_words, look_up
from bitrans.core import Hedge
from bitrans.numerals import SCALES, TENS, UNITS, WHOLE, read_values


def _as_floats(*tables: Mapping[str, Decimal]) -> dict[str, float]:
    return {word: float(value) for table in tables for word, value in table.items()}


_SCALES = _as_floats(SCALES)
_FRACTIONS = _as_floats(read_values("0.5 نصف, 0.25 ربع, 0.3333 ثلث, 0.6667 ثلثي ثلثا ثلثين"))
_MANY = _as_floats(read_values("10 عشرات, 100 مييات ميات, 1e3 الاف الوف, 1e6 ملايين, 1e9 مليارات"))
_WORDS = _as_floats(UNITS, TENS, WHOLE, SCALES)
_ALL = {**_WORDS, **_FRACTIONS, **_MANY}
#: Ones that ordinals have in front of عشر and عشرين.
_ORDINALS = fold_words("حادي حادية ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع"
                       " سابعة ثامن ثامنة تاسع تاسعة")  # fmt: skip
_JOINED = ("و", "وال")
#: More than one of a thing, and less than the next word for many.
_FEWEST, _MOST = 2, 10


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a line, from word ``first`` to word ``last``.

    ``vague`` for words such as ``عشرات``; ``share`` for a part of a whole (``ثلث``), whose value
    is then in per cent. ``prefix`` is what is written onto its first word.
    """

    first: int
    last: int
    low: float
    high: float
    hedge: Hedge = "exactly"
    digits: bool = False
    definite: bool = False
    vague: bool = False
    share: bool = False
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    value: float
    prefix: str
    digits: bool = False
    scale: bool = False
    many: bool = False
    fraction: bool = False

    @property
    def joined(self) -> bool:
        return self.prefix in _JOINED


def read_numbers(line: Line) -> list[Number]:
    """The numbers of a line, in order; ranges as one."""
    numbers: list[Number] = []
    at = 0
    while at < len(line.words):
        number = _read_at(line, at)
        if number is not None:
            numbers.append(number)
        at = number.last + 1 if number else at + 1
    joined = _join_ranges(line, numbers)
    return [n if n.hedge == "between" else replace(n, hedge=find_hedge(line, n)) for n in joined]


def read_digits(text: str) -> float:
    """The value of a word in digits: ``1.200`` and ``1,200`` are 1200, ``5ر2`` is 2.5."""
    if "ر" in text:
        fraction, whole = text.split("ر")
        return float(f"{whole}.{fraction}")
    plain = text.replace("،", ",")
    parts = plain.replace(",", ".").split(".")
    grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:])
    if grouped and len(parts[0]) <= 3 and parts[0] != "0":
        return float("".join(parts))
    if len(parts) > 2:
        return float("".join(parts))
    return float(".".join(parts))


def _read_at(line: Line, at: int) -> Number | None:
    first = _tokenise(line, at, alone=True)
    if first is None:
        return None
    tokens = [first]
    ends = [at]
    while found := _continue(line, ends[-1] + 1, tokens):
        ends.append(found[0])
        tokens.append(found[1])
        if _starts_anew(tokens):
            tokens, ends = tokens[:-2], ends[:-2]
            break
    return _build(at, ends[-1], tokens)


def _tokenise(line: Line, at: int, *, alone: bool) -> _Token | None:
    word = line.read(at)
    if not word:
        return None
    if word[0].isdecimal():
        prefix = _read_prefix(line, at)
        return _Token(read_digits(word), prefix, digits=True)
    if look_up(word, _ALL) is None or word == "لست":  # "I am not" before it is "for six"
        return None
    if alone and (found := look_up(word, _MANY)):
        return _Token(found[1], found[0], many=True, scale=True)
    if found := look_up(word, _SCALES):
        return _Token(found[1], found[0], scale=True)
    if alone and _follows_ordinal(line, at):
        return None
    if found := look_up(word, _WORDS):
        return None if _is_weekday(word, found[0]) else _Token(found[1], found[0])
    if found := look_up(word, _FRACTIONS):
        return _Token(found[1], found[0], fraction=True)
    return None


def _read_prefix(line: Line, at: int) -> str:
    """What is written onto digits: ``و50``, ``ال48``."""
    before = line.read(at - 1)
    return before if at and not line.read_gap(at) and before in PREFIXES else ""


def _is_weekday(word: str, prefix: str) -> bool:
    """``الاثنين`` is Monday before it is two."""
    return word.endswith("اثنين") and prefix.endswith("ال")


def _follows_ordinal(line: Line, at: int) -> bool:
    before = line.read(at - 1).removeprefix("ال")
    return before in _ORDINALS or before.removeprefix("وال") in _ORDINALS


def _continue(line: Line, at: int, tokens: list[_Token]) -> tuple[int, _Token] | None:
    """The token at a word and its place, if it belongs to the number that ``tokens`` are."""
    if at >= len(line.words) or line.read_gap(at).strip(" -"):
        return None
    if line.read(at) == "و" and line.read(at + 1)[:1].isdecimal() and not line.read_gap(at + 1):
        at += 1
    token = _tokenise(line, at, alone=False)
    return (at, token) if token and _belongs(tokens[-1], token) else None


def _belongs(last: _Token, token: _Token) -> bool:
    if token.scale:
        return _scales(last, token)
    if token.fraction:
        return token.joined and last.scale and not last.many
    if not token.joined:
        return token.value == 10 and 1 <= last.value <= 9 and not last.digits and not token.prefix
    if last.many or last.fraction:
        return False
    if 1 <= last.value <= 9 and not last.digits:
        return 20 <= token.value <= 90 and not token.digits
    if last.scale:
        return token.value < last.value
    ready = last.value >= 100 and not last.digits and not token.digits
    return ready and token.value < min(100.0, last.value)


def _starts_anew(tokens: Sequence[_Token]) -> bool:
    """``50 ألفا و60 ألفا`` are two numbers: a scale comes again after "and"."""
    if len(tokens) < 3 or not tokens[-1].scale or not tokens[-2].joined or tokens[-2].fraction:
        return False
    scales = [token.value for token in tokens[:-2] if token.scale and token.value >= 1000]
    return bool(scales) and tokens[-1].value >= scales[-1]


def _scales(last: _Token, token: _Token) -> bool:
    if token.joined:
        return last.scale and not last.many and token.value < last.value
    if token.prefix not in ("", "ال"):
        return False
    return last.value < token.value and (not last.scale or last.many or last.value == 100)


def _build(first: int, last: int, tokens: Sequence[_Token]) -> Number | None:
    value = _add_up(tokens)
    head = tokens[0]
    digits = any(token.digits for token in tokens)
    prefix = "" if head.digits else head.prefix
    definite = head.prefix.endswith(("ال", "لل"))
    if head.many:
        low, high = _FEWEST * value, _MOST * value - 1
        return Number(first, last, low, high, definite=definite, vague=True, prefix=prefix)
    if head.fraction and len(tokens) == 1:
        share = round(100 * value, 1)
        return None if definite else Number(first, last, share, share, share=True, prefix=prefix)
    return Number(first, last, value, value, digits=digits, definite=definite, prefix=prefix)


def _add_up(tokens: Sequence[_Token]) -> float:
    """``3 ملايين و500 ألف`` is 3,500,000; ``مليون ونصف`` is 1,500,000."""
    total = current = 0.0
    scale = 1.0
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before and token.fraction and token.joined:
            total += token.value * scale
        elif before and before.fraction and before.joined and token.value == scale:
            continue  # مليون ونصف المليون
        elif not token.scale:
            current += token.value
        else:
            current = (current or 1.0) * token.value
            if token.value >= 1000:
                total, current, scale = total + current, 0.0, token.value
    return round(total + current, 6)


def _join_ranges(line: Line, numbers: list[Number]) -> list[Number]:
    joined: list[Number] = []
    for number in numbers:
        if joined and (whole := _join_range(line, joined[-1], number)):
            joined[-1] = whole
        else:
            joined.append(number)
    return joined


def _join_range(line: Line, one: Number, two: Number) -> Number | None:
    """``بين 50 و60 ألفا``, ``من 5 إلى 6``, ``5-6``, ``خمسة أو ستة`` as one number."""
    if one.vague or two.vague or two.share != one.share:
        return None
    if not _is_range(line, one, two):
        return None
    low = one.low
    scale = _find_scale(line, two)
    if low < two.low and low * scale < two.low and one.first == one.last:
        low *= scale
    if low >= two.high:
        return None
    return replace(two, first=one.first, low=low, hedge="between", prefix=one.prefix)


def _find_scale(line: Line, number: Number) -> float:
    found = look_up(line.read(number.last), _SCALES)
    return found[1] if found and number.first != number.last and found[1] >= 1000 else 1.0


def _is_range(line: Line, one: Number, two: Number) -> bool:
    between = line.text[line.words[one.last].end : line.words[two.first].start].strip()
    if between == "-":
        return one.low < two.high and not (1900 <= one.low <= 2100)
    words = between.split()
    if len(words) > 2 or any(c in between for c in "،,.؛:"):
        return False
    link = words[-1] if words else ""
    joined = link in ("و", "") and (link == "و" or line.read(two.first).startswith("و"))
    if line.read(one.first - 1).removeprefix("و").removeprefix("ل") in ("بين", "مابين"):
        return joined
    if link in ("الي", "او") and len(words) <= 2:
        return not is_of_change(line, one.first)
    return False
