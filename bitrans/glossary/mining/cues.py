"""Where a name may begin, and what the words around it say of its kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bitrans.arabic import MONTHS, fold_for_matching
from bitrans.core import Kind, Match
from bitrans.glossary import kindwords
from bitrans.glossary.words import Words

#: So many words a name has at most.
LONGEST = 4
#: So many words' readings are remembered.
_MEMORY = 1 << 15
#: Kind words that belong to the name: لواء القدس, حزب الدعوة.
PART_OF_NAME = frozenset(
    fold_for_matching(
        "حركة جماعة جبهة كتيبة كتائب لواء ألوية حزب فيلق فرقة جيش تجمع ائتلاف تحالف تيار سرايا "
        "منظمة هيئة وكالة مفوضية جمعية مؤسسة مركز مرصد لجنة رابطة نقابة اتحاد عملية معركة مؤتمر "
        "جسر قلعة تلة تل جبل وادي نهر دوار ساحة ميدان بحيرة سد مطار سجن"
    ).text.split()
)
_MONTHS = frozenset(
    word for month in MONTHS for name in month for word in fold_for_matching(name).text.split()
)
#: After these stands a place rather than a person; no cue, but a guess of the kind.
_WHERE = frozenset(["في", "الي", "من"])
_OUTSIDE = (
    kindwords.STOP_WORDS
    | kindwords.LOCATIVES
    | kindwords.DIRECTIONS
    | kindwords.DEMONSTRATIVES
    | kindwords.INTRODUCERS
    | kindwords.DESCRIPTIONS
    | kindwords.ADJECTIVES
    | _MONTHS
)
#: Kind words of several kinds, in the order in which they are tried.
_ORDER: tuple[Kind, ...] = ("place", "group", "outlet", "agency", "event", "office", "other")


class Place(NamedTuple):
    """Words ``first`` to ``last`` that may be a name, with the cue and the kind it says.

    ``strong`` cues say that a name follows; after others the English must show it.
    """

    first: int
    last: int
    kind: Kind | None
    cue: str
    strong: bool

    @property
    def listed(self) -> bool:
        """Whether it goes on a list of known names."""
        return self.strong and self.cue.startswith("list")


def list_places(words: Words, matches: Sequence[Match], given: Collection[str]) -> Iterator[Place]:
    """All runs of words that may be names not yet known, every length from each start.

    :param given: given names, folded, after which a surname follows.
    """
    taken = _find_taken(words, matches)
    listed = dict(_list_known(words, matches))
    for first in range(len(words)):
        if first and _is_titled_place(first - 1, words):
            continue
        titled = _is_titled_place(first, words)
        if first in taken or not (titled or _may_begin(words.texts[first])):
            continue
        kind, cue, strong = _find_cue(first, words, listed, given)
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and (last in taken or not may_go_on(last, words)):
                break
            if strong and kind == "place" and cue.startswith(("list", "plural")):
                listed.setdefault(last, (kind, True))
            if last > first or not titled:
                yield Place(first, last, kind, cue, strong)


def _find_taken(words: Words, matches: Sequence[Match]) -> Collection[int]:
    if not matches:
        return ()
    places = map(words.locate, words.starts, words.ends)
    return {
        index
        for index, place in enumerate(places)
        if any(place.overlaps(match.span) for match in matches)
    }


def _list_known(words: Words, matches: Sequence[Match]) -> Iterator[tuple[int, tuple[Kind, bool]]]:
    """The last words of known names, with their kinds, and whether they stand in a list."""
    ends = {words.offsets[end - 1]: index for index, end in enumerate(words.ends)}
    for match in matches:
        for offset in range(match.span.end - 1, match.span.start - 1, -1):
            if offset in ends:
                kind = match.term.kind
                yield ends[offset], (kind, kind == "place" and match.evidence.startswith("list"))
                break


def _find_cue(
    first: int,
    words: Words,
    listed: dict[int, tuple[Kind, bool]],
    given: Collection[str],
) -> tuple[Kind | None, str, bool]:
    """The kind that the words before a name say, the word that says it, and whether surely."""
    found = _find_word_before(first, words, listed)
    if not found[2] and _strip_and(words.texts[first]) in given and found[0] in (None, "person"):
        return "person", f"given name {words.read_word(first)}", True
    return found


def _find_word_before(
    first: int, words: Words, listed: dict[int, tuple[Kind, bool]]
) -> tuple[Kind | None, str, bool]:
    if first == 0:
        return None, "", False
    before, written = words.texts[first - 1], words.read_word(first - 1)
    gap = words.read_gap(first).strip(" \"'()[]{}")
    if first - 1 in listed and _joins(gap, words.texts[first]):
        kind, sure = listed[first - 1]
        return kind, f"list after {written}", sure
    if not words.is_beside(first):
        return None, "", False
    if before in _WHERE:
        return "place", "", False
    said, many, strong = _read_cue(before)
    return said, f"plural {written}" if many else written if said else "", strong


@lru_cache(maxsize=_MEMORY)
def _read_cue(word: str) -> tuple[Kind | None, bool, bool]:
    """The kind that a word says of the name after it, whether of several, and whether surely."""
    for kind in _ORDER:
        many = kindwords.opens_list(word, kind, article=False)
        if many or kindwords.is_kind_word(word, kind):
            return kind, many, not kindwords.is_soft(word)
    if kindwords.is_title(word):
        return "person", False, True
    weak = (kindwords.is_governing_title, kindwords.is_belonging, kindwords.is_speech)
    return ("person" if any(says(word) for says in weak) else None), False, False


def _joins(gap: str, word: str) -> bool:
    return (not gap and word.startswith("و") and len(word) > 3) or (gap in ("،", ","))


@lru_cache(maxsize=_MEMORY)
def _may_begin(word: str) -> bool:
    bare = word[1:] if word[:1] in "وفبل" and len(word) > 4 else word
    plain = bare.removeprefix("ال")
    return (
        len(word) > 2
        and not any(
            form in _OUTSIDE
            or kindwords.is_speech(form)
            or kindwords.is_title(form)
            or kindwords.is_governing_title(form)
            or kindwords.is_kind_word(form)
            or kindwords.opens_list(form, article=True)
            for form in (word, bare, plain)
        )
        and not word.isdigit()
        and not word.isascii()
    )


def may_go_on(index: int, words: Words) -> bool:
    """Whether a word may belong to the name that the word before begins or continues."""
    return words.read_gap(index) in (" ", "-") and _may_belong(words.texts[index])


@lru_cache(maxsize=_MEMORY)
def _may_belong(word: str) -> bool:
    return not (
        (word.startswith("و") and len(word) > 3)
        or word in _OUTSIDE
        or kindwords.is_speech(word)
        or kindwords.is_title(word)
        or kindwords.is_governing_title(word)
        or word.isascii()
    )


def _is_titled_place(first: int, words: Words) -> bool:
    """``حي الشيخ سعيد``: a title that begins the name of a place."""
    if first == 0 or not kindwords.is_title(words.texts[first]) or not words.is_beside(first):
        return False
    before = words.texts[first - 1]
    return kindwords.is_kind_word(before, "place") or kindwords.opens_list(
        before, "place", article=False
    )


def _strip_and(word: str) -> str:
    return word[1:] if word[:1] == "و" and len(word) > 4 else word
