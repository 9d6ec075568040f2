"""Read TBX of any dialect, entry by entry, and trust none of it.

The parser is defusedxml's: no entity is declared or expanded and nothing outside the file is
opened. A document type that is only named (as TBX v2 files do) is passed over; one that declares
anything is refused. Elements are thrown away once read, so memory does not grow with the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args
from xml.etree import ElementTree as ET

from bitrans.core import KINDS, Kind, Term, TermStatus
from bitrans.errors import GlossaryError
from bitrans.glossary.exchange.values import (
    Imported,
    clean_cell,
    find_cell_fault,
    make_id,
    stop_at_many,
)
from bitrans.glossary.terms import COLUMNS, FLAGS, LINK_SCHEMES, has_arabic

#: An entry of a termbase has some dozens of elements; comparing very many would take for ever.
MAX_ELEMENTS = 5_000
#: No dialect nests so deep; beyond this the file is made to exhaust the reader.
MAX_DEPTH = 40
_ENTRIES = frozenset({"termEntry", "conceptEntry"})
_SECTIONS = frozenset({"langSet", "langSec"})
_PLACES = frozenset({"tig", "ntig", "termGrp", "termSec"})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_HELD = frozenset(COLUMNS)
_ESCAPED = re.compile(r"_x([0-9A-F]{4,6})_")
_WRONG = re.compile(r"deprecated|superseded|forbidden|obsolete|notrecommended", re.IGNORECASE)
_NOTE = re.compile(r"(flags|status|coordinates|links): (\S.*)")
#: Where the standing of a term is said, and where Weblate says that it is not translated.
_STANDINGS = frozenset({"administrativeStatus", "normativeAuthorization"})
_UNTRANSLATED = frozenset({"Translation needed", "translationNote"})
_SAYING = frozenset({"descrip", "admin", "termNote", "transac", "transacNote", "xref", "ref"})
_STATUSES: tuple[TermStatus, ...] = get_args(TermStatus)
_ADDRESSES = (
    (re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)"), "wikidata:"),
    (re.compile(r"https?://www\.geonames\.org/(\d+)(?:/.*)?"), "geonames:"),
)


@dataclass(slots=True)
class _Reader:
    """The parser's target: builds each entry, reads it and forgets it."""

    name: str
    terms: list[Term] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    taken: dict[str, int] = field(default_factory=dict)
    root: str = ""
    line: int = 0
    depth: int = 0
    elements: int = 0
    expat: Any = None
    builder: ET.TreeBuilder | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        tag = tag.rpartition("}")[2]
        self.root = self.root or tag
        line = self.expat.CurrentLineNumber
        if self.depth > MAX_DEPTH:
            raise GlossaryError(f"{self.name}:{line}: nested more than {MAX_DEPTH} deep: no TBX")
        if self.builder is None and tag in _ENTRIES:
            self.builder, self.line, self.elements = ET.TreeBuilder(), line, 0
        if self.builder is not None:
            self.elements += 1
            if self.elements > MAX_ELEMENTS:
                raise GlossaryError(f"{self.name}:{self.line}: an entry of endless length: no TBX")
            self.builder.start(tag, attributes)

    def data(self, text: str) -> None:
        """Characters inside an element."""
        if self.builder is not None:
            self.builder.data(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.depth -= 1
        tag = tag.rpartition("}")[2]
        if self.builder is not None:
            self.builder.end(tag)
            if tag in _ENTRIES:
                entry, self.builder = self.builder.close(), None
                _read_entry(entry, self)

    def close(self) -> None:
        """The file ends."""


def read_tbx(raw: bytes, name: str) -> Imported:
    """The Arabic and English of a TBX file, version 2 or 3, in any dialect.

    :raises GlossaryError: when it is no XML, no TBX, or made to do harm.
    """
    reader = _Reader(name)
    _parse(raw, reader)
    if reader.root not in ("martif", "tbx"):
        raise GlossaryError(f"{name}: <{reader.root}> is no TBX; it begins with <martif> or <tbx>")
    return Imported(tuple(reader.terms), _HELD, dict(reader.left_out), tuple(reader.faults))


def _parse(raw: bytes, reader: _Reader) -> None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=reader)
    reader.expat = parser.parser

    def refuse_declarations(
        name: str, system: str | None, public: str | None, declares: bool
    ) -> None:
        if declares:
            raise GlossaryError(
                f"{reader.name}:{reader.expat.CurrentLineNumber}: the document type declares "
                "something of its own, which is not read; take the declarations out"
            )

    parser.parser.StartDoctypeDeclHandler = refuse_declarations
    try:
        parser.feed(raw)
        parser.close()
    except DefusedXmlException as error:
        raise GlossaryError(f"{reader.name}: refused: {error}") from error
    except ET.ParseError as error:
        line = error.position[0]
        raise GlossaryError(f"{reader.name}:{line}: no well-formed XML: {error.msg}") from error
    except (LookupError, ValueError) as error:
        raise GlossaryError(f"{reader.name}: cannot be decoded: {error}") from error


