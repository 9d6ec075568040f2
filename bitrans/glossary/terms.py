"""Load the termbase from TSV files and check it: every fault at once, with file and line.

One concept a row, UTF-8, tab-separated, no quoting. The first line that is neither blank nor a
comment names the columns, in any order; ``id``, ``kind``, ``arabic`` and ``preferred`` must be
there. Blank lines and lines that begin with ``#`` are skipped, and cells missing at the end of a
row are empty, because spreadsheets drop both ways. Lists are separated by ``|`` (``arabic``,
``admitted``, ``forbidden``), commas (``flags``) or spaces (``links``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import get_args

from bitrans.arabic import fold_for_matching
from bitrans.core import KINDS, Kind, Term, TermStatus
from bitrans.errors import GlossaryError

COLUMNS = (
    "id", "kind", "arabic", "preferred", "admitted", "forbidden", "status", "flags", "links",
    "coordinates", "note", "source",
)  # fmt: skip
REQUIRED = ("id", "kind", "arabic", "preferred")
STATUSES: tuple[TermStatus, ...] = get_args(TermStatus)
#: exact: spelt as listed, nothing derived; no-clitic: nothing attached in front; needs-evidence:
#: also an ordinary word; dnt: do not translate; case: the English keeps its capitals.
FLAGS = ("exact", "no-clitic", "needs-evidence", "dnt", "case")
LINK_SCHEMES = ("https", "http", "wikidata", "geonames", "pcode", "ocha")
MAX_BYTES = 50 * 1024 * 1024
MAX_FAULTS = 200
#: After so many faults a file is something else; reading all of it would take minutes.
MAX_FAULTS_OF_FILE = 2000

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<rest>\S+)")


@dataclass(frozen=True, slots=True)
class Glossary:
    """The termbase as loaded. ``revision`` is the SHA-256 of its content, wherever it lies."""

    terms: Sequence[Term]
    revision: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands in termbase files, sound or not: ``faults`` are ``file:line: reason``."""

    terms: tuple[Term, ...]
    faults: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    """What reading gathers: the terms so far and the faults of all files."""

    terms: list[Term] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def fault(self, where: str, reason: str) -> None:
        self.faults.append(f"{where}: {reason}")


def load_glossary(paths: Sequence[Path]) -> Glossary:
    """Read termbase files, or all ``*.tsv`` of a folder, and check them together.

    :raises GlossaryError: with every fault as ``file:line: reason``, one a line.
    """
    survey = survey_glossary(paths)
    if survey.faults:
        raise GlossaryError(list_faults(survey.faults))
    return Glossary(survey.terms, compute_revision(survey.terms), survey.files)


def survey_glossary(paths: Sequence[Path], *, drafts: Mapping[Path, str] | None = None) -> Survey:
    """Everything in termbase files together with every fault of theirs.

    :param drafts: texts to take in place of what stands in these files, or of files not yet there.
    """
    reader = _Reader()
    drafts = drafts or {}
    files = _list_files([path for path in paths if path not in drafts], reader)
    files += [path for path in drafts if path not in files]
    for path in files:
        _read_file(path, reader, draft=drafts.get(path))
    _check_ids(reader)
    _check_forms(reader)
    names = tuple(path.as_posix() for path in files)
    return Survey(tuple(reader.terms), tuple(reader.faults), names)


def compute_revision(terms: Iterable[Term]) -> str:
    """SHA-256 of the terms' content; order of rows, files and places do not count."""
    rows = [_canonical(term) for term in sorted(terms, key=lambda term: term.id)]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The termbase files of some paths, each once: files as they are, of folders all ``*.tsv``."""
    found = (sorted(path.glob("*.tsv")) if path.is_dir() else [path] for path in paths)
    return list(dict.fromkeys(chain.from_iterable(found)))


def iterate_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a termbase file that are neither blank nor comments, with their numbers.

    A line with a carriage return inside is given too: it is a fault wherever it stands.
    """
    for number, line in enumerate(text.split("\n"), 1):
        row = line.removesuffix("\r")
        if "\r" in row or (row.strip() and not row.startswith("#")):
            yield number, row


def read_row(line: str, columns: Sequence[str]) -> dict[str, str]:
    """The cells of a line by the names of their columns; those that are missing are empty."""
    return dict.fromkeys(COLUMNS, "") | dict(zip(columns, split_cells(line), strict=False))


def split_cells(line: str) -> list[str]:
    """The cells of a line without the white space around them."""
    return [cell.strip() for cell in line.split("\t")]


def normalise_form(form: str) -> str:
    """An Arabic form as two entries are compared: letters folded, white space as one space."""
    return " ".join(fold_for_matching(form).text.split())


