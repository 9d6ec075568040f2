"""Find the names of the termbase in a text, however Arabic writes them.

Spans are offsets into the text as it was given, though matching runs on a folded copy. The order
is total: leftmost, longest, with evidence before without need of it, then term id; matches do
not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bitrans.core import Match, Term
from bitrans.glossary import guards, kindwords
from bitrans.glossary.evidence import weigh_mentions
from bitrans.glossary.forms import (
    ARTICLE,
    Entry,
    GrowingNodes,
    Index,
    Node,
    build_trie,
    index_trie,
    map_surnames,
)  # fmt: skip
from bitrans.glossary.mentions import Mention
from bitrans.glossary.words import Words

#: What may stand between two words of a name: white space, hyphen, quotes, hashtags' low line.
_INSIDE = re.compile("(?:-? *| *[\"'(\\[] *| *[\"')\\]] +|_)")
_ABBREVIATION = re.compile(r"\. *| *")
_QUOTE = re.compile("[\"'()\\[\\]]")
_CLOSING = {'"': '"', "'": "'", "(": ")", "[": "]"}
#: How many different words' look-ups are remembered.
_MEMORY = 1 << 17
#: How many letters may stand in front of a stem: two prefixes and an article at most.
_SKIPS = range(5)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mention, with the reason why it is none, or None where it is one."""

    match: Match
    rejected: str | None = None


class _Reading(NamedTuple):
    """A word as prefix and stem. ``skip`` characters are no part of the name."""

    prefix: str
    skip: int
    stem: str
    article: bool


class _Start(NamedTuple):
    """A reading of a word with which a name may begin, and its place in the trie."""

    reading: _Reading
    node: Node


class Matcher:
    """The termbase made ready for matching; building it is the only slow part.

    :param candidates: match entries of status ``candidate`` too; deprecated ones never match.
    """

    def __init__(self, terms: Iterable[Term], *, candidates: bool = False) -> None:
        statuses = {"approved", "candidate"} if candidates else {"approved"}
        live = [term for term in terms if term.status in statuses]
        root = build_trie(live)
        self._prepare(root.children, root.children, map_surnames(live))

    @classmethod
    def from_index(cls, terms: Sequence[Term], index: Index) -> Matcher:
        """The matcher of terms whose index is known: built only as far as texts ask for it.

        :param terms: all terms of the termbase, as :meth:`make_index` was given them.
        """
        matcher = cls.__new__(cls)
        matcher._prepare(index.starts, GrowingNodes(terms, index.starts), index.surnames)
        return matcher

    def make_index(self, terms: Sequence[Term]) -> Index:
        """What :meth:`from_index` needs to make this matcher again.

        :param terms: those that it was made of, the very same values.
        """
        return Index(index_trie(Node(self._nodes), terms), self._surnames)

    def _prepare(
        self,
        stems: Container[str],
        nodes: dict[str, Node],
        surnames: Mapping[str, Collection[str]],
    ) -> None:
        """:param stems: those that begin a name; ``nodes`` has or makes a node for each."""
        self._nodes = nodes
        self._surnames = surnames
        #: First names that are common, and those of the people among the terms, folded.
        self.first_names = kindwords.GIVEN_NAMES.union(*surnames.values())
        self._starts = _Starts(stems, nodes)

    def find_matches(self, text: str, *, established: Container[str] = ()) -> list[Match]:
        """The names in a text, in order.

        :param established: ids of the terms already matched with evidence in this document.
        """
        found = self.find_candidates(text, established=established)
        return [candidate.match for candidate in found if candidate.rejected is None]

    def find_candidates(self, text: str, *, established: Container[str] = ()) -> list[Candidate]:
        """Every place where a name might stand, with the reason where it is none."""
        return self._find_candidates(Words(text), established)

    def find_in_document(self, texts: Sequence[str]) -> list[list[Match]]:
        """The names in each segment of one document; evidence in one counts for all.

        A heading that is only a name is understood from the text below it.
        """
        words = [Words(text) for text in texts]
        first = [self._find_candidates(one, ()) for one in words]
        known = frozenset(
            candidate.match.term.id
            for candidates in first
            for candidate in candidates
            if candidate.rejected is None and candidate.match.evidence
        )
        found = (
            self._find_candidates(one, known) if _may_gain(candidates, known) else candidates
            for one, candidates in zip(words, first, strict=True)
        )
        return [[one.match for one in some if one.rejected is None] for some in found]

    def _find_candidates(self, words: Words, established: Container[str]) -> list[Candidate]:
        mentions = _unique(self._find_mentions(words))
        if not mentions:
            return []
        _reject_inner(mentions)
        weigh_mentions(mentions, words, established=established)
        _reject_overlaps(mentions)
        return [_make_candidate(mention, words) for mention in mentions]

    def _find_mentions(self, words: Words) -> Iterator[Mention]:
        starts = self._starts
        named = [(i, found) for i, word in enumerate(words.texts) if (found := starts[word])]
        for index, found in named:
            for start in found:
                if not start.node.entries and not _goes_on(start.node, words.texts, index + 1):
                    continue
                for mention in _walk(start, index, words):
                    self._weigh_given_name(mention, words)
                    yield mention

    def _weigh_given_name(self, mention: Mention, words: Words) -> None:
        """A surname after its own given name is sure, after somebody else's it is theirs."""
        if mention.rejected or mention.prefix or mention.entry.term.kind != "person":
            return
        if len(mention.entry.words) > 1 or not words.is_beside(mention.first):
            return
        before = words.read_word(mention.first - 1)
        given = words.texts[mention.first - 1] if before != "على" else ""
        if given in self._surnames.get(words.texts[mention.last], ()):
            mention.evidence = f"name {before}"
        elif given in self.first_names:
            mention.rejected = f"the surname of another {before}"


