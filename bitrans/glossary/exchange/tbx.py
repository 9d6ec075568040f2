"""TBX, the XML for termbases: version 2 (martif, as Weblate has it) and version 3 (TBX-Basic).

ISO 30042:2008 nests termEntry, langSet, tig; ISO 30042:2019 conceptEntry, langSec, termSec. The
data categories used are those that TBX-Basic allows at the level where they stand
(https://github.com/LTAC-Global/TBX-Basic_dialect, DCA): subjectField for the kind, definition for
the note, admin source, externalCrossReference with http addresses only, administrativeStatus.
What has no category of its own (flags, status, coordinates, links that are no http address) is
held by notes of the form ``flags: exact,dnt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from bitrans.core import Term
from bitrans.glossary.exchange.tbxread import read_tbx
from bitrans.glossary.exchange.values import Exported
from bitrans.glossary.rows import make_cells

__all__ = ["read_tbx", "write_basic", "write_martif"]

_XML_LANG = "xml:lang"
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_MARTIF_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
)
_MODEL = "https://raw.githubusercontent.com/LTAC-Global"
_BASIC_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<?xml-model href="{_MODEL}/TBX_Core_RNG/master/TBXcoreStructV03.rng" '
    'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
    f'<?xml-model href="{_MODEL}/TBX-Basic_dialect/master/DCA/TBX-Basic_DCA.sch" '
    'type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"?>\n'
)
_PUBLIC_LINKS = {
    "wikidata": "https://www.wikidata.org/entity/",
    "geonames": "https://www.geonames.org/",
}


def write_martif(terms: Sequence[Term]) -> Exported:
    """TBX v2: everything that an entry holds."""
    root = ET.Element("martif", {"type": "TBX", _XML_LANG: "en"})
    header = ET.SubElement(root, "martifHeader")
    description = ET.SubElement(header, "fileDesc")
    source = ET.SubElement(description, "sourceDesc")
    ET.SubElement(source, "p").text = "termbase of bitrans"
    encoding = ET.SubElement(header, "encodingDesc")
    ET.SubElement(encoding, "p", {"type": "XCSURI"}).text = "TBXXCS.xcs"
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    for term in terms:
        _write_entry(body, term, ("termEntry", "langSet", "tig"))
    return Exported(_serialise(root, _MARTIF_HEAD), len(terms), {})


def write_basic(terms: Sequence[Term]) -> Exported:
    """TBX v3, dialect TBX-Basic, style DCA: everything that an entry holds."""
    root = ET.Element(
        "tbx", {"type": "TBX-Basic", "style": "dca", _XML_LANG: "en", "xmlns": _NAMESPACE}
    )
    description = ET.SubElement(ET.SubElement(root, "tbxHeader"), "fileDesc")
    source = ET.SubElement(description, "sourceDesc")
    ET.SubElement(source, "p").text = "termbase of bitrans"
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    for term in terms:
        _write_entry(body, term, ("conceptEntry", "langSec", "termSec"))
    return Exported(_serialise(root, _BASIC_HEAD), len(terms), {})


def _write_entry(body: ET.Element, term: Term, names: tuple[str, str, str]) -> None:
    entry = ET.SubElement(body, names[0], {"id": _escape_id(term.id)})
    ET.SubElement(entry, "descrip", {"type": "subjectField"}).text = term.kind
    if term.note:
        ET.SubElement(entry, "descrip", {"type": "definition"}).text = term.note
    if term.source:
        ET.SubElement(entry, "admin", {"type": "source"}).text = term.source
    for link in term.links:
        if address := _find_address(link):
            attributes = {"type": "externalCrossReference", "target": address}
            ET.SubElement(entry, "xref", attributes).text = link
    for note in _list_notes(term):
        ET.SubElement(entry, "note").text = note
    first = "supersededTerm" if term.status == "deprecated" else "preferredTerm"
    arabic = [(form, "admittedTerm") for form in term.arabic[1:]]
    _write_language(entry, "ar", [(term.arabic[0], first), *arabic], names)
    english = [(form, "admittedTerm") for form in term.admitted]
    english += [(form, "deprecatedTerm") for form in term.forbidden]
    _write_language(entry, "en", [(term.preferred, first), *english], names)


def _write_language(
    entry: ET.Element, code: str, terms: Sequence[tuple[str, str]], names: tuple[str, str, str]
) -> None:
    section = ET.SubElement(entry, names[1], {_XML_LANG: code})
    for form, status in terms:
        place = ET.SubElement(section, names[2])
        ET.SubElement(place, "term").text = form
        note = ET.SubElement(place, "termNote", {"type": "administrativeStatus"})
        note.text = f"{status}-admn-sts"


def _list_notes(term: Term) -> Iterator[str]:
    cells = make_cells(term)
    if term.flags:
        yield f"flags: {cells['flags']}"
    if term.status != "approved":
        yield f"status: {term.status}"
    if term.coordinates:
        yield f"coordinates: {cells['coordinates']}"
    if any(_find_address(link) != link for link in term.links):
        yield f"links: {cells['links']}"


def _find_address(link: str) -> str:
    """The http address of a link, or nothing where it has none (P-codes)."""
    scheme, _, rest = link.partition(":")
    if scheme in ("http", "https"):
        return link
    return _PUBLIC_LINKS[scheme] + rest if scheme in _PUBLIC_LINKS else ""


def _escape_id(id_: str) -> str:
    """An id as XML takes it: signs, and a first that is no letter, as _xHHHH_ (ISO 9075-14).

    >>> _escape_id("48 lands")
    '_x0034_8_x0020_lands'
    """
    return "".join(
        f"_x{ord(letter):04X}_" if _is_unfit(letter, at, id_) else letter
        for at, letter in enumerate(id_)
    )


def _is_unfit(letter: str, at: int, id_: str) -> bool:
    if letter == "_":
        return re.match(r"_x[0-9A-F]{4,6}_", id_[at:]) is not None
    if at == 0:
        return not (letter.isascii() and letter.isalpha())
    return not (letter.isascii() and (letter.isalnum() or letter in ".-"))


def _serialise(root: ET.Element, head: str) -> str:
    ET.indent(root, " ")
    return head + ET.tostring(root, encoding="unicode") + "\n"
