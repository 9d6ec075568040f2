"""The spellings of a listed Arabic form, and the trie of words that finds them.

Names begin where words begin, so the trie is over words, not letters: a text's word that begins
no name costs one look-up, however many names there are, and no compiled library is needed. Only
what a writer chooses is spelt out here (``عبدالرحمن``, ``أبي``, words run together); letters that
Arabic writes in several ways are folded by :func:`bitrans.arabic.fold_for_matching`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bitrans.arabic import Folded, fold_for_matching
from bitrans.core import Kind, Term

ARTICLE = "ال"
#: Entries of these kinds are common nouns in the plural or dual more often than proper names.
_DECLINED: frozenset[Kind] = frozenset({"group", "agency", "office", "event", "other"})
_KUNYA = ("ابو", "ابي", "ابا")
#: District words that an entry may carry in its form (``حي المعادي``): the rest is a name too.
_DISTRICT = frozenset({"حي", "احياء"})
_WORD = re.compile(r"[^\W_]+")


class Word(NamedTuple):
    """A word without its article, and whether it had one."""

    stem: str
    article: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling of one form of a term.

    ``listed`` is the form folded. ``needs`` says why it is no name without evidence, ``cut`` that
    the form's kind word was left out.
    """

    term: Term
    form: str
    listed: Folded
    words: tuple[Word, ...]
    needs: str = ""
    cut: bool = False


