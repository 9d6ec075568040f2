"""What numbers count: Arabic nouns, in all their forms, and the English unit of each."""

from __future__ import annotations

from dataclasses import dataclass

from bitrans.arabic import fold_for_matching
from bitrans.brief.lines import list_names, look_up

#: ``unit [= subject]: noun[/broken plural ...] ...``. A noun with + has a sound plural in ين/ون;
#: one in ة has ات; one with 2 is a dual as it stands. What is said of some
#: is in the noun: a قتيل is somebody killed.
_TABLE = """
people: شخص/أشخاص/شخوص نسمة نفس/أنفس إنسان فرد/أفراد ناس سكان آدمي+ راكب/ركاب رجل/رجال
people = killed: قتيل/قتلى شهيد/شهداء
people = wounded: جريح/جرحى مصاب+
people = displaced: نازح+ مهجر+ مشرد+
people = missing: مفقود+
people = trapped: محاصر+ عالق+
victims: ضحية/ضحايا
civilians: مدني+
fighters: مقاتل+ مسلح+ متمرد+ إرهابي+ جهادي+ متشدد+ مرتزق/مرتزقة
members: عضو/أعضاء عنصر/عناصر منتسب+
children: طفل/أطفال طفلة قاصر/قاصرين/قصر رضيع/رضع
women: امرأة سيدة نساء
soldiers: جندي/جنود عسكري+ مجند+
officers: ضابط/ضباط
police officers: شرطي+
detainees: معتقل+ محتجز+ موقوف+
prisoners: سجين/سجناء أسير/أسرى
hostages: رهينة/رهائن مختطف+ مخطوف+
refugees: لاجئ+
migrants: مهاجر+
patients: مريض/مرضى
journalists: صحفي+ صحافي+ إعلامي+
doctors: طبيب/أطباء
medics: مسعف+
workers: عامل/عمال
employees: موظف+
students: طالب/طلاب/طلبة تلميذ/تلاميذ
teachers: معلم+ مدرس+
protesters: متظاهر+ محتج+
activists: ناشط+ ناشط/نشطاء
voters: ناخب+
votes: صوت/أصوات
candidates: مرشح+
members of parliament: نائب/نواب
pilots: طيار+
experts: خبير/خبراء
observers: مراقب+
ministers: وزير/وزراء
players: لاعب+
spectators: متفرج+
visitors: زائر/زوار
pilgrims: حاج/حجاج معتمر+
copies: نسخة
citizens: مواطن+
families: عائلة/عوائل أسرة/أسر
bodies: جثة/جثث جثمان/جثامين
cases: حالة إصابة
districts: 2حيي حي/أحياء
villages: قرية/قرى
towns: بلدة
cities: مدينة/مدن
areas: منطقة/مناطق
governorates: محافظة
countries: دولة/دول بلد/بلدان
camps: مخيم/مخيمات
positions: موقع/مواقع مركز/مراكز
targets: هدف/أهداف
points: نقطة/نقاط/نقط
checkpoints: حاجز/حواجز
crossings: معبر/معابر
corridors: ممر/ممرات
fronts: جبهة محور/محاور
hospitals: مستشفى/مستشفيات مشفى/مشافي/مشاف
schools: مدرسة/مدارس
homes: منزل/منازل بيت/بيوت شقة/شقق مسكن/مساكن
buildings: مبنى/مباني/مبان بناية عمارة
shops: متجر/متاجر محل/محال
factories: مصنع/مصانع معمل/معامل
mosques: مسجد/مساجد جامع/جوامع
tents: خيمة/خيام/خيم
buses: حافلة باص/باصات أتوبيس
vehicles: سيارة آلية عربة مركبة
trucks: شاحنة
tanks: دبابة
armoured vehicles: مدرعة
aircraft: طائرة مقاتلات
helicopters: مروحية هليكوبتر
ships: سفينة/سفن بارجة/بوارج
boats: قارب/قوارب زورق/زوارق
missiles: صاروخ/صواريخ
shells: قذيفة/قذائف
bombs: قنبلة/قنابل
barrels: برميل/براميل
mines: لغم/ألغام
explosions: انفجار/انفجارات تفجير/تفجيرات
raids: غارة
sorties: طلعة
strikes: ضربة
attacks: هجوم/هجمات اعتداء/اعتداءات
battles: معركة/معارك اشتباك/اشتباكات
breaches: خرق/خروقات انتهاك/انتهاكات
operations: عملية
rounds: جولة
meetings: اجتماع/اجتماعات
times: مرة
agreements: اتفاق/اتفاقات اتفاقية
resolutions: قرار/قرارات
brigades: لواء/ألوية كتيبة/كتائب
factions: فصيل/فصائل
parties: حزب/أحزاب
groups: مجموعة جماعة
organisations: منظمة
companies: شركة
institutions: مؤسسة
projects: مشروع/مشاريع/مشروعات
seats: مقعد/مقاعد
jobs: وظيفة/وظائف
shares: سهم/أسهم
meals: وجبة
food parcels: سلة/سلال
km: كيلومتر كم كلم كيلومترا كيلومترات
metres: متر/أمتار
cm: سنتيمتر سم
miles: ميل/أميال
hectares: هكتار/هكتارات
tonnes: طن/أطنان
kg: كيلوغرام كيلوجرام كغ كجم كلغ كيلو
litres: لتر/لترات ليتر
degrees: درجة
megawatts: ميغاواط ميجاواط
seconds: ثانية/ثواني/ثوان
minutes: دقيقة/دقائق
hours: ساعة
days: يوم/أيام
weeks: أسبوع/أسابيع
months: شهر/أشهر/شهور
years: عام/أعوام سنة/سنوات/سنين
decades: عقد/عقود
centuries: قرن/قرون
dollars: دولار/دولارات
euros: يورو
pounds: جنيه/جنيهات
pounds sterling: إسترليني
lira: ليرة
riyals: ريال/ريالات
dirhams: درهم/دراهم
dinars: دينار/دنانير
roubles: روبل/روبلات
yuan: يوان
yen: ين
"""
PER_CENT = "per cent"
#: Units of measure: the same number of them is not the same fact.
MEASURES = list_names(
    "km,square km,metres,square"
    " metres,cm,miles,hectares,tonnes,kg,litres,degrees,megawatts,seconds,"
    "minutes,hours,days,weeks,months,years,decades,centuries,times,points,per cent,dollars,euros,"
    "pounds,lira,riyals,dirhams,dinars,roubles,yuan,yen"
)
TIMES = list_names("seconds,minutes,hours,days,weeks,months,years,decades,centuries")
#: Of people: those without a noun who were killed, wounded, displaced.
PEOPLE = "people"
#: Units of which reports often speak in each other's words.
PERSONS = list_names(
    "people,civilians,fighters,members,children,women,soldiers,officers,police officers,detainees,"
    "prisoners,hostages,refugees,migrants,patients,journalists,doctors,medics,workers,employees,"
    "students,teachers,protesters,activists,families,spectators,visitors,pilgrims,citizens,victims,bodies,players,pilots"
)
_SQUARE = frozenset({"مربع", "مربعا", "مربعه"})
_DUAL = ("ين", "ان", "ا", "ي")


