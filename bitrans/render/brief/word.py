"""Word documents with two directions: the few things python-docx has no call for.

Arabic paragraphs carry ``w:bidi`` and Arabic runs ``w:rtl`` with a complex-script font and
``w:lang w:bidi="ar-SA"`` (ECMA-376 part 1, 17.3.1.6, 17.3.2.30, 17.3.2.20); in such a paragraph
the start is at the right, so no alignment is set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from bitrans.render.words import clean, split_arabic

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


def _name(elements: str) -> tuple[str, ...]:
    return tuple(f"w:{element}" for element in elements.split())


LATIN_FONT = "Cambria"
ARABIC_FONT = "Times New Roman"
#: Text width of an A4 page with the margins set here, in centimetres.
WIDTH_CM = 17.0
#: What the schema wants after these elements of paragraph and run properties (ECMA-376, annex A).
_AFTER_BIDI = _name(
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
    "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_AFTER_SIZE = _name(
    "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
)
_TABLE_LOOK = (
    "<w:tblPr {names}><w:tblBorders>"
    '<w:top w:val="single" w:sz="6" w:space="0" w:color="B9B2A6"/>'
    '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="B9B2A6"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="DCD7CE"/>'
    "</w:tblBorders><w:tblCellMar>"
    '<w:top w:w="50" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="140" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr>"
)
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def new_document() -> Docx:
    """An empty A4 document with the styles of a brief."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    _set_styles(document)
    return document


def add_arabic(cell: _Cell | Docx, text: str, *, style: str = "Arabic") -> Paragraph:
    """A paragraph that runs right to left."""
    paragraph = add_paragraph(cell, style)
    _insert(paragraph._p.get_or_add_pPr(), "w:bidi", {}, before=_AFTER_BIDI)
    _add_run(paragraph, text, arabic=True)
    return paragraph


def add_english(
    cell: _Cell | Docx, text: str, *, style: str | None = None, bold: bool = False
) -> Paragraph:
    """A paragraph that runs left to right; Arabic in it is marked as such."""
    paragraph = add_paragraph(cell, style)
    add_text(paragraph, text, bold=bold)
    return paragraph


def add_paragraph(cell: _Cell | Docx, style: str | None = None) -> Paragraph:
    """An empty paragraph. The style is set by its id: looking it up takes longer than the rest."""
    paragraph = cell.add_paragraph()
    if style:
        paragraph._p.style = style.replace(" ", "")
    return paragraph


def add_text(paragraph: Paragraph, text: str, *, bold: bool = False) -> list[Run]:
    """The runs of a text put at the end of a paragraph, its Arabic in runs of their own."""
    return [
        _add_run(paragraph, part, arabic=arabic, bold=bold) for part, arabic in split_arabic(text)
    ]


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """A link to a page beside the document, to its anchor if it has one; else the bare text."""
    page, _, anchor = address.partition("#")
    if not page:
        add_text(paragraph, text)
        return
    relation = paragraph.part.relate_to(page, _HYPERLINK, is_external=True)
    link = _make("w:hyperlink", {"r:id": relation, **({"w:anchor": anchor} if anchor else {})})
    for run in add_text(paragraph, text):
        run._r.style = "Link"
        link.append(run._r)
    paragraph._p.append(link)


def add_table(
    document: Docx, head: Sequence[str], widths: Sequence[float], *, arabic: Iterable[int] = ()
) -> Table:
    """A table whose first row repeats on each page; ``widths`` are shares of the text width."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(head))
    table.style = document.styles["Brief"]
    table.autofit = False
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Cm(WIDTH_CM * share)
    for number, (cell, text) in enumerate(zip(table.rows[0].cells, head, strict=True)):
        cell.width = Cm(WIDTH_CM * widths[number])
        paragraph = cell.paragraphs[0]
        paragraph._p.style = "Columnhead"
        add_text(paragraph, text)
        if number in arabic:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _mark_row(table.rows[0]._tr, "w:cantSplit", "w:tblHeader")
    return cast("Table", table)


def add_row(table: Table) -> list[_Cell]:
    """The empty cells of a new row, which no page break cuts."""
    from docx.shared import Emu

    row = cast("_Row", table.add_row())  # type: ignore[no-untyped-call]
    cells = list(row.cells)
    for cell, column in zip(cells, table._tbl.tblGrid.gridCol_lst, strict=True):
        cell.width = Emu(column.w or 0)
    _mark_row(row._tr, "w:cantSplit")
    return cells


def trim_cell(cell: _Cell) -> None:
    """Take the empty paragraph out that every new cell begins with, where more follow."""
    first = cell.paragraphs[0]
    if len(cell.paragraphs) > 1 and not first.text:
        first._p.getparent().remove(first._p)


def keep_with_next(cells: Iterable[_Cell]) -> None:
    """Keep a row on the page of the row after it."""
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def make_writable(text: str) -> str:
    """``text`` as XML can hold it: no controls, no halves of undecodable bytes."""
    return clean(text).encode("utf-8", "backslashreplace").decode("utf-8")


def add_page_number(paragraph: Paragraph) -> None:
    """The number of the page, as a field."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            _append(run._r, "w:fldChar", {"w:fldCharType": kind})
        else:
            _append(run._r, "w:instrText", {"xml:space": "preserve"}).text = text


