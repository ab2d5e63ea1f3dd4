"""AfterShip: tracking webhooks, signed with HMAC-SHA256 over the body.

Its names of fields changed with the versions of its webhooks; every one is understood. Records that
a user typed in there are not the carrier's and are left out.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fairhold.adapters.tracking import Record, TrackingFault, listed, part, same_text, text_of

SIGNATURE = "aftership-hmac-sha256"
TYPED_BY_A_USER = "user"


@dataclass(frozen=True, slots=True)
class AfterShip:
    """The provider with the secret of its webhooks."""

    secret: str
    name: str = "aftership"

    def verified(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the header is the base64 of the HMAC of the body as it came."""
        mac = hmac.new(self.secret.encode(), body, hashlib.sha256).digest()
        given = headers.get(SIGNATURE, "")
        return same_text(base64.b64encode(mac).decode(), given)

    def records(self, body: Any) -> Iterator[Record]:
        """The checkpoints of one tracking."""
        message = part(body, "msg")
        number = text_of(message, "tracking_number")
        if number is None:
            raise TrackingFault("msg.tracking_number: expected a number, got none", status=422)
        signed_by = text_of(message, "signed_by")
        for checkpoint in listed(message, "checkpoints"):
            if isinstance(checkpoint, dict) and text_of(checkpoint, "source") != TYPED_BY_A_USER:
                yield _record(number, text_of(message, "slug"), checkpoint, signed_by)


def _record(
    number: str, slug: str | None, checkpoint: dict[str, Any], signed_by: str | None
) -> Record:
    code = text_of(checkpoint, "subtag") or text_of(checkpoint, "tag")
    delivered = (code or "").startswith("Delivered")
    raw: Any = {"checkpoint": checkpoint, "signed_by": signed_by} if delivered else checkpoint
    return Record(
        number=number,
        raw=raw,
        text=text_of(checkpoint, "message") or text_of(checkpoint, "subtag_message") or "",
        time=text_of(checkpoint, "checkpoint_time"),
        carrier=slug,
        code=code,
        country=text_of(checkpoint, "country_region") or text_of(checkpoint, "country_iso3"),
        province=text_of(checkpoint, "state"),
        city=text_of(checkpoint, "city"),
        zip=text_of(checkpoint, "postal_code") or text_of(checkpoint, "zip"),
        signatory=signed_by if delivered else None,
        ref=text_of(checkpoint, "hash"),
    )
