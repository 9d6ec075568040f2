"""Dates of a report, resolved against its own date. What cannot be known is said, not guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bitrans.arabic import fold_for_matching
from bitrans.brief import calendar
from bitrans.brief.calendar import MONTH_NAMES, ONE_DAY, WEEKDAYS, Day, Days, name_day
from bitrans.brief.expressions import Expression, Expressions
from bitrans.brief.lines import Line
from bitrans.core import BilingualDocument, Moment

#: Lines at a report's beginning and end that may hold its date alone, and their words.
_EDGE, _SHORT = 6, 9
#: A day without a year is taken as the nearest where it is within so many days.
SURE = 92
UNKNOWN = "the report's own date is not known"
_RELATIVE = {-2: "two days before", -1: "the day before", 0: "the day of", 1: "the day after",
             2: "two days after"}  # fmt: skip
#: The first month of each season and how many it has.
SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
_TURNS = {-1: "last", 0: "this", 1: "next", None: ""}


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known of a report's own date.

    ``near`` where ``day`` is a full date in the text, close to the report's own but perhaps not
    the same: weekdays can be counted from it, "yesterday" cannot.
    """

    day: Day | None
    how: str
    near: bool = False


def read_clock(report: BilingualDocument, expressions: Expressions) -> Clock:
    """The report's own date, or what its text lets one know of it."""
    folded = fold_for_matching(report.document.text).text
    if day := _read_iso(report.document.date):
        return Clock(day, f"the report's date, {name_day(day)}")
    rows = [fold_for_matching(row).text.strip() for row in report.document.text.splitlines()]
    rows = [row for row in rows if row]
    for row in [*rows[:_EDGE], *rows[-_EDGE:]]:
        found = _list_full(expressions.find(row))
        if len(row.split()) <= _SHORT and len(found) == 1:
            return Clock(found[0][1], f"the date line, {name_day(found[0][1])}")
    return _infer_clock(_list_full(expressions.find(folded)))


def find_moments(line: Line, clock: Clock, expressions: Expressions) -> list[Moment]:
    """The dates of a line, in order."""
    moments = []
    for expression in expressions.find(line.text):
        days, how = resolve(expression, clock)
        citation = line.cite_characters(expression.start, expression.end)
        moments.append(
            Moment(
                citation,
                line.show(citation),
                days.start.isoformat() if days else None,
                days.end.isoformat() if days else None,
                how,
            )
        )
    return moments


def resolve(expression: Expression, clock: Clock) -> tuple[Days | None, str]:
    """The days that an expression means, or None, and in English from what that is known."""
    resolvers = {
        "date": _resolve_date, "month": _resolve_month, "year": _resolve_year, "day": _resolve_day,
        "weekday": _resolve_weekday, "ago": _resolve_ago, "week": _resolve_turn,
        "relative-month": _resolve_turn, "relative-year": _resolve_turn,
    }  # fmt: skip
    return resolvers[expression.shape](expression, clock)


def _read_iso(date: str | None) -> Day | None:
    try:
        return Day.fromisoformat(date[:10]) if date else None
    except ValueError:
        return None


def _list_full(expressions: Iterable[Expression]) -> list[tuple[Expression, Day]]:
    """The full dates whose weekday, where it is named, is right."""
    found = []
    for one in expressions:
        whole = one.shape == "date" and one.year
        day = calendar.make_day(one.year, one.month, one.day) if whole else None
        if day is not None and one.weekday in (None, day.weekday()):
            found.append((one, day))
    return found


def _infer_clock(full: Sequence[tuple[Expression, Day]]) -> Clock:
    """From a full date that is called today, or is given with its weekday, as news gives days."""
    for one, day in full:
        if one.unit == "said":
            own = day - one.amount * ONE_DAY
            return Clock(own, f"{name_day(own)}, which the text gives as its own")
    recent = [day for one, day in full if one.weekday is not None]
    if recent:
        how = f"{name_day(max(recent))}, the latest full date with its weekday in the report"
        return Clock(max(recent), how, near=True)
    return Clock(None, UNKNOWN)


def _resolve_date(one: Expression, clock: Clock) -> tuple[Days | None, str]:
    if one.year:
        day = calendar.make_day(one.year, one.month, one.day)
        if day is None:
            return None, f"no such day: {one.day} {MONTH_NAMES[one.month - 1]} {one.year}"
        if one.weekday not in (None, day.weekday()):
            return Days(day, day), (
                f"written in full, though that day was a {WEEKDAYS[day.weekday()]}, not a "
                f"{WEEKDAYS[one.weekday or 0]}"
            )
        return Days(day, day), "written in full"
    if clock.day is None:
        return None, f"the year is not stated, and {UNKNOWN}"
    return _choose_year(one, clock, clock.day)


