"""Figures of a line: each number with what it counts and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitrans.brief.counted import Counted, Tables, count_thing, find_duals, is_total
from bitrans.brief.english import holds_number
from bitrans.brief.lines import Line, fold_words
from bitrans.brief.nonfigures import is_name_or_date
from bitrans.brief.numbers import Number, read_numbers
from bitrans.brief.subjects import find_subject
from bitrans.brief.units import MEASURES, PER_CENT, PERSONS, TIMES
from bitrans.core import Citation, Figure, Span

_AMONG = fold_words("بينهم بينهن منهم منهن بينها منها ضمنهم")
_AGED = fold_words("العمر عمره عمرها عمر")


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


def find_figures(line: Line, tables: Tables, *, dates: Sequence[Span] = ()) -> list[Found]:
    """The figures of a line, in order.

    Not figures: dates, years, times of day, ordinals, numbers in names.

    :param dates: spans of the segment's text that are dates.
    """
    counted = [
        count_thing(line, number, tables)
        for number in [*read_numbers(line), *find_duals(line, tables.units)]
        if not is_name_or_date(line, number, dates)
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


def _drop_overlapping(counted: Sequence[Counted]) -> list[Counted]:
    """``المئة`` of ``90 في المئة`` is no number of its own."""
    kept: list[Counted] = []
    for one in counted:
        if not kept or one.number.first > kept[-1].last:
            kept.append(one)
    return kept


def _is_among(line: Line, number: Number) -> bool:
    """``50 مدنيا بينهم 11 طفلا``: the eleven are among the fifty."""
    return any(line.read(at) in _AMONG for at in range(number.first - 3, number.first))


def _find_subject(line: Line, one: Counted, tables: Tables, taken: Sequence[int]) -> str:
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


def _is_age(line: Line, one: Counted) -> bool:
    near = {line.read(at) for at in range(one.number.first - 3, one.last + 4)}
    alone = line.read_gap(one.number.first).strip() == "("
    return bool(near & _AGED) or (alone and line.read_gap(one.last + 1).strip().startswith(")"))


def _build(line: Line, one: Counted, subject: str) -> Found:
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
    return Found(line, number.first, last, figure, one.noun, number.vague, is_total(line, number))


def _cite(line: Line, number: Number, last: int) -> Citation:
    """Without the و in front, with the sign of per cent behind."""
    start, end = line.words[number.first].start, line.words[last].end
    if number.prefix and not number.definite:
        start += len(number.prefix)
    sign = re.match(r"\s*%", line.text[end:])
    return line.cite_characters(start, end + (sign.end() if sign else 0))
