"""Why a mention has no name in the English, for a reader who knows no Arabic."""

from __future__ import annotations

from bitrans.core import Step
from bitrans.enforce.candidates import list_runs
from bitrans.enforce.drafts import Draft, note
from bitrans.enforce.likeness import find_closest
from bitrans.enforce.places import overlaps

#: Below this likeness nothing is worth naming as the closest.
RESEMBLES = 0.7


def explain_missing(draft: Draft, index: int) -> Step:
    """The step that says openly that a name is not enforced."""
    return note(draft.matches[index], "not-enforced", _explain(draft, index))


def _explain(draft: Draft, index: int) -> str:
    text, term, places = draft.text, draft.matches[index].term, draft.places
    if not text.strip():
        return "there is no English for this line"
    named = sum(draft.matches[other].term.id == term.id for other in places)
    if named:
        wanted = sum(match.term.id == term.id for match in draft.matches)
        return f"the Arabic names it {wanted} times, the English {named}"
    free = (span for span in list_runs(text, term) if not overlaps(span, places.values()))
    runs = dict.fromkeys(span.slice(text) for span in free)
    likeness, closest = max(((find_closest(run, term)[0], run) for run in runs), default=(0.0, ""))
    if likeness < RESEMBLES:
        return "nothing in the English resembles it"
    return f"nothing in the English is surely it; “{closest}” comes closest"
