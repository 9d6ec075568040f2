"""What in a text is not the article: advertisements, sign-offs, by-lines, links, credits."""

from __future__ import annotations

import re
from typing import NamedTuple

from bitrans.arabic import DIACRITICS, INVISIBLE, TATWEEL
from bitrans.core import Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_HIDDEN = re.compile(f"[{INVISIBLE}{DIACRITICS}{TATWEEL}]+")
_LONGEST_ASIDE = 400
_EDGE = 3


class _Rule(NamedTuple):
    reason: str
    pattern: re.Pattern[str]
    at_edge: bool = False


def _rule(reason: str, pattern: str, *, at_edge: bool = False) -> _Rule:
    return _Rule(reason, re.compile(pattern, re.IGNORECASE), at_edge)


_SOURCE = "source line"
_BYLINE = "by-line"
# A dot at the end makes it a sentence, unless a colon before shows what the line is.
_REST = r"(?: ?:.*| .*(?<![.؟?!]))?"
_AGENCY = (
    r"(?:ال)?(?:وكالات|رويترز|فرانس برس|سانا|سبوتنيك|[اأ]ناضول|شينخوا|تاس|جزيرة|عربية"
    r"|[أا] ?\.? ?ف ?\.? ?ب\.?|د ?\.? ?ب ?\.? ?[أا]\.?|[أا] ?\.? ?ش ?\.? ?[أا]\.?|[أا] ?\.? ?ب\.?"
    r"|rt|afp|ap|reuters|bbc|cnn|dpa)"
)
_ADDRESS = (
    r"(?:(?:https?://|www\.)\S+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|gov|edu|tv|me|ru|sy|eg|ae|sa|uk)(?:/\S*)?)"
)
_PLATFORM = (
    r"(?:فيس ?بوك|تويتر|واتس ?[اأ]ب|تي?لي?[غج]رام|[اإ]نستغرام|يوتيوب|facebook|twitter|whatsapp)"
)
# Each fits a whole line, read without vowel signs and with single spaces. They are narrow on
# purpose: a sentence set aside is lost, a stray line translated is only noise. The first alone is
# for lines of any length.
_RULES = (
    _rule("no words", r"[\W_]*"),
    _rule(
        "advertisement",
        r"[(\[]?(?:ads?|advert|advertisements?|sponsored|[اإ]علان(?:ات)?(?: ممول| مدفوع)?)[)\]]?"
        r"[:.]?",
    ),
    # Not "مصدر:" without the article, with which headlines quote "a source".
    _rule(_SOURCE, r"المصدر ?[:/] ?\S+(?: \S+){0,7}(?<![.؟?!])"),
    _rule(_SOURCE, r"المصدر ?[:/–-] ?\S+(?: \S+){0,2}"),
    _rule(_SOURCE, rf"(?:وكالات|\( ?{_AGENCY}(?:(?: ?[-–+/،,] ?| و ?| ){_AGENCY})* ?\))\.?"),
    _rule(
        _BYLINE,
        r"(?:(?:كتب(?:ت|ه|ها)?|[اإ]عداد(?: وتحرير)?|تحرير|ترجمة) ?[:/]|بقلم ?[:/–-]?)"
        r" ?(?:[دأام]\. ?)*[^\W\d]+(?: [^\W\d]+){0,4}",
        at_edge=True,
    ),
    _rule(
        "read also", rf"(?:[اإأ]قر[اأ](?:ي|وا)?|طالع(?:وا)?|شاهد(?:وا)?) (?:[اأ]يضا|المزيد){_REST}"
    ),
    _rule("read also", r"(?:مواضيع|موضوعات|[اأ]خبار|مقالات) (?:ذات صلة|متعلقة|مشابهة) ?:?"),
    _rule(
        "read also",
        rf"للمزيد(?: ?:.*| من (?:ال[اأ]خبار|التفاصيل|المعلومات)\b{_REST}| [اإأ]قر[اأ]\b.*)?",
    ),
    _rule(
        "share or subscribe", rf"(?:تابعونا|تابعنا|تابعوا صفحتنا)(?: على{_REST}| عبر{_REST}| ?:.*)?"
    ),
    _rule(
        "share or subscribe",
        r"شارك(?:ها|ه|نا)?(?: (?:هذا |هذه )?(?:الخبر|المقالة?|الموضوع|الصفحة|ر[اأ]يك))?"
        rf"(?: (?:على|عبر|مع) (?:{_PLATFORM}|[اأ]صدقائك)(?:[ ،/و]+{_PLATFORM})*)?[:.]?",
    ),
    _rule(
        "share or subscribe",
        r"(?:اشترك|للاشتراك|انضم|انضموا)(?: ال[اآ]ن)? (?:في|فى|[اإ]لى) "
        rf"(?:(?:نشرت|قنات|مجموعت)نا|النشرة (?:البريدية|ال[اإ]خبارية)){_REST}",
    ),
    _rule(
        "copyright",
        r"(?:©|\(c\)|copyright\b|all rights reserved|(?:جميع|كافة|كل) (?:ال)?حقوق (?:النشر )?محفوظة"
        r"|حقوق (?:النشر|الطبع)(?: والنشر)? محفوظة)[^،]{0,80}",
    ),
    _rule("address", rf"{_ADDRESS}(?: {_ADDRESS})*"),
    _rule("photo credit", r"[(\[]?(?:(?:ال)?صور[ةه]|تصوير) ?[:/] ?\S+(?: \S+){0,11}"),
    _rule("photo credit", r"[(\[]?(?:صور[ةه] )?[اأ]رشيفية[)\]]?\.?"),
)
_NAME = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]{2,}){1,3}")
_NEVER_IN_NAMES = (
    "في فى من على إلى الى عن مع بعد قبل هو هي هى هم هذا هذه ذلك التي التى الذي الذى الذين أن ان إن"
    " لا ما لم لن قد كان كانت ليس هل أو او ثم قال أكد أعلن"
)


def judge_lines(text: str) -> list[tuple[Span, str]]:
    """Each line that is not blank, with the reason to set it aside, or "" where it is article.

    The spans leave out the white space at both ends.
    """
    spans = [span for line in _LINE.finditer(text) if (span := _trim(line)).start < span.end]
    judged = []
    for number, span in enumerate(spans):
        at_edge = number < _EDGE or number >= len(spans) - _EDGE
        judged.append((span, _judge(span.slice(text), at_edge=at_edge)))
    _mark_signature(text, judged)
    return judged


def _trim(line: re.Match[str]) -> Span:
    start = line.end() - len(line.group().lstrip())
    return Span(start, start + len(line.group().strip()))


def _judge(line: str, *, at_edge: bool) -> str:
    plain = _read(line)
    for rule in _RULES if len(plain) <= _LONGEST_ASIDE else _RULES[:1]:
        if (at_edge or not rule.at_edge) and rule.pattern.fullmatch(plain):
            return rule.reason
    return ""


def _read(line: str) -> str:
    return " ".join(_HIDDEN.sub("", line).split())


def _mark_signature(text: str, judged: list[tuple[Span, str]]) -> None:
    """A bare name that ends the article just after its source line is the writer's."""
    article = [number for number, (_, reason) in enumerate(judged) if not reason]
    if len(article) < 2 or judged[article[-1] - 1][1] != _SOURCE:
        return
    span = judged[article[-1]][0]
    name = _read(span.slice(text))
    if _NAME.fullmatch(name) and set(_NEVER_IN_NAMES.split()).isdisjoint(name.split()):
        judged[article[-1]] = (span, _BYLINE)
