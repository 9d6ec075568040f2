"""Names in the English that a model wrote, and which Arabic words each came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from bitrans.core import Hypothesis, Match, Span
from bitrans.spelling import fold_arabic, measure_skeleton, propose_spellings


def _list_words(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: How alike the consonants of an Arabic and an English name must be.
ALIKE = 0.75
#: The share of a run's tokens whose attention must point into the Arabic words.
POINTING = 0.6
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`-][^\W\d_]+)*")
_PARTICLES = frozenset(["al", "el", "bin", "ibn", "de", "of", "the", "for", "and", "ul"])
_POSSESSIVE = re.compile(r"['’]s$")
#: Words that a name may have as a word of its own or joined to the next.
_PREFIXED = frozenset(["عبد", "ابو", "ابي", "ابا", "ابن", "بن", "ام", "دي", "دو", "فان", "ال"])
_PREFIXED_LATIN = frozenset(["abd", "abdul", "abdel", "abu", "umm", "du", "van", "ibn"])
#: In names of so few consonants the vowels must be alike as well, of 100.
_SHORT, _VOWELS_ALIKE = 2, 60
#: So many proposed spellings are compared.
_PROPOSED = 3
_GOVERNING = re.compile(r"(?:of|for|from) the |\band (?:the )?", re.IGNORECASE)
_BEGINNING = re.compile(r"(?:^|[.!?…:]|\n)[\"'“”‘’«(\[\s]*$")
#: Capitals without a name: days, months, titles, and what begins many sentences.
_NO_NAMES = _list_words(
    "a an monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december president minister prime king prince "
    "general colonel major captain lieutenant brigadier dr mr mrs ms sir the this that "
    "these those in on at for from but and he she it they we i his her their our according while "
    "meanwhile however after before since as if when where there here also source ad islamic "
    "muslim muslims arab arabs god north south east west"
)
_NATIONALITY = re.compile(
    r"\w+(?:[iec]ans?|mans?|ish|ese|[aeqnmrl]is?)|french|dutch|greeks?|turks?|kurds?|afghans?"
)
_NISBA = re.compile(r".+(?:ي|ى|يه|ية|يين|يون|يات|ا)")


def is_nationality(name: str) -> bool:
    """Whether an English word is, by its ending, an adjective of a country or people."""
    return _NATIONALITY.fullmatch(name.lower()) is not None


class Run(NamedTuple):
    """Words of the English with capitals, one name perhaps."""

    span: Span
    text: str
    begins: bool


class Pointed(NamedTuple):
    """A token of the English and the Arabic that the model looked at most when it wrote it."""

    english: Span
    arabic: Span


class Reading(NamedTuple):
    """A rendering as it is searched for names; ``pointed`` is empty where nothing is aligned."""

    text: str
    runs: tuple[Run, ...]
    pointed: tuple[Pointed, ...]


class Spelling(NamedTuple):
    """An English name for some Arabic words. ``likeness`` 0 means found by attention alone."""

    text: str
    likeness: float
    begins: bool


def read_rendering(rendering: Hypothesis, matches: Sequence[Match]) -> Reading:
    """What of a rendering tells names: those of matches are known already."""
    text, sources = rendering.text, rendering.source_spans
    rows = zip(rendering.target_spans, rendering.alignment or (), strict=False)
    pointed = (
        Pointed(place, sources[max(range(len(weights)), key=weights.__getitem__)])
        for place, weights in rows
        if weights
    )
    return Reading(text, tuple(list_runs(text, find_known(text, matches))), tuple(pointed))


def list_runs(text: str, taken: Sequence[Span] = ()) -> Iterator[Run]:
    """Runs of words with capitals that are not taken; ``begins`` where a sentence begins so."""
    words = [word for word in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _goes_on(words, end, at, text, taken):
            end += 1
        while end > at and words[end - 1].group().lower() in _PARTICLES:
            end -= 1
        if end > at:
            span = Span(words[at].start(), words[end - 1].end())
            yield Run(span, span.slice(text), _BEGINNING.search(text[: span.start]) is not None)
        at = max(end, at + 1)


def find_known(text: str, matches: Sequence[Match]) -> list[Span]:
    """Where the English of matches stands, the longest forms first."""
    spans: list[Span] = []
    forms = {form for match in matches for form in (match.term.preferred, *match.term.admitted)}
    for form in sorted(forms, key=len, reverse=True):
        for found in re.finditer(rf"(?<!\w){re.escape(form)}(?:['’]s)?(?!\w)", text):
            span = Span(*found.span())
            if not any(span.overlaps(other) for other in spans):
                spans.append(span)
    return spans


def find_spelling(
    arabic: str, spans: Sequence[Span], reading: Reading, *, whole: bool
) -> Spelling | None:
    """The part of the English that is these Arabic words: by sound, or by attention and capitals.

    :param spans: where the Arabic words stand in the text that was translated.
    :param whole: take all of the run that holds the part, as for ``Quds Brigade``.
    """
    best: Spelling | None = None
    for run in reading.runs:
        for part in _list_parts(run):
            likeness = measure_skeleton(arabic, part)
            if likeness < ALIKE or _is_nationality(part, arabic) or not _fits(arabic, part):
                continue
            if best is None or likeness > best.likeness:
                begins = run.begins and run.text == part and " " not in part
                text = _cut_before(run.text, part) if whole else part
                best = Spelling(text, likeness, begins)
    if best is not None:
        return best
    for run in reading.runs:
        if not is_nationality(run.text) and _points_at(reading, run.span, spans):
            return Spelling(_POSSESSIVE.sub("", run.text), 0.0, run.begins)
    return None


def is_ordinary(span: Span, reading: Reading) -> bool:
    """Whether attention shows that the model made plain words of some Arabic, not a name."""
    written = [
        one.english.slice(reading.text) for one in reading.pointed if one.arabic.overlaps(span)
    ]
    return bool(written) and not any(letter.isupper() for word in written for letter in word)


def _goes_on(
    words: Sequence[re.Match[str]], end: int, at: int, text: str, taken: Sequence[Span]
) -> bool:
    word = words[end]
    if any(Span(*word.span()).overlaps(span) for span in taken):
        return False
    if end > at and text[words[end - 1].end() : word.start()].strip(" "):
        return False
    plain = word.group().lower()
    if plain in _NO_NAMES and (end == at or plain not in _PARTICLES):
        return False
    capital = any(part[:1].isupper() for part in word.group().split("-"))
    return capital if end == at else capital or plain in _PARTICLES


def _list_parts(run: Run) -> Iterator[str]:
    words = run.text.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = _POSSESSIVE.sub("", " ".join(words[start:end]))
            if len(part) > 2 and words[end - 1].lower() not in _PARTICLES:
                yield part


def _fits(arabic: str, english: str) -> bool:
    """Whether both have as many words, and two short words the same vowels by and large."""
    ours = [word for word in arabic.split() if word not in _PREFIXED]
    parts = re.split(r"[ -]", english.lower())
    theirs = [word for word in parts if word not in _PARTICLES and word not in _PREFIXED_LATIN]
    if len(ours) != len(theirs) and (
        len(ours) > len(theirs) or measure_skeleton(arabic, english) < 0.9
    ):
        return False
    if len(fold_arabic(arabic)) > _SHORT:
        return True
    return any(
        fuzz.ratio(spelling.lower(), english.lower()) >= _VOWELS_ALIKE
        for spelling in propose_spellings(arabic, _PROPOSED)
    )


def _cut_before(run: str, part: str) -> str:
    """The run that holds a part, without what only goes with it: ``Fighters of the ...``."""
    at = run.find(part)
    cuts = [found.end() for found in _GOVERNING.finditer(run[: max(at, 0)])]
    return _POSSESSIVE.sub("", run[max(cuts, default=0) :])


def _is_nationality(english: str, arabic: str) -> bool:
    """``Russian`` for ``روسية`` is no name of its own."""
    return is_nationality(english) and _NISBA.fullmatch(arabic) is not None


def _points_at(reading: Reading, run: Span, sources: Sequence[Span]) -> bool:
    """Whether the attention of most tokens of a run is on some Arabic words, and on each one."""
    strongest = [one.arabic for one in reading.pointed if one.english.overlaps(run)]
    whole = Span(sources[0].start, sources[-1].end)
    pointing = sum(place.overlaps(whole) for place in strongest)
    each = all(any(place.overlaps(source) for place in strongest) for source in sources)
    return each and pointing >= POINTING * len(strongest)
