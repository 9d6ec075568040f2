"""Days, months and weekdays as Arabic writes them, and ranges of days."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bitrans.arabic import MONTHS, fold_for_matching
from bitrans.brief.lines import fold_words

Day = datetime.date

ONE_DAY = datetime.timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAY_WORDS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
#: Names of months that are words of other meanings too, or names.
DOUBTFUL_MONTHS = fold_words("مارس آب ماي أوت جوان نيسان شباط آذار أيار حزيران تموز أيلول غشت")


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, inclusive."""

    start: Day
    end: Day

    @property
    def single(self) -> bool:
        """Whether it is one day."""
        return self.start == self.end


def list_months() -> dict[str, int]:
    """Each folded name of a month, in one or two words, with its number."""
    return {
        fold_for_matching(name).text: number
        for number, names in enumerate(MONTHS, 1)
        for name in names
    }


def list_weekdays() -> dict[str, int]:
    """Each folded weekday with its number, Monday 0."""
    days = {word: i for i, word in enumerate(fold_for_matching(_WEEKDAY_WORDS).text.split())}
    return days | {"الثلثاء": 1, "الثلاثا": 1, "الاربعا": 2, "الإثنين": 0}


def make_day(year: int, month: int, day: int) -> Day | None:
    """The day, or None where there is none such."""
    try:
        return Day(year, month, day)
    except ValueError:
        return None


def make_month(year: int, month: int) -> Days:
    """All days of a month."""
    after = Day(year + month // 12, month % 12 + 1, 1)
    return Days(Day(year, month, 1), after - ONE_DAY)


def make_year(year: int) -> Days:
    """All days of a year."""
    return Days(Day(year, 1, 1), Day(year, 12, 31))


def make_week(day: Day, weeks: int) -> Days:
    """The seven days from Monday, so many weeks after the one that ``day`` is in."""
    start = day - datetime.timedelta(days=day.weekday() - 7 * weeks)
    return Days(start, start + 6 * ONE_DAY)


def move_month(day: Day, months: int) -> Days:
    """The month so many after that of ``day``."""
    count = day.year * 12 + day.month - 1 + months
    return make_month(count // 12, count % 12 + 1)


def find_weekday(day: Day, weekday: int, *, after: bool = False, strictly: bool = False) -> Day:
    """The nearest such weekday up to ``day``, or from it on; ``strictly``: not that day itself."""
    distance = (weekday - day.weekday()) % 7 if after else (day.weekday() - weekday) % 7
    if strictly and distance == 0:
        distance = 7
    return day + (distance if after else -distance) * ONE_DAY


def name_day(day: Day) -> str:
    """A day as English readers write it: ``13 December 2016``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
