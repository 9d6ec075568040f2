"""A place where a name may stand, and what its nearest neighbours say of it."""

from __future__ import annotations

from dataclasses import dataclass

from bitrans.glossary import kindwords
from bitrans.glossary.forms import ARTICLE, Entry
from bitrans.glossary.words import Words


@dataclass(slots=True, eq=False)
class Mention:
    """An entry found at words ``first`` to ``last``; ``start`` and ``end`` are folded offsets.

    ``needs`` says why evidence is needed, if it is, and ``weak`` that the form is not written as
    listed; ``evidence`` is what speaks for the mention, ``opener`` the plural right before it,
    ``rejected`` why it is none; ``trimmed`` says that the last word lost its article.
    """

    entry: Entry
    first: int
    last: int
    start: int
    end: int
    prefix: str
    needs: str = ""
    weak: bool = False
    trimmed: bool = False
    evidence: str = ""
    opener: str = ""
    rejected: str = ""

    @property
    def counts(self) -> bool:
        """Whether this is a name, as far as is known."""
        return not self.rejected and (not self.needs or bool(self.evidence))


def follows_locative(mention: Mention, words: Words) -> bool:
    """Whether a preposition of place stands before the mention or is attached to it."""
    if mention.prefix:
        return mention.prefix[-1] in "بل"
    return mention.first > 0 and words.texts[mention.first - 1] in kindwords.LOCATIVES


def stands_as_name(mention: Mention, words: Words) -> bool:
    """Not ``هذا الشعار`` and not ``المشهد السياسي``: there it is the ordinary word."""
    before = words.texts[max(mention.first - 2, 0) : mention.first]
    if before and before[-1] in kindwords.DEMONSTRATIVES and before != ["في", "ذلك"]:
        return False
    if words.texts[mention.last] in kindwords.STOP_WORDS:
        return False
    after = mention.last + 1
    if after == len(words) or words.read_gap(after).strip(" "):
        return True
    word = words.texts[after]
    return not word.startswith(ARTICLE) or word in kindwords.STOP_WORDS


def ends_here(mention: Mention, words: Words) -> bool:
    """Whether no further word belongs to the name: ``باب الحديد`` is no mention of الباب."""
    after = mention.last + 1
    if after == len(words) or words.read_gap(after).strip(" "):
        return True
    word = words.texts[after]
    return word.startswith("و") or word in kindwords.STOP_WORDS or word in kindwords.LOCATIVES
