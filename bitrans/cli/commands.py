"""The commands by name; the module of one is imported when it is called for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

#: Each command's name, which is its module's too, and what the list of all says of it.
COMMANDS = {
    "translate": "Translate documents into side-by-side pages.",
    "brief": "Make one brief in English over many reports.",
    "score": "Score translations against references or another version.",
    "evaluate": "Translate and score, with the glossary and without.",
    "doctor": "Say what would be used, and whether all is well.",
    "glossary": "Keep the termbase.",
}


class Commands(TyperGroup):
    """Reads a command's module only when it is needed: each loads other parts of bitrans."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # What a misspelt name is compared with: of these only the names are read.
        names: dict[str, Any] = dict.fromkeys(COMMANDS)
        self.commands = names

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order of the help."""
        return [*COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, or None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = _load_command(cmd_name)
        command.name, command.short_help = cmd_name, COMMANDS[cmd_name]
        return command


def _load_command(name: str) -> Any:
    module = import_module(f"bitrans.cli.{name}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name)(getattr(module, name))
    return typer.main.get_command(app)
