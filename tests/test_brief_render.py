"""Briefs in HTML, DOCX, Markdown and JSON, from briefs made by hand.

Golden files are compared whole; ``BITRANS_REFRESH_GOLDEN=1 pytest`` writes them anew. Look at
what changed before you keep it.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from bitrans.core import Brief, Citation, Figure, FigureGroup, Pair
from bitrans.errors import InputError
from bitrans.render import BRIEF_RENDERERS, BriefContext, anchor_of, render_html
from bitrans.render.brief import (
    brief_to_json,
    read_brief,
    render_brief_docx,
    render_brief_html,
    render_brief_json,
    render_brief_markdown,
    view_brief,
)
from bitrans.render.brief.wording import word_amount, word_days, word_figure
from tests.briefs import (
    LONG_NAME,
    RUN,
    list_citations,
    make_brief,
    make_context,
    make_report,
    without_context,
)
from tests.test_render import Page, assert_golden, squeeze

STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def brief() -> Brief:
    return make_brief()


@pytest.fixture(scope="module")
def context(brief: Brief) -> BriefContext:
    return make_context(brief)


class Word:
    """A DOCX file opened again: its text, its links and its XML."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))
        self.body = self.document.element.body
        relations = self.document.part.rels
        self.links = [
            f"{relations[it.get(qn('r:id'))].target_ref}#{it.get(qn('w:anchor')) or ''}".rstrip("#")
            for it in self.body.iter(qn("w:hyperlink"))
        ]
        self.text = squeeze(
            "\n".join(
                "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
                for paragraph in self.body.iter(qn("w:p"))
            )
        )


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_briefs_are_golden(ending: str, brief: Brief, context: BriefContext) -> None:
    text = BRIEF_RENDERERS[ending](brief, context)
    assert isinstance(text, str)
    assert_golden(f"brief.{ending}", text)


@pytest.mark.parametrize("ending", list(BRIEF_RENDERERS))
def test_a_brief_needs_no_context_and_no_content(ending: str, brief: Brief) -> None:
    render = BRIEF_RENDERERS[ending]
    assert render(brief, BriefContext())
    assert render(without_context(brief), BriefContext())
    assert render(replace(without_context(brief), reports=()), BriefContext())


def list_addresses(brief: Brief, context: BriefContext) -> set[str]:
    return {
        f"{context.pages[it.document_id]}#{anchor_of(it.index)}" for it in list_citations(brief)
    }


def test_every_line_leads_to_its_place_in_html(brief: Brief, context: BriefContext) -> None:
    links = set(Page(render_brief_html(brief, context)).attributes("href"))
    assert list_addresses(brief, context) <= links
    pages = {context.pages[it.document.id]: it for it in brief.reports}
    outside = {link for link in links if not link.startswith("#")}
    for link in outside:
        page, _, anchor = link.partition("#")
        ids = Page(render_html(pages[page])).attributes("id")
        assert not anchor or anchor in ids, link


def test_every_line_leads_to_its_place_in_markdown(brief: Brief, context: BriefContext) -> None:
    links = re.findall(r"\[(?:[^\]\\]|\\.)*\]\(([^)]+)\)", render_brief_markdown(brief, context))
    assert list_addresses(brief, context) <= set(links)


def test_every_line_leads_to_its_place_in_docx(brief: Brief, context: BriefContext) -> None:
    assert list_addresses(brief, context) <= set(Word(render_brief_docx(brief, context)).links)


def test_every_line_leads_to_its_span_in_json(brief: Brief, context: BriefContext) -> None:
    data = json.loads(render_brief_json(brief, context))
    texts = {it.document.id: it.document.text for it in brief.reports}
    numbers = {it["number"]: it["id"] for it in data["reports"]}
    cited = set()
    for line in data["lines"].values():
        start, end = line["span"]
        assert texts[numbers[line["report"]]][start:end] == line["arabic"]
        cited.add(line["page"])
    assert list_addresses(brief, context) <= cited
    for found in find_citations(data):
        assert found["line"] in data["lines"]
    for group in data["figures"]:
        for figure in group["figures"]:
            start, end = figure["span"]
            assert data["lines"][figure["line"]]["arabic"][start:end] == figure["text"]


