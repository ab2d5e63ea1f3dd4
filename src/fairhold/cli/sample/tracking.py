"""What the carriers of the sample parcels recorded, as a marketplace would send it."""

from datetime import datetime, timedelta
from typing import Any

from fairhold.core.logistics.check_digits import s10_digit

# Hours after dispatch, text of the carrier, place (country, city), whatever else the record has.
Row = tuple[float, str, tuple[str, str], dict[str, Any]]
SHENZHEN, GUANGZHOU = ("CN", "Shenzhen"), ("CN", "Guangzhou")
ISTANBUL = ("TR", "Istanbul")


def waybill(ref: str, days_ago: int) -> str:
    """A number of the post with a right check digit, the same for the same order."""
    serial = f"{sum(map(ord, ref)):04d}{days_ago:04d}"
    return f"LX{serial}{s10_digit(serial)}CN"


def _from_china(country: str, city: str, *rest: Row) -> tuple[Row, ...]:
    return (
        (2, "Accepted by carrier from the sender", SHENZHEN, {"status": "accepted"}),
        (20, "Departed from sorting center", SHENZHEN, {"status": "moving"}),
        (52, "Departed outward office of exchange", GUANGZHOU, {"status": "moving"}),
        (200, "Arrived at inward office of exchange", (country, city), {"status": "moving"}),
        *rest,
    )


# Order -> what happened to its parcel.
STORIES: dict[str, tuple[Row, ...]] = {
    "LL-1001": _from_china(
        "MA",
        "Casablanca",
        (226, "Released by customs", ("MA", "Casablanca"), {}),
        (250, "Out for delivery", ("MA", "Casablanca"), {"status": "out_for_delivery"}),
        (
            255,
            "Delivered",
            ("MA", "Casablanca"),
            {"status": "delivered", "signatory": "A. KADIRI", "weight_grams": 31_000},
        ),
    ),
    "LL-1002": _from_china(
        "MA",
        "Casablanca",
        (210, "Presented to customs", ("MA", "Casablanca"), {}),
        (260, "Awaiting payment of customs duty", ("MA", "Casablanca"), {}),
    ),
    "LL-1004": _from_china("KW", "Al Ahmadi"),
    "LL-1006": (
        (3, "Accepted by carrier from the sender", SHENZHEN, {"status": "accepted"}),
        (40, "已离开深圳，下一站广州", SHENZHEN, {}),
    ),
    "DA-2001": (
        (4, "Accepted", ISTANBUL, {"status": "accepted"}),
        (120, "Arrived in destination country", ("PL", "Warsaw"), {"status": "moving"}),
        (160, "Delivery attempted, recipient absent", ("PL", "Kraków"), {"status": "attempted"}),
        (168, "Waiting at the post office", ("PL", "Kraków"), {"status": "held_for_pickup"}),
    ),
    "DA-2006": (
        (3, "Accepted", ISTANBUL, {"status": "accepted"}),
        (90, "Arrived in destination country", ("KW", "Kuwait City"), {"status": "moving"}),
        (
            130,
            "Delivered",
            ("KW", "Kuwait City"),
            {"status": "delivered", "signatory": "FRONT DESK"},
        ),
    ),
}


def scans_of(ref: str, number: str, dispatched_at: datetime) -> list[dict[str, Any]]:
    """The scans of one sample parcel in the desk's own format; none for a silent carrier."""
    return [
        {
            "waybill": number,
            "carrier": "China Post",
            "at": (dispatched_at + timedelta(hours=hours)).isoformat(timespec="seconds"),
            "text": text,
            "place": {"country": country, "city": city},
            **more,
        }
        for hours, text, (country, city), more in STORIES.get(ref, ())
    ]
