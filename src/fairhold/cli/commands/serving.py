"""Serving: the demo, the server, the worker."""

import os
import signal
import socket
import subprocess
import sys
import threading

import click

from fairhold.cli.start import close_connections, start

THREADS = 4
STOP_SECONDS = 5
# So many processes serve where nobody says how many: each has about 150 MB.
MOST_BY_ITSELF = 4
HOST, PORT = "127.0.0.1", 8000
PORTS = click.IntRange(1, 65_535)
WATCH_SECONDS = 1


@click.command()
@click.option(
    "--port", type=PORTS, default=PORT, show_default=True, help="The port on this machine."
)
def demo(*, port: int) -> None:
    """Load a sample marketplace and serve it, with its worker, on this machine.

    Example: fairhold demo
    """
    os.environ.setdefault("FAIRHOLD_TEST_MODE", "1")
    os.environ.setdefault("FAIRHOLD_URL", f"http://{HOST}:{port}")
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
@click.option("--port", type=PORTS, default=PORT, show_default=True, help="The port to listen on.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, MOST_BY_ITSELF),
    show_default="one a core, four at most",
    help="Server processes.",
)
@click.option("--no-worker", is_flag=True, help="Serve only; workers run elsewhere.")
def serve(*, host: str, port: int, processes: int, no_worker: bool) -> None:
    """Serve pages and API, and work the clocks and the outbox beside them.

    Example: fairhold serve --host 0.0.0.0 --processes 2
    """
    if host in {HOST, "localhost"}:
        os.environ.setdefault("FAIRHOLD_URL", f"http://{host}:{port}")
    start(migrated=True)
    _run(host, port, processes=processes, with_worker=not no_worker)


@click.command()
@click.option("--watch", help="The desk's own health address; each answer is a beat.")
@click.option("--only-watch", is_flag=True, hidden=True, help="Beat, and leave work to others.")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when the starter is gone.")
def worker(*, watch: str | None, only_watch: bool, with_parent: bool) -> None:
    """Work clocks and outbox until stopped; any number of workers may run.

    Example: fairhold worker --watch http://127.0.0.1:8000/healthz
    """
    start(migrated=True)
    from fairhold.workers import beat, loop

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if with_parent:
        threading.Thread(target=_stop_when_orphaned, args=(stop,), daemon=True).start()
    if watch:
        threading.Thread(target=beat.watch, args=(watch, stop), daemon=True).start()
    if only_watch:
        stop.wait()
    else:
        loop.work(stop)


def _stop_when_orphaned(stop: threading.Event) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        if stop.wait(1):
            return
    stop.set()


def _run(host: str, port: int, *, processes: int, with_worker: bool = True) -> None:
    """Serve in forked processes, work in a process of its own.

    The server forks, and neither SQLite nor a connection pool survives a fork while it is open: a
    child would inherit locks that nobody ever gives back. So everything is closed first.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    _refuse_busy_port(host, port)
    close_connections()
    words = _words_beside(host, port, with_worker=with_worker)
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(words, subprocess.Popen(words), stop))
    keeper.start()
    server = Server(
        "fairhold.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        workers_kill_timeout=STOP_SECONDS,
    )
    try:
        server.serve()
    finally:
        stop.set()
        keeper.join()


def _keep(words: list[str], beside: "subprocess.Popen[bytes]", stop: threading.Event) -> None:
    """Keep a worker beside the server: one that ends by itself is started again."""
    while not stop.wait(WATCH_SECONDS):
        if beside.poll() is not None:
            click.echo(f"The worker ended ({beside.returncode}); starting it again.", err=True)
            beside = subprocess.Popen(words)
    beside.terminate()
    beside.wait(timeout=STOP_SECONDS)


def _refuse_busy_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what_now = "Stop what listens there, or choose another with --port."
            click.echo(f"Cannot listen on {host}:{port}: {error.strerror}. {what_now}", err=True)
            sys.exit(2)


def _words_beside(host: str, port: int, *, with_worker: bool) -> list[str]:
    """The command of the process beside: it proves that the desk is reached, and works."""
    near = HOST if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    address = f"http://{near}:{port}/healthz"
    words = [sys.executable, "-m", "fairhold", "worker", "--with-parent", "--watch", address]
    return words if with_worker else [*words, "--only-watch"]