def has_arabic(text: str) -> bool:
    """Whether the text holds an Arabic letter."""
    return _ARABIC.search(text) is not None


def _canonical(term: Term) -> list[object]:
    return [
        term.id, term.kind, term.arabic, term.preferred, term.admitted, term.forbidden,
        term.status, sorted(term.flags), term.links, term.coordinates, term.note, term.source,
    ]  # fmt: skip


def _list_files(paths: Sequence[Path], reader: _Reader) -> list[Path]:
    for path in paths:
        if path.is_dir() and not list_files([path]):
            reader.fault(path.as_posix(), "the folder holds no .tsv file")
    return list_files(paths)


def _read_file(path: Path, reader: _Reader, *, draft: str | None) -> None:
    name = path.as_posix()
    text = _read_text(path, reader) if draft is None else draft.removeprefix("\ufeff")
    if text is None:
        return
    rows = _split_rows(text, name, reader)
    header = next(rows, None)
    if header is None:
        reader.fault(name, "the file is empty: its first line must name the columns")
        return
    columns = _read_header(header[0], split_cells(header[1]), reader)
    if columns is None:
        return
    most = len(reader.faults) + MAX_FAULTS_OF_FILE
    for where, line in rows:
        _read_row(where, line, columns, reader)
        if len(reader.faults) > most:
            reader.fault(name, f"the rest is not read: this is no termbase ({where})")
            return


def _read_text(path: Path, reader: _Reader) -> str | None:
    name = path.as_posix()
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            reader.fault(name, f"{size} bytes is more than a termbase may have ({MAX_BYTES})")
            return None
        raw = path.read_bytes()
    except OSError as error:
        reader.fault(name, f"cannot be read: {error.strerror}")
        return None
    return _decode(raw, name, reader)


def _decode(raw: bytes, name: str, reader: _Reader) -> str | None:
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        reader.fault(f"{name}:{line}", "a NUL byte: this is no text file in UTF-8")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        byte = f"0x{raw[error.start]:02x}"
        reader.fault(f"{name}:{line}", f"byte {byte} is not UTF-8: save the file as UTF-8")
        return None


def _split_rows(text: str, name: str, reader: _Reader) -> Iterator[tuple[str, str]]:
    for number, row in iterate_lines(text):
        where = f"{name}:{number}"
        if "\r" in row:
            reader.fault(where, "a carriage return inside the line: end lines with LF or CR LF")
        else:
            yield where, row


def _read_header(where: str, cells: list[str], reader: _Reader) -> list[str] | None:
    before = len(reader.faults)
    while cells and not cells[-1]:
        cells.pop()
    for name in dict.fromkeys(cells):
        if name not in COLUMNS:
            reader.fault(where, f"unknown column {name!r}{_suggest(name, COLUMNS)}")
        elif cells.count(name) > 1:
            reader.fault(where, f"column {name!r} stands {cells.count(name)} times")
    for name in REQUIRED:
        if name not in cells:
            reader.fault(where, f"missing column {name!r}")
    return cells if len(reader.faults) == before else None


def _read_row(where: str, line: str, columns: list[str], reader: _Reader) -> None:
    cells = split_cells(line)
    if any(cells[len(columns) :]):
        reader.fault(where, f"{len(cells)} cells, but the header names {len(columns)} columns")
        return
    row = read_row(line, columns)
    faults = [reason for check in _CHECKS for reason in check(row)]
    for reason in faults:
        reader.fault(where, reason)
    # Terms with faults are kept too, so that clashes between rows show in the same run.
    reader.terms.append(make_term(row, where, sound=not faults))


def make_term(row: Mapping[str, str], where: str, *, sound: bool = True) -> Term:
    """The term of a row; of one with faults as much as can be read.

    :param where: file and line.
    """
    kind: Kind = next((kind for kind in KINDS if kind == row["kind"]), "other")
    status: TermStatus = next((s for s in STATUSES if s == row["status"]), "approved")
    return Term(
        id=row["id"], kind=kind, arabic=_split(row["arabic"]), preferred=row["preferred"],
        admitted=_split(row["admitted"]), forbidden=_split(row["forbidden"]), status=status,
        flags=frozenset(_split(row["flags"], ",")), links=tuple(row["links"].split()),
        coordinates=_parse_coordinates(row["coordinates"]) if sound else None,
        note=row["note"], source=row["source"], where=where,
    )  # fmt: skip


def _split(cell: str, separator: str = "|") -> tuple[str, ...]:
    items = (item.strip() for item in cell.split(separator))
    return tuple(dict.fromkeys(item for item in items if item))


def _parse_coordinates(cell: str) -> tuple[float, float] | None:
    if not cell:
        return None
    latitude, longitude = (float(part) for part in cell.split(","))
    return latitude, longitude