@dataclass(slots=True)
class Node:
    """A node of the trie: the next words and the entries that end here."""

    children: dict[str, Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


def build_trie(terms: Iterable[Term]) -> Node:
    """All spellings of all forms, word by word, articles left out of the keys."""
    root = Node()
    for term in terms:
        seen: set[tuple[Word, ...]] = set()
        for entry in list_entries(term):
            if entry.words not in seen:
                seen.add(entry.words)
                _insert(root, entry)
    return root


class Index(NamedTuple):
    """What a trie begins with, worked out before.

    ``starts`` has for each stem that begins a name the places of its terms among all terms,
    ``surnames`` is what :func:`map_surnames` gives.
    """

    starts: Mapping[str, Sequence[int]]
    surnames: Mapping[str, Collection[str]]


class GrowingNodes(dict[str, Node]):
    """The nodes of a trie's first words, each built from its terms when first asked for."""

    def __init__(self, terms: Sequence[Term], starts: Mapping[str, Sequence[int]]) -> None:
        super().__init__()
        self._terms, self._starts = terms, starts

    def __missing__(self, stem: str) -> Node:
        root = build_trie(self._terms[place] for place in self._starts[stem])
        # An index that does not fit its terms can lose a name, but never make one up.
        node = self[stem] = root.children.get(stem, Node())
        return node


def index_trie(root: Node, terms: Sequence[Term]) -> dict[str, list[int]]:
    """For each stem that begins a name of a trie the places of its terms among ``terms``."""
    places = {id(term): place for place, term in enumerate(terms)}
    return {
        stem: sorted({places[id(entry.term)] for entry in _list_below(node)})
        for stem, node in root.children.items()
    }


def _list_below(node: Node) -> Iterator[Entry]:
    yield from node.entries
    for child in node.children.values():
        yield from _list_below(child)


def map_surnames(terms: Iterable[Term]) -> dict[str, set[str]]:
    """For the last word of each full personal name the first words it goes with, folded."""
    given: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        if term.kind == "person":
            for form in term.arabic:
                words = fold_for_matching(form).text.split()
                if len(words) > 1 and not words[0].startswith(ARTICLE):
                    given[words[-1]].add(words[0])
    return dict(given)


def list_entries(term: Term) -> Iterator[Entry]:
    """Every spelling of every form, those nearest to the listed ones first."""
    listed = [_make_entry(term, form) for form in term.arabic]
    yield from listed
    if "exact" in term.flags:
        return
    for entry in listed:
        for words in _vary(entry.words, term.kind):
            yield replace(entry, words=words)
    for entry in listed:
        if term.kind == "place" and _names_district(entry.words):
            needs = "written without its kind word"
            yield replace(entry, words=entry.words[1:], needs=needs, cut=True)


def split_form(form: str, folded: Folded) -> tuple[Word, ...]:
    """A listed form as stems and articles; ``أل`` and ``إل`` are no article."""
    words = []
    for match in _WORD.finditer(folded.text):
        written = form[folded.offsets[match.start()]]
        words.append(split_article(match.group(), may_be=written not in "أإآ"))
    return tuple(words)


def split_article(word: str, *, may_be: bool = True) -> Word:
    """``الكلاسة`` as ``كلاسة`` with its article; what is left has at least two letters."""
    if may_be and word.startswith(ARTICLE) and len(word) > 3:
        return Word(word[2:], True)
    return Word(word, False)


def _make_entry(term: Term, form: str) -> Entry:
    folded = fold_for_matching(form)
    return Entry(term, form, folded, split_form(form, folded), _what_needs(term, form))


def _insert(root: Node, entry: Entry) -> None:
    node = root
    for word in entry.words:
        node = node.children.setdefault(word.stem, Node())
    if entry.words:
        node.entries.append(entry)


def _what_needs(term: Term, form: str) -> str:
    """A full personal name speaks for itself; all other forms of a flagged entry do not."""
    if "needs-evidence" not in term.flags:
        return ""
    if term.kind == "person" and " " in form and not all(" " in other for other in term.arabic):
        return ""
    return "flagged needs-evidence"


def _vary(words: tuple[Word, ...], kind: Kind) -> Iterator[tuple[Word, ...]]:
    """Spellings a writer may choose instead; each may be varied in one way more."""
    once = [*_respell(words), *_decline(words, kind), *_split_words(words)]
    yield from once
    for spelling in [words, *once]:
        yield from _join_words(spelling)


def _respell(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """The case of أبو, and شئون for شؤون as Egyptian papers have it."""
    for i, word in enumerate(words):
        if word.stem in _KUNYA and i + 1 < len(words):
            for stem in _KUNYA:
                yield _replace(words, i, Word(stem, word.article))
        for one, other in (("وو", "يو"), ("يو", "وو")):
            if word.stem.endswith(one + "ن") or word.stem.endswith(one + "ل"):
                stem = word.stem[:-3] + other + word.stem[-1]
                yield _replace(words, i, Word(stem, word.article))


def _decline(words: tuple[Word, ...], kind: Kind) -> Iterator[tuple[Word, ...]]:
    """Nominative and oblique of sound plurals: المسلمون, المسلمين."""
    if kind not in _DECLINED:
        return
    changed = tuple(_swap_ending(word) for word in words)
    if changed != words:
        yield changed


def _swap_ending(word: Word) -> Word:
    for one, other in (("ون", "ين"), ("ين", "ون")):
        if len(word.stem) > 4 and word.stem.endswith(one):
            return Word(word.stem[:-2] + other, word.article)
    return word


def _split_words(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """عبد الرحمن for عبدالرحمن, and the like."""
    for i, word in enumerate(words):
        found = re.fullmatch("(عبد|ابو|ابي|ابا)(..+)|(..+)(الله)", word.stem)
        if found and not word.article:
            head, tail = (part for part in found.groups() if part)
            if head == "عبد" and not tail.startswith(ARTICLE):
                continue
            yield (*words[:i], Word(head, False), split_article(tail), *words[i + 1 :])


def _join_words(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """Words run together, at one place or at all, where each has three letters or more."""
    written = [ARTICLE + word.stem if word.article else word.stem for word in words]
    if len(words) < 2 or any(len(word) < 3 for word in written):
        return
    for i in range(len(words) - 1):
        joined = split_article(written[i] + written[i + 1], may_be=words[i].article)
        yield (*words[:i], joined, *words[i + 2 :])
    if len(words) > 2:
        yield (split_article("".join(written), may_be=words[0].article),)


def _names_district(words: tuple[Word, ...]) -> bool:
    return len(words) > 1 and words[0].stem in _DISTRICT and not words[0].article


def _replace(words: tuple[Word, ...], index: int, word: Word) -> tuple[Word, ...]:
    return (*words[:index], word, *words[index + 1 :])
