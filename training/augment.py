"""Training sentences changed at random: names swapped, wanted English noted beside names, noise.

A note stands in the source as the engine writes it at run time: ``<extra_0>``, the Arabic name,
``<extra_1>``, the wanted English, ``<extra_2>`` (after Dinu et al. 2019,
https://aclanthology.org/P19-1294/). Some notes ask for another name than the Arabic has, on both
sides, so that the model learns to obey them and not merely to agree.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bitrans.core import Span
from training.noise import add_noise

#: Chances: of a sentence with names to carry notes, of each of its names to have one, of a noted
#: name to ask for another, of a name to be swapped on both sides.
NOTED, EACH, OTHER, SWAPPED = 0.6, 0.8, 0.4, 0.12
#: Kinds that names of the bilingual lists may stand for.
LISTED = frozenset({"place", "person"})


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


class Names:
    """Names to put in place of others, by kind."""

    def __init__(
        self, listed: Mapping[str, Sequence[tuple[str, str]]], forms: Mapping[str, Sequence[str]]
    ) -> None:
        self.listed, self.forms = listed, forms

    def draw_pair(self, kind: str, rng: random.Random) -> tuple[str, str]:
        """Arabic and English of a name of a kind that lists have."""
        return rng.choice(self.listed[kind])

    def draw_form(self, kind: str, rng: random.Random) -> str:
        """The English of any name of a kind."""
        if self.listed.get(kind) and rng.random() < 0.5:
            return rng.choice(self.listed[kind])[1]
        return rng.choice(self.forms[kind])

    def draw_line(self, rng: random.Random) -> Sentence:
        """A line that is only names; seven in ten carry notes, half of those for another name."""
        kind = rng.choice(sorted(self.listed))
        picked = [self.draw_pair(kind, rng) for _ in range(rng.choice((1, 1, 2, 3)))]
        noted = rng.random() < 0.7
        arabic, english, notes = "", "", []
        for name, form in picked:
            arabic += " و" if arabic else ""
            wanted = self.draw_form(kind, rng) if noted and rng.random() < 0.5 else form
            span = Span(len(arabic), len(arabic) + len(name))
            arabic, english = arabic + name, f"{english} and {wanted}" if english else wanted
            notes.append(Note(span, wanted))
        return Sentence(arabic, english, notes=tuple(notes) if noted else ())


def change_sentence(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    """A sentence as one epoch sees it."""
    return _add_noise(_change_names(sentence, names, rng), rng)


def _change_names(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    if not sentence.names or not _stand_apart(sentence.names):
        return sentence
    noted = rng.random() < NOTED
    swaps: list[tuple[Name, str, str, bool]] = []
    for name in sentence.names:
        arabic = name.arabic.slice(sentence.arabic)
        english = name.english.slice(sentence.english)
        free = not sentence.english[: name.english.start].lower().endswith("the ")
        note = noted and rng.random() < EACH
        if name.kind in LISTED and names.listed and free and rng.random() < SWAPPED:
            arabic, english = names.draw_pair(name.kind, rng)
        elif note and rng.random() < OTHER and (free or name.kind not in LISTED):
            english = names.draw_form(name.kind, rng)
        swaps.append((name, arabic, english, note))
    return _put_names(sentence, swaps)


def _put_names(sentence: Sentence, swaps: Sequence[tuple[Name, str, str, bool]]) -> Sentence:
    """The sentence with each name's Arabic and English replaced; its links move along."""
    changed = [
        s
        for s in swaps
        if (s[1], s[2])
        != (s[0].arabic.slice(sentence.arabic), s[0].english.slice(sentence.english))
    ]
    arabic_edits = [(name.arabic, arabic) for name, arabic, _, _ in changed]
    english_edits = [(name.english, english) for name, _, english, _ in changed]
    names, notes = [], []
    for name, arabic, english, note in swaps:
        start = _move(name.arabic.start, arabic_edits)
        place = Span(start, start + len(arabic))
        begin = _move(name.english.start, english_edits)
        names.append(Name(place, Span(begin, begin + len(english)), name.kind))
        notes += [Note(place, english)] if note else []
    links = [
        Link(
            Span(*(_move(at, arabic_edits) for at in link.arabic)),
            Span(*(_move(at, english_edits) for at in link.english)),
        )
        for link in sentence.links
        if not any(
            _overlap(link.arabic, n.arabic) or _overlap(link.english, n.english)
            for n in sentence.names
        )
    ]
    return Sentence(
        _edit(sentence.arabic, arabic_edits),
        _edit(sentence.english, english_edits),
        tuple(names),
        (*links, *(Link(name.arabic, name.english) for name in names)),
        tuple(sorted(notes)),
    )


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


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
