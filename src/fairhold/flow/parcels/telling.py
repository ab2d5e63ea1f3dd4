"""Parcels as plain values, for API and command line alike."""

import json
from typing import Any

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders.state import Nudged
from fairhold.core.cases.tracking import number_of
from fairhold.core.logistics.carriers import Register
from fairhold.core.logistics.report import Direction
from fairhold.core.logistics.waybill import Examined
from fairhold.flow.access import SEE_EVERY_CASE
from fairhold.flow.desk import Desk
from fairhold.flow.parcels.intake import Taken
from fairhold.flow.parcels.reading import numbers_of, shared
from fairhold.flow.parcels.story import Happening, ParcelStory, Told, stories
from fairhold.flow.parcels.wordings import draft
from fairhold.flow.query import View
from fairhold.flow.request import Viewer
from fairhold.store import scans


def taken(found: Taken) -> dict[str, Any]:
    """What became of a delivery of scans."""
    return {
        "taken": found.taken,
        "known": found.known,
        "marked": found.marked,
        "rejected": [
            {"index": one.index, "pointer": one.pointer, "detail": one.detail}
            for one in found.rejected
        ],
    }


def examined(found: Examined, register: Register) -> dict[str, Any]:
    """What a number tells."""
    return {
        "typed": found.typed,
        "number": found.number,
        "standing": found.standing.value,
        "reason": found.reason,
        "slips": list(found.slips),
        "carriers": [
            {
                "key": key,
                "name": register.carriers[key].name,
                "page": register.carriers[key].page(found.number),
            }
            for key in found.carriers
        ],
    }


def parcels(desk: Desk, view: View) -> dict[str, Any]:
    """The story of every parcel."""
    told = stories(desk, view.file, view.viewer)
    return {"items": [_parcel(one, desk.parcels.register) for one in told]}


def _parcel(one: ParcelStory, register: Register) -> dict[str, Any]:
    report = one.report
    return {
        "direction": one.direction.value,
        "number": one.number,
        "carrier": one.carrier,
        "waybill": one.waybill,
        "transfer_numbers": list(one.others),
        "tracking_page": one.page,
        "waybill_examined": examined(one.examined, register),
        "state": (report.return_state or report.state) if report else None,
        "state_in_words": one.state,
        "first_event_at": _moment(report.first_event_at) if report else None,
        "last_event_at": _moment(report.last_event_at) if report else None,
        "delivered_at": _moment(report.delivered_at) if report else None,
        "address": {
            part.part.value: {"verdict": part.verdict.value, "why": part.why}
            for part in (report.compared if report else ())
        },
        "route": [stop.name for stop in one.stops],
        "flags": [_told(flag) for flag in one.flags],
        "reminders": [_reminder(nudge) for nudge in one.nudges],
        "events": [_event(event) for event in one.happenings],
        "more_events": one.more,
    }


def _reminder(one: Nudged) -> dict[str, Any]:
    title, text = draft(one.kind, one.to)
    return {
        "kind": one.kind.value,
        "to": one.to.value,
        "sent": one.sent,
        "at": _moment(one.at),
        "title": title,
        "text": text,
    }


def _moment(value: Any) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None


def _told(flag: Told) -> dict[str, Any]:
    return {"code": flag.code, "explanation": flag.words, "scans": list(flag.scans)}


def _event(one: Happening) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "text": one.text,
        "place": one.place,
        "local_time": one.local.isoformat(),
        "zone_assumed": one.zone_assumed,
        "source": one.source,
        "scan": one.digest,
        "number": one.number,
        "counts": one.counts,
        "mark": one.mark or None,
    }


def raw(file: CaseFile, viewer: Viewer) -> dict[str, Any]:
    """Every raw scan of an order, oldest receipt first.

    A number that stands on another parcel too may have records of strangers: they are for the
    desk's staff.
    """
    names = [(Direction.OUTBOUND, one.number) for one in file.the_order.parcels]
    names += [(Direction.RETURN, 1)] if number_of(file, Direction.RETURN, 1) else []
    numbers = {number for name in names for number in numbers_of(file, *name)}
    if viewer.role not in SEE_EVERY_CASE:
        numbers -= shared(file, numbers)
    kept = sorted(scans.scans_of(numbers), key=lambda one: (one.received_at, one.scan.order))
    return {
        "items": [
            {
                "scan": one.scan.digest,
                "number": one.number,
                "source": one.source,
                "received_at": _moment(one.received_at),
                "kind": one.scan.kind.value,
                "mark": one.mark,
                "raw": json.loads(one.raw),
            }
            for one in kept
        ]
    }
