"""Who acts: the roles of the desk and the actor of one command."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person, or the platform itself, is to a case."""

    BUYER = "buyer"
    SELLER = "seller"
    SPECIALIST = "specialist"
    OPERATOR = "operator"
    FINANCE = "finance"
    INSPECTOR = "inspector"
    RIGHTS_HOLDER = "rights_holder"
    PLATFORM = "platform"


PARTIES = (Role.BUYER, Role.SELLER)


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who gives a command: an opaque id and the role it acts in."""

    id: str
    role: Role


PLATFORM = Actor(id="platform", role=Role.PLATFORM)


def other_party(role: Role) -> Role:
    """The side across the table."""
    return Role.SELLER if role is Role.BUYER else Role.BUYER
