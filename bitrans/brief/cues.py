"""Words that show who speaks, and speakers without a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bitrans.arabic import fold_for_matching
from bitrans.brief.lines import fold_words, look_up
from bitrans.core import Manner

#: ``manner: verbs``. After those with * comes a clause, so that a noun after them is who speaks;
#: those with ? say something only where "that", "about" or a quotation follows.
_VERBS = """
said*: قال قالت قالوا قالا قالتا يقول تقول يقولون
said*: أضاف أضافت أضافوا أوضح أوضحت أوضحوا أشار أشارت أشاروا
said: يضيف تضيف يوضح توضح يشير تشير
said*: صرح صرحت صرحوا يصرح لفت لفتت شدد شددت شددوا يشدد تشدد نوه نوهت أردف أردفت استطرد
said: أكد أكدت أكدوا يؤكد تؤكد يؤكدون حذر حذرت حذروا يحذر تحذر اتهم اتهمت اتهموا يتهم تتهم
said?: كشف كشفت تابع تابعت كتب كتبت شكك شككت
said: ناشد ناشدت ناشدوا يناشد تناشد طالبت طالبوا تطالب دعا دعت دعوا يدعو تدعو ندد نددت أدان أدانت
said: استنكر استنكرت هدد هددت رحب رحبت انتقد انتقدت انتقدوا ينتقد تنتقد حث حثت تحث وصف وصفت
said?: أعرب أعربت عبر عبرت يعرب تعرب يعبر تعبر تحدث تحدثت تحدثوا يتحدث تتحدث
said: روى روت اعترف اعترفت أقر أقرت تعهد تعهدت زعم زعمت ادعى ادعت أبلغ أبلغت
announced: أعلن أعلنت أعلنوا يعلن تعلن
reported*: أفاد أفادت أفادوا
reported: يفيد تفيد
said: ذكر ذكرت ذكروا تذكر
reported: أورد أوردت
reported?: نقل نقلت ينقل تنقل
reported: بث بثت نسب نسبت نقلته نقلتها نقله نقلها بثته بثتها نشرته نشرتها نشره أوردته أوردتها
reported: ذكرته ذكرتها ذكره
denied: نفى نفت نفوا ينفي تنفي ينفون أنكر أنكرت ينكر تنكر كذب كذبت فند فندت
thought: اعتبر اعتبرت اعتبروا يعتبر تعتبر رأى رأت يرى ترى يرون رجح رجحت يرجح توقع توقعت يتوقع تتوقع
thought: اعتقد يعتقد تعتقد
thought: قدر قدرت يقدر تقدر
"""
#: Participles speak for whom the verb before them speaks for.
_PARTICIPLES = """
said: قائلا قائلة مضيفا مضيفة موضحا موضحة مشيرا مشيرة مؤكدا مؤكدة لافتا لافتة مشددا
said: مشددة محذرا محذرة متهما
 متهمة منوها
