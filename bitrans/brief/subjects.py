"""What is said of a number: killed, displaced, under control, from the words near it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bitrans.arabic import fold_for_matching
from bitrans.brief.lines import Line, fold_words, list_names, look_up

#: ``subject: words``, each as it stands without a prefix.
_TABLE = """
killed: قتل قتلت قتلوا قتلا يقتل تقتل مقتل قتلى قتيل قتيلا لقي لقوا مصرع مصرعهم حتفهم حتفه استشهد
 استشهدوا استشهاد شهيد شهيدا شهداء أودى أودت مات ماتوا وفاة توفي توفوا قتله قتلهم بمقتل
wounded: أصيب أصيبت أصيبوا إصابة جرح جرحت جرحوا جريح جريحا جرحى مصاب مصابا مصابين مصابون
displaced: فر فرت فروا فرار يفر يفرون نزح نزحت نزحوا نزوح ينزح ينزحون نازح نازحا نازحين نازحون تشريد
 شردوا تهجير هجر هجرت شرد شردت هرب هربت هربوا هروب هاربين فارين مهجر مهجرا مشرد تشرد
evacuated: إجلاء أجلي أجليت أجلوا إخلاء أخلي إجلائهم
left: خرج خرجت خرجوا خروج يخرج غادر غادرت غادروا مغادرة يغادر
under control: سيطر سيطرت سيطروا سيطرة يسيطر تسيطر استعاد استعادت استعادة حرر حررت تحرير انتزع
 انتزعت انتزاع استولى استولت سيطرته سيطرتها سيطرتهم يسيطرون محرر محررة محررين
 تحريرها تحريره بسط بسطت
withdrawn from: انسحب انسحبت انسحبوا انسحاب تنسحب
lost: فقد فقدت فقدوا خسر خسرت خسروا خسارة فقدان
besieged: حاصر حاصرت حاصروا محاصر محاصرا محاصرين محاصرون محاصرة حصار يحاصر تحاصر
trapped: عالق عالقا عالقين عالقون علق محتجزين
detained: اعتقل اعتقلت اعتقلوا اعتقال توقيف أوقف أوقفت احتجاز احتجز احتجزت معتقل معتقلا معتقلين
released: أفرج أفرجت إفراج سراح
kidnapped: خطف خطفت اختطف اختطفت اختطاف
returned: عاد عادت عادوا عودة يعود يعودون
surrendered: استسلم استسلموا استسلام سلموا تسليم
carried out: شن شنت شنوا نفذ نفذت تنفيذ شنتها نفذتها
destroyed: دمر دمرت تدمير دمار تدمر
hit: استهدف استهدفت استهداف قصف قصفت أصابت
missing: مفقود مفقودا مفقودين مفقودون اختفاء
in need: بحاجة يحتاج يحتاجون احتياج
living there: يعيش يعيشون يقيم يقيمون يسكن يسكنون يقطن يقطنون
remaining: بقي بقيت بقوا يبقى متبقية متبقي يتبقى تبقى
arrived: وصلوا
"""
OF_PERSONS = list_names(
    "killed,wounded,displaced,detained,kidnapped,missing,surrendered,living there,in need,of age,"
    "trapped,released,arrived"
)
OF_THINGS = list_names("under control,destroyed,withdrawn from,hit")
_BEFORE, _AFTER = 9, 8
#: What a clause's end costs, in words.
_CLAUSE = 5
#: What standing after the number costs: Arabic says the verb first.
_BEHIND = 2
#: Words that open a clause of its own: what it says is further off than what stands before.
_OPENING = fold_words("التي الذي الذين كانت كان كانوا لا ما لاتزال لازالت مازالت لايزال مازال")
#: Between commas these part no clauses: ``انسحب، أمس، من``.
_TIMES = fold_words("أمس اليوم غدا")
_OPENED = 2


def build_subjects() -> Mapping[str, str]:
    """Each word with what it says of a number."""
    table: dict[str, str] = {}
    for row in _TABLE.replace("\n ", " ").strip().splitlines():
        subject, words = row.split(":")
        for word in fold_for_matching(words).text.split():
            table.setdefault(word, subject)
    return table


def find_subject(
    line: Line,
    first: int,
    last: int,
    subjects: Mapping[str, str],
    *,
    persons: bool | None = None,
    taken: Sequence[int] = (),
) -> str:
    """What the nearest telling word says of words ``first`` to ``last``, or nothing.

    :param persons: whether persons are counted, who are wounded, or things, which are captured;
        None where it is not known.
    :param taken: the words of other numbers: what is said of them stands on their side.
    """
    unfit = {True: OF_THINGS, False: OF_PERSONS, None: frozenset[str]()}[persons]
    found = [
        (cost, place, subject)
        for place, cost in _list_places(line, first, last, taken)
        if (subject := _read(line, place, subjects)) and subject not in unfit
    ]
    return min(found)[2] if found else ""


def _read(line: Line, place: int, subjects: Mapping[str, str]) -> str:
    found = look_up(line.read(place), subjects)
    return found[1] if found else ""


def _list_places(line: Line, first: int, last: int, taken: Sequence[int]) -> list[tuple[int, int]]:
    """Words around with what each costs: its distance, more beyond the clause's end."""
    places = []
    cost = 0
    for place in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        cost += 1 + (_CLAUSE if _parts(line, place + 1) else 0)
        cost += _CLAUSE if place in taken else 0
        if place not in taken:
            places.append((place, cost))
    cost = _BEHIND
    for place in range(last + 1, min(len(line.words), last + 1 + _AFTER)):
        cost += 1 + (_CLAUSE if _parts(line, place) else 0)
        cost += _OPENED if line.read(place) in _OPENING else 0
        cost += _CLAUSE if place in taken else 0
        if place not in taken:
            places.append((place, cost))
    return places


def _parts(line: Line, index: int) -> bool:
    """Whether a clause ends before word ``index``."""
    return line.breaks_before(index) and not {line.read(index), line.read(index - 1)} & _TIMES
