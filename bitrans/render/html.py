"""Side-by-side pages: self-contained HTML that needs no network, no fonts and no JavaScript."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup, escape

from bitrans.core import BilingualDocument, RunReport
from bitrans.render.index import IndexEntry, sum_entries
from bitrans.render.scores import list_signatures, tabulate_scores
from bitrans.render.view import (
    METHODS,
    PageContext,
    count_totals,
    find_arabic_title,
    find_title,
    list_lines,
    list_rows,
    name_source,
)
from bitrans.render.words import clean, split_arabic

if TYPE_CHECKING:
    from jinja2 import Environment


def render_html(bilingual: BilingualDocument, context: PageContext | None = None) -> str:
    """The page of one article: Arabic beside English, the summary on top."""
    context = context or PageContext()
    lines = list_lines(bilingual)
    template = load_templates().get_template("article.html")
    return template.render(
        title=find_title(bilingual),
        arabic_title=find_arabic_title(bilingual),
        document=bilingual.document,
        source=name_source(bilingual),
        context=context,
        totals=count_totals(bilingual, lines),
        summary=[lines[index] for index in bilingual.summary],
        rows=list_rows(bilingual, lines),
        methods=METHODS,
        scores=tabulate_scores(context.scores),
        signatures=list_signatures(context.scores),
    )


def render_index(documents: Iterable[IndexEntry], report: RunReport) -> str:
    """The page over all articles of a run."""
    entries = list(documents)
    context = PageContext.of_report(report)
    template = load_templates().get_template("index.html")
    return template.render(
        entries=entries,
        report=report,
        context=context,
        totals=sum_entries(entries),
        scores=tabulate_scores(context.scores),
        signatures=list_signatures(report.scores),
    )


def load_pages() -> None:
    """Read the templates of articles and their index, which takes longer than to fill them."""
    for name in ("article.html", "index.html"):
        load_templates().get_template(name)


@cache
def load_templates() -> Environment:
    """The environment that every page is rendered in: escaped, strict about names."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("bitrans.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        bidi=_mark_arabic, clean=clean, address=_quote_address, breakable=_let_break
    )
    return environment


def _mark_arabic(text: str) -> Markup:
    """``text`` escaped, its Arabic kept from turning the English around it."""
    return Markup("").join(
        Markup('<bdi lang="ar">{}</bdi>').format(part) if arabic else escape(part)
        for part, arabic in split_arabic(clean(text))
    )


def _let_break(signature: str) -> Markup:
    """``signature`` escaped, free to break between its parts."""
    return Markup("|<wbr>").join(signature.split("|"))


def _quote_address(name: str) -> str:
    """A file name as a relative address: nothing in it can be a scheme, a host or a query."""
    return quote(name.encode("utf-8", "surrogateescape"), safe="")
