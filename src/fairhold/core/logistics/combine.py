"""Several parcels of one order, and the facts that the reports on them tell.

The rules of several parcels: an order is delivered when every parcel is; otherwise the parcel that
is worst off speaks for it. The first record is the earliest of any parcel, the delivery the latest.
Of addresses one mismatch is one, and a match needs every parcel that shows the part.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from fairhold.core.logistics.address import Part, Verdict, together
from fairhold.core.logistics.customs import DEFAULTS
from fairhold.core.logistics.fold import ParcelState
from fairhold.core.logistics.report import Direction, ParcelReport, ReturnState

# Worst off first. A parcel nobody can find is worse than one that is known to be coming back.
WORST_FIRST = (
    ParcelState.NOT_FOUND,
    ParcelState.RETURNED_TO_SENDER,
    ParcelState.AT_CUSTOMS,
    ParcelState.IN_TRANSIT,
    ParcelState.HELD_FOR_PICKUP,
    ParcelState.DELIVERED,
)
# Local times of the world lie between twelve hours behind and fourteen ahead of UTC, and a record
# may name its day alone.
WIDEST_DOUBT = timedelta(hours=14 + 24)
STATE, RECOGNISED = "tracking.state", "tracking.carrier_recognised"
FIRST, DELIVERED = "tracking.first_event_at", "tracking.delivered_at"
CUSTOMS, RETURN = "customs.reason", "return.state"
Facts = dict[str, Any]


def told(reports: Sequence[ParcelReport]) -> Facts:
    """The facts of the rulebook that these reports tell; what they leave open is absent."""
    out = [one for one in reports if one.direction is Direction.OUTBOUND]
    facts: Facts = {}
    recognised = [one.recognised for one in out if one.recognised is not None]
    if recognised:
        facts[RECOGNISED] = all(recognised)
    states = [one.state for one in out]
    if states and None not in states:
        facts[STATE] = next(state for state in WORST_FIRST if state in states).value
    facts |= _moments(out)
    for part in Part if facts.get(STATE) == ParcelState.DELIVERED.value else ():
        verdict = _verdict(out, part)
        if verdict is not Verdict.NOT_SURE:
            facts[f"tracking.{part.value}"] = verdict.value
    reasons = {one.customs_reason for one in out} & DEFAULTS.keys()
    if len(reasons) == 1:
        facts[CUSTOMS] = reasons.pop()
    back = [one.return_state for one in reports if one.direction is Direction.RETURN]
    if back and back[-1] not in (None, ReturnState.NONE):
        facts[RETURN] = str(back[-1])
    return facts


def unsure(reports: Sequence[ParcelReport], turning_points: Iterable[datetime]) -> frozenset[str]:
    """The facts that a person has to look at: nothing is presumed in their place.

    `turning_points` are moments that the first record is held against (order, cancellation).
    """
    out = [one for one in reports if one.direction is Direction.OUTBOUND]
    names = {
        f"tracking.{part.value}"
        for part in Part
        if _verdict(out, part) is Verdict.NOT_SURE
        and all(one.state is ParcelState.DELIVERED for one in out)
    }
    if _near(out, turning_points):
        names.add(FIRST)
    return frozenset(names)


def _moments(out: Sequence[ParcelReport]) -> Facts:
    firsts = [one.first_event_at for one in out if one.first_event_at]
    ends = [one.delivered_at for one in out]
    facts: Facts = {FIRST: min(firsts)} if firsts else {}
    if ends and None not in ends:
        facts[DELIVERED] = max(one for one in ends if one)
    return facts


def _verdict(out: Sequence[ParcelReport], part: Part) -> Verdict:
    return together(one.verdict for report in out for one in report.compared if one.part is part)


def _near(out: Sequence[ParcelReport], turning_points: Iterable[datetime]) -> bool:
    """Whether the earliest record has no zone and lies so near that its zone would decide."""
    dated = [(one.first_event_at, one.zone_assumed) for one in out if one.first_event_at]
    if not dated:
        return False
    first, assumed = min(dated)
    return assumed and any(abs(first - one) <= WIDEST_DOUBT for one in turning_points)


def scans_behind(reports: Sequence[ParcelReport], fact: str) -> tuple[str, ...]:
    """The scans, by digest, that a fact of these reports rests on."""
    named = (basis.scans for one in reports for basis in one.basis if basis.fact == fact)
    return tuple(dict.fromkeys(scan for scans in named for scan in scans))


def changed(before: Sequence[ParcelReport], after: Sequence[ParcelReport]) -> tuple[str, ...]:
    """The facts that the later reports tell otherwise than the earlier ones."""
    old, new = told(before), told(after)
    return tuple(sorted(name for name in old | new if old.get(name) != new.get(name)))
