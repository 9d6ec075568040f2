"""Briefs: the sentences that carry most of a document."""

from bitrans.brief.choose import choose_segments

__all__ = ["choose_segments"]