announced: معلنا معلنة
denied: نافيا نافية
thought: معتبرا معتبرة مرجحا متوقعا متوقعة
"""
_ACCORDING = "بحسب حسب وفق وفقا طبقا حسبما وفقما نقلا"
#: Nouns that "according to" has when nobody speaks.
NOT_SOURCES = fold_words(
    "اتفاق الاتفاق اتفاقية الاتفاقية خطة الخطة القانون قانون القرار قرار جدول الجدول نظام"
    " برنامج البرنامج المعايير معايير الأصول القواعد قواعد الدستور الظروف الحاجة"
    " الأولوية ترتيبات شروط الشروط"
    " آلية الآلية مبدأ أحكام الأوضاع المواصفات نوع حجم مقتضيات مبادئ توجيهات تعليمات"
    " معطيات مقتضى رغبة طبيعة إمكانات احتياجات موقعه قدرته قدراته العمر السن ترتيب تصنيف"
)
#: ``English = Arabic``, as a head; the English of adjectives after it goes before the noun.
_GENERIC = """
a correspondent = مراسل مراسلة المراسل المراسلة
our correspondent = مراسلنا مراسلتنا
others = آخرون آخرين
a source = مصدر مصدرا
the source = المصدر
the sources = المصادر
sources = مصادر مصدران مصدرين
witnesses = شهود
a witness = شاهد
activists = ناشطون ناشطين نشطاء الناشطون النشطاء
an activist = ناشط ناشطة
residents = سكان أهالي أهال الأهالي السكان
a resident = ساكن
rescuers = مسعفون مسعفين
a medic = مسعف
doctors = أطباء
a doctor = طبيب طبيبة
an official = مسؤول مسؤولة المسؤول مسؤولا مسئول مسئولة المسئول مسئولا
officials = مسؤولون مسؤولين المسؤولون مسئولون مسئولين المسئولون المسئولين المسؤولين
a spokesman = متحدث ناطق متحدثا ناطقا المتحدث الناطق
a spokeswoman = متحدثة ناطقة المتحدثة الناطقة
diplomats = دبلوماسيون ديبلوماسيون دبلوماسيين
a diplomat = دبلوماسي ديبلوماسي
a commander = قائد
a leader = قيادي
an officer = ضابط
analysts = محللون
an analyst = محلل
experts = خبراء
an expert = خبير
the opposition = المعارضة
rebels = متمردون
a fighter = مقاتل
fighters = مقاتلون
an envoy = مبعوث موفد
media = وسائل
authorities = السلطات سلطات
a statement = بيان البيان
a report = تقرير التقرير
the army = الجيش
police = الشرطة
the government = الحكومة
the ministry = الوزارة
the director = مدير المدير
"""
_ADJECTIVES = {
    "عسكري": "military", "عسكريه": "military", "طبي": "medical", "طبيه": "medical",
    "امني": "security", "امنيه": "security", "دبلوماسي": "diplomatic", "دبلوماسيه": "diplomatic",
    "ديبلوماسي": "diplomatic", "ديبلوماسيه": "diplomatic", "محلي": "local", "محليه": "local",
    "ميداني": "field", "ميدانيه": "field", "رسمي": "official", "رسميه": "official",
    "حكومي": "government", "حكوميه": "government", "معارض": "opposition", "معارضه": "opposition",
    "سوري": "Syrian", "سوريه": "Syrian", "روسي": "Russian", "روسيه": "Russian",
    "تركي": "Turkish", "تركيه": "Turkish", "اميركي": "US", "اميركيه": "US", "امريكي": "US",
    "امريكيه": "US", "ايراني": "Iranian", "ايرانيه": "Iranian", "عراقي": "Iraqi",
    "عراقيه": "Iraqi", "لبناني": "Lebanese", "لبنانيه": "Lebanese", "فرنسي": "French",
    "اممي": "UN", "امميه": "UN", "كبير": "senior", "بارز": "senior", "مطلعه": "informed",
    "مطلع": "informed", "اعلاميه": "media", "سياسي": "political", "سياسيه": "political",
    "مصري": "Egyptian", "مصريه": "Egyptian", "سعودي": "Saudi", "سعوديه": "Saudi",
}  # fmt: skip
#: What officials and sources are of, as English says it before the noun.
_COMPLEMENTS = {
    "المعارضه": "opposition", "الجيش": "army", "الحكومه": "government", "الشرطه": "police",
    "الفصايل": "rebel", "الوزاره": "ministry",
}  # fmt: skip
#: Heads of a speaker's name that the glossary may leave out of a term.
CARRIERS = fold_words(
    "وكالة قناة صحيفة تلفزيون موقع إذاعة شبكة منظمة جماعة حركة حزب تنظيم جبهة وكالات مركز مرصد مجلة"
    " فصيل لواء كتيبة الرئيس الوزير السيد السيدة الدكتور العميد اللواء العقيد الجنرال"
    " الشيخ الملك الأمير"
    " السفير الفريق الرائد النقيب القيادي الناشط الكاتب الصحافي المحلل الأمين نظيره"
    " وزارة حكومة السلطات"
)
#: Somebody of something, who speaks: not the thing.
ROLES = fold_words(
    "رئيس وزير مدير ممثل مندوب سفير قائد ملك أمير عضو نائب رئيسة وزيرة مديرة مسؤول زعيم"
    " أمين المبعوث المندوب"
    " مسئول المسئول مسئولة الممثل المسؤول المنسق السفير المدير العضو المتحدث الناطق منسق"
    " منسقة مبعوث مستشار"
    " المستشار مساعد"
)
#: Other heads of phrases that can speak.
SPEAKERS = (
    CARRIERS
    | ROLES
    | fold_words(
        "هيئة الهيئة لجنة اللجنة وزارة الوزارة حكومة مجلس المجلس ائتلاف الائتلاف تحالف"
        " التحالف بعثة البعثة"
        " سفارة السفارة الرئاسة رئاسة قيادة القيادة الخارجية الدفاع مكتب المكتب جيش شرطة"
        " الفصائل فصائل الطرفان"
        " محافظ نظام النظام القوات قوات الكرملين البيت الكونغرس البرلمان المحكمة"
        " المتحدثون مراسل مراسلنا"
        " المراسل الخبير المبعوث الموفد المفوض المفوضية المفوضة رجل امرأة شاب مواطن لاجئ"
        " نازح صديق والد"
        " والدة ابن زوجة المعارض المنسق منسق منسقة المنسقة المستشار مستشار مستشارة نجل"
        " عمدة بابا البابا"
        " متظاهرون محتجون نواب مراقبون تقارير أنباء معلومات المخابرات الاستخبارات مخابرات"
        " مواقع صحف وسائل السلطات دراسة الدراسة"
        " استطلاع خبراء الصحيفة الوكالة القناة المنظمة المركز إحصاءات بيانات وثيقة رواية شهادات"
    )
)
#: A person named after these is not who speaks.
DEPUTIES = fold_words(
    "متحدث المتحدث متحدثة المتحدثة ناطق الناطق مستشار مستشارة مساعد مساعدة مبعوث محامي"
    " محام زوجة نجل والد"
    " شقيق ابن مكتب مدير ممثل سكرتير باسم"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of saying; ``clause`` where a clause follows it, so that a noun after it speaks.

    ``needs_that`` where it says something only before "that", "about" or a quotation.
    """

    manner: Manner
    clause: bool = False
    needs_that: bool = False
    participle: bool = False
    according: bool = False


