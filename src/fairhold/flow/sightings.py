"""The same or nearly the same picture in another case: told to the desk alone, with both places.

A hint, never a finding: two photos of one lamp in one light look alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fairhold.adapters.pictures import apart
from fairhold.core.cases.disputes.state import Dispute
from fairhold.store import files
from fairhold.store.models import KnownFile

# Of 64 places; scaling and saving anew change up to about seven.
MOST_APART = 7


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file of this dispute, and the place where it, or one that looks like it, stands too.

    `apart`: in how many of 64 places the pictures differ; 0 with `same` for the very same bytes.
    """

    exhibit: int
    place: files.Place
    same: bool
    apart: int


def sightings(
    order_id: str, dispute: Dispute, known: Mapping[str, KnownFile]
) -> tuple[Sighting, ...]:
    """Where else the files of this dispute stand; places of the same order do not count.

    `known` is what examinations found, by digest.
    """
    own = {one.sha256 for one in dispute.exhibits}
    pictures = {sha: row.picture for sha, row in known.items() if sha in own and row.picture}
    others = files.sharing_a_band(pictures.values()) if pictures else {}
    alike = {
        (sha, other): distance
        for sha, picture in pictures.items()
        for other, likeness in others.items()
        if other != sha and (distance := apart(picture, likeness)) <= MOST_APART
    }
    found = files.places(own | {other for _, other in alike})
    elsewhere = [place for place in found if place.order_id != order_id]
    return tuple(
        sighting
        for exhibit in dispute.exhibits
        for place in elsewhere
        if (sighting := _sighting(exhibit.number, exhibit.sha256, place, alike)) is not None
    )


def _sighting(
    number: int, sha256: str, place: files.Place, alike: dict[tuple[str, str], int]
) -> Sighting | None:
    if place.sha256 == sha256:
        return Sighting(number, place, same=True, apart=0)
    distance = alike.get((sha256, place.sha256))
    return None if distance is None else Sighting(number, place, same=False, apart=distance)
