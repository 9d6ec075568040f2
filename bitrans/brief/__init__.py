"""Briefs: what many reports say, chosen, grouped and cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bitrans.lazy import defer

if TYPE_CHECKING:
    from bitrans.brief.build import build_brief
    from bitrans.brief.choose import choose_segments

__all__ = ["build_brief", "choose_segments"]

__getattr__ = defer(__name__, {"build": ("build_brief",), "choose": ("choose_segments",)})
