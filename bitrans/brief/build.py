"""Many reports into one brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bitrans.brief.attributions import Attributor
from bitrans.brief.counted import Tables
from bitrans.brief.denials import find_denials
from bitrans.brief.expressions import Expressions
from bitrans.brief.figuregroups import group_figures, is_telling
from bitrans.brief.figures import Found, find_figures
from bitrans.brief.keypoints import Chosen, Facts, choose_lines
from bitrans.brief.likeness import Fact, Likeness, group_lines
from bitrans.brief.lines import Line, read_lines
from bitrans.brief.mentions import count_mentions
from bitrans.brief.moments import find_moments, read_clock
from bitrans.brief.subjects import build_subjects
from bitrans.brief.units import PEOPLE, PERSONS, Units
from bitrans.core import (
    Attribution,
    BilingualDocument,
    Brief,
    Carrier,
    Citation,
    Claim,
    Moment,
    Term,
)
from bitrans.errors import InputError

Key = tuple[str, int]
#: Smaller numbers are too common to show that two lines say the same.
FEW = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in the lines of all reports, by document id and segment index."""

    lines: tuple[Line, ...]
    attributions: Mapping[Key, tuple[Attribution, ...]]
    figures: Mapping[Key, tuple[Found, ...]]
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The lines that may be key points, with the number of each one's group."""

    likeness: Likeness
    groups: tuple[tuple[int, ...], ...]

    @property
    def numbers(self) -> dict[int, int]:
        """The group of each line, by the line's place."""
        return {at: number for number, group in enumerate(self.groups) for at in group}


def build_brief(
    reports: Sequence[BilingualDocument],
    *,
    length: int = 8,
    title: str | None = None,
    terms: Sequence[Term] = (),
) -> Brief:
    """One brief over reports; the order in which they are given makes no difference.

    :param length: how many key points at most; fewer where the reports say less.
    :param title: in English; without one the brief says how many reports it is of.
    :param terms: a term here stands in for that of the same id in the reports' matches, as with
        coordinates for a map.
    :raises InputError: when there is no report, two share an id, or ``length`` is not positive.
    """
    _check(reports, length)
    ordered = _sort_reports(reports)
    reading = read_reports(ordered)
    grouping = group_reading(reading)
    figures = [found for line in reading.lines for found in reading.figures[line.key]]
    numbers = {grouping.likeness.lines[at].key: n for at, n in grouping.numbers.items()}
    order = [report.document.id for report in ordered]
    return Brief(
        title=title or f"Brief of {len(ordered)} report{'s' if len(ordered) > 1 else ''}",
        reports=ordered,
        claims=_make_claims(reading, grouping, length),
        figures=group_figures(figures, order, numbers),
        names=count_mentions(ordered, terms),
        moments=_sort_moments(reading.moments, order),
    )


def read_reports(reports: Sequence[BilingualDocument]) -> Reading:
    """Figures, speakers and dates of every line of reports."""
    expressions, attributor = Expressions(), Attributor()
    tables = Tables(Units(), build_subjects())
    clocks = {report.document.id: read_clock(report, expressions) for report in reports}
    lines = read_lines(reports)
    moments: list[Moment] = []
    figures: dict[Key, tuple[Found, ...]] = {}
    for line in lines:
        dates = find_moments(line, clocks[line.key[0]], expressions)
        spans = [moment.citation.span for moment in dates if moment.citation.span]
        figures[line.key] = tuple(find_figures(line, tables, dates=spans))
        moments += dates
    return Reading(tuple(lines), _attribute(lines, attributor), figures, tuple(moments))


def group_reading(reading: Reading) -> Grouping:
    """The Arabic lines that have English, grouped by what they say."""
    lines = [
        line for line in reading.lines if line.is_arabic and any(map(str.isalnum, line.pair.target))
    ]
    facts = [frozenset(map(_state, reading.figures[line.key])) for line in lines]
    denials = [
        any(said.manner == "denied" for said in reading.attributions[line.key]) for line in lines
    ]
    likeness = Likeness(lines, facts, denials)
    return Grouping(likeness, tuple(tuple(group) for group in group_lines(likeness)))


def _state(found: Found) -> Fact:
    """A figure as a fact: reports call the same persons people, civilians or residents."""
    figure = found.figure
    unit = PEOPLE if figure.unit in PERSONS else figure.unit
    return Fact(figure.high, unit, "" if found.vague or figure.high < FEW else figure.subject)


