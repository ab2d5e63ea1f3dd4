"""Orders from a file of JSON lines."""

import contextlib
import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from fairhold.cli.start import start


@click.group()
def orders() -> None:
    """Take orders over from files.

    Example: fairhold orders import orders.jsonl --all-or-nothing
    """


@orders.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all-or-nothing", is_flag=True, help="One bad line, and nothing is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(file: Path, *, all_or_nothing: bool, as_json: bool) -> None:
    """Import FILE, one order a line; every bad line is named with its number and field."""
    start()
    lines = file.read_bytes().split(b"\n")
    try:
        whole: AbstractContextManager[Any] = contextlib.nullcontext()
        if all_or_nothing:
            whole = transaction.atomic()
        with whole:
            bad, taken, known = _take(lines)
            if all_or_nothing and bad:
                raise _Nothing(bad)
    except _Nothing as nothing:
        bad, taken, known = nothing.bad, 0, 0
    _print(bad, taken=taken, known=known, as_json=as_json)
    raise SystemExit(2 if bad else 0)


class _Nothing(Exception):
    """Rolls everything back."""

    def __init__(self, bad: list[dict[str, Any]]) -> None:
        super().__init__()
        self.bad = bad


def _take(lines: list[bytes]) -> tuple[list[dict[str, Any]], int, int]:
    from fairhold.core.values.roles import Actor, Role
    from fairhold.flow.request import Viewer

    importer = Viewer(Actor("import", Role.OPERATOR))
    bad: list[dict[str, Any]] = []
    taken = known = 0
    filled: list[tuple[int, bytes]] = list(_filled(lines))
    with click.progressbar(filled, label="Orders", file=sys.stderr) as bar:
        for number, raw in bar:
            result, errors = _one(raw, importer)
            taken += result == "registered"
            known += result == "known"
            bad += ({"line": number, **error} for error in errors)
    return bad, taken, known


def _one(raw: bytes, importer: Any) -> tuple[str, list[dict[str, str]]]:
    """What became of one line: registered, known or bad, and what is wrong with it."""
    from fairhold.flow.desk import current
    from fairhold.flow.intake.order_document import register
    from fairhold.flow.request import Refused

    document, errors = _read(raw)
    if document is None:
        return "bad", errors
    result = register(current(), document, importer)
    if isinstance(result, Refused):
        where = f"/{result.refusal.field or ''}"
        return "bad", [{"pointer": where, "detail": result.refusal.why}]
    return ("known" if result.replayed else "registered"), []


def _read(raw: bytes) -> tuple[Any, list[dict[str, str]]]:
    from fairhold.flow.intake.order_document import parse

    try:
        return parse(json.loads(raw))
    except (ValueError, RecursionError) as error:
        return None, [{"pointer": "", "detail": f"expected one JSON object: {error}"}]


def _filled(lines: list[bytes]) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _print(bad: list[dict[str, Any]], *, taken: int, known: int, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"registered": taken, "known": known, "errors": bad}))
        return
    for error in bad:
        click.echo(f"line {error['line']}{error['pointer'] or '/'}: {error['detail']}", err=True)
    click.echo(f"{taken} orders registered, {known} known before, {len(bad)} errors.")
