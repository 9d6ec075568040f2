"""The noise of real Arabic news, put into training sentences at random."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_FINAL_YA = re.compile(r"(?<=\w\w)ي\b")
_HAMZA_ALEF = re.compile("[أإآ]")
_QUOTE = re.compile('"')


def swap_final_ya(text: str, rng: random.Random) -> str:
    """Final ي written ى throughout, as Egyptian papers do."""
    return re.sub(r"\bفي\b", "فى", _FINAL_YA.sub("ى", text))


def drop_hamza(text: str, rng: random.Random) -> str:
    """Alef with hamza or madda written bare, throughout or here and there."""
    share = rng.choice((1.0, 0.3))
    return _HAMZA_ALEF.sub(lambda m: "ا" if rng.random() < share else m.group(), text)


def swap_ta_marbuta(text: str, rng: random.Random) -> str:
    """Some final ة written ه."""
    return re.sub(r"(?<=\w\w)ة\b", lambda m: "ه" if rng.random() < 0.4 else m.group(), text)


def join_words(text: str, rng: random.Random) -> str:
    """One or two spaces between words lost."""
    words = text.split(" ")
    for _ in range(rng.choice((1, 1, 2))):
        if len(words) > 3:
            at = rng.randrange(len(words) - 1)
            words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)


def split_word(text: str, rng: random.Random) -> str:
    """A space inside one long word."""
    words = text.split(" ")
    at = rng.randrange(len(words))
    if len(words[at]) >= 6:
        cut = rng.randrange(2, len(words[at]) - 1)
        words[at] = words[at][:cut] + " " + words[at][cut:]
    return " ".join(words)


def misspell(text: str, rng: random.Random) -> str:
    """One letter dropped, doubled or exchanged with its neighbour."""
    if len(text) < 8:
        return text
    at = rng.randrange(1, len(text) - 2)
    first, second = text[at], text[at + 1]
    if not (first.isalpha() and second.isalpha()):
        return text
    return text[:at] + rng.choice((second, first + first + second, second + first)) + text[at + 2 :]


def drop_quotes(text: str, rng: random.Random) -> str:
    """Quotation marks left out."""
    return _QUOTE.sub("", text)


NOISES: tuple[tuple[float, Callable[[str, random.Random], str]], ...] = (
    (0.15, swap_final_ya),
    (0.10, drop_hamza),
    (0.05, swap_ta_marbuta),
    (0.06, join_words),
    (0.02, split_word),
    (0.05, misspell),
    (0.02, drop_quotes),
)


def add_noise(text: str, rng: random.Random) -> str:
    """A training sentence with each kind of noise at its own chance."""
    for chance, noise in NOISES:
        if rng.random() < chance:
            text = noise(text, rng)
    return text
