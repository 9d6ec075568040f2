"""A brief to one self-contained page in HTML, to DOCX, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bitrans.core import Brief
from bitrans.render.brief.data import brief_to_json, read_brief, render_brief_json
from bitrans.render.brief.docx import render_brief_docx
from bitrans.render.brief.html import render_brief_html
from bitrans.render.brief.markdown import render_brief_markdown
from bitrans.render.brief.rows import Run
from bitrans.render.brief.view import BriefContext, BriefView, view_brief

#: A renderer for each kind of file, by its ending.
BRIEF_RENDERERS: Mapping[str, Callable[[Brief, BriefContext], str | bytes]] = {
    "html": render_brief_html,
    "docx": render_brief_docx,
    "md": render_brief_markdown,
    "json": render_brief_json,
}

__all__ = [
    "BRIEF_RENDERERS",
    "BriefContext",
    "BriefView",
    "Run",
    "brief_to_json",
    "read_brief",
    "render_brief_docx",
    "render_brief_html",
    "render_brief_json",
    "render_brief_markdown",
    "view_brief",
]
