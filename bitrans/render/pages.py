"""The kinds of page that an article is written to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bitrans.core import BilingualDocument
from bitrans.render.data import render_json
from bitrans.render.html import render_html
from bitrans.render.markdown import render_markdown
from bitrans.render.view import PageContext

#: A renderer for each kind of file, by its ending.
RENDERERS: Mapping[str, Callable[[BilingualDocument, PageContext], str]] = {
    "html": render_html,
    "md": render_markdown,
    "json": render_json,
}
