"""What a ladder asks of the model, and how the questions of many segments go to it together.

A ladder is a generator: it yields a question and goes on with the answer. All ladders stand still
at their questions; those of one sort are put to the model in one batch, then all go on.

Where a text is decoded again, ``tokens`` bounds its English: what does not end in time has run in
circles.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bitrans.core import Annotation, Hypothesis, TokenScores


@dataclass(frozen=True, slots=True)
class Score:
    """How likely is this English? Answered by :class:`TokenScores` or None."""

    text: str


@dataclass(frozen=True, slots=True)
class Complete:
    """How does English that begins so go on? Answered by a hypothesis or None."""

    beginning: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Annotate:
    """What is the English where these words are wanted? Answered by a hypothesis or None.

    It has as many alternatives as are asked for, itself among them.
    """

    annotations: tuple[Annotation, ...]
    tokens: int
    alternatives: int = 1


Question = Score | Complete | Annotate
Ladder = Generator[Question, Any, Any]


class Oracle(Protocol):
    """The model, asked about segments by their numbers; an answer None means it cannot say."""

    def score(self, numbers: Sequence[int], texts: Sequence[str]) -> Sequence[TokenScores | None]:
        """How likely each English text is for its segment."""
        ...

    def complete(
        self, numbers: Sequence[int], beginnings: Sequence[str], tokens: int
    ) -> Sequence[Hypothesis | None]:
        """The English of each segment that begins as given, of so many tokens at most."""
        ...

    def annotate(
        self,
        numbers: Sequence[int],
        annotations: Sequence[Sequence[Annotation]],
        tokens: int,
        alternatives: int,
    ) -> Sequence[Hypothesis | None]:
        """The English of each segment with the words wanted for parts of it."""
        ...


class Silence:
    """An oracle where there is no model: it never knows."""

    def score(self, numbers: Sequence[int], texts: Sequence[str]) -> Sequence[None]:
        """Nothing."""
        return [None] * len(texts)

    def complete(
        self, numbers: Sequence[int], beginnings: Sequence[str], tokens: int
    ) -> Sequence[None]:
        """Nothing."""
        return [None] * len(beginnings)

    def annotate(
        self,
        numbers: Sequence[int],
        annotations: Sequence[Sequence[Annotation]],
        tokens: int,
        alternatives: int,
    ) -> Sequence[None]:
        """Nothing."""
        return [None] * len(annotations)


def climb_all(ladders: Sequence[Generator[Question, Any, Any]], oracle: Oracle) -> list[Any]:
    """What each ladder returns, in order; questions that stand at the same time go together."""
    results: dict[int, Any] = {}
    waiting: dict[int, Question] = {}
    answers: dict[int, Any] = dict.fromkeys(range(len(ladders)))
    while answers:
        waiting.clear()
        for number, answer in answers.items():
            try:
                waiting[number] = ladders[number].send(answer)
            except StopIteration as end:
                results[number] = end.value
        answers = _answer(waiting, oracle)
    return [results[number] for number in range(len(ladders))]


def _answer(waiting: Mapping[int, Question], oracle: Oracle) -> dict[int, Any]:
    scores = {number: q for number, q in waiting.items() if isinstance(q, Score)}
    ends = {number: q for number, q in waiting.items() if isinstance(q, Complete)}
    answers: dict[int, Any] = {}
    if scores:
        texts = [question.text for question in scores.values()]
        answers.update(zip(scores, oracle.score([*scores], texts), strict=True))
    if ends:
        beginnings = [question.beginning for question in ends.values()]
        tokens = max(question.tokens for question in ends.values())
        answers.update(zip(ends, oracle.complete([*ends], beginnings, tokens), strict=True))
    asked = [(number, q) for number, q in waiting.items() if isinstance(q, Annotate)]
    for width in sorted({question.alternatives for _, question in asked}):
        notes = {number: q for number, q in asked if q.alternatives == width}
        wanted = [question.annotations for question in notes.values()]
        tokens = max(question.tokens for question in notes.values())
        answers.update(zip(notes, oracle.annotate([*notes], wanted, tokens, width), strict=True))
    return answers
