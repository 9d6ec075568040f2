"""Text laid out for a terminal of 80 columns."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata

WIDTH = 80


def find_width() -> int:
    """The terminal's width, but no more than what reads well."""
    return min(shutil.get_terminal_size((WIDTH, 24)).columns, 100)


def wrap_field(name: str, text: str, *, indent: int = 4, column: int = 10) -> str:
    """A name and its text, later lines under the first."""
    first = " " * indent + f"{name:<{column}}"
    return textwrap.fill(
        text, find_width(), initial_indent=first, subsequent_indent=" " * len(first),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def wrap_text(text: str, *, indent: str = "") -> str:
    """A paragraph inside the terminal's width."""
    return textwrap.fill(text, find_width(), initial_indent=indent, subsequent_indent=indent)


def pad(text: str, width: int) -> str:
    """A text filled up to a width in columns; marks over letters take none.

    >>> len(pad("حَلب", 6))
    7
    """
    shown = sum(not unicodedata.combining(letter) for letter in text)
    return text + " " * max(0, width - shown)


def count(number: int, noun: str) -> str:
    """A number and what it counts.

    >>> count(1, "file"), count(2, "file")
    ('1 file', '2 files')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
