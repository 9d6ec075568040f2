"""Values to files: side-by-side pages, their index, the run report and briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bitrans.lazy import defer

if TYPE_CHECKING:
    from bitrans.render.brief import BRIEF_RENDERERS, BriefContext, Run, read_brief, view_brief
    from bitrans.render.data import render_json, render_report, report_to_json
    from bitrans.render.files import write_whole
    from bitrans.render.html import load_pages, render_html, render_index
    from bitrans.render.index import IndexEntry, describe_document
    from bitrans.render.markdown import render_markdown
    from bitrans.render.pages import RENDERERS
    from bitrans.render.scores_data import render_scores_json
    from bitrans.render.scores_page import render_scores_html
    from bitrans.render.scores_text import render_scores_text
    from bitrans.render.scores_words import words_of
    from bitrans.render.view import PageContext, anchor_of

__all__ = [
    "BRIEF_RENDERERS",
    "RENDERERS",
    "BriefContext",
    "IndexEntry",
    "PageContext",
    "Run",
    "anchor_of",
    "describe_document",
    "load_pages",
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

__getattr__ = defer(
    __name__,
    {
        "brief": ("BRIEF_RENDERERS", "BriefContext", "Run", "read_brief", "view_brief"),
        "data": ("render_json", "render_report", "report_to_json"),
        "files": ("write_whole",),
        "html": ("load_pages", "render_html", "render_index"),
        "index": ("IndexEntry", "describe_document"),
        "markdown": ("render_markdown",),
        "pages": ("RENDERERS",),
        "scores_data": ("render_scores_json",),
        "scores_page": ("render_scores_html",),
        "scores_text": ("render_scores_text",),
        "scores_words": ("words_of",),
        "view": ("PageContext", "anchor_of"),
    },
)
