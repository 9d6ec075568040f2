"""What stands around a word of saying: "that", quotations, past times, occasions, listeners."""

from __future__ import annotations

from bitrans.brief.cues import CARRIERS
from bitrans.brief.lines import Line, fold_words

_THAT = fold_words(
    "إن أن إنه إنها إنهم أنه أنها أنهم أنهما بأن بأنه بأنها بأنهم إنني إننا أنني أننا إني أني لأن"
)
STOP = _THAT | fold_words(
    "الذي التي الذين اللذين على عن إلى خلال بعد قبل منذ عقب إثر حول مع ضد عبر أثناء حيث"
    " عندما بينما فيما"
    " كما ما لا لم لن قد كان كانت ثم أو هذا هذه ذلك تلك هو هي هم به بها له لها فيه إليه"
    " أية أي بشأن بسبب"
    " بهدف بشكل تحت رحمه أنا نحن يردنا قائلا قائلة مضيفا مضيفة موضحا"
    " موضحة مشيرا مشيرة مؤكدا مؤكدة معتبرا"
    " قوله قولها قولهم أيضا كذلك سوى إذا لو حتى ليس ليست عدم وقوع وجود كل بين وأن"
)
PREPOSITIONS = fold_words("في من لدى إلى")
TIMES = fold_words(
    "أمس اليوم غدا مساء صباح فجر ظهر عصر ليل يوم الماضي الاثنين الثلاثاء الأربعاء الخميس"
    " الجمعة السبت الأحد"
    " أيضا كذلك فيه فيها له لها لهم لهن بدوره بدورها الليلة لاحقا سابقا مجددا"
    " جهته جهتها جانبه جانبها جانبهم مرارا"
)
_OCCASIONS = fold_words(
    "بيان تصريح تصريحات مؤتمر حديث مقابلة اتصال كلمة تقرير تغريدة رسالة مكالمة خطاب"
    " منشور شريط تسجيل حوار"
    " إيجاز إحاطة جلسة وقت ختام بيانه تصريحاته"
)
_SAME = fold_words("الراهن الحالي ذاته نفسه عينه")
#: Verbs that point at something: ``أشار لوجود``.
_POINTING = ("اشار", "يشير", "تشير", "لفت", "نوه")
#: Words after a speaker in which "that" may follow.
_LATER = 25
#: The longest name in quotation marks, in words.
_QUOTED_NAME = 3


def is_said_of(line: Line, at: int, *, clause: bool) -> bool:
    """Whether a word of saying without a speaker still says something: that ..., or a quotation."""
    for place in range(at + 1, min(at + 4, len(line.words) + 1)):
        gap = line.read_gap(place)
        if ":" in gap or '"' in gap:
            return True
        if line.breaks_before(place):
            return False
        if is_that(line, place) or (
            clause and place == at + 1 and line.read(place) in ("الي", "علي")
        ):
            return True
    return False


def is_object(line: Line, at: int, last: int) -> bool:
    """``واتهم الولايات المتحدة بأنها``: who is accused, where nobody who accuses is named;
    ``وأشار لوجود``: what is pointed at."""
    verb = line.read(at).lstrip("وف")
    if verb.startswith(_POINTING) and line.read(at + 1).startswith("ل"):
        return not any(first == at + 1 for first, _, _ in line.matches)
    accuses = verb.startswith(("اتهم", "يتهم", "تتهم"))
    return accuses and line.read(last + 1).startswith("ب") and not line.breaks_before(last + 1)


def says_that(line: Line, last: int) -> bool:
    """Whether "that", "about" or a quotation follows shortly after word ``last``."""
    for place in range(last + 1, min(last + 6, len(line.words) + 1)):
        gap = line.read_gap(place)
        word = line.read(place)
        if ":" in gap or '"' in gap or is_that(line, place) or word in ("عن", "ل"):
            return True
        if line.breaks_before(place):
            return False
    return False


