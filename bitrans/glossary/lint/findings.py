"""What looking a termbase over gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one entry. ``rule`` is stable; ``where`` is ``file:line``."""

    where: str
    level: Level
    rule: str
    reason: str
    id: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.level}: {self.reason} [{self.rule}]"