class _Starts(dict[str, tuple[_Start, ...]]):
    """For each word seen the names that may begin with it; forgotten when they are too many."""

    def __init__(self, stems: Container[str], nodes: dict[str, Node]) -> None:
        super().__init__()
        self._stems, self._nodes = stems, nodes

    def __missing__(self, word: str) -> tuple[_Start, ...]:
        if len(self) >= _MEMORY:
            self.clear()
        stems = self._stems
        # Few words begin a name: whether one may, its endings tell before it is read as a whole.
        found: tuple[_Start, ...] = ()
        if any([word[skip:] in stems for skip in _SKIPS]):
            readings = [reading for reading in _read(word) if reading.stem in stems]
            found = tuple(_Start(reading, self._nodes[reading.stem]) for reading in readings)
        self[word] = found
        return found


def _may_gain(candidates: Iterable[Candidate], known: frozenset[str]) -> bool:
    """Whether what is known from elsewhere may change what was rejected here."""
    return any(one.rejected is not None and one.match.term.id in known for one in candidates)


def _read(word: str) -> Iterator[_Reading]:
    """All ways to take و ف ب ل ك س and the article off a word."""
    for prefix, rest in _split_prefix(word):
        skip = len(prefix)
        if not prefix or len(rest) > 1:
            yield _Reading(prefix, skip, rest, False)
        if rest.startswith(ARTICLE) and len(rest) > 3:
            yield _Reading(prefix, skip, rest[2:], True)
        if prefix.endswith("ل") and rest.startswith("ل"):
            # للكلاسة drops the article's alef; للاذقية drops one lam of three as well.
            if len(rest) > 2:
                yield _Reading(prefix + "ل", skip + 1, rest[1:], True)
            yield _Reading(prefix, skip, rest, True)


def _split_prefix(word: str) -> Iterator[tuple[str, str]]:
    yield "", word
    at = 1 if word[:1] in ("و", "ف") else 0
    if at:
        yield word[:1], word[1:]
    if word[at : at + 1] in ("ب", "ل", "ك", "س"):
        yield word[: at + 1], word[at + 1 :]


def _walk(start: _Start, index: int, words: Words) -> Iterator[Mention]:
    """The entries that the words from ``index`` on spell out."""
    texts = words.texts
    paths: list[tuple[Node, tuple[bool, ...]]] = [(start.node, (start.reading.article,))]
    last = index
    while True:
        for node, articles in paths:
            for entry in node.entries:
                yield _judge(entry, start.reading, articles, index, last, words)
        last += 1
        if last == len(texts):
            return
        paths = list(_step(paths, texts[last]))
        if not paths or not _joins(last, index, words):
            return