def _check_empty(row: Mapping[str, str]) -> Iterator[str]:
    for name in REQUIRED:
        if not row[name] or not _split(row[name]):
            yield f"{name} is empty"
    if re.search(r"\s", row["id"]):
        yield f"id {row['id']!r} holds white space"


def _check_words(row: Mapping[str, str]) -> Iterator[str]:
    if row["kind"] and row["kind"] not in KINDS:
        yield f"unknown kind {row['kind']!r}{_suggest(row['kind'], KINDS)}"
    if row["status"] and row["status"] not in STATUSES:
        yield f"unknown status {row['status']!r}{_suggest(row['status'], STATUSES)}"
    for flag in _split(row["flags"], ","):
        if flag not in FLAGS:
            yield f"unknown flag {flag!r}{_suggest(flag, FLAGS)}"


def _check_script(row: Mapping[str, str]) -> Iterator[str]:
    for form in _split(row["arabic"]):
        if not has_arabic(form):
            yield f"arabic form {form!r} holds no Arabic letter"
    for name in ("preferred", "admitted"):
        for form in _split(row[name]):
            if has_arabic(form):
                yield f"{name} {form!r} holds Arabic letters"
    if "|" in row["preferred"]:
        yield "preferred is one form: put the others into admitted"
    for name, cell in row.items():
        if hidden := _HIDDEN.search(cell):
            yield f"{name} holds the invisible character U+{ord(hidden.group()):04X}"


def _check_forbidden(row: Mapping[str, str]) -> Iterator[str]:
    forbidden = _split(row["forbidden"])
    if row["preferred"] in forbidden:
        yield f"preferred {row['preferred']!r} is listed as forbidden too"
    for form in _split(row["admitted"]):
        if form in forbidden:
            yield f"admitted {form!r} is listed as forbidden too"


def _check_coordinates(row: Mapping[str, str]) -> Iterator[str]:
    cell = row["coordinates"]
    number = r"-?\d{1,3}(?:\.\d+)?"
    if not cell:
        return
    if not re.fullmatch(rf"{number}\s*,\s*{number}", cell, re.ASCII):
        yield f"coordinates {cell!r} are not written as latitude,longitude (36.2,37.15)"
        return
    latitude, longitude = (float(part) for part in cell.split(","))
    if abs(latitude) > 90 or abs(longitude) > 180:
        yield f"coordinates {cell!r} lie outside -90..90, -180..180"


def _check_links(row: Mapping[str, str]) -> Iterator[str]:
    for link in row["links"].split():
        found = _LINK.fullmatch(link)
        if found is None:
            yield f"link {link!r} has no scheme (wikidata:Q41183, https://...)"
        elif found["scheme"] not in LINK_SCHEMES:
            yield f"link {link!r}: unknown scheme{_suggest(found['scheme'], LINK_SCHEMES)}"


_CHECKS: tuple[Callable[[Mapping[str, str]], Iterator[str]], ...] = (
    _check_empty, _check_words, _check_script, _check_forbidden, _check_coordinates, _check_links,
)  # fmt: skip


def _suggest(word: str, known: Sequence[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f": did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}"


def _check_ids(reader: _Reader) -> None:
    first: dict[str, Term] = {}
    for term in reader.terms:
        if term.id and first.setdefault(term.id, term) is not term:
            reader.fault(term.where, f"id {term.id!r} is taken: {first[term.id].where}")


def _check_forms(reader: _Reader) -> None:
    claimed: dict[str, list[Term]] = defaultdict(list)
    for term in reader.terms:
        if term.status != "approved" or not term.id:
            continue
        for form in dict.fromkeys(map(normalise_form, term.arabic)):
            for other in claimed[form]:
                if form and other.id != term.id and not _are_homographs(term, other):
                    reader.fault(term.where, _describe_clash(form, term, other))
            claimed[form].append(term)


def _are_homographs(term: Term, other: Term) -> bool:
    """Evidence tells two kinds apart where one entry asks for it, one kind where both do."""
    asking = sum("needs-evidence" in one.flags for one in (term, other))
    return asking == 2 or (asking == 1 and term.kind != other.kind)


def _describe_clash(form: str, term: Term, other: Term) -> str:
    return (
        f"{form!r} of {term.id!r} is claimed by {other.id!r} too ({other.where}): "
        "merge them, drop one form, or flag needs-evidence"
    )


def list_faults(faults: Sequence[str]) -> str:
    """Faults one a line; of very many the first, and how many more there are."""
    shown = [*faults[:MAX_FAULTS]]
    more = len(faults) - len(shown)
    return "\n".join([*shown, f"... and {more} more faults"] if more else shown)
