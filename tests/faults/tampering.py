"""Case files with one byte changed, again and again: none may verify.

python tests/faults/tampering.py CHANGES [CASE_FILE]

Without a case file one is made of a full case in a database of its own.
"""

import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fairhold.adapters.casefile.checks import verify
from fairhold.adapters.casefile.container import Broken

MAKE = """
import sys
sys.path.insert(0, "tests")
from django import setup
setup()
from pathlib import Path
from dossier import bag_of, full_case
bag = bag_of(full_case())
Path(sys.argv[1]).write_bytes(b"".join(bag.chunks()))
"""


def made(folder: Path) -> Path:
    """The file of a full case."""
    environment = {
        **os.environ,
        "FAIRHOLD_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'fairhold.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "fairhold.config.settings",
        "FAIRHOLD_TEST_MODE": "1",
    }
    path = folder / "case.zip"
    migrate = [sys.executable, "-m", "fairhold", "migrate"]
    subprocess.run(migrate, env=environment, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", MAKE, str(path)], env=environment, check=True)
    return path


def changed(part: tuple[int, int, int, str]) -> list[str]:
    """The changes of one worker that nobody noticed."""
    worker, workers, wanted, original = part
    content = Path(original).read_bytes()
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.zip"
        for number in range(worker, wanted, workers):
            chance = random.Random(number)
            place, flipped = chance.randrange(len(content)), chance.randrange(1, 256)
            spoiled = bytearray(content)
            spoiled[place] ^= flipped
            path.write_bytes(bytes(spoiled))
            try:
                list(verify(path))
            except Broken:
                continue
            missed.append(f"byte {place} changed by {flipped} was not noticed")
    return missed


def main(wanted: int, given: str | None) -> None:
    """Make the file, change it, count what was missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(given) if given else made(Path(folder))
        held = list(verify(path))
        workers = os.cpu_count() or 1
        parts = [(worker, workers, wanted, str(path)) for worker in range(workers)]
        with ProcessPoolExecutor(workers) as pool:
            missed = [one for found in pool.map(changed, parts) for one in found]
    print(f"{wanted} changes of a case file that held in {len(held)} checks: {len(missed)} missed")
    for one in missed[:10]:
        print(f"  {one}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