def _read_entry(entry: ET.Element, reader: _Reader) -> None:
    terms = _read_sections(entry, reader)
    arabic = [form for form, _ in terms["ar"]]
    preferred, admitted, forbidden, superseded = _sort_english(terms["en"])
    if not arabic or not preferred:
        missing = "Arabic" if not arabic else "English"
        reader.left_out[f"entries without {missing}"] += 1
        return
    fields = _read_fields(entry, reader)
    kind: Kind = next((kind for kind in KINDS if kind == fields["kind"]), "other")
    status: TermStatus = next(
        (known for known in _STATUSES if known == fields["status"]), "approved"
    )
    place = fields["coordinates"].split(",")
    term = Term(
        id=_find_id(entry, kind, preferred, reader), kind=kind, arabic=tuple(arabic),
        preferred=preferred, admitted=admitted, forbidden=forbidden,
        status="deprecated" if superseded else status,
        flags=frozenset(filter(None, fields["flags"].split(","))),
        links=tuple(fields["links"].split()),
        coordinates=(float(place[0]), float(place[1])) if len(place) == 2 else None,
        note=fields["note"], source=fields["source"], where=f"{reader.name}:{reader.line}",
    )  # fmt: skip
    faults = list(_find_faults(term))
    reader.faults += [f"{term.where}: {fault}" for fault in faults]
    if stop_at_many(reader.name, reader.faults):
        raise GlossaryError("\n".join(reader.faults))
    if not faults:
        reader.terms.append(term)


def _read_sections(entry: ET.Element, reader: _Reader) -> dict[str, list[tuple[str, str]]]:
    """The terms of each of the two languages with what is said of their standing."""
    found: dict[str, list[tuple[str, str]]] = {"ar": [], "en": []}
    for section in entry:
        if section.tag not in _SECTIONS:
            continue
        code = section.get(_LANGUAGE, "").lower().replace("_", "-").partition("-")[0]
        for place in section:
            term = place.find(".//term") if place.tag in _PLACES else None
            if term is None:
                continue
            text = clean_cell("".join(term.itertext()))
            if code not in found:
                reader.left_out[f"terms in {code or 'no language'}"] += 1
            elif text and text not in [known for known, _ in found[code]]:
                found[code].append((text, _find_standing(place)))
    return found


def _find_standing(place: ET.Element) -> str:
    notes = place.iter("termNote")
    return next(
        (clean_cell(note.text or "") for note in notes if note.get("type") in _STANDINGS), ""
    )


def _sort_english(
    terms: list[tuple[str, str]],
) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
    """The preferred form, the admitted and the forbidden ones; whether the first is superseded."""
    right = [(form, standing) for form, standing in terms if not _WRONG.search(standing)]
    first = next((form for form, standing in right if standing.startswith("preferred")), "")
    first = first or next((form for form, _ in right), "")
    superseded = ""
    if not first or not any(standing.startswith("preferred") for _, standing in right):
        old = (form for form, standing in terms if standing.startswith("superseded"))
        superseded = next(old, "")
    preferred = superseded or first
    admitted = tuple(form for form, _ in right if form != preferred)
    forbidden = tuple(
        form for form, standing in terms if _WRONG.search(standing) and form != preferred
    )
    return preferred, admitted, forbidden, bool(superseded)


