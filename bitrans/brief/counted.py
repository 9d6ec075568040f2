"""What a number counts: the noun after it, before it, or understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bitrans.brief.lines import Line, fold_words, is_among
from bitrans.brief.nonfigures import NUMBERED
from bitrans.brief.numbers import Number
from bitrans.brief.subjects import find_subject
from bitrans.brief.units import PEOPLE, PER_CENT, TIMES, Units, is_square

_YEAR = (1900, 2100)
_COUNT = fold_words("عدد عددهم عددها حصيلة الحصيلة العدد أعداد عديد تعداد عدده نسبة نسبته نسبتها")
_OTHERS = fold_words("آخرين آخرون آخر أخرى غيرهم منهم")
_WHO = fold_words("ممن")
_ONE_OF = fold_words("أحد إحدى")
_LINKS = fold_words("من ال")
#: Words after a number that it cannot count.
_NOT_NOUNS = fold_words(
    "في من على إلى عن مع أن إن التي الذي الذين ما لا لم قد كما بين بعد قبل حيث أو ثم كل منذ حتى"
    " خلال ضد أمام تحت فوق حول لدى هو هي هم هذا هذه ذلك تلك كان كانت بحسب وفق حسب بينهم منهم بسبب"
    " جراء نتيجة داخل خارج وسط قرب ضمن عبر اليوم أمس غدا فقط تقريبا آخرين آخرون كانوا أصبحت أصبح"
)
#: Beginnings of nouns whose first letter is not "and".
_NOUNS_IN_WAW = ("وثيق", "وثايق", "وحد", "ولاي", "وسيل", "ورش", "ورق", "وافد", "وكال", "فرق",
                 "فري", "فند", "فلم", "فيلم", "فصل")  # fmt: skip
#: What is said of one person and is news.
OF_ONE = frozenset({"killed", "wounded", "detained", "kidnapped", "missing", "released"})
_PER_CENT = re.compile(r"\s*(?:%|(?:في|ب)\s?ال(?:ميه|مايه)\b|بال(?:ميه|مايه)\b)")
_NEAR = 2
_FAR = 12


@dataclass(frozen=True, slots=True)
class Tables:
    """What figures are read with."""

    units: Units
    subjects: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with what it counts; ``last`` is the last word of both.

    ``others`` for more of what was counted before (``130 آخرين``).
    """

    number: Number
    last: int
    unit: str = ""
    subject: str = ""
    noun: str = ""
    others: bool = False


def find_duals(line: Line, units: Units) -> list[Number]:
    """``حيين`` is two districts. Duals with the article (``البلدين``) were named before."""
    numbers = []
    for at, word in enumerate(line.words):
        found = units.find(word.text)
        if found is None or not found[1].dual or found[1].name in ("times", "miles"):
            continue
        definite = found[0].endswith(("ال", "لل"))
        counted = at and line.words[at - 1].is_number
        new = not definite or found[1].name in TIMES or line.read(at - 1) in _ONE_OF
        if not counted and new:
            numbers.append(Number(at, at, 2, 2, definite=definite))
    return numbers


def count_thing(line: Line, number: Number, tables: Tables) -> Counted | None:
    """The number with its unit, or None where it counts nothing."""
    if number.share or (end := _read_per_cent(line, number)) is None:
        return _count_noun(line, number, tables)
    return Counted(number, end, PER_CENT)


def _read_per_cent(line: Line, number: Number) -> int | None:
    """The last word of ``90 في المئة`` or ``90%``."""
    start = line.words[number.last].end
    match = _PER_CENT.match(line.text, start)
    if match is None:
        return None
    return max(i for i, word in enumerate(line.words) if word.start < match.end())


def _count_noun(line: Line, number: Number, tables: Tables) -> Counted | None:
    after = number.last + 1
    if number.share:
        return _count_share(line, number, tables)
    for at in range(after, min(after + _NEAR + 1, len(line.words))):
        if line.read_gap(at).strip(" \"'(-"):
            break
        found = tables.units.find(line.read(at))
        apart = found and line.words[number.last].is_number and found[0].endswith("ال")
        if apart and at == after:
            break  # 33 العام: digits count no noun with the article
        if found and found[0] in ("", "ال"):
            return _name_unit(line, number, at, tables.units)
        if line.read(at) not in _LINKS and line.read(at) not in NUMBERED - {"مجموعه"}:
            break
    if number.first == number.last and tables.units.find(line.read(number.first)):
        return _name_unit(line, number, number.first, tables.units)
    return _count_before(line, number, tables)


