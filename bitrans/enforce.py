"""Holds the English of a segment to the names its Arabic mentions, rung by rung.

Already right, another hypothesis of the n-best, a known or similar form rewritten, or openly not
enforced. Each change is a step; replaying the steps on the raw English gives the final English,
and enforcing that again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from bitrans.core import Hypothesis, Match, Method, Span, Step, Term, replay

#: An alternative may be this much less likely, in mean log-probability per token.
MAXIMUM_DROP = 0.35
#: How alike two spellings must be, from 0 to 1: anywhere, and where the alignment points.
SIMILAR, SIMILAR_ALIGNED = 0.78, 0.55
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_NOT_NAMES = frozenset(
    "the a an of in on at to for from by with and or but as is are was were be been has had "
    "have that this these those it its he she they we i who which will would said says city "
    "district districts province town village area forces army group front river".split()
)
_SPELLINGS = (
    ("ph", "f"),
    ("ck", "k"),
    ("gh", "g"),
    ("kh", "k"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "i"),
    ("ai", "i"),
    ("ay", "i"),
    ("ey", "i"),
    ("q", "k"),
    ("c", "k"),
    ("o", "u"),
    ("e", "i"),
    ("y", "i"),
    ("j", "g"),
    ("z", "s"),
    ("w", "u"),
    ("p", "b"),
    ("v", "f"),
    ("'", ""),
    ("’", ""),
    ("-", " "),
)
_ARTICLE = re.compile(r"\b(?:al|el|ul|as|ash|ad|an|ar|at|az|the)[- ]", re.IGNORECASE)

Accept = Callable[[Hypothesis], bool]


@dataclass(frozen=True, slots=True)
class Enforced:
    """What enforcing made of a hypothesis."""

    hypothesis: Hypothesis
    target: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words of the English that may be another spelling of a name."""

    span: Span
    text: str
    likeness: float
    why: str


def enforce(
    hypothesis: Hypothesis, matches: Sequence[Match], *, accept: Accept = lambda _: True
) -> Enforced:
    """Hold a hypothesis to its matches.

    :param hypothesis: its ``source_spans`` and the matches' spans are into the same text.
    :param accept: whether an alternative is as free of doubts as the hypothesis.
    """
    if not matches:
        return Enforced(hypothesis, hypothesis.text, ())
    chosen = _choose_alternative(hypothesis, matches, accept)
    placed_raw = place_terms(hypothesis.text, matches)
    placed = place_terms(chosen.text, matches)
    changed = Span(0, len(hypothesis.text))
    steps: list[Step] = []
    for index in sorted(placed):
        if index in placed_raw:
            steps.append(_note(matches[index], "already-right", "the model wrote it so"))
        elif any(step.after for step in steps):
            steps.append(_note(matches[index], "n-best", "the chosen alternative has it"))
        else:
            steps.insert(
                0,
                Step(
                    matches[index],
                    "n-best",
                    changed,
                    hypothesis.text,
                    chosen.text,
                    "another hypothesis of the model has it",
                ),
            )
    text, rewrites = _rewrite_missing(chosen, matches, placed)
    steps += rewrites
    return Enforced(chosen, text, _add_places(text, matches, steps))


def place_terms(text: str, matches: Sequence[Match]) -> dict[int, Span]:
    """Where the English names each match: its index to the span, longest forms first.

    Every mention needs a place of its own.
    """
    found = []
    for index, match in enumerate(matches):
        for form in (match.term.preferred, *match.term.admitted):
            found += [
                (-len(form), hit.start(), index, Span(*hit.span()))
                for hit in _form_pattern(form).finditer(text)
            ]
    placed: dict[int, Span] = {}
    for _, _, index, span in sorted(found):
        if index not in placed and not _overlaps(span, placed.values()):
            placed[index] = span
    return placed


