"""Whether reminders helped: of each, whether what it was about ended, and after how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from fairhold.core.journal.chain import Entry
from fairhold.core.logistics.fold import IN_ORDER, fold
from fairhold.core.logistics.nudge import NudgeKind, eased
from fairhold.core.logistics.report import Direction
from fairhold.flow.desk import Desk
from fairhold.flow.parcels.reading import meant, numbers_of
from fairhold.store import queries, scans
from fairhold.store.load import load

WITHIN = timedelta(days=7)
HOUR = timedelta(hours=1)
# Records after a reminder that are looked at for its end.
MOST_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Helped:
    """Reminders of one kind to one side, sent or only suggested.

    Units: `median_hours` from the reminder to the first record after which the matter was over;
    None where none ended. `ended_in_a_week` counts those within seven days.
    """

    kind: str
    to: str
    sent: bool
    issued: int
    ended: int
    ended_in_a_week: int
    median_hours: float | None


def helped(desk: Desk) -> list[Helped]:
    """Every kind of reminder and what became of it, as far as records tell."""
    found: dict[tuple[str, str, bool], list[timedelta | None]] = {}
    for entry in queries.entries_of_type("NudgeIssued"):
        payload = entry.payload
        name = (payload["kind"], payload["to"], payload["sent"])
        found.setdefault(name, []).append(_after(desk, entry))
    return [_row(name, spans) for name, spans in sorted(found.items())]


def _after(desk: Desk, entry: Entry) -> timedelta | None:
    """How long after a reminder its matter was over; None while it is not."""
    issued_at = datetime.fromisoformat(entry.payload["issued_at"])
    file = load(entry.order_id, None).file
    numbers = numbers_of(file, Direction.OUTBOUND, entry.payload["parcel"])
    room, kind = desk.parcels, NudgeKind(entry.payload["kind"])
    records = sorted((meant(room, one) for one in scans.scans_of(numbers)), key=IN_ORDER)
    later = [place for place, scan in enumerate(records, start=1) if scan.at > issued_at]
    for place in later[:MOST_LOOKED_AT]:
        if eased(kind, fold(records[:place])):
            return records[place - 1].at - issued_at
    return None


def _row(name: tuple[str, str, bool], spans: list[timedelta | None]) -> Helped:
    ended = [span for span in spans if span is not None]
    return Helped(
        kind=name[0],
        to=name[1],
        sent=name[2],
        issued=len(spans),
        ended=len(ended),
        ended_in_a_week=sum(span <= WITHIN for span in ended),
        median_hours=round(median(span / HOUR for span in ended), 1) if ended else None,
    )
