"""EasyPost: tracker events, signed with HMAC-SHA256 over the body."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fairhold.adapters.tracking import Record, TrackingFault, listed, part, same_text, text_of

SIGNATURE = "x-hmac-signature"
GRAMS_PER_OUNCE = 28.349523125
HEAVIEST_OUNCES = 70_000
TEST_MODE = "test"


@dataclass(frozen=True, slots=True)
class EasyPost:
    """The provider with the secret of its webhooks. `test_mode`: events of its test mode count."""

    secret: str
    test_mode: bool = False
    name: str = "easypost"

    def verified(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the header is the HMAC of the body; the secret is taken in its NFKD form."""
        key = unicodedata.normalize("NFKD", self.secret).encode()
        mac = hmac.new(key, body, hashlib.sha256).hexdigest()
        return same_text(f"hmac-sha256-hex={mac}", headers.get(SIGNATURE, ""))

    def records(self, body: Any) -> Iterator[Record]:
        """The details of one tracker. Events of the provider's test mode bring nothing."""
        tracker = part(body, "result")
        number = text_of(tracker, "tracking_code")
        if number is None:
            raise TrackingFault("result.tracking_code: expected a number, got none", status=422)
        if text_of(body, "mode") == TEST_MODE and not self.test_mode:
            return
        for detail in listed(tracker, "tracking_details"):
            if isinstance(detail, dict):
                yield _record(number, tracker, detail)


def _grams(ounces: Any) -> int | None:
    """A weight that a parcel can have; None for anything else."""
    number = isinstance(ounces, int | float) and not isinstance(ounces, bool)
    return round(ounces * GRAMS_PER_OUNCE) if number and 0 < ounces < HEAVIEST_OUNCES else None


def _record(number: str, tracker: dict[str, Any], detail: dict[str, Any]) -> Record:
    place = part(detail, "tracking_location")
    status, closer = text_of(detail, "status"), text_of(detail, "status_detail")
    delivered = status == "delivered"
    signed_by = text_of(tracker, "signed_by")
    ounces = tracker.get("weight")
    weight = _grams(ounces)
    about = {"signed_by": signed_by, "weight": ounces, "is_return": tracker.get("is_return")}
    return Record(
        number=number,
        raw={"detail": detail, "tracker": about} if delivered else detail,
        text=text_of(detail, "message") or text_of(detail, "description") or "",
        time=text_of(detail, "datetime"),
        carrier=text_of(tracker, "carrier"),
        code=f"{status}/{closer}" if closer else status,
        country=text_of(place, "country"),
        province=text_of(place, "state"),
        city=text_of(place, "city"),
        zip=text_of(place, "zip"),
        signatory=signed_by if delivered else None,
        weight_grams=weight if delivered else None,
    )
