"""People with keys, and a client that speaks JSON."""

import json

import pytest
from django.test import Client

from fairhold.accounts import keys
from fairhold.accounts.models import Party, Person
from fairhold.core.values.roles import Role


class Caller:
    """Somebody with a key."""

    def __init__(self, key: str | None) -> None:
        self.key = key
        self.client = Client()

    def send(self, method: str, path: str, body=None, **headers):
        """One request; a body that is not bytes goes as JSON."""
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.generic(
            method, path, content if body is not None else b"", "application/json", headers=headers
        )

    def get(self, path: str):
        """One reading request."""
        return self.send("GET", path)

    def post(self, path: str, body, **headers):
        """One writing request."""
        return self.send("POST", path, body, **headers)


def person(role: Role, name: str, party: Party | None = None) -> Person:
    return Person.objects.create_user(
        f"{name}@fairhold.example",
        None,
        name=name,
        role=role.value,
        party=party,
        opaque_id="0" * 36 if name == "specialist" else f"person-{name}",
    )


def caller(who: Person) -> Caller:
    scopes = keys.ROLE_SCOPES[Role(who.role)]
    return Caller(keys.create(who, "test", scopes) if scopes else None)


@pytest.fixture
def callers(db) -> dict[str, Caller]:
    """One caller for each role, a stranger of each party, and somebody without a key."""
    found = {"anonymous": Caller(None)}
    for role in Role:
        party = None
        if role in (Role.BUYER, Role.SELLER):
            party = Party.objects.create(
                id=f"party-{role}",
                kind=role.value,
                ref=role.value,
                name=f"A {role}",
                email=f"{role}@x.example",
                country="DE",
            )
            other = Party.objects.create(
                id=f"party-other-{role}",
                kind=role.value,
                ref=f"other-{role}",
                name="Other",
                email=f"other-{role}@x.example",
                country="DE",
            )
            found[f"other-{role}"] = caller(person(role, f"other-{role}", other))
        found[role.value] = caller(person(role, role.value, party))
    return found
