"""People as the write path knows them: an opaque id, a role, a party."""

from fairhold.accounts.models import Person
from fairhold.core.values.roles import Actor, Role


def actor_of(person: Person) -> Actor:
    """The actor that stands for this person in every journal."""
    return Actor(person.opaque_id, Role(person.role))
