"""One function a page. Each gives Markdown made from declarations and docstrings alone."""

import inspect
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_type_hints

import click

from fairhold.adapters.rulebook.library import open_book
from fairhold.api.main import api
from fairhold.api.problems import OWN
from fairhold.cli.main import desk
from fairhold.cli.reference import rules
from fairhold.config.described import SETTINGS
from fairhold.config.environment import shelf
from fairhold.core.cases.decide import COMMANDS
from fairhold.core.cases.disputes.table import DISPUTE_TABLE, FILING
from fairhold.core.cases.evolve import EVENT_TYPES
from fairhold.core.cases.orders.table import ORDER_TABLE, REGISTER
from fairhold.core.cases.refusal import Code

DOTTED = re.compile(r"(?:\w+\.)+(\w+)")
MADE = "<!-- Written by `fairhold reference`; change the code, not this page. -->\n"


def settings() -> str:
    """Every setting."""
    rows = [f"| `{name}` | {default} | {meaning} |" for name, default, meaning in SETTINGS]
    head = "| Variable | Default | Meaning |\n|---|---|---|\n"
    secrets = (
        "\n`DATABASE_URL`, `SECRET_KEY` and `EMAIL_URL` may also be given as `NAME_FILE`, the path "
        "of a file that holds the value.\n"
    )
    return _page("Settings", head + "\n".join(rows) + "\n" + secrets)


def cases() -> str:
    """Every command on a case: what it is, in which state, for whom."""
    return _page("Commands on orders and disputes", "\n".join(map(_command, COMMANDS)))


def _command(kind: type) -> str:
    places: dict[str, str] = {}
    tables = {"no order yet": REGISTER, "no open dispute": FILING}
    tables |= {f"order {standing.value}": cells for standing, cells in ORDER_TABLE.items()}
    tables |= {state.value: cells for state, cells in DISPUTE_TABLE.items()}
    for place, cells in tables.items():
        if kind in cells:
            places[place] = ", ".join(role.value for role in cells[kind][1])
    rows = "\n".join(f"- {place}: {roles}" for place, roles in places.items())
    return f"## {kind.__name__}\n\n{_said(kind)}\n\n{_fields(kind)}{rows}\n"


def events() -> str:
    """Every event of the journal."""
    parts = [f"## {name}\n\n{_said(kind)}\n\n{_fields(kind)}" for name, kind in EVENT_TYPES.items()]
    return _page("Events of the journal", "\n".join(parts))


def refusals() -> str:
    """Every refusal and problem of the API."""
    rows = [f"| `{one.slug}` | {one.status} | {one.title} |" for one in Code]
    rows += [f"| `{name}` | {status} | {title} |" for name, (status, title, _) in OWN.items()]
    head = (
        "Each is the last part of a problem's `type`. They are stable; where several apply, the "
        "first of this list is given.\n\n| Code | Status | Meaning |\n|---|---|---|\n"
    )
    return _page("Refusals and problems", head + "\n".join(rows) + "\n")


def operations() -> str:
    """Every operation of the API."""
    found: list[str] = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, one in methods.items():
            summary = one.get("description", "").strip().split("\n")[0]
            found.append(f"| `{method.upper()} {path}` | `{one['operationId']}` | {summary} |")
    head = "The whole document: `/api/openapi.json`.\n\n| Address | Operation | What it does |\n"
    return _page("API", head + "|---|---|---|\n" + "\n".join(found) + "\n")


def command_line() -> str:
    """Every word of the command line."""
    return _page("Command line", "\n".join(_helped(desk, "fairhold")))


def _helped(command: click.Command, path: str) -> list[str]:
    context = click.Context(
        command, info_name=path, terminal_width=100, help_option_names=["-h", "--help"]
    )
    found = [f"## {path}\n\n```\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            part = command.get_command(context, name)
            if part is not None and not part.hidden:
                found += _helped(part, f"{path} {name}")
    return found


def _said(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "")


def _fields(kind: Any) -> str:
    hints = get_type_hints(kind)
    names = [f"- `{one.name}`: {_hint(hints[one.name])}" for one in fields(kind)]
    return "\n".join(names) + "\n\n" if names else ""


def _hint(hint: Any) -> str:
    text = hint.__name__ if isinstance(hint, type) and not getattr(hint, "__args__", ()) else hint
    return DOTTED.sub(r"\1", str(text))


def _page(title: str, body: str) -> str:
    return f"# {title}\n\n{MADE}\n{body.rstrip()}\n"


def rulebook() -> str:
    """The rulebook in force for new orders, as the shelf of this release has it."""
    return rules.page(*open_book(shelf()))


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "commands.md": cases,
    "events.md": events,
    "refusals.md": refusals,
    "api.md": operations,
    "command-line.md": command_line,
    "rulebook.md": rulebook,
}
