"""The words that splitting goes by, spelt without vowel signs and with one alef and one ya."""

from __future__ import annotations

import re

from bitrans.arabic import DIACRITICS, INVISIBLE, TATWEEL


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: Latin abbreviations whose stop ends no sentence; single letters need no list.
LATIN_ABBREVIATIONS = _words(
    "Dr Mr Mrs Ms Prof St Gen Col Maj Capt Lt Sgt Sen Rep Gov Rev Hon No vs Inc Ltd Co Corp Jr"
    " Sr cf eg ie al Fig Vol"
)
#: Latin letters as Arabic spells them, one after the other in names such as "بي. بي. سي.".
LETTER_NAMES = _words(
    "ايه بي سي دي اي اف جي اتش جيه كي كيه ال ام ان او كيو ار اس تي يو دبليو اكس واي زد"
)
#: After an ellipsis these carry the sentence on: nothing begins with them.
CARRYING_ON = _words("الذي التي الذين اللذان اللذين اللتان اللتين اللاتي اللواتي بل او ام الخ")
#: After «….» these belong to the sentence that quotes.
ATTRIBUTING = _words(
    "بحسب حسب حسبما وفق وفقا علي مشيرا مشيره مضيفا مضيفه موضحا موضحه مؤكدا مؤكده معتبرا"
    " معتبره متهما متهمه"
)
#: Verbs that open a sentence of news. They only ever confirm a cut that something else suggests.
VERBS = _words(
    "قال قالت اعلن اعلنت اكد اكدت افاد افادت ذكر ذكرت اضاف اضافت اوضح اوضحت كشف كشفت صرح صرحت"
    " اشار اشارت نفي نفت دعا دعت طالب طالبت حذر حذرت اتهم اتهمت شدد شددت اعتبر اعتبرت راي رات"
    " توقع توقعت بحث بحثت التقي التقت وصل وصلت زار زارت غادر غادرت بدا بدات واصل واصلت استانف"
    " استانفت انتهي انتهت اوشك اوشكت سيطر سيطرت استعاد استعادت تقدم تقدمت انسحب انسحبت انهار"
    " انهارت قتل قتلت اصيب اصيبت لقي لقيت سقط سقطت شن شنت قصف قصفت استهدف استهدفت هاجم هاجمت"
    " اقتحم اقتحمت اطلق اطلقت وقع وقعت شهد شهدت عقد عقدت استقبل استقبلت اصدر اصدرت قرر قررت وافق"
    " وافقت رفض رفضت اقر اقرت فاز فازت خسر خسرت تعهد تعهدت ناشد ناشدت ندد نددت ادان ادانت رحب رحبت"
    " اعرب اعربت عبر عبرت نقل نقلت نشر نشرت بث بثت جدد جددت تواصل تواصلت استمر استمرت ارتفع ارتفعت"
    " انخفض انخفضت تراجع تراجعت دخل دخلت خرج خرجت تمكن تمكنت نجح نجحت اعترف اعترفت تابع تابعت ختم"
    " ختمت لفت لفتت كتب كتبت تساءل تساءلت سال سالت اجاب اجابت رد ردت كان كانت يقول تقول"
)
PREPOSITIONS = _words("في من علي الي عن مع بعد قبل خلال داخل قرب بين ضد عبر حول تحت")
DAYS = _words("اليوم امس الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت مساء صباح فجر ليل")

_HIDDEN = re.compile(f"[{INVISIBLE}{DIACRITICS}{TATWEEL}]+")
_FOLD = str.maketrans("أإآىة", "ااايه")
_LETTERS = re.compile(r"[^\W\d_]+")


def strip_hidden(text: str) -> str:
    """The text without what does not show or does not spell: controls, vowel signs, tatweel."""
    return _HIDDEN.sub("", text)


def read_word(text: str) -> str:
    """The word that ``text`` begins with as the lists here spell it, or "" where none does."""
    found = _LETTERS.match(strip_hidden(text))
    return found.group().translate(_FOLD) if found else ""
