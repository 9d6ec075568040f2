"""Who says what a line says: the words of saying in it, and the speaker of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bitrans.arabic import fold_for_matching
from bitrans.brief.cues import Cue, build_cues, build_generic
from bitrans.brief.lines import Line, fold_words, look_up
from bitrans.brief.phrases import is_object, is_said_of, says_that
from bitrans.brief.speakers import Speaker, find_after, find_before
from bitrans.core import Attribution, Citation

_LETTERS = ("", "و", "ف")
#: After these a verb says what was not said.
_NOT_AFTER = fold_words("لم لن لا ما غير")
#: Two words before: ``دون أن تعلن``.
_WITHOUT = fold_words("دون بدون قبل")
_SAYING = fold_words("قوله قولها قولهم قولهما")
_SOON = 9
_NO_TRUTH = ("لا صحه", "لا صحة", "غير صحيح", "عار عن الصحه", "عاريه عن الصحه")


class _Place(NamedTuple):
    """A word of saying, and how many letters in front are not of it."""

    at: int
    letters: int


class Attributor:
    """Finds attributions; holds its tables."""

    def __init__(self) -> None:
        self._cues: Mapping[str, Cue] = build_cues()
        self._generic: Mapping[str, str] = build_generic()

    def find(self, line: Line, before: Attribution | None = None) -> tuple[Attribution, ...]:
        """The attributions of a line, in order.

        :param before: the last attribution of the sentence before, whose speaker goes on where a
            verb (``وأضاف``) names nobody.
        """
        said: list[Attribution] = list(self._find_colon(line))
        free = 0
        for at in range(len(line.words)):
            if at < free or (read := self._read_cue(line, at)) is None:
                continue
            found, last = self._attribute(line, *read, said, before)
            said += found
            free = max(free, last + 1)
        said += self._find_denials(line)
        return tuple(sorted(said, key=lambda a: (a.cue.span or (0, 0), a.manner)))

    def _read_cue(self, line: Line, at: int) -> tuple[_Place, Cue] | None:
        found = look_up(line.read(at), self._cues, prefixes=_LETTERS)
        if found is None or line.read(at - 1) in _NOT_AFTER or line.read(at - 2) in _WITHOUT:
            return None
        inside = any(first <= at <= last for first, last, _ in line.matches)
        return None if inside else (_Place(at, len(found[0])), found[1])

    def _attribute(
        self,
        line: Line,
        place: _Place,
        cue: Cue,
        said: list[Attribution],
        before: Attribution | None,
    ) -> tuple[list[Attribution], int]:
        """The attributions that a cue makes, and the last word used."""
        at = place.at
        if cue.participle:
            speaker = _find_outside(line, said) or before
            return ([_carry(line, place, cue, speaker)] if speaker else []), at
        start = self._skip_verb(line, at + 1) if cue.according else at + 1
        after = find_after(line, start, self._generic, clause=cue.clause, according=cue.according)
        if cue.needs_that and not says_that(line, after.last if after else at):
            return [], at
        if cue.according:
            return ([_build(line, place, cue, after)], after.last) if after else ([], at)
        if after and is_object(line, at, after.last):
            return [_carry(line, place, cue, None if said else before)], at
        if found := after or find_before(line, at, self._generic):
            last = after.last if after else at
            source = self._find_source(line, at, last)
            return [_build(line, place, cue, found), *source], last
        if not is_said_of(line, at, clause=cue.clause):
            return [], at
        # A verb without a subject that opens the line goes on with who spoke before: وأضاف أن
        return [_carry(line, place, cue, before if not said and at <= 1 else None)], at

    def _skip_verb(self, line: Line, start: int) -> int:
        """``بحسب ما أعلن X``: the verb is part of the cue."""
        if line.read(start) in ("ما", "لما", "عن"):
            start += 1
        if line.read(start) in ("قول", "وصف", "تعبير", "راي", "تصريحات", "تصريح"):
            start += 1
        word = line.read(start)
        found = look_up(word, self._cues, prefixes=("",))
        if found is None and line.read(start - 1) in ("ما", "لما"):  # لما ذكره X
            found = look_up(word.removesuffix("ه"), self._cues, prefixes=("",))
        return start + 1 if found and not found[1].according else start

    def _find_source(self, line: Line, at: int, last: int) -> list[Attribution]:
        """``نقلت وكالة X عن Y``: Y says what X reports."""
        if not line.read(at).endswith(("نقل", "نقلت", "نسب", "نسبت")):
            return []
        for place in range(last + 1, min(last + 6, len(line.words))):
            word = line.read(place)
            start = place + 1 if word in ("عن", "الي") else place
            ascribed = "نسب" in line.read(at) and (word == "الي" or word.startswith("ل"))
            if (word == "عن" or ascribed) and (
                found := find_after(line, start, self._generic, clause=True, according=True)
            ):
                return [_build(line, _find_saying(line, place, found.last), Cue("said"), found)]
        return []

    def _find_colon(self, line: Line) -> list[Attribution]:
        """``موسكو: لا توقف للعمليات``: a name and a colon open a headline."""
        end = line.text.find(":")
        words = [i for i, word in enumerate(line.words) if word.end <= end]
        if not words or len(words) > 5 or any(line.breaks_before(i) for i in words[1:]):
            return []
        if any(self._read_cue(line, i) for i in words):
            return []
        found = find_after(line, 0, self._generic, clause=False, according=False)
        if found is None or found.last < words[-1] or not (found.name or found.term_id):
            return []
        colon = line.cite_characters(end, end + 1)
        speaker = line.cite(found.first, found.last)
        return [Attribution(colon, "said", speaker, found.name, found.term_id)]

    def _find_denials(self, line: Line) -> list[Attribution]:
        for phrase in _NO_TRUTH:
            start = line.text.find(phrase)
            if start >= 0:
                cue = line.cite_characters(start, start + len(phrase))
                return [Attribution(cue, "denied", None)]
        return []


def _find_saying(line: Line, place: int, last: int) -> _Place:
    """The ``قوله`` after who is quoted, or else the word before."""
    for at in range(last + 1, min(last + 1 + _SOON, len(line.words))):
        if line.read(at) in _SAYING:
            return _Place(at, 0)
    return _Place(place, 0)


def _build(line: Line, place: _Place, cue: Cue, speaker: Speaker) -> Attribution:
    cited = line.cite_from(speaker.first, speaker.last, speaker.letters)
    return Attribution(_cite_cue(line, place), cue.manner, cited, speaker.name, speaker.term_id)


def _find_outside(line: Line, said: Sequence[Attribution]) -> Attribution | None:
    """The last attribution that no quotation holds: a participle after it speaks for the same."""
    text = line.pair.segment.text
    for one in reversed(said):
        assert one.cue.span is not None
        before = fold_for_matching(text[: one.cue.span.start]).text
        if before.count('"') % 2 == 0:
            return one
    return None


def _carry(line: Line, place: _Place, cue: Cue, before: Attribution | None) -> Attribution:
    """The speaker of the attribution before goes on."""
    cited = before.speaker if before else None
    name, term_id = (before.name, before.term_id) if before else ("", None)
    return Attribution(_cite_cue(line, place), cue.manner, cited, name, term_id)


def _cite_cue(line: Line, place: _Place) -> Citation:
    return line.cite_from(place.at, place.at, place.letters)
