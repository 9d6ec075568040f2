"""Whether a model's attention shows which Arabic word an English word came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bitrans.core import Hypothesis, Span, Translator

#: Sentences written for this check, with words whose English can hardly be another.
PROBES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "وصل وفد من روسيا إلى دمشق يوم الاثنين للقاء الرئيس.",
        (("روسيا", "Russia"), ("دمشق", "Damascus"), ("الاثنين", "Monday")),
    ),
    (
        "أعلنت إيران أن وزير الخارجية سيزور تركيا بعد زيارة العراق.",
        (("إيران", "Iran"), ("تركيا", "Turkey"), ("العراق", "Iraq")),
    ),
    (
        "قتل 17 شخصا في بغداد وأصيب 35 آخرون في انفجار سيارة.",
        (("17", "17"), ("بغداد", "Baghdad"), ("35", "35")),
    ),
    (
        "سافر الوزير من القاهرة إلى بيروت ثم إلى باريس.",
        (("القاهرة", "Cairo"), ("بيروت", "Beirut"), ("باريس", "Paris")),
    ),
    (
        "نفت مصر أن تكون لها علاقة بالهجوم الذي وقع في ليبيا يوم الخميس.",
        (("مصر", "Egypt"), ("ليبيا", "Libya"), ("الخميس", "Thursday")),
    ),
    (
        "دعت فرنسا وألمانيا إلى هدنة في اليمن مدتها 48 ساعة.",
        (("فرنسا", "France"), ("ألمانيا", "Germany"), ("اليمن", "Yemen"), ("48", "48")),
    ),
)
USABLE = 0.7


@dataclass(frozen=True, slots=True)
class AlignmentProbe:
    """How often the attention of an English word pointed at its Arabic word."""

    right: int
    found: int

    @property
    def usable(self) -> bool:
        """Enough words were found, and enough of them pointed right."""
        return self.found >= 8 and self.right >= USABLE * self.found

    @property
    def words(self) -> str:
        """The finding in words."""
        if not self.found:
            return "gives no alignment"
        verdict = "usable" if self.usable else "not usable"
        return f"{verdict} as an alignment ({self.right} of {self.found} probes right)"


def probe_alignment(engine: Translator) -> AlignmentProbe:
    """Translate the probes and see where the attention of known words points."""
    hypotheses = engine.translate([text for text, _ in PROBES])
    outcomes = [
        outcome
        for (text, words), hypothesis in zip(PROBES, hypotheses, strict=True)
        for outcome in _check_words(text, words, hypothesis)
    ]
    return AlignmentProbe(sum(outcomes), len(outcomes))


def _check_words(
    text: str, words: tuple[tuple[str, str], ...], hypothesis: Hypothesis
) -> Iterator[bool]:
    if hypothesis.alignment is None:
        return
    for arabic, english in words:
        start, place = text.index(arabic), hypothesis.text.find(english)
        if place >= 0:
            wanted, shown = Span(start, start + len(arabic)), Span(place, place + len(english))
            points = _points_at(hypothesis, hypothesis.alignment, shown, wanted)
            if points is not None:
                yield points


def _points_at(
    hypothesis: Hypothesis, alignment: Sequence[Sequence[float]], shown: Span, wanted: Span
) -> bool | None:
    """Whether the tokens shown attend most to what is wanted; None where that is not known."""
    rows = [
        weights
        for span, weights in zip(hypothesis.target_spans, alignment, strict=True)
        if weights and span.start < shown.end and shown.start < span.end
    ]
    if not rows:
        return None
    totals = [sum(column) for column in zip(*rows, strict=True)]
    best = hypothesis.source_spans[max(range(len(totals)), key=totals.__getitem__)]
    return best.start < wanted.end and wanted.start < best.end
