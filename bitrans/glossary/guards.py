"""Where a word spelt like a name is none, or none without evidence: articles, prefixes, letters.

Each guard looks at one mention and either rejects it, with the reason, or says why it needs
evidence. What the guard knows of Arabic stands in its docstring.
"""

from __future__ import annotations

from bitrans.arabic import FOLDING_RULES, apply_rules
from bitrans.glossary import kindwords
from bitrans.glossary.forms import ARTICLE, Entry
from bitrans.glossary.mentions import Mention
from bitrans.glossary.words import Words

#: A prefix is taken off a name of one word only where at least so many letters remain.
_SHORTEST = 3
#: So short a name in ه may be a word with the pronoun "his": جده is جدة or "his grandfather".
_MAY_HOLD_PRONOUN = 4
_HAMZA = frozenset("أإآٱؤئ")
_BARE = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي"}
_TANWIN = "\u064b"


def weigh_articles(mention: Mention, articles: tuple[bool, ...]) -> None:
    """Compare the articles that the text has with those of the form, word by word."""
    entry = mention.entry
    listed = tuple(word.article for word in entry.words)
    if listed == articles:
        return
    if listed[0] != articles[0]:
        _weigh_first_article(mention, added=articles[0])
    if listed[1:] != articles[1:] and not _may_differ_inside(entry, articles):
        mention.rejected = mention.rejected or "an article inside differs"
    mention.trimmed = listed[-1] and not articles[-1]


def weigh_prefix(mention: Mention, words: Words) -> None:
    """س goes before verbs only; و ف ب ل ك are often the word's own first letter."""
    entry, prefix = mention.entry, mention.prefix
    if not prefix or mention.rejected:
        return
    single = len(entry.words) == 1
    if "س" in prefix:
        mention.rejected = "س goes before verbs, not before names"
    elif "no-clitic" in entry.term.flags:
        mention.rejected = f"flagged no-clitic, written with {prefix}"
    elif single and len(entry.words[0].stem) < _SHORTEST:
        mention.rejected = f"too short to take {prefix} off"
    elif single and words.texts[mention.first] in kindwords.WHOLE_WORDS:
        mention.rejected = f"{prefix} belongs to the word {words.read_word(mention.first)}"
    elif single:
        mention.needs = mention.needs or _doubt_prefix(mention, words)


def weigh_spelling(mention: Mention, words: Words) -> None:
    """Letters that are folded together for matching still tell two words apart.

    A hamza in the text that the form has not: رأوه is not راوة. A final ه where the text writes
    ة elsewhere: زوجة جده. A tanwin: درعًا is not درعا.
    """
    if mention.rejected:
        return
    flags = mention.entry.term.flags
    written = words.locate(mention.start, mention.end).slice(words.original)
    if "exact" in flags and _plain(written) != _expect(mention):
        mention.rejected = f"flagged exact, written {written}"
    elif _TANWIN in written and mention.entry.form.endswith("ا"):
        mention.rejected = f"an ordinary word: {written}"
    elif _may_hold_pronoun(mention, words):
        mention.needs = mention.needs or "written with ه"
    if not mention.rejected and _adds_hamza(mention, words):
        mention.rejected = f"another word: {written}"


def weigh_neighbours(mention: Mention, words: Words) -> None:
    """``مدينة سورية`` is a Syrian city; ``مدينة عين العرب`` is not مدينة العين."""
    if mention.rejected:
        return
    after = mention.last + 1
    follows = words.texts[after] if after < len(words) and words.is_beside(after) else ""
    if mention.trimmed and follows.startswith(ARTICLE) and follows not in kindwords.STOP_WORDS:
        mention.rejected = "without its article before another noun"
    elif mention.entry.words[0].stem == "ضفه" and _goes_on_with_river(mention, words):
        mention.rejected = "the bank of a river"
    else:
        mention.rejected = _weigh_adjective(mention, words)


