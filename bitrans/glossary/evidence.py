"""Weigh whether a word that may be a name is one here: the words around it decide.

An entry that is an ordinary word too (الفردوس, صالح) counts only with evidence: a kind word or a
title before it, a list whose other members are such names, or an earlier mention that had some.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bitrans.core import Kind
from bitrans.glossary import kindwords
from bitrans.glossary.forms import ARTICLE, Entry
from bitrans.glossary.words import Words

#: How far before a list the plural that opens it may stand (``أحياء في شرق حلب، بما فيها ...``).
_LOOK_BACK = 10
#: How many words a list's unknown member may have.
_UNKNOWN_MEMBER = 3
#: How many words may stand between a title and the name it goes with.
_TITLE_REACH = 4
#: Kinds whose names, once seen with evidence, are meant again later in the document. Outlets and
#: the rest are not: الحياة stays a word after صحيفة الحياة.
_REMEMBERED: frozenset[Kind] = frozenset({"place", "person"})
#: Kind words after which a district loses or takes its article (``حي جلوم``).
_DISTRICTS = frozenset({"حي", "بحي", "لحي", "وحي", "وبحي", "حيي", "احياء", "الاحياء"})
_COMMAS = frozenset({"،", ",", "/"})
_QUOTES = " \"'()[]{}"
_AND_WORDS = frozenset({"و", "او"})


@dataclass(slots=True, eq=False)
class Mention:
    """An entry found at words ``first`` to ``last``; ``start`` and ``end`` are folded offsets.

    ``needs`` says why evidence is needed, if it is, and ``weak`` that the form is not written as
    listed; ``evidence`` is what speaks for the mention, ``opener`` the plural right before it,
    ``rejected`` why it is none; ``trimmed`` says that the last word lost its article.
    """

    entry: Entry
    first: int
    last: int
    start: int
    end: int
    prefix: str
    needs: str = ""
    weak: bool = False
    trimmed: bool = False
    evidence: str = ""
    opener: str = ""
    rejected: str = ""

    @property
    def counts(self) -> bool:
        """Whether this is a name, as far as is known."""
        return not self.rejected and (not self.needs or bool(self.evidence))


class _Link(NamedTuple):
    """Two neighbours of one kind in a list; ``sure`` where "and" joins them."""

    left: Mention
    right: Mention
    sure: bool


def weigh_mentions(
    mentions: Sequence[Mention], words: Words, *, established: Container[str] = ()
) -> None:
    """Give each mention, in order of place, its evidence or the reason why it has none.

    :param established: ids of terms that had evidence earlier in the same document.
    """
    live = [mention for mention in mentions if not mention.rejected]
    for mention in live:
        mention.evidence = _find_evidence(mention, words)
    if any(not mention.counts for mention in live):
        by_last: dict[int, list[Mention]] = defaultdict(list)
        for mention in live:
            by_last[mention.last].append(mention)
        links = _link_lists(live, by_last, words)
        _pass_along(links, words)
        _pass_across(live, by_last, words)
        _remember(live, words, established)
        _pass_along(links, words)
    for mention in live:
        if not mention.counts:
            mention.rejected = f"no evidence: {mention.needs}"


def _find_evidence(mention: Mention, words: Words) -> str:
    """What directly before the mention speaks for it."""
    if mention.prefix not in ("", ARTICLE) or mention.first == 0:
        return ""
    kind = mention.entry.term.kind
    if kind == "person":
        return _find_title(mention.first, words)
    before = words.texts[mention.first - 1]
    if words.is_beside(mention.first):
        opens = kindwords.opens_list(before, kind, article=False)
        if opens or kindwords.is_kind_word(before, kind):
            mention.opener = before if opens else ""
            fits = not mention.needs or _fits_kind_word(mention, before, words)
            written = words.read_word(mention.first - 1)
            return f"{'list after' if opens else 'kind word'} {written}" if fits else ""
    if kind == "outlet":
        return _find_press(mention, words)
    if mention.needs and (mention.weak or not _stands_as_name(mention, words)):
        return ""
    return _find_introduction(mention.first, words, kind)


def _fits_kind_word(mention: Mention, before: str, words: Words) -> bool:
    """Not ``منطقة باب مكة`` for الباب, not ``أهالي الطبقة الوسطى`` for الطبقة."""
    if words.texts[mention.first] in kindwords.DESCRIPTIONS:
        return False
    if mention.weak:
        return before in _DISTRICTS and _ends_here(mention, words)
    return not kindwords.is_soft(before) or _stands_as_name(mention, words)


def _find_press(mention: Mention, words: Words) -> str:
    """``قال ل«الحياة»``, ``لندن: «الحياة»``: a name in quotes, alone, where papers name papers."""
    opening, after = words.read_gap(mention.first), mention.last + 1
    closing = words.read_gap(after) if after < len(words) else words.folded[mention.end :]
    if opening[-1:] not in ('"', "{") or closing[:1] not in ('"', "}"):
        return ""
    before = words.texts[mention.first - 1]
    if before in kindwords.PRESS or ":" in opening or "-" in opening:
        return f"quoted after {words.read_word(mention.first - 1)}"
    return ""


def _find_title(first: int, words: Words) -> str:
    """A title before a personal name, or a verb of saying; adjectives may stand between."""
    if words.is_beside(first) and kindwords.is_speech(words.texts[first - 1]):
        return f"verb {words.read_word(first - 1)}"
    for index in range(first - 1, max(first - 2 - _TITLE_REACH, -1), -1):
        word = words.texts[index]
        if not words.is_beside(index + 1):
            return ""
        if kindwords.is_title(word) or (index < first - 1 and kindwords.is_governing_title(word)):
            return f"title {words.read_word(index)}"
        if not word.startswith(ARTICLE):
            return ""
    return ""


def _find_introduction(first: int, words: Words, kind: Kind) -> str:
    """``عدة أحياء في شرق المدينة، بما فيها``: the plural that opens a list, some words before."""
    if not _is_introduced(first, words):
        return ""
    for index in range(first - 1, max(first - 1 - _LOOK_BACK, -1), -1):
        if kindwords.opens_list(words.texts[index], kind, article=True):
            return f"list after {words.read_word(index)}"
        if words.ends_sentence(index):
            return ""
    return ""


def _is_introduced(first: int, words: Words) -> bool:
    if ":" in words.read_gap(first):
        return True
    if not words.is_beside(first):
        return False
    earlier, before = words.texts[max(first - 2, 0)], words.texts[first - 1]
    if earlier == "كل":
        return before == "من"
    return before in kindwords.INTRODUCERS


def _link_lists(
    mentions: Sequence[Mention], by_last: Mapping[int, Sequence[Mention]], words: Words
) -> list[_Link]:
    """Neighbours of one kind with nothing but "and" or a comma between, left to right."""
    links = []
    for right in mentions:
        last, joint = _find_joint(right, words)
        if joint:
            links += [
                _Link(left, right, joint == "and")
                for left in by_last.get(last, ())
                if left.entry.term.kind == right.entry.term.kind
            ]
    return links


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
    if not gap and words.texts[first - 1] in _AND_WORDS and first > 1:
        return (
            (first - 2, "and")
            if words.read_gap(first - 1).strip(_QUOTES + "،,") == ""
            else (-1, "")
        )
    return -1, ""


def _pass_along(links: Sequence[_Link], words: Words) -> None:
    """Evidence goes along a list to the right and, for places, back to the left."""
    near = _find_neighbours(links)
    for link in links:
        if link.left.counts and _may_take(link.right, link.left, link, near, words):
            link.right.evidence = f"list with {link.left.entry.form}"
    for link in reversed(links):
        if link.right.counts and _may_lead(link, near, words):
            link.left.evidence = f"list with {link.right.entry.form}"


def _pass_across(
    mentions: Sequence[Mention], by_last: Mapping[int, Sequence[Mention]], words: Words
) -> None:
    """Evidence goes over a member that the termbase does not know."""
    for mention in mentions:
        if not mention.counts and (before := _find_across(mention, by_last, words)):
            mention.evidence = f"list with {before.entry.form}"


def _find_neighbours(links: Sequence[_Link]) -> dict[int, set[int]]:
    """For the first word of each member those of the members beside it."""
    near: dict[int, set[int]] = defaultdict(set)
    for link in links:
        near[link.left.first].add(link.right.first)
        near[link.right.first].add(link.left.first)
    return near


def _may_take(
    taker: Mention, giver: Mention, link: _Link, near: dict[int, set[int]], words: Words
) -> bool:
    if taker.evidence or not _stands_as_name(taker, words):
        return False
    if not taker.needs:
        return giver.evidence.startswith("list")
    if not _is_noun(taker) and not _ends_here(taker, words) and not _is_paired(giver):
        return False
    if giver.evidence.startswith("list") or _is_long(link, near):
        return True
    return link.sure and not taker.weak


def _is_paired(giver: Mention) -> bool:
    """Whether a dual announced exactly this member and the next: ``مدينتي الباب وتدمر``."""
    return bool(giver.opener) and kindwords.is_dual(giver.opener)


def _may_lead(link: _Link, near: dict[int, set[int]], words: Words) -> bool:
    """Backwards only for places, in a longer list or after a preposition of place."""
    left, right = link.left, link.right
    if left.evidence or not left.needs or left.entry.term.kind != "place":
        return False
    if not _stands_as_name(left, words):
        return False
    if _is_long(link, near):
        return True
    return not left.weak and _follows_locative(left, words) and (link.sure or bool(right.evidence))


def _is_long(link: _Link, near: dict[int, set[int]]) -> bool:
    """Whether the list has a third member."""
    return len(near[link.left.first] | near[link.right.first]) > 2


def _follows_locative(mention: Mention, words: Words) -> bool:
    if mention.prefix:
        return mention.prefix[-1] in "بل"
    return mention.first > 0 and words.texts[mention.first - 1] in kindwords.LOCATIVES


def _stands_as_name(mention: Mention, words: Words) -> bool:
    """Not ``هذا الشعار`` and not ``المشهد السياسي``: there it is the ordinary word."""
    before = words.texts[max(mention.first - 2, 0) : mention.first]
    if before and before[-1] in kindwords.DEMONSTRATIVES and before != ["في", "ذلك"]:
        return False
    if words.texts[mention.last] in kindwords.STOP_WORDS:
        return False
    after = mention.last + 1
    if after == len(words) or words.read_gap(after).strip(" "):
        return True
    word = words.texts[after]
    return not word.startswith(ARTICLE) or word in kindwords.STOP_WORDS


def _is_noun(mention: Mention) -> bool:
    """A name with its article is no verb: ``مكة وحضر`` may go on as "and attended"."""
    return not mention.weak and (mention.entry.words[0].article or len(mention.entry.words) > 1)


def _ends_here(mention: Mention, words: Words) -> bool:
    """Whether no further word belongs to the name: ``باب الحديد`` is no mention of الباب."""
    after = mention.last + 1
    if after == len(words) or words.read_gap(after).strip(" "):
        return True
    word = words.texts[after]
    return word.startswith("و") or word in kindwords.STOP_WORDS or word in kindwords.LOCATIVES


def _find_across(
    mention: Mention, by_last: Mapping[int, Sequence[Mention]], words: Words
) -> Mention | None:
    """The list's member before an unknown one (``أحياء الشعار وكرم فلان والمرجة``)."""
    last, joint = _find_joint(mention, words)
    if not joint or not _stands_as_name(mention, words):
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


def _remember(mentions: Sequence[Mention], words: Words, established: Container[str]) -> None:
    """A place or person seen with evidence is meant again later."""
    seen: set[str] = set()
    for mention in mentions:
        term = mention.entry.term
        if mention.counts:
            seen.add(term.id)
        elif term.kind not in _REMEMBERED or mention.weak or not _stands_as_name(mention, words):
            continue
        elif term.id in seen or term.id in established:
            mention.evidence = "mentioned before"
