"""A translator without a model, for tests and for trying bitrans in other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bitrans.core import Annotation, Hypothesis, Span, TokenScores

Answer = str | Hypothesis


class FakeTranslator:
    """Answers from a mapping or a function; a text the mapping lacks comes back as it is.

    >>> FakeTranslator({"حلب": "Aleppo"}).translate(["حلب", ""])[0].text
    'Aleppo'
    """

    id = "fake"

    def __init__(
        self,
        answers: Mapping[str, Answer] | Callable[[str], Answer],
        *,
        longest: int = 140,
        takes_annotations: bool = False,
    ) -> None:
        self._answer = answers if callable(answers) else lambda text: answers.get(text, text)
        self.longest = longest
        self.takes_annotations = takes_annotations
        self.seen: list[str] = []

    def describe(self) -> dict[str, str]:
        """What runs and how, for the run report."""
        return {
            "id": self.id,
            "sha256": "0" * 64,
            "device": "cpu",
            "compute_type": "none",
            "engine": "fake",
        }

    def count_tokens(self, text: str) -> int:
        """Words of a text."""
        return len(text.split())

    def count_annotation(self, annotation: Annotation) -> int:
        """Words of an annotation's English."""
        return len(annotation.english.split())

    def translate(
        self,
        texts: Sequence[str],
        *,
        alternatives: int = 1,
        avoid_repeats: bool = False,
        aligned: bool = True,
        annotations: Sequence[Sequence[Annotation]] | None = None,
        beginnings: Sequence[str] | None = None,
        longest: int | None = None,
    ) -> list[Hypothesis]:
        """One hypothesis for each text, in order; empty texts give empty hypotheses.

        An annotated text is looked up as :func:`write_annotated` writes it; so are beginnings,
        in place of their texts.
        """
        if beginnings is not None:
            return [self._translate_one(beginning) for beginning in beginnings]
        notes = annotations or [()] * len(texts)
        asked = [write_annotated(*both) for both in zip(texts, notes, strict=True)]
        self.seen += asked
        return [self._translate_one(text) for text in asked]

    def score(self, texts: Sequence[str], renderings: Sequence[str]) -> list[TokenScores]:
        """Every word of every rendering is sure, as every hypothesis is by default."""
        return [_score_words(rendering) for rendering in renderings]

    def _translate_one(self, text: str) -> Hypothesis:
        answer = self._answer(text) if text else ""
        return answer if isinstance(answer, Hypothesis) else Hypothesis(answer)


def write_annotated(text: str, annotations: Sequence[Annotation]) -> str:
    """A text with the English of each annotation in brackets after what is read for its words.

    >>> write_annotated("في حلب", [Annotation(Span(3, 6), "Aleppo")])
    'في حلب [Aleppo]'
    """
    for span, english, arabic in reversed(annotations):
        read = arabic or span.slice(text)
        text = f"{text[: span.start]}{read} [{english}]{text[span.end :]}"
    return text


def _score_words(rendering: str) -> TokenScores:
    spans = tuple(Span(*word.span()) for word in re.finditer(r"\S+", rendering))
    return TokenScores(spans, (0.0,) * (len(spans) + 1))
