"""Files, folders and standard input to Documents: text exactly as read, and what was set aside.

Bytes are decoded, never translated: line ends, spaces and invisible signs stay as they were, so
that offsets into the text are offsets into the file.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bitrans.core import Document, Failure, SetAside, Span
from bitrans.documents.asides import judge_lines
from bitrans.documents.decoding import decode
from bitrans.errors import InputError

STDIN = "-"
MAX_BYTES = 20_000_000

_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_TITLE_END = re.compile(r"(?<=.{20})(?:\.\.|[.؟?!…؛])(?=\s|$)")
_TITLE_LENGTH = 80


def find_documents(paths: Sequence[Path | str]) -> list[str]:
    """The sources that ``paths`` name, each once, in the order given: file names, or ``-``.

    A folder is walked in sorted order for its ``.txt`` files; hidden ones, folders named
    ``references`` and files named ``*.en.txt`` are passed over. A file given by name is taken
    whatever its name.

    :raises InputError: when a path does not exist, or there is nothing to read.
    """
    found: dict[str, str] = {}
    faults = []
    for path in map(str, paths):
        sources = _expand(path)
        if not sources:
            faults.append(_fault_of(path))
        for source in sources:
            found.setdefault(source if source == STDIN else os.path.realpath(source), source)
    if faults:
        raise InputError("\n".join(faults))
    if not found:
        raise InputError("nothing to read; name a file, a folder, or - for standard input")
    return list(found.values())


def read_documents(paths: Sequence[Path | str]) -> Iterator[Document | Failure]:
    """Reads what :func:`find_documents` finds, one at a time; a bad file gives a Failure.

    :raises InputError: at once, before any file is read, when a path leads to nothing.
    """
    return _read_all(find_documents(paths))


def _expand(path: str) -> list[str]:
    if path == STDIN:
        return [STDIN]
    if os.path.isdir(path):
        return _walk(path)
    return [path] if os.path.exists(path) else []


def _walk(folder: str) -> list[str]:
    found: list[str] = []
    # A folder that cannot be opened is kept: reading it then gives the Failure that says so.
    walk = os.walk(folder, onerror=lambda error: found.append(str(error.filename)))
    for root, folders, names in walk:
        folders[:] = [name for name in folders if name[0] != "." and name != "references"]
        found += [os.path.join(root, name) for name in names if _is_article(name.lower())]
    return sorted(found)


def _is_article(name: str) -> bool:
    return name[0] != "." and name.endswith(".txt") and not name.endswith(".en.txt")


def _fault_of(path: str) -> str:
    if os.path.isdir(path):
        return f"{_show(path)}: the folder holds no .txt file to read; put one there or name a file"
    return f"{_show(path)}: no such file or folder; check the name"


def _show(source: str) -> str:
    if source == STDIN:
        return "standard input"
    return source if source.isprintable() and source else ascii(source)


def _read_all(sources: Sequence[str]) -> Iterator[Document | Failure]:
    for source, name in zip(sources, _name_sources(sources), strict=True):
        yield _read_one(source, name)


def _name_sources(sources: Sequence[str]) -> list[str]:
    """An id for each source. Case does not tell ids apart: they may become file names."""
    names: list[str] = []
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for source in sources:
        stem = "stdin" if source == STDIN else Path(source).stem
        name = stem
        while name.casefold() in taken:
            counts[stem] = counts.get(stem, 1) + 1
            name = f"{stem}-{counts[stem]}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _read_one(source: str, name: str) -> Document | Failure:
    try:
        raw = _load(source)
        text, encoding = decode(raw)
    except InputError as error:
        return Failure(source, f"{_show(source)}: {error}")
    lines = judge_lines(text)
    return Document(
        id=name,
        title=_find_title(text, lines) or name,
        source=source,
        date=_find_date(name),
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        set_aside=tuple(SetAside(span, reason) for span, reason in lines if reason),
        encoding=encoding,
    )


def _load(source: str) -> bytes:
    try:
        if source == STDIN:
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(source, "rb") as file:
                raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"cannot be read ({reason}); check that you may open it") from error
    if len(raw) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES // 1_000_000} MB; split it into articles")
    return raw


def _find_title(text: str, lines: Sequence[tuple[Span, str]]) -> str:
    """The first sentence of the article, cut at a word where it is long."""
    first = next((span.slice(text) for span, reason in lines if not reason), "")
    line = " ".join(first[: 4 * _TITLE_LENGTH].split())
    if end := _TITLE_END.search(line):
        line = line[: end.start() if end.group()[0] in ".…؛" else end.end()]
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip("،,:؛ ") + "…"


def _find_date(name: str) -> str | None:
    for found in _DATE.findall(name):
        try:
            return datetime.date.fromisoformat(found).isoformat()
        except ValueError:
            continue
    return None