def _goes_on(node: Node, texts: Sequence[str], index: int) -> bool:
    """Whether the word at ``index`` may be the next one of a name."""
    if index == len(texts):
        return False
    word, children = texts[index], node.children
    return word in children or (word.startswith(ARTICLE) and word[2:] in children)


def _step(
    paths: Sequence[tuple[Node, tuple[bool, ...]]], word: str
) -> Iterator[tuple[Node, tuple[bool, ...]]]:
    for node, articles in paths:
        if word in node.children:
            yield node.children[word], (*articles, False)
        if word.startswith(ARTICLE) and word[2:] in node.children:
            yield node.children[word[2:]], (*articles, True)


def _joins(index: int, first: int, words: Words) -> bool:
    """Whether word ``index`` may belong to the name that began at word ``first``."""
    gap = words.read_gap(index)
    if gap == " " or _INSIDE.fullmatch(gap):
        return True
    letters = words.texts[first : index + 1]
    return all(len(word) == 1 for word in letters) and bool(_ABBREVIATION.fullmatch(gap))


def _judge(
    entry: Entry, reading: _Reading, articles: tuple[bool, ...], first: int, last: int, words: Words
) -> Mention:
    start, end = _close_quotes(words, first, last)
    if reading.skip:
        start = words.starts[first] + reading.skip
    mention = Mention(
        entry, first, last, start=start, end=end, prefix=reading.prefix,
        needs=entry.needs, weak=entry.cut,
    )  # fmt: skip
    guards.weigh_articles(mention, articles)
    guards.weigh_prefix(mention, words)
    guards.weigh_spelling(mention, words)
    guards.weigh_neighbours(mention, words)
    return mention


def _close_quotes(words: Words, first: int, last: int) -> tuple[int, int]:
    """A name's folded start and end; a quotation mark that pairs with one inside is inside too."""
    start, end = words.starts[first], words.ends[last]
    if first == last or not _QUOTE.search(words.folded, start, end):
        return start, end
    inside = "".join(words.read_gap(index) for index in range(first + 1, last + 1))
    for opening, closing in _CLOSING.items():
        more = inside.count(opening) - inside.count(closing)
        if opening == closing:
            more = inside.count(opening) % 2
        if more > 0 and words.folded.startswith(closing, end):
            return start, end + 1
        if more and words.folded.endswith(opening, 0, start):
            return start - 1, end
    return start, end


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention for each place and term, the least doubtful, in total order."""
    best: dict[tuple[int, int, str], Mention] = {}
    for mention in mentions:
        key = (mention.start, -mention.end, mention.entry.term.id)
        if key not in best or _doubt(mention) < _doubt(best[key]):
            best[key] = mention
    return [best[key] for key in sorted(best)]


def _doubt(mention: Mention) -> tuple[bool, bool, bool]:
    return bool(mention.rejected), bool(mention.needs), mention.weak


def _reject_inner(mentions: Sequence[Mention]) -> None:
    """A name inside a longer one that needs no evidence cannot speak for its neighbours."""
    sure: list[Mention] = []
    for mention in mentions:
        sure = [outer for outer in sure if outer.end > mention.start]
        longer = [outer for outer in sure if _holds(outer, mention)]
        if longer and not mention.rejected:
            mention.rejected = f"part of {longer[0].entry.form}"
        elif mention.counts:
            sure.append(mention)


def _holds(outer: Mention, inner: Mention) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and inner.end <= outer.end


def _reject_overlaps(mentions: Sequence[Mention]) -> None:
    end, kept = 0, ""
    for mention in sorted(mentions, key=_rank):
        if mention.rejected:
            continue
        if mention.start < end:
            mention.rejected = f"overlaps {kept}"
        else:
            end, kept = mention.end, mention.entry.form


def _rank(mention: Mention) -> tuple[int, int, bool, bool, str]:
    """Leftmost, longest; of homographs the flagged one, since it had evidence, then by id."""
    flagged = "needs-evidence" in mention.entry.term.flags
    return mention.start, -mention.end, mention.weak, not flagged, mention.entry.term.id


def _make_candidate(mention: Mention, words: Words) -> Candidate:
    span = words.locate(mention.start, mention.end)
    match = Match(
        term=mention.entry.term, span=span, text=span.slice(words.original),
        form=mention.entry.form, prefix=mention.prefix, evidence=mention.evidence,
    )  # fmt: skip
    return Candidate(match, mention.rejected or None)
