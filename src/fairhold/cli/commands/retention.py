"""Retention: what may be deleted and when, deletion itself, legal holds."""

import json
import sys
from datetime import UTC, datetime
from typing import Any

import click

from fairhold.cli.start import start

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def retention() -> None:
    """Look at what may be deleted, delete it, keep it for a claim.

    Example: fairhold retention preview
    """


@retention.command()
@AS_JSON
def preview(*, as_json: bool) -> None:
    """List what could be deleted now, and what still has to be kept. Nothing is changed.

    Example: fairhold retention preview
    """
    start(migrated=True)
    for line in _due(None):
        if as_json:
            click.echo(json.dumps(line))
            continue
        state = line["kept_because"] or "may be deleted"
        counts = f"{line['texts']} texts, {line['files']} files, {line['scans']} scans"
        click.echo(f"{line['order']}: {counts}; {state}")


@retention.command()
@click.argument("ref", required=False)
@click.option("--yes", is_flag=True, help="Delete; without it this is a preview.")
def purge(ref: str | None, *, yes: bool) -> None:
    """Delete what is left of order REF (or of every order) after its time; digests stay.

    Example: fairhold retention purge O-1001 --yes
    """
    start(migrated=True)
    from fairhold.flow.desk import current
    from fairhold.flow.request import Refused
    from fairhold.flow.retention import purge as purged

    failed = False
    for line in _due(ref):
        if not yes:
            click.echo(f"{line['order']}: would be deleted" if not line["kept_because"] else "")
            continue
        result = purged(current(), line["order_id"], _operator())
        if isinstance(result, Refused):
            failed = failed or ref is not None
            click.echo(f"{line['order']}: kept. {result.refusal.why}", err=True)
        else:
            click.echo(f"{line['order']}: deleted.")
    sys.exit(1 if failed else 0)


@retention.command()
@click.argument("ref")
@click.option("--of", "role", type=click.Choice(["buyer", "seller"]), required=True)
@click.option("--yes", is_flag=True, help="Delete; without it this is a preview.")
def erase(ref: str, *, role: str, yes: bool) -> None:
    """Delete what one side of order REF wrote, because that person asked; a hold refuses it.

    Example: fairhold retention erase O-1001 --of buyer --yes
    """
    start(migrated=True)
    from fairhold.flow.desk import current
    from fairhold.flow.request import Refused
    from fairhold.flow.retention import erase as erased
    from fairhold.flow.retention import texts_of

    order_id = _order(ref)
    texts = texts_of(order_id, role)
    if not yes:
        click.echo(f"{ref}: {len(texts)} texts of the {role} would be deleted.")
        return
    result = erased(current(), order_id, _operator(), texts)
    if isinstance(result, Refused):
        click.echo(f"{result.refusal.why} {result.refusal.what_now}", err=True)
        sys.exit(1)
    click.echo(f"{ref}: {len(texts)} texts of the {role} deleted; their digests stay on record.")


@retention.command()
@click.argument("ref")
@click.option("--claim", required=True, help="The claim that everything is kept for.")
@click.option("--until", required=True, help="The day on which somebody looks at it again.")
def hold(ref: str, *, claim: str, until: str) -> None:
    """Keep everything of order REF for a legal claim.

    Example: fairhold retention hold O-1001 --claim "court file 12/27" --until 2027-06-01
    """
    start(migrated=True)
    from fairhold.core.cases.orders.commands import PlaceHold

    try:
        review_at = datetime.fromisoformat(until).replace(tzinfo=UTC)
    except ValueError:
        click.echo(f"Expected a day like 2027-06-01, got {until!r}.", err=True)
        sys.exit(2)
    _do(ref, lambda words: PlaceHold(words(claim), review_at))


@retention.command()
@click.argument("ref")
@click.option("--reasons", required=True, help="Why the hold ends.")
def lift(ref: str, *, reasons: str) -> None:
    """End the legal hold on order REF.

    Example: fairhold retention lift O-1001 --reasons "the claim was settled"
    """
    start(migrated=True)
    from fairhold.core.cases.orders.commands import LiftHold

    _do(ref, lambda words: LiftHold(words(reasons)))


def _do(ref: str, build: Any) -> None:
    from fairhold.adapters.ids import words
    from fairhold.flow.desk import current
    from fairhold.flow.handle import handle
    from fairhold.flow.request import Refused, Request

    desk, order_id = current(), _order(ref)
    key = desk.ids.new()
    command = build(lambda text: words(desk.ids, text))
    result = handle(desk, Request(order_id, command, _operator(), key, key))
    if isinstance(result, Refused):
        click.echo(f"{result.refusal.why} {result.refusal.what_now}", err=True)
        sys.exit(1)
    click.echo(f"{ref}: done.")


def _order(ref: str) -> str:
    from fairhold.store.queries import order_by_ref

    found = order_by_ref(ref)
    if found is None:
        click.echo(f"There is no order {ref}.", err=True)
        sys.exit(1)
    return found


def _operator() -> Any:
    from fairhold.core.values.roles import Actor, Role
    from fairhold.flow.request import Viewer

    return Viewer(Actor("command-line", Role.OPERATOR))


def _due(ref: str | None) -> list[dict[str, Any]]:
    from fairhold.flow.desk import current
    from fairhold.flow.retention import due_now

    return due_now(current(), ref)
