"""Find names in documents that have no entry: who or what is this, and how is it spelt?

A candidate needs two things to speak for it: in Arabic a word that says a name follows (a title,
a kind word, a list of names), and in English a name that sounds like it or that the model's
attention drew from it. One of them is enough where it is strong: a list of known names goes on,
or the English has the very consonants. Ordinary words have neither.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bitrans.core import Hypothesis, Kind, Match, Span, Term
from bitrans.glossary import kindwords
from bitrans.glossary.forms import ARTICLE
from bitrans.glossary.lint.spellings import pair_words
from bitrans.glossary.mining.cues import PART_OF_NAME, Place, list_places, may_go_on
from bitrans.glossary.mining.english import (
    ALIKE,
    Reading,
    Spelling,
    find_spelling,
    is_nationality,
    is_ordinary,
    read_rendering,
)
from bitrans.glossary.terms import normalise_form
from bitrans.glossary.words import Words
from bitrans.spelling import fold_arabic, measure_skeleton, spell_name

_CONTEXT = 5
_MOST_CONTEXTS = 3
#: Without any word before it, a name's consonants must be as alike as this, and as many.
_SURE, _MANY = 0.9, 3
_NISBA = re.compile(r".*(?:ي|يه|يا|يين|يون|يان|يات)")
#: Second words of a name that a third follows: محمد بن سلمان, ستيفان دي ميستورا.
_PARTS = frozenset(["بن", "ابن", "ابو", "ابي", "عبد", "ال", "دي", "دو", "فان", "فون", "مارك"])
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول")


@dataclass(frozen=True, slots=True)
class Line:
    """A segment with the names known in it and what the model wrote for it, the best first."""

    document_id: str
    text: str
    matches: tuple[Match, ...]
    renderings: tuple[Hypothesis, ...] = ()


@dataclass(slots=True)
class Mined:
    """A name without an entry: its forms, why it is taken for a name, and how it was spelt."""

    forms: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    cues: Counter[str] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    contexts: list[str] = field(default_factory=list)
    suggestion: str = ""
    likeness: float = 0.0

    @property
    def count(self) -> int:
        """Mentions."""
        return self.forms.total()

    @property
    def form(self) -> str:
        """The form met most often, of these the longest."""
        return max(self.forms, key=lambda form: (self.forms[form], len(form)))

    @property
    def kind(self) -> Kind:
        """The kind most cues say; a name nobody says anything of is ``other``."""
        return max(self.kinds, key=lambda kind: self.kinds[kind], default="other")

    @property
    def usefulness(self) -> float:
        """More where it is met often, in many documents, under several spellings, with cues."""
        disputed = 2.0 if len(self.spellings) > 1 else 0.0
        return (
            self.count + 2 * (len(self.documents) - 1) + disputed + 2 * bool(self.cues)
            + 2 * self.likeness
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Find:
    """One mention: its words, its form without what is attached, and its English if found."""

    place: Place
    form: str
    spelling: Spelling | None
    others: tuple[str, ...] = ()


def mine_names(lines: Iterable[Line], terms: Sequence[Term]) -> list[Mined]:
    """Names in lines that no term has, the most useful to add first."""
    known = {normalise_form(form) for term in terms for form in term.arabic}
    given = list_given_names(terms)
    counts: Counter[str] = Counter()
    found: dict[str, Mined] = defaultdict(Mined)
    for line in lines:
        words = Words(line.text)
        counts.update(words.texts)
        for find in find_names(line, words, list_places(words, line.matches, given)):
            key = normalise_form(find.form)
            if key not in known and key.removeprefix("ال") not in known:
                _count(found[key], find, line, words)
    merged = [mined for mined in _merge(found) if _is_rare(mined, counts)]
    spelt = learn_words(terms)
    for mined in merged:
        mined.suggestion = spell_name(mined.form, spelt)
    return sorted(merged, key=lambda mined: (-mined.usefulness, mined.form))


def learn_words(terms: Iterable[Term]) -> dict[str, str]:
    """How the termbase romanises each Arabic word, folded and without its article."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for term in terms:
        pairs = (pair for form in term.arabic for pair in pair_words(replace(term, arabic=(form,))))
        for arabic, english in pairs:
            if measure_skeleton(arabic, english) >= ALIKE:
                spelt[arabic][english] += 1
    return {arabic: counts.most_common(1)[0][0] for arabic, counts in spelt.items()}