def test_places_are_named_as_on_the_side_by_side_page(brief: Brief, context: BriefContext) -> None:
    label = "Report 1, paragraph 6, sentence 5"
    html = render_brief_html(brief, context)
    assert f">{label}</a>" in html
    assert f"[{label}](../in/sample.html#s5)" in render_brief_markdown(brief, context)
    assert label in Word(render_brief_docx(brief, context)).text
    page = render_html(brief.reports[0])
    (row,) = re.findall(r'<tr id="s5".*?</th>', page, re.DOTALL)
    assert ">5</a>" in row


def test_lines_stand_in_full_beside_their_arabic(brief: Brief, context: BriefContext) -> None:
    html = squeeze(Page(render_brief_html(brief, context)).text)
    word = Word(render_brief_docx(brief, context)).text
    markdown = squeeze(render_brief_markdown(brief, context).replace("\\", ""))
    pairs = [brief.find(claim.citation) for claim in brief.claims]
    pairs += [brief.find(it) for claim in brief.claims for it in claim.denials]
    pairs += [brief.find(moment.citation) for moment in brief.moments if moment.start]
    pairs += [brief.find(figure.citation) for figure in brief.figures[1].figures]
    for pair in pairs:
        for text in (pair.target, pair.segment.text):
            shown = squeeze(STEERING.sub("", text))
            assert shown in html
            assert shown in word
            assert shown in markdown


def test_copies_are_told_apart_from_reports_in_other_words(
    brief: Brief, context: BriefContext
) -> None:
    html = squeeze(Page(render_brief_html(brief, context)).text)
    word = Word(render_brief_docx(brief, context)).text
    markdown = squeeze(
        re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", render_brief_markdown(brief, context))
    )
    for shown in (html.replace(": ", " "), word.replace(": ", " "), markdown.replace(": ", " ")):
        assert "Also in 1 other report, in other words Report 1, paragraph 2, sentence 2" in shown
        assert (
            "Copied in 1 other report, nearly word for word not a second source "
            "Report 3, paragraph 1, sentence 1"
        ) in shown
        assert "Said again in the same report Report 2, paragraph 3, sentence 3" in shown


def test_reports_that_carry_a_claim_are_counted_once(brief: Brief) -> None:
    claim = brief.claims[0]
    sample = claim.carriers[0]
    twice = replace(sample, citation=Citation(sample.citation.document_id, 2))
    view = view_brief(replace(brief, claims=(replace(claim, carriers=(sample, twice)),)))
    ((words, places),) = view.points[0].also
    assert words == "Also in 1 other report, in other words"
    assert len(places) == 2


def test_denials_stand_right_under_what_they_deny(brief: Brief, context: BriefContext) -> None:
    for ending in ("html", "md"):
        text = str(BRIEF_RENDERERS[ending](brief, context))
        if ending == "html":
            text = Page(text).text
        points = text.index("Key points", text.index("Skip") if ending == "html" else 0)
        denied = text.index("The opposition committee denied this.", points)
        assert text.index("The army announced", points) < denied
        assert denied < text.index("X ", denied)
    rows = Word(render_brief_docx(brief, context)).document.tables[0].rows
    texts = [row.cells[1].text for row in rows]
    assert texts[1].startswith("The army announced the fall of 45 districts.")
    assert texts[2].startswith("Denied: The opposition committee denied this.")


