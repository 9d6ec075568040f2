"""The speaker beside a word of saying: a name of the glossary, or the Arabic that stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bitrans.brief.cues import (
    CARRIERS,
    DEPUTIES,
    NOT_SOURCES,
    ROLES,
    SPEAKERS,
    is_adjective,
    name_generic,
)
from bitrans.brief.lines import Line, fold_words, is_among, look_up
from bitrans.core import Kind, Match

_THAT = fold_words(
    "إن أن إنه إنها إنهم أنه أنها أنهم أنهما بأن بأنه بأنها بأنهم إنني إننا أنني أننا لأن"
)
_STOP = _THAT | fold_words(
    "الذي التي الذين اللذين على عن إلى خلال بعد قبل منذ عقب إثر حول مع ضد عبر أثناء حيث"
    " عندما بينما فيما"
    " كما ما لا لم لن قد كان كانت ثم أو هذا هذه ذلك تلك هو هي هم به بها له لها فيه إليه"
    " أية أي بشأن بسبب"
    " بهدف بشكل تحت رحمه أنا نحن يردنا قائلا قائلة مضيفا مضيفة موضحا"
    " موضحة مشيرا مشيرة مؤكدا مؤكدة معتبرا"
    " قوله قولها قولهم أيضا كذلك سوى إذا لو حتى ليس ليست عدم وقوع وجود كل بين وأن"
)
_PREPOSITIONS = fold_words("في من لدى إلى")
_TIMES = fold_words(
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
_LINKS = fold_words("باسم في من لدى عن")
#: Verbs that point at something: ``أشار لوجود``.
_POINTING = ("اشار", "يشير", "تشير", "لفت", "نوه")
_KIND_ORDER: tuple[Kind, ...] = ("person", "office", "agency", "group", "outlet", "place")
_COMPLEMENTS = frozenset({"office", "agency", "group", "outlet", "place"})
_OPENERS = fold_words(
    "كان كانت وكان وكانت فيما بينما لكن ولكن وفيما وبينما إن وإن أن كما قد وقد لكن بدوره"
)
_LONGEST = 9
#: Words after a speaker in which "that" may follow.
_LATER = 25
#: The longest name in quotation marks, in words.
_QUOTED_NAME = 3
#: After these a clause begins whose subject comes first, however far its verb.
_BEFORE_SUBJECT = fold_words("لكن ولكن إن أن وإن وأن")
_CONJUNCTIONS = _BEFORE_SUBJECT | fold_words("بينما فيما وبينما وفيما حين إلا كما")
_FAR_BACK = 16


@dataclass(frozen=True, slots=True)
class Speaker:
    """Words ``first`` to ``last`` name who speaks; ``letters`` in front of the first do not."""

    first: int
    last: int
    name: str = ""
    term_id: str | None = None
    letters: int = 0


def find_after(
    line: Line, start: int, generic: Mapping[str, str], *, clause: bool, according: bool
) -> Speaker | None:
    """Who stands after a word of saying that word ``start`` follows.

    :param clause: a noun there can only be who speaks, not what is said.
    :param according: the word is a preposition (``بحسب``): any noun after it is a source, but for
        plans and laws.
    """
    first = start if according else skip_adverbs(line, start)
    if line.breaks_before(first) or not _may_open(line, first) or _opens_quotation(line, first):
        return None
    last = _find_end(line, first, generic)
    letters = _count_letters(line, first, according=according)
    if according and is_among(line.read(first)[letters:], NOT_SOURCES, prefixes=("", "ال")):
        return None
    if chosen := _choose(line, first, last, generic):
        return chosen
    head = line.read(first)[letters:]
    ends_in_that = is_that(line, last + 1) or _says_later(line, last + 1)
    if (
        according
        or head in SPEAKERS
        or ((clause or ends_in_that) and _looks_like_name(line, first))
    ):
        return Speaker(first, last, letters=letters)
    return None


def find_before(line: Line, at: int, generic: Mapping[str, str]) -> Speaker | None:
    """Who stands in the clause before the word of saying at ``at``: ``المصدر نفسه قال``."""
    if line.read(at)[0] in "وف" and not line.read(at).startswith("وفق"):
        return None
    if line.breaks_before(at):
        return _find_apposition(line, at)
    if line.read(at - 1) in ("الذي", "التي", "الذين"):
        return _find_antecedent(line, at - 1)
    end = at - 2 if line.read(at - 1) in ("قد", "بدوره", "بدورها") else at - 1
    first = _find_clause(line, end)
    far = line.read(first - 1) in _BEFORE_SUBJECT
    while first < end and line.read(first) in _OPENERS:
        far = far or line.read(first) in _BEFORE_SUBJECT
        first += 1
    if first > end or end < 0 or not _may_open(line, first):
        return None
    last = _find_end(line, first, generic)
    if last < end and not far and any(line.read(i) not in _TIMES for i in range(last + 1, end + 1)):
        return None
    if chosen := _choose(line, first, min(last, end), generic):
        return chosen
    known = is_among(line.read(first), SPEAKERS, prefixes=("", "و"))
    return Speaker(first, min(last, end)) if known else None


def _find_clause(line: Line, end: int) -> int:
    """The first word of the clause that word ``end`` is in."""
    first = end
    while first > max(0, end - _FAR_BACK) and not line.breaks_before(first):
        if line.read(first - 1) in _CONJUNCTIONS or _opens_quotation(line, first):
            return first
        first -= 1
    return first


def _find_antecedent(line: Line, at: int) -> Speaker | None:
    """Of whom ``الذي`` at ``at`` is said: the name that ends before it."""
    for first, last, match in line.matches:
        if last == at - 1 and match.term.kind in _KIND_ORDER:
            return _name(first, last, match)
    return None


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


def _says_later(line: Line, at: int) -> bool:
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
    if word in _TIMES or (at > 0 and word in _SAME and line.read(at - 1) == "الوقت"):
        return at + 1
    after = line.read(at + 1)
    if word in ("من", "في", "خلال", "عبر") and (
        after in _TIMES or after.removeprefix("ال") in _OCCASIONS
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


def _opens_quotation(line: Line, first: int) -> bool:
    """Whether a quotation opens here, not a name in quotation marks (``قالت «الحياة»``)."""
    if '"' not in line.read_gap(first):
        return False
    for at in range(first + 1, first + _QUOTED_NAME + 1):
        if '"' in line.read_gap(min(at, len(line.words))):
            return False
    return True


def _is_listener(line: Line, at: int) -> bool:
    """Whether those spoken to follow a speaker: journalists or an outlet, not ``الأمين"
    " العام لـ``."""
    kinds = [m.term.kind for f, _, m in line.matches if f == at and m.prefix.startswith("ل")]
    return _skip_listener(line, at) != at and (not kinds or kinds[0] in ("outlet", "person"))


