"""The second job: documents, or what was translated before, into one brief and its pages."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import quote

from bitrans import __version__
from bitrans.brief import build_brief
from bitrans.briefing.sources import (
    Names,
    Source,
    Translated,
    find_sources,
    load_translated,
    rename,
)
from bitrans.core import BilingualDocument, Brief, Document, Failure, Term
from bitrans.documents import read_documents
from bitrans.errors import InputError, UsageError
from bitrans.pipeline import Advance, translate_document
from bitrans.publish import BRIEF, RESERVED
from bitrans.render import (
    BRIEF_RENDERERS,
    RENDERERS,
    BriefContext,
    PageContext,
    Run,
    write_whole,
)
from bitrans.render.words import count
from bitrans.tools import Tools

LONGEST = 200
_NAMED = 5


@dataclass(frozen=True, slots=True)
class BriefSettings:
    """What is wanted of a brief; ``since`` and ``until`` are ISO days, both included."""

    length: int = 8
    title: str | None = None
    formats: tuple[str, ...] = tuple(BRIEF_RENDERERS)
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.length <= LONGEST:
            raise UsageError(f"--length {self.length}: must be between 1 and {LONGEST}")
        for name, day in (("--since", self.since), ("--until", self.until)):
            if day is not None and _read_day(day) != day:
                raise UsageError(f"{name} {day}: not a day; write it as YYYY-MM-DD")
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"--since {self.since} is after --until {self.until}")

    @property
    def window(self) -> str:
        """The days wanted, in words; empty where all are."""
        if self.since and self.until:
            return f"{self.since} to {self.until}"
        return f"{self.since} or later" if self.since else f"{self.until or ''} or earlier"


@dataclass(frozen=True, slots=True)
class BriefResult:
    """A brief, the files it was written to, and what the user must know of its making."""

    brief: Brief
    context: BriefContext
    files: tuple[Path, ...]
    translated: int
    failures: tuple[Failure, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """Reports without a date, reports left out, files given twice."""
        return self.context.notes


def parse_formats(text: str) -> tuple[str, ...]:
    """The formats that a list such as ``html,docx`` names, each once.

    :raises UsageError: when one is unknown, or none is named.
    """
    named = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    for name in named:
        if name not in BRIEF_RENDERERS:
            close = get_close_matches(name, BRIEF_RENDERERS, n=1)
            meant = f"; did you mean {close[0]}?" if close else ""
            known = ", ".join(BRIEF_RENDERERS)
            raise UsageError(f"--format {name}: must be of {known}{meant}")
    if not named:
        raise UsageError(f"--format: name one or more of {', '.join(BRIEF_RENDERERS)}")
    return named


def publish_brief(
    paths: Sequence[str],
    out: Path,
    load_tools: Callable[[], Tools],
    settings: BriefSettings | None = None,
    *,
    advance: Advance = lambda *_: None,
) -> BriefResult:
    """Make a brief of the reports that ``paths`` lead to and write it to ``out``.

    Documents are translated and their side-by-side pages written to ``out``; JSON that
    ``translate`` wrote is used as it is, and links lead to the page beside it.

    :param load_tools: called once, and only when something must be translated.
    :raises InputError: when nothing can be read, nothing is left, or nothing can be written.
    """
    settings = settings or BriefSettings()
    gathered = _gather(paths, out, load_tools, settings, advance)
    _refuse_nothing(gathered, settings)
    brief = build_brief(
        [report.bilingual for report in gathered.reports],
        length=settings.length,
        title=settings.title,
        terms=gathered.terms,
    )
    context = BriefContext(
        version=__version__,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        pages={it.bilingual.document.id: it.address for it in gathered.reports},
        runs={it.bilingual.document.id: it.run for it in gathered.reports},
        notes=tuple(_word_notes(gathered, settings)),
    )
    files = tuple(out / f"{BRIEF}.{ending}" for ending in settings.formats)
    for ending, path in zip(settings.formats, files, strict=True):
        write_whole(path, BRIEF_RENDERERS[ending](brief, context))
    return BriefResult(brief, context, files, gathered.translated, tuple(gathered.failures))


@dataclass(frozen=True, slots=True)
class _Report:
    bilingual: BilingualDocument
    run: Run
    address: str


@dataclass
class _Gathered:
    """The reports of a brief, and what did not become one."""

    reports: list[_Report] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    terms: Sequence[Term] = ()
    translated: int = 0


def _gather(
    paths: Sequence[str],
    out: Path,
    load_tools: Callable[[], Tools],
    settings: BriefSettings,
    advance: Advance,
) -> _Gathered:
    """Every report wanted, in the order of the paths, its page written where there is none."""
    gathered = _Gathered()
    sources = find_sources(paths)
    known = {it.path: load_translated(it) for it in sources if it.translated}
    before = [it for it in known.values() if isinstance(it, Translated)]
    names = _name_free(before, out)
    identities = {_identify(it.bilingual.document) for it in before}
    documents = _read_texts([it for it in sources if not it.translated])
    tools: Tools | None = None
    for source in sources:
        item = known[source.path] if source.translated else next(documents)
        if isinstance(item, Failure):
            gathered.failures.append(item)
        elif isinstance(item, Translated):
            document = item.bilingual.document
            if _is_new(document, gathered) and _is_wanted(document, settings, gathered):
                gathered.reports.append(_take_translated(item, out, names))
        elif item is not None and _identify(item) in identities:
            gathered.again.append(item.source)
        elif item is not None and _is_wanted(item, settings, gathered):
            tools = tools or load_tools()
            document = replace(item, id=names.take(item.id))
            bilingual = translate_document(document, tools, advance=advance)
            gathered.reports.append(_take_new(bilingual, out, tools))
            gathered.translated += 1
            gathered.terms = tools.glossary.terms
    return gathered


def _name_free(before: Sequence[Translated], out: Path) -> Names:
    """Names for pages in ``out`` that take nothing from the reports that are there already."""
    there = [it.path.stem for it in before if _is_in(it.path, out)]
    if BRIEF in there:
        raise InputError(
            f"{out / BRIEF}.json: is a report, and the brief would take its place; "
            "choose another --out"
        )
    return Names([*RESERVED, *there])


def _read_texts(sources: Sequence[Source]) -> Iterator[Document | Failure]:
    return read_documents([it.path for it in sources]) if sources else iter(())


def _identify(document: Document) -> tuple[str, str]:
    """The same file keeps its name and its bytes, whatever folder it is in."""
    return document.sha256, _short(document.source)


def _short(source: str) -> str:
    return source.replace("\\", "/").split("/")[-1]


def _is_in(path: Path, folder: Path) -> bool:
    return os.path.realpath(path.parent) == os.path.realpath(folder)


def _is_new(document: Document, gathered: _Gathered) -> bool:
    """Whether no report so far is of the same file; two copies would seem to agree."""
    identity = _identify(document)
    if identity in gathered.seen:
        gathered.again.append(document.source)
        return False
    gathered.seen.add(identity)
    return True


def _is_wanted(document: Document, settings: BriefSettings, gathered: _Gathered) -> bool:
    """Whether the document is of the days wanted; one without a known day is kept."""
    if not (settings.since or settings.until):
        return True
    day = _read_day(document.date or "")
    if day is None:
        gathered.undated.append(_short(document.source))
        return True
    if (settings.since or day) <= day <= (settings.until or day):
        return True
    gathered.outside.append(_short(document.source))
    return False


def _read_day(text: str) -> str | None:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _take_translated(item: Translated, out: Path, names: Names) -> _Report:
    """A report translated before; its page is the one beside it, or is written to ``out``."""
    page = item.path.with_suffix(".html")
    own = _is_in(item.path, out)
    name = item.path.stem if own else names.take(item.bilingual.document.id)
    bilingual = rename(item.bilingual, name)
    if not page.is_file():
        page = out / f"{name}.html"
        run = item.run
        context = PageContext(run.version, run.created, run.model, run.glossary)
        write_whole(page, RENDERERS["html"](bilingual, context))
    return _Report(bilingual, item.run, _address(page, out))


def _take_new(bilingual: BilingualDocument, out: Path, tools: Tools) -> _Report:
    run = Run(tools.version, tools.created, tools.engine.id, tools.glossary.revision[:12])
    context = PageContext(run.version, run.created, run.model, run.glossary)
    name = bilingual.document.id
    for ending, render in RENDERERS.items():
        write_whole(out / f"{name}.{ending}", render(bilingual, context))
    return _Report(bilingual, run, _address(out / f"{name}.html", out))


def _address(page: Path, out: Path) -> str:
    """The page as a link from ``out``; nothing in it can be a scheme, a host or a query."""
    try:
        path = os.path.relpath(page, out)
    except ValueError:  # another drive
        return page.absolute().as_uri()
    parts = path.replace(os.sep, "/").split("/")
    return "/".join(quote(part.encode("utf-8", "surrogateescape"), safe="") for part in parts)


def _refuse_nothing(gathered: _Gathered, settings: BriefSettings) -> None:
    """Stop where there is nothing to make a brief of."""
    faults = [failure.message for failure in gathered.failures]
    if gathered.reports:
        if any(report.bilingual.pairs for report in gathered.reports):
            return
        reports = count(len(gathered.reports), "report")
        faults.append(f"nothing in the {reports} could be translated; no brief is written")
    elif gathered.outside:
        reports = count(len(gathered.outside), "report lies", "reports lie")
        faults.append(f"nothing is of {settings.window}: {reports} outside; widen the days")
    elif not faults:
        faults.append(
            "nothing to read; name Arabic documents, or .json files that `bitrans translate` wrote"
        )
    raise InputError("\n".join(faults))


def _word_notes(gathered: _Gathered, settings: BriefSettings) -> Iterator[str]:
    if gathered.undated:
        reports = count(len(gathered.undated), "report has", "reports have")
        yield f"{reports} no known date and may not be of {settings.window}: kept" + _name_some(
            gathered.undated
        )
    if gathered.outside:
        reports = count(len(gathered.outside), "report is", "reports are")
        yield f"{reports} not of {settings.window}: left out" + _name_some(gathered.outside)
    if gathered.again:
        files = count(len(gathered.again), "file was", "files were")
        yield f"{files} given twice: taken once" + _name_some(gathered.again)


def _name_some(names: Sequence[str]) -> str:
    shown = ", ".join(_short(name) for name in names[:_NAMED])
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f" ({shown}{more})"