@dataclass(frozen=True, slots=True)
class Unit:
    """An English unit; ``subject`` is what the noun itself says, ``dual`` two of them."""

    name: str
    subject: str = ""
    dual: bool = False
    plural: bool = False


class Units:
    """The table of nouns, looked up word by word."""

    def __init__(self) -> None:
        self._forms: dict[str, Unit] = {}
        for row in filter(None, _TABLE.splitlines()):
            head, nouns = row.split(":")
            name, _, subject = (part.strip() for part in head.partition("="))
            for noun in fold_for_matching(nouns).text.split():
                self._add(noun, name, subject)

    def find(self, word: str) -> tuple[str, Unit] | None:
        """The unit of a word with the prefix that was taken off."""
        return look_up(word, self._forms)

    def _add(self, noun: str, name: str, subject: str) -> None:
        if noun.startswith("2"):
            self._put(("",), noun[1:], Unit(name, subject, dual=True))
            return
        if noun.endswith("+"):
            base = noun[:-1]
            self._put(("", "ا", "ه"), base, Unit(name, subject))
            self._put(("ين", "ون", "ي", "و", "ات"), base, Unit(name, subject, plural=True))
            return
        first, *plurals = noun.split("/")
        for plural in plurals:  # before the duals: بلدان is countries, not two of them
            self._put(("", "ا"), plural, Unit(name, subject, plural=True))
        if first.endswith("ه"):
            base = first[:-1]
            self._put(("ه",), base, Unit(name, subject))
            self._put(("تين", "تان", "تا", "تي"), base, Unit(name, subject, dual=True))
            self._put(("ات",), base, Unit(name, subject, plural=True))
        else:
            self._put(("", "ا"), first, Unit(name, subject))
            self._put(("ين", "ان"), first, Unit(name, subject, dual=True))

    def _put(self, endings: tuple[str, ...], base: str, unit: Unit) -> None:
        for ending in endings:
            self._forms.setdefault(base + ending, unit)


def is_square(word: str) -> bool:
    """Whether a word makes a unit of length one of area."""
    return word in _SQUARE
