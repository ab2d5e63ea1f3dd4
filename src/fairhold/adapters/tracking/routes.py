"""How long carriers are usually silent, by route: data from `logistics/routes.yaml`."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fairhold.adapters.rulebook.yaml import read


@dataclass(frozen=True, slots=True)
class Routes:
    """Days of usual silence. `pairs` by country of origin and destination."""

    within_a_country: timedelta
    between_countries: timedelta
    pairs: dict[tuple[str, str], timedelta]

    def usual_silence(self, origin: str | None, destination: str | None) -> timedelta:
        """How long nothing may be heard of a parcel before that is unusual."""
        if origin and destination:
            known = self.pairs.get((origin, destination))
            if known is not None:
                return known
            if origin == destination:
                return self.within_a_country
        return self.between_countries


def load_routes(path: Path) -> Routes:
    """The routes in a file.

    Raises: RulebookError with file and line for what does not fit.
    """
    source = read(path)
    content = source.content if isinstance(source.content, dict) else {}
    pairs: dict[tuple[str, str], timedelta] = {}
    for place, entry in enumerate(content.get("pairs", [])):
        try:
            pairs[entry["from"], entry["to"]] = timedelta(days=int(entry["days"]))
        except (KeyError, TypeError, ValueError) as error:
            raise source.error(("pairs", place), "expected from, to and days") from error
    try:
        within = timedelta(days=int(content["within_a_country"]))
        between = timedelta(days=int(content["between_countries"]))
    except (KeyError, TypeError, ValueError) as error:
        raise source.error((), "expected within_a_country and between_countries in days") from error
    return Routes(within, between, pairs)
