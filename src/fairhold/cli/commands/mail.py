"""E-mails into cases: the listener behind a mail server, and files of e-mails."""

import sys
import threading
from pathlib import Path
from typing import Any

import click

from fairhold.cli.start import close_connections, start


@click.group()
def mail() -> None:
    """Take e-mails into cases.

    Example: fairhold mail listen --port 2525
    """


@mail.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=2525, show_default=True)
def listen(host: str, port: int) -> None:
    """Listen for e-mails to the addresses of cases, behind your own mail server.

    Example: fairhold mail listen --port 2525
    """
    start(migrated=True)
    from fairhold.adapters.mailbox.listener import listener
    from fairhold.flow.desk import current
    from fairhold.flow.intake.mails import LARGEST_MAIL_BYTES, is_address

    if not current().mail_domain:
        click.echo("Set FAIRHOLD_MAIL_DOMAIN, the domain of the cases' addresses.", err=True)
        sys.exit(2)

    def known(address: str) -> bool:
        return is_address(current(), address)

    running = listener(known, _answered, (host, port), LARGEST_MAIL_BYTES)
    running.start()
    click.echo(f"Listening on {host}:{port} for case+NUMBER@{current().mail_domain}.")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        running.stop()


@mail.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", "number", required=True, help="The number of the dispute.")
def import_(file: Path, number: str) -> None:
    """Take the e-mails of FILE (.eml or .mbox) into a case, as if they had been sent to it.

    Example: fairhold mail import thread.mbox --case D-7K3M-9QXW
    """
    start(migrated=True)
    from fairhold.adapters.mailbox import MailUnread, is_mailbox, mails_in
    from fairhold.flow.desk import current
    from fairhold.flow.intake.mails import case_address

    address = case_address(current(), number)
    if address is None:
        click.echo("Set FAIRHOLD_MAIL_DOMAIN, the domain of the cases' addresses.", err=True)
        sys.exit(2)
    content = file.read_bytes()
    refused = 0
    try:
        for raw in mails_in(content) if is_mailbox(content) else [content]:
            taken, reason = _take(raw, address)
            refused += not taken
            click.echo(f"{'taken' if taken else 'refused'}: {reason}")
    except MailUnread as fault:
        click.echo(f"{file}: {fault}.", err=True)
        sys.exit(2)
    sys.exit(1 if refused else 0)


def _answered(raw: bytes, address: str) -> tuple[bool, str]:
    """What became of an e-mail, as its sender is told."""
    result = _received(raw, address)
    return result.filed, result.told


def _take(raw: bytes, address: str) -> tuple[bool, str]:
    result = _received(raw, address)
    more = f" ({'; '.join(result.skipped)})" if result.skipped else ""
    return result.filed, f"{result.reason}{more}"


def _received(raw: bytes, address: str) -> Any:
    from fairhold.adapters.mailbox.signatures import look_up
    from fairhold.flow.desk import current
    from fairhold.flow.intake.mails import receive

    return _closing(lambda: receive(current(), raw, address, look_up))


def _closing(act: Any) -> Any:
    """Do something in a thread of the listener's, and leave no connection behind."""
    try:
        return act()
    finally:
        close_connections()
