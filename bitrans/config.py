"""One immutable value for all settings: defaults, then ``bitrans.toml``, then flags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from bitrans.errors import InputError

FILE_NAME = "bitrans.toml"
_DEVICES = ("auto", "cpu", "cuda")


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a run. ``model`` and ``glossary`` None mean those that come with bitrans.

    ``threads`` 0 means all cores; ``batch_tokens`` bounds a batch in source tokens; ``summary``
    is the number of segments of each article's summary; ``alternatives`` the hypotheses of the
    n-best that enforcing may choose from.
    """

    model: str | None = None
    glossary: tuple[str, ...] | None = None
    out: str = "out"
    device: str = "auto"
    compute_type: str = "auto"
    beam: int = 4
    alternatives: int = 4
    threads: int = 0
    batch_tokens: int = 1024
    summary: int = 5
    strict: bool = False

    def __post_init__(self) -> None:
        for name, low, high in (
            ("beam", 1, 32),
            ("alternatives", 1, 32),
            ("threads", 0, 1024),
            ("batch_tokens", 64, 1_000_000),
            ("summary", 0, 1000),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise InputError(f"{name} {value}: must be between {low} and {high}")
        if self.device not in _DEVICES:
            raise InputError(f"device {self.device}: must be one of {', '.join(_DEVICES)}")

    @property
    def hypotheses(self) -> int:
        """How many hypotheses are asked for: a beam has no more of them than it is wide."""
        return min(self.alternatives, self.beam)

    def describe(self) -> dict[str, Any]:
        """The settings as plain values, for the run report."""
        return asdict(self)


def load_config(flags: Mapping[str, Any], *, folder: Path | None = None) -> Config:
    """Defaults, then ``bitrans.toml`` of ``folder`` (default: here), then flags that are set.

    :raises InputError: naming every fault of the file.
    """
    path = (folder or Path()) / FILE_NAME
    config = replace(Config(), **_read_file(path)) if path.is_file() else Config()
    return replace(config, **{name: value for name, value in flags.items() if value is not None})


def _read_file(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    faults = [fault for name, value in found.items() if (fault := _find_fault(name, value))]
    if faults:
        raise InputError("\n".join(f"{path}: {fault}" for fault in faults))
    if "glossary" in found:
        listed = [found["glossary"]] if isinstance(found["glossary"], str) else found["glossary"]
        found["glossary"] = tuple(str(path.parent / name) for name in listed)
    return found


def _find_fault(name: str, value: object) -> str | None:
    defaults = {field.name: field.default for field in fields(Config)}
    if name not in defaults:
        from difflib import get_close_matches

        close = get_close_matches(name, defaults, n=1)
        return f"unknown setting {name}" + (f"; did you mean {close[0]}?" if close else "")
    if name == "glossary":
        listed = [value] if isinstance(value, str) else value
        fits = isinstance(listed, list) and all(isinstance(item, str) for item in listed)
    else:
        fits = type(value) is (str if name == "model" else type(defaults[name]))
    return None if fits else f"{name}: {value!r} is of the wrong kind"