def list_given_names(terms: Sequence[Term]) -> frozenset[str]:
    """Common first names, and those of two people of the termbase or more, folded.

    That of one may be an ordinary word (Jeb, جيب).
    """
    counts = Counter(
        normalise_form(term.arabic[0]).split()[0] for term in terms if term.kind == "person"
    )
    return kindwords.GIVEN_NAMES | {name for name, count in counts.items() if count > 1}


def find_names(line: Line, words: Words, places: Iterable[Place]) -> Iterator[Find]:
    """The mentions of a line that do not overlap, the best first.

    :param places: where names may be (:func:`list_places`).
    """
    readings = [read_rendering(rendering, line.matches) for rendering in line.renderings]
    judged = (_judge(place, words, readings) for place in places)
    taken: set[int] = set()
    for find in sorted((one for one in judged if one is not None), key=_rank):
        indices = set(range(find.place.first, find.place.last + 1))
        if not indices & taken:
            taken |= indices
            yield find


def _judge(place: Place, words: Words, readings: Sequence[Reading]) -> Find | None:
    """A place as a name, or None where too little speaks for it."""
    options = [_judge_form(form, place, words, readings) for form in _list_forms(place, words)]
    found = [option for option in options if option is not None]
    return min(found, key=_rank, default=None)


def _judge_form(form: str, place: Place, words: Words, readings: Sequence[Reading]) -> Find | None:
    indices = range(place.first, place.last + 1)
    spans = [words.locate(words.starts[index], words.ends[index]) for index in indices]
    before = words.texts[place.first - 1].removeprefix("و") if place.first else ""
    titled = before in PART_OF_NAME and bool(place.cue)
    found = (find_spelling(form, spans, reading, whole=titled) for reading in readings)
    spellings = [spelling for spelling in found if spelling]
    best = max(spellings, key=lambda spelling: spelling.likeness, default=None)
    if not _is_enough(form, place, words, best):
        return None
    span = Span(spans[0].start, spans[-1].end)
    if best is None and not place.listed and any(is_ordinary(span, one) for one in readings[:1]):
        return None
    if titled:
        form = f"{words.read_word(place.first - 1).removeprefix('و')} {form}"
    return Find(place, form, best, tuple(spelling.text for spelling in spellings))


def _is_enough(form: str, place: Place, words: Words, best: Spelling | None) -> bool:
    """Whether sound, attention or the Arabic alone show a name."""
    many, first = place.last > place.first, words.texts[place.first]
    doubtful = place.cue.startswith("given name") or kindwords.is_adjective(first)
    if place.kind == "person" and not many and doubtful:
        return False
    if best is not None and best.likeness:
        return bool(place.cue) or _is_sure(form, best)
    if not place.strong or not _ends_here(place, words):
        return False
    goes_on = _goes_on_listing(place, words)
    if place.listed and best is None and not goes_on:
        return False
    listed = place.listed or (_opens_list(place, words) and goes_on)
    if best is not None or listed or _is_quoted(place, words):
        return place.last - place.first < 3
    adjective = kindwords.is_adjective(first)
    if place.kind == "person":
        return many and not adjective and place.last - place.first == _count_parts(place, words)
    return place.kind == "place" and first.startswith(ARTICLE) and not adjective and not many


def _count_parts(place: Place, words: Words) -> int:
    """The words after the first that a personal name has: two where the second is no surname."""
    second = words.texts[place.first + 1]
    if _strip_and(words.texts[place.first]) in _PARTS:
        return 2
    return 2 if second in kindwords.GIVEN_NAMES or second in _PARTS else 1


def _is_sure(form: str, best: Spelling) -> bool:
    """Whether the sound alone shows a name, without any word before it."""
    letters = len(fold_arabic(form))
    needed = 1.0 if letters <= _MANY else _SURE
    adjective = " " not in form and _NISBA.fullmatch(normalise_form(form))
    proper = not best.begins and not is_nationality(best.text) and not adjective
    return letters >= _MANY and best.likeness >= needed and proper


def _opens_list(place: Place, words: Words) -> bool:
    """Whether it is the first after a plural (``أحياء أغيور و...``) and looks like no adjective."""
    adjective = words.texts[place.first].endswith(("يه", "ات"))
    return place.kind == "place" and place.cue.startswith("plural") and not adjective


