"""Lists of names, translated as one name that the model knows; the list then takes its place.

A model that has not seen the districts of a town loses its way in a list of ten of them, in plain
decoding and with notes. With one well-known name in the place of the list it translates the
sentence around it, and the glossary knows what belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bitrans.core import Annotation, Hypothesis, Match, Span
from bitrans.enforce.rewriting import fit_name, splice

#: The fewest names that are taken for a list.
FEWEST = 3
#: Names, Arabic and English, that a model of news knows, for each kind that comes in lists.
STAND_INS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "place": (("حمص", "Homs"), ("درعا", "Daraa"), ("حماة", "Hama"), ("بيروت", "Beirut")),
    "person": (("بوتين", "Putin"), ("أوباما", "Obama"), ("ميركل", "Merkel")),
    "group": (("حماس", "Hamas"), ("طالبان", "Taliban")),
}
#: What stands between two names of a list: ``و``, a comma, or both.
_BETWEEN = re.compile(r"\s*(?:[،,]\s*و?|(?<=\s)و)\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """Mentions in a row, from ``first`` to before ``end``, and the name that stands in for them."""

    first: int
    end: int
    span: Span
    arabic: str
    english: str


def find_lists(
    source: str, matches: Sequence[Match], named: Mapping[int, Span], *, fewest: int = FEWEST
) -> list[Listed]:
    """The lists of a segment one of whose names the English lacks, with a stand-in for each.

    :param source: the segment's text, which the matches' spans are into.
    :param named: the mentions that the English names.
    :param fewest: the names of the shortest list; one name alone may be a list too.
    """
    found: list[Listed] = []
    for run in _list_runs(source, matches):
        if len(run) < fewest or all(index in named for index in run):
            continue
        span = Span(matches[run[0]].span.start, matches[run[-1]].span.end)
        taken = {one.english for one in found}
        for arabic, english in STAND_INS.get(matches[run[0]].term.kind, ()):
            if english not in taken and arabic not in source and not _means(english, matches):
                found.append(Listed(run[0], run[-1] + 1, span, arabic, english))
                break
    return found


def annotate_lists(listed: Sequence[Listed]) -> tuple[Annotation, ...]:
    """What is asked for each list: its stand-in. Other names are left to the model."""
    return tuple(Annotation(one.span, one.english, one.arabic) for one in listed)


def restore_lists(
    answer: Hypothesis,
    listed: Sequence[Listed],
    matches: Sequence[Match],
    annotations: Sequence[Annotation],
) -> Hypothesis | None:
    """The English with each list in the place of its stand-in; None where one does not stand once.

    :param annotations: one for each mention, in order.
    """
    for one in listed:
        hits = list(re.finditer(rf"(?<!\w){re.escape(one.english)}(?!\w)", answer.text))
        if len(hits) != 1:
            return None
        *names, last = (note.english for note in annotations[one.first : one.end])
        joined = f"{', '.join(names)} and {last}" if names else last
        place = Span(*hits[0].span())
        answer = splice(answer, fit_name(answer.text, place, joined, matches[one.first].term))
    return answer


def _list_runs(source: str, matches: Sequence[Match]) -> Iterator[list[int]]:
    """Mentions of one kind that only list signs part, by their numbers."""
    run: list[int] = []
    for index, match in enumerate(matches):
        if run and not _follows(source, matches[run[-1]], match):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _follows(source: str, before: Match, after: Match) -> bool:
    gap = source[before.span.end : after.span.start]
    return before.term.kind == after.term.kind and _BETWEEN.fullmatch(gap) is not None


def _means(english: str, matches: Sequence[Match]) -> bool:
    return any(english in (m.term.preferred, *m.term.admitted) for m in matches)
