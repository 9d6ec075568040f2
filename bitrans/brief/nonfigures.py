"""Numbers that count nothing: dates, times of day, scores, items of a list, parts of names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bitrans.brief.lines import Line, fold_words
from bitrans.brief.numbers import Number
from bitrans.core import Span

#: Nouns whose number is a name: القرار 2254, الفرقة 11, طائرة ميغ 29.
NUMBERED = fold_words(
    "قرار القرار مادة المادة رقم الرقم فرقة الفرقة لواء اللواء فوج الفوج كتيبة الكتيبة"
    " قناة فقرة بند"
    " الفقرة البند صفحة الصفحة قرن القرن مجموعة قمة طراز ميغ ميج سوخوي سو توبوليف تو إف"
    " اف إس اس تي بي"
    " إم ام إيه كي موديل طريق الطريق أوتوستراد مشروع ضاحية فرانس راديو جي دورة الدورة"
    " نسخة أيلول سورية24"
    " قناه اتش بوينغ ايرباص إيرباص الذكرى ذكرى الجيل جيل"
    " المرحلة المركز الدقيقة الجولة الدائرة الطبعة الحلقة الفصل العدد الموسم مونديال الصف المجموعة"
)
_CLOCK = fold_words("الساعة ساعة بتوقيت توقيت غرينتش جرينتش غرينيتش")
#: After these stands for whom a number without a noun is: people.
#: After a year: of the Islamic calendar, or of the Gregorian.
_HIJRI = fold_words("ه هجري هجرية ميلادي ميلادية م")
_HIJRI_MONTHS = fold_words("محرم صفر ربيع جمادى رجب شعبان رمضان شوال ذو ذي")
_LONGEST_LIST, _LONGEST_MONTH = 99, 31


def is_name_or_date(line: Line, number: Number, dates: Sequence[Span]) -> bool:
    """Whether a number is part of a name or a date, a time of day, a score or a list's.

    :param dates: spans of the segment's text that are dates.
    """
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
    attached = number.digits and number.definite and not line.read_gap(number.first)
    before = line.read(number.first - (2 if attached else 1))
    beside = line.read_gap(number.first - (1 if attached else 0))
    if before in NUMBERED and not beside.strip(" -("):
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
