"""Words of the English that may stand for a name it lacks: forbidden forms, other spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bitrans.core import Hypothesis, Match, Span, Term
from bitrans.enforce.likeness import (
    SIMILAR_SHORT,
    find_closest,
    fold_spelling,
    is_derived,
    is_similar,
    list_forms,
)
from bitrans.enforce.places import find_forms, overlaps


def _list_words(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Words with a capital for other reasons than being a name: where sentences begin, in dates, in
#: headlines, beside names. A name may hold them (Sheikh Saeed) but no other name is made of them.
NOT_NAMES = _list_words(
    "the a an of in on at to for from by with and or nor but as is are was were be been has have "
    "had not no yes if that this these those it its he his him she her they their we our you your "
    "i my who what which when where while why how will would can could may might must shall should "
    "said says according after before since until during despite although though because however "
    "meanwhile moreover also then there here now today yesterday tomorrow earlier later once only "
    "even still yet both each all some any many much most more several other others another such "
    "about around over under into between among against through within without across along near "
    "outside inside one two three four five six seven eight nine ten hundreds thousands dozens "
    "half first second third last next new old great grand high national international general "
    "january february march april june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday ramadan city town village district districts neighborhood neighborhoods neighbourhood "
    "neighbourhoods quarter area areas province governorate region country state republic kingdom "
    "north south east west northern southern eastern western central northeast northwest southeast "
    "southwest road street square bridge gate river lake sea gulf mountain mount airport base camp "
    "hospital mosque church university school citadel market army forces force front group groups "
    "brigade party government opposition regime rebels militants fighters civilians residents "
    "activists sources witnesses officials troops ministry minister president prime deputy foreign "
    "defense defence interior gen colonel col major maj lieutenant lt brigadier captain spokesman "
    "spokeswoman spokesperson secretary king prince emir sheikh ambassador envoy director head "
    "chief leader commander correspondent mr mrs ms dr agency news television channel observatory "
    "organization committee council union center centre"
)
#: How many texts, alone and with a term, are remembered.
_MEMORY = 1 << 12
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|an|ar|at|az|ez)-(?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$")
#: What may stand between two words of a name, and small words that may stand inside it.
_GAP = re.compile(r"['’]? |-")
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "abu", "de", "of", "the"})
_NATIONALITY = re.compile(r"\w+(?:[iec]an|ish|ese|aqi|eni|eli|aiti|tari|audi|nni|stani|man)")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"'”’)]*\s+|[:\n]\s*(?=[\"“\n]))[\"'“‘(\[]*$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Maj|Lt|Capt|Sen|Rep|Gov|No)\.\s+$")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: its place, whether it may follow the word before it within a name."""

    span: Span
    lower: str
    joined: bool
    capital: bool
    small: bool

    def may_bound(self, known: frozenset[str]) -> bool:
        """Whether a name may begin or end with it."""
        if self.capital and self.lower not in NOT_NAMES:
            return True
        return self.lower in known and self.lower not in _PARTICLES


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may stand for a mention, and the name to write in their place."""

    index: int
    span: Span
    name: str
    likeness: float
    why: str


def find_candidates(
    hypothesis: Hypothesis, matches: Sequence[Match], index: int, places: Mapping[int, Span]
) -> Iterator[Candidate]:
    """What may be rewritten to name a mention; ``places`` are those of the others."""
    text, term = hypothesis.text, matches[index].term
    for span in find_forms(text, term.forbidden):
        aligned = is_aligned(hypothesis, matches[index], span)
        if not overlaps(span, places.values()) and (aligned or _stands_out(span, text)):
            shown = span.slice(text)
            why = f"“{shown}” is a form that the glossary forbids"
            yield Candidate(index, span, _choose_form(shown, term), 1.0, why)
    others = [match.term for match in matches if match.term.id != term.id]
    for span in list_runs(text, term):
        shown = span.slice(text)
        if overlaps(span, places.values()):
            continue
        likeness, form = find_closest(shown, term)
        if not is_similar(shown, form, likeness, aligned=True) or is_derived(shown, form):
            continue
        aligned = is_aligned(hypothesis, matches[index], span)
        if (
            is_similar(shown, form, likeness, aligned=aligned)
            and (aligned or _stands_alone(span, text, likeness))
            and all(find_closest(shown, other)[0] <= likeness for other in others)
        ):
            why = f"“{shown}” is “{form}” in another spelling"
            yield Candidate(index, span, _choose_form(shown, term), likeness, why)


@lru_cache(maxsize=_MEMORY)
def list_runs(text: str, term: Term) -> tuple[Span, ...]:
    """Runs of words that may be a name of the term's length; possessive endings stay outside."""
    known, longest = _list_known(term)
    words = _read_words(text)
    return tuple(
        Span(words[first].span.start, words[last].span.end)
        for first, word in enumerate(words)
        if word.may_bound(known)
        for last in _list_ends(words[first : first + longest], first, known)
    )