def _add_run(paragraph: Paragraph, text: str, *, arabic: bool, bold: bool = False) -> Run:
    run = paragraph.add_run(make_writable(text))
    if bold:
        run.bold = True
        run.font.cs_bold = True
    if arabic:
        run.font.rtl = True
        properties = run._r.get_or_add_rPr()
        _append(properties, "w:lang", {"w:bidi": "ar-SA"})
    return run


def _mark_row(row: Any, *marks: str) -> None:
    properties = row.get_or_add_trPr()
    for mark in marks:
        _append(properties, mark, {})


def _set_styles(document: Docx) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    quiet, warn = RGBColor(0x59, 0x55, 0x4F), RGBColor(0x8A, 0x3B, 0x12)
    normal = document.styles["Normal"]
    _set_fonts(normal, size=10.5)
    normal.paragraph_format.space_after = Pt(3)
    for name, size in (("Title", 20.0), ("Heading 1", 14.0), ("Heading 2", 12.0)):
        style = document.styles[name]
        _set_fonts(style, size=size)
        style.font.color.rgb = RGBColor(0x1F, 0x1D, 0x1A)
    for name, size, colour in (
        ("Quiet", 8.5, quiet),
        ("Column head", 8.5, quiet),
        ("Check", 9, warn),
        ("Denied", 10.5, RGBColor(0x1F, 0x1D, 0x1A)),
        ("Arabic", 12.5, None),
        ("Arabic quiet", 11, quiet),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        arabic = name.startswith("Arabic")
        style.base_style = normal
        style.font.size = Pt(size)
        if colour is not None:
            style.font.color.rgb = colour
        _set_arabic_size(style.element.get_or_add_rPr(), size if arabic else size + 1.5)
        if arabic:
            _insert(style.element.get_or_add_pPr(), "w:bidi", {}, before=_AFTER_BIDI)
            style.font.rtl = True
    document.styles["Denied"].paragraph_format.left_indent = Pt(9)
    link = document.styles.add_style("Link", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor(0x1F, 0x4F, 0x82), True
    _add_table_style(document)


def _set_fonts(style: Any, *, size: float) -> None:
    """Latin and Arabic fonts, sizes and languages of a style, none of them left to a theme."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = LATIN_FONT, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script, font in (("ascii", LATIN_FONT), ("hAnsi", LATIN_FONT), ("cs", ARABIC_FONT)):
        fonts.set(qn(f"w:{script}"), font)
    _set_arabic_size(properties, size + 2)
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    _append(properties, "w:lang", {"w:val": "en-GB", "w:bidi": "ar-SA"})


def _set_arabic_size(properties: Any, size: float) -> None:
    from docx.oxml.ns import qn

    for element in properties.findall(qn("w:szCs")):
        properties.remove(element)
    half_points = {"w:val": str(round(2 * size))}
    _insert(properties, "w:szCs", half_points, before=_AFTER_SIZE)


def _add_table_style(document: Docx) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    style = document.styles.add_style("Brief", WD_STYLE_TYPE.TABLE)
    style.element.append(parse_xml(_TABLE_LOOK.format(names=nsdecls("w"))))


def _make(tag: str, attributes: Mapping[str, str]) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _append(parent: Any, tag: str, attributes: Mapping[str, str]) -> Any:
    element = _make(tag, attributes)
    parent.append(element)
    return element


def _insert(parent: Any, tag: str, attributes: Mapping[str, str], *, before: Sequence[str]) -> None:
    parent.insert_element_before(_make(tag, attributes), *before)
