"""Looking at cases, and the audit."""

import json

import click

from fairhold.cli.commands.casefile import export, verify
from fairhold.cli.start import start


@click.group()
def case() -> None:
    """Look at one case.

    Example: fairhold case show D-7K3M-9QXW
    """


@case.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(number: str, *, as_json: bool) -> None:
    """Print the history of dispute NUMBER in words."""
    start()
    from fairhold.core.values.plain import to_plain
    from fairhold.flow.desk import current
    from fairhold.flow.query import view_of_case
    from fairhold.flow.sweep import SYSTEM
    from fairhold.store.queries import case_by_number

    found = case_by_number(number)
    view = view_of_case(current(), found, SYSTEM) if found else None
    if view is None:
        click.echo(f"There is no dispute {number}.", err=True)
        raise SystemExit(1)
    if as_json:
        click.echo(json.dumps(to_plain(view.lines), ensure_ascii=False))
        return
    dispute = view.file.the_dispute
    click.echo(
        f"{dispute.number}: {dispute.state.value}, order {view.file.the_order.agreement.ref}"
    )
    for line in view.lines:
        click.echo(f"{line.seq:4} {line.at:%Y-%m-%d %H:%M} {line.voice:9} {line.title}")


case.add_command(export)
case.add_command(verify)


@case.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def replay(number: str, *, as_json: bool) -> None:
    """Decide dispute NUMBER again from its journal; exit 1 if anything differs.

    Example: fairhold case replay D-7K3M-9QXW
    """
    start()
    from fairhold.core.values.plain import to_plain
    from fairhold.flow.again import decide_again
    from fairhold.flow.desk import current
    from fairhold.store.queries import case_by_number, order_of_case

    found = case_by_number(number)
    order_id = order_of_case(found) if found else None
    if order_id is None:
        click.echo(f"There is no dispute {number}.", err=True)
        raise SystemExit(1)
    report = decide_again(current(), order_id)
    if as_json:
        click.echo(json.dumps(to_plain(report), ensure_ascii=False))
    else:
        for one in report.differences:
            click.echo(f"entry {one.seq}: {one.what}")
        verdict = f"{len(report.differences)} differ" if report.differences else "all the same"
        click.echo(
            f"{number}: {report.decided} acts decided again, {report.given} taken as given: "
            f"{verdict}."
        )
    raise SystemExit(1 if report.differences else 0)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--resume", is_flag=True, help="Let money move again after an audit stopped it.")
def audit(*, as_json: bool, resume: bool) -> None:
    """Hold every table and the sealed log against the journal; exit 1 if anything differs.

    What it finds stops payment instructions, until --resume; reading and exporting go on.

    Example: fairhold audit --json
    """
    start()
    from fairhold.core.values.plain import to_plain
    from fairhold.flow.audit import audit as run
    from fairhold.flow.desk import current
    from fairhold.store import halt

    if resume:
        click.echo("Money moves again." if halt.resume() else "Nothing was held back.")
        return
    desk = current()
    report = run(desk.blobs, desk.proofs.signer.line())
    if report.findings:
        first = report.findings[0]
        halt.halt(f"order {first.order_id}: {first.what}", desk.clock.now())
    if as_json:
        click.echo(json.dumps(to_plain(report)))
    else:
        for finding in report.findings:
            click.echo(f"order {finding.order_id}: {finding.what}")
        for currency, accounts in sorted(report.totals.items()):
            moved = ", ".join(f"{name} {amount}" for name, amount in accounts.items() if amount)
            click.echo(f"{currency}: {moved} (sum {sum(accounts.values())})")
        found = f"{len(report.findings)} findings; payment instructions are held back"
        verdict = found if report.findings else "all is well"
        click.echo(f"{report.orders} orders, {report.entries} entries: {verdict}.")
    raise SystemExit(1 if report.findings else 0)
