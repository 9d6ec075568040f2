"""Which runs of the race fit the time that there is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.race_setup import Text

#: Words of a larger text have cost this much more or less than those of a smaller one.
MARGIN = 1.2


@dataclass
class Plan:
    """The time left, and what each contestant is expected to need.

    :param budget: seconds for all runs; ``patience`` the most that one may take.
    :param beams: how many beam widths share the time.
    """

    budget: float
    patience: float
    beams: int = 1
    clock: Callable[[], float] = time.monotonic
    _paces: dict[tuple[str, int], float] = field(default_factory=dict)
    _begun: float = field(init=False)
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._begun = self.clock()
        self._end = self._begun + self.budget

    def begin(self, number: int) -> None:
        """The ``number``-th of the beam widths begins: it has an equal share of what is left."""
        now = self.clock()
        whole = max(0.0, self._begun + self.budget - now)
        self._end = now + whole / (self.beams - number + 1)

    def learn(self, name: str, beam: int, text: Text, seconds: float) -> None:
        """A contestant has run a text: the next estimate goes by its pace."""
        self._paces[name, beam] = seconds / max(1, text.words)

    def refuse(self, name: str, beam: int, text: Text, *, again: bool = False) -> str:
        """Why a run is not to be begun, in words for the reader of the table; "" where it is.

        :param again: the text has been run; a further run is only to steady the median.
        """
        if (name, beam) not in self._paces:
            return ""
        needed = MARGIN * self._paces[name, beam] * text.words
        if needed > self.patience:
            return f"would take some {needed:,.0f} s, more than {self.patience:,.0f}"
        left = max(0.0, self._end - self.clock())
        # A further run may not eat more than a part of the time that larger texts wait for.
        if needed > (left / 8 if again else left):
            return f"would take some {needed:,.0f} s of the {left:,.0f} left"
        return ""
