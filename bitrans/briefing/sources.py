"""What a brief is made of: documents to translate, and what was translated before."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitrans.bilingual import FORMAT, from_json
from bitrans.core import BilingualDocument, Failure
from bitrans.documents import STDIN, find_documents
from bitrans.errors import InputError
from bitrans.render import Run

_OURS = "bitrans-"
_LARGEST = 500_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: JSON that was ``translated`` before, or a document (also ``-``).

    ``named`` says that the user named the file itself, not a folder that it is in.
    """

    path: str
    translated: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Translated:
    """A report that was translated before, what translated it, and the file it was read from."""

    bilingual: BilingualDocument
    run: Run
    path: Path


def find_sources(paths: Sequence[str]) -> list[Source]:
    """The files that ``paths`` name, each once, in the order given.

    Of a folder: its documents, as ``translate`` finds them, and its ``.json`` files.

    :raises InputError: when a path does not exist, or a folder holds nothing to read.
    """
    found: dict[str, Source] = {}
    faults = []
    for path in paths:
        try:
            sources = _expand(path)
        except InputError as fault:
            faults.append(str(fault))
            continue
        for source in sources:
            key = path if path == STDIN else os.path.realpath(source.path)
            found.setdefault(key, source)
    if faults:
        raise InputError("\n".join(faults))
    return list(found.values())


def load_translated(source: Source) -> Translated | Failure | None:
    """The report of a JSON file; None for a file in a folder that is no report of ours."""
    try:
        data = _load(source.path)
        if not source.named and not _is_report(data):
            return None
        bilingual = from_json(data, source=source.path)
    except InputError as fault:
        return Failure(source.path, str(fault))
    assert isinstance(data, dict)
    return Translated(bilingual, _read_run(data.get("run")), Path(source.path))


def rename(bilingual: BilingualDocument, name: str) -> BilingualDocument:
    """The document under another id."""
    if name == bilingual.document.id:
        return bilingual
    pairs = tuple(
        replace(pair, segment=replace(pair.segment, document_id=name)) for pair in bilingual.pairs
    )
    return replace(bilingual, document=replace(bilingual.document, id=name), pairs=pairs)


class Names:
    """Gives each document a name of its own; case does not tell names apart."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in taken}

    def take(self, wanted: str) -> str:
        """``wanted``, or ``wanted-2`` and so on where it is taken."""
        name, number = wanted, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name.casefold())
        return name


def _expand(path: str) -> list[Source]:
    if not os.path.isdir(path):
        if path != STDIN and path.lower().endswith(".json") and os.path.exists(path):
            return [Source(path, translated=True, named=True)]
        return [Source(it, translated=False, named=True) for it in find_documents([path])]
    found = [Source(it, translated=True, named=False) for it in sorted(_walk(path))]
    try:
        found += [Source(it, translated=False, named=False) for it in find_documents([path])]
    except InputError:
        if not found:
            raise
    return found


def _walk(folder: str) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name[0] != "." and name != "references"]
        for name in names:
            if name[0] != "." and name.lower().endswith(".json"):
                yield os.path.join(root, name)


def _load(path: str) -> object:
    try:
        if os.path.getsize(path) > _LARGEST:
            raise InputError(f"{path}: is larger than {_LARGEST // 1_000_000} MB")
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise InputError(
            f"{path}: cannot be read ({reason}); check that you may open it"
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise InputError(
            f"{path}: not valid JSON; use a .json file that `bitrans translate` wrote"
        ) from fault


def _is_report(data: object) -> bool:
    return isinstance(data, Mapping) and data.get("format") == FORMAT


def _read_run(data: object) -> Run:
    """What the file says of the run that made it; files may lack it."""
    known = data if isinstance(data, Mapping) else {}
    words = {
        name: value if isinstance(value := known.get(name), str) else ""
        for name in ("bitrans", "created", "model", "glossary")
    }
    return Run(words["bitrans"], words["created"], words["model"], words["glossary"])