def test_who_says_it_is_said(brief: Brief, context: BriefContext) -> None:
    html = squeeze(Page(render_brief_html(brief, context)).text)
    assert "Who says it: الجيش (not in the glossary) “announced”, أعلن" in html.replace(
        "Who says it ", "Who says it: "
    )
    markdown = render_brief_markdown(brief, context)
    assert "Who says it: الجيش (not in the glossary; “announced”: أعلن)" in markdown
    assert (
        "Who says it: the Syrian Observatory for Human Rights (“reported”: أعلن), in "
        "[Report 1, paragraph 3, sentence 3](../in/sample.html#s3); "
        "somebody who is not named (“said”: قال)"
    ) in markdown
    assert "Who says it: the report itself; it names no speaker" in markdown
    word = Word(render_brief_docx(brief, context)).text
    assert "Who says it: الجيش (not in the glossary; “announced”: أعلن)" in word


def test_doubts_stand_on_the_line_and_among_the_doubts(brief: Brief, context: BriefContext) -> None:
    lost = "In the Arabic but not in the English: 90."
    unenforced = "كرم الدعدع should be Karm al-Daadaa"
    shown = {
        "html": Page(render_brief_html(brief, context)).text,
        "docx": Word(render_brief_docx(brief, context)).text,
        "md": render_brief_markdown(brief, context),
    }
    for name, text in shown.items():
        here = squeeze(text)
        for words in (lost, unenforced):
            assert here.count(words) == 2, (name, words)
        assert "number is not in the English line" in here
        assert "about 50 (نحو 50 حيا) is not in the English line" in here
        assert "6 of the 7 lines that stand here are flagged" in here
    flagged = [it["line"] for it in brief_to_json(brief, context)["doubts"]]
    assert flagged == ["r2s1", "r1s5", "r1s2", "r2s2", "r2s3", "r3s2"]


def test_a_number_that_a_doubt_names_is_not_named_twice(brief: Brief) -> None:
    (flagged,) = [it for it in view_brief(brief).flagged if it.place.id == "r2s3"]
    assert flagged.checks == ("Check: In the Arabic but not in the English: 50.",)


def test_figures_that_differ_stand_first_and_are_marked_in_words(
    brief: Brief, context: BriefContext
) -> None:
    view = view_brief(brief, context)
    assert [table.counted for table in view.differing] == ["Districts fallen"]
    html = squeeze(Page(render_brief_html(brief, context)).text)
    markdown = render_brief_markdown(brief, context)
    word = Word(render_brief_docx(brief, context)).text
    for shown in (html, markdown, word):
        start = shown.index("Where the reports differ")
        assert start < shown.index("45 districts", start) < shown.index("about 50 districts", start)
        assert shown.index("about 50 districts", start) < shown.index("50 people", start)
        assert "reports differ" in shown[shown.index("Districts fallen", start) :][:60]
    assert "1 figure on which reports differ" in html


def test_runs_that_differ_are_told(brief: Brief, context: BriefContext) -> None:
    for ending in ("html", "md"):
        shown = squeeze(str(BRIEF_RENDERERS[ending](brief, context)))
        assert "translated in 2 different runs" in shown
        assert "model toy-2, glossary abc123, translated 2016-12-14 09:00 UTC" in shown
    assert "translated in 2 different runs" in Word(render_brief_docx(brief, context)).text
    same = replace(context, runs=dict.fromkeys(context.pages, RUN))
    page = squeeze(Page(render_brief_html(brief, same)).text)
    assert "different runs" not in page
    assert "All reports: model toy, glossary abc123, translated 2016-12-13 09:00 UTC." in page
    assert "Translated by: not recorded" in render_brief_markdown(brief, BriefContext())


def test_hashes_and_notes_stand_in_every_format(brief: Brief, context: BriefContext) -> None:
    shown = {
        "html": Page(render_brief_html(brief, context)).text,
        "docx": Word(render_brief_docx(brief, context)).text,
        "md": render_brief_markdown(brief, context).replace("\\", ""),
        "json": render_brief_json(brief, context),
    }
    for text in shown.values():
        for report in brief.reports:
            assert report.document.sha256 in text
        assert "1 report has no known date: kept (<i>.txt)" in text


