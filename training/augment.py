"""Training sentences changed at random: names swapped, wanted English noted beside names, noise.

A note stands in the source as the engine writes it at run time: ``<extra_0>``, the Arabic name,
``<extra_1>``, the wanted English, ``<extra_2>`` (after Dinu et al. 2019,
https://aclanthology.org/P19-1294/). Some notes ask for another name than the Arabic has, on both
sides, so that the model learns to obey them and not merely to agree.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bitrans.core import Span
from training.noise import add_noise

#: Chances: of a sentence with names to carry notes, of each of its names to have one, of a noted
#: name to ask for another, of a name to be swapped on both sides.
NOTED, EACH, OTHER, SWAPPED = 0.6, 0.8, 0.4, 0.12
#: Of a place to become a list of several, of a listed name to come from the termbase.
SPREAD, KNOWN = 0.12, 0.35
#: How many names a line of names and a list in a sentence may have.
LINE, SPREADS = (1, 1, 1, 2, 3, 4, 6, 9), (2, 2, 3, 3, 4, 5, 6, 8, 10)
#: What may stand before a line of places.
_BEFORE_PLACES = (
    ("", ""),
    ("", ""),
    ("في ", "in "),
    ("في أحياء ", "in the neighborhoods of "),
    ("على أحياء ", "the neighborhoods of "),
    ("بلدات ", "the towns of "),
    ("في مدن ", "in the cities of "),
    ("وهي ", "they are "),
    ("بينها ", "including "),
)
#: English after a place that a list in its stead leaves right.
_AFTER_LIST = re.compile(
    r"[,.;:)]|$| (?:and|on|in|at|after|to|by|with|from|as|where|which|but|while|during|before)\b"
)
#: Kinds whose names other names may stand for.
LISTED = frozenset({"place", "person"})
_BEFORE_LIST = re.compile(r"(?:^|[\s(\"])$")


class Link(NamedTuple):
    """Arabic and English characters that render each other."""

    arabic: Span
    english: Span


class Name(NamedTuple):
    """A name whose place is known on both sides."""

    arabic: Span
    english: Span
    kind: str


class Note(NamedTuple):
    """The English that the source asks for at a place of the Arabic."""

    span: Span
    english: str


class Sentence(NamedTuple):
    """A sentence pair with what is known of it."""

    arabic: str
    english: str
    names: tuple[Name, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()


class Part(NamedTuple):
    """A name put in: its Arabic, the English of the sentence, and whether a note asks for it."""

    arabic: str
    english: str
    noted: bool


class Names:
    """Names to put in place of others, by kind: those of lists, of the termbase, of the pairs."""

    def __init__(
        self,
        listed: Mapping[str, Sequence[tuple[str, str]]],
        forms: Mapping[str, Sequence[str]],
        termbase: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> None:
        self.listed, self.forms, self.termbase = listed, forms, termbase or {}
        self.kinds = frozenset({*listed, *self.termbase})

    def draw_pair(self, kind: str, rng: random.Random) -> tuple[str, str]:
        """Arabic and English of a name of a kind that lists have."""
        known, listed = self.termbase.get(kind), self.listed.get(kind)
        own = known and (not listed or rng.random() < KNOWN)
        return rng.choice((known if own else listed) or ())

    def draw_form(self, kind: str, rng: random.Random) -> str:
        """The English of any name of a kind."""
        if self.listed.get(kind) and rng.random() < 0.5:
            return rng.choice(self.listed[kind])[1]
        return rng.choice(self.forms[kind])

    def draw_part(self, kind: str, noted: bool, rng: random.Random) -> Part:
        """A name to put in; some that are noted have the English of another."""
        arabic, english = self.draw_pair(kind, rng)
        note = noted and rng.random() < EACH
        return Part(
            arabic, self.draw_form(kind, rng) if note and rng.random() < OTHER else english, note
        )

    def draw_line(self, rng: random.Random) -> Sentence:
        """A line that is only names, or places after a few words; seven in ten carry notes."""
        kind = rng.choice(sorted(self.listed))
        noted = rng.random() < 0.7
        parts = [self.draw_part(kind, noted, rng) for _ in range(rng.choice(LINE))]
        arabic, english = rng.choice(_BEFORE_PLACES) if kind == "place" else ("", "")
        joined = join_parts(parts, rng)
        notes = [
            Note(Span(len(arabic) + one.start, len(arabic) + one.end), part.english)
            for part, (one, _) in zip(parts, joined.places, strict=True)
            if part.noted
        ]
        return Sentence(arabic + joined.arabic, english + joined.english, notes=tuple(notes))


class Joined(NamedTuple):
    """Parts as one text in both languages, and the place of each in both."""

    arabic: str
    english: str
    places: tuple[Link, ...]


def join_parts(parts: Sequence[Part], rng: random.Random) -> Joined:
    """Names as news lists them: with و between all, or commas and و before the last."""
    comma = rng.choice((" و", " و", "، ", "، و"))
    arabic, english, places = "", "", []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if number:
            arabic += " و" if last else comma
            english += " and " if last else ", "
        starts = len(arabic), len(english)
        arabic, english = arabic + part.arabic, english + part.english
        places.append(Link(Span(starts[0], len(arabic)), Span(starts[1], len(english))))
    return Joined(arabic, english, tuple(places))


def change_sentence(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    """A sentence as one epoch sees it."""
    return _add_noise(_change_names(sentence, names, rng), rng)


def _change_names(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    if not sentence.names or not _stand_apart(sentence.names):
        return sentence
    noted = rng.random() < NOTED
    edits = [
        _Change(name, join_parts(parts, rng), parts)
        for name in sentence.names
        for parts in [_choose_parts(sentence, name, noted, names, rng)]
    ]
    return _put_names(sentence, edits)


def _choose_parts(
    sentence: Sentence, name: Name, noted: bool, names: Names, rng: random.Random
) -> list[Part]:
    """What stands in the place of a name: mostly itself."""
    kind = name.kind
    before, after = sentence.english[: name.english.start], sentence.english[name.english.end :]
    free = kind in LISTED and not before.lower().endswith("the ")
    own = Part(
        name.arabic.slice(sentence.arabic),
        name.english.slice(sentence.english),
        noted and rng.random() < EACH,
    )
    if kind == "place" and free and rng.random() < SPREAD and _may_spread(before, after):
        return [names.draw_part(kind, noted, rng) for _ in range(rng.choice(SPREADS))]
    if free and kind in names.kinds and rng.random() < SWAPPED:
        return [names.draw_part(kind, noted, rng)]
    if own.noted and rng.random() < OTHER and (free or kind not in LISTED):
        return [own._replace(english=names.draw_form(kind, rng))]
    return [own]


def _may_spread(before: str, after: str) -> bool:
    return bool(_BEFORE_LIST.search(before) and _AFTER_LIST.match(after))


class _Change(NamedTuple):
    """What is put in the place of a name."""

    name: Name
    joined: Joined
    parts: Sequence[Part]


def _put_names(sentence: Sentence, edits: Sequence[_Change]) -> Sentence:
    """The sentence with each name's Arabic and English replaced; its links move along."""
    arabic = [(edit.name.arabic, edit.joined.arabic) for edit in edits]
    english = [(edit.name.english, edit.joined.english) for edit in edits]
    names, notes = [], []
    for edit in edits:
        starts = _move(edit.name.arabic.start, arabic), _move(edit.name.english.start, english)
        for part, place in zip(edit.parts, edit.joined.places, strict=True):
            ours, theirs = (_shift(*both) for both in zip(place, starts, strict=True))
            names.append(Name(ours, theirs, edit.name.kind))
            notes += [Note(ours, part.english)] if part.noted else []
    links = [
        Link(
            Span(*(_move(at, arabic) for at in link.arabic)),
            Span(*(_move(at, english) for at in link.english)),
        )
        for link in sentence.links
        if not any(
            link.arabic.overlaps(n.arabic) or link.english.overlaps(n.english)
            for n in sentence.names
        )
    ]
    return Sentence(
        _edit(sentence.arabic, arabic),
        _edit(sentence.english, english),
        tuple(names),
        (*links, *(Link(name.arabic, name.english) for name in names)),
        tuple(sorted(notes)),
    )


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _add_noise(sentence: Sentence, rng: random.Random) -> Sentence:
    """The Arabic with noise; what is known of its places is kept where they are still right."""
    arabic = add_noise(sentence.arabic, rng)
    if len(arabic) == len(sentence.arabic):
        return sentence._replace(arabic=arabic)
    if sentence.notes:
        return sentence
    return Sentence(arabic, sentence.english)


def _stand_apart(names: Sequence[Name]) -> bool:
    return all(
        before.end <= after.start
        for side in (0, 1)
        for before, after in pairwise(sorted(name[side] for name in names))
    )


def _move(at: int, edits: Sequence[tuple[Span, str]]) -> int:
    return at + sum(len(new) - (s.end - s.start) for s, new in edits if s.end <= at)


def _edit(text: str, edits: Sequence[tuple[Span, str]]) -> str:
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text
