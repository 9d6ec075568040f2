"""Expressions of time in a line, read but not yet resolved: ``أمس الاثنين``, ``7 ديسمبر``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bitrans.brief.calendar import DOUBTFUL_MONTHS, list_months, list_weekdays

Shape = Literal["date", "month", "year", "day", "weekday", "ago", "week", "relative-month",
                "relative-year"]  # fmt: skip

_PAST = r"(?:الماضي|الماضيه|الفايت|الفايته|المنصرم|المنصرمه|الفارط|الاخير|الاخيره)"
_NEXT = r"(?:المقبل|المقبله|القادم|القادمه|الاتي|الاتيه)"
_THIS = r"(?:الجاري|الجاريه|الحالي|الحاليه)"
_TURN = rf"(?:\s+(?:(?P<past>{_PAST})|(?P<next>{_NEXT})|(?P<this>{_THIS})))"
_AMOUNTS = {
    "يوم": (1, "day"), "يومين": (2, "day"), "ايام": (0, "day"), "يوما": (0, "day"),
    "اسبوع": (1, "week"), "اسبوعين": (2, "week"), "اسابيع": (0, "week"),
    "شهر": (1, "month"), "شهرين": (2, "month"), "اشهر": (0, "month"), "شهور": (0, "month"),
    "عام": (1, "year"), "عامين": (2, "year"), "اعوام": (0, "year"), "عاما": (0, "year"),
    "سنه": (1, "year"), "سنتين": (2, "year"), "سنوات": (0, "year"),
}  # fmt: skip
_COUNTS = {
    word: value
    for value, words in enumerate(
        [
            "ثلاثه ثلاث",
            "اربعه اربع",
            "خمسه خمس",
            "سته ست",
            "سبعه سبع",
            "ثمانيه ثماني",
            "تسعه تسع",
            "عشره عشر",
        ],
        3,
    )
    for word in words.split()
}
_FIRST_TEN = (
    "الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع",
    "العاشر",
)  # fmt: skip
#: Days of a month in words: الخامس, الخامس عشر, الخامس والعشرين.
_ORDINALS = (
    {word: i for i, word in enumerate(_FIRST_TEN, 1)}
    | {f"{word} عشر": i for i, word in enumerate(["الحادي", *_FIRST_TEN[1:9]], 11)}
    | {"العشرين": 20, "الثلاثين": 30, "الحادي والثلاثين": 31}
    | {f"{word} والعشرين": i for i, word in enumerate(["الحادي", *_FIRST_TEN[1:9]], 21)}
)
_PARTS = {"مطلع": "early", "بدايه": "early", "اوايل": "early", "مستهل": "early",
          "منتصف": "mid", "اواسط": "mid", "نهايه": "late", "اواخر": "late"}  # fmt: skip
_BEFORE_MONTH = ("في", "منذ", "حتي", "خلال", "بين")
#: Earlier years are of the Islamic calendar.
_GREGORIAN = 1700
_SAID = {"اليوم": 0, "امس": -1, "غدا": 1, "غد": 1}
#: What may follow a year after a preposition: not a noun that it counts.
_AFTER_YEAR = (
    r"(?=\s*(?:$|[^\w\s]|و|ب|ل|ال|(?:في|من|علي|الي|حتي|بعد|قبل|عن|ان|كان|كانت|عندما|حين|حيث|مع)\b))"
)
_SEASONS = {"ربيع": "spring", "صيف": "summer", "خريف": "autumn", "شتاء": "winter"}
_DAYTIME = r"(?:فجر|صباح|ظهر|عصر|مساء|ليل|ليله|نهار|يوم|بعد\s+ظهر)"


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of time at folded characters ``start`` to ``end``.

    ``amount`` counts days, weeks, months or years from the report's own date; ``turn`` is -1 for
    "last", 1 for "next", 0 for "this" and None where nothing is said. A date whose ``unit`` is
    ``said`` is called today, yesterday or tomorrow: ``amount`` days from the report's own.
    """

    shape: Shape
    start: int
    end: int
    day: int = 0
    month: int = 0
    year: int = 0
    weekday: int | None = None
    amount: int = 0
    unit: str = ""
    turn: int | None = None
    part: str = ""