def test_json_is_read_back(brief: Brief, context: BriefContext) -> None:
    data = json.loads(render_brief_json(brief, context))
    assert read_brief(data, brief.reports) == brief
    assert read_brief(data, brief.reports[::-1]) == brief


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "bitrans-bilingual"}, "not a brief"),
        ({"version": 2}, "format version 2"),
        ({"points": [{"line": "r9s9", "span": None}]}, "damaged"),
        ({"lines": None}, "damaged"),
        ({"reports": [{"id": "other", "sha256": "0"}]}, "of other reports"),
    ],
)
def test_json_of_something_else_is_refused(
    change: dict[str, Any], words: str, brief: Brief, context: BriefContext
) -> None:
    data = json.loads(render_brief_json(brief, context)) | change
    with pytest.raises(InputError, match=words):
        read_brief(data, brief.reports, source="b.json")


def test_json_of_changed_reports_is_refused(brief: Brief, context: BriefContext) -> None:
    data = json.loads(render_brief_json(brief, context))
    first = brief.reports[0]
    changed = replace(first, document=replace(first.document, sha256="1" * 64))
    with pytest.raises(InputError, match="another SHA-256"):
        read_brief(data, (changed, *brief.reports[1:]))


def test_a_citation_to_nothing_is_an_error(brief: Brief) -> None:
    for citation in (Citation("nowhere", 0), Citation("sample", 99)):
        broken = replace(brief, claims=(replace(brief.claims[0], citation=citation),))
        with pytest.raises(KeyError):
            view_brief(broken)


def test_the_page_opens_no_connection(brief: Brief, context: BriefContext) -> None:
    html = render_brief_html(brief, context)
    page = Page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "image", "iframe", "object", "embed", "form", "use"}
    assert not page.attributes("src")
    assert "://" not in html
    assert "url(" not in html
    assert "default-src 'none'; style-src 'unsafe-inline'" in page.attributes("content")


def test_hostile_text_stays_text(brief: Brief, context: BriefContext) -> None:
    html = render_brief_html(brief, context)
    markdown = render_brief_markdown(brief, context)
    assert "<script" not in html
    assert "<img" not in html
    assert "in 3 reports &lt;b&gt;" in html
    assert r"X \<script\>alert" in markdown
    assert r"said \| \*Russia\* bombed the city. \[a\](b)" in markdown
    assert markdown.startswith(r"# Aleppo \<img src=x\> \| \*one\* day \[a\](b)")
    for text in (html, markdown):
        assert not re.search("[\u202a-\u202e]", text)
    for link in Page(html).attributes("href"):
        assert not link.startswith("javascript:")
    data = render_brief_docx(brief, context)
    assert not STEERING.search(Word(data).text)


def test_docx_holds_what_xml_cannot(context: BriefContext) -> None:
    report = make_report("a", [("حلب\x00\x0b\ufffe", "Aleppo \x07\x1b \udcc8 \ufffe\U0001f600")])
    brief = without_context(replace(make_brief("Title \x00 \udcff"), reports=(report,)))
    moment = replace(make_brief().moments[0], citation=Citation("a", 0))
    data = render_brief_docx(replace(brief, moments=(moment,)), BriefContext())
    assert "Aleppo" in Word(data).text
    for ending in ("html", "md", "json"):
        assert BRIEF_RENDERERS[ending](replace(brief, moments=(moment,)), BriefContext())


def test_long_names_do_not_break_the_page(brief: Brief, context: BriefContext) -> None:
    assert LONG_NAME in render_brief_html(brief, context)
    assert LONG_NAME in Word(render_brief_docx(brief, context)).text


