"""A termbase as an earlier run left it: found sound then, and its names indexed.

Checking some thousand entries and spelling out their forms takes longer than loading the model.
The files are read and hashed at each start; where an earlier run of the same version found the
same bytes sound, only an index is read, and terms are taken from their rows as texts name them. So
all that is ever said of a name comes from the termbase itself: a stored index that is damaged is
not used, and one that was tampered with could make names go unnoticed, but not put words in.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from bitrans import __version__
from bitrans.core import Term
from bitrans.glossary.forms import Index
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import (
    MAX_BYTES,
    Glossary,
    iterate_lines,
    list_files,
    load_glossary,
    make_term,
    read_row,
    split_cells,
)  # fmt: skip

FORMAT = 1
#: The modules that decide what is stored: an index made by another version of them is not used.
_MAKERS = ("../arabic.py", "../core/values.py", "forms.py", "matching.py", "stored.py", "terms.py")


class StoredTerms(Sequence[Term]):
    """The terms of sound rows, each made when it is first asked for."""

    def __init__(self, rows: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        """:param rows: of each term its file and line, its row and the names of the columns."""
        self._rows = rows
        self._made: dict[int, Term] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Term: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Term]: ...
    def __getitem__(self, place: int | slice) -> Term | Sequence[Term]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        if place not in self._made:
            where, line, columns = self._rows[place]
            self._made[place] = make_term(read_row(line, columns), where)
        return self._made[place]


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a termbase as they are now."""

    paths: Sequence[Path]
    contents: Sequence[bytes]
    key: str


def load_matching(paths: Sequence[Path], cache: Path | None) -> tuple[Glossary, Matcher]:
    """The termbase of some files and the matcher of its names.

    :param cache: a folder where its index is kept; None keeps nothing. One that cannot be read or
        written costs time and nothing else.
    :raises GlossaryError: with every fault as ``file:line: reason``, one a line.
    """
    files = None if cache is None else _read_files(paths)
    if cache is None or files is None:
        glossary = load_glossary(paths)
        return glossary, Matcher(glossary.terms)
    place = cache / f"{_name_index(files.paths)}.json"
    found = _read_index(place, files)
    if found is None:
        glossary = load_glossary(paths)
        matcher = Matcher(glossary.terms)
        after = _read_files(paths)
        if after is not None and after.key == files.key:  # nobody wrote to them meanwhile
            _write_index(place, files.key, glossary.revision, matcher.make_index(glossary.terms))
        return glossary, matcher
    revision, index = found
    terms = StoredTerms([*_list_rows(files)])
    glossary = Glossary(terms, revision, tuple(path.as_posix() for path in files.paths))
    return glossary, Matcher.from_index(terms, index)


def _read_files(paths: Sequence[Path]) -> _Files | None:
    """None where they cannot be read or are too large: reading them again says so in words."""
    try:
        found = list_files(paths)
        contents = [path.read_bytes() for path in found if path.stat().st_size <= MAX_BYTES]
    except OSError:
        return None
    if len(contents) < len(found) or not found:
        return None
    key = hashlib.sha256(_name_makers())
    for path, content in zip(found, contents, strict=True):
        key.update(json.dumps([path.as_posix(), len(content)]).encode())
        key.update(content)
    return _Files(found, contents, key.hexdigest())


def _name_makers() -> bytes:
    """What makes an index: this version, and the code itself where it can be read."""
    digest = hashlib.sha256(repr((FORMAT, __version__, sys.version_info[:2])).encode())
    with suppress(OSError):
        for name in _MAKERS:
            digest.update((Path(__file__).parent / name).read_bytes())
    return digest.digest()


def _name_index(paths: Sequence[Path]) -> str:
    names = json.dumps([os.path.abspath(path) for path in paths])
    return f"termbase-{hashlib.sha256(names.encode()).hexdigest()[:16]}"


def _list_rows(files: _Files) -> Iterator[tuple[str, str, Sequence[str]]]:
    for path, content in zip(files.paths, files.contents, strict=True):
        name = path.as_posix()
        rows = iterate_lines(content.decode("utf-8-sig"))
        columns = [cell for cell in split_cells(next(rows)[1]) if cell]
        for number, line in rows:
            yield f"{name}:{number}", line, columns


def _read_index(place: Path, files: _Files) -> tuple[str, Index] | None:
    """What is stored for these very files, or None; a digest shows whether it is whole."""
    try:
        digest, _, body = place.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        stored: dict[str, Any] = json.loads(body)
        if stored["key"] != files.key:
            return None
        return stored["revision"], Index(stored["starts"], stored["surnames"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_index(place: Path, key: str, revision: str, index: Index) -> None:
    """Put the index there as a whole; where that cannot be done the next start works it out."""
    import tempfile

    surnames = {last: sorted(given) for last, given in index.surnames.items()}
    stored = {"key": key, "revision": revision, "starts": index.starts, "surnames": surnames}
    body = json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{place.stem}.", dir=place.parent)
        try:
            with open(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            os.replace(name, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