def _list_ends(words: Sequence[_Word], first: int, known: frozenset[str]) -> Iterator[int]:
    """The numbers of the words with which a name may end that begins with word ``first``.

    It holds a capital, and no small word that the term's forms have not.
    """
    capital = False
    for last, word in enumerate(words, first):
        if last > first and not word.joined:
            return
        if word.small and word.lower not in _PARTICLES and word.lower not in known:
            return
        capital = capital or word.capital
        if capital and word.may_bound(known):
            yield last


@lru_cache(maxsize=_MEMORY)
def _list_known(term: Term) -> tuple[frozenset[str], int]:
    """The words of the term's names in small letters, and how many a run may have."""
    forms = [form for form in list_forms(term) if any(letter.isupper() for letter in form)]
    names = [re.split(r"[\s-]", form) for form in forms]
    known = frozenset(word.lower() for name in names for word in name)
    return known, max(map(len, names), default=0) + 1


@lru_cache(maxsize=_MEMORY)
def _read_words(text: str) -> tuple[_Word, ...]:
    """The words of a text without their possessive endings."""
    words: list[_Word] = []
    for hit in _WORD.finditer(text):
        span = _drop_possessive(Span(*hit.span()), text)
        shown = span.slice(text)
        joined = bool(words and _GAP.fullmatch(text, words[-1].span.end, span.start))
        capital = any(letter.isupper() for letter in shown)
        words.append(_Word(span, shown.lower(), joined, capital, shown.islower()))
    return tuple(words)


def is_aligned(hypothesis: Hypothesis, match: Match, span: Span) -> bool:
    """Whether the model made these words, or half of their tokens, from the Arabic of a match."""
    return share_pointing(hypothesis, match, span) >= 0.5


def share_pointing(hypothesis: Hypothesis, match: Match, span: Span) -> float:
    """The share of the tokens of some words whose attention is on a mention; 0 without any."""
    if hypothesis.alignment is None:
        return 0.0
    pairs = zip(hypothesis.target_spans, hypothesis.alignment, strict=True)
    rows = [
        weights
        for place, weights in pairs
        if place.start < span.end and span.start < place.end and weights
    ]
    sources = [hypothesis.source_spans[weights.index(max(weights))] for weights in rows]
    pointing = sum(s.start < match.span.end and match.span.start < s.end for s in sources)
    return pointing / len(rows) if rows else 0.0


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence, or one that is quoted, begins at a place."""
    before = text[:at]
    return bool(_SENTENCE_START.search(before)) and not _ABBREVIATION.search(before)


def _choose_form(shown: str, term: Term) -> str:
    """The preferred form, or that part of it which is written (``Peskow``: ``Peskov``)."""
    likeness, form = find_closest(shown, term)
    part = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", term.preferred)
    return form if part and is_similar(shown, form, likeness, aligned=True) else term.preferred


def _stands_out(span: Span, text: str) -> bool:
    """Whether a forbidden form can be no common word: more than one word, or a capital."""
    shown = span.slice(text)
    capitals = sum(letter.isupper() for letter in shown)
    return " " in shown or capitals > begins_sentence(text, span.start)


def _stands_alone(span: Span, text: str, likeness: float) -> bool:
    """Whether one word is a name of its own: not ordinary, not beside words of another name."""
    if " " in fold_spelling(span.slice(text)):
        return True
    if begins_sentence(text, span.start) and likeness < SIMILAR_SHORT:
        return False
    after = re.match(rf" ({_WORD.pattern})", text[span.end :])
    before = re.search(rf"({_WORD.pattern}) $", text[: span.start])
    if before and begins_sentence(text, before.start()):
        before = None
    return not any(beside and is_other_name(beside[1]) for beside in (before, after))


def is_other_name(word: str) -> bool:
    """Whether a word looks like part of a name: a capital, not ordinary, no nationality."""
    bare = _ARTICLE.sub("", _POSSESSIVE.sub("", word))
    return bare[:1].isupper() and bare.lower() not in NOT_NAMES and not _NATIONALITY.fullmatch(bare)


def _drop_possessive(span: Span, text: str) -> Span:
    ending = _POSSESSIVE.search(span.slice(text))
    return Span(span.start, span.end - 2) if ending else span
