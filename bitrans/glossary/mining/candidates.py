"""Mined names as rows of status ``candidate``, ready for a person to review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bitrans.glossary.exchange.values import clean_cell, make_id
from bitrans.glossary.mining import Mined

#: Of the contexts in a note as much is kept as a spreadsheet's cell shows well.
_LONGEST_CONTEXT = 120


def make_rows(mined: Iterable[Mined], taken: Iterable[str]) -> Iterator[dict[str, str]]:
    """Cells by column. ``preferred`` is what the model mostly wrote, if it sounds like the
    Arabic or came more than once, else the suggestion; the note has both.

    :param taken: ids that are not free.
    """
    used = set(taken)
    for one in mined:
        preferred = choose_english(one)
        id_ = make_id(one.kind, preferred, used)
        used.add(id_)
        forms = [form for form, _ in one.forms.most_common()]
        yield {
            "id": id_, "kind": one.kind, "arabic": "|".join(map(_clean, forms)),
            "preferred": preferred, "status": "candidate", "note": describe(one),
            "source": "mined",
        }  # fmt: skip


def choose_english(mined: Mined) -> str:
    """The English to review first."""
    written, count = mined.spellings.most_common(1)[0] if mined.spellings else ("", 0)
    return _clean(written) if mined.likeness or count > 1 else mined.suggestion


def describe(mined: Mined) -> str:
    """Counts, what speaks for the name, spellings met and suggested, and where it stands."""
    documents = len(mined.documents)
    said = [f"{_count(mined.count, 'mention')} in {_count(documents, 'document')}"]
    if mined.cues:
        said.append(", ".join(f"{cue} {count}" for cue, count in mined.cues.most_common(3)))
    if mined.spellings:
        told = (f"{text} {count}" for text, count in mined.spellings.most_common(5))
        said.append(f"the model wrote {', '.join(told)}")
    said.append(f"suggested {mined.suggestion} (vowels guessed)")
    said += [f"«{context[:_LONGEST_CONTEXT]}»" for context in mined.contexts[:1]]
    return _clean("; ".join(said))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f|]", " ", clean_cell(text))