def _may_open(line: Line, first: int) -> bool:
    word = line.read(first)
    if any(place == first for place, _, _ in line.matches):
        return True
    return bool(word) and not word[0].isdecimal() and word not in _STOP | _PREPOSITIONS | _TIMES


def _count_letters(line: Line, first: int, *, according: bool) -> int:
    """Of the ل written onto who is named after ``وفقا``."""
    for place, _, match in line.matches:
        if place == first:
            return len(match.prefix.replace("لل", "ل")) if according else len(match.prefix)
    attached = line.read(first - 1).endswith(("وفقا", "طبقا"))
    return 1 if according and attached and line.read(first).startswith("ل") else 0


def _find_end(line: Line, first: int, generic: Mapping[str, str]) -> int:
    """The last word of the phrase that begins at ``first``."""
    role = look_up(line.read(first), generic, prefixes=("", "ل", "و")) is not None
    role = role or is_among(line.read(first), ROLES, prefixes=("", "و", "ل"))
    last = first
    while last + 1 < len(line.words) and last + 1 < first + _LONGEST:
        at = last + 1
        word = line.read(at)
        if line.breaks_before(at) or line.words[at].is_number:
            break
        if word in _STOP | _TIMES and not any(f <= at <= e for f, e, _ in line.matches):
            break
        if _is_listener(line, at):
            break
        if _opens_quotation(line, at):
            break
        if word in _PREPOSITIONS and not (role and _opens_complement(line, at)):
            break
        last = at
    return last


