"""Pure normalisation of Arabic text, each rule named, each with an offset map.

Two copies of a text are made and never shown: one for the model (:func:`prepare`), one for
matching names (:func:`fold_for_matching`). Both lead back to the original by their offsets.
Unicode's NFKC is used for Arabic presentation forms alone: elsewhere it changes meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple

from bitrans.core import Change, Prepared, Span

#: Controls that steer display and carry no text (Unicode UAX #9), joiners, soft hyphen, BOM.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
TATWEEL = "\u0640"
DIACRITICS = "\u0610-\u061a\u064b-\u0655\u0657-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
#: The names of each month, January first: Egypt and the Gulf, the Levant and Iraq, the Maghreb.
MONTHS = (
    ("يناير", "كانون الثاني", "جانفي"),
    ("فبراير", "شباط", "فيفري"),
    ("مارس", "آذار"),
    ("أبريل", "نيسان", "أفريل"),
    ("مايو", "أيار", "ماي"),
    ("يونيو", "حزيران", "يونيه", "جوان"),
    ("يوليو", "تموز", "يوليه", "يوليوز", "جويلية"),
    ("أغسطس", "آب", "غشت", "أوت"),
    ("سبتمبر", "أيلول", "شتنبر"),
    ("أكتوبر", "تشرين الأول"),
    ("نوفمبر", "تشرين الثاني", "نونبر"),
    ("ديسمبر", "كانون الأول", "دجنبر"),
)
_SIGNS = {
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‘’‚‛‹›′`", "'"),
    **dict.fromkeys("–—―−‐‑", "-"),
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "…": "...",
}
_DIGITS = {chr(base + d): str(d) for base in (0x0660, 0x06F0) for d in range(10)}
_PERSIAN = {"ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ھ": "ه", "ہ": "ه", "ۀ": "ه", "ە": "ه"}
_LETTERS = {**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "گ": "ك"}
_MATCHING = str.maketrans(_LETTERS)
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
#: What folding makes of single signs: ``ى`` stands for Persian letters too, after they are Arabic.
_FOLDED = {
    sign: _LETTERS.get(letter, letter)
    for sign, letter in {
        **_LETTERS, **_PERSIAN, **_DIGITS, **_SIGNS, **dict.fromkeys(_SPACES, " ")
    }.items()
    if len(letter) == 1 and sign != " "
}  # fmt: skip
_LENGTHENED = re.compile("[…\ufb50-\ufdff\ufe70-\ufefc]")
_LEFT_OUT = re.compile(f"[{INVISIBLE}{TATWEEL}{DIACRITICS}]")
_KEPT = re.compile(f"[^{INVISIBLE}{TATWEEL}{DIACRITICS}]+")


def _list_words(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Words whose final ى is no ي, without their hamzas: particles, nouns, past and present verbs.
#: Words that may be either are left out where news means ي more often (مرسي, سلمي, يمني, بشري).
_PARTICLES = _list_words("على الى حتى متى لدى سوى عسى بلى اليسرى البنى")
_NOUNS = _list_words(
    "احدى كبرى صغرى اخرى اولى وسطى عظمى قصوى سفلى مثلى ادنى اقصى اعلى ارقى اقوى اغنى اسمى اوفى "
    "اغلى احلى اعمى اضحى مدى مستوى محتوى مستشفى مشفى مبنى معنى مغزى مرضى جرحى قتلى اسرى موتى غرقى "
    "صرعى جوعى قدامى نصارى يتامى اسارى قرى قوى خطى رؤى منتدى ملتقى مقهى ملهى ماوى مناى مراى مسعى "
    "مجرى مرمى منفى منحنى منتهى مقتضى مسمى متوفى ملغى معفى مصلى مولى فتوى دعوى شكوى عدوى بلوى "
    "حلوى تقوى جدوى فحوى فوضى شورى ذكرى صدى اذى ضحى حمى حصى رحى سدى هوى شتى فتى انثى حبلى كسرى "
    "موسيقى افعى فتاوى شكاوى دعاوى صحارى قصارى احرى دمى هدى منى نهى سهى عيسى موسى يحيى مصطفى "
    "مرتضى مجتبى لبنى نجوى سلوى فدوى رضوى اروى"
)
_PAST = _list_words(
    "جرى بنى مضى نفى قضى حكى بكى رمى راى سعى روى طوى حوى نعى نوى جنى مشى رعى عصى كفى طغى اتى لبى "
    "غطى صلى سمى عانى لاقى ساوى تعالى اجرى ادى ابقى القى اعطى افضى انهى اوصى اوحى احصى ابدى ادلى "
    "الغى اخفى اعفى افتى امضى اغرى ارسى املى اضفى اجلى اخلى ابلى اهدى اردى اثنى ادعى انتهى التقى "
    "اشترى اكتفى اختفى اعتدى افتدى احتوى انطوى انحنى انقضى ارتاى ارتدى ارتقى ارتمى احتفى احتمى "
    "اهتدى انضوى اعتلى اعتنى اقتضى اقتنى اكتسى انتمى استولى استثنى استدعى استغنى استقوى استلقى "
    "استوفى استعصى استشرى تلقى تبنى تولى تخلى تعدى تحدى تصدى تمنى تنحى توالى توارى توخى تهاوى "
    "تفادى تلاشى تمادى تعافى تعاطى تغاضى تداعى تراضى تجلى تخطى تسنى"
)
_PRESENT = _list_words(
    "يرى ترى نرى ارى يبقى تبقى نبقى يسعى تسعى نسعى يخشى تخشى نخشى يحظى تحظى يرضى ترضى يقوى يناى "
    "تناى يابى تابى يطغى تطغى يرعى ترعى ينعى تنعى يسمى تسمى يدعى تدعى يرقى ترقى ينسى تنسى ننسى "
    "اتمنى"
)
#: Present of the fifth and sixth forms (يتلقى, تتولى): always ى.
_PRESENT_WITH_TA = re.compile(r"[وف]?[سل]?[يتن]ت\w{2,3}ى")
_AND = ("", "و", "ف")
_TRUE_MAQSURA = (
    (_PARTICLES, _AND),
    (_NOUNS, tuple(a + b for a in _AND for b in ("", "ال", "ب", "بال", "ك", "كال", "ل", "لل"))),
    (_PRESENT, tuple(a + b for a in _AND for b in ("", "س", "ل"))),
)
#: Where the next word decides; after a preposition stands a noun (إلى نفي), not a verb.
_YA_BEFORE = re.compile(
    r"[وف]?[بكل]?(?:بنى (?:سويف|زيد|وليد|مزار|ملال|ياس|هاشم|سهيلا|عبيد|[إا]سرائيل)"
    r"|على (?:بن|عبد ?الله صالح|خامنئى|لاريجانى|السيستانى|مملوك)|[وف]ادى|فعلى)\b"
)
_MAQSURA_BEFORE = re.compile(
    r"[وف]?[بكل]?(?:مرسى (?:مطروح|علم)|بصرى (?:الشام|الحرير)|ا?لمدعى علي\w+)\b"
)
_PREPOSITION = re.compile(r"\b[وف]?(?:فى|[إا]لى|على|عن|بعد|قبل|رغم|دون|مع) $")
_NO_HAMZA = str.maketrans("أإ", "اا")


class Folded(NamedTuple):
    """A copy of a text with the place of each character in the original.

    ``offsets`` has one entry more than ``text`` has characters; the last is the original's
    length.
    """

    text: str
    offsets: Sequence[int]


def strip_invisible(text: str) -> list[Change]:
    """Bidirectional controls, joiners and other signs that show nothing."""
    return _find(f"[{INVISIBLE}]+", "invisible", text, lambda m: "")


def strip_tatweel(text: str) -> list[Change]:
    """Tatweel, the stroke that lengthens words."""
    return _find(f"{TATWEEL}+", "tatweel", text, lambda m: "")


def strip_diacritics(text: str) -> list[Change]:
    """Short vowels and other marks above and below letters."""
    return _find(f"[{DIACRITICS}]+", "diacritics", text, lambda m: "")


def unfold_presentation(text: str) -> list[Change]:
    """Letters stored by their shape (Arabic presentation forms) as plain letters."""
    return _find(
        "[\ufb50-\ufdff\ufe70-\ufefc]",
        "presentation-forms",
        text,
        lambda m: unicodedata.normalize("NFKC", m.group()),
    )


def unify_letters(text: str) -> list[Change]:
    """Persian and Urdu code points of letters that Arabic writes too."""
    return _translate(_PERSIAN, "persian-letters", text)


def unify_digits(text: str) -> list[Change]:
    """Arabic-Indic digits as ASCII digits."""
    return _translate(_DIGITS, "digits", text)


def unify_signs(text: str) -> list[Change]:
    """One form for quotation marks, dashes, per cent and decimal signs."""
    return _translate(_SIGNS, "signs", text)


def collapse_space(text: str) -> list[Change]:
    """White space of any kind as one space."""
    return _find(r"\s+", "spaces", text, lambda m: "" if _at_edge(m, text) else " ")


def merge_double_months(text: str) -> list[Change]:
    """``ديسمبر/كانون الأول`` names one month twice: the first name stays."""
    changes: list[Change] = []
    if not any(sign in text for sign in "/\\-(["):
        return changes
    for match in _compile_double_month().finditer(text):
        second = next(filter(None, match.group("stroke", "round", "square")))
        if _MONTH_OF[_plain_month(match["first"])] == _MONTH_OF[_plain_month(second)]:
            span = Span(match.end("first"), match.end())
            changes.append(Change("double-month", span, span.slice(text), ""))
    return changes


def writes_alef_maqsura_for_ya(text: str) -> bool:
    """Whether a text writes final ى for ي, as Egyptian papers do: ``فى`` and hardly ever ``في``.

    A few words in the other spelling, in a quotation or by mistake, do not decide.
    """
    plain = re.sub(f"[{INVISIBLE}{TATWEEL}{DIACRITICS}]+", "", text)
    maqsura = len(re.findall(r"\b[وف]?(?:فى|التى|الذى|هى|السورى|حى)\b", plain))
    return maqsura > 3 * len(re.findall(r"\b[وف]?(?:في|التي|الذي|هي)\b", plain))


def mend_final_ya(text: str) -> list[Change]:
    """Final ى for ي; true ى (``على``, ``مستشفى``, ``يتلقى``) stays."""
    return [
        Change("final-ya", Span(match.end() - 1, match.end()), "ى", "ي")
        for match in re.finditer(r"\b\w+ى\b", text)
        if not _ends_in_maqsura(match)
    ]


FOLDING_RULES: tuple[Callable[[str], list[Change]], ...] = (
    unfold_presentation,
    strip_invisible,
    strip_tatweel,
    strip_diacritics,
    unify_letters,
    unify_digits,
    unify_signs,
)
MODEL_RULES = (*FOLDING_RULES, merge_double_months, collapse_space)


def prepare(text: str, *, mend_ya: bool = False) -> Prepared:
    """The text as the model gets it, with every change that was made and where.

    :param mend_ya: the document writes final ى for ي (:func:`writes_alef_maqsura_for_ya`).

    >>> prepare("فى حـلب", mend_ya=True).text
    'في حلب'
    """
    rules = (*MODEL_RULES, mend_final_ya) if mend_ya else MODEL_RULES
    return apply_rules(text, rules)


def normalise_for_model(text: str) -> str:
    """The text as the model is trained to see it: signs unified, spellings left as they are."""
    rules = (*FOLDING_RULES, collapse_space)
    return apply_rules(text, rules).text


def fold_for_matching(text: str) -> Folded:
    """The text with all spellings of one word folded together; spaces stay where they are.

    Most text has no sign that folding makes longer: there the rules are one pass over the letters.
    """
    if _LENGTHENED.search(text):
        return fold_by_rules(text)
    plain, offsets = _leave_out(text)
    for sign in _FOLDED.keys() & set(plain):
        plain = plain.replace(sign, _FOLDED[sign])
    folded = plain.casefold()
    return Folded(folded, offsets) if len(folded) == len(plain) else fold_by_rules(text)


def _leave_out(text: str) -> tuple[str, Sequence[int]]:
    """The text without what shows nothing and without marks, and where each character was."""
    if not _LEFT_OUT.search(text):
        return text, range(len(text) + 1)
    kept = [match.span() for match in _KEPT.finditer(text)]
    places = [range(start, end) for start, end in kept]
    plain = "".join([text[start:end] for start, end in kept])
    return plain, tuple(chain(*places, (len(text),)))


def fold_by_rules(text: str) -> Folded:
    """What :func:`fold_for_matching` gives, rule by rule."""
    prepared = apply_rules(text, FOLDING_RULES)
    plain = re.sub(r"\s", " ", prepared.text).translate(_MATCHING)
    folded = plain.casefold()
    if len(folded) != len(plain):  # ß becomes two letters: such letters stay as they are
        folded = "".join(c.casefold() if len(c.casefold()) == 1 else c for c in plain)
    return Folded(folded, prepared.offsets)


def apply_rules(text: str, rules: Iterable[Callable[[str], list[Change]]]) -> Prepared:
    """Apply rules in order; the spans of all changes are into the original ``text``.

    A change's ``before`` is what its rule met. It is what the original has at ``span``, unless a
    change made earlier touches that place: then it is what that change had left of it.
    """
    prepared = Prepared(text, tuple(range(len(text) + 1)))
    for rule in rules:
        prepared = apply_changes(prepared, rule(prepared.text))
    return prepared


def apply_changes(prepared: Prepared, changes: list[Change]) -> Prepared:
    """Apply further changes whose spans are into ``prepared.text``, sorted, not overlapping."""
    if not changes:
        return prepared
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for change in changes:
        start, end = change.span
        pieces += [prepared.text[at:start], change.after]
        offsets += prepared.offsets[at:start]
        offsets += _spread(prepared.offsets, change)
        at = end
    pieces.append(prepared.text[at:])
    offsets += prepared.offsets[at:]
    located = _locate(prepared, _join_neighbours(changes))
    return Prepared("".join(pieces), tuple(offsets), (*prepared.changes, *located))


def _locate(prepared: Prepared, changes: list[Change]) -> list[Change]:
    """The changes with spans into the original, to the end of the last character they met."""
    located = []
    for change in changes:
        start, end = change.span
        last = prepared.offsets[end - 1] + 1 if end > start else prepared.offsets[start]
        located.append(replace(change, span=Span(prepared.offsets[start], last)))
    return located


def _join_neighbours(changes: list[Change]) -> list[Change]:
    """Changes of one rule that touch as one: ``٢٠١٦`` is one change, not four."""
    joined = changes[:1]
    for change in changes[1:]:
        last = joined[-1]
        if last.rule == change.rule and last.span.end == change.span.start:
            span = Span(last.span.start, change.span.end)
            before, after = last.before + change.before, last.after + change.after
            joined[-1] = Change(change.rule, span, before, after)
        else:
            joined.append(change)
    return joined


def _spread(offsets: tuple[int, ...], change: Change) -> list[int]:
    """Where each character put in by a change stands in the original."""
    start, end = change.span
    return [offsets[min(start + i, max(start, end - 1))] for i in range(len(change.after))]


def _find(
    pattern: str, rule: str, text: str, rewrite: Callable[[re.Match[str]], str]
) -> list[Change]:
    return [
        Change(rule, Span(*match.span()), match.group(), after)
        for match in re.finditer(pattern, text)
        if (after := rewrite(match)) != match.group()
    ]


def _translate(table: dict[str, str], rule: str, text: str) -> list[Change]:
    pattern = "[" + re.escape("".join(table)) + "]"
    return _find(pattern, rule, text, lambda m: table[m.group()])


def _at_edge(match: re.Match[str], text: str) -> bool:
    return match.start() == 0 or match.end() == len(text)


@cache
def _compile_double_month() -> re.Pattern[str]:
    """A month and, after a stroke or in brackets, a month; alef and ya however written.

    It takes a while, and most texts have neither stroke nor bracket.
    """
    names = sorted((name for month in MONTHS for name in month), key=len, reverse=True)
    name = "|".join(re.sub("[اأإآ]", "[اأإآ]", n).replace("ي", "[يى]") for n in names)
    name = name.replace(" ", r"\s+")
    return re.compile(
        rf"(?<!\w)[وفبكل]?(?P<first>{name})\s*(?:[/\\-]\s*(?P<stroke>{name})(?!\w)"
        rf"|\(\s*(?P<round>{name})\s*\)|\[\s*(?P<square>{name})\s*\])"
    )


def _plain_month(name: str) -> str:
    return re.sub("[أإآ]", "ا", " ".join(name.split())).replace("ى", "ي")


_MONTH_OF = {_plain_month(name): i for i, month in enumerate(MONTHS, 1) for name in month}


def _ends_in_maqsura(word: re.Match[str]) -> bool:
    """Whether the final ى of a word is no ي, by the word and by those beside it."""
    from_here = word.string[word.start() :]
    if _YA_BEFORE.match(from_here):
        return False
    plain = word.group().translate(_NO_HAMZA)
    if _MAQSURA_BEFORE.match(from_here) or _PRESENT_WITH_TA.fullmatch(plain):
        return True
    if plain.removeprefix("و").removeprefix("ف") in _PAST or plain in _PAST:
        return not _PREPOSITION.search(word.string[: word.start()])
    return any(
        plain.removeprefix(prefix) in words
        for words, prefixes in _TRUE_MAQSURA
        for prefix in prefixes
        if plain.startswith(prefix)
    )
