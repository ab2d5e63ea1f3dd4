"""The real virus scanner, where it is installed, with a signature of its own."""

import shutil
import subprocess
import time

import pytest

from fairhold.adapters.scanning import Scan
from fairhold.adapters.scanning.clamd import Clamd

DAEMON = shutil.which("clamd")
pytestmark = pytest.mark.skipif(DAEMON is None, reason="clamav-daemon is absent")
MARK = b"FAIRHOLD-TEST-SIGNATURE-NO-VIRUS"
SECONDS = 30


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    import hashlib

    folder = tmp_path_factory.mktemp("clamav")
    folder.chmod(0o755)
    digest = hashlib.md5(MARK, usedforsecurity=False).hexdigest()
    (folder / "test.hdb").write_text(f"{digest}:{len(MARK)}:Fairhold.Test\n")
    (folder / "clamd.conf").write_text(
        f"LocalSocket {folder}/socket\nDatabaseDirectory {folder}\nForeground yes\n"
        f"LogFile {folder}/log\nUser root\nStreamMaxLength 1M\n"
    )
    running = subprocess.Popen(
        [DAEMON, "-c", str(folder / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(SECONDS * 10):
        if (folder / "socket").exists():
            break
        time.sleep(0.1)
    yield Clamd(str(folder / "socket"))
    running.terminate()
    running.wait(timeout=SECONDS)


def test_a_clean_file_an_infected_one_and_one_that_is_too_large(scanner):
    assert scanner.scan([b"a lamp"]).scan is Scan.CLEAN
    found = scanner.scan([MARK])
    assert (found.scan, "Fairhold.Test" in found.note) == (Scan.INFECTED, True)
    assert scanner.scan([bytes(1 << 16)] * 64).scan is Scan.NOT_SCANNED