def measure_likeness(first: str, second: str) -> float:
    """How alike two romanised spellings are, from 0 to 1.

    Letters that romanisations exchange are folded, articles dropped, consonants weigh twice.
    """
    one, two = fold_spelling(first), fold_spelling(second)
    if not one or not two:
        return 0.0
    bones = (re.sub("[aiu ]", "", one), re.sub("[aiu ]", "", two))
    skeleton = fuzz.ratio(*bones) if all(bones) else 0.0
    return (2 * skeleton + fuzz.ratio(one, two)) / 300


def fold_spelling(text: str) -> str:
    """A romanised name with the letters that spellings exchange made one."""
    folded = _ARTICLE.sub("", text).lower()
    for written, plain in _SPELLINGS:
        folded = folded.replace(written, plain)
    folded = re.sub(r"(\w)\1", r"\1", folded)
    return re.sub(r"[ha]+\b", "a", folded).strip()


def _form_pattern(form: str) -> re.Pattern[str]:
    """A form as whole words; its first letter in either case, its spaces of any kind."""
    first, rest = form[0], re.sub(r"\\? ", r"\\s+", re.escape(form[1:]))
    start = f"[{re.escape(first.lower() + first.upper())}]" if first.isalpha() else re.escape(first)
    return re.compile(rf"(?<!\w){start}{rest}(?!\w)")


def _choose_alternative(
    hypothesis: Hypothesis, matches: Sequence[Match], accept: Accept
) -> Hypothesis:
    """The most likely rendering that has the most names, if it is not much less likely."""
    best, most = hypothesis, len(place_terms(hypothesis.text, matches))
    for alternative in hypothesis.alternatives:
        if most == len(matches):
            break
        count = len(place_terms(alternative.text, matches))
        likely = alternative.log_probability >= hypothesis.log_probability - MAXIMUM_DROP
        if (
            count > most
            and likely
            and _keeps(hypothesis, alternative, matches)
            and accept(alternative)
        ):
            best, most = alternative, count
    return best


def _keeps(before: Hypothesis, after: Hypothesis, matches: Sequence[Match]) -> bool:
    return place_terms(before.text, matches).keys() <= place_terms(after.text, matches).keys()


def _rewrite_missing(
    hypothesis: Hypothesis, matches: Sequence[Match], placed: dict[int, Span]
) -> tuple[str, list[Step]]:
    """Rewrite what resembles a missing name; note what cannot be enforced and why."""
    text, steps = hypothesis.text, []
    missing = [index for index in range(len(matches)) if index not in placed]
    ranked = sorted(
        (-candidate.likeness, index, candidate)
        for index in missing
        if (candidate := _find_candidate(hypothesis, matches[index], placed)) is not None
    )
    taken: dict[int, _Candidate] = {}
    for _, index, candidate in ranked:
        if not _overlaps(candidate.span, (c.span for c in taken.values())):
            taken[index] = candidate
    shift = 0
    for index, candidate in sorted(taken.items(), key=lambda item: item[1].span):
        start, end = candidate.span
        name = _fit_case(matches[index].term.preferred, text, start + shift)
        span = Span(start + shift, end + shift)
        steps.append(Step(matches[index], "rewritten", span, span.slice(text), name, candidate.why))
        text = text[: span.start] + name + text[span.end :]
        shift += len(name) - (end - start)
    for index in missing:
        if index not in taken:
            steps.append(
                _note(
                    matches[index],
                    "not-enforced",
                    _explain_missing(hypothesis, matches, index, placed),
                )
            )
    return text, steps


def _find_candidate(
    hypothesis: Hypothesis, match: Match, placed: dict[int, Span]
) -> _Candidate | None:
    """The words most like a form of the term, if they are like enough."""
    best = _closest(hypothesis, match, placed)
    if best is None:
        return None
    aligned = _aligned_span(hypothesis, match)
    needed = SIMILAR_ALIGNED if aligned and _touch(best.span, aligned) else SIMILAR
    return best if best.likeness >= needed else None