def _check(reports: Sequence[BilingualDocument], length: int) -> None:
    if not reports:
        raise InputError("no report to make a brief of; name at least one article that can be read")
    if length < 1:
        raise InputError(f"a brief of {length} key points holds nothing; ask for 1 or more")
    counts = Counter(report.document.id for report in reports)
    if twice := sorted(name for name, count in counts.items() if count > 1):
        raise InputError(f"two reports are called {twice[0]!r}; give each file a name of its own")


def _sort_reports(reports: Sequence[BilingualDocument]) -> tuple[BilingualDocument, ...]:
    """By date, those without one last, then by id."""
    return tuple(
        sorted(reports, key=lambda report: (report.document.date or "~", report.document.id))
    )


def _attribute(lines: Sequence[Line], attributor: Attributor) -> dict[Key, tuple[Attribution, ...]]:
    found: dict[Key, tuple[Attribution, ...]] = {}
    before: tuple[str, Attribution | None] = ("", None)
    for line in lines:
        same = before[1] if before[0] == line.key[0] else None
        said = attributor.find(line, same)
        found[line.key] = said
        before = (line.key[0], _find_last_named(said))
    return found


def _find_last_named(said: Sequence[Attribution]) -> Attribution | None:
    return next((one for one in reversed(said) if one.speaker is not None), None)


def _make_claims(reading: Reading, grouping: Grouping, length: int) -> tuple[Claim, ...]:
    likeness, numbers = grouping.likeness, grouping.numbers
    if not likeness.lines:
        return ()
    support = _count_support(grouping)
    facts = [_gather(reading, line, *support[at]) for at, line in enumerate(likeness.lines)]
    chosen = choose_lines(likeness, facts, numbers, length=length)
    denied = find_denials(likeness, reading.attributions, numbers)
    claims = [_make_claim(reading, likeness, one, denied.get(one.at, [])) for one in chosen]
    places = {line.key: place for place, line in enumerate(reading.lines)}
    return tuple(sorted(claims, key=lambda c: places[(c.citation.document_id, c.citation.index)]))


def _count_support(grouping: Grouping) -> list[tuple[int, int]]:
    """For each line the other reports of its group: those with words of their own, and copies.

    Measured against the group's leader. A report of which one line is copied is a copy.
    """
    likeness = grouping.likeness
    support = [(0, 0)] * len(likeness.lines)
    for leader, *others in grouping.groups:
        related = zip(others, likeness.measure(leader, others), strict=True)
        copied: dict[str, bool] = {}
        for at, cosine in related:
            relation = likeness.relate(leader, at, cosine)
            document = likeness.lines[at].key[0]
            copied[document] = copied.get(document, False) or (relation is None or relation.copied)
        for at in (leader, *others):
            kinds = [
                is_copy for name, is_copy in copied.items() if name != likeness.lines[at].key[0]
            ]
            support[at] = (kinds.count(False), kinds.count(True))
    return support


def _gather(reading: Reading, line: Line, independent: int, copies: int) -> Facts:
    """What the choice looks at."""
    said = reading.attributions[line.key]
    return Facts(
        figures=len(reading.figures[line.key]),
        names=len({match.term.id for _, _, match in line.matches}),
        told=sum(is_telling(found) for found in reading.figures[line.key]),
        independent=independent,
        copies=copies,
        dangling=any(one.speaker is None or one.speaker.index != line.key[1] for one in said[:1]),
    )


def _make_claim(
    reading: Reading, likeness: Likeness, chosen: Chosen, denials: Sequence[int]
) -> Claim:
    line = likeness.lines[chosen.at]
    return Claim(
        citation=Citation(*line.key),
        attributions=reading.attributions[line.key],
        carriers=_find_carriers(likeness, chosen.at),
        denials=tuple(Citation(*likeness.lines[at].key) for at in sorted(denials)),
        why=chosen.why,
    )


def _find_carriers(likeness: Likeness, at: int) -> tuple[Carrier, ...]:
    """The lines of other reports that say what a line says, each report's most alike first."""
    document = likeness.lines[at].key[0]
    found = []
    for other, cosine in enumerate(likeness.measure_all(at)):
        if likeness.lines[other].key[0] == document:
            continue
        if relation := likeness.relate(at, other, cosine):
            citation = Citation(*likeness.lines[other].key)
            found.append(Carrier(citation, relation.copied, round(relation.likeness, 4)))
    return tuple(found)


def _sort_moments(moments: Sequence[Moment], order: Sequence[str]) -> tuple[Moment, ...]:
    """As a timeline: by day, those that cannot be known last, each in the reports' order."""
    rank = {document: place for place, document in enumerate(order)}
    return tuple(
        sorted(
            moments,
            key=lambda m: (
                m.start or "~", m.end or "~", rank[m.citation.document_id], m.citation.index,
                m.citation.span or (0, 0),
            ),
        )
    )  # fmt: skip
