"""`fairhold bench`: JSON and a table, ratios from one run."""

import json
from importlib.util import find_spec
from typing import Any

import click


@click.group()
def bench() -> None:
    """Measure the desk on a database made for it alone.

    Example: fairhold bench lifecycle --postgres postgres://postgres@127.0.0.1:5432
    """


POSTGRES = click.option("--postgres", help="A server on which a database may be made.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON only.")


@bench.command()
@POSTGRES
@AS_JSON
@click.option("--count", default=60, show_default=True, help="Lifecycles in a repetition.")
@click.option("--repetitions", default=3, show_default=True, help="Their median counts.")
def lifecycle(*, postgres: str | None, as_json: bool, count: int, repetitions: int) -> None:
    """Six durable steps of a dispute, beside the same writes as hand-written SQL."""
    from fairhold.cli.bench.scratch import scratch

    with scratch(postgres) as url:
        from fairhold.cli.bench import lifecycle as measured
        from fairhold.flow.desk import current

        _print(measured.run(current(), url, count, repetitions), as_json=as_json)


@bench.command()
@AS_JSON
@click.option("--cases", default=20_000, show_default=True, help="Cases to decide.")
@click.option("--rows", default=1_000_000, show_default=True, help="Rows of the table of cases.")
def rules(*, as_json: bool, cases: int, rows: int) -> None:
    """Cases put to the rulebook one by one and as a table, each beside the same by hand."""
    from fairhold.cli.bench import rules as measured

    found = measured.run(cases)
    if find_spec("polars"):
        from fairhold.cli.bench import columns

        found |= columns.run(rows)
    else:
        found["columns"] = "not measured: Polars is not installed (extra analytics)"
    _print(found, as_json=as_json)


@bench.command()
@AS_JSON
@click.option("--files", default=200, show_default=True, help="Exhibits of the case.")
@click.option("--megabytes", default=1_024, show_default=True, help="How much they have in all.")
def evidence(*, as_json: bool, files: int, megabytes: int) -> None:
    """Files stored, a case file exported and verified, beside plain hashing of the same bytes."""
    from fairhold.cli.bench.scratch import scratch

    with scratch(None):
        from fairhold.cli.bench import evidence as measured
        from fairhold.flow.desk import current

        _print(measured.run(current(), files, megabytes), as_json=as_json)


@bench.command()
@POSTGRES
@AS_JSON
@click.option("--due", default=20_000, show_default=True, help="Clocks to carry out.")
def clocks(*, postgres: str | None, as_json: bool, due: int) -> None:
    """Find due clocks among 2,000 and 200,000 open ones, and carry them out."""
    from fairhold.cli.bench.scratch import scratch

    with scratch(postgres):
        from fairhold.cli.bench import clocks as measured
        from fairhold.flow.desk import current

        _print(measured.run(current(), due), as_json=as_json)


@bench.command()
@POSTGRES
@AS_JSON
@click.option("--scans", "count", default=40_000, show_default=True, help="Scans in a repetition.")
@click.option("--repetitions", default=3, show_default=True, help="Their median counts.")
def parcels(*, postgres: str | None, as_json: bool, count: int, repetitions: int) -> None:
    """Scans in bulk through the API beside COPY, a parcel folded, addresses compared."""
    from fairhold.cli.bench.scratch import scratch

    with scratch(postgres) as url:
        from fairhold.cli.bench import parcels as measured
        from fairhold.flow.desk import current

        _print(measured.run(current(), url, count, repetitions), as_json=as_json)


@bench.command()
@POSTGRES
@AS_JSON
def page(*, postgres: str | None, as_json: bool) -> None:
    """The queue of a full desk and the page of a long dispute, beside an empty answer."""
    from fairhold.cli.bench.scratch import scratch

    with scratch(postgres):
        from fairhold.cli.bench import page as measured
        from fairhold.flow.desk import current

        _print(measured.run(current()), as_json=as_json)


def _print(result: dict[str, Any], *, as_json: bool) -> None:
    click.echo(json.dumps(result))
    if not as_json:
        width = max(map(len, result))
        for name, value in result.items():
            click.echo(f"{name.replace('_', ' '):{width}}  {value}")
