"""What can go wrong in a way that a user can mend; each message says what, where, what to do."""

from __future__ import annotations


class BitransError(Exception):
    """Root of all errors a user can cause; ``exit_code`` is what the command returns."""

    exit_code = 3


class UsageError(BitransError):
    """The command line does not say something that can be done."""

    exit_code = 2


class InputError(BitransError):
    """A document, a folder or a setting cannot be used."""


class GlossaryError(BitransError):
    """The termbase has faults; the message lists each as ``file:line: reason``."""


class EngineError(BitransError):
    """The model or the engine cannot be used."""

    exit_code = 4


class MissingExtraError(BitransError):
    """An optional package is not installed; the message names the command that installs it."""

    exit_code = 4
