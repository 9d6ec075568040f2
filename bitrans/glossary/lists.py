"""Lists of names: one member that is sure speaks for the others.

``حيي الشيخ سعيد والصالحين`` names two districts, ``أصيلة وجلوم وعقبة وباب مقام`` four; what stands
beside one of them counts for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bitrans.glossary import kindwords
from bitrans.glossary.mentions import Mention, ends_here, follows_locative, stands_as_name
from bitrans.glossary.words import Words

#: How many words a list's unknown member may have.
_UNKNOWN_MEMBER = 3
_COMMAS = frozenset({"،", ",", "/"})
_QUOTES = " \"'()[]{}"
_AND_WORDS = frozenset({"و", "او"})


class Link(NamedTuple):
    """Two neighbours of one kind in a list; ``sure`` where "and" joins them."""

    left: Mention
    right: Mention
    sure: bool


def link_members(mentions: Sequence[Mention], words: Words) -> list[Link]:
    """Neighbours of one kind with nothing but "and" or a comma between, left to right."""
    by_last = _group_by_last(mentions)
    links = []
    for right in mentions:
        last, joint = _find_joint(right, words)
        if joint:
            links += [
                Link(left, right, joint == "and")
                for left in by_last.get(last, ())
                if left.entry.term.kind == right.entry.term.kind
            ]
    return links


def pass_along(links: Sequence[Link], words: Words) -> None:
    """Evidence goes along a list to the right and, for places, back to the left."""
    near = _find_neighbours(links)
    for link in links:
        if link.left.counts and _may_take(link.right, link.left, link, near, words):
            link.right.evidence = f"list with {link.left.entry.form}"
    for link in reversed(links):
        if link.right.counts and _may_lead(link, near, words):
            link.left.evidence = f"list with {link.right.entry.form}"


def pass_across(mentions: Sequence[Mention], words: Words) -> None:
    """Evidence goes over a member that the termbase does not know."""
    by_last = _group_by_last(mentions)
    for mention in mentions:
        if not mention.counts and (before := _find_across(mention, by_last, words)):
            mention.evidence = f"list with {before.entry.form}"


def _group_by_last(mentions: Sequence[Mention]) -> dict[int, list[Mention]]:
    groups: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.last].append(mention)
    return groups


def _find_joint(mention: Mention, words: Words) -> tuple[int, str]:
    """The word that ends the list's member before, and what joins: "and", "comma" or nothing."""
    first = mention.first
    if first == 0:
        return -1, ""
    gap = words.read_gap(first).strip(_QUOTES)
    if mention.prefix.startswith("و") and (not gap or gap in _COMMAS):
        return first - 1, "and"
    if gap in _COMMAS and not mention.prefix:
        return first - 1, "comma"
    if gap or first == 1 or words.texts[first - 1] not in _AND_WORDS:
        return -1, ""
    before = words.read_gap(first - 1).strip(_QUOTES)
    return (first - 2, "and") if not before or before in _COMMAS else (-1, "")


def _find_neighbours(links: Sequence[Link]) -> dict[int, set[int]]:
    """For the first word of each member those of the members beside it."""
    near: dict[int, set[int]] = defaultdict(set)
    for link in links:
        near[link.left.first].add(link.right.first)
        near[link.right.first].add(link.left.first)
    return near


def _may_take(
    taker: Mention, giver: Mention, link: Link, near: dict[int, set[int]], words: Words
) -> bool:
    if taker.evidence or not stands_as_name(taker, words):
        return False
    if not taker.needs:
        return giver.evidence.startswith("list")
    if not _is_noun(taker) and not ends_here(taker, words) and not _is_paired(giver):
        return False
    if giver.evidence.startswith("list") or _is_long(link, near):
        return True
    return link.sure and not taker.weak


def _is_paired(giver: Mention) -> bool:
    """Whether a dual announced exactly this member and the next: ``مدينتي الباب وتدمر``."""
    return bool(giver.opener) and kindwords.is_dual(giver.opener)


def _may_lead(link: Link, near: dict[int, set[int]], words: Words) -> bool:
    """Backwards only for places, in a longer list or after a preposition of place."""
    left, right = link.left, link.right
    if left.evidence or not left.needs or left.entry.term.kind != "place":
        return False
    if not stands_as_name(left, words):
        return False
    if _is_long(link, near):
        return True
    return not left.weak and follows_locative(left, words) and (link.sure or bool(right.evidence))


def _is_long(link: Link, near: dict[int, set[int]]) -> bool:
    """Whether the list has a third member."""
    return len(near[link.left.first] | near[link.right.first]) > 2


def _is_noun(mention: Mention) -> bool:
    """A name with its article is no verb: ``مكة وحضر`` may go on as "and attended"."""
    return not mention.weak and (mention.entry.words[0].article or len(mention.entry.words) > 1)


def _find_across(
    mention: Mention, by_last: Mapping[int, Sequence[Mention]], words: Words
) -> Mention | None:
    """The list's member before an unknown one (``أحياء الشعار وكرم فلان والمرجة``)."""
    last, joint = _find_joint(mention, words)
    if not joint or not stands_as_name(mention, words):
        return None
    for begin in range(last, last - _UNKNOWN_MEMBER, -1):
        if begin > 0 and _is_member(range(begin, last + 1), words):
            for before in by_last.get(begin - 1, ()):
                same = before.entry.term.kind == mention.entry.term.kind
                if same and before.counts and before.evidence.startswith("list"):
                    return before
    return None


def _is_member(indices: range, words: Words) -> bool:
    """Whether these words may be a list's member that the termbase does not know."""
    gaps = [words.read_gap(index).strip(_QUOTES) for index in indices]
    opened = words.texts[indices[0]].startswith("و") or gaps[0] in _COMMAS
    return (
        opened
        and all(not gap or gap in _COMMAS for gap in gaps)
        and not any(words.texts[index] in kindwords.STOP_WORDS for index in indices)
    )