def _opens_complement(line: Line, at: int) -> bool:
    """``مسؤول في المعارضة``, but not ``مسؤول في بيان``."""
    after = line.read(at + 1)
    return (
        bool(after)
        and after.removeprefix("ال") not in _OCCASIONS | _TIMES
        and not line.breaks_before(at + 1)
    )


def _only_prepositions(line: Line, first: int, last: int) -> bool:
    return all(line.read(at) in _TIMES for at in range(first, last + 1))


def _find_apposition(line: Line, at: int) -> Speaker | None:
    """``وزير الخارجية، سيرغي لافروف، قال``: a name between commas before the verb."""
    if line.read_gap(at).strip() not in ("،", ","):
        return None
    for first, last, match in line.matches:
        if last == at - 1 and match.term.kind in ("person", "office") and line.breaks_before(first):
            return _name(first, last, match)
    return None


def _choose(line: Line, first: int, last: int, generic: Mapping[str, str]) -> Speaker | None:
    """A person before an office, an office before an agency; else somebody without a name."""
    inside = [(f, e, m) for f, e, m in line.matches if first <= f and e <= last]
    for f, e, match in inside:
        if match.term.kind == "person" and not _is_complement(line, first, f, inside):
            return _name(f, e, match)
    heads = [
        one for one in inside if _is_head(line, first, one[0]) and one[2].term.kind in _KIND_ORDER
    ]
    named = name_generic([line.read(i) for i in range(first, last + 1)], generic)
    if heads:
        return _name(*min(heads, key=lambda one: (_KIND_ORDER.index(one[2].term.kind), one[0])))
    if named:
        of = next(_list_complements(line, first, inside), None)
        name = f"{named} ({of[2].term.preferred})" if of else named
        end = of[1] if of else _cut_definite(line, first, last)
        return Speaker(first, end, name, None, _letters_of_generic(line, first, generic))
    return None


def _cut_definite(line: Line, first: int, last: int) -> int:
    """``الحكومة المصرية زيادة العدد``: after a noun with the article, only adjectives with it."""
    if not line.read(first).startswith("ال"):
        return last
    end = first
    while end < last and line.read(end + 1).startswith("ال"):
        end += 1
    return end


def _letters_of_generic(line: Line, first: int, generic: Mapping[str, str]) -> int:
    found = look_up(line.read(first), generic, prefixes=("", "ل"))
    return len(found[0]) if found else 0


def _name(first: int, last: int, match: Match) -> Speaker:
    letters = len(match.prefix) if not match.prefix.endswith("ال") else 0
    if match.prefix == "لل":
        letters = 1
    return Speaker(first, last, match.term.preferred, match.term.id, letters)


def _is_head(line: Line, first: int, place: int) -> bool:
    """Whether only a kind word or a title stands between: ``وكالة رويترز``."""
    return all(
        is_among(line.read(i), CARRIERS, prefixes=("", "ل", "و")) for i in range(first, place)
    )


def _is_complement(
    line: Line, first: int, place: int, inside: Sequence[tuple[int, int, Match]]
) -> bool:
    """Whether a person is only whose deputy speaks: ``المتحدث باسم الرئيس الأسد``.

    Where an office or an agency stands between, the name is the deputy's own.
    """
    covered = {i for f, e, m in inside if f < place for i in range(f, e + 1)}
    deputies = [i for i in range(first, place) if line.read(i) in DEPUTIES and i not in covered]
    if not deputies:
        return False
    filled = any(deputies[0] < f < place and m.term.kind in _COMPLEMENTS for f, _, m in inside)
    return not filled


def _list_complements(
    line: Line, first: int, inside: Sequence[tuple[int, int, Match]]
) -> Iterator[tuple[int, int, Match]]:
    """Of whom an unnamed speaker is: ``متحدث باسم الجيش``."""
    for one in inside:
        links = [line.read(at) for at in range(first + 1, one[0])]
        linked = all(word in _LINKS or is_adjective(word) for word in links)
        if one[0] > first and one[2].term.kind in _COMPLEMENTS | {"person"} and linked:
            yield one


def _looks_like_name(line: Line, first: int) -> bool:
    """Not a word with a preposition written onto it."""
    word = line.read(first)
    attached = word.startswith("ب") and word[1:] in _STOP
    return len(word) > 1 and not attached and not word.startswith(("بال", "لل", "كال"))