def _closest(hypothesis: Hypothesis, match: Match, placed: dict[int, Span]) -> _Candidate | None:
    text = hypothesis.text
    for form in match.term.forbidden:
        for hit in _form_pattern(form).finditer(text):
            if not _overlaps(Span(*hit.span()), placed.values()):
                return _Candidate(
                    Span(*hit.span()),
                    hit.group(),
                    1.0,
                    f"“{hit.group()}” is a form the glossary forbids",
                )
    found = [
        _Candidate(span, span.slice(text), likeness, f"“{span.slice(text)}” is another spelling")
        for span in _name_runs(text, _longest_form(match.term) + 1)
        if not _overlaps(span, placed.values())
        and (likeness := _best_likeness(span.slice(text), match.term))
    ]
    return max(found, key=lambda c: (c.likeness, -c.span.start), default=None)


def _best_likeness(text: str, term: Term) -> float:
    return max(measure_likeness(text, form) for form in (term.preferred, *term.admitted))


def _longest_form(term: Term) -> int:
    return max(len(form.split()) for form in (term.preferred, *term.admitted))


def _name_runs(text: str, longest: int) -> list[Span]:
    """Runs of up to ``longest`` words that begin and end as names do, possessives left out."""
    words = [Span(*hit.span()) for hit in _WORD.finditer(text)]
    words = [replace_possessive(span, text) for span in words]
    gaps = [text[a.end : b.start] for a, b in pairwise(words)]
    runs = []
    for start, first in enumerate(words):
        for end in range(start, min(len(words), start + longest)):
            if end > start and gaps[end - 1] not in (" ", "-", "' ", "’ "):
                break
            if _is_name(first.slice(text)) and _is_name(words[end].slice(text)):
                runs.append(Span(first.start, words[end].end))
    return runs


def replace_possessive(span: Span, text: str) -> Span:
    """A word's span without a possessive ending."""
    word = span.slice(text)
    return Span(span.start, span.end - 2) if word.endswith(("'s", "’s")) else span


def _is_name(word: str) -> bool:
    return any(letter.isupper() for letter in word) and word.lower() not in _NOT_NAMES


def _aligned_span(hypothesis: Hypothesis, match: Match) -> Span | None:
    """The English whose tokens attend most to the Arabic of the match."""
    if hypothesis.alignment is None:
        return None
    inside = [_overlaps(span, (match.span,)) for span in hypothesis.source_spans]
    hit = [
        span
        for span, weights in zip(hypothesis.target_spans, hypothesis.alignment, strict=True)
        if weights and inside[max(range(len(weights)), key=weights.__getitem__)]
    ]
    return Span(min(s.start for s in hit), max(s.end for s in hit)) if hit else None


def _explain_missing(
    hypothesis: Hypothesis, matches: Sequence[Match], index: int, placed: dict[int, Span]
) -> str:
    term = matches[index].term
    if any(matches[other].term.id == term.id for other in placed):
        return "the English names it fewer times than the Arabic does"
    closest = _closest(hypothesis, matches[index], placed)
    if closest is None or closest.likeness < 0.4:
        return "nothing in the English resembles it"
    return f"nothing in the English is close enough; the closest is “{closest.text}”"


def _add_places(text: str, matches: Sequence[Match], steps: list[Step]) -> tuple[Step, ...]:
    """The steps with the place of each name in the final English."""
    places = place_terms(text, matches)
    index = {id(match): number for number, match in enumerate(matches)}
    return tuple(replace(step, target=places.get(index[id(step.match)])) for step in steps)


def _fit_case(name: str, text: str, at: int) -> str:
    """The name with a capital where a sentence begins."""
    begins = not text[:at].strip() or re.search(r"[.?!:]\s*[\"'“]?\s*$", text[:at]) is not None
    return name[0].upper() + name[1:] if begins else name


def _note(match: Match, method: Method, why: str) -> Step:
    return Step(match, method, Span(0, 0), "", "", why)


def _overlaps(span: Span, others: object) -> bool:
    return any(span.start < o.end and o.start < span.end for o in others)  # type: ignore[attr-defined]


def _touch(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


__all__ = ["Enforced", "enforce", "measure_likeness", "place_terms", "replay"]
