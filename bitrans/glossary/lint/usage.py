"""What texts show of a termbase: which entries they use, and which are ordinary words.

Names do not take pronouns and keep their article; words do: ``الهلال`` is a name where the text
never has ``هلاله`` or ``هلال``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bitrans.core import Term
from bitrans.glossary import kindwords
from bitrans.glossary.forms import ARTICLE, split_article
from bitrans.glossary.lint.findings import Finding
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import normalise_form
from bitrans.glossary.words import Words

#: Not ه alone, which may be a ta marbuta: ``حلبة`` is no use of ``حلب``.
_PRONOUNS = ("ها", "هم", "هما", "نا", "كم", "هن")
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك", "لل", "ولل")
#: So many ordinary uses, and so large a share of all, make a form a common word.
_FEW, _SHARE = 3, 0.2


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts over texts: mentions and rejected mentions by term id, and words as they stand."""

    texts: int
    mentions: Mapping[str, int]
    rejected: Mapping[str, int]
    words: Mapping[str, int]


def count_usage(matcher: Matcher, documents: Iterable[Sequence[str]]) -> Usage:
    """Count over documents, each a sequence of its segments' texts."""
    mentions: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    words: Counter[str] = Counter()
    texts = 0
    for document in documents:
        texts += 1
        for text, matches in zip(document, matcher.find_in_document(document), strict=True):
            mentions.update(match.term.id for match in matches)
            words.update(Words(text).texts)
            rejected.update(
                found.match.term.id for found in matcher.find_candidates(text) if found.rejected
            )
    return Usage(texts, mentions, rejected, words)


def find_common_words(terms: Sequence[Term], usage: Usage) -> Iterator[Finding]:
    """Entries without ``needs-evidence`` whose form the texts use as an ordinary word."""
    for term in terms:
        if term.status != "approved" or {"needs-evidence", "exact"} & term.flags:
            continue
        if "ordinary word" in term.note:  # known, and its plain meaning is admitted
            continue
        for form in term.arabic:
            word = normalise_form(form)
            if " " in word or len(word) < 3:
                continue
            own = frozenset(map(normalise_form, term.arabic))
            named, ordinary, shown = _count_uses(word, usage.words, own)
            if ordinary >= _FEW and ordinary >= _SHARE * (named + ordinary):
                reason = (
                    f"{form!r} is a common word in these texts: {named} times as listed, "
                    f"{ordinary} times otherwise ({', '.join(shown)}); flag needs-evidence?"
                )
                yield Finding(term.where, "warning", "common-word", reason, term.id)


def find_unused(terms: Sequence[Term], usage: Usage) -> Iterator[Finding]:
    """Approved entries that no text mentions; how often a look-alike was turned down."""
    for term in terms:
        if term.status == "approved" and not usage.mentions.get(term.id):
            turned = usage.rejected.get(term.id, 0)
            more = f"; {turned} times turned down, see glossary explain" if turned else ""
            reason = f"{term.preferred!r} is in none of the {usage.texts} texts{more}"
            yield Finding(term.where, "warning", "unused", reason, term.id)


def _count_uses(
    word: str, words: Mapping[str, int], own: frozenset[str]
) -> tuple[int, int, list[str]]:
    """How often a word stands as listed, how often as ordinary words do, and in which shapes.

    With a pronoun, or with an article where the form has none and the other way round. Shapes
    that the entry lists too, and prepositions, are none.
    """
    stem, article = split_article(word)
    listed = {prefix + word for prefix in _PREFIXES}
    if article:
        listed |= {prefix + "لل" + stem for prefix in ("", "و", "ف")}
    # With an article a place in ية is an adjective (السورية), which matching turns down.
    shapes = [stem] if article else [] if stem.endswith("يه") else [ARTICLE + stem]
    stems = [stem[:-1] + "ت"] if stem.endswith("ه") else [stem]
    shapes += [
        prefix + base + pronoun
        for base in stems
        for pronoun in _PRONOUNS
        for prefix in ("", "و", "ب", "ل")
    ]
    known = own | kindwords.STOP_WORDS | kindwords.LOCATIVES
    found = Counter({shape: words[shape] for shape in shapes if words.get(shape)})
    found = Counter({shape: count for shape, count in found.items() if shape not in known})
    most = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:3]
    shown = [f"{shape} {count}" for shape, count in most]
    return sum(words.get(shape, 0) for shape in listed), found.total(), shown