def _goes_on_listing(place: Place, words: Words) -> bool:
    """Whether a member of a list is a noun with its article, or the list goes on after it."""
    first, after = words.texts[place.first], place.last + 1
    if _strip_and(first).startswith(ARTICLE):
        return True
    if after == len(words):
        return False
    gap = words.read_gap(after).strip()
    return gap in ("،", ",") or (not gap and words.texts[after].startswith("و"))


def _is_quoted(place: Place, words: Words) -> bool:
    after = place.last + 1
    closing = words.read_gap(after) if after < len(words) else words.folded[words.ends[-1] :]
    return words.read_gap(place.first)[-1:] == '"' and closing[:1] == '"'


def _list_forms(place: Place, words: Words) -> Iterator[str]:
    """The words as the text writes them, as they are and without what may be attached in front."""
    written = [words.read_word(index) for index in range(place.first, place.last + 1)]
    first = written[0]
    joined = place.cue.startswith("list") and words.texts[place.first].startswith("و")
    if not joined:
        yield " ".join(written)
    for prefix in _PREFIXES:
        rest = first.removeprefix(prefix)
        if rest != first and (len(rest) > 3 or joined) and (not joined or prefix == "و"):
            rest = f"ا{rest}" if prefix.endswith("ل") and rest.startswith("ل") else rest
            yield " ".join([rest, *written[1:]])


def _strip_and(word: str) -> str:
    return word[1:] if word[:1] == "و" and len(word) > 4 else word


def _ends_here(place: Place, words: Words) -> bool:
    """Whether nothing more can belong to the name; after a noun with article that is an adjective
    with one.
    """
    after = place.last + 1
    if after == len(words) or words.read_gap(after) != " ":
        return True
    word = words.texts[after]
    noun = any(words.texts[at].startswith(ARTICLE) for at in (place.first, place.last))
    qualified = word.startswith(ARTICLE) and noun
    return qualified or not may_go_on(after, words)


def _rank(find: Find) -> tuple[float, int, int]:
    """The most letters that sound alike first, then the longest, then from left to right."""
    likeness = find.spelling.likeness if find.spelling else 0.0
    letters = len(fold_arabic(find.form))
    return -(likeness**3) * letters, find.place.first - find.place.last, find.place.first


def _is_rare(mined: Mined, counts: Mapping[str, int]) -> bool:
    """Whether a word that no English shows to be a name mostly stands where names stand."""
    word = normalise_form(mined.form)
    if mined.spellings or " " in word:
        return True
    seen = sum(counts.get(prefix + word, 0) for prefix in ("", *_PREFIXES))
    return mined.count >= seen / 2


def _count(mined: Mined, find: Find, line: Line, words: Words) -> None:
    mined.forms[find.form] += 1
    mined.documents.add(line.document_id)
    if find.place.cue:
        mined.cues[find.place.cue] += 1
    if find.place.kind:
        mined.kinds[find.place.kind] += 2 if find.place.strong else 1
    mined.spellings.update(set(find.others))
    if find.spelling:
        mined.likeness = max(mined.likeness, find.spelling.likeness)
    if len(mined.contexts) < _MOST_CONTEXTS:
        mined.contexts.append(_quote(find.place, words))


def _quote(place: Place, words: Words) -> str:
    first = max(0, place.first - _CONTEXT)
    last = min(len(words) - 1, place.last + _CONTEXT)
    return " ".join(
        words.locate(words.starts[first], words.ends[last]).slice(words.original).split()
    )


def _merge(found: Mapping[str, Mined]) -> list[Mined]:
    """A surname with the full name it ends, a name with its article and without."""
    owners = {key.split()[-1].removeprefix("ال"): key for key in found if " " in key}
    merged: dict[str, Mined] = {}
    for key in sorted(found, key=lambda key: -key.count(" ")):
        mined = found[key]
        plain = key.removeprefix("ال")
        owner = owners.get(plain) if " " not in key else None
        if owner is not None and found[owner].kind == "person":
            _join(merged[owner], mined)
        elif plain in merged or f"ال{key}" in merged:
            _join(merged[plain if plain in merged else f"ال{key}"], mined)
        else:
            merged[key] = mined
    return list(merged.values())


def _join(one: Mined, other: Mined) -> None:
    one.forms += other.forms
    one.kinds += other.kinds
    one.cues += other.cues
    one.documents |= other.documents
    one.contexts = [*one.contexts, *other.contexts][:_MOST_CONTEXTS]
    one.likeness = max(one.likeness, other.likeness)
    if not one.spellings:
        one.spellings += other.spellings
