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
from bitrans.brief.phrases import (
    PREPOSITIONS,
    STOP,
    TIMES,
    is_listener,
    is_name_ali,
    is_that,
    may_open,
    opens_complement,
    opens_quotation,
    says_later,
    skip_adverbs,
)
from bitrans.core import Kind, Match

_LINKS = fold_words("باسم في من لدى عن")
_TO = ("الي", "علي")
_KIND_ORDER: tuple[Kind, ...] = ("person", "office", "agency", "group", "outlet", "place")
_COMPLEMENTS = frozenset({"office", "agency", "group", "outlet", "place"})
_OPENERS = fold_words(
    "كان كانت وكان وكانت فيما بينما لكن ولكن وفيما وبينما إن وإن أن كما قد وقد لكن بدوره"
)
_LONGEST = 9
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
    if (
        (first and line.breaks_before(first))
        or not may_open(line, first)
        or opens_quotation(line, first)
    ):
        return None
    last = _find_end(line, first, generic)
    letters = _count_letters(line, first, according=according)
    if according and is_among(line.read(first)[letters:], NOT_SOURCES, prefixes=("", "ال")):
        return None
    if chosen := _choose(line, first, last, generic):
        return chosen
    head = line.read(first)[letters:]
    ends_in_that = is_that(line, last + 1) or says_later(line, last + 1)
    ends_in_that = ends_in_that or (line.read(last + 1) in _TO and is_that(line, last + 2))
    if according:
        fits = head in SPEAKERS or _is_named_source(line, first, head)
    else:
        named = (clause or ends_in_that) and _looks_like_name(line, first)
        fits = head in SPEAKERS or named
    return Speaker(first, last, letters=letters) if fits else None


def _is_named_source(line: Line, first: int, head: str) -> bool:
    """Whether an unknown noun after ``بحسب`` speaks: one without the article, as names are, or
    any after a verb (``بحسب ما قال``); ``وفق`` alone goes with plans and laws more often."""
    cue = line.read(first - 1)
    if cue in ("بحسب", "وفقا", "طبقا", "نقلا", "عن"):
        return not head.startswith("ال") and not line.read(first).startswith("لل")
    return cue not in ("وفق", "حسب", "ووفق", "وحسب")


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
    if first > end or end < 0 or not may_open(line, first):
        return None
    last = _find_end(line, first, generic)
    if last < end and not far and any(line.read(i) not in TIMES for i in range(last + 1, end + 1)):
        return None
    if chosen := _choose(line, first, min(last, end), generic):
        return chosen
    known = is_among(line.read(first), SPEAKERS, prefixes=("", "و"))
    return Speaker(first, min(last, end)) if known else None


def _find_clause(line: Line, end: int) -> int:
    """The first word of the clause that word ``end`` is in."""
    first = end
    while first > max(0, end - _FAR_BACK) and not line.breaks_before(first):
        if line.read(first - 1) in _CONJUNCTIONS or opens_quotation(line, first):
            return first
        first -= 1
    return first


def _find_antecedent(line: Line, at: int) -> Speaker | None:
    """Of whom ``الذي`` at ``at`` is said: the name that ends before it."""
    for first, last, match in line.matches:
        if last == at - 1 and match.term.kind in _KIND_ORDER:
            return _name(first, last, match)
    return None


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
        if (
            word in STOP | TIMES
            and not is_name_ali(line, at)
            and not any(f <= at <= e for f, e, _ in line.matches)
        ):
            break
        if is_listener(line, at):
            break
        if opens_quotation(line, at):
            break
        if word in PREPOSITIONS and not (role and opens_complement(line, at)):
            break
        last = at
    return last


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
    known = _is_known_head(line, first, generic, inside)
    for f, e, match in inside:
        if match.term.kind != "person" or not (known or f == first):
            continue
        if not _is_complement(line, first, f, inside):
            return _name(f, e, match)
    heads = [
        one for one in inside if _is_head(line, first, one[0]) and one[2].term.kind in _KIND_ORDER
    ]
    named = name_generic([line.read(i) for i in range(first, last + 1)], generic)
    if heads:
        return _name(*min(heads, key=lambda one: (_KIND_ORDER.index(one[2].term.kind), one[0])))
    if named:
        of = next(_list_complements(line, first, inside), None)
        if of:
            named = name_generic([line.read(i) for i in range(first, last + 1)], generic, of=False)
        name = f"{named} ({of[2].term.preferred})" if of else named
        end = of[1] if of else _cut_phrase(line, first, last)
        return Speaker(first, end, name, None, _letters_of_generic(line, first, generic))
    return None


def _is_known_head(
    line: Line, first: int, generic: Mapping[str, str], inside: Sequence[tuple[int, int, Match]]
) -> bool:
    """Whether a phrase begins with somebody: only then is a person in it who speaks."""
    head = line.read(first)
    if look_up(head, generic, prefixes=("", "ل", "و")) or any(f == first for f, _, _ in inside):
        return True
    return is_among(head, SPEAKERS, prefixes=("", "ل", "لل", "و"))


def _cut_phrase(line: Line, first: int, last: int) -> int:
    """The last word of who speaks without a name, before what is said begins.

    After ``مسؤول في المعارضة``, and after a noun with the article (``الحكومة``), go only
    adjectives with it.
    """
    linked = [at for at in range(first + 1, last) if line.read(at) in PREPOSITIONS]
    if not linked and (not line.read(first).startswith("ال") or is_among(line.read(first), ROLES)):
        return last
    end = linked[0] + 1 if linked else first
    while end < last and line.read(end + 1).startswith("ال"):
        end += 1
    return end


def _letters_of_generic(line: Line, first: int, generic: Mapping[str, str]) -> int:
    found = look_up(line.read(first), generic, prefixes=("", "ل"))
    return len(found[0]) if found else 0


def _name(first: int, last: int, match: Match) -> Speaker:
    return Speaker(first, last, match.term.preferred, match.term.id, len(match.prefix))


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
    attached = word.startswith("ب") and word[1:] in STOP
    return len(word) > 1 and not attached and not word.startswith(("بال", "لل", "كال"))
