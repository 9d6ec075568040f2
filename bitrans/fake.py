"""A translator without a model, for tests and for trying bitrans in other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bitrans.core import Hypothesis

Answer = str | Hypothesis


class FakeTranslator:
    """Answers from a mapping or a function; a text the mapping lacks comes back as it is.

    >>> FakeTranslator({"حلب": "Aleppo"}).translate(["حلب", ""])[0].text
    'Aleppo'
    """

    id = "fake"

    def __init__(
        self, answers: Mapping[str, Answer] | Callable[[str], Answer], *, longest: int = 140
    ) -> None:
        self._answer = answers if callable(answers) else lambda text: answers.get(text, text)
        self.longest = longest
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

    def translate(
        self, texts: Sequence[str], *, alternatives: int = 1, avoid_repeats: bool = False
    ) -> list[Hypothesis]:
        """One hypothesis for each text, in order; empty texts give empty hypotheses."""
        self.seen += texts
        return [self._translate_one(text) for text in texts]

    def _translate_one(self, text: str) -> Hypothesis:
        answer = self._answer(text) if text else ""
        return answer if isinstance(answer, Hypothesis) else Hypothesis(answer)
