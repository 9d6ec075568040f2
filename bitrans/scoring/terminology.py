"""What a glossary keeper asks of a translation, beyond how many names are right.

After the WMT terminology tasks: Alam et al. 2021 ("Findings of the WMT Shared Task on Machine
Translation Using Terminologies": exact match, window overlap) and Semenov et al. 2023 ("Findings
of the WMT 2023 Shared Task on Machine Translation with Terminologies": success, consistency).

- *success*, by mention: a preferred, or a preferred or admitted, form in the mention's segment;
- *forbidden*, by mention: a forbidden form is there for it instead;
- *consistency*: of the mentions of terms that a document names twice or more, the share that has
  the form which the document uses most for that term; a mention without a known form is in none;
- *unsupported*, by accepted mention: the reference text beside it has none of the term's forms,
  be they preferred, admitted or forbidden. A reference may also say "the city", so this bounds
  false enforcement from above;
- *imposed*: unsupported, and it was enforcing that put the form there (any step but
  ``already-right``), as a share of the forms that enforcing put in: false enforcement;
- *window overlap*: of the two words on either side of the term in the reference, how many stand
  around it in the translation; 0 where the translation lacks the term. It tells a name put in
  its place from one put anywhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bitrans.core import Match, Pair, Score, Span, Term
from bitrans.measures import TermExample, TermRow
from bitrans.scoring.terms import SIGNATURE, Hit, place_mentions

WINDOW = 2
#: Examples kept of each term.
EXAMPLES = 5
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ACCEPTED = ("preferred", "admitted")


@dataclass(frozen=True, slots=True)
class TermText:
    """Segments of one document beside the reference that says the same.

    ``reference`` is None where there is none: success and consistency are counted all the same.
    """

    document_id: str
    pairs: tuple[Pair, ...]
    reference: str | None


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention with what became of it."""

    match: Match
    text: TermText
    pair: Pair
    hit: Hit | None
    supported: bool | None
    imposed: bool
    window: float | None

    @property
    def accepted(self) -> bool:
        return self.hit is not None and self.hit.outcome in _ACCEPTED

    @property
    def unsupported(self) -> bool:
        return self.accepted and self.supported is False


@dataclass
class _Shares:
    """Counts that become scores in per cent."""

    scores: list[Score] = field(default_factory=list)

    def add(self, name: str, values: Iterable[float], signature: str) -> None:
        found = list(values)
        if found:
            mean = 100 * sum(found) / len(found)
            self.scores.append(Score(f"terms-{name}", mean, signature, len(found)))


def measure_terms(texts: Sequence[TermText]) -> tuple[tuple[Score, ...], tuple[TermRow, ...]]:
    """The scores of all terms together, and a row for each term, the worst first.

    Scores are in per cent; their ``count`` is the number of mentions that each is a share of. One
    that is a share of nothing is left out.
    """
    mentions = [mention for text in texts for mention in _judge_text(text)]
    return _score_mentions(mentions), _tabulate(mentions)


def _score_mentions(mentions: Sequence[_Mention]) -> tuple[Score, ...]:
    shares = _Shares()
    outcomes = [mention.hit.outcome if mention.hit else "missing" for mention in mentions]
    for name, wanted in (
        ("preferred", ("preferred",)),
        ("admitted", _ACCEPTED),
        ("forbidden", ("forbidden",)),
    ):
        signature = SIGNATURE.format(forms=name)
        shares.add(name, (outcome in wanted for outcome in outcomes), signature)
    shares.add("consistency", _agree(mentions), "forms:known|unit:document|version:1")
    judged = [it for it in mentions if it.accepted and it.supported is not None]
    shares.add("unsupported", (it.unsupported for it in judged), "of:accepted|version:1")
    put = [it for it in judged if it.imposed]
    shares.add("imposed", (it.unsupported for it in put), "of:put-in|version:1")
    windows = (it.window for it in mentions if it.window is not None)
    shares.add(f"window-{WINDOW}", windows, f"words:{WINDOW}|case:folded|version:1")
    return tuple(shares.scores)