def _choose_year(one: Expression, clock: Clock, own: Day) -> tuple[Days | None, str]:
    days = [calendar.make_day(own.year + step, one.month, one.day) for step in (0, -1, 1)]
    known = [day for day in days if day is not None]
    if one.turn == -1:
        known = [day for day in known if day < own] or known
    elif one.turn == 1:
        known = [day for day in known if day > own] or known
    if not known:
        return None, f"no such day near {clock.how}"
    day = min(known, key=lambda d: (abs((d - own).days), d))
    if one.turn is None and abs((day - own).days) > SURE:
        others = " or ".join(sorted(str(d.year) for d in known if abs((d - own).days) < 366))
        return None, f"the year is not stated; counted from {clock.how}, it may be {others}"
    if one.weekday not in (None, day.weekday()):
        return None, (
            f"the year is not stated, and the nearest such day to {clock.how}, was a "
            f"{WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[one.weekday or 0]}"
        )
    return Days(day, day), f"the nearest to {clock.how}"


def _resolve_month(one: Expression, clock: Clock) -> tuple[Days | None, str]:
    if one.year:
        return _cut_month(one, one.year, "written with its year")
    if clock.day is None:
        return None, f"the year is not stated, and {UNKNOWN}"
    own = clock.day
    year = own.year
    if one.turn == 1:
        year += one.month <= own.month
        how = f"the next after {clock.how}"
    elif one.turn == -1:
        year -= one.month >= own.month
        how = f"the last before {clock.how}"
    else:
        year -= one.month > own.month
        how = f"the latest up to {clock.how}"
    return _cut_month(one, year, how)


def _cut_month(one: Expression, year: int, how: str) -> tuple[Days, str]:
    """All of the month; ten days of it for its beginning, middle or end."""
    days = calendar.make_month(year, one.month)
    if not one.part:
        return days, how
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, days.end.day)}[one.part]
    part = Days(days.start.replace(day=first), days.start.replace(day=last))
    return part, f"{how}; {one.part} in the month taken as days {first} to {last}"


def _resolve_year(one: Expression, clock: Clock) -> tuple[Days | None, str]:
    if one.part:
        first, months = SEASONS[one.part]
        start = calendar.make_month(one.year, first)
        end = calendar.move_month(start.start, months - 1)
        names = f"{MONTH_NAMES[first - 1]} to {MONTH_NAMES[end.end.month - 1]}"
        return Days(start.start, end.end), f"written with its year; {one.part} taken as {names}"
    return calendar.make_year(one.year), "written as a year"


def _resolve_day(one: Expression, clock: Clock) -> tuple[Days | None, str]:
    if clock.day is not None and clock.near and one.weekday is not None:
        return _resolve_near(one.weekday, clock, clock.day)
    if clock.day is None or clock.near:
        return None, UNKNOWN
    day = clock.day + one.amount * ONE_DAY
    if one.weekday not in (None, day.weekday()):
        return None, (
            f"called {WEEKDAYS[one.weekday or 0]}, but {_RELATIVE[one.amount]} {clock.how}, was a "
            f"{WEEKDAYS[day.weekday()]}"
        )
    return Days(day, day), f"{_RELATIVE[one.amount]} {clock.how}"


def _resolve_near(weekday: int, clock: Clock, own: Day) -> tuple[Days | None, str]:
    """The nearest such weekday to a full date in the text."""
    before = calendar.find_weekday(own, weekday)
    after = calendar.find_weekday(own, weekday, after=True)
    day = min(before, after, key=lambda d: (abs((d - own).days), d))
    return Days(day, day), f"the nearest {WEEKDAYS[weekday]} to {clock.how}"


def _resolve_weekday(one: Expression, clock: Clock) -> tuple[Days | None, str]:
    assert one.weekday is not None
    if clock.day is None:
        return None, UNKNOWN
    name = WEEKDAYS[one.weekday]
    if clock.near and one.turn is None:
        return _resolve_near(one.weekday, clock, clock.day)
    if one.turn == 1:
        day = calendar.find_weekday(clock.day, one.weekday, after=True, strictly=True)
        return Days(day, day), f"the {name} after {clock.how}"
    day = calendar.find_weekday(clock.day, one.weekday, strictly=one.turn == -1)
    return Days(day, day), f"the latest {name} up to {clock.how}"


def _resolve_ago(one: Expression, clock: Clock) -> tuple[Days | None, str]:
    if clock.day is None or clock.near:
        return None, UNKNOWN
    how = f"{-one.amount} {one.unit}{'s' if one.amount < -1 else ''} before {clock.how}"
    if one.unit == "day":
        day = clock.day + one.amount * ONE_DAY
        return Days(day, day), how
    if one.unit == "week":
        return calendar.make_week(clock.day, one.amount), f"in the week {how}"
    if one.unit == "month":
        return calendar.move_month(clock.day, one.amount), f"in the month {how}"
    return calendar.make_year(clock.day.year + one.amount), f"in the year {how}"


def _resolve_turn(one: Expression, clock: Clock) -> tuple[Days | None, str]:
    if clock.day is None:
        return None, UNKNOWN
    unit = one.shape.removeprefix("relative-")
    turn = one.turn or 0
    how = f"{_TURNS[one.turn]} {unit}, counted from {clock.how}"
    if unit == "week":
        return calendar.make_week(clock.day, turn), how
    if unit == "month":
        return calendar.move_month(clock.day, turn), how
    return calendar.make_year(clock.day.year + turn), how
