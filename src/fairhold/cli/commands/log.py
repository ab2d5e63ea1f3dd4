"""The sealed log: its checkpoints, its proofs, and the witness that puts its name to them."""

import base64
import json
import os
import sys
import time
from pathlib import Path

import click
import httpx2

from fairhold.adapters.clock import SystemClock
from fairhold.adapters.notary.notes import kept_seed, signer
from fairhold.adapters.notary.witness import Unwitnessed, Witness
from fairhold.cli.start import start
from fairhold.core.journal.note import COSIGNATURE

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
TIMEOUT_SECONDS = 15


@click.group("log")
def log_() -> None:
    """Look at the sealed log, prove what stands in it, witness it.

    Example: fairhold log checkpoint
    """


@log_.command()
def checkpoint() -> None:
    """Sign the log as it is and print the checkpoint, with the names of its witnesses.

    Example: fairhold log checkpoint > checkpoint
    """
    start(migrated=True)
    from fairhold.flow import sealing
    from fairhold.flow.desk import current
    from fairhold.store import log

    sealing.seal(current())
    sealing.sign(current())
    row = log.latest_checkpoint()
    if row is None:
        click.echo("Nothing stands in the log yet.", err=True)
        sys.exit(1)
    click.echo(sealing.cosigned(row), nl=False)


@log_.command()
@click.argument("ref")
@AS_JSON
def prove(ref: str, *, as_json: bool) -> None:
    """Prove that the journal of order REF stands in the log.

    Example: fairhold log prove O-1001
    """
    start(migrated=True)
    from fairhold.flow import sealing
    from fairhold.flow.desk import current
    from fairhold.store import log, queries

    order_id = queries.order_by_ref(ref)
    if order_id is None:
        click.echo(f"There is no order {ref}.", err=True)
        sys.exit(1)
    sealing.seal_order(current(), order_id)
    row = log.latest_checkpoint()
    found = sealing.inclusion(order_id, sys.maxsize, row.size) if row else None
    if found is None or row is None:
        click.echo("The journal does not stand in the log yet.", err=True)
        sys.exit(1)
    if as_json:
        told = {"entry": found.head.seq, "hash": found.head.hash, "index": found.index}
        path = [one.hex() for one in found.path]
        click.echo(json.dumps({**told, "size": found.size, "path": path, "root": row.root}))
        return
    click.echo(f"Entry {found.head.seq} ({found.head.hash}) is leaf {found.index} of {found.size}.")
    for one in found.path:
        click.echo(f"  {one.hex()}")
    click.echo(f"Root: {row.root}")


@log_.command()
@click.argument("old", type=int)
@click.argument("new", type=int)
def consistency(old: int, new: int) -> None:
    """Print the proof that the log of NEW leaves begins with that of OLD leaves.

    Example: fairhold log consistency 10 25
    """
    start(migrated=True)
    from fairhold.core.journal.merkle import consistency_proof
    from fairhold.store import log

    if not 0 <= old <= new <= log.size():
        click.echo(f"Expected OLD up to NEW up to {log.size()}, got {old} and {new}.", err=True)
        sys.exit(2)
    for one in consistency_proof(old, new, log.node):
        click.echo(one.hex())


@log_.command()
@click.option("--url", help="The address of the desk, e.g. https://disputes.example.com.")
@click.option("--log-key", help="The key of the log, as the desk publishes it.")
@click.option("--name", required=True, help="The name of this witness, e.g. witness.example.org.")
@click.option(
    "--state",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder of this witness: its key, and what it last put its name to.",
)
@click.option("--every", type=int, default=0, help="Seconds between two looks; 0 looks once.")
def witness(url: str | None, log_key: str | None, name: str, state: Path, every: int) -> None:
    """Watch a log from elsewhere: put a name to each checkpoint that keeps the past as it was.

    Without --url it prints the key of this witness, for FAIRHOLD_WITNESSES of the desk.

    Example: fairhold log witness --name witness.example.org --state w --url http://desk:8000
    """
    own = signer(name, kept_seed(state / "witness_key"))
    if url is None or log_key is None:
        click.echo(own.line(COSIGNATURE))
        return
    watching = Witness(own, log_key, state / "seen")
    while True:
        try:
            _look(watching, url.rstrip("/"))
        except (httpx2.HTTPError, Unwitnessed) as error:
            click.echo(f"Not signed: {error}", err=True)
            if not every:
                sys.exit(1)
        if not every:
            return
        time.sleep(every)


def _look(watching: Witness, url: str) -> None:
    """One look: the latest checkpoint, the proof from the last one, our name, handed back."""
    with httpx2.Client(timeout=TIMEOUT_SECONDS) as client:
        published = client.get(f"{url}/api/v1/log/checkpoint").raise_for_status().text

        def proof(old: int, new: int) -> list[bytes]:
            asked = {"old": old, "new": new}
            answer = client.get(f"{url}/api/v1/log/consistency", params=asked).raise_for_status()
            return [bytes.fromhex(one) for one in answer.json()["path"]]

        signed = watching.witnessed(published, proof, int(SystemClock().now().timestamp()))
        client.post(f"{url}/api/v1/log/cosignatures", content=signed.encode()).raise_for_status()
    click.echo(signed.split("\n")[1] + " leaves: signed.")


@log_.command("key")
def key() -> None:
    """Print the key of this log, for witnesses and for whoever verifies case files.

    Example: fairhold log key
    """
    start()
    from fairhold.flow.desk import current

    click.echo(current().proofs.signer.line())


@log_.command("new-key")
def new_key() -> None:
    """Print a fresh key for FAIRHOLD_LOG_KEY.

    Example: fairhold log new-key
    """
    click.echo(base64.b64encode(os.urandom(32)).decode())