class Expressions:
    """Finds expressions of time."""

    def __init__(self) -> None:
        self._months: Mapping[str, int] = list_months()
        self._weekdays: Mapping[str, int] = list_weekdays()
        names = sorted(self._months, key=len, reverse=True)
        self._month = "|".join(name.replace(" ", r"\s+") for name in names)
        self._weekday = "|".join(sorted(self._weekdays, key=len, reverse=True))
        self._patterns = [(re.compile(p), read) for p, read in self._list_patterns()]

    def find(self, text: str) -> list[Expression]:
        """The expressions of a folded text, in order; where two overlap, the longer."""
        found = [
            expression
            for pattern, read in self._patterns
            for match in pattern.finditer(text)
            if (expression := getattr(self, read)(match)) is not None
        ]
        kept: list[Expression] = []
        for one in sorted(found, key=lambda e: (e.start - e.end, e.start)):
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda e: e.start)

    def _list_patterns(self) -> list[tuple[str, str]]:
        month = rf"(?P<month>{self._month})(?:\s*[/\\(\[-]\s*(?P<double>{self._month})\s*[)\]]?)?"
        weekday = rf"(?P<weekday>{self._weekday})"
        before = r"(?<!\w)(?P<lead>[وفبل])?"
        said = r"(?:(?P<said>اليوم|امس|غدا|غد)\s*[،,]?\s+)?(?:يوم\s+)?"
        within = rf"(?:(?:{_DAYTIME})\s+)?"
        year = r"(?P<year>(?:19|20)\d\d)(?![\d.,]*\d|\s*%)"
        first = rf"(?P<day>\d{{1,2}}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
        return [
            (rf"{before}{within}{said}(?:{weekday}(?:\s*[،,(-]?\s*))?(?:الموافق\s+)?{first}\s*(?:من\s+)?"
             rf"(?:شهر\s+)?{month}(?!\w)(?:\s*[،,]?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?(?P<year>\d{{4}})(?!\d)|{_TURN}(?!\w))?",
             "_read_date"),
            (rf"(?<![\d/.-]){within}(?:{weekday}\s*[،,(-]?\s*)?(?P<day>\d{{1,2}})[/.-](?P<number>\d{{1,2}})[/.-]"
             r"(?P<year>\d{4})(?![\d/])", "_read_date"),
            (r"(?<![\d/.-])(?P<year>\d{4})[/.-](?P<number>\d{1,2})[/.-](?P<day>\d{1,2})(?![\d/])",
             "_read_date"),
            (rf"{before}(?:(?P<part>{'|'.join(_PARTS)})\s+)?(?P<named>شهر\s+)?{month}(?!\w)"
             rf"(?:\s*[،,]?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?(?P<year>\d{{4}})(?!\d)|{_TURN}(?!\w))?",
             "_read_month"),
            (rf"(?<!\w)(?P<lead>[وفبل])?(?:(?P<season>{'|'.join(_SEASONS)})\s+)?"
             rf"(?:(?:ال)?(?:عام|سنه)\s+)?{year}", "_read_season"),
            (rf"(?<!\w)[وفبل]*(?:ال)?(?:عام|سنه)\s+{year}", "_read_year"),
            (rf"(?<!\w)[وف]?(?:في|منذ|حتي|بين)\s+{year}{_AFTER_YEAR}", "_read_year"),
            (rf"{before}{within}(?P<word>اول\s+من\s+امس|اول\s+امس|امس\s+الاول|امس|اليوم|بعد\s+غد|بعد\s+غدا|غدا|غد)"
             rf"(?:\s*[،,(]?\s*(?:يوم\s+)?{weekday})?(?!\w)", "_read_day"),
            (rf"{before}{within}{weekday}(?!\w)(?:{_TURN}(?!\w))?", "_read_weekday"),
            (rf"(?<!\w)(?P<lead>و)?قبل\s+(?:نحو\s+|حوالي\s+)?(?:(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})\s+)?"
             rf"(?P<amount>{'|'.join(_AMOUNTS)})(?!\w|\s+\d{{4}})", "_read_ago"),
            (rf"{before}(?P<word>الاسبوع|الشهر|العام|السنه){_TURN}(?!\w)", "_read_turn"),
        ]  # fmt: skip

    def _read_date(self, match: re.Match[str]) -> Expression | None:
        groups = match.groupdict()
        number = groups.get("number")
        month = int(number) if number else self._read_months(match)
        written = " ".join(match["day"].split())
        day = int(written) if written.isdecimal() else _ORDINALS[written]
        year = int(groups.get("year") or 0)
        if not 1 <= day <= 31 or not 1 <= month <= 12 or 0 < year < _GREGORIAN:
            return None
        return Expression(
            "date", *_trim(match), day, month, year,
            self._read_weekdays(match), _SAID.get(groups.get("said") or "", 0),
            "said" if groups.get("said") else "", _read_turned(groups),
        )  # fmt: skip

    def _read_month(self, match: re.Match[str]) -> Expression | None:
        month = self._read_months(match)
        groups = match.groupdict()
        before = match.string[: match.start()].split()[-1:]
        certain = (
            before in ([w] for w in _BEFORE_MONTH)
            or groups["named"]
            or groups["year"]
            or groups["double"]
            or groups["part"]
        )
        turn = _read_turned(groups)
        if not month or (match["month"] in DOUBTFUL_MONTHS and not certain and turn is None):
            return None
        part = _PARTS.get(groups["part"] or "", "")
        return Expression(
            "month", *_trim(match), month=month, year=int(groups["year"] or 0), turn=turn, part=part
        )

    def _read_year(self, match: re.Match[str]) -> Expression:
        return Expression("year", match.start("year"), match.end("year"), year=int(match["year"]))

    def _read_season(self, match: re.Match[str]) -> Expression | None:
        if not match["season"]:
            return None
        part = _SEASONS[match["season"]]
        return Expression("year", *_trim(match), year=int(match["year"]), part=part)

    def _read_day(self, match: re.Match[str]) -> Expression | None:
        word = " ".join(match["word"].split())
        after = match.string[match.end() :].split()[:1]
        before = match.string[: match.start()].split()[-1:]
        if word == "اليوم" and (before in (["ذلك"], ["هذا"], ["في"]) or _follows(after)):
            return None
        if word == "غد" and match["weekday"] is None:
            return None
        amounts = {**_SAID, "بعد غد": 2, "بعد غدا": 2}
        return Expression(
            "day", *_trim(match), weekday=self._read_weekdays(match), amount=amounts.get(word, -2)
        )

    def _read_weekday(self, match: re.Match[str]) -> Expression | None:
        before = match.string[: match.start()].split()[-1:]
        if match["weekday"].endswith("اثنين") and before in (["بين"], ["هذين"], ["كلا"]):
            return None
        return Expression(
            "weekday", *_trim(match), weekday=self._read_weekdays(match),
            turn=_read_turned(match.groupdict()),
        )  # fmt: skip

    def _read_ago(self, match: re.Match[str]) -> Expression | None:
        default, unit = _AMOUNTS[match["amount"]]
        count = match["count"]
        if (count is None) == (default == 0):
            return None
        amount = default if count is None else int(count) if count.isdecimal() else _COUNTS[count]
        return Expression("ago", *_trim(match), amount=-amount, unit=unit)

    def _read_turn(self, match: re.Match[str]) -> Expression:
        shapes: dict[str, Shape] = {
            "الاسبوع": "week", "الشهر": "relative-month", "العام": "relative-year",
            "السنه": "relative-year",
        }  # fmt: skip
        turn = _read_turned(match.groupdict())
        return Expression(shapes[match["word"]], *_trim(match), turn=turn)

    def _read_months(self, match: re.Match[str]) -> int:
        """The month; nought where two names disagree."""
        month = self._months[" ".join(match["month"].split())]
        double = match["double"]
        return month if not double or self._months[" ".join(double.split())] == month else 0

    def _read_weekdays(self, match: re.Match[str]) -> int | None:
        weekday = match.groupdict().get("weekday")
        return self._weekdays[weekday] if weekday else None


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """Without the letter written in front."""
    lead = match.groupdict().get("lead")
    return match.start() + len(lead or ""), match.end()


def _read_turned(groups: Mapping[str, str | None]) -> int | None:
    for name, turn in (("past", -1), ("next", 1), ("this", 0)):
        if groups.get(name):
            return turn
    return None


def _follows(after: list[str]) -> bool:
    """Whether ``اليوم`` is a day of a count or another day: ``اليوم التالي``, ``اليوم الثالث``."""
    return after[:1] in ([w] for w in (
        "التالي", "الوحيد", "نفسه", "ذاته", "الاول", "الثاني", "الثالث", "الرابع", "الخامس",
        "السادس", "السابع", "العاشر", "الماضي", "الاخير", "الواحد",
    ))  # fmt: skip
