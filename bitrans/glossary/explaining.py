"""Why the names of the termbase were found in a text, and why others were not.

Every place where a name might stand is accounted for: mentions, look-alikes that a rule turned
down, entries that are not approved, and words one letter from a name after a word of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from bitrans.core import Match, Span, Term
from bitrans.glossary import kindwords
from bitrans.glossary.forms import ARTICLE
from bitrans.glossary.matching import Candidate, Matcher
from bitrans.glossary.terms import normalise_form
from bitrans.glossary.words import Words

Outcome = Literal["found", "turned-down", "not-approved", "near"]
#: In words of fewer letters one letter makes another word.
_SHORTEST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Account:
    """One place in a text where an entry might be named, what came of it and why."""

    outcome: Outcome
    match: Match
    why: str


class Explainer:
    """The termbase made ready to account for what it finds."""

    def __init__(self, terms: Sequence[Term]) -> None:
        live = [term for term in terms if term.status == "approved"]
        rest = [term for term in terms if term.status != "approved"]
        self._matcher = Matcher(live)
        self._rest = Matcher([replace(term, status="approved") for term in rest])
        self._status = {term.id: term.status for term in rest}
        self._single = list(_list_single_words(live))

    def explain(self, texts: Sequence[str]) -> list[list[Account]]:
        """For each segment of one document the accounts of its places, in order."""
        first = [self._matcher.find_candidates(text) for text in texts]
        known = frozenset(
            found.match.term.id
            for candidates in first
            for found in candidates
            if found.rejected is None and found.match.evidence
        )
        return [
            self._account(text, self._matcher.find_candidates(text, established=known))
            for text in texts
        ]

    def _account(self, text: str, candidates: Sequence[Candidate]) -> list[Account]:
        accounts = [
            Account("found", found.match, _tell_evidence(found.match))
            if found.rejected is None
            else Account("turned-down", found.match, found.rejected)
            for found in candidates
        ]
        for match in self._rest.find_matches(text):
            status = self._status[match.term.id]
            why = f"its status is {status}: only approved entries are matched"
            accounts.append(Account("not-approved", match, why))
        taken = [account.match.span for account in accounts]
        accounts += self._find_near(text, taken)
        return sorted(accounts, key=lambda account: (account.match.span, account.match.term.id))

    def _find_near(self, text: str, taken: Sequence[Span]) -> Iterator[Account]:
        """``حي الكلاصة`` where the termbase has الكلاسة."""
        words = Words(text)
        for index in range(1, len(words)):
            word, before = words.texts[index], words.texts[index - 1]
            if len(word) < _SHORTEST_NEAR or not words.is_beside(index):
                continue
            span = words.locate(words.starts[index], words.ends[index])
            if any(span.start < other.end and other.start < span.end for other in taken):
                continue
            for form, folded, term in self._single:
                if kindwords.is_kind_word(before, term.kind) and _is_one_off(word, folded):
                    match = Match(term, span, span.slice(text), form)
                    yield Account("near", match, f"one letter from {form}")


def _list_single_words(terms: Sequence[Term]) -> Iterator[tuple[str, str, Term]]:
    for term in terms:
        for form in term.arabic:
            folded = normalise_form(form)
            if " " not in folded and len(folded) >= _SHORTEST_NEAR:
                yield form, folded, term


def _is_one_off(word: str, folded: str) -> bool:
    if abs(len(word) - len(folded)) > 1 or word.startswith(ARTICLE) != folded.startswith(ARTICLE):
        return False
    return DamerauLevenshtein.distance(word, folded, score_cutoff=1) == 1


def _tell_evidence(match: Match) -> str:
    """What spoke for a mention."""
    if match.evidence:
        return match.evidence
    if "needs-evidence" in match.term.flags:
        return "the full name needs no evidence"
    return "the form needs no evidence"
