"""The values that pass between stages. All are frozen; this module imports nothing of bitrans.

Offsets are in characters (code points) into the text that a value names, end exclusive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bitrans.core.report import (
    Failure,
    RunReport,
    Score,
    ScoreRow,
)
from bitrans.core.values import (
    KINDS,
    Annotation,
    BilingualDocument,
    Change,
    Document,
    Doubt,
    Hypothesis,
    Kind,
    Match,
    Method,
    Pair,
    Prepared,
    Segment,
    SegmentKind,
    SetAside,
    Span,
    Step,
    Term,
    TermStatus,
    TokenScores,
    Translator,
    replay,
)

if TYPE_CHECKING:
    from bitrans.core.brief import (
        Attribution,
        Brief,
        Carrier,
        Citation,
        Claim,
        Figure,
        FigureGroup,
        Hedge,
        Manner,
        Mentions,
        Moment,
    )

__all__ = [
    "KINDS",
    "Annotation",
    "Attribution",
    "BilingualDocument",
    "Brief",
    "Carrier",
    "Change",
    "Citation",
    "Claim",
    "Document",
    "Doubt",
    "Failure",
    "Figure",
    "FigureGroup",
    "Hedge",
    "Hypothesis",
    "Kind",
    "Manner",
    "Match",
    "Mentions",
    "Method",
    "Moment",
    "Pair",
    "Prepared",
    "RunReport",
    "Score",
    "ScoreRow",
    "Segment",
    "SegmentKind",
    "SetAside",
    "Span",
    "Step",
    "Term",
    "TermStatus",
    "TokenScores",
    "Translator",
    "replay",
]


def __getattr__(name: str) -> object:
    """The values of briefs, which a translation does not need, when they are first asked for."""
    if name in __all__:
        from bitrans.core import brief

        return getattr(brief, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
