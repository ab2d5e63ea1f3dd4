"""The verdicts on an address, part by part. How parts are compared is an adapter's business.

A false match releases money to the wrong side, so there is a third answer between yes and no: not
sure, for a person.
Source: "AliExpress dispute handling process and guidelines", category I, delivered
(AMB-23, AMB-64).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What is compared, in this order."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    ZIP = "zip"
    SIGNATORY = "signatory"


class Verdict(StrEnum):
    """How a part that the carrier shows stands to that of the order."""

    MATCH = "match"
    MISMATCH = "mismatch"
    NOT_SHOWN = "not_shown"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class Compared:
    """One part, its verdict, and the reason as a code that the pages put into words."""

    part: Part
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an order goes, part by part; empty where the marketplace did not say."""

    country: str = ""
    province: str = ""
    city: str = ""
    zip: str = ""
    consignee: str = ""


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """One verdict for several parcels: one mismatch is one; a match needs all that are shown."""
    found = set(verdicts)
    for verdict in (Verdict.MISMATCH, Verdict.NOT_SURE, Verdict.MATCH):
        if verdict in found:
            return verdict
    return Verdict.NOT_SHOWN
