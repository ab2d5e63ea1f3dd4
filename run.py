#!/usr/bin/env python3
"""Build the environment from the hash-pinned lock, then run Fairhold in it.

`python3 run.py`            the demo: migrate, load a sample marketplace, serve, work the clocks
`python3 run.py test ...`   the whole test suite (further words go to pytest)
`python3 run.py WORD ...`   any other word is the `fairhold` command line

Standard library only: this file runs before anything is installed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> None:
    """Make sure the environment matches its lock and hand over to it."""
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"Fairhold needs Python 3.11 or newer; this is {found}. Start it with a newer one."
        )
    words = sys.argv[1:]
    testing = words[:1] == ["test"]
    build_environment("requirements-test.lock" if testing else "requirements.lock")
    module = ["pytest", *words[1:]] if testing else ["fairhold", *(words or ["demo"])]
    arguments = [str(PYTHON), "-m", *module]
    os.chdir(ROOT) if testing else None
    if os.name == "nt":
        sys.exit(subprocess.call(arguments))
    os.execv(arguments[0], arguments)


def build_environment(lock: str) -> None:
    """Install `lock` unless the environment already holds it (the test lock holds both)."""
    wanted = digest(lock)
    stamp = VENV / f".{lock}.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Building the environment in .venv from {lock} (once; about a minute).", flush=True)
    if not PYTHON.exists():
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)])
    install(lock)
    purelib = run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], read=True
    )
    (Path(purelib) / "fairhold-source.pth").write_text(f"{ROOT / 'src'}\n")
    for old in VENV.glob(".*.stamp"):
        old.unlink()
    stamp.write_text(wanted)
    if lock == "requirements-test.lock":
        (VENV / ".requirements.lock.stamp").write_text(digest("requirements.lock"))


def install(lock: str) -> None:
    """Install with uv where it is present, otherwise with pip; both check every hash."""
    requirements = ["--require-hashes", "-r", str(ROOT / lock)]
    uv = shutil.which("uv")
    if uv:
        run([uv, "pip", "install", "-q", "--python", str(PYTHON), *requirements])
    else:
        quiet = ["-q", "--disable-pip-version-check"]
        run(
            [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", *quiet, *requirements]
        )


def digest(lock: str) -> str:
    """The state of the environment that `lock` describes, as one hash."""
    return hashlib.sha256((ROOT / lock).read_bytes() + sys.version.encode()).hexdigest()


def run(arguments: list[str], *, read: bool = False) -> str:
    """Run one command; a failure ends the bootstrap with that command's own message."""
    done = subprocess.run(
        arguments, check=False, stdout=subprocess.PIPE if read else None, text=True
    )
    if done.returncode:
        sys.exit(f"This step failed, see above: {' '.join(arguments)}")
    return (done.stdout or "").strip()


if __name__ == "__main__":
    main()