def test_the_page_says_what_its_parts_are(brief: Brief, context: BriefContext) -> None:
    page = Page(render_brief_html(brief, context))
    assert page.elements[0] == ("html", {"lang": "en", "dir": "ltr"})
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.attributes("href") if link.startswith("#")} <= set(ids)
    for names in page.attributes("aria-labelledby"):
        assert set(names.split()) <= set(ids)
    headings = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    cells = [attributes for tag, attributes in page.elements if tag == "th"]
    assert cells
    assert all(cell.get("scope") in ("col", "row", "rowgroup") for cell in cells)
    arabic = [it for tag, it in page.elements if tag in ("td", "p") and it.get("dir") == "rtl"]
    assert arabic
    assert all(it["lang"] == "ar" for it in arabic)
    assert {it.get("lang") for tag, it in page.elements if tag == "bdi"} == {"ar"}


def test_the_map_is_told_to_those_who_do_not_see_it(brief: Brief, context: BriefContext) -> None:
    html = render_brief_html(brief, context)
    (image,) = re.findall("<svg.*?</svg>", html, re.DOTALL)
    root = etree.fromstring(image)
    assert root.get("role") == "img"
    title, description = root.find("title"), root.find("desc")
    assert title is not None
    assert description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert "Aleppo (3 times), Idlib (2 times)" in (description.text or "")
    placeless = replace(brief, names=brief.names[2:])
    assert "<svg" not in render_brief_html(placeless, context)


def test_word_tables_repeat_their_heads_and_keep_their_rows_whole(
    brief: Brief, context: BriefContext
) -> None:
    tables = list(Word(render_brief_docx(brief, context)).body.iter(qn("w:tbl")))
    assert len(tables) == 9
    for table in tables:
        rows = table.findall(qn("w:tr"))
        assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [
            True,
            *[False] * (len(rows) - 1),
        ]
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_word_says_which_way_text_runs(brief: Brief, context: BriefContext) -> None:
    word = Word(render_brief_docx(brief, context))
    found = 0
    for paragraph in word.body.iter(qn("w:p")):
        bidi = paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
        for run in paragraph.iter(qn("w:r")):
            text = "".join(it.text or "" for it in run.iter(qn("w:t")))
            properties = run.find(qn("w:rPr"))
            rtl = properties is not None and properties.find(qn("w:rtl")) is not None
            arabic = re.search("[\u0621-\u064a]", text) is not None
            assert rtl or not arabic, text
            if rtl:
                found += 1
                language = properties.find(qn("w:lang"))
                assert language.get(qn("w:bidi")) == "ar-SA"
                assert list(properties).index(language) == len(properties) - 1
        if bidi:
            assert any(run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in paragraph)
    assert found > 20
    styles = word.document.styles
    for name in ("Arabic", "Arabic quiet"):
        assert styles[name].element.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    fonts = styles["Normal"].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert fonts.get(qn("w:cs")) == "Times New Roman"


def test_word_document_says_what_it_is(brief: Brief, context: BriefContext) -> None:
    properties = Word(render_brief_docx(brief, context)).document.core_properties
    assert properties.title == "Aleppo <img src=x> | *one* day [a](b)"
    assert properties.author == "bitrans 0.0.0"
    assert properties.language == "en-GB"
    assert str(properties.created).startswith("2016-12-14 10:00:00")


