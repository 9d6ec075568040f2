"""The hard cases under exact whole-word matching, which most translation services document.

Exact matching finds a listed form where the same letters stand as a whole word: nothing taken off
in front, no other spelling, no evidence asked for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bitrans.core import Term
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary

Found = Counter[tuple[str, str]]


class Tally(NamedTuple):
    """Mentions rightly found, missed and found where there is none."""

    found: int
    missed: int
    false: int


def print_exact(folder: Path) -> None:
    """A row for each sort of case and one over all."""
    cases = json.loads((folder / "matching.json").read_text(encoding="utf-8"))
    terms = load_glossary([folder / "matching_terms.tsv"]).terms
    print(f"{'':<14}{'':>9}{'exact whole words':>27}{'bitrans':>27}")
    print(f"{'cases':<14}{'mentions':>9}" + f"{'found':>9}{'missed':>9}{'false':>9}" * 2)
    for kind in [*dict.fromkeys(case["kind"] for case in cases), "all"]:
        chosen = [case for case in cases if kind in (case["kind"], "all")]
        wanted = sum(len(case["expect"]) for case in chosen)
        rows = (tally(chosen, terms, exact=True), tally(chosen, terms, exact=False))
        cells = "".join(f"{value:>9}" for row in rows for value in row)
        print(f"{kind:<14}{wanted:>9}{cells}")


def tally(cases: Sequence[dict[str, Any]], terms: Sequence[Term], *, exact: bool) -> Tally:
    """What one way of matching makes of some cases."""
    found = missed = false = 0
    matchers = [Matcher(terms, candidates=candidates) for candidates in (False, True)]
    for case in cases:
        wanted: Found = Counter((match["id"], match["text"]) for match in case["expect"])
        candidates = bool(case.get("candidates"))
        if exact:
            ours = find_exactly(case["text"], terms, candidates=candidates)
        else:
            established = frozenset(case.get("established", ()))
            matches = matchers[candidates].find_matches(case["text"], established=established)
            ours = Counter((match.term.id, match.text) for match in matches)
        found += (ours & wanted).total()
        missed += (wanted - ours).total()
        false += (ours - wanted).total()
    return Tally(found, missed, false)


def find_exactly(text: str, terms: Iterable[Term], *, candidates: bool) -> Found:
    """Forms of live terms that stand in a text as whole words, the longest first."""
    live = {"approved", "candidate"} if candidates else {"approved"}
    forms = sorted(
        ((form, term.id) for term in terms if term.status in live for form in term.arabic),
        key=lambda pair: (-len(pair[0]), pair[1]),
    )
    found: Found = Counter()
    taken: set[int] = set()
    for form, id in forms:
        for hit in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if taken.isdisjoint(range(*hit.span())):
                taken.update(range(*hit.span()))
                found[id, form] += 1
    return found
