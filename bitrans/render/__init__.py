"""Values to files: side-by-side pages, their index, the run report and briefs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bitrans.core import BilingualDocument
from bitrans.render.brief import BRIEF_RENDERERS, BriefContext, Run, read_brief, view_brief
from bitrans.render.data import render_json, render_report, report_to_json
from bitrans.render.files import write_whole
from bitrans.render.html import render_html, render_index
from bitrans.render.index import IndexEntry, describe_document
from bitrans.render.markdown import render_markdown
from bitrans.render.scores_data import render_scores_json
from bitrans.render.scores_page import render_scores_html
from bitrans.render.scores_text import render_scores_text
from bitrans.render.scores_words import words_of
from bitrans.render.view import PageContext, anchor_of

#: A renderer for each kind of file, by its ending.
RENDERERS: Mapping[str, Callable[[BilingualDocument, PageContext], str]] = {
    "html": render_html,
    "md": render_markdown,
    "json": render_json,
}

__all__ = [
    "BRIEF_RENDERERS",
    "RENDERERS",
    "BriefContext",
    "IndexEntry",
    "PageContext",
    "Run",
    "anchor_of",
    "describe_document",
    "read_brief",
    "render_html",
    "render_index",
    "render_json",
    "render_markdown",
    "render_report",
    "render_scores_html",
    "render_scores_json",
    "render_scores_text",
    "report_to_json",
    "view_brief",
    "words_of",
    "write_whole",
]
