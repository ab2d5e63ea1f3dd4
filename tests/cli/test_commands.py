"""The command line as somebody in a shell uses it: words in, words and an exit code out."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.test_contract import document
from served import PATIENCE_SECONDS, surroundings


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Runs `fairhold WORDS` on a database of its own; gives exit code, output and errors."""
    data = tmp_path_factory.mktemp("shell")
    environment = {
        **os.environ,
        "FAIRHOLD_DATA": str(data),
        "DATABASE_URL": f"sqlite:///{data}/desk.sqlite3",
        "DJANGO_SETTINGS_MODULE": "fairhold.config.settings",
        "FAIRHOLD_TEST_MODE": "0",
    }

    def run(*words: str, **extra: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "fairhold", *words],
            env={**environment, **extra},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr

    assert run("doctor", "--json")[0] == 1  # nothing is migrated yet
    code, _, error = run("serve")
    assert (code, "fairhold migrate" in error) == (2, True)
    assert run("migrate")[0] == 0
    return run


def lines(tmp_path, *rows) -> str:
    path = tmp_path / "orders.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return str(path)


def test_doctor_finds_everything_in_place(shell):
    code, output, _ = shell("doctor", "--json")
    assert code == 0
    assert json.loads(output)["durability"] == "safe"


def test_import_keeps_good_lines_and_names_each_bad_one(shell, tmp_path):
    bad = document(ref="C-2", freight_minor=-1)
    path = lines(tmp_path, document(ref="C-1"), bad, "no json", "", document(ref="C-3"))
    code, output, error = shell("orders", "import", path)
    assert code == 2
    assert "2 orders registered, 0 known before, 2 errors" in output
    assert "line 2/freight_minor" in error
    assert "line 3/" in error
    code, output, _ = shell("orders", "import", path, "--json")
    assert (code, json.loads(output)["known"]) == (2, 2)


def test_import_all_or_nothing_keeps_nothing_for_one_bad_line(shell, tmp_path):
    path = lines(tmp_path, document(ref="D-1"), document(ref="D-2", currency="XXQ"))
    code, output, _ = shell("orders", "import", path, "--all-or-nothing", "--json")
    assert (code, json.loads(output)["registered"]) == (2, 0)
    path = lines(tmp_path, document(ref="D-1"))
    assert "1 orders registered" in shell("orders", "import", path)[1]


def test_people_and_keys_are_made_and_faults_name_the_option(shell):
    add = ("people", "add", "--role", "specialist", "--name", "Ada Judge", "--email")
    password = ("--password", "a long way home")
    assert shell(*add, "ada@desk.example", *password)[0] == 0
    code, _, error = shell(*add, "ada@desk.example", *password)
    assert (code, "--email" in error) == (2, True)
    code, _, error = shell(*add, "b@desk.example", "--password", "short")
    assert (code, "--password" in error) == (2, True)
    add_buyer = ("people", "add", "--role", "buyer", "--name", "B", "--email", "c@desk.example")
    code, _, error = shell(*add_buyer, *password)
    assert (code, "--party" in error) == (2, True)
    make = ("keys", "create", "ada@desk.example", "--label", "shop", "--scope")
    code, output, _ = shell(*make, "disputes:read")
    assert code == 0
    assert len(output.strip()) > 30
    code, _, error = shell(*make, "disputes:nothing")
    assert (code, "--scope" in error) == (2, True)
    assert shell("keys", "create", "nobody@desk.example", "--label", "x", "--scope", "y")[0] == 2


def test_audit_of_a_sound_desk_says_so(shell):
    code, output, _ = shell("audit")
    assert (code, "all is well" in output) == (0, True)
    code, output, _ = shell("audit", "--json")
    assert (code, json.loads(output)["findings"]) == (0, [])


def test_a_case_that_is_not_there_is_an_honest_no(shell):
    code, _, error = shell("case", "show", "D-0000-0000")
    assert (code, "There is no dispute" in error) == (1, True)


def test_a_setting_that_cannot_be_is_named_before_anything_starts(shell):
    for name, value in {
        "FAIRHOLD_OUTAGE_SECONDS": "soon",
        "FAIRHOLD_TEST_MODE": "yes",
        "EMAIL_URL": "pigeon://x",
        "FAIRHOLD_URL": "https://[::1",
        "DATABASE_URL_FILE": "nowhere/at/all",
        "FAIRHOLD_RULEBOOK": "nobody/1",
    }.items():
        code, _, error = shell("doctor", **{name: value})
        assert code == 2
        assert name in error or value in error


def test_a_busy_port_is_told_in_a_sentence(shell):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, error = shell("serve", "--port", str(taken.getsockname()[1]))
    assert (code, "--port" in error) == (2, True)


def worker_of(server: int) -> int | None:
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int(path.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == server and b"--with-parent" in path.joinpath("cmdline").read_bytes():
                return int(path.name)
    return None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_a_worker_that_dies_is_started_again(tmp_path):
    port, environment = surroundings(tmp_path)
    words = [sys.executable, "-m", "fairhold", "demo", "--port", str(port)]
    desk = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    try:
        first = within(PATIENCE_SECONDS, lambda: worker_of(desk.pid))
        os.kill(first, signal.SIGKILL)
        assert within(15, lambda: (now := worker_of(desk.pid)) != first and now)
    finally:
        desk.send_signal(signal.SIGTERM)
        desk.wait(timeout=20)


def within(seconds: int, ask):
    """The first true answer to `ask` within so many seconds."""
    for _ in range(seconds * 10):
        if found := ask():
            return found
        time.sleep(0.1)
    raise AssertionError(f"nothing within {seconds} seconds")


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        (("lifecycle", "--count", "2", "--repetitions", "1"), "ratio"),
        (("clocks", "--due", "20"), "clocks_per_second_one_worker"),
        (("page",), "queue_statements"),
        (("rules", "--cases", "200", "--rows", "5000"), "ratio_bare_to_by_hand"),
    ],
)
def test_benchmarks_print_their_figures(shell, words, figure):
    code, output, error = shell("bench", *words, "--json")
    assert code == 0, error
    assert json.loads(output)[figure] > 0


def test_a_book_is_printed_as_sql_that_a_database_can_run(shell):
    code, output, _ = shell("rulebook", "sql", "--table", 'ca"ses', "--on", "2026-11-24")
    assert code == 0
    made, asked = output.split(";\n\n")
    base = sqlite3.connect(":memory:")
    base.execute(made)
    base.execute('INSERT INTO "ca""ses" ("case") VALUES (1)')
    assert base.execute(asked.rstrip(";\n")).fetchall() == [(1, "open", *[None] * 5)]
    base.close()
    assert shell("rulebook", "sql", "no-such-book")[0] == 2
