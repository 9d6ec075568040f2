"""Answers what enforcing asks of the model about the segments of one batch."""

from __future__ import annotations

from collections.abc import Sequence

from bitrans.core import Annotation, Hypothesis, Prepared, TokenScores, Translator
from bitrans.pieces import Cut, complete_prepared, cut_text, translate_annotated

#: Texts longer than so many times what the model takes at once are not scored.
_SCORED = 2


class SegmentOracle:
    """The model, asked about segments by their numbers.

    Texts that the model takes only in pieces can be annotated, but neither completed nor, when
    they are very long, scored: there the answer is None.
    """

    def __init__(self, prepared: Sequence[Prepared], engine: Translator, *, cut: Cut) -> None:
        self._prepared = prepared
        self._engine = engine
        self._cut = cut
        self._scores: dict[tuple[int, str], TokenScores | None] = {}

    def score(
        self, numbers: Sequence[int], texts: Sequence[Sequence[str]]
    ) -> list[list[TokenScores | None]]:
        """How likely each of some English texts is for its segment."""
        asked = [(n, text) for n, some in zip(numbers, texts, strict=True) for text in some]
        new = list(dict.fromkeys(one for one in asked if one not in self._scores))
        short = [one for one in new if self._is_short(*one)]
        found = self._engine.score(
            [self._prepared[number].text for number, _ in short], [text for _, text in short]
        )
        self._scores.update(dict.fromkeys(new))
        self._scores.update(zip(short, found, strict=True))
        return [
            [self._scores[number, text] for text in some]
            for number, some in zip(numbers, texts, strict=True)
        ]

    def complete(
        self, numbers: Sequence[int], beginnings: Sequence[str]
    ) -> list[Hypothesis | None]:
        """The English of each segment that begins so."""
        whole = [i for i, number in enumerate(numbers) if self._is_whole(number)]
        texts = [self._prepared[numbers[i]] for i in whole]
        found = complete_prepared(texts, [beginnings[i] for i in whole], self._engine)
        answers: list[Hypothesis | None] = [None] * len(numbers)
        for i, answer in zip(whole, found, strict=True):
            answers[i] = answer
        return answers

    def annotate(
        self, numbers: Sequence[int], annotations: Sequence[Sequence[Annotation]]
    ) -> list[Hypothesis] | list[None]:
        """The English of each segment with the words wanted for parts of it."""
        if not self._engine.takes_annotations:
            return [None] * len(numbers)
        texts = [self._prepared[number] for number in numbers]
        return translate_annotated(texts, annotations, self._engine, cut=self._cut)

    def _is_whole(self, number: int) -> bool:
        return len(cut_text(self._prepared[number].text, self._engine, self._cut)) == 1

    def _is_short(self, number: int, text: str) -> bool:
        longest = _SCORED * self._engine.longest
        words = len(text.split())
        return (
            words <= longest and self._engine.count_tokens(self._prepared[number].text) <= longest
        )
