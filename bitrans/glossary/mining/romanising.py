"""Arabic names in Latin letters: a suggestion for a person to check, and a skeleton to compare.

The suggestion follows the plain letters of press usage (BGN/PCGN without its marks): ث th, ج j,
خ kh, ذ dh, ش sh, غ gh, ق q; emphatic letters as their plain ones; ع and ء left out. Short vowels
are not written in Arabic and are guessed by its syllables alone: no syllable begins with two
consonants, so one ``a`` parts them (``حلب`` Halab), and ``i`` closes a word after a long a
(``صالح`` Salih). Where the text has marks, they are followed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from bitrans.arabic import apply_rules, fold_for_matching, mend_final_ya, unfold_presentation
from bitrans.glossary.forms import ARTICLE, split_article

_CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "پ": "p", "چ": "ch", "ژ": "zh",
    "گ": "g", "ڤ": "v", "ک": "k",
}  # fmt: skip
#: Letters that sound in the throat alone: no Latin letter, but they do part vowels.
_SILENT = frozenset("عء")
_LONG = {"ا": "a", "ى": "a", "ة": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ؤ": "u", "ئ": "i"}
_GLIDES = {"و": ("w", "u"), "ي": ("y", "i"), "ی": ("y", "i")}
_MARKS = {"\u064e": "a", "\u064f": "u", "\u0650": "i"}
#: Letters that carry a marked vowel on: it is not written twice.
_CARRIERS = {"a": "اىة", "u": "و", "i": "ي"}
#: Words of names with a settled spelling; the termbase's own words come before these.
_SETTLED = {
    "ابو": "Abu", "ابي": "Abu", "ابا": "Abu", "ام": "Umm", "بن": "bin", "ابن": "Ibn",
    "عبد": "Abd", "الله": "Allah", "ال": "Al", "محمد": "Mohammed", "احمد": "Ahmed",
    "محمود": "Mahmoud", "علي": "Ali", "حسن": "Hassan", "حسين": "Hussein", "عمر": "Omar",
    "يوسف": "Youssef", "خالد": "Khaled", "ابراهيم": "Ibrahim", "مصطفي": "Mustafa",
    "دير": "Deir", "بيت": "Beit", "عين": "Ain", "تل": "Tal", "تله": "Talat", "باب": "Bab",
    "خان": "Khan", "شيخ": "Sheikh", "كفر": "Kafr", "جسر": "Jisr", "نور": "Nour", "دين": "Din",
    "حي": "Hayy", "وليد": "Walid", "سعيد": "Saeed", "زيد": "Zaid", "صالح": "Saleh",
    "عبدالله": "Abdullah", "عبدالرحمن": "Abdulrahman",
}  # fmt: skip
#: One sign for each sound, so that romanisations and Arabic letters can be compared.
_LATIN = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        ("sch|sh|ch", "S"), ("kh", "x"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ph|v", "f"),
        ("ck|q", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("x(?=.)", "ks"), ("j", "g"), ("p", "b"),
        ("z", "s"), (r"(?<=\w)h", ""), (r"\bw(?=[aeiou])", "W"), ("[aeiouyw’'`]", ""),
    )
)  # fmt: skip
_ARABIC_SIGNS = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "g", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "s",
    "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "غ": "g", "ف": "f", "ق": "k",
    "ك": "k", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_ARTICLES = re.compile(r"\b(?:al|el|ul|as|ash|ad|ar|at|az|an|ez|es|the)[- ](?=\w)")


#: How many names' consonants are remembered.
_MEMORY = 1 << 14


class _Sound(NamedTuple):
    """A consonant or, where ``vowel``, a vowel; ``marked`` says that no vowel may be guessed."""

    text: str
    vowel: bool
    marked: bool = False


def romanise(form: str, known: Mapping[str, str] | None = None) -> str:
    """A suggested romanisation of an Arabic name.

    :param known: spellings of words, folded and without their article, which come first.

    >>> romanise("حلب"), romanise("كرم الدادا"), romanise("دوجاريك")
    ('Halab', 'Karam al-Dada', 'Dujarik')
    """
    spelt = {**_SETTLED, **(known or {})}
    mended = apply_rules(form, [mend_final_ya]).text
    return " ".join(_romanise_word(word, spelt) for word in mended.split())


def measure_skeleton(arabic: str, english: str) -> float:
    """How alike the consonants of an Arabic and a Latin name are, from 0 to 1.

    >>> measure_skeleton("ريابكوف", "Ryabkov")
    1.0
    """
    one, other = fold_arabic(arabic), fold_latin(english)
    if min(len(one), len(other)) < 2:
        return 0.0
    if min(len(one), len(other)) == 2:
        return float(one == other)
    return fuzz.ratio(one, other) / 100


@lru_cache(maxsize=_MEMORY)
def fold_latin(name: str) -> str:
    """The consonants of a name in Latin letters, a sign for each sound, doubles as one."""
    letters = unicodedata.normalize("NFD", name.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    folded = _ARTICLES.sub("", plain)
    for pattern, sign in _LATIN:
        folded = pattern.sub(sign, folded)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^\w]|_", "", folded)).replace("W", "w")


@lru_cache(maxsize=_MEMORY)
def fold_arabic(name: str) -> str:
    """The consonants of an Arabic name in the signs of :func:`fold_latin`."""
    signs = []
    for word in fold_for_matching(name).text.split():
        stem = split_article(word).stem
        for at, letter in enumerate(stem):
            if letter in _ARABIC_SIGNS:
                signs.append(_ARABIC_SIGNS[letter])
            elif at == 0 and letter in "هحو":
                signs.append("w" if letter == "و" else "h")
    return re.sub(r"(.)\1+", r"\1", "".join(signs))


def _romanise_word(word: str, spelt: Mapping[str, str]) -> str:
    folded = fold_for_matching(word).text
    if folded in spelt:
        return spelt[folded]
    stem, article = split_article(folded)
    if stem in spelt and article:
        return f"al-{spelt[stem]}"
    letters = _plain(word)
    letters = letters[len(ARTICLE) :] if article else letters
    sounds = list(_double(_read_sounds(letters)))
    text = "".join(_add_vowels(sounds))
    text = text[:1].upper() + text[1:]
    return f"al-{text}" if article else text


def _plain(word: str) -> str:
    """The word with its marks, in plain letters."""
    return apply_rules(word, [unfold_presentation]).text


def _read_sounds(word: str) -> Iterator[_Sound]:
    letters = [letter for letter in word if letter.isalpha() and letter != "\u0640"]
    marks = _collect_marks(word)
    for at, letter in enumerate(letters):
        mark = marks[at]
        if letter in _CONSONANTS:
            yield _Sound(_CONSONANTS[letter], False, marked="\u0652" in mark)
            if "\u0651" in mark:
                yield _Sound("double", False)
        elif letter in _GLIDES:
            if at and "\u064e" in marks[at - 1]:
                yield _Sound(_GLIDES[letter][0], False)
            else:
                yield from _read_glide(letter, at, letters)
        elif letter in _SILENT:
            yield _Sound("", False)
        elif letter in _LONG:
            yield _Sound(_LONG[letter], True)
        vowel = next((_MARKS[sign] for sign in mark if sign in _MARKS), "")
        after = letters[at + 1 : at + 2]
        if vowel and not (after and after[0] in _CARRIERS[vowel]):
            yield _Sound(vowel, True)


def _read_glide(letter: str, at: int, letters: list[str]) -> Iterator[_Sound]:
    """و and ي are long vowels between consonants and at the end, consonants beside a vowel."""
    consonant, vowel = _GLIDES[letter]
    vowels = {**_LONG, **_GLIDES}
    after = letters[at + 1] if at + 1 < len(letters) else ""
    before = letters[at - 1] if at else ""
    last = after == "ة" or (after == "ا" and at + 2 == len(letters))
    if letter != "و" and last and at and before not in vowels:
        yield _Sound("i", True)
        yield _Sound("y", False)
        return
    if at == 0 or after in ("ا", "ة", "ى") or (before in vowels and before not in _GLIDES):
        yield _Sound(consonant, False)
        return
    yield _Sound(vowel, True)


def _collect_marks(word: str) -> list[str]:
    marks: list[str] = []
    for letter in word:
        if letter.isalpha() and letter != "\u0640":
            marks.append("")
        elif marks:
            marks[-1] += letter
    return marks


def _double(sounds: Iterator[_Sound]) -> Iterator[_Sound]:
    last = _Sound("", False)
    for sound in sounds:
        if sound.text == "double":
            yield last._replace(marked=True)
        else:
            last = sound
            yield sound


def _add_vowels(sounds: list[_Sound]) -> Iterator[str]:
    """The sounds with a vowel guessed where a syllable could not be said without one."""
    run: list[_Sound] = []
    begun, last = False, ""
    for at, sound in enumerate(sounds):
        if sound.vowel:
            yield from _say_run(run, first=not begun, final=False, after=last)
            yield sound.text
            last = "long" if sound.text == "a" and at else sound.text
            run, begun = [], True
        else:
            run.append(sound)
    yield from _say_run(run, first=not begun, final=True, after=last)


def _say_run(run: list[_Sound], *, first: bool, final: bool, after: str) -> Iterator[str]:
    """Consonants between two vowels or at a word's edge, with what parts them.

    A word's first consonant is parted from the second; the last of a final run, and of a longer
    one inside, from the one before.
    """
    last = len(run) - 1
    closes = last >= 1 if final else last >= (3 if first else 2)
    for at, sound in enumerate(run):
        yield sound.text
        parted = (at == 0 and first) or (at == last - 1 and closes)
        if at < last and parted and not sound.marked:
            yield "i" if final and not first and after == "long" else "a"
