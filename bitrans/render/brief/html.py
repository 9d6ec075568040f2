"""A brief as one self-contained page: no network, no web fonts, no JavaScript."""

from __future__ import annotations

from bitrans.core import Brief
from bitrans.render.brief.map import Spot, draw_maps
from bitrans.render.brief.rows import NO_SPEAKER
from bitrans.render.brief.view import BriefContext, BriefView, view_brief
from bitrans.render.brief.wording import KIND_WORDS
from bitrans.render.html import load_templates


def render_brief_html(brief: Brief, context: BriefContext | None = None) -> str:
    """The page of a brief: key points first, each English line beside its Arabic."""
    view = view_brief(brief, context)
    template = load_templates().get_template("brief.html")
    return template.render(
        view=view, maps=draw_maps(list_spots(view)), kinds=KIND_WORDS, no_speaker=NO_SPEAKER
    )


def list_spots(view: BriefView) -> list[Spot]:
    """The names of a brief that have coordinates within the globe."""
    rows = (row for table in view.names for row in (*table.rows, *table.once))
    found = ((row, row.mentions.term.coordinates) for row in rows)
    return [
        Spot(row.english, row.mentions.count, *place)
        for row, place in found
        if place and abs(place[0]) <= 90 and abs(place[1]) <= 180
    ]
