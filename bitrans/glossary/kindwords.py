"""The words that say of what kind the name beside them is, in folded spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bitrans.arabic import fold_for_matching
from bitrans.core import Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_for_matching(text).text.split())


#: Right before a name, in the construct state: ``حي الفردوس``, ``قناة الميادين``.
SINGLE: dict[Kind, frozenset[str]] = {
    "place": _words(
        "حي مدينة بلدة قرية منطقة محافظة ريف شارع دوار معبر مخيم جبل نهر ناحية قضاء ضاحية ساحة "
        "ميدان جسر حاجز مطار وادي جزيرة ولاية إقليم جمهورية مملكة سلطنة إمارة دولة عاصمة "
        "أهالي بوابة مساكن سد قلعة بحيرة مضيق خليج صحراء هضبة سهل تلة بادية غوطة "
        "واحة ميناء مرفأ حارة معسكر محور جبهة محافظ بلدية مديرية مجزرة سجن "
        "قاعدة ثكنة مصفاة"
    ),
    "group": _words(
        "حركة جماعة تنظيم جبهة كتيبة لواء ميليشيا مليشيا حزب فصيل قوات جيش تجمع ائتلاف تحالف "
        "عناصر مقاتلو مقاتلي مسلحو مسلحي أنصار فيلق فرقة سرايا عصابة شبكة تيار زعيم قائد مسلحين"
    ),
    "agency": _words(
        "منظمة هيئة وكالة مفوضية برنامج لجنة مؤسسة جمعية صندوق وزارة مركز مرصد شركة مصرف بنك "
        "مجلس اتحاد رابطة نقابة"
    ),
    "outlet": _words(
        "قناة صحيفة جريدة وكالة موقع شبكة إذاعة تلفزيون مجلة راديو فضائية مراسل مراسلة مراسلو "
        "مراسلي نقلت"
    ),
    "office": _words("منصب مكتب مقر"),
    "event": _words(
        "معركة عملية اتفاق اتفاقية مؤتمر حملة هدنة محادثات مفاوضات قمة غزوة ثورة حرب عاصفة "
        "انتفاضة مبادرة"
    ),
    "other": _words(
        "نادي فريق قانون معاهدة قصر فندق ملعب جامعة مستشفى مشفى مدرسة صاروخ صواريخ طائرة طائرات "
        "سفينة دبابة دبابات قذيفة قذائف مجمع برج مسجد كنيسة جامع"
    ),
}

#: Kind words that go with ordinary words as well: ``أهالي الطبقة الوسطى``, ``منطقة باب مكة``.
SOFT = _words("أهالي منطقة مناطق دولة دول محور جبهة جبهات محاور مجلس مركز")

#: Duals and plurals: they open a list, and what follows belongs to them (``حيي الشيخ سعيد ...``).
PLURAL: dict[Kind, frozenset[str]] = {
    "place": _words(
        "حيي حيا حيين حيان أحياء مدن مدينتي مدينتا مدينتين بلدات بلدتي بلدتا بلدتين قرى قريتي "
        "قريتا قريتين مناطق منطقتي منطقتا محافظات محافظتي محافظتا أرياف ريفي شوارع معابر معبري "
        "مخيمات مخيمي جبال نواحي ضواحي جبهات محاور محوري حواجز دول دولتي دولتا مطاري مطارات ساحات "
        "معسكري معسكرات مديريات"
    ),
    "group": _words(
        "حركات حركتي حركتا جماعات جماعتي تنظيمات تنظيمي جبهتي كتائب ألوية لوائي ميليشيات مليشيات "
        "أحزاب حزبي حزبا فصائل فصيلي فصيلا جيوش فرق"
    ),
    "agency": _words("منظمات منظمتي هيئات وكالات وكالتي لجان مؤسسات جمعيات"),
    "outlet": _words("قنوات قناتي قناتا صحف صحيفتي صحيفتا وكالات وكالتي وكالتا مواقع شبكات"),
}

#: Before a personal name; what follows the title may still qualify it (``الرئيس السابق صالح``).
TITLES = _words(
    "الرئيس الوزير السيد السيدة الشيخ العميد اللواء العقيد العماد الفريق المشير الجنرال النقيب "
    "الرائد الملازم المقدم الدكتور الدكتورة الأستاذ الأستاذة المهندس السفير السفيرة الأمير الأميرة "
    "الملك الملكة السلطان القائد القيادي الناطق المتحدث المتحدثة المبعوث الموفد النائب المستشار "
    "المستشارة المدير المديرة المحامي المحامية الناشط الناشطة الصحفي الصحافي الصحفية الإعلامي "
    "الكاتب الباحث المحلل الخبير الأمين الشهيد الحاج المرشد الإمام البابا البطريرك المطران الأب "
    "المنسق المسؤول المسئول الزعيم المخلوع المعارض الوزيرة الرئيسة القس المفتي القاضي"
)
#: Titles in the construct state: only with what they govern (``وزير الخارجية الفرنسي X``).
GOVERNING_TITLES = _words(
    "رئيس رئيسة وزير وزيرة نائب نائبة قائد مدير مديرة أمين زعيم مبعوث مبعوثة سفير سفيرة مستشار "
    "مستشارة محافظ ناطق متحدث متحدثة عضو منسق مسؤول مسئول مفوض مفتي قاضي باسم"
)
#: What a leader has: ``قوات صالح``, ``حكومة هادي``.
BELONGINGS = _words(
    "قوات ميليشيا ميليشيات مليشيا مليشيات أنصار حكومة عائلة نجل شقيق زوجة أتباع موالين موالي"
)
#: Before ل and a leader's name: ``القوات الموالية لصالح``.
ALLEGIANCE = _words(
    "الموالية الموالين الموالون الموالي التابعة التابعين التابعون المؤيدة المؤيدين موالية موالون "
    "تابعة مؤيدة المناصرة المناصرين"
)
SPEECH = _words(
    "قال قالت يقول تقول أضاف أضافت أكد أكدت يؤكد أعلن أعلنت أوضح أوضحت ذكر ذكرت صرح صرحت أشار "
    "أشارت اعتبر اعتبرت شدد شددت دعا دعت طالب طالبت كشف كشفت نفى نفت حذر حذرت لفت تابع تابعت أعرب "
    "أعربت اتهم اتهمت التقى التقت استقبل استقبلت انتقد انتقدت وصف وصفت"
)

#: Between the plural that opens a list and the list: ``حيين رئيسيين هما السكري والمشهد``.
INTRODUCERS = _words(
    "هما هي هم وهما وهي وهم منها ومنها بينها وبينها فيها وفيها ذلك مثل أبرزها وأبرزها أهمها وأهمها "
    "خصوصا وخصوصا خاصة وخاصة لاسيما منهما ومنهما بينهما وبينهما كذلك وكذلك تحديدا"
)
DEMONSTRATIVES = _words("هذا هذه ذلك تلك هؤلاء بهذا بهذه لهذا لهذه وهذا وهذه فهذا فهذه كهذا كهذه")
#: Never part of a name: a list that meets one of these has ended.
STOP_WORDS = _words(
    "في من إلى على عن أن إن التي الذي الذين حيث بعد قبل مع بين عند حتى لكن كما كان كانت قد لم "
    "لن لا ما هو هي هم ذلك هذا هذه أو ثم إذ إذا كل بعض غير عدة عدد نحو أكثر ضد خلال دون عبر "
    "وفق منذ لدى أي جميع سيطر سيطرت قال قالت أضاف أعلن أكد وقال وأضاف وأعلن وأكد وفي ومن وإلى "
    "وعلى وعن وأن وإن والتي والذي وحيث وبعد وقبل ومع وبين وعند وحتى ولكن وكما وكان وكانت وقد "
    "ولم ولن ولا وما وهو وذلك وهذا وهذه وثم فيما بينما وسط وصولا وغيرها وغيرهم وسواها وسيطر "
    "وسيطرت وتلاحق وتواصل الآن إلا اللذين اللتين اللذان اللتان اللواتي اللاتي التقى التقت "
    "التقيا التقوا التحق التحقت التزم التزمت ألقى ألقت ألغى ألغت أمس اليوم الاثنين الثلاثاء "
    "الأربعاء الخميس الجمعة السبت الأحد أنه أنها إنه إنها وأنه وأنها وإنه وإنها وأنهم وإنهم "
    "بأن بأنه بأنها لأن لأنه لأنها فإن فإنه فإنها له لها لهم به بها بهم عليه عليها فيه فيها "
    "منه منها"
)
#: Adjectives that keep their article: without it the phrase is a sentence (حلب قديمة).
ADJECTIVES = _words(
    "القديمة القديم الجديدة الجديد الكبرى الكبير الكبيرة الصغرى الصغير الصغيرة الشرقي الغربي "
    "الشمالي الجنوبي الأوسط الأعلى الأدنى العليا السفلى المتحدة الحرة الأحمر الأبيض الأسود الأسمر"
)
#: Before a place: ``في الباب ومنبج``.
LOCATIVES = _words(
    "في من إلى نحو باتجاه بين قرب شرق غرب شمال جنوب شرقي غربي شمالي جنوبي داخل خارج حول صوب تجاه "
    "عند وفي ومن وإلى وبين وسط"
)
#: After an indefinite kind word these describe: ``بناء مدينة حديثة``.
DESCRIPTIONS = _words(
    "حديثة جديدة قديمة كبيرة صغيرة واسعة عزيزة أصيلة آمنة كاملة أخرى واحدة مهمة هامة حدودية "
    "سكنية صناعية جبلية ساحلية عربية إسلامية كردية مسيحية شيعية سنية تاريخية محاصرة محررة"
)
#: A surname after one of these is that person's: ``محمد الظواهري`` is not Ayman al-Zawahiri.
GIVEN_NAMES = _words(
    "محمد أحمد محمود علي حسن حسين إبراهيم يوسف عبدالله عبدالرحمن عبدالعزيز خالد عمر عثمان فهد "
    "سلمان سلطان فيصل بندر تركي ناصر ماجد سامي سمير وليد رامي زياد باسل ماهر حافظ رفعت مصطفى "
    "مروان أنور طارق كريم كمال جمال عادل فؤاد نبيل هشام حسام أيمن أسامة ياسر معاذ بلال حمزة زيد "
    "جعفر كاظم جواد عباس قاسم رضا فاطمة عائشة خديجة مريم زينب سارة هند ليلى أسماء سعاد نادية جون "
    "جورج مايكل ديفيد جيمس روبرت وليام بيل توماس بيتر بول مارك ستيفن فرانسوا بيار بيير جان ميشال "
    "سيرجي سيرغي أليكسي ألكسندر فلاديمير إيفان نيكولاي ميخائيل أندريه أنجيلا ماريا آنا"
)
#: Words that begin with a letter that could be a prefix, and end like a name.
WHOLE_WORDS = _words(
    "باكرا كلاوس كاسيا كسبها كسرت فاطمة بصدد باراك كريمة فعالية بليون بحجة بإجرام فويلز وقيصرية"
)
#: Verbs and nouns of the press before a newspaper's name in quotes: ``قال ل«الحياة»``.
PRESS = _words(
    "ل نقلت ونقلت ذكرت وذكرت أفادت وأفادت كتبت وكتبت نشرت ونشرت تلقت خصت حصلت علمت وعلمت رصدت سألت "
    "أبلغ أبلغت عن وعن"
)
#: After a place: ``في الباب شرق حلب``.
DIRECTIONS = _words("شرق غرب شمال جنوب شرقي غربي شمالي جنوبي")
CAPITALS = _words("العاصمة للعاصمة بالعاصمة والعاصمة")
_ANY_SINGLE = frozenset[str]().union(*SINGLE.values())
_ANY_PLURAL = frozenset[str]().union(*PLURAL.values())
_ADJECTIVE_ENDING = re.compile("ال..+(?:يه|ي)")


def is_kind_word(word: str, kind: Kind | None = None) -> bool:
    """Whether a word right before a name says that the name is of this kind, or of any."""
    known = _ANY_SINGLE if kind is None else SINGLE.get(kind, frozenset())
    return _has(known, word, article=False)


def opens_list(word: str, kind: Kind | None = None, *, article: bool) -> bool:
    """Whether a word is a dual or plural of a kind word: a list of such names may follow.

    :param kind: that of the names, or None for any.
    :param article: it may have an article, which parts it from a name right after it.
    """
    known = _ANY_PLURAL if kind is None else PLURAL.get(kind, frozenset())
    return _has(known, word, article=article)


def is_dual(word: str) -> bool:
    """Whether a word that opens a list is a dual, which promises two names."""
    return word.endswith(("ي", "ا", "ين", "ان")) and not word.endswith(("نواحي", "ضواحي"))


def is_soft(word: str) -> bool:
    """Whether a kind word goes with ordinary words so often that the name must stand alone."""
    return _has(SOFT, word, article=True)


def is_title(word: str) -> bool:
    """Whether a word is a title that a personal name may follow at once."""
    return _has(TITLES, word, article=False)


def is_governing_title(word: str) -> bool:
    """Whether a word is a title that must govern something before the name follows."""
    return _has(GOVERNING_TITLES, word, article=False)


def is_belonging(word: str) -> bool:
    """Whether a word is something a leader has, right before his name."""
    return _has(BELONGINGS, word, article=False)


def is_speech(word: str) -> bool:
    """Whether a word is a verb of saying, whose subject follows."""
    return word in SPEECH or (word[:1] in ("و", "ف") and word[1:] in SPEECH)


def is_adjective(word: str) -> bool:
    """Whether a word with its article looks like an adjective, not like a name."""
    return word in ADJECTIVES or _ADJECTIVE_ENDING.fullmatch(word) is not None


def _has(known: frozenset[str], word: str, *, article: bool) -> bool:
    return any(form in known for form in _strip_clitics(word, article=article))


@lru_cache(maxsize=1 << 15)
def _strip_clitics(word: str, *, article: bool) -> Sequence[str]:
    forms = [word]
    if word[:1] in ("و", "ف"):
        forms.append(word[1:])
    forms += [form[1:] for form in forms if form[:1] in ("ب", "ل", "ك")]
    if article:
        forms += [form[2:] for form in forms if form.startswith("ال")]
    return forms + ["ال" + form[1:] for form in forms if form.startswith("ل")]
