"""What is known of files by their digest, and where the same or similar ones stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from fairhold.store.models import DisputeCase, FilePlace, KnownFile, PictureBand, StagedUpload
from fairhold.store.places import resting_on

BANDS = 8
# Pictures that share a part of their hash by chance are many; so many are looked at.
MOST_CANDIDATES = 5_000
MOST_PLACES = 200
FOUND = ["examined_at", "scan", "scan_note", "picture", "width", "height", "metadata", "thumbnail"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a file: the dispute's number (empty for an order's chat), exhibit and side."""

    order_id: str
    case_id: str
    number: str
    exhibit: str
    side: str
    sha256: str


def bands(likeness: str) -> list[tuple[int, int]]:
    """The eight parts of a picture's hash; two that differ in at most 7 of 64 bits share one."""
    return [(place, byte) for place, byte in enumerate(bytes.fromhex(likeness))]


def keep(known: KnownFile) -> None:
    """Keep what an examination found, in the place of what was found before."""
    with transaction.atomic():
        KnownFile.objects.bulk_create(
            [known], update_conflicts=True, unique_fields=["sha256"], update_fields=FOUND
        )
        if known.picture:
            PictureBand.objects.bulk_create(
                (
                    PictureBand(band=band, value=value, sha256=known.sha256)
                    for band, value in bands(known.picture)
                ),
                ignore_conflicts=True,
            )


def touch(sha256: str, now: datetime) -> None:
    """A known file came in again: it is about to be submitted, perhaps elsewhere."""
    KnownFile.objects.filter(sha256=sha256).update(examined_at=now)


def known(digests: Iterable[str]) -> dict[str, KnownFile]:
    """What is known of these files, by digest."""
    return {row.sha256: row for row in KnownFile.objects.filter(sha256__in=set(digests))}


def sharing_a_band(likenesses: Iterable[str]) -> dict[str, str]:
    """Files whose picture shares a part with any of these: their hash, by digest."""
    wanted = {pair for one in likenesses for pair in bands(one)}
    if not wanted:
        return {}
    either = Q()
    for band, value in sorted(wanted):
        either |= Q(band=band, value=value)
    found = PictureBand.objects.filter(either).values_list("sha256", flat=True).distinct()
    rows = KnownFile.objects.filter(sha256__in=found[:MOST_CANDIDATES], picture__isnull=False)
    return {sha256: picture or "" for sha256, picture in rows.values_list("sha256", "picture")}


def places(digests: Iterable[str]) -> list[Place]:
    """Where these files stand, with the number of each dispute."""
    rows = list(
        FilePlace.objects.filter(sha256__in=set(digests)).order_by("order_id")[:MOST_PLACES]
    )
    cases = DisputeCase.objects.filter(id__in={row.case_id for row in rows})
    numbers = dict(cases.values_list("id", "number"))
    return [
        Place(
            row.order_id,
            row.case_id,
            numbers.get(row.case_id, ""),
            row.exhibit,
            row.side,
            row.sha256,
        )
        for row in rows
    ]


def needed_elsewhere(digests: Sequence[str], order_id: str) -> set[str]:
    """Those files that another order still rests on."""
    others = FilePlace.objects.filter(sha256__in=digests).exclude(order_id=order_id)
    resting = resting_on(others.values_list("order_id", flat=True))
    return set(digests) & {one for kept in resting.values() for one in kept}


def uploaded_since(digests: Sequence[str], since: datetime) -> set[str]:
    """Those files that somebody uploaded since then, and may still submit."""
    waiting = StagedUpload.objects.filter(sha256__in=digests, created_at__gte=since)
    looked_at = KnownFile.objects.filter(sha256__in=digests, examined_at__gte=since)
    return {
        sha256 for rows in (waiting, looked_at) for sha256 in rows.values_list("sha256", flat=True)
    }


def thumbnails_of_these_alone(digests: Sequence[str]) -> list[str]:
    """Small pictures that were made of these files and of no other."""
    made = KnownFile.objects.filter(sha256__in=digests, thumbnail__isnull=False)
    found = set(made.values_list("thumbnail", flat=True))
    others = KnownFile.objects.filter(thumbnail__in=found).exclude(sha256__in=digests)
    return sorted(one for one in found - set(others.values_list("thumbnail", flat=True)) if one)


def forget(digests: Sequence[str]) -> None:
    """Nothing is known of these files any more."""
    with transaction.atomic():
        PictureBand.objects.filter(sha256__in=digests).delete()
        StagedUpload.objects.filter(sha256__in=digests).delete()
        KnownFile.objects.filter(sha256__in=digests).delete()
