"""``bitrans glossary``: the commands that keep a termbase."""

from __future__ import annotations

import typer

from bitrans.cli import (
    glossary_diff,
    glossary_edit,
    glossary_exchange,
    glossary_explain,
    glossary_lint,
    glossary_mine,
    glossary_show,
)

app = typer.Typer(
    name="glossary",
    help="Keep the termbase: check, explain, mine, edit, compare and exchange it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.command("lint", short_help="Find clashes, differing spellings and unused entries.")(
    glossary_lint.lint
)
app.command("explain", short_help="Say why names were found, or not, and their English.")(
    glossary_explain.explain
)
app.command("mine", short_help="Find names in documents that have no entry yet.")(
    glossary_mine.mine
)
app.command("show", short_help="Show entries whole.")(glossary_show.show)
app.command("search", short_help="Find entries by Arabic, English or id.")(glossary_show.search)
app.command("add", short_help="Add an entry.")(glossary_edit.add)
app.command("edit", short_help="Change cells of an entry.")(glossary_edit.edit)
app.command("remove", short_help="Take entries out.")(glossary_edit.remove)
app.command("diff", short_help="Compare two termbases, and what changes in English.")(
    glossary_diff.diff
)
app.command("import", short_help="Take in a CSV, TSV, TBX or OmegaT glossary.")(
    glossary_exchange.import_
)
app.command("export", short_help="Write a CSV, TSV, TBX or OmegaT glossary.")(
    glossary_exchange.export
)
