"""A provider that is asked: 17TRACK's `gettrackinfo`. No redirects are followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2

from fairhold.adapters.tracking import Record, TrackingFault, listed, part, text_of
from fairhold.adapters.tracking.seventeentrack import (
    NOT_REGISTERED,
    NOTHING_YET,
    not_found,
    tracking,
)

PATH, REGISTER = "/track/v2.2/gettrackinfo", "/track/v2.2/register"
SECONDS = 20.0
LARGEST_ANSWER_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SeventeenTrackSource:
    """The provider at `address` with the key of the account."""

    address: str
    key: str
    name: str = "17track"
    most_at_once: int = 40

    def look_up(self, numbers: Sequence[tuple[str, str | None]]) -> Iterator[Record]:
        """The events of up to forty numbers; a number that no carrier knows says so.

        Raises: TrackingFault when the provider does not answer, refuses, or answers nonsense.
        """
        asked = [{"number": number} for number, _ in numbers[: self.most_at_once]]
        answer = self._post(PATH, asked)
        for accepted in listed(part(answer, "data"), "accepted"):
            if isinstance(accepted, dict):
                yield from tracking(accepted)
        strangers = []
        for rejected in listed(part(answer, "data"), "rejected"):
            number, code = text_of(rejected, "number"), part(rejected, "error").get("code")
            if number and code == NOTHING_YET:
                yield not_found(number, rejected, None)
            elif number and code == NOT_REGISTERED:
                strangers.append({"number": number})
        if strangers:
            # Nothing is known of them until the provider has looked; the next asking tells.
            self._post(REGISTER, strangers)

    def _post(self, path: str, asked: list[dict[str, str]]) -> Any:
        try:
            answer = httpx2.post(
                self.address + path, json=asked, headers={"17token": self.key}, timeout=SECONDS
            )
        except httpx2.HTTPError as error:
            raise TrackingFault(f"no answer: {error}", status=503) from error
        if answer.status_code != httpx2.codes.OK:
            raise TrackingFault(f"answered {answer.status_code}", status=answer.status_code)
        if len(answer.content) > LARGEST_ANSWER_BYTES:
            raise TrackingFault("the answer is too large", status=502)
        try:
            found = answer.json()
        except ValueError as error:
            raise TrackingFault("the answer is no JSON", status=502) from error
        if not isinstance(found, dict) or found.get("code") != 0:
            raise TrackingFault("the answer is none that is known", status=502)
        return found
