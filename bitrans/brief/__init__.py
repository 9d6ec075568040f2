"""Briefs: what many reports say, chosen, grouped and cited."""

from bitrans.brief.build import build_brief
from bitrans.brief.choose import choose_segments

__all__ = ["build_brief", "choose_segments"]
