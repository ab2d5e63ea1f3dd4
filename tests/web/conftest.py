"""Browsers that are signed in, one for each role."""

import pytest
from django.conf import settings
from django.test import Client

from fairhold.accounts.models import Party, Person


@pytest.fixture
def visitors(db) -> dict[str, Client]:
    found = {}
    for role in ("buyer", "seller", "specialist", "operator"):
        party = None
        if role in ("buyer", "seller"):
            party = Party.objects.create(
                id=f"party-{role}",
                kind=role,
                ref=role,
                name=f"A {role}",
                email=f"{role}@x.example",
                country="DE",
            )
        person = Person.objects.create_user(
            f"{role}@x.example", None, name=role, role=role, party=party, opaque_id=f"web-{role}"
        )
        found[role] = Client()
        found[role].force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return found
