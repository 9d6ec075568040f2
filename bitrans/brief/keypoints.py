"""The lines that together carry most of many reports and repeat each other least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bitrans.brief.choose import COPY, DIGITS, RELEVANCE, weigh
from bitrans.brief.likeness import Likeness
from bitrans.brief.lines import Line

#: What being said by other reports, in words of their own or copied, adds to a centrality of 1.
SUPPORT, COPIES = 0.3, 0.1
#: So many other reports count in full.
ENOUGH_REPORTS = 3
#: What figures add that say what befell whom (killed, displaced, captured), and how many count.
IMPACT, ENOUGH_IMPACT = 0.4, 2
#: What opening with a verb whose speaker stands in another line, or a doubt, takes away.
DANGLING, DOUBTFUL = 0.15, 0.05
MOST_DOUBTS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a line when lines are chosen.

    ``told`` counts the figures that say what befell whom.
    ``independent`` and ``copies`` count the other reports that say the same in words of their own
    or in the same; ``dangling`` where the line's first verb has its subject elsewhere.
    """

    figures: int
    names: int
    told: int = 0
    independent: int = 0
    copies: int = 0
    dangling: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen line, by its place, and the reason in English."""

    at: int
    why: str


def choose_lines(
    likeness: Likeness, facts: Sequence[Facts], groups: Mapping[int, int], *, length: int
) -> list[Chosen]:
    """The best lines, the best first: worth, less what repeats those chosen before (MMR).

    :param groups: for each line the number of its group: of one group one line is chosen.
    """
    if likeness.vectors is None:
        return []
    lines = likeness.lines
    ranks = likeness.vectors.rank().tolist()
    places = _count_places(lines)
    worth = [_weigh(*each) for each in zip(lines, facts, places, ranks, strict=True)]
    best = max(worth)
    repeated = [0.0] * len(lines)
    left = {at for at, line in enumerate(lines) if line.pair.segment.kind != "heading"}
    chosen: list[Chosen] = []
    while left and len(chosen) < length:
        at = max(left, key=lambda i: (*_balance(worth[i] / best, repeated[i]), -i))
        if repeated[at] >= 1.0:
            break
        left = {other for other in left if groups[other] != groups[at]}
        chosen.append(Chosen(at, _explain(facts[at], places[at], ranks[at])))
        repeated = [
            max(was, cosine / COPY)
            for was, cosine in zip(repeated, likeness.measure_all(at), strict=True)
        ]
    return chosen


def _count_places(lines: Sequence[Line]) -> list[int]:
    """The place of each line among the sentences of its report."""
    counts: dict[str, int] = {}
    places = []
    for line in lines:
        document = line.key[0]
        places.append(counts.get(document, 0))
        if line.pair.segment.kind != "heading":
            counts[document] = places[-1] + 1
    return places


def _balance(worth: float, repeated: float) -> tuple[bool, float]:
    """A copy of what is chosen goes last; what is half as alike is half as much repeated."""
    return repeated < 1.0, round(RELEVANCE * worth - (1 - RELEVANCE) * min(1.0, repeated), DIGITS)


def _weigh(line: Line, facts: Facts, place: int, rank: float) -> float:
    worth = weigh(rank, place, facts.figures, facts.names, len(line.words))
    worth += IMPACT * min(1.0, facts.told / ENOUGH_IMPACT)
    worth += SUPPORT * min(1.0, facts.independent / ENOUGH_REPORTS)
    worth += COPIES * min(1.0, facts.copies / ENOUGH_REPORTS)
    worth -= DANGLING if facts.dangling else 0.0
    return worth - DOUBTFUL * min(MOST_DOUBTS, len(line.pair.doubts))


def _explain(facts: Facts, place: int, rank: float) -> str:
    """Why a line was chosen, for its reader."""
    reasons = []
    if place == 0:
        reasons.append("opens its report")
    if rank >= 0.8:
        reasons.append("shares most with the other lines")
    if facts.independent:
        reasons.append(f"said in other words by {_count(facts.independent, 'other report')}")
    if facts.copies:
        reasons.append(f"repeated word for word by {_count(facts.copies, 'other report')}")
    if facts.figures:
        reasons.append(f"holds {_count(facts.figures, 'figure')}")
    if facts.names:
        reasons.append(f"names {_count(facts.names, 'place or actor', 'places or actors')}")
    return "; ".join(reasons) or "adds what the other lines lack"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