def says_later(line: Line, at: int) -> bool:
    """``أكد فلان، وهو طبيب، أن``: "that" after a comma that is not the first."""
    if at >= len(line.words) or not line.breaks_before(at):
        return False
    near = range(at + 1, min(at + _LATER, len(line.words)))
    return any(is_that(line, i) and line.read_gap(i).strip() in ("،", ",") for i in near)


def is_that(line: Line, at: int) -> bool:
    """Whether "that" stands at a word; ``بان`` of a name (بان كي مون) is none."""
    inside = any(first <= at <= last for first, last, _ in line.matches)
    return line.read(at) in _THAT and not inside


def skip_adverbs(line: Line, start: int) -> int:
    """Past times, occasions (``في بيان``) and those spoken to (``لرويترز``)."""
    at = start
    for _ in range(4):
        after = _skip_one(line, at)
        if after == at:
            return at
        at = after
    return at


def _skip_one(line: Line, at: int) -> int:
    word = line.read(at)
    if at >= len(line.words):
        return at
    if word in TIMES or (at > 0 and word in _SAME and line.read(at - 1) == "الوقت"):
        return at + 1
    after = line.read(at + 1)
    if word in ("من", "في", "خلال", "عبر") and (
        after in TIMES or after.removeprefix("ال") in _OCCASIONS
    ):
        at += 2
        while line.read(at) in (
            "صحفي",
            "صحافي",
            "متلفز",
            "رسمي",
            "مقتضب",
            "صحافيه",
            "صحفيه",
            "له",
            "لها",
        ):
            at += 1
        return at
    return _skip_listener(line, at)


def _skip_listener(line: Line, at: int) -> int:
    for first, last, match in line.matches:
        if first == at and match.prefix in ("ل", "لل", "ول"):
            return last + 1
    word = line.read(at)
    if word in ("للصحفيين", "للصحافيين", "لوسايل", "للاعلاميين"):
        return at + (2 if word == "لوسايل" else 1)
    bare = word[1:]
    if word.startswith("ل") and bare in CARRIERS:
        inside = [last for first, last, _ in line.matches if first in (at, at + 1)]
        return (max(inside) if inside else at + 1) + 1
    if word == "ل" and at + 1 < len(line.words):
        return at + 2
    return at


def opens_quotation(line: Line, first: int) -> bool:
    """Whether a quotation opens here, not a name in quotation marks (``قالت «الحياة»``)."""
    if '"' not in line.read_gap(first):
        return False
    if line.text[: line.words[first].start].count('"') % 2 == 0:
        return False  # one closes here
    for at in range(first + 1, first + _QUOTED_NAME + 1):
        if '"' in line.read_gap(min(at, len(line.words))):
            return False
    return True


def is_listener(line: Line, at: int) -> bool:
    """Whether those spoken to follow a speaker: journalists or an outlet, not ``الأمين"
    " العام لـ``."""
    kinds = [m.term.kind for f, _, m in line.matches if f == at and m.prefix.startswith("ل")]
    return _skip_listener(line, at) != at and (not kinds or kinds[0] in ("outlet", "person"))


def may_open(line: Line, first: int) -> bool:
    """Whether the words that name somebody can begin here."""
    word = line.read(first)
    if any(place == first for place, _, _ in line.matches):
        return True
    return bool(word) and not word[0].isdecimal() and word not in STOP | PREPOSITIONS | TIMES


def opens_complement(line: Line, at: int) -> bool:
    """``مسؤول في المعارضة``, but not ``مسؤول في بيان``."""
    after = line.read(at + 1)
    return (
        bool(after)
        and after.removeprefix("ال") not in _OCCASIONS | TIMES
        and not line.breaks_before(at + 1)
    )


def is_name_ali(line: Line, at: int) -> bool:
    """Whether a word is the name علي: written with ي, where "on" has ى (``على``)."""
    word = line.words[at]
    written = line.pair.segment.text[line.offsets[word.end - 1]]
    return word.text == "علي" and written == "ي"
