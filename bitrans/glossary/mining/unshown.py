"""Names without an entry that the English of their line does not show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from bitrans.arabic import fold_for_matching
from bitrans.core import Doubt, Term
from bitrans.glossary import kindwords
from bitrans.glossary.mining import Find, Line, find_names, learn_words, list_given_names
from bitrans.glossary.mining.cues import Place, list_places
from bitrans.glossary.terms import normalise_form
from bitrans.glossary.words import Words
from bitrans.spelling import cut_article, is_shown, spell_name

#: Kinds whose names spell words: those of the others are translated more often than not.
_SPELT = frozenset(["person", "place", "agency", "outlet"])
#: Parts of many names, ordinals of kings and popes, and ordinary words: no names by themselves.
_NO_NAMES = frozenset(
    fold_for_matching(
        "عبد أبو أبي أبا ابن بن أم أول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر مجموعة "
        "كبير صغير أكبر أعلى عام سابق"
    ).text.split()
)
_SERVANT = "عبد"
_ADJECTIVE = re.compile(r"\w{3,}يه")


class NameChecker:
    """Doubts about names that no term has, one for a line; learns from the terms when first asked.

    A name is doubted where the Arabic says that one stands there, the model made no plain words of
    it, and no word of the English may be its spelling.
    """

    def __init__(self, terms: Sequence[Term], first_names: Collection[str]) -> None:
        """:param first_names: folded, all those of the terms and more."""
        self._terms = terms
        self._first_names = first_names

    def find_doubt(self, line: Line, target: str) -> Doubt | None:
        """A doubt that says which names are not shown, with a spelling for each.

        :param line: the segment with what the model first wrote for it.
        :param target: its English after enforcing.
        """
        words = Words(line.text)
        if not target.strip() or not self._list_near(line, words, self._first_names):
            return None
        finds = find_names(line, words, self._list_near(line, words, self._given))
        said = [
            f"“{part}” may be “{spell_name(part, self._words)}”"
            for find in sorted(finds, key=lambda find: find.place.first)
            for part in list_unshown(find, words, target)
        ]
        listed = ", ".join(dict.fromkeys(said))
        return Doubt("name-unsure", f"A name may be wrong or missing: {listed}.") if said else None

    @staticmethod
    def _list_near(line: Line, words: Words, given: Collection[str]) -> list[Place]:
        """The places where the Arabic says a name stands, and all that share words with them.

        Others neither are doubted nor take a word from those that are.
        """
        near: list[Place] = []
        for together in _part_places(list_places(words, line.matches, given)):
            if any(map(_says_name, together)):
                near += together
        return near

    @cached_property
    def _given(self) -> frozenset[str]:
        return list_given_names(self._terms)

    @cached_property
    def _words(self) -> dict[str, str]:
        return learn_words(self._terms)


def list_unshown(find: Find, words: Words, target: str) -> Iterator[str]:
    """The words of a name that no word of the English may spell.

    Nothing is said of what only the English shows to be a name, nor of a place of several words
    whose English is translated or lost: often it is no name.
    """
    place, heard = find.place, bool(find.spelling and find.spelling.likeness)
    if not _says_name(place):
        return
    if not heard and place.kind == "place" and place.last > place.first:
        return
    for part in _list_parts(find.form):
        if _may_be_name(normalise_form(part), heard) and is_shown(part, target) is False:
            yield part


def _part_places(places: Iterable[Place]) -> Iterator[list[Place]]:
    """Places, which come by their first words, in parts that share no word with one another."""
    part: list[Place] = []
    last = -1
    for place in places:
        if part and place.first > last:
            yield part
            part = []
        part.append(place)
        last = max(last, place.last)
    if part:
        yield part


def _says_name(place: Place) -> bool:
    return place.strong and place.kind in _SPELT


def _list_parts(form: str) -> Iterator[str]:
    """The words of a name; ``عبد`` and what follows it are one."""
    words = iter(form.split())
    for word in words:
        yield f"{word} {after}" if word == _SERVANT and (after := next(words, "")) else word


def _may_be_name(word: str, heard: bool) -> bool:
    """Whether a word of a name is no kind word and no ordinal; unheard, no adjective either."""
    stem = cut_article(word)
    if stem in _NO_NAMES or kindwords.is_kind_word(stem):
        return False
    adjective = kindwords.is_adjective(word) or (stem == word and _ADJECTIVE.fullmatch(word))
    return heard or not adjective
