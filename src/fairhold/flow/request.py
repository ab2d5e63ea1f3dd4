"""What goes into the write path, and what comes out of it."""

from dataclasses import dataclass
from typing import Any

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.refusal import Refusal
from fairhold.core.values.roles import Actor, Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody at the desk: the actor, and the party it acts for (buyers and sellers)."""

    actor: Actor
    party_id: str | None = None

    @property
    def role(self) -> Role:
        """The role the viewer acts in."""
        return self.actor.role


@dataclass(frozen=True, slots=True)
class Request:
    """One command on one order, by one viewer.

    `key` is the idempotency key and `digest` the SHA-256 of what was sent with it.
    `expected_version` is the version the viewer saw, where it insists on it. `owner` is set where
    a key belongs to nobody in particular: an order is the same whoever sends it.
    """

    order_id: str
    command: Any
    viewer: Viewer
    key: str
    digest: str
    case_id: str | None = None
    expected_version: int | None = None
    owner: str | None = None

    @property
    def request(self) -> str:
        """The key as the journal keeps it: never shared between two actors."""
        return f"{self.owner or self.viewer.actor.id}:{self.key}"


@dataclass(frozen=True, slots=True)
class Done:
    """The command was carried out, now or when the same key came before (`replayed`)."""

    file: CaseFile
    replayed: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The command was refused; nothing changed."""

    refusal: Refusal
    file: CaseFile


class Busy(Exception):
    """Others wrote to the order again and again; trying again a little later helps."""
