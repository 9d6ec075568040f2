"""Keeping the termbase with the pipeline's help: explain mentions, show impact, mine names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bitrans.arabic import prepare, writes_alef_maqsura_for_ya
from bitrans.bilingual import from_json
from bitrans.config import Config
from bitrans.core import (
    BilingualDocument,
    Document,
    Failure,
    Hypothesis,
    Pair,
    Segment,
    Step,
    Translator,
)
from bitrans.documents import read_documents
from bitrans.errors import InputError, UsageError
from bitrans.glossary.explaining import Account, Explainer
from bitrans.glossary.lint.usage import Usage, count_usage
from bitrans.glossary.matching import Matcher
from bitrans.glossary.mining import Line, Mined, mine_names
from bitrans.glossary.terms import Glossary, has_arabic
from bitrans.pieces import translate_prepared
from bitrans.pipeline import translate_document
from bitrans.resources import data_folder
from bitrans.segments import cut_segment, split_document
from bitrans.tools import Tools

#: A file larger than this is no bilingual document of ours.
MAX_JSON = 200 * 1024 * 1024
REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class Explained:
    """A segment with the accounts of its names and, where it was translated, its pair."""

    segment: Segment
    accounts: tuple[Account, ...]
    pair: Pair | None

    def find_step(self, account: Account) -> Step | None:
        """What the mention became in English."""
        steps = self.pair.steps if self.pair else ()
        match = account.match
        for step in steps:
            if step.match.span == match.span and step.match.term.id == match.term.id:
                return step
        return None


@dataclass(frozen=True, slots=True)
class Impact:
    """A segment whose English is another under another termbase."""

    document_id: str
    segment: Segment
    before: str
    after: str
    ids: tuple[str, ...]


def find_glossary(config: Config) -> list[Path]:
    """The termbase files or folders of the settings."""
    names = config.glossary
    return [data_folder("glossary")] if names is None else [Path(name) for name in names]


def read_subject(subject: str) -> Document | BilingualDocument:
    """A document file, a JSON file that ``translate`` wrote, or an Arabic text given as it is.

    :raises InputError: when a file cannot be read.
    :raises UsageError: when it is neither a file nor Arabic.
    """
    path = Path(subject)
    if subject != "-" and not _is_file(path):
        if not has_arabic(subject):
            raise UsageError(f"{subject}: no such file, and no Arabic text")
        return Document("text", subject, "text", None, subject, "")
    if path.suffix == ".json":
        return read_bilingual(path)
    (found,) = read_documents([subject])
    if isinstance(found, Failure):
        raise InputError(found.message)
    return found


def read_bilingual(path: Path) -> BilingualDocument:
    """A document from the JSON that ``translate`` wrote.

    :raises InputError: when it is something else or damaged.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_JSON + 1)
        if len(raw) > MAX_JSON:
            raise InputError(f"{path}: larger than any file that bitrans translate writes")
        return from_json(json.loads(raw), source=str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: no JSON: {error}") from error


def explain_subject(
    subject: Document | BilingualDocument, glossary: Glossary, tools: Tools | None
) -> list[Explained]:
    """Each segment with an account of every place where a name might stand.

    :param tools: translate with these; None leaves the English out, unless the subject has it.
    """
    if isinstance(subject, BilingualDocument):
        pairs: Sequence[Pair | None] = subject.pairs
        segments = [pair.segment for pair in subject.pairs]
    elif tools is not None:
        pairs = translate_document(subject, tools).pairs
        segments = [pair.segment for pair in pairs if pair]
    else:
        segments = split_document(subject)
        pairs = [None] * len(segments)
    accounts = Explainer(glossary.terms).explain([segment.text for segment in segments])
    return [
        Explained(segment, tuple(found), pair)
        for segment, found, pair in zip(segments, accounts, pairs, strict=True)
    ]


def mine_documents(
    documents: Iterable[Document | BilingualDocument],
    glossary: Glossary,
    engine: Translator | None,
    config: Config,
) -> list[Mined]:
    """Names in documents that have no entry, the most useful to add first.

    :param engine: translate documents that are not translated yet with this; None leaves the
        English out, and then fewer names are sure enough to be listed.
    """
    matcher = Matcher(glossary.terms)
    lines = (
        line
        for document in documents
        for line in _read_lines(document, matcher, engine, config.hypotheses)
    )
    return mine_names(lines, glossary.terms)


def read_many(paths: Sequence[str]) -> Iterator[Document | BilingualDocument]:
    """The documents of paths, those of ``.json`` files with the English they hold.

    :raises InputError: when one cannot be read.
    """
    jsons = [path for path in paths if path.endswith(".json") and _is_file(Path(path))]
    # `out/*.json` names the run report too, which holds no document.
    yield from (read_bilingual(Path(path)) for path in jsons if Path(path).name != REPORT)
    rest = [path for path in paths if path not in jsons]
    if rest or not jsons:
        yield from read_sound(rest)


def _read_lines(
    document: Document | BilingualDocument,
    matcher: Matcher,
    engine: Translator | None,
    alternatives: int,
) -> Iterator[Line]:
    """A document's segments with their names and the model's own English for them."""
    if isinstance(document, BilingualDocument):
        texts = [pair.segment.text for pair in document.pairs]
        renderings: list[tuple[Hypothesis, ...]] = [
            (Hypothesis(pair.raw),) for pair in document.pairs
        ]
        id_ = document.document.id
    else:
        texts = [segment.text for segment in split_document(document)]
        renderings = _translate(document, texts, engine, alternatives)
        id_ = document.id
    matches = matcher.find_in_document(texts)
    for text, found, written in zip(texts, matches, renderings, strict=True):
        yield Line(id_, text, tuple(found), written)


def _translate(
    document: Document, texts: Sequence[str], engine: Translator | None, alternatives: int
) -> list[tuple[Hypothesis, ...]]:
    if engine is None:
        return [()] * len(texts)
    mend_ya = writes_alef_maqsura_for_ya(document.text)
    prepared = [prepare(text, mend_ya=mend_ya) for text in texts]
    found = translate_prepared(prepared, engine, alternatives, cut=cut_segment)
    return [(one, *one.alternatives) for one in found]


def count_in_paths(paths: Sequence[str], glossary: Sequence[Any]) -> Usage:
    """How the documents of paths use the termbase.

    :raises InputError: when one cannot be read.
    """
    documents = (
        [segment.text for segment in split_document(document)] for document in read_sound(paths)
    )
    return count_usage(Matcher(glossary), documents)


def read_sound(paths: Sequence[str]) -> Iterator[Document]:
    """The documents of paths.

    :raises InputError: when one cannot be read.
    """
    for found in read_documents(paths):
        if isinstance(found, Failure):
            raise InputError(found.message)
        yield found


class Remembering:
    """A translator that renders each text once and gives the same hypothesis from then on."""

    def __init__(self, engine: Translator) -> None:
        self._engine = engine
        self._known: dict[tuple[str, int, bool], Hypothesis] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def translate(
        self,
        texts: Sequence[str],
        *,
        alternatives: int = 1,
        avoid_repeats: bool = False,
        aligned: bool = True,
    ) -> list[Hypothesis]:
        """One hypothesis for each text, aligned; only texts that are new go to the engine."""
        keys = [(text, alternatives, avoid_repeats) for text in texts]
        new = list(dict.fromkeys(key for key in keys if key not in self._known))
        found = self._engine.translate(
            [text for text, _, _ in new], alternatives=alternatives, avoid_repeats=avoid_repeats
        )
        self._known.update(zip(new, found, strict=True))
        return [self._known[key] for key in keys]


def find_impact(
    old: Glossary, new: Glossary, paths: Sequence[str], config: Config, engine: Translator
) -> Iterator[Impact]:
    """The segments of documents whose English changes with the termbase.

    Each text is translated once; matching and enforcing are done with both termbases. Documents
    in which both find the same are not translated.
    """
    once: Any = Remembering(engine)
    before = Tools(once, old, Matcher(old.terms), config)
    after = Tools(once, new, Matcher(new.terms), config)
    for document in read_sound(paths):
        texts = [segment.text for segment in split_document(document)]
        if _find_bare(before.matcher, texts) == _find_bare(after.matcher, texts):
            continue
        pairs = zip(
            translate_document(document, before).pairs,
            translate_document(document, after).pairs,
            strict=True,
        )
        for one, other in pairs:
            if one.target != other.target:
                ids = _differing_ids(one, other)
                yield Impact(document.id, one.segment, one.target, other.target, ids)


def _find_bare(matcher: Matcher, texts: Sequence[str]) -> list[list[Any]]:
    """Matches with all that enforcing looks at, without the places of the entries' rows."""
    return [
        [(match.span, *_strip(match.term)) for match in matches]
        for matches in matcher.find_in_document(texts)
    ]


def _strip(term: Any) -> tuple[object, ...]:
    return (term.id, term.kind, term.preferred, term.admitted, term.forbidden, term.flags)


def _differing_ids(one: Pair, other: Pair) -> tuple[str, ...]:
    left = {(match.span, _strip(match.term)) for match in one.matches}
    right = {(match.span, _strip(match.term)) for match in other.matches}
    return tuple(sorted({str(term[0]) for _, term in left ^ right}))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text too long for a file name
        return False
