"""Server and worker killed with SIGKILL under load, again and again; nothing acknowledged is lost.

Run as a program: `python tests/faults/kills.py KILLS`. Callers repeat a step with the same key
until it is acknowledged. At the end every acknowledged key stands in the journal exactly once,
every clock fired once, and the audit is clean.
"""

import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PORT = int(os.environ.get("KILL_PORT", "8765"))
BASE = f"http://127.0.0.1:{PORT}"
CALLERS = 4
DATA = Path(os.environ["FAIRHOLD_DATA"])
ACKNOWLEDGED: list[str] = []
OUTCOMES: list[str] = []
# What a caller met that it must not meet.
FAILED: list[str] = []


class Over(Exception):
    """The test is over; a caller may stop in the middle."""


def main() -> None:
    """Kill, restart, go on; then look at what is there."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    random.seed(7)
    stop = threading.Event()
    server = start()
    keys = {row["role"]: row["key"] for row in json.loads((DATA / "demo.json").read_text())}
    callers = [threading.Thread(target=caller, args=(keys, stop)) for _ in range(CALLERS)]
    for one in callers:
        one.start()
    for _ in range(kills):
        time.sleep(random.uniform(0.8, 2.5))
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        server = start()
    time.sleep(1)
    stop.set()
    for one in callers:
        one.join()
    settle(keys)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    examine(kills)


def start() -> "subprocess.Popen[bytes]":
    """Start the desk and wait until it answers."""
    server = subprocess.Popen(
        [sys.executable, "-m", "fairhold", "demo", "--port", str(PORT)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ in range(1_200):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{BASE}/healthz", timeout=5)
            return server
        time.sleep(0.05)
    raise AssertionError("the desk does not start")


def caller(keys: dict[str, str], stop: threading.Event) -> None:
    """One dispute after the other, each step acknowledged before the next."""
    try:
        while not stop.is_set():
            one_case(keys, stop)
    except Over:
        return
    except Exception as error:
        FAILED.append(f"{type(error).__name__}: {error}")


def one_case(keys: dict[str, str], stop: threading.Event) -> None:
    """Register, open, then either agree or let the clock run out."""
    order = step(keys["operator"], "POST", "/orders", document(), stop)
    filing = {
        "reason": "not_received",
        "kind": "refund_only",
        "items": [{"line": 1, "amount_minor": 500}],
        "description": "It never came.",
        "wanted": "My money.",
    }
    place = f"/orders/{order['id']}/disputes"
    dispute = step(keys["buyer"], "POST", place, filing, stop)
    place = f"/disputes/{dispute['id']}"
    if random.random() < 0.4:
        jump = {"seconds": 6 * 86_400}
        step(keys["operator"], "POST", f"/orders/{order['id']}/sandbox-clock", jump, stop)
        OUTCOMES.append(dispute["id"])
        return
    terms = {"kind": "refund_only", "goods_minor": 200}
    step(keys["seller"], "POST", f"{place}/refusal", {"terms": terms}, stop)
    step(keys["buyer"], "POST", f"{place}/messages", {"text": "Hello."}, stop)
    step(keys["buyer"], "POST", f"{place}/plans/seller-1/acceptance", {"version": 1}, stop)


def document() -> dict[str, Any]:
    """An order between the sample buyer and the sample seller."""
    sent = (datetime.now(UTC) - timedelta(days=20)).isoformat()
    party = {"email": "x@fairhold.example", "country": "MA"}
    return {
        "ref": f"K-{uuid.uuid4()}",
        "ordered_at": sent,
        "currency": "USD",
        "buyer": {"ref": "amina", "name": "Amina Kadiri", **party},
        "seller": {"ref": "luma", "name": "Luma Lighting", **party},
        "lines": [
            {"number": 1, "title": "Lamp", "sku": "L", "quantity": 1, "unit_price_minor": 1000}
        ],
        "freight_minor": 0,
        "shipping": {"service": "Post", "promise_days": 20},
        "delivery_address": "Casablanca",
        "return_address": "Shenzhen",
        "listing": {},
        "payment": {"goods_minor": 1000, "freight_minor": 0},
        "parcels": [{"carrier": "Post", "waybill": "LX123", "dispatched_at": sent}],
    }


def step(key: str, method: str, path: str, body: Any, stop: threading.Event) -> dict[str, Any]:
    """Repeat one command with one key until it is acknowledged."""
    token = str(uuid.uuid4())
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Idempotency-Key": token,
    }
    while True:
        request = urllib.request.Request(
            f"{BASE}/api/v1{path}", json.dumps(body).encode(), headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                found: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise AssertionError(f"{path}: {error.code} {error.read()!r}") from error
        except (OSError, http.client.HTTPException, json.JSONDecodeError, EOFError):
            pass
        else:
            ACKNOWLEDGED.append(f"order:{body['ref']}" if path == "/orders" else token)
            return found
        if stop.is_set():
            raise Over
        time.sleep(0.05)


def settle(keys: dict[str, str]) -> None:
    """Wait until the worker has carried out every clock that ran out."""
    for dispute in OUTCOMES:
        for _ in range(900):
            request = urllib.request.Request(
                f"{BASE}/api/v1/disputes/{dispute}",
                headers={"Authorization": f"Bearer {keys['buyer']}"},
            )
            with urllib.request.urlopen(request, timeout=30) as answer:
                if json.load(answer)["outcome"] == "seller_silent":
                    break
            time.sleep(0.1)
        else:
            raise AssertionError(f"the clock of {dispute} was lost")


def examine(kills: int) -> None:
    """Every acknowledged key once, every settlement once, the audit clean."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairhold.config.settings")
    import django

    django.setup()
    from django.db import connection

    from fairhold.flow.audit import audit
    from fairhold.store.models import JournalEntry

    stored = list(
        JournalEntry.objects.filter(request__isnull=False).values_list("request", flat=True)
    )
    present = {one.split(":", 1)[1] for one in stored}
    lost = [one for one in ACKNOWLEDGED if one not in present]
    assert not FAILED, FAILED
    assert not lost, f"{len(lost)} acknowledged writes are gone: {lost[:3]}"
    assert len(stored) == len(set(stored)), "a command was carried out twice"
    closed = list(
        JournalEntry.objects.filter(type="DisputeClosed").values_list("case_id", flat=True)
    )
    assert len(closed) == len(set(closed)), "a dispute was settled twice"
    findings = audit().findings
    assert not findings, findings[:3]
    print(
        f"{connection.vendor}: {kills} kills, {len(ACKNOWLEDGED)} acknowledged writes, none lost, "
        f"none twice, {len(OUTCOMES)} clocks fired once, audit clean"
    )


if __name__ == "__main__":
    main()