def build_cues() -> Mapping[str, Cue]:
    """The folded words of saying."""
    cues: dict[str, Cue] = {}
    for head, words in _list_rows(_VERBS, ":"):
        cue = Cue(_read_manner(head.rstrip("*?")), head.endswith("*"), head.endswith("?"))
        for word in words:
            cues.setdefault(word, cue)
    for head, words in _list_rows(_PARTICIPLES.replace("\n ", " "), ":"):
        for word in words:
            cues.setdefault(word, Cue(_read_manner(head), participle=True))
    for word in fold_words(_ACCORDING):
        cues.setdefault(word, Cue("according-to", clause=True, according=True))
    return cues


def build_generic() -> Mapping[str, str]:
    """The folded heads of speakers without a name, with their English."""
    rows = _list_rows(_GENERIC, "=")
    return {word: english for english, words in rows for word in words}


def name_generic(phrase: list[str], generic: Mapping[str, str], *, of: bool = True) -> str:
    """``مصدر عسكري سوري`` as "a Syrian military source"; nothing where the head is not known.

    :param of: whether to say of what they are, as in "an opposition official".
    """
    found = look_up(phrase[0], generic, prefixes=("", "ل")) if phrase else None
    if found is None:
        return ""
    english = found[1]
    adjectives: list[str] = []
    for word in phrase[1:]:
        if (adjective := _ADJECTIVES.get(word.removeprefix("ال"))) is None:
            break
        adjectives.insert(0, adjective)
    article, _, noun = english.rpartition(" ")
    if of and (word_of := _find_complement(phrase)):
        adjectives.append(word_of)
    if not adjectives:
        return english
    if article in ("a", "an"):
        article = "an" if adjectives[0][0] in "aeio" else "a"
    return " ".join(filter(None, [article, *adjectives, noun]))


def is_adjective(word: str) -> bool:
    """Whether a word says of what kind a speaker is."""
    return word.removeprefix("ال") in _ADJECTIVES


def _find_complement(phrase: list[str]) -> str:
    """``مسؤول في المعارضة`` is an opposition official."""
    for link, word in pairwise(phrase):
        if link in ("في", "من", "باسم") and word in _COMPLEMENTS:
            return _COMPLEMENTS[word]
    return ""


def _list_rows(table: str, sign: str) -> list[tuple[str, list[str]]]:
    rows = []
    for row in filter(None, table.splitlines()):
        head, words = row.split(sign)
        rows.append((head.strip(), fold_for_matching(words).text.split()))
    return rows


def _read_manner(text: str) -> Manner:
    manners: dict[str, Manner] = {
        "said": "said", "announced": "announced", "reported": "reported", "denied": "denied",
        "thought": "thought",
    }  # fmt: skip
    return manners[text]
