"""How alike two romanised names are: one Arabic name has many spellings in English."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from bitrans.core import Match, Term

#: How alike two spellings must be, from 0 to 1; in names of so few letters one letter tells apart.
SIMILAR, SIMILAR_SHORT, SHORT = 0.88, 0.95, 5
#: How much less is enough where the model made the words from the Arabic of the name.
ALIGNED_LESS = 0.02
#: Below this ratio of equal letters two folded names are not compared.
_HOPELESS = 50
_MEMORY = 1 << 14
_ARTICLE = re.compile(r"\b(?:al|el|ul|as|ash|ad|an|ar|at|az|ez|es|de|the)[- ](?=\w)", re.IGNORECASE)
#: What romanisations write in several ways, in the order in which it is made one. Capitals are
#: long or double vowels.
_SPELLINGS = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        ("a['’‘`ʿʾ]+a?", "aa"), ("['’‘`ʿʾ]", ""), ("aa+", "aa"), ("-", " "),
        (r"(?:iyy|iy|yy|y|i)(?:eh|ah|a|e)\b", "ia"), (r"(?<=\w{4})(?:eh|ah|e|a)\b", "a"),
        (r"ow\b", "ov"), ("a(?:ie|ee|ye|y|i|e)|e(?:i|y)e?", "E"), ("dj", "j"), ("ph", "f"),
        ("ck|q|c(?!h)", "k"), ("kh", "x"), ("gh", "g"), ("dh", "ð"), ("th", "θ"), ("sh|ch", "š"),
        ("aa", "A"), ("ou|oo", "u"), ("ow|aw|au", "O"), ("ee|ie|y", "i"),
        (r"([^\WaeiouAEO\d])\1", r"\1"), ("ii+", "i"),
    )
)  # fmt: skip
_VOWELS = "aeiouAEO"
_STEM_END = re.compile(r"(?:ia|ey|[aeiouy])$")
_OF_PLACE = re.compile(r"i?ans?|is?|ish|ese|ni")
_OF_PLACE_IN_I = re.compile(r"(?:i?ans?|ish|ese|ni)?")
_EXCHANGES = {
    frozenset(pair): cost
    for cost, pairs in (
        (0.1, "pb"), (0.15, "vf jg"), (0.2, "ei eE iE aE ou uO oO AE ðd ðz θt θs xk vw fw gk"),
        (0.3, "ae sz šs xh gx"), (0.35, "aA"), (0.4, "td zd ai oO zj"), (0.5, "iA"),
    )
    for pair in pairs.split()
}  # fmt: skip


def list_forms(term: Term) -> tuple[str, ...]:
    """The forms that are right in English, the preferred one first."""
    return (term.preferred, *term.admitted)


def choose_form(match: Match) -> str:
    """The form to write for a mention: the preferred one, or of a person's its surname.

    Where the Arabic has the surname alone, so has the English, if that is admitted: the first name
    may be that of another (``حكمت خليل كرزاي`` is not Hamid Karzai).
    """
    term = match.term
    if term.kind == "person" and not re.search(r"\s", match.text.strip()):
        surnames = [form for form in term.admitted if term.preferred.endswith(f" {form}")]
        return min(surnames, key=len, default=term.preferred)
    return term.preferred


@lru_cache(maxsize=1 << 14)
def find_closest(text: str, term: Term) -> tuple[float, str]:
    """How alike a name is to the closest right form of a term, and that form."""
    closest: dict[str, str] = {}
    for form in list_forms(term):
        closest.setdefault(fold_spelling(form), form)
    return max(
        ((measure_likeness(text, form), form) for form in closest.values()), key=lambda x: x[0]
    )


def is_similar(text: str, form: str, likeness: float, *, aligned: bool) -> bool:
    """Whether a likeness is enough to take a name for another spelling of a form."""
    letters = min(len(fold_spelling(name).replace(" ", "")) for name in (text, form))
    needed = SIMILAR_SHORT if letters <= SHORT else SIMILAR
    return likeness >= needed - (ALIGNED_LESS if aligned else 0)


def is_derived(word: str, name: str) -> bool:
    """Whether a word is the adjective of a country or town: ``Syrian`` is not ``Syria``."""
    stem = _STEM_END.sub("", name.lower())
    lower = word.lower()
    if not lower.startswith(stem):
        return False
    return bool((_OF_PLACE_IN_I if name[-1] in "iy" else _OF_PLACE).fullmatch(lower, len(stem)))


def measure_likeness(first: str, second: str) -> float:
    """How alike two romanised names are, from 0 to 1, by what it costs to make one the other.

    Spellings of one Arabic sound are near; other letters, figures and missing words are far.
    """
    one, two = fold_spelling(first), fold_spelling(second)
    if not one or not two or first.isupper() != second.isupper():
        return 0.0
    if re.findall(r"\d+", one) != re.findall(r"\d+", two) or fuzz.ratio(one, two) < _HOPELESS:
        return 0.0
    whole = _compare(one.replace(" ", ""), two.replace(" ", ""))
    if " " in one and one.count(" ") == two.count(" "):
        worst = min(map(_compare, one.split(), two.split()))
        return min(whole, (whole + worst) / 2)
    return whole


@lru_cache(maxsize=_MEMORY)
def fold_spelling(text: str) -> str:
    """A romanised name without articles and accents, a sign for each sound."""
    letters = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    folded = _ARTICLE.sub("", plain).lower()
    for pattern, sign in _SPELLINGS:
        folded = pattern.sub(sign, folded)
    return " ".join(folded.split())


@lru_cache(maxsize=_MEMORY)
def _compare(one: str, two: str) -> float:
    """One minus the weighted edit distance in parts of the longer word."""
    drops = [_cost_of_drop(two, at) for at in range(len(two))]
    row = [sum(drops[:at]) for at in range(len(two) + 1)]
    for at, letter in enumerate(one):
        drop = _cost_of_drop(one, at)
        new = [row[0] + drop]
        for i, other in enumerate(two):
            swapped = row[i] + _cost_of_exchange(letter, other)
            new.append(min(swapped, row[i + 1] + drop, new[i] + drops[i]))
        row = new
    return max(0.0, 1 - row[-1] / max(len(one), len(two)))


def _cost_of_drop(word: str, at: int) -> float:
    """Vowels inside a word come and go; at its ends and beside others they tell names apart."""
    letter, last = word[at], len(word) - 1
    if letter == "h" and at:
        return 0.1 if at == last else 0.3
    if letter not in _VOWELS or at == last:
        return 0.5 if letter == "w" else 1.0
    if at == 0:
        return 0.8
    if word[at - 1] in _VOWELS or word[at + 1] in _VOWELS:
        return 0.6
    return 0.5 if at == 1 or letter == "A" else 0.3


def _cost_of_exchange(one: str, two: str) -> float:
    if one == two:
        return 0.0
    vowels = (one in _VOWELS) + (two in _VOWELS)
    return _EXCHANGES.get(frozenset((one, two)), (1.0, 1.2, 0.6)[vowels])
