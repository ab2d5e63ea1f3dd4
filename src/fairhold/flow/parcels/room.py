"""What parcels need from outside: the register, what texts mean, routes, sources and webhooks."""

from dataclasses import dataclass, field
from enum import StrEnum

from fairhold.adapters.tracking import Source, Webhook
from fairhold.adapters.tracking.meanings import Meanings
from fairhold.adapters.tracking.routes import Routes
from fairhold.core.logistics.carriers import Register


class Nudging(StrEnum):
    """What becomes of reminders about parcels."""

    OFF = "off"
    SUGGEST = "suggest"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class ParcelRoom:
    """The wired parts. `source` is asked where there is one; `webhooks` by name of the provider.

    Units: `budget` requests a minute for one carrier; `ask_again_hours` between two askings.
    """

    register: Register
    meanings: Meanings
    routes: Routes
    nudging: Nudging
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    source: Source | None = None
    budget: int = 30
    ask_again_hours: int = 12
