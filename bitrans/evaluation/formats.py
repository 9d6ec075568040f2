"""Readers of what can be scored: text, TSV, TMX and the JSON that ``bitrans translate`` writes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bitrans.bilingual import from_json
from bitrans.errors import InputError
from bitrans.measures import Rendering
from bitrans.scoring.references import read_file, read_plain_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Names a column of a TSV may have.
_COLUMNS = {
    "document": ("document", "doc", "document_id", "id"),
    "arabic": ("arabic", "source", "src", "ar"),
    "english": ("english", "target", "hypothesis", "reference", "translation", "tgt", "en"),
}
_ARABIC = re.compile("[\u0620-\u064a]")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

Rows = list[tuple[str, str, str]]


def read_renderings(path: Path) -> list[Rendering]:
    """The documents of a file, in order; the ending of its name says what it is.

    :raises InputError: when it cannot be read or is not what its name says.
    """
    reader = READERS.get(path.suffix.lower(), read_text)
    return reader(path)


def read_text(path: Path) -> list[Rendering]:
    """A text file: one document, a text a line, blank lines kept but at the end."""
    lines = [line.strip() for line in _split_lines(read_plain_text(path))]
    while lines and not lines[-1]:
        lines.pop()
    if not any(lines):
        raise InputError(f"{path}: is empty; write one segment a line")
    return [Rendering(name_document(path), str(path), tuple(lines), paired=True)]


def read_bilingual(path: Path) -> list[Rendering]:
    """The JSON of ``bitrans translate``: one document with its pairs."""
    bilingual = from_json(_parse_json(path), source=str(path))
    return [
        Rendering(
            bilingual.document.id,
            str(path),
            tuple(pair.target for pair in bilingual.pairs),
            tuple(pair.segment.text for pair in bilingual.pairs),
            bilingual.pairs,
        )
    ]


def read_tsv(path: Path) -> list[Rendering]:
    """Tab-separated text: English, or Arabic and English, and a document where a header says so.

    Columns are known by their header or else by their letters. Quotes are text.
    """
    lines = [line for line in _split_lines(read_plain_text(path)) if line.strip()]
    if not lines:
        raise InputError(f"{path}: is empty; write Arabic, a tab and English on each line")
    rows = [line.split("\t") for line in lines]
    columns = _find_header(rows[0])
    if columns:
        rows = rows[1:]
    columns = columns or _guess_columns(rows)
    if "english" not in columns:
        raise InputError(f"{path}: no English column; give one, or a header with `english` in it")
    found: Rows = []
    for number, row in enumerate(rows, start=1):
        if len(row) <= max(columns.values()):
            raise InputError(
                f"{path}: row {number} has {len(row)} of {max(columns.values()) + 1} columns; "
                "part the columns with one tab each"
            )
        found.append(_take_columns(row, columns, path))
    return _group_rows(found, path, arabic="arabic" in columns)


def read_tmx(path: Path) -> list[Rendering]:
    """A translation memory: the Arabic and English of each unit that has both.

    Read by defusedxml, so that no entity of the file is expanded and nothing is fetched. A
    property ``x-document`` (or ``document``) of a unit says which document it is of.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(read_file(path), forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(f"{path}: not TMX that can be read safely: {error}") from error
    rows = [row for unit in root.iter("tu") if (row := _read_unit(unit, path)) is not None]
    if not rows:
        raise InputError(f"{path}: no unit has English (a <tuv> with xml:lang en)")
    return _group_rows(rows, path, arabic=any(arabic for _, arabic, _ in rows))


READERS: Mapping[str, Callable[[Path], list[Rendering]]] = {
    ".txt": read_text,
    ".json": read_bilingual,
    ".tsv": read_tsv,
    ".tmx": read_tmx,
}


def name_document(path: Path) -> str:
    """The document a file is of: its name without endings, ``.en`` and ``.ar`` among them."""
    stem = path.stem
    for ending in (".en", ".ar", ".ref", ".hyp"):
        stem = stem.removesuffix(ending)
    return stem or path.stem


def is_bilingual(path: Path) -> bool:
    """Whether a JSON file says that it is a bilingual document."""
    data = _parse_json(path)
    return isinstance(data, dict) and data.get("format") == "bitrans-bilingual"


def _find_header(row: Sequence[str]) -> dict[str, int]:
    """The column of each thing a header names; empty where the first row is no header."""
    names = [cell.strip().casefold() for cell in row]
    found = {
        thing: names.index(name)
        for thing, known in _COLUMNS.items()
        if (name := next((name for name in known if name in names), None)) is not None
    }
    return found if "english" in found else {}


def _guess_columns(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Columns by their letters, over the first rows: one Arabic, and the first that is not."""
    columns: dict[str, int] = {}
    for place in range(min(map(len, rows[:20]))):
        arabic = sum(bool(_ARABIC.search(row[place])) for row in rows[:20]) * 2 > len(rows[:20])
        columns.setdefault("arabic" if arabic else "english", place)
    return columns


def _take_columns(
    row: Sequence[str], columns: Mapping[str, int], path: Path
) -> tuple[str, str, str]:
    def take(thing: str, default: str = "") -> str:
        return row[columns[thing]].strip() if thing in columns else default

    return take("document", name_document(path)), take("arabic"), take("english")


def _read_unit(unit: Element, path: Path) -> tuple[str, str, str] | None:
    texts: dict[str, str] = {}
    for variant in unit.iter("tuv"):
        language = (variant.get(_LANGUAGE) or variant.get("lang") or "")[:2].casefold()
        segment = variant.find("seg")
        if segment is not None:
            texts.setdefault(language, " ".join("".join(segment.itertext()).split()))
    names = {prop.get("type"): (prop.text or "").strip() for prop in unit.iter("prop")}
    name = names.get("x-document") or names.get("document") or name_document(path)
    return (name, texts.get("ar", ""), texts["en"]) if "en" in texts else None


def _group_rows(rows: Rows, path: Path, *, arabic: bool) -> list[Rendering]:
    documents = dict.fromkeys(name for name, _, _ in rows)
    found = []
    for document in documents:
        own = [(source, english) for name, source, english in rows if name == document]
        found.append(
            Rendering(
                document,
                str(path),
                tuple(english for _, english in own),
                tuple(source for source, _ in own) if arabic else None,
                paired=True,
            )
        )
    return found


def _parse_json(path: Path) -> object:
    try:
        return json.loads(read_plain_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{path}: not valid JSON: {error}") from error


def _split_lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
