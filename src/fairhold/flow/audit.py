"""The audit: every table held against the journal, row by row, column by column.

The rows that a journal must have led to are made again with the same functions that wrote them, so
whatever was changed by hand stands out, whichever column it was.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fairhold.adapters.blobs import Blobs
from fairhold.adapters.tracking.normal import digest_of as scan_digest
from fairhold.core.cases.evolve import EVENT_TYPES, InvariantBroken, check, evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.journal.chain import Entry, breaks
from fairhold.core.journal.words import refs
from fairhold.core.ledger.accounts import Account
from fairhold.core.values.plain import PlainError, from_plain
from fairhold.core.values.words import digest_of
from fairhold.flow.audit_log import audit_custody, audit_log, audit_places
from fairhold.flow.replay import fold
from fairhold.store import ledger_rows, queries, scans
from fairhold.store.places import WITH_FILES, places_in
from fairhold.store.rows import Step


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold, and where."""

    order_id: str
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an audit. Units: totals in minor units, by currency and account."""

    orders: int
    entries: int
    findings: tuple[Finding, ...]
    totals: dict[str, dict[str, int]]


def audit(blobs: Blobs | None = None, key: str | None = None) -> Report:
    """Audit every order there is; with `blobs` every piece of evidence, with `key` the log too."""
    findings = [Finding("*", f"trigger {name} is gone") for name in queries.missing_triggers()]
    totals: dict[str, dict[str, int]] = {}
    orders = entries = 0
    for order_id in queries.all_order_ids():
        with queries.one_reading():
            try:
                journal = queries.entries_of(order_id)
            except ValueError as error:
                findings.append(Finding(order_id, f"the journal cannot be read: {error}"))
                continue
            findings += [Finding(order_id, what) for what in audit_order(order_id, journal)]
        orders, entries = orders + 1, entries + len(journal)
        if blobs is not None:
            findings += (
                Finding(order_id, what) for what in _audit_evidence(order_id, journal, blobs)
            )
        _add(totals, order_id, journal)
    if key is not None:
        with queries.one_reading():
            findings += [Finding("*", what) for what in audit_log(key)]
    findings += (Finding(order_id, "a row without an order") for order_id in ledger_rows.strays())
    for currency, accounts in totals.items():
        if sum(accounts.values()) != 0:
            findings.append(Finding("*", f"the accounts of {currency} do not sum to zero"))
    return Report(orders, entries, tuple(findings), totals)


def audit_order(order_id: str, journal: list[Entry]) -> Iterator[str]:
    """What is wrong with one order; nothing when all is well."""
    yield from breaks(journal)
    try:
        steps = list(_steps(order_id, journal))
        check(steps[-1].after if steps else CaseFile(order_id))
    except (InvariantBroken, PlainError, LookupError, ValueError, TypeError) as error:
        yield f"the journal does not lead to a state that can be: {error}"
        return
    for table, wanted, found in ledger_rows.expected_and_found(order_id, steps):
        yield from _differences(table, wanted, found)
    for message_id in ledger_rows.undeliverable(order_id):
        yield f"outbox_message {message_id}: dead without a try"
    yield from _audit_scans(journal)
    yield from audit_custody(order_id)
    yield from audit_places(order_id, journal)
    for text_id, digest in refs([entry.payload for entry in journal]):
        kept = queries.sealed(text_id)
        if kept is not None and digest_of(*kept) != digest:
            yield f"sealed_text {text_id}: the text does not match its digest"


def _audit_scans(journal: list[Entry]) -> Iterator[str]:
    """Every raw scan that the journal names: there, and as it was received."""
    reported = (entry for entry in journal if entry.type == "ParcelReported")
    named = [digest for entry in reported for digest in entry.payload["scans"]]
    kept = scans.raw_of(named) if named else {}
    gone = _purged(journal)
    for digest in (one for one in named if one not in gone):
        found = kept.get(digest)
        if found is None:
            yield f"tracking_scan {digest[:12]}: the scan is missing"
        elif scan_digest(*found) != digest:
            yield f"tracking_scan {digest[:12]}: the scan has another content"


def _audit_evidence(order_id: str, journal: list[Entry], blobs: Blobs) -> Iterator[str]:
    """Every submitted file: there, and with the bytes that were submitted."""
    gone = _purged(journal)
    places = (
        place
        for entry in journal
        if entry.type in WITH_FILES
        for place in places_in(order_id, entry.case_id, entry.type, entry.payload)
    )
    for _, _, name, _, sha256 in (one for one in places if one[4] not in gone):
        digest = hashlib.sha256()
        try:
            for chunk in blobs.read(sha256):
                digest.update(chunk)
        except OSError:
            yield f"evidence {name}: the file is missing"
            continue
        if digest.hexdigest() != sha256:
            yield f"evidence {name}: the file has other bytes"


def _purged(journal: list[Entry]) -> set[str]:
    """What was deleted after its time; the journal says so."""
    purged = (entry for entry in journal if entry.type == "MaterialPurged")
    return {digest for entry in purged for digest in entry.payload["files"]}


def _steps(order_id: str, journal: list[Entry]) -> Iterator[Step]:
    """The steps that the entries make up: a command's first entry carries its request."""
    file = CaseFile(order_id)
    group: list[Entry] = []
    for entry in [*journal, None]:
        if group and (entry is None or entry.request):
            step = _step(file, group)
            yield step
            file, group = step.after, []
        if entry is not None:
            group.append(entry)


def _step(before: CaseFile, group: list[Entry]) -> Step:
    after, events = before, []
    for entry in group:
        event: Any = from_plain(EVENT_TYPES[entry.type], entry.payload)
        after = replace(evolve(after, event, entry.at), head=entry.hash)
        events.append(event)
    return Step(before, after, tuple(events), tuple(group), ())


def _differences(
    table: str, wanted: dict[Any, dict[str, Any]], found: dict[Any, dict[str, Any]]
) -> Iterator[str]:
    for key in wanted.keys() - found.keys():
        yield f"{table} {key}: the row is missing"
    for key in found.keys() - wanted.keys():
        yield f"{table} {key}: no journal entry leads to this row"
    for key in wanted.keys() & found.keys():
        for column, value in wanted[key].items():
            if found[key][column] != value:
                got = str(found[key][column])[:80]
                yield f"{table} {key}: {column} is {got!r}, the journal says {str(value)[:80]!r}"


def _add(totals: dict[str, dict[str, int]], order_id: str, journal: list[Entry]) -> None:
    try:
        file = fold(order_id, journal)
    except (PlainError, LookupError, ValueError, TypeError, InvariantBroken):
        return
    if file.order is None:
        return
    accounts = totals.setdefault(file.order.agreement.currency, dict.fromkeys(Account, 0))
    for account in Account:
        accounts[account] += file.balances.of(account)
