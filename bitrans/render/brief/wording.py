"""The words of a brief: figures, days, speakers and what to check, as plain English."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping

from bitrans.core import Figure, FigureGroup, Hedge, Kind, Manner
from bitrans.render.view import Line
from bitrans.render.words import one_line

MANNERS: Mapping[Manner, str] = {
    "said": "said",
    "announced": "announced",
    "according-to": "according to",
    "denied": "denied",
    "reported": "reported",
    "thought": "thought or expected",
}
KIND_WORDS: Mapping[Kind, str] = {
    "place": "place",
    "person": "person",
    "group": "group",
    "agency": "agency",
    "outlet": "news outlet",
    "office": "office",
    "event": "event",
    "other": "other",
}
UNKNOWN_DAY = "Day not known"
NOT_PLACED = "Dates whose day is not known"
UNKNOWN_THING = "What is counted is not known"
_HEDGES: Mapping[Hedge, str] = {
    "exactly": "",
    "about": "about ",
    "at-least": "at least ",
    "at-most": "at most ",
    "between": "",
}
#: What words for many count in; their range is from two of it to less than ten.
_MANY = {
    10: "dozens",
    100: "hundreds",
    1_000: "thousands",
    10_000: "tens of thousands",
    100_000: "hundreds of thousands",
    1_000_000: "millions",
    1_000_000_000: "billions",
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def word_figure(figure: Figure) -> str:
    """``at least 1,200``, ``40–45``, ``about 90``, ``dozens``: the number without what it counts.

    A word for many is given as one, since its range is bitrans's and not the report's.
    """
    if many := _find_many(figure):
        return many
    low, high = word_number(figure.low), word_number(figure.high)
    number = low if low == high else f"{low}–{high}"
    return f"{_HEDGES[figure.hedge]}{number}"


def word_amount(figure: Figure) -> str:
    """The number as it stands before what it counts: ``dozens of``."""
    return word_figure(figure) + (" of" if name_counted(figure) and _find_many(figure) else "")


def name_counted(counted: FigureGroup | Figure) -> str:
    """``people killed``: what figures count, empty where it is not known."""
    return one_line(f"{counted.unit} {counted.subject}")


def word_number(value: float) -> str:
    """``1,200``, ``12.5``."""
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"


def _find_many(figure: Figure) -> str | None:
    scale = figure.low / 2
    fits = figure.hedge == "about" and 9 * scale < figure.high < 10 * scale
    return _MANY.get(int(scale)) if fits else None


def word_counted(group: FigureGroup | Figure) -> str:
    """``people killed``: what figures count, with a capital; or that it is not known."""
    words = name_counted(group)
    return words[:1].upper() + words[1:] if words else UNKNOWN_THING


def word_days(start: str | None, end: str | None) -> str:
    """``13 December 2016``, ``7–9 December 2016``, ``December 2016``, or that it is not known."""
    if start is None:
        return UNKNOWN_DAY
    try:
        first = datetime.date.fromisoformat(start)
        last = datetime.date.fromisoformat(end or start)
    except ValueError:
        return one_line(start)
    return _word_range(first, last)


def _word_range(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return _word_day(first)
    same_year = first.year == last.year
    if _is_whole_months(first, last):
        if same_year and (first.month, last.month) == (1, 12):
            return str(first.year)
        if same_year and first.month == last.month:
            return f"{_MONTHS[first.month - 1]} {first.year}"
    if same_year and first.month == last.month:
        return f"{first.day}–{_word_day(last)}"
    if same_year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {_word_day(last)}"
    return f"{_word_day(first)} – {_word_day(last)}"


def _is_whole_months(first: datetime.date, last: datetime.date) -> bool:
    return first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]


def _word_day(day: datetime.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def list_checks(line: Line) -> tuple[str, ...]:
    """What a reader must know of a line: its doubts, then the names it may have otherwise."""
    doubts = [f"Check: {one_line(doubt.message)}" for doubt in line.pair.doubts]
    names = [f"{name.arabic} should be {name.preferred}" for name in line.unenforced]
    if not names:
        return tuple(doubts)
    sort = "Name not enforced" if len(names) == 1 else "Names not enforced"
    them = "it" if len(names) == 1 else "them"
    words = f"{sort}: {'; '.join(dict.fromkeys(names))} — the English may name {them} otherwise"
    return (*doubts, words)


def list_changes(line: Line) -> tuple[str, ...]:
    """The names that enforcing put in or mended in a line."""
    return tuple(
        f"Name {name.words.label}: {name.change}"
        for name in line.names
        if name.change and name.method in ("replaced", "rewritten")
    )
