"""``bitrans doctor``: what would be used, and whether all is well."""

from __future__ import annotations

import json
import platform

import typer

from bitrans.cli.options import AsJson, ComputeType, Device, Glossary, Model, glossary_names
from bitrans.config import load_config
from bitrans.diagnosis import Diagnosis, diagnose


def doctor(
    model: Model = None,
    glossary: Glossary = None,
    device: Device = None,
    compute_type: ComputeType = None,
    as_json: AsJson = False,
) -> None:
    """Say which model, device and glossary would be used, and whether all is well.

    Exit code 0 when all is well, 4 when the model's files are damaged.
    """
    config = load_config(
        {
            "model": model,
            "glossary": glossary_names(glossary),
            "device": device,
            "compute_type": compute_type,
        }
    )
    found = diagnose(config)
    if as_json:
        print(json.dumps({**dict(found.facts), "faults": list(found.faults)}, indent=1))
    else:
        _print(found)
    if found.faults:
        raise typer.Exit(4)


def _print(found: Diagnosis) -> None:
    facts = [("python", platform.python_version()), *found.facts]
    width = max(len(name) for name, _ in facts)
    for name, value in facts:
        print(f"{name:<{width}}  {value}")
    for fault in found.faults:
        print(f"fault: {fault}")
    print("all is well" if not found.faults else "not all is well: see the faults above")
