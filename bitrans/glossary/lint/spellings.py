"""One name spelt in several ways across entries.

Three signs show that two entries hold one name: their English differs only in capitals, hyphens,
accents or the article; or one entry's Arabic stands inside the other's while its English does
not; or an Arabic word, paired by its place with an English one, is spelt otherwise elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from bitrans.core import Term
from bitrans.glossary.lint.findings import Finding
from bitrans.glossary.terms import normalise_form

#: How alike, of 100, two spellings with the same consonants are where they are of one name.
ALIKE = 60
#: A name this short is inside others by chance.
_SHORTEST = 4
_ARTICLE = re.compile(r"\b(?:al|el|ul|ash|as|ad|ar|at|az|an|ez|es|the|of)\b[- ]?")
_VOWELS = re.compile("[aeiouy ]|(?<=[bcdfgklmnprstz])h")
_WORD = re.compile(r"[^\W_]+(?:['’‘`][^\W_]+)*")
_SMALL = frozenset("al el ul ash as ad ar at az an ez es the of bin ibn and".split())  # noqa: SIM905


def find_spellings(terms: Sequence[Term]) -> Iterator[Finding]:
    """Preferred names that differ where they ought to be one."""
    yield from _find_same_letters(terms)
    yield from _find_inside(terms)
    yield from _find_words(terms)


def fold_name(name: str) -> str:
    """An English name without capitals, accents, apostrophes, hyphens and articles.

    >>> fold_name("al-Bab") == fold_name("Al Bab")
    True
    """
    letters = unicodedata.normalize("NFD", name.lower())
    plain = "".join(letter for letter in letters if letter.isalnum() or letter in " -")
    return " ".join(_ARTICLE.sub("", plain).replace("-", " ").split())


def _find_same_letters(terms: Sequence[Term]) -> Iterator[Finding]:
    first: dict[str, Term] = {}
    for term in terms:
        other = first.setdefault(fold_name(term.preferred), term)
        if other.preferred != term.preferred:
            reason = f"{term.preferred!r} is {other.preferred!r} in {other.id} ({other.where})"
            yield Finding(term.where, "warning", "spelling", reason, term.id)


def _find_inside(terms: Sequence[Term]) -> Iterator[Finding]:
    """One name inside another: fine where its English is inside as well."""
    owners = {normalise_form(form): term for term in reversed(terms) for form in term.arabic}
    for term in terms:
        seen: set[str] = set()
        for form in term.arabic:
            for inner, owner in _list_inner(normalise_form(form), owners):
                if owner.id == term.id or owner.id in seen or _names(term, owner):
                    continue
                seen.add(owner.id)
                yield _describe_inside(term, owner, inner)


def _list_inner(form: str, owners: Mapping[str, Term]) -> Iterator[tuple[str, Term]]:
    words = form.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            inner = " ".join(words[start:end])
            whole = end - start == len(words)
            if not whole and len(inner) >= _SHORTEST and inner in owners:
                yield inner, owners[inner]


def _names(outer: Term, inner: Term) -> bool:
    """Whether some English of the outer entry holds some English of the inner one."""
    folded = [f" {fold_name(form)} " for form in (outer.preferred, *outer.admitted)]
    return any(
        f" {fold_name(form)} " in whole
        for form in (inner.preferred, *inner.admitted)
        for whole in folded
        if fold_name(form)
    )


def _describe_inside(term: Term, owner: Term, inner: str) -> Finding:
    closest = max(
        (" ".join(run) for run in _list_runs(term.preferred, len(owner.preferred.split()))),
        key=lambda run: fuzz.ratio(fold_name(run), fold_name(owner.preferred)),
        default="",
    )
    where = f"{owner.id} ({owner.where})"
    if _is_respelt(closest, owner.preferred):
        reason = f"{closest!r} in {term.preferred!r} is {owner.preferred!r} in {where}"
        return Finding(term.where, "warning", "spelling", reason, term.id)
    reason = f"{inner!r} inside is {owner.preferred!r} ({where}), not so in {term.preferred!r}"
    return Finding(term.where, "warning", "inside", reason, term.id)


def _list_runs(name: str, length: int) -> Iterator[list[str]]:
    words = name.split()
    for start in range(max(1, len(words) - length + 1)):
        yield words[start : start + length]


def _find_words(terms: Sequence[Term]) -> Iterator[Finding]:
    """Words of places and groups that most entries spell otherwise."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    pairs = [(term, pair) for term in terms for pair in pair_words(term)]
    for term, (arabic, english) in pairs:
        if term.kind != "person":
            spelt[arabic][english] += 1
    for term, (arabic, english) in pairs:
        usual, most = spelt[arabic].most_common(1)[0] if spelt[arabic] else ("", 0)
        if term.kind == "person" or usual == english or most <= spelt[arabic][english]:
            continue
        if _is_respelt(english, usual):
            reason = f"{arabic!r} is {english!r} here, {usual!r} in {most} other entries"
            yield Finding(term.where, "warning", "spelling", reason, term.id)


def _is_respelt(one: str, other: str) -> bool:
    """Whether two names have the same consonants and differ in more than capitals or an ending."""
    left, right = fold_name(one), fold_name(other)
    if left.startswith(right) or right.startswith(left):
        return False
    same = _VOWELS.sub("", left) == _VOWELS.sub("", right)
    return same and fuzz.ratio(left, right) >= ALIKE


def pair_words(term: Term) -> Iterator[tuple[str, str]]:
    """The Arabic words of an entry beside their English, where both have as many.

    Articles and other small words do not count: ``باب النيرب`` is Bab, Nairab.
    """
    english = [word for word in _WORD.findall(term.preferred) if word.lower() not in _SMALL]
    for form in term.arabic:
        arabic = normalise_form(form).split()
        if len(arabic) == len(english) > 1:
            plain = [word.removeprefix("ال") for word in arabic]
            yield from zip(plain, english, strict=True)
            return
