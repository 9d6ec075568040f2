"""Answers what enforcing asks of the model about the segments of one batch."""

from __future__ import annotations

from collections.abc import Sequence

from bitrans.core import Annotation, Hypothesis, Prepared, TokenScores, Translator
from bitrans.pieces import Cut, complete_prepared, cut_text, translate_annotated


class SegmentOracle:
    """The model, asked about segments by their numbers.

    Texts that the model takes only in pieces can be annotated, but neither completed nor scored:
    there the answer is None.
    """

    def __init__(self, prepared: Sequence[Prepared], engine: Translator, *, cut: Cut) -> None:
        self._prepared = prepared
        self._engine = engine
        self._cut = cut

    def score(self, numbers: Sequence[int], texts: Sequence[str]) -> list[TokenScores | None]:
        """How likely each English text is for its segment."""
        asked = list(zip(numbers, texts, strict=True))
        whole = [one for one in asked if self._is_whole(one[0])]
        found = self._engine.score(
            [self._prepared[number].text for number, _ in whole], [text for _, text in whole]
        )
        scores = dict(zip(whole, found, strict=True))
        return [scores.get(one) for one in asked]

    def complete(
        self, numbers: Sequence[int], beginnings: Sequence[str], tokens: int
    ) -> list[Hypothesis | None]:
        """The English of each segment that begins as given, of so many tokens at most."""
        asked = list(zip(numbers, beginnings, strict=True))
        whole = [one for one in asked if self._is_whole(one[0])]
        texts = [self._prepared[number] for number, _ in whole]
        begun = [beginning for _, beginning in whole]
        found = complete_prepared(texts, begun, self._engine, tokens=tokens)
        answers = dict(zip(whole, found, strict=True))
        return [answers.get(one) for one in asked]

    def annotate(
        self,
        numbers: Sequence[int],
        annotations: Sequence[Sequence[Annotation]],
        tokens: int,
        alternatives: int = 1,
    ) -> list[Hypothesis] | list[None]:
        """The English of each segment with the words wanted for parts of it."""
        if not self._engine.takes_annotations:
            return [None] * len(numbers)
        texts = [self._prepared[number] for number in numbers]
        return translate_annotated(
            texts,
            annotations,
            self._engine,
            cut=self._cut,
            tokens=tokens,
            alternatives=alternatives,
        )

    def _is_whole(self, number: int) -> bool:
        return len(cut_text(self._prepared[number].text, self._engine, self._cut)) == 1