def _judge_text(text: TermText) -> list[_Mention]:
    """Hits by segment; support and windows by the whole text, since the reference is one."""
    matches = [match for pair in text.pairs for match in pair.matches]
    english = " ".join(pair.target for pair in text.pairs)
    whole = place_mentions(matches, english)
    theirs = place_mentions(matches, text.reference or "")
    hits = [hit for pair in text.pairs for hit in place_mentions(pair.matches, pair.target)]
    owners = [pair for pair in text.pairs for _ in pair.matches]
    return [
        _Mention(
            match,
            text,
            pair,
            hit,
            None if text.reference is None else other is not None,
            any(step.match == match and step.method not in _UNCHANGED for step in pair.steps),
            None if other is None else _overlap_windows(here, english, other, text.reference or ""),
        )
        for match, pair, hit, here, other in zip(matches, owners, hits, whole, theirs, strict=True)
    ]


#: Steps that put nothing in.
_UNCHANGED = ("already-right", "not-enforced")


def _overlap_windows(ours: Hit | None, english: str, theirs: Hit, reference: str) -> float | None:
    """The share of the words around a term in the reference that stand around it in ours."""
    wanted = Counter(_read_window(theirs.span, reference))
    if not wanted:
        return None
    found = Counter(_read_window(ours.span, english)) if ours else Counter[str]()
    return (wanted & found).total() / wanted.total()


def _read_window(span: Span, text: str) -> list[str]:
    before = [word.casefold() for word in _WORD.findall(text[: span.start])]
    after = [word.casefold() for word in _WORD.findall(text[span.end :])]
    return before[-WINDOW:] + after[:WINDOW]


def _agree(mentions: Sequence[_Mention]) -> list[bool]:
    """For each mention of a term that its document names again, whether it is as most are."""
    groups: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.text.document_id, mention.match.term.id].append(mention)
    agreed: list[bool] = []
    for group in groups.values():
        if len(group) > 1:
            forms = [it.hit.form.casefold() if it.hit else None for it in group]
            known = Counter(form for form in forms if form is not None)
            most = known.most_common(1)[0][0] if known else ""
            agreed += [form == most for form in forms]
    return agreed


def _tabulate(mentions: Sequence[_Mention]) -> tuple[TermRow, ...]:
    groups: dict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.match.term.id].append(mention)
    rows = [_build_row(group[0].match.term, group) for group in groups.values()]
    rows.sort(key=lambda row: (-row.missing, -row.imposed, -row.unsupported, row.term_id))
    return tuple(rows)


def _build_row(term: Term, group: Sequence[_Mention]) -> TermRow:
    outcomes = Counter(it.hit.outcome if it.hit else "missing" for it in group)
    examples = (_show(it) for it in group if not it.accepted or it.unsupported)
    return TermRow(
        term.id,
        term.kind,
        term.arabic[0],
        term.preferred,
        len(group),
        outcomes["preferred"],
        outcomes["preferred"] + outcomes["admitted"],
        outcomes["forbidden"],
        sum(it.unsupported for it in group),
        sum(it.unsupported and it.imposed for it in group),
        dict(Counter(it.hit.form for it in group if it.hit).most_common()),
        tuple(example for _, example in zip(range(EXAMPLES), examples, strict=False)),
    )


def _show(mention: _Mention) -> TermExample:
    outcome = "no form of it in the English"
    if mention.hit and mention.hit.outcome == "forbidden":
        outcome = f"forbidden form: {mention.hit.form}"
    elif mention.unsupported:
        put = " (put in by enforcing)" if mention.imposed else ""
        outcome = f"the reference has no form of it{put}"
    segment = mention.pair.segment
    return TermExample(
        mention.text.document_id,
        segment.index + 1,
        outcome,
        segment.text,
        mention.pair.target,
        mention.text.reference or "",
    )
