"""Look a termbase over: what clashes, differs, is missing or never used, with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bitrans.core import Term
from bitrans.glossary.lint.clashes import find_clashes
from bitrans.glossary.lint.findings import Finding
from bitrans.glossary.lint.kinds import find_kind_faults
from bitrans.glossary.lint.spellings import find_spellings
from bitrans.glossary.lint.usage import Usage, find_common_words, find_unused
from bitrans.glossary.terms import Survey, survey_glossary

__all__ = ["Finding", "Usage", "lint_glossary", "lint_terms", "lint_usage"]


def lint_glossary(paths: Sequence[Path]) -> tuple[Survey, list[Finding]]:
    """What termbase files hold and everything found, the loader's faults among it as errors."""
    survey = survey_glossary(paths)
    return survey, [*map(_take_fault, survey.faults), *lint_terms(survey.terms)]


def lint_terms(terms: Iterable[Term]) -> list[Finding]:
    """What the entries themselves show, in the order of file and line for each rule."""
    live = [
        term for term in terms if term.status != "deprecated" and term.arabic and term.preferred
    ]
    return [*find_clashes(live), *find_spellings(live), *find_kind_faults(live)]


def lint_usage(terms: Sequence[Term], usage: Usage) -> list[Finding]:
    """What texts show of the entries: common words, and entries that none of them uses."""
    return [*find_common_words(terms, usage), *find_unused(terms, usage)]


def _take_fault(fault: str) -> Finding:
    """A fault of the loader, whose place may hold colons, as a finding."""
    where, _, reason = fault.partition(": ")
    return Finding(where, "error", "invalid", reason)