def _name_unit(line: Line, number: Number, at: int, units: Units) -> Counted:
    found = units.find(line.read(at))
    assert found is not None
    name, subject = found[1].name, found[1].subject
    if is_square(line.read(at + 1)):
        name, at = f"square {name}", at + 1
    if line.read(at + 1) == "ونصف":
        number = replace(number, low=number.low + 0.5, high=number.high + 0.5)
        at += 1
    return Counted(number, at, name, subject)


def _count_share(line: Line, number: Number, tables: Tables) -> Counted | None:
    """``ثلث الأحياء`` is a share; ``نصف ساعة`` is half of a unit."""
    word = line.read(number.last + 1)
    if line.breaks_before(number.last + 1) or word in _NOT_NOUNS:
        return None
    found = tables.units.find(word)
    if found and not found[0].endswith(("ال", "لل")) and not found[1].plural:
        part = replace(number, low=number.low / 100, high=number.high / 100, share=False)
        return Counted(part, number.last + 1, found[1].name, found[1].subject)
    whole = word.startswith("ال") or (found is not None and found[1].plural)
    return Counted(number, number.last, PER_CENT) if whole else None


def _count_before(line: Line, number: Number, tables: Tables) -> Counted | None:
    """``الدول الخمس``, ``عدد القتلى إلى 50``, ``قتل 50``, or a noun that the table lacks."""
    if number.digits and _is_year(line, number):
        return None
    if number.hedge == "between" and _YEAR[0] <= number.low < number.high <= _YEAR[1]:
        return None
    attached = number.digits and number.definite and not line.read_gap(number.first)
    found = tables.units.find(line.read(number.first - (2 if attached else 1)))
    if found and (number.definite or number.low == 1) and not line.breaks_before(number.first):
        if number.low == 1 and (number.definite or not _is_of_one(line, number, tables)):
            return None
        return Counted(number, number.last, found[1].name, found[1].subject)
    if counted := _find_counted(line, number, tables.units):
        return counted
    return _count_unknown(line, number, tables)


def _is_of_one(line: Line, number: Number, tables: Tables) -> bool:
    """``قتل شخص واحد`` counts one; ``أسرة واحدة`` is the same family."""
    subject = find_subject(line, number.first - 1, number.last, tables.subjects, persons=True)
    return subject in OF_ONE


def _is_year(line: Line, number: Number) -> bool:
    word = line.read(number.first)
    return (
        number.first == number.last
        and len(word) == 4
        and word.isdecimal()
        and _YEAR[0] <= number.low <= _YEAR[1]
    )


def _find_counted(line: Line, number: Number, units: Units) -> Counted | None:
    """What stands after the nearest عدد or حصيلة before the number, in its clause."""
    for at in range(number.first - 1, max(-1, number.first - 1 - _FAR), -1):
        if line.read_gap(at + 1).strip(" \"'()") not in ("", "-", "،"):
            return None
        if not is_among(line.read(at), _COUNT):
            continue
        for noun in range(at + 1, min(at + 3, number.first)):
            if found := units.find(line.read(noun)):
                return Counted(number, number.last, found[1].name, found[1].subject)
        return None
    return None


def is_total(line: Line, number: Number) -> bool:
    """Whether a word for a count stands before the number in its clause."""
    for at in range(number.first - 1, max(-1, number.first - 1 - _FAR), -1):
        if line.breaks_before(at + 1):
            return False
        if is_among(line.read(at), _COUNT):
            return True
    return False


def _count_unknown(line: Line, number: Number, tables: Tables) -> Counted | None:
    """People where somebody was killed or fled, or else the Arabic noun without English."""
    after = line.read(number.last + 1)
    beside = not line.breaks_before(number.last + 1) and not line.words[number.last + 1].is_number
    if after.removeprefix("ال") in _OTHERS and beside:
        return Counted(number, number.last + 1, PEOPLE, others=True)
    if after in _WHO and beside:
        return Counted(number, number.last, PEOPLE)
    if number.low == 1 and not number.digits:
        return None
    subject = find_subject(line, number.first, number.last, tables.subjects)
    noun = after if beside and _may_be_noun(after) else ""
    if not noun and subject in ("killed", "wounded", "displaced", "detained", "evacuated"):
        return Counted(number, number.last, PEOPLE)
    if number.definite:
        return Counted(number, number.last) if number.digits else None
    if noun and (number.digits or not noun.startswith("ال") or number.vague):
        return Counted(number, number.last + 1, noun=noun)
    return Counted(number, number.last) if number.digits else None


def _may_be_noun(word: str) -> bool:
    joined = word.startswith(("و", "ف")) and not word.startswith(_NOUNS_IN_WAW)
    return not joined and word not in _NOT_NOUNS and word[1:] not in _NOT_NOUNS
