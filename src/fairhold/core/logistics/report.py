"""What is put on record of a parcel: its state, its decisive moments, verdicts, flags.

No words of people and no places: places and names stay with the raw scans, which are named by
digest.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairhold.core.logistics.address import Compared
from fairhold.core.logistics.fold import ParcelState


class Direction(StrEnum):
    """To the buyer, or back to the seller."""

    OUTBOUND = "outbound"
    RETURN = "return"


class ReturnState(StrEnum):
    """Where a return is.

    Source: "AliExpress dispute handling process and guidelines", return after receipt.
    """

    NONE = "none"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    HELD_CN_CUSTOMS = "held_cn_customs"
    SENT_BACK = "reached_city_then_sent_back"


class FlagCode(StrEnum):
    """What a specialist should look at. Never a conclusion by itself."""

    BEFORE_ORDER = "before_order"
    ANNOUNCED_BEFORE_ORDER = "announced_before_order"
    BEFORE_CANCELLATION = "before_cancellation"
    AFTER_CANCELLATION = "after_cancellation"
    IMPOSSIBLE_ORDER = "impossible_order"
    AFTER_DELIVERY = "after_delivery"
    IMPOSSIBLE_SPEED = "impossible_speed"
    ELSEWHERE = "elsewhere"
    TOO_LIGHT = "too_light"
    SILENT = "silent"
    RETURN_SENT_BACK = "return_sent_back"
    RETURN_AT_CUSTOMS = "return_at_customs"
    CAUSE_NAMED = "cause_named"
    ZONE_ASSUMED = "zone_assumed"
    UNMAPPED = "unmapped"
    DATED_AHEAD = "dated_ahead"
    NUMBER_IMPOSSIBLE = "number_impossible"
    NUMBER_SHARED = "number_shared"
    NUMBER_REPLACED = "number_replaced"
    NUMBER_TRANSFERRED = "number_transferred"
    AFTER_RETURN = "after_return"
    NOT_SURE = "not_sure"


# Flags under which records are not what they seem, or not of this parcel: nothing is decided on
# them without a person. The others say what is a fact anyway, or make a fact unsure.
FOR_A_PERSON = frozenset(
    {
        FlagCode.ANNOUNCED_BEFORE_ORDER,
        FlagCode.IMPOSSIBLE_ORDER,
        FlagCode.AFTER_DELIVERY,
        FlagCode.AFTER_RETURN,
        FlagCode.IMPOSSIBLE_SPEED,
        FlagCode.TOO_LIGHT,
        FlagCode.DATED_AHEAD,
        FlagCode.NUMBER_IMPOSSIBLE,
        FlagCode.NUMBER_SHARED,
        FlagCode.NUMBER_REPLACED,
        FlagCode.NUMBER_TRANSFERRED,
    }
)


@dataclass(frozen=True, slots=True)
class Detail:
    """A figure of a flag's explanation, by name."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag: the figures of its explanation, and the scans it rests on, by digest."""

    code: FlagCode
    scans: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """The scans that a fact rests on, by digest."""

    fact: str
    scans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParcelReport:
    """A parcel as its scans show it.

    `parcel` is its number within the order (the return has number one of its own). `recognised`:
    whether the records of this carrier count. `doubtful_since`: the first record's zone is not
    known, so it may lie up to this many minutes to either side.
    """

    direction: Direction
    parcel: int
    waybill: str
    recognised: bool | None
    state: ParcelState | None
    first_event_at: datetime | None
    last_event_at: datetime | None
    delivered_at: datetime | None
    zone_assumed: bool
    compared: tuple[Compared, ...]
    customs_reason: str | None
    return_state: ReturnState | None
    flags: tuple[Flag, ...]
    basis: tuple[Basis, ...]
    records: int

    @property
    def name(self) -> tuple[Direction, int]:
        """Which parcel this is."""
        return self.direction, self.parcel