def _read_fields(entry: ET.Element, reader: _Reader) -> dict[str, str]:
    """What the entry says besides its terms, by field; what has no field is counted."""
    fields = dict.fromkeys(("kind", "status", "flags", "links", "coordinates", "source"), "")
    notes: list[str] = []
    addresses: list[str] = []
    for element in entry.iter():
        type_, text = element.get("type", ""), clean_cell("".join(element.itertext()))
        if element.tag == "descrip" and type_ in ("definition", ""):
            notes.append(text)
        elif element.tag == "descrip" and type_ == "subjectField" and text in KINDS:
            fields["kind"] = text
        elif element.tag == "admin" and type_ == "source":
            fields["source"] = "; ".join(filter(None, (fields["source"], text)))
        elif element.tag == "xref" and type_ == "externalCrossReference":
            addresses.append(element.get("target", ""))
        elif type_ in _UNTRANSLATED and text.lower() == "no":
            fields["flags"] = ",".join(filter(None, (fields["flags"], "dnt")))
        elif element.tag == "note":
            _read_note(text, fields, notes)
        elif element.tag in _SAYING and type_ not in _STANDINGS:
            reader.left_out[f"{element.tag} {type_}".strip()] += 1
    fields["links"] = _join_links(fields["links"], addresses, reader)
    return {**fields, "note": "; ".join(dict.fromkeys(filter(None, notes)))}


def _read_note(text: str, fields: dict[str, str], notes: list[str]) -> None:
    """A note that holds a field in a form of ours, or a note."""
    found = _NOTE.fullmatch(text)
    if found and _FITS[found[1]](found[2]):
        fields[found[1]] = ",".join(filter(None, (fields[found[1]], found[2])))
    else:
        notes.append(text)


def _join_links(listed: str, addresses: list[str], reader: _Reader) -> str:
    """The links of the note, then the addresses that it does not name."""
    links = listed.split()
    for address in addresses:
        link = next(
            (
                scheme + found[1]
                for form, scheme in _ADDRESSES
                if (found := form.fullmatch(address))
            ),
            address,
        )
        if not _is_link(link):
            reader.left_out["links of another kind"] += 1
        elif link not in links and address not in links:
            links.append(link)
    return " ".join(links)


def _is_link(link: str) -> bool:
    scheme, colon, rest = link.partition(":")
    return bool(colon and rest) and scheme in LINK_SCHEMES and not re.search(r"\s", link)


def _are_coordinates(text: str) -> bool:
    parts = text.split(",")
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        return False
    return abs(latitude) <= 90 and abs(longitude) <= 180


_FITS: Mapping[str, Callable[[str], bool]] = {
    "flags": lambda text: set(text.split(",")) <= set(FLAGS),
    "status": lambda text: text in _STATUSES,
    "coordinates": _are_coordinates,
    "links": lambda text: all(map(_is_link, text.split())),
}


def _find_id(entry: ET.Element, kind: str, preferred: str, reader: _Reader) -> str:
    written = entry.get("id", "")
    id_ = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)
    if not id_ or re.search(r"[\s\x00-\x1f]", id_):
        id_ = make_id(kind, preferred, set(reader.taken))
    elif id_ in reader.taken:
        reader.faults.append(
            f"{reader.name}:{reader.line}: id {id_!r} is taken in line {reader.taken[id_]}"
        )
    reader.taken.setdefault(id_, reader.line)
    return id_


def _find_faults(term: Term) -> Iterator[str]:
    english = (term.preferred, *term.admitted, *term.forbidden)
    for cell in (*term.arabic, *english, term.note, term.source):
        if fault := find_cell_fault(cell):
            yield fault
    yield from (f"{form!r} holds no Arabic letter" for form in term.arabic if not has_arabic(form))
    for form in (term.preferred, *term.admitted):
        if has_arabic(form):
            yield f"{form!r} holds Arabic letters"