def _weigh_first_article(mention: Mention, *, added: bool) -> None:
    """A place may take or lose its article in a list or after حي; an office may take one."""
    term, single = mention.entry.term, len(mention.entry.words) == 1
    reason = "written with an article" if added else "written without its article"
    mention.weak = True
    if "exact" in term.flags:
        mention.rejected = f"flagged exact, {reason}"
    elif term.kind == "place" and (single or not added):
        mention.needs = reason
    elif added and single and term.kind in ("office", "event", "other"):
        if "لل" not in mention.prefix:
            mention.prefix += ARTICLE
            mention.start += len(ARTICLE)
    else:
        mention.rejected = reason


def _may_differ_inside(entry: Entry, articles: tuple[bool, ...]) -> bool:
    """باب مقام is باب المقام; حلب قديمة is not حلب القديمة."""
    if entry.term.kind != "place" or "exact" in entry.term.flags:
        return False
    if articles[0] or entry.words[0].article:
        return False
    return not any(
        word.article and not article and kindwords.is_adjective(ARTICLE + word.stem)
        for word, article in zip(entry.words[1:], articles[1:], strict=True)
    )


def _doubt_prefix(mention: Mention, words: Words) -> str:
    """فاطمة is no mention of أطمة, للحج none of لحج."""
    prefix, stem = mention.prefix, mention.entry.words[0].stem
    if prefix in ("ف", "ك"):
        written = words.original[words.offsets[words.starts[mention.first] + 1]]
        if written != mention.entry.form[0]:
            return f"written with {prefix} and without hamza"
    if prefix.endswith("ل") and stem.startswith("ل") and len(stem) <= _SHORTEST:
        return "لل may be an article"
    return ""


def _expect(mention: Mention) -> str:
    listed = _plain(mention.entry.form)
    return listed.removeprefix(ARTICLE) if mention.prefix.endswith("لل") else listed


def _plain(text: str) -> str:
    return " ".join(apply_rules(text, FOLDING_RULES).text.split())


def _may_hold_pronoun(mention: Mention, words: Words) -> bool:
    """A name with an article cannot: الرقه is الرقة, whatever the rest of the text writes."""
    entry, word = mention.entry, mention.entry.words[0]
    if len(entry.words) > 1 or word.article or len(word.stem) > _MAY_HOLD_PRONOUN:
        return False
    written = words.original[words.offsets[mention.end - 1]]
    return entry.form.endswith("ة") and written == "ه" and "ة" in words.original


def _adds_hamza(mention: Mention, words: Words) -> bool:
    """Whether the text has a hamza inside a word where the form has a bare letter."""
    listed = mention.entry.listed
    start = mention.start
    if words.folded[start : mention.end] != listed.text:
        return False
    place, end = words.offsets[start], words.offsets[mention.end - 1] + 1
    if _HAMZA.isdisjoint(words.original[place:end]):
        return False
    for index in range(1, len(listed.text)):
        written = words.original[words.offsets[start + index]]
        if written in _HAMZA and not _begins_word(listed.text, index):
            letter = mention.entry.form[listed.offsets[index]]
            if letter == _BARE[written]:
                return True
    return False


def _begins_word(text: str, index: int) -> bool:
    before = text[:index].rpartition(" ")[2]
    return before in ("", ARTICLE)


def _goes_on_with_river(mention: Mention, words: Words) -> bool:
    """``الضفة الغربية من نهر حلب`` is a bank, not the West Bank."""
    first, *more = [*words.texts[mention.last + 1 : mention.last + 3], ""]
    return first in ("لنهر", "للنهر") or (first == "من" and more[0] in ("نهر", "النهر"))


def _weigh_adjective(mention: Mention, words: Words) -> str:
    """A place that ends in ية is an adjective too, after a feminine or beside another."""
    entry, first = mention.entry, mention.first
    if len(entry.words) > 1 or entry.words[0].article or not entry.form.endswith("ية"):
        return ""
    if mention.prefix:
        return ""
    before = words.texts[first - 1] if words.is_beside(first) else ""
    after = words.texts[first + 1 : first + 3]
    if before.endswith(("ه", "ات")) and not before.startswith(ARTICLE):
        return f"an adjective of {words.read_word(first - 1)}"
    if after[:1] in (["ام"], ["او"]) and after[1:] and after[1].endswith("يه"):
        return f"an adjective beside {words.read_word(first + 2)}"
    return ""
