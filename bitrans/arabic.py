"""Pure normalisation of Arabic text, each rule named, each with an offset map.

Two copies of a text are made and never shown: one for the model (:func:`prepare`), one for
matching names (:func:`fold_for_matching`). Both lead back to the original by their offsets.
Unicode's NFKC is used for Arabic presentation forms alone: elsewhere it changes meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bitrans.core import Change, Prepared, Span

#: Controls that steer display and carry no text (Unicode UAX #9), joiners, soft hyphen, BOM.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
TATWEEL = "\u0640"
DIACRITICS = "\u0610-\u061a\u064b-\u0655\u0657-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
MONTHS = {
    "يناير": "كانون الثاني",
    "فبراير": "شباط",
    "مارس": "آذار",
    "أبريل": "نيسان",
    "إبريل": "نيسان",
    "ابريل": "نيسان",
    "نيسان": "أبريل",
    "مايو": "أيار",
    "يونيو": "حزيران",
    "يوليو": "تموز",
    "أغسطس": "آب",
    "اغسطس": "آب",
    "سبتمبر": "أيلول",
    "أكتوبر": "تشرين الأول",
    "اكتوبر": "تشرين الأول",
    "نوفمبر": "تشرين الثاني",
    "ديسمبر": "كانون الأول",
}
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
_MATCHING = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "گ": "ك"}
)

#: Words whose final ى is no ي; all else in a text that writes ى for ي is mended.
_TRUE_MAQSURA = frozenset(
    "على إلى الى حتى متى لدى سوى مدى إحدى احدى كبرى الكبرى صغرى الصغرى أخرى اخرى الأخرى "
    "الاخرى أولى الأولى الاولى وسطى الوسطى يمنى اليمنى يسرى اليسرى عظمى العظمى أدنى الأدنى أقصى "
    "الأقصى اقصى الاقصى أعلى الأعلى اعلى الاعلى مستوى المستوى مستشفى المستشفى مبنى المبنى معنى "
    "المعنى مرضى المرضى جرحى الجرحى قتلى القتلى أسرى الأسرى اسرى الاسرى ضحى الضحى قرى القرى قوى "
    "القوى منتدى المنتدى مقهى المقهى ملتقى الملتقى مأوى المأوى فتوى الفتوى دعوى الدعوى شكوى "
    "الشكوى جدوى ذكرى الذكرى بشرى مجرى المجرى منفى المنفى مرسى المرسى هدى الهدى عيسى موسى يحيى "
    "مصطفى ليلى سلمى منى رؤى نجوى جرى يجرى بنى مضى انتهى التقى تلقى تبنى تولى أجرى أدى يرى ترى "
    "نرى يبقى تبقى يسعى تسعى يلقى تلقى يخشى تخشى أبقى ألقى أعطى اعطى أفضى أنهى سعى رأى نفى دعا "
    "قضى حكى بكى رمى اشترى استولى اكتفى اختفى اعتدى افتدى تخلى تعدى تحدى تصدى تفادى توفى توخى "
    "استثنى استدعى احتوى انطوى حظى أوصى أوحى لبى غطى صلى ربى أحصى الحمى حمى فتى الفتى رحى ثرى "
    "موتى الموتى سدى مسمى المسمى مغزى المغزى منأى محتوى المحتوى مرمى المرمى ملهى سكنى حسنى "
    "أقوى الأقوى أغنى الأغنى أسمى الأسمى أوفى شتى عسى هوى مستوفى مقتضى بمقتضى مرتضى المرتضى".split()
)
_CLITIC = re.compile("^(?:[وف]?(?:[بكل]?ال|لل|[بكل])?|س)")


class Folded(NamedTuple):
    """A copy of a text with the place of each character in the original.

    ``offsets`` has one entry more than ``text`` has characters; the last is the original's
    length.
    """

    text: str
    offsets: tuple[int, ...]


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
        "[\ufb50-\ufdff\ufe70-\ufefc]+",
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
    found = _find(r"\s+", "spaces", text, lambda m: "" if _at_edge(m, text) else " ")
    return [change for change in found if change.before != change.after]


def merge_double_months(text: str) -> list[Change]:
    """``ديسمبر/كانون الأول`` names one month twice: the first name stays."""
    names = "|".join(sorted(map(re.escape, {*MONTHS, *MONTHS.values()}), key=len, reverse=True))
    pattern = rf"\b({names})(\s*[/\\(]\s*({names})(?:\s*\))?)"
    changes = []
    for match in re.finditer(pattern, text):
        first, second = match.group(1), match.group(3)
        if second == MONTHS.get(first) or MONTHS.get(second) == first:
            span = Span(*match.span(2))
            changes.append(Change("double-month", span, match.group(2), ""))
    return changes


def writes_alef_maqsura_for_ya(text: str) -> bool:
    """Whether a text writes final ى for ي, as Egyptian papers do: ``فى`` and never ``في``."""
    maqsura = re.search(r"\b[وف]?(?:فى|التى|الذى|هى|السورى|حى)\b", text)
    return maqsura is not None and not re.search(r"\b[وف]?(?:في|التي|الذي|هي)\b", text)


def mend_final_ya(text: str) -> list[Change]:
    """Final ى for ي; true ى (``على``, ``مستشفى``) stays."""
    changes = []
    for match in re.finditer(r"\b\w+ى\b", text):
        word, bare = match.group(), _CLITIC.sub("", match.group(), count=1)
        forms = {word, bare, "ال" + bare} if len(bare) > 2 else {word}
        if not forms & _TRUE_MAQSURA:
            changes.append(Change("final-ya", Span(match.end() - 1, match.end()), "ى", "ي"))
    return changes


MODEL_RULES: tuple[Callable[[str], list[Change]], ...] = (
    unfold_presentation,
    strip_invisible,
    strip_tatweel,
    strip_diacritics,
    unify_letters,
    unify_digits,
    unify_signs,
    merge_double_months,
    collapse_space,
)
FOLDING_RULES: tuple[Callable[[str], list[Change]], ...] = (
    unfold_presentation,
    strip_invisible,
    strip_tatweel,
    strip_diacritics,
    unify_letters,
    unify_digits,
    unify_signs,
)


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
    """The text with all spellings of one word folded together; spaces stay where they are."""
    prepared = apply_rules(text, FOLDING_RULES)
    folded = re.sub(r"\s", " ", prepared.text).translate(_MATCHING).casefold()
    if len(folded) != len(prepared.text):
        folded = re.sub(r"\s", " ", prepared.text).translate(_MATCHING)
    return Folded(folded, prepared.offsets)


def apply_rules(text: str, rules: Iterable[Callable[[str], list[Change]]]) -> Prepared:
    """Apply rules in order; the spans of all changes are into the original ``text``."""
    prepared = Prepared(text, tuple(range(len(text) + 1)))
    for rule in rules:
        changes = rule(prepared.text)
        if changes:
            prepared = _apply(prepared, changes)
    return prepared


def apply_changes(prepared: Prepared, changes: list[Change]) -> Prepared:
    """Apply further changes whose spans are into ``prepared.text``, sorted, not overlapping."""
    return _apply(prepared, changes) if changes else prepared


def _apply(prepared: Prepared, changes: list[Change]) -> Prepared:
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    located = []
    for change in changes:
        start, end = change.span
        pieces += [prepared.text[at:start], change.after]
        offsets += prepared.offsets[at:start]
        offsets += _spread(prepared.offsets, change)
        located.append(
            Change(
                change.rule,
                Span(prepared.offsets[start], prepared.offsets[end]),
                change.before,
                change.after,
            )
        )
        at = end
    pieces.append(prepared.text[at:])
    offsets += prepared.offsets[at:]
    return Prepared("".join(pieces), tuple(offsets), (*prepared.changes, *located))


def _spread(offsets: tuple[int, ...], change: Change) -> list[int]:
    """Where each character put in by a change stands in the original."""
    start, end = change.span
    return [offsets[min(start + i, max(start, end - 1))] for i in range(len(change.after))]


def _find(
    pattern: str, rule: str, text: str, replace: Callable[[re.Match[str]], str]
) -> list[Change]:
    return [
        Change(rule, Span(*match.span()), match.group(), replace(match))
        for match in re.finditer(pattern, text)
    ]


def _translate(table: dict[str, str], rule: str, text: str) -> list[Change]:
    pattern = "[" + re.escape("".join(table)) + "]"
    return _find(pattern, rule, text, lambda m: table[m.group()])


def _at_edge(match: re.Match[str], text: str) -> bool:
    return match.start() == 0 or match.end() == len(text)