def test_word_document_loads_nothing_from_elsewhere(brief: Brief, context: BriefContext) -> None:
    archive = zipfile.ZipFile(io.BytesIO(render_brief_docx(brief, context)))
    for name in archive.namelist():
        if name.endswith(".rels"):
            for relation in etree.fromstring(archive.read(name)):
                external = relation.get("TargetMode") == "External"
                assert not external or str(relation.get("Type")).endswith("/hyperlink")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2016-12-13", "2016-12-13", "13 December 2016"),
        ("2016-12-13", None, "13 December 2016"),
        ("2016-12-07", "2016-12-09", "7–9 December 2016"),
        ("2016-12-01", "2016-12-31", "December 2016"),
        ("2016-02-01", "2016-02-29", "February 2016"),
        ("2016-01-01", "2016-12-31", "2016"),
        ("2016-11-28", "2016-12-02", "28 November – 2 December 2016"),
        ("2015-12-30", "2016-01-02", "30 December 2015 – 2 January 2016"),
        ("soon", None, "soon"),
        (None, None, "Day not known"),
    ],
)
def test_days_in_words(start: str | None, end: str | None, words: str) -> None:
    assert word_days(start, end) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ((45, 45, "exactly"), "45"),
        ((130_000, 130_000, "at-least"), "at least 130,000"),
        ((12.5, 12.5, "about"), "about 12.5"),
        ((40, 45, "between"), "40–45"),
        ((7e9, 7e9, "at-most"), "at most 7,000,000,000"),
        ((2.5e12, 2.5e12, "exactly"), "2,500,000,000,000"),
        ((20, 99, "about"), "dozens"),
        ((2_000, 9_999, "about"), "thousands"),
        ((20_000, 99_999, "about"), "tens of thousands"),
        ((20, 99, "between"), "20–99"),
    ],
)
def test_figures_in_words(figure: tuple[float, float, Any], words: str) -> None:
    low, high, hedge = figure
    assert word_figure(Figure(Citation("a", 0), "", low, high, "", "", hedge)) == words


def test_a_word_for_many_stands_before_what_it_counts() -> None:
    cases = Figure(Citation("a", 0), "عشرات", 20, 99, "cases", "", "about")
    assert word_amount(cases) == "dozens of"
    assert word_amount(replace(cases, unit="")) == "dozens"
    assert word_amount(replace(cases, high=30)) == "about 20–30"


def test_dates_without_a_day_stand_apart_with_the_reason(
    brief: Brief, context: BriefContext
) -> None:
    html = squeeze(Page(render_brief_html(brief, context)).text)
    word = Word(render_brief_docx(brief, context)).text
    markdown = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", render_brief_markdown(brief, context))
    for shown in (html, word, markdown):
        assert "Dates whose day is not known" in shown
        where = "Report 3, paragraph 2, sentence 2"
        assert f"Report 3: no date is given — قبل هدنة ({where})" in shown


def test_figures_that_count_nothing_known_say_so(brief: Brief) -> None:
    group = FigureGroup("", "", brief.figures[0].figures, False)
    assert view_brief(replace(brief, figures=(group,))).agreeing[0].counted == (
        "What is counted is not known"
    )


def test_names_that_come_once_share_a_line(brief: Brief, context: BriefContext) -> None:
    once = [replace(brief.names[1], count=1) for _ in range(4)]
    many = replace(brief, names=(brief.names[0], *once))
    (table,) = view_brief(many).names
    assert (len(table.rows), len(table.once)) == (1, 4)
    for ending in ("html", "md"):
        assert "Named once: " in str(BRIEF_RENDERERS[ending](many, context))
    links = Word(render_brief_docx(many, context)).links
    assert links.count("%D8%AA.html#s1") >= 4


def find_citations(data: object) -> list[dict[str, Any]]:
    """Every object in JSON values that refers to a line."""
    if isinstance(data, dict):
        own = [data] if "line" in data else []
        return own + [found for value in data.values() for found in find_citations(value)]
    if isinstance(data, list):
        return [found for value in data for found in find_citations(value)]
    return []


def test_pairs_without_english_say_so(context: BriefContext) -> None:
    report = make_report("a", [("صمت.", "")])
    moment = replace(make_brief().moments[0], citation=Citation("a", 0))
    brief = replace(without_context(make_brief()), reports=(report,), moments=(moment,))
    assert isinstance(report.pairs[0], Pair)
    for ending in ("html", "md"):
        assert "(no English)" in str(BRIEF_RENDERERS[ending](brief, BriefContext()))
