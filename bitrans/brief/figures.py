"""Figures of a line: each number with what it counts and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bitrans.brief.english import holds_number
from bitrans.brief.lines import Line, fold_words, is_among
from bitrans.brief.numbers import Number, read_numbers
from bitrans.brief.subjects import find_subject
from bitrans.brief.units import MEASURES, PEOPLE, PER_CENT, PERSONS, TIMES, Units, is_square
from bitrans.core import Citation, Figure, Span

#: Nouns whose number is a name: القرار 2254, الفرقة 11, طائرة ميغ 29.
_NUMBERED = fold_words(
    "قرار القرار مادة المادة رقم الرقم فرقة الفرقة لواء اللواء فوج الفوج كتيبة الكتيبة"
    " قناة فقرة بند"
    " الفقرة البند صفحة الصفحة قرن القرن مجموعة قمة طراز ميغ ميج سوخوي سو توبوليف تو إف"
    " اف إس اس تي بي"
    " إم ام إيه كي موديل طريق الطريق أوتوستراد مشروع ضاحية فرانس راديو جي دورة الدورة"
    " نسخة أيلول سورية24"
    " قناه اتش بوينغ ايرباص إيرباص الذكرى ذكرى الجيل جيل"
)
_CLOCK = fold_words("الساعة ساعة بتوقيت توقيت غرينتش جرينتش غرينيتش")
_YEAR = (1900, 2100)
_COUNT = fold_words("عدد عددهم عددها حصيلة الحصيلة العدد أعداد عديد تعداد عدده نسبة نسبته نسبتها")
_OTHERS = fold_words("آخرين آخرون آخر أخرى غيرهم منهم")
#: After these stands for whom a number without a noun is: people.
#: After a year: of the Islamic calendar, or of the Gregorian.
_HIJRI = fold_words("ه هجري هجرية ميلادي ميلادية م")
_HIJRI_MONTHS = fold_words("محرم صفر ربيع جمادى رجب شعبان رمضان شوال ذو ذي")
_WHO = fold_words("ممن")
_ONE_OF = fold_words("أحد إحدى")
_AMONG = fold_words("بينهم بينهن منهم منهن بينها منها ضمنهم")
_LINKS = fold_words("من ال")
_AGED = fold_words("العمر عمره عمرها عمر")
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
_LONGEST_LIST, _LONGEST_MONTH = 99, 31
_PER_CENT = re.compile(r"\s*(?:%|(?:في|ب)\s?ال(?:ميه|مايه)\b|بال(?:ميه|مايه)\b)")
_NEAR = 2
_FAR = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with the line's words it stands in and, where the unit is unknown, the noun.

    ``total`` where it is a count of all (``عدد القتلى``), not of those of one time.
    """

    line: Line
    first: int
    last: int
    figure: Figure
    noun: str = ""
    vague: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """What figures are read with."""

    units: Units
    subjects: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number with what it counts; ``last`` is the last word of both.

    ``others`` for more of what was counted before (``130 آخرين``).
    """

    number: Number
    last: int
    unit: str = ""
    subject: str = ""
    noun: str = ""
    others: bool = False


def find_figures(line: Line, tables: Tables, *, dates: Sequence[Span] = ()) -> list[Found]:
    """The figures of a line, in order.

    Not figures: dates, years, times of day, ordinals, numbers in names.

    :param dates: spans of the segment's text that are dates.
    """
    counted = [
        _count(line, number, tables)
        for number in [*read_numbers(line), *_find_duals(line, tables.units)]
        if not _is_name_or_date(line, number, dates)
    ]
    kept = _drop_overlapping(sorted(filter(None, counted), key=lambda one: one.number.first))
    taken = [at for one in kept for at in range(one.number.first, one.last + 1)]
    found: list[Found] = []
    whole: Found | None = None
    for one in kept:
        among = _is_among(line, one.number)
        if one.others and whole and whole.figure.unit in PERSONS:
            one = replace(one, unit=whole.figure.unit)
        subject = one.subject or (whole.figure.subject if among and whole else "")
        subject = subject or _find_subject(line, one, tables, taken)
        found.append(_build(line, one, subject))
        whole = whole if among else found[-1]
    return found


def _drop_overlapping(counted: Sequence[_Counted]) -> list[_Counted]:
    """``المئة`` of ``90 في المئة`` is no number of its own."""
    kept: list[_Counted] = []
    for one in counted:
        if not kept or one.number.first > kept[-1].last:
            kept.append(one)
    return kept


def _is_among(line: Line, number: Number) -> bool:
    """``50 مدنيا بينهم 11 طفلا``: the eleven are among the fifty."""
    return any(line.read(at) in _AMONG for at in range(number.first - 3, number.first))


def _find_duals(line: Line, units: Units) -> list[Number]:
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


def _is_name_or_date(line: Line, number: Number, dates: Sequence[Span]) -> bool:
    span = line.cite(number.first, number.last).span
    assert span is not None
    if any(date.start < span.end and span.start < date.end for date in dates):
        return True
    if any(first <= number.first and number.last <= last for first, last, _ in line.matches):
        return True
    if line.read(number.last + 1) in _HIJRI and not line.read_gap(number.last + 1).strip():
        return True
    if line.read(number.last + 1) in _HIJRI_MONTHS and number.high <= _LONGEST_MONTH:
        return True
    if _is_item(line, number):
        return True
    before, beside = line.read(number.first - 1), line.read_gap(number.first)
    if before in _NUMBERED and not beside.strip(" -("):
        return True
    if "-" in beside and not beside.strip("-") and before and not before[0].isdecimal():
        return True
    return _is_clock(line, number) or bool(
        re.match(r"[:/]\d", line.text[line.words[number.last].end :])
    )


def _is_item(line: Line, number: Number) -> bool:
    """Numbers of a list or a note (``(6)``, ``9- ``), and scores (``3-1``)."""
    start, end = line.words[number.first].start, line.words[number.last].end
    before, after = line.text[:start].rstrip(), line.text[end:]
    if not number.digits or number.high > _LONGEST_LIST:
        return False
    alone = (not before and after.startswith(("-", ".", ")", " -"))) or (
        before.endswith("(") and after.lstrip().startswith(")")
    )
    scored = re.match(r"-\d", after) or re.search(r"\d-$", line.text[:start])
    return alone or (bool(scored) and number.hedge != "between")


def _is_clock(line: Line, number: Number) -> bool:
    before, after = line.read(number.first - 1), line.read(number.last + 1)
    if line.text[: line.words[number.first].start].endswith((":", "/")):
        return line.text[
            line.words[number.first].start - 2 : line.words[number.first].start - 1
        ].isdigit()
    return before in ("الساعه", "الساعة") or after in _CLOCK - {"ساعه"}


def _count(line: Line, number: Number, tables: Tables) -> _Counted | None:
    """The number with its unit, or None where it counts nothing."""
    if number.share or (end := _read_per_cent(line, number)) is None:
        return _count_noun(line, number, tables)
    return _Counted(number, end, PER_CENT)


def _read_per_cent(line: Line, number: Number) -> int | None:
    """The last word of ``90 في المئة`` or ``90%``."""
    start = line.words[number.last].end
    match = _PER_CENT.match(line.text, start)
    if match is None:
        return None
    return max(i for i, word in enumerate(line.words) if word.start < match.end())


def _count_noun(line: Line, number: Number, tables: Tables) -> _Counted | None:
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
        if found and not found[0].startswith(("و", "ف")):
            return _name_unit(line, number, at, tables.units)
        if line.read(at) not in _LINKS and line.read(at) not in _NUMBERED - {"مجموعه"}:
            break
    if number.first == number.last and tables.units.find(line.read(number.first)):
        return _name_unit(line, number, number.first, tables.units)
    return _count_before(line, number, tables)


def _name_unit(line: Line, number: Number, at: int, units: Units) -> _Counted:
    found = units.find(line.read(at))
    assert found is not None
    name, subject = found[1].name, found[1].subject
    if is_square(line.read(at + 1)):
        name, at = f"square {name}", at + 1
    if line.read(at + 1) == "ونصف":
        number = replace(number, low=number.low + 0.5, high=number.high + 0.5)
        at += 1
    return _Counted(number, at, name, subject)


def _count_share(line: Line, number: Number, tables: Tables) -> _Counted | None:
    """``ثلث الأحياء`` is a share; ``نصف ساعة`` is half of a unit."""
    word = line.read(number.last + 1)
    if line.breaks_before(number.last + 1) or word in _NOT_NOUNS:
        return None
    found = tables.units.find(word)
    if found and not found[0].endswith(("ال", "لل")) and not found[1].plural:
        part = replace(number, low=number.low / 100, high=number.high / 100, share=False)
        return _Counted(part, number.last + 1, found[1].name, found[1].subject)
    whole = word.startswith("ال") or (found is not None and found[1].plural)
    return _Counted(number, number.last, PER_CENT) if whole else None


def _count_before(line: Line, number: Number, tables: Tables) -> _Counted | None:
    """``الدول الخمس``, ``عدد القتلى إلى 50``, ``قتل 50``, or a noun that the table lacks."""
    if number.digits and _is_year(line, number):
        return None
    attached = number.digits and number.definite and not line.read_gap(number.first)
    found = tables.units.find(line.read(number.first - (2 if attached else 1)))
    if found and (number.definite or number.low == 1) and not line.breaks_before(number.first):
        if number.low == 1 and (number.definite or not _is_of_one(line, number, tables)):
            return None
        return _Counted(number, number.last, found[1].name, found[1].subject)
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


def _find_counted(line: Line, number: Number, units: Units) -> _Counted | None:
    """What stands after the nearest عدد or حصيلة before the number, in its clause."""
    for at in range(number.first - 1, max(-1, number.first - 1 - _FAR), -1):
        if line.read_gap(at + 1).strip(" \"'()") not in ("", "-", "،"):
            return None
        if not is_among(line.read(at), _COUNT):
            continue
        for noun in range(at + 1, min(at + 3, number.first)):
            if found := units.find(line.read(noun)):
                return _Counted(number, number.last, found[1].name, found[1].subject)
        return None
    return None


def _is_total(line: Line, number: Number) -> bool:
    """Whether a word for a count stands before the number in its clause."""
    for at in range(number.first - 1, max(-1, number.first - 1 - _FAR), -1):
        if line.breaks_before(at + 1):
            return False
        if is_among(line.read(at), _COUNT):
            return True
    return False


def _count_unknown(line: Line, number: Number, tables: Tables) -> _Counted | None:
    """People where somebody was killed or fled, or else the Arabic noun without English."""
    after = line.read(number.last + 1)
    beside = not line.breaks_before(number.last + 1) and not line.words[number.last + 1].is_number
    if after.removeprefix("ال") in _OTHERS and beside:
        return _Counted(number, number.last + 1, PEOPLE, others=True)
    if after in _WHO and beside:
        return _Counted(number, number.last, PEOPLE)
    if number.low == 1 and not number.digits:
        return None
    subject = find_subject(line, number.first, number.last, tables.subjects)
    noun = after if beside and _may_be_noun(after) else ""
    if not noun and subject in ("killed", "wounded", "displaced", "detained", "evacuated"):
        return _Counted(number, number.last, PEOPLE)
    if number.definite:
        return _Counted(number, number.last) if number.digits else None
    if noun and (number.digits or not noun.startswith("ال") or number.vague):
        return _Counted(number, number.last + 1, noun=noun)
    return _Counted(number, number.last) if number.digits else None


def _may_be_noun(word: str) -> bool:
    joined = word.startswith(("و", "ف")) and not word.startswith(_NOUNS_IN_WAW)
    return not joined and word not in _NOT_NOUNS and word[1:] not in _NOT_NOUNS


def _find_subject(line: Line, one: _Counted, tables: Tables, taken: Sequence[int]) -> str:
    """What is said of it by the words around."""
    if one.unit in TIMES:
        aged = one.unit == "years" and _is_age(line, one)
        return "of age" if aged else ""
    number = one.number
    others = [at for at in taken if not number.first <= at <= one.last]
    if one.unit in MEASURES and one.unit not in (PER_CENT, "square km"):
        return ""
    persons = one.unit in PERSONS if one.unit else None
    return find_subject(
        line, number.first, one.last, tables.subjects, persons=persons, taken=others
    )


def _is_age(line: Line, one: _Counted) -> bool:
    near = {line.read(at) for at in range(one.number.first - 3, one.last + 4)}
    alone = line.read_gap(one.number.first).strip() == "("
    return bool(near & _AGED) or (alone and line.read_gap(one.last + 1).strip().startswith(")"))


def _build(line: Line, one: _Counted, subject: str) -> Found:
    number = one.number
    last = max(one.last, number.last)
    citation = _cite(line, number, last)
    stated = holds_number(
        line.pair.target,
        number.low,
        number.high,
        vague=number.vague,
        share=number.share or one.unit == PER_CENT,
    )
    figure = Figure(
        citation, line.show(citation), number.low, number.high, one.unit, subject,
        "about" if number.vague and number.hedge == "exactly" else number.hedge, stated,
    )  # fmt: skip
    return Found(line, number.first, last, figure, one.noun, number.vague, _is_total(line, number))


def _cite(line: Line, number: Number, last: int) -> Citation:
    """Without the و in front, with the sign of per cent behind."""
    start, end = line.words[number.first].start, line.words[last].end
    if number.prefix and not number.definite:
        start += len(number.prefix)
    sign = re.match(r"\s*%", line.text[end:])
    return line.cite_characters(start, end + (sign.end() if sign else 0))
