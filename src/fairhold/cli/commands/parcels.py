"""Parcels: numbers examined, scans taken over from files, stories told, texts without meaning."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from fairhold.cli.start import start

LINES_AT_ONCE = 1_000
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def parcels() -> None:
    """Look at parcels and take over what carriers recorded.

    Example: fairhold parcels check LX123456785CN
    """


@parcels.command()
@click.argument("number")
@click.option("--carrier", help="The carrier that the number is said to be of.")
@AS_JSON
def check(number: str, *, carrier: str | None, as_json: bool) -> None:
    """Say what NUMBER tells by itself; exit 1 if no carrier can have given it out.

    Example: fairhold parcels check "lx 123 456 785 cn"
    """
    start()
    from fairhold.core.logistics.waybill import Standing, examine
    from fairhold.flow.desk import current
    from fairhold.flow.parcels.telling import examined

    register = current().parcels.register
    named = register.named(carrier) if carrier else None
    if carrier and named is None:
        click.echo(f"No carrier is known as {carrier!r}; looked at all of them.", err=True)
    found = examine(number, register, named)
    if as_json:
        click.echo(json.dumps(examined(found, register), ensure_ascii=False))
    else:
        click.echo(f"{found.number}: {found.standing.value}. {found.reason}")
        for slip in found.slips:
            click.echo(f"  corrected: {slip}")
        for key in found.carriers:
            one = register.carriers[key]
            click.echo(f"  {one.name}{'' if one.proof else ' (its records do not count as proof)'}")
    raise SystemExit(1 if found.standing is Standing.IMPOSSIBLE else 0)


@parcels.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
def import_(file: Path, *, as_json: bool) -> None:
    """Import scans from FILE, one JSON object a line; exit 2 if a line does not fit.

    Example: fairhold parcels import scans.jsonl
    """
    start(migrated=True)
    from fairhold.flow.desk import current
    from fairhold.flow.parcels.intake import take_own

    desk = current()
    lines = [(place, raw) for place, raw in _lines(file) if raw.strip()]
    totals = {"taken": 0, "known": 0, "marked": 0}
    errors: list[dict[str, Any]] = []
    for begin in range(0, len(lines), LINES_AT_ONCE):
        part = lines[begin : begin + LINES_AT_ONCE]
        found = take_own(desk, [_parsed(raw) for _, raw in part], "file", desk.clock.now())
        for name in totals:
            totals[name] += getattr(found, name)
        errors += [
            {"line": part[one.index][0], "pointer": one.pointer, "detail": one.detail}
            for one in found.rejected
        ]
    if as_json:
        click.echo(json.dumps({**totals, "errors": errors}, ensure_ascii=False))
    else:
        for one in errors:
            click.echo(f"line {one['line']}{one['pointer']}: {one['detail']}", err=True)
        click.echo(
            f"{totals['taken']} scans taken, {totals['known']} known before, "
            f"{totals['marked']} kept without effect as yet, {len(errors)} errors."
        )
    raise SystemExit(2 if errors else 0)


def _lines(file: Path) -> "list[tuple[int, bytes]]":
    return list(enumerate(file.read_bytes().split(b"\n"), start=1))


def _parsed(raw: bytes) -> Any:
    """The value of a line; what is no JSON becomes a value that no scan has."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


@parcels.command()
@click.argument("ref")
@AS_JSON
def show(ref: str, *, as_json: bool) -> None:
    """Tell the story of the parcels of order REF.

    Example: fairhold parcels show LL-1002
    """
    start(migrated=True)
    from fairhold.flow.desk import current
    from fairhold.flow.parcels.telling import parcels as told
    from fairhold.flow.query import view_of_order
    from fairhold.flow.sweep import SYSTEM

    view = view_of_order(current(), _order(ref), SYSTEM)
    if view is None:
        raise SystemExit(1)
    found = told(current(), view)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found["items"]:
        click.echo(f"{one['carrier']} {one['waybill']}: {one['state_in_words']}")
        for flag in one["flags"]:
            click.echo(f"  ! {flag['explanation']}")
        for event in one["events"]:
            words = event["text"] or event["kind"]
            click.echo(f"  {event['local_time'][:16]} {event['place']:30} {words}")


@parcels.command()
@click.argument("ref")
def export(ref: str) -> None:
    """Print every raw scan of order REF as it was received, with its digest, as JSON lines.

    Example: fairhold parcels export LL-1002 > scans.jsonl
    """
    start(migrated=True)
    from fairhold.flow.parcels.telling import raw
    from fairhold.flow.sweep import SYSTEM
    from fairhold.store.load import load

    for one in raw(load(_order(ref), None).file, SYSTEM)["items"]:
        click.echo(json.dumps(one, ensure_ascii=False))


@parcels.command()
@AS_JSON
def unmapped(*, as_json: bool) -> None:
    """List texts of carriers that nobody has given a meaning yet, the most frequent first.

    Example: fairhold parcels unmapped --json
    """
    start(migrated=True)
    from fairhold.flow.desk import current
    from fairhold.flow.parcels.unread import without_meaning

    rows = without_meaning(current())
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for source, text, times in rows:
        click.echo(f"{times:6} {source:10} {text}")
    click.echo(f"{len(rows)} texts without meaning.")


@parcels.command()
def reread() -> None:
    """Let the worker look again at parcels whose texts were given a meaning since they came.

    Example: fairhold parcels reread
    """
    start(migrated=True)
    from fairhold.flow.desk import current
    from fairhold.flow.parcels.unread import read_again

    click.echo(f"{read_again(current())} parcels will be looked at again.")


@parcels.command()
@AS_JSON
def nudges(*, as_json: bool) -> None:
    """Tell what became of reminders: how many, how often the matter ended, and after how long.

    Example: fairhold parcels nudges
    """
    start(migrated=True)
    from fairhold.flow.desk import current
    from fairhold.flow.parcels.helped import helped

    rows = [asdict(one) for one in helped(current())]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for one in rows:
        how = "sent" if one["sent"] else "suggested"
        after = f", half of them within {one['median_hours']} h" if one["ended"] else ""
        click.echo(
            f"{one['kind']:15} to the {one['to']:7} {how:9} {one['issued']:5}: "
            f"ended {one['ended']} (in a week {one['ended_in_a_week']}){after}"
        )
    click.echo(f"{sum(one['issued'] for one in rows)} reminders.")


def _order(ref: str) -> str:
    """The id of an order by its reference; ends the command where there is none."""
    from fairhold.store.queries import order_by_ref

    found = order_by_ref(ref)
    if found is None:
        click.echo(f"There is no order {ref}.", err=True)
        sys.exit(1)
    return found
