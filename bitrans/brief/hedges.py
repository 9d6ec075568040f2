"""Words that make a number less than exact, before it and after it."""

from __future__ import annotations

from typing import Protocol

from bitrans.brief.lines import Line, fold_phrases, fold_words
from bitrans.core import Hedge

_ABOUT = fold_phrases(
    "نحو, حوالي, حوالى, قرابة, زهاء, ما يقارب, مايقارب, ما يقرب من, يقارب, تقارب, يناهز, ما يناهز,"
    "يقدر ب, يقدر عددهم ب, تقدر ب, يقدرون ب, في حدود, بحدود"
)
_AT_LEAST = fold_phrases(
    "أكثر من, ازيد من, أزيد من, ما لا يقل عن, لا يقل عن, لا تقل عن, ما يزيد على, ما يزيد عن,"
    "يزيد على, يزيد عن, تزيد عن, تزيد على, يزيد عددهم عن, فوق, تجاوز, تجاوزت, يتجاوز, تتجاوز,"
    "يفوق, تفوق, يربو على, ما يربو على, أعلى من, كثر من"
)
_AT_MOST = fold_phrases(
    "أقل من, لا يزيد على, لا يزيد عن, لا تزيد عن, لا تزيد على, ما لا يزيد عن, لا يتجاوز, لا تتجاوز,"
    "لم يتجاوز, لم تتجاوز, ما يصل إلى, يصل إلى, تصل إلى, بحد أقصى, دون ال"
)
_AFTER_ABOUT = fold_phrases("تقريبا, على وجه التقريب")
_AFTER_AT_LEAST = fold_phrases("على الأقل, على أقل تقدير, كحد أدنى, فأكثر, أو أكثر, فما فوق")
_AFTER_AT_MOST = fold_phrases("على الأكثر, كحد أقصى, على أكثر تقدير")
_CHANGE = fold_words(
    "ارتفع ارتفعت ارتفاع يرتفع زاد زادت زيادة ازداد انخفض انخفضت انخفاض تراجع تراجعت هبط هبوط قفز"
    " قفزت تقلص رفع خفض"
)
#: Words before a number, and after it, that may hedge it.
_BEFORE, _AFTER = 3, 5
_CHANGED = 12
_LETTERS = ("", "و", "ب", "ل", "ف", "وب", "ول")


class Placed(Protocol):
    """Anything with a first and a last word."""

    @property
    def first(self) -> int:
        """The first word."""
        ...

    @property
    def last(self) -> int:
        """The last word."""
        ...


def find_hedge(line: Line, number: Placed) -> Hedge:
    """How exact a number is said to be."""
    return _look_before(line, number.first) or _look_after(line, number.last) or "exactly"


def is_of_change(line: Line, first: int) -> bool:
    """Whether words shortly before speak of rising or falling: from one number to another."""
    near = (line.read(at) for at in range(first - _CHANGED, first))
    return any(word.removeprefix("و").removeprefix("ال") in _CHANGE for word in near)


def _look_before(line: Line, first: int) -> Hedge | None:
    """The longest phrase that ends before the number decides: ``لا يزيد`` is no ``يزيد``."""
    hedges: tuple[tuple[frozenset[str], Hedge], ...] = (
        (_AT_MOST, "at-most"), (_AT_LEAST, "at-least"), (_ABOUT, "about"),
    )  # fmt: skip
    for size in range(_BEFORE, 0, -1):
        if first < size or any(line.breaks_before(i) for i in range(first - size + 1, first + 1)):
            continue
        phrase = line.join(first - size, first - 1)
        for phrases, hedge in hedges:
            if any(phrase.startswith(p) and phrase[len(p) :] in phrases for p in _LETTERS):
                return hedge
    return None


def _look_after(line: Line, last: int) -> Hedge | None:
    for start in range(last + 1, min(last + 1 + _AFTER, len(line.words))):
        if line.breaks_before(start) or line.words[start].is_number:
            return None
        phrases = {line.join(start, start + size) for size in range(3)}
        if phrases & _AFTER_ABOUT:
            return "about"
        if phrases & _AFTER_AT_LEAST:
            return "at-least"
        if phrases & _AFTER_AT_MOST:
            return "at-most"
    return None
