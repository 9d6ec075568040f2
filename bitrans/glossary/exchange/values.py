"""What writers and readers of exchange formats give back, and what they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bitrans.core import Term
from bitrans.errors import GlossaryError

#: So long a word or note of another program is no term: the file is something else.
MAX_CELL = 2_000
#: After so many faults the rest of a file is not read: it is no glossary.
MAX_FAULTS = 200

#: What a termbase refuses since it shows nothing, and the byte-order mark.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_END = re.compile(r"\s*[\t\n\r\v\f\u0085\u2028\u2029]\s*")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

_FIELDS: Mapping[str, Callable[[Term], object]] = {
    "id": lambda term: term.id,
    "kind": lambda term: term.kind,
    "admitted": lambda term: term.admitted,
    "forbidden": lambda term: term.forbidden,
    "status": lambda term: term.status != "approved",
    "flags": lambda term: term.flags,
    "links": lambda term: term.links,
    "coordinates": lambda term: term.coordinates,
    "note": lambda term: term.note,
    "source": lambda term: term.source,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file's text. ``lost`` counts, by field, the entries that had something in it that the
    format has no place for; ``left_out`` counts what could not be written, by reason.
    """

    text: str
    entries: int
    lost: Mapping[str, int]
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """Terms read, what was left out by reason, and faults; ``held`` are the fields read."""

    terms: tuple[Term, ...]
    held: frozenset[str]
    left_out: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def count_lost(terms: Iterable[Term], held: Iterable[str]) -> dict[str, int]:
    """For each field that a format does not hold, the terms that have something there."""
    lost = [name for name in _FIELDS if name not in set(held)]
    counts = Counter(name for term in terms for name in lost if _FIELDS[name](term))
    return {name: counts[name] for name in lost if counts[name]}


def decode_text(raw: bytes, name: str) -> str:
    """A file's bytes as text, a byte-order mark left out.

    :raises GlossaryError: naming the line, when they are not UTF-8.
    """
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise GlossaryError(f"{name}:{line}: a NUL byte: this is no text file in UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        byte = f"0x{raw[error.start]:02x}"
        raise GlossaryError(
            f"{name}:{line}: byte {byte} is not UTF-8: save the file as UTF-8"
        ) from error


def make_id(kind: str, english: str, taken: Sequence[str] | set[str]) -> str:
    """An id for a concept that came without one: its kind and its English, never one taken.

    >>> make_id("place", "Deir ez-Zor", {"place-deir-ez-zor"})
    'place-deir-ez-zor-2'
    """
    words = re.findall(r"[^\W_]+", english.lower().replace("'", "").replace("’", ""))
    base = "-".join([kind, *words]) if words else f"{kind}-unnamed"
    number, id_ = 1, base
    while id_ in taken:
        number += 1
        id_ = f"{base}-{number}"
    return id_


def stop_at_many(name: str, faults: list[str]) -> bool:
    """Whether there are so many faults that reading ends; the last says so."""
    if len(faults) < MAX_FAULTS:
        return False
    faults.append(f"{name}: so many faults that the rest was not read")
    return True


def find_cell_fault(cell: str) -> str:
    """Why a cell of another program cannot stand in a termbase, or nothing."""
    if len(cell) > MAX_CELL:
        return f"a cell of {len(cell)} characters: no term is longer than {MAX_CELL}"
    if "|" in cell:
        return f"{cell!r} holds |, which parts forms in a termbase"
    if control := _CONTROL.search(cell):
        return f"holds the control character U+{ord(control.group()):04X}"
    return ""


def clean_cell(cell: str) -> str:
    """A cell as a termbase holds it: white space as one space, signs that show nothing left out.

    >>> clean_cell(" حلب\\u200f\\n القديمة ")
    'حلب القديمة'
    """
    return " ".join(_INVISIBLE.sub("", cell).split())
