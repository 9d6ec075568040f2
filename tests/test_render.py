"""The pages of an article, of a run, and their files.

Golden files are compared whole; ``BITRANS_REFRESH_GOLDEN=1 pytest`` writes them anew. Look at
what changed before you keep it.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from bitrans.bilingual import from_json
from bitrans.core import (
    BilingualDocument,
    Document,
    Doubt,
    Failure,
    Pair,
    RunReport,
    Score,
    ScoreRow,
    Span,
    Step,
)
from bitrans.render import (
    RENDERERS,
    PageContext,
    describe_document,
    render_html,
    render_index,
    render_json,
    render_markdown,
    render_report,
    report_to_json,
)
from bitrans.render.view import METHODS, find_arabic_title, find_title, list_lines
from bitrans.render.words import clean, count, shorten, split_arabic

GOLDEN = Path(__file__).parent / "golden"
SIGNATURE = "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.4.3"
VOID = {"meta", "wbr", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Elements, ids, links and shown text of a page; every tag must be closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"td", "th", "dt", "dd", "li"}:
            self.texts.append(" ")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def attributes(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def sample() -> BilingualDocument:
    text = (GOLDEN / "sample.json").read_text(encoding="utf-8")
    return from_json(json.loads(text), source="sample.json")


@pytest.fixture(scope="module")
def context() -> PageContext:
    return PageContext.of_report(make_report(), document_id="sample", index="index.html")


@pytest.mark.parametrize("ending", ["html", "md"])
def test_pages_are_golden(ending: str, sample: BilingualDocument, context: PageContext) -> None:
    assert_golden(f"article.{ending}", RENDERERS[ending](sample, context))


def test_index_is_golden(sample: BilingualDocument) -> None:
    entry = describe_document(sample, name="01 الأول/#?")
    assert_golden("index.html", render_index([entry, describe_document(sample)], make_report()))


def test_report_is_golden() -> None:
    assert_golden("report.json", render_report(make_report()))


def test_rendered_json_is_read_back(sample: BilingualDocument, context: PageContext) -> None:
    assert from_json(json.loads(render_json(sample, context))) == sample


def test_renderers_need_no_context(sample: BilingualDocument) -> None:
    assert render_html(sample)
    assert render_markdown(sample)
    assert render_json(sample)


def test_all_segments_stand_in_order(sample: BilingualDocument) -> None:
    page = Page(render_html(sample))
    rows = [name for name in page.attributes("id") if re.fullmatch(r"s\d+", name)]
    assert rows == [f"s{number}" for number in range(1, len(sample.pairs) + 1)]
    numbers = re.findall(r"^(?:\*\*|### )(\d+)\.", after_heading(render_markdown(sample)), re.M)
    assert numbers == [str(number) for number in range(1, len(sample.pairs) + 1)]


def test_all_text_is_shown(sample: BilingualDocument) -> None:
    shown = squeeze(Page(render_html(sample)).text)
    parts = [part.span.slice(sample.document.text) for part in sample.document.set_aside]
    for text in [*parts[1:], *(pair.segment.text for pair in sample.pairs)]:
        assert squeeze(clean(text)) in shown
    for line in list_lines(sample):
        marked = "".join(
            piece.text + (piece.name.words.mark if piece.name else "") for piece in line.english
        )
        assert squeeze(clean(marked)) in shown


def test_every_link_leads_somewhere(sample: BilingualDocument, context: PageContext) -> None:
    page = Page(render_html(sample, context))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    links = page.attributes("href")
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert [link for link in links if not link.startswith("#")] == ["index.html"]
    for link in page.attributes("aria-labelledby"):
        assert link in ids


def test_summary_links_to_its_lines(sample: BilingualDocument) -> None:
    top = Page(render_html(sample)).attributes("href")[1 : 1 + len(sample.summary)]
    assert top == [f"#s{index + 1}" for index in sample.summary]


def test_pages_open_no_connection(sample: BilingualDocument, context: PageContext) -> None:
    index = render_index([describe_document(sample)], make_report())
    for html in (render_html(sample, context), index):
        page = Page(html)
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
        assert not page.attributes("src")
        assert "://" not in html
        assert "@import" not in html
        assert "url(" not in html
        assert "default-src 'none'; style-src 'unsafe-inline'" in page.attributes("content")


def test_hostile_text_stays_text(sample: BilingualDocument) -> None:
    html, markdown = render_html(sample), render_markdown(sample)
    assert "<script" not in html
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; said | *" in html
    assert "<b>Abdulrahman" not in html
    assert 'Rami "Abu" <b>Abdulrahman</b>' in Page(html).text
    assert r"X \<script\>alert" in markdown
    assert r"said \| \*Russia\* bombed the city. \[a\](b)" in markdown


def test_no_character_turns_the_text_around(sample: BilingualDocument) -> None:
    assert "\u202e" in sample.document.text
    for page in (render_html(sample), render_markdown(sample)):
        assert not re.search("[\u202a-\u202e]", page)
    for hint in Page(render_html(sample)).attributes("title"):
        opened = len(re.findall("[\u2066-\u2068]", hint))
        assert opened == hint.count("\u2069")


def test_arabic_says_what_it_is(sample: BilingualDocument) -> None:
    page = Page(render_html(sample))
    assert page.elements[0] == ("html", {"lang": "en", "dir": "ltr"})
    cells = [attributes for tag, attributes in page.elements if tag == "td" and "dir" in attributes]
    assert len(cells) == len(sample.pairs) + len(sample.summary) + 2
    assert all((cell["lang"], cell["dir"]) == ("ar", "rtl") for cell in cells)
    assert '“<bdi lang="ar">المقاتلون</bdi>”' in render_html(sample)


def test_each_method_has_its_mark(sample: BilingualDocument) -> None:
    html = render_html(sample)
    assert len({words.mark for words in METHODS.values()}) == len(METHODS)
    for method, words in METHODS.items():
        assert f'class="name {method}' in html
        assert f"<sup>{words.mark}</sup>" in html
        assert f".{method}" in html or method == "already-right"


def test_name_not_enforced_is_said_under_its_line(sample: BilingualDocument) -> None:
    shown = squeeze(Page(render_html(sample)).text)
    said = "كرم الدعدع should be Karm al-Daadaa"
    assert f"Name not enforcedN: {said} — the English above may name it otherwise" in shown
    assert f"- **Name not enforced:** {said}" in render_markdown(sample)


def test_doubts_stand_in_summary_and_article(sample: BilingualDocument) -> None:
    for page in (Page(render_html(sample)).text, render_markdown(sample).replace("**", "")):
        assert page.count("Check: In the Arabic but not in the English: 90.") == 2


def test_a_suggested_spelling_is_shown_as_any_doubt(sample: BilingualDocument) -> None:
    said = "A name may be wrong or missing: “الأرمنازي” may be “al-Armanazi”."
    pairs = [replace(pair, doubts=(Doubt("name-unsure", said),)) for pair in sample.pairs]
    doubted = replace(sample, pairs=tuple(pairs))
    assert f"Check: {said}" in clean(squeeze(Page(render_html(doubted)).text))
    assert said in json.loads(render_json(doubted))["pairs"][0]["doubts"][0]["message"]


def test_parts_set_aside_stand_in_place(sample: BilingualDocument) -> None:
    for page in (Page(render_html(sample)).text, render_markdown(sample)):
        before, aside, after = (
            page.rindex(text)
            for text in ("announced it", "Set aside: advertisement line", "The opposition")
        )
        assert before < aside < after
        assert "byte-order mark" not in page


def test_names_that_overlap_are_marked_once(sample: BilingualDocument) -> None:
    pair = sample.pairs[1]
    everywhere = (Span(18, 60), Span(20, 50), Span(18, 30), Span(70, 900), Span(5, 5), None)
    for first in everywhere:
        for second in everywhere:
            targets = [first, second, Span(32, 42)]
            steps = [replace(step, target=targets.pop()) for step in pair.steps]
            assert_shown(replace(pair, steps=tuple(steps)))


def test_matches_that_overlap_are_marked_once(sample: BilingualDocument) -> None:
    pair = sample.pairs[1]
    again = replace(pair.matches[0], span=Span(0, 40), text=pair.segment.text[:40])
    assert_shown(replace(pair, matches=(again, *pair.matches)))


def test_name_without_a_step_is_not_enforced(sample: BilingualDocument) -> None:
    (line,) = list_lines(alone(replace(sample.pairs[0], steps=())))
    assert [name.method for name in line.unenforced] == ["not-enforced"]
    assert "no step was taken" in line.names[0].hint


def test_last_step_of_a_name_counts(sample: BilingualDocument) -> None:
    pair = sample.pairs[0]
    first = Step(pair.matches[0], "not-enforced", Span(0, 0), "", "", "first try")
    (line,) = list_lines(alone(replace(pair, steps=(first, *pair.steps))))
    assert [name.method for name in line.names] == ["already-right"]


def test_document_without_segments_is_a_page() -> None:
    nothing = BilingualDocument(Document("n", "notes.txt", "-", None, "\n", "0"), ())
    assert "Nothing in this file could be translated." in Page(render_html(nothing)).text
    assert "standard input" in render_markdown(nothing)
    assert Page(render_index([describe_document(nothing)], make_report()))


def test_index_without_articles_says_what_failed() -> None:
    shown = Page(render_index([], make_report())).text
    assert "No article was translated." in shown
    assert "bad.bin: not text; give a text file" in shown


def test_index_links_are_relative_addresses(sample: BilingualDocument) -> None:
    entry = describe_document(sample, name="javascript:x/../#?", formats=("html",))
    links = set(Page(render_index([entry], make_report())).attributes("href"))
    assert links == {"javascript%3Ax%2F..%2F%23%3F.html"}


def test_index_counts_all_articles(sample: BilingualDocument) -> None:
    shown = squeeze(Page(render_index([describe_document(sample)] * 2, make_report())).text)
    assert "2 articles 12 segments 10 of 14 names enforced 6 doubts 4 parts set aside" in shown


def test_scores_stand_with_their_signatures(
    sample: BilingualDocument, context: PageContext
) -> None:
    shown = squeeze(Page(render_html(sample, context)).text)
    assert "with glossary 24.3 (22.0–26.5) 49.0" in shown
    assert "without glossary 21.1 —" in shown
    assert SIGNATURE in shown
    assert f"`{SIGNATURE}`" in render_markdown(sample, context)
    assert "Scores" not in render_html(sample)


def test_report_counts_names() -> None:
    names = report_to_json(make_report())["names"]
    assert (names["found"], names["enforced"]) == (7, 5)


def test_titles_are_english_and_arabic(sample: BilingualDocument) -> None:
    assert find_title(sample) == "The fall of the neighbourhoods of Aleppo"
    assert find_arabic_title(sample) == "سقوط أحياء حلب"
    untitled = replace(sample, document=replace(sample.document, title="sample"))
    assert find_arabic_title(untitled) == "سقوط أحياء حلب"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("two\n words", 10, "two words"),
        ("one two three", 9, "one two…"),
        ("one two three, four five six", 20, "one two three…"),
        ("a, bcdefgh ijkl", 12, "a, bcdefgh…"),
        ("unbreakable", 5, "unbre…"),
    ],
)
def test_long_text_is_cut_at_a_clause_or_a_word(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected


def test_arabic_is_told_apart_with_what_joins_it() -> None:
    parts = list(split_arabic("“كرم الدعدع” in حلب، 90 % and RT"))
    assert [part for part, arabic in parts if arabic] == ["كرم الدعدع", "حلب،"]
    assert "".join(part for part, _ in parts) == "“كرم الدعدع” in حلب، 90 % and RT"


def test_counts_are_words() -> None:
    assert (count(1, "doubt"), count(1200, "doubt")) == ("1 doubt", "1,200 doubts")


@pytest.mark.parametrize(
    "text", ["# no heading", "1. no list", "12) no list", "- no list", "+ no list", "=== no rule"]
)
def test_markdown_opens_nothing(text: str, sample: BilingualDocument) -> None:
    page = render_markdown(alone(plain_pair(sample, text)))
    assert f"> {text}" not in page
    assert text in page.replace("\\", "")


def test_markdown_leaves_plain_text_as_it_is(sample: BilingualDocument) -> None:
    plain = 'A 16-year-old (12.5 %) of the_group said: "no!" #1'
    for text in (plain, f"16-{plain}", f"12.5 {plain}"):
        assert f"> {text}" in render_markdown(alone(plain_pair(sample, text)))


@pytest.mark.parametrize(("theme", "block"), [("light", 0), ("dark", 1), ("print", 2)])
def test_colours_are_readable(theme: str, block: int) -> None:
    css = (files("bitrans.render") / "templates" / "page.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", css.split(":root")[block + 1]))
    for ground in ("page", "shade"):
        for ink in ("ink", "quiet", "link", "mark", "warn"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (theme, ink, ground)


def assert_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("BITRANS_REFRESH_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def assert_shown(pair: Pair) -> None:
    """The pieces of a line give back its texts, and its page is well formed."""
    (line,) = list_lines(alone(pair))
    assert "".join(piece.text for piece in line.english) == pair.target
    assert "".join(piece.text for piece in line.arabic) == pair.segment.text
    assert Page(render_html(alone(pair)))


def plain_pair(bilingual: BilingualDocument, text: str) -> Pair:
    return Pair(replace(bilingual.pairs[3].segment, text=text), "", "")


def alone(pair: Pair) -> BilingualDocument:
    """A document of one pair."""
    text = pair.segment.text
    segment = replace(pair.segment, index=0, span=Span(0, len(text)))
    document = Document(segment.document_id, "", "a.txt", None, text, "0")
    return BilingualDocument(document, (replace(pair, segment=segment),))


def make_report() -> RunReport:
    def row(document: str | None, system: str, *scores: Score) -> ScoreRow:
        return ScoreRow(document, system, scores)

    bleu = Score("BLEU", 24.31, SIGNATURE, 6, (22.0, 26.5))
    chrf = Score("chrF++", 49.0, "nrefs:1|nc:6|nw:2|version:2.4.3", 6)
    rows = [
        (row(name, "with glossary", bleu, chrf), row(name, "without glossary", replace(
            bleu, value=21.07, interval=None)))
        for name in ("sample", None)
    ]  # fmt: skip
    return RunReport(
        version="0.0.0",
        created="2016-12-13 09:00 UTC",
        model={"id": "toy"},
        glossary={"revision": "abc123"},
        settings={"beam": 4, "folder": Path("out")},
        timings={"translate": 1.5},
        documents=1,
        segments=6,
        methods={"already-right": 2, "n-best": 1, "rewritten": 2, "not-enforced": 2},
        doubts={"number-lost": 1, "untranslated": 1, "empty": 1},
        scores=tuple(row for pair in rows for row in pair),
        failures=(Failure("bad.bin", "bad.bin: not text; give a text file"),),
        notes=("One file of two was read.",),
    )


def after_heading(markdown: str) -> str:
    return markdown.split("## The article", 1)[1]


def squeeze(text: str) -> str:
    return " ".join(text.split())


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
