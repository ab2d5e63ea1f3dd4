"""From a signed-in person to a viewer of files."""

from fairhold.accounts.models import Person
from fairhold.accounts.viewers import actor_of
from fairhold.flow.request import Viewer


def viewer_of(person: Person) -> Viewer:
    """The viewer that this person is."""
    return Viewer(actor_of(person), person.party_id)
