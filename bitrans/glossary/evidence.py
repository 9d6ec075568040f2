"""Weigh whether a word that may be a name is one here: the words around it decide.

An entry that is an ordinary word too (الفردوس, صالح) counts only with evidence: a kind word or a
title before it, a list whose other members are such names, or an earlier mention that had some.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from bitrans.core import Kind
from bitrans.glossary import kindwords
from bitrans.glossary.forms import ARTICLE
from bitrans.glossary.lists import link_members, pass_across, pass_along
from bitrans.glossary.mentions import Mention, ends_here, follows_locative, stands_as_name
from bitrans.glossary.words import Words

#: How far before a list the plural that opens it may stand (``أحياء في شرق حلب، بما فيها ...``).
_LOOK_BACK = 10
#: How many words may stand between a title and the name it goes with.
_TITLE_REACH = 4
#: Kinds whose names, once seen with evidence, are meant again later in the document. Outlets and
#: the rest are not: الحياة stays a word after صحيفة الحياة.
_REMEMBERED: frozenset[Kind] = frozenset({"place", "person"})
#: Kind words after which a district loses or takes its article (``حي جلوم``).
_DISTRICTS = frozenset({"حي", "بحي", "لحي", "وحي", "وبحي", "حيي", "احياء", "الاحياء"})


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
        links = link_members(live, words)
        pass_along(links, words)
        pass_across(live, words)
        _remember(live, words, established)
        pass_along(links, words)
    for mention in live:
        if not mention.counts:
            mention.rejected = f"no evidence: {mention.needs}"


def _find_evidence(mention: Mention, words: Words) -> str:
    """What directly beside the mention speaks for it."""
    kind = mention.entry.term.kind
    if mention.first == 0:
        return ""
    if mention.prefix not in ("", ARTICLE):
        return _find_beside_prefix(mention, words)
    if kind == "person":
        return mention.evidence or _find_title(mention.first, words)
    return (
        _find_kind_word(mention, words)
        or (_find_press(mention, words) if kind == "outlet" else "")
        or (_find_situation(mention, words) if kind == "place" else "")
        or _find_introduction(mention, words)
    )


def _find_beside_prefix(mention: Mention, words: Words) -> str:
    """``القوات الموالية لصالح``, ``ميليشيات الحوثي وصالح``, ``بالباب شرق حلب``."""
    if mention.entry.term.kind == "place":
        return _find_situation(mention, words)
    if mention.entry.term.kind != "person":
        return ""
    last = mention.first - 1
    if mention.prefix == "ل" and words.texts[last] in kindwords.ALLEGIANCE:
        return f"title {words.read_word(last)}"
    if mention.prefix == "و" and last > 0 and kindwords.is_belonging(words.texts[last - 1]):
        return f"title {words.read_word(last - 1)}"
    return ""


def _find_kind_word(mention: Mention, words: Words) -> str:
    kind, before = mention.entry.term.kind, words.texts[mention.first - 1]
    opens = kindwords.opens_list(before, kind, article=False)
    if not words.is_beside(mention.first) or not (opens or kindwords.is_kind_word(before, kind)):
        return ""
    mention.opener = before if opens else ""
    if mention.needs and not _fits_kind_word(mention, before, words):
        return ""
    return f"{'list after' if opens else 'kind word'} {words.read_word(mention.first - 1)}"


def _find_situation(mention: Mention, words: Words) -> str:
    """``في الباب شرق حلب``, ``العاصمة العمانية مسقط``."""
    if mention.weak:
        return ""
    for index in range(mention.first - 1, max(mention.first - 3, -1), -1):
        if words.is_beside(index + 1) and words.texts[index] in kindwords.CAPITALS:
            return f"kind word {words.read_word(index)}"
        if not words.texts[index].startswith(ARTICLE):
            break
    after = mention.last + 1
    if not follows_locative(mention, words) or after == len(words):
        return ""
    situated = words.is_beside(after) and words.texts[after] in kindwords.DIRECTIONS
    return f"situated {words.read_word(after)}" if situated else ""


def _fits_kind_word(mention: Mention, before: str, words: Words) -> bool:
    """Not ``منطقة باب مكة`` for الباب, not ``أهالي الطبقة الوسطى`` for الطبقة."""
    if words.texts[mention.first] in kindwords.DESCRIPTIONS:
        return False
    if mention.weak:
        return before in _DISTRICTS and ends_here(mention, words)
    return not kindwords.is_soft(before) or stands_as_name(mention, words)


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
    if words.is_beside(first) and kindwords.is_belonging(words.texts[first - 1]):
        return f"title {words.read_word(first - 1)}"
    for index in range(first - 1, max(first - 2 - _TITLE_REACH, -1), -1):
        word = words.texts[index]
        if not words.is_beside(index + 1):
            return ""
        if kindwords.is_title(word) or (index < first - 1 and kindwords.is_governing_title(word)):
            return f"title {words.read_word(index)}"
        if not word.startswith(ARTICLE):
            return ""
    return ""


def _find_introduction(mention: Mention, words: Words) -> str:
    """``عدة أحياء في شرق المدينة، بما فيها``: the plural that opens a list, some words before."""
    first, kind = mention.first, mention.entry.term.kind
    if mention.needs and (mention.weak or not stands_as_name(mention, words)):
        return ""
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


def _remember(mentions: Sequence[Mention], words: Words, established: Container[str]) -> None:
    """A place or person seen with evidence is meant again later."""
    seen: set[str] = set()
    for mention in mentions:
        term = mention.entry.term
        if mention.counts:
            seen.add(term.id)
        elif term.kind not in _REMEMBERED or mention.weak or not stands_as_name(mention, words):
            continue
        elif term.kind == "person" and mention.prefix == "ل":
            continue  # لصالح is "in favour of", whoever was named before
        elif term.id in seen or term.id in established:
            mention.evidence = "mentioned before"
