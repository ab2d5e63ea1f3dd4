"""Serving: the demo, the server, the worker."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import click

from fairhold.cli.start import start

THREADS = 8
HOST, PORT = "127.0.0.1", 8000


@click.command()
@click.option("--port", default=PORT, show_default=True, help="The port on this machine.")
def demo(*, port: int) -> None:
    """Load a sample marketplace and serve it, with its worker, on this machine.

    Example: fairhold demo
    """
    os.environ.setdefault("FAIRHOLD_TEST_MODE", "1")
    start()
    from django.conf import settings
    from django.core.management import call_command

    from fairhold.cli.sample.load import PASSWORD, load
    from fairhold.flow.desk import current

    call_command("migrate", verbosity=0, interactive=False)
    sign_ins = load(current(), settings.ENVIRONMENT.data / "demo.json")
    click.echo(f"\nFairhold is at http://{HOST}:{port}\n\nSign in with the password {PASSWORD}:")
    for one in sign_ins:
        click.echo(f"  {one.role:11} {one.email:24} API key {one.key}")
    click.echo("\nCtrl-C stops it.", nl=True)
    _run(HOST, port, processes=1)


@click.command()
@click.option("--host", default=HOST, show_default=True, help="The address to listen on.")
@click.option("--port", default=PORT, show_default=True, help="The port to listen on.")
@click.option("--processes", default=1, show_default=True, help="Server processes.")
@click.option("--no-worker", is_flag=True, help="Serve only; workers run elsewhere.")
def serve(*, host: str, port: int, processes: int, no_worker: bool) -> None:
    """Serve pages and API, and work the clocks and the outbox beside them.

    Example: fairhold serve --host 0.0.0.0 --processes 2
    """
    start()
    _run(host, port, processes=processes, with_worker=not no_worker)


@click.command()
def worker() -> None:
    """Work clocks and outbox until stopped; any number of workers may run.

    Example: fairhold worker
    """
    start()
    from fairhold.workers.loop import work

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    click.echo("Working. Ctrl-C stops it.")
    work(stop)


def _run(host: str, port: int, *, processes: int, with_worker: bool = True) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from fairhold.workers.beat import watch
    from fairhold.workers.loop import work

    stop = threading.Event()
    threads = [_thread(watch, f"http://{HOST if host == '0.0.0.0' else host}:{port}/healthz", stop)]  # noqa: S104
    if with_worker:
        threads.append(_thread(work, stop))
    server = Server(
        "fairhold.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    )
    try:
        server.serve()
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=10)


def _thread(target: Callable[..., Any], *arguments: Any) -> threading.Thread:
    thread = threading.Thread(target=target, args=arguments, daemon=True)
    thread.start()
    return thread
