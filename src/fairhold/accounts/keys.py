"""API keys: made, recognised, revoked. The key itself is shown once and never stored."""

import hashlib
import secrets

from fairhold.accounts.models import ApiKey, Person
from fairhold.core.values.roles import Role

PREFIX = "fh_"
SCOPES = {
    "orders:read": "See orders",
    "orders:write": "Register orders and what happens to them",
    "disputes:read": "See disputes, their history and their files",
    "disputes:write": "Act in disputes",
    "tracking:write": "Send scans of carriers",
    "webhooks:write": "Manage webhook endpoints",
}
ROLE_SCOPES = {
    Role.BUYER: {"orders:read", "orders:write", "disputes:read", "disputes:write"},
    Role.SELLER: {"orders:read", "disputes:read", "disputes:write"},
    Role.SPECIALIST: {"orders:read", "disputes:read", "disputes:write"},
    Role.OPERATOR: set(SCOPES),
    Role.FINANCE: {"orders:read", "orders:write"},
    Role.INSPECTOR: set(),
    Role.RIGHTS_HOLDER: set(),
    Role.PLATFORM: set(),
}


class ScopeError(ValueError):
    """A scope is unknown, or wider than the role of the key's person."""


def create(person: Person, label: str, scopes: set[str]) -> str:
    """A new key for `person`; returned once, in full.

    Raises: ScopeError.
    """
    allowed = ROLE_SCOPES[Role(person.role)]
    if not scopes or not scopes <= allowed:
        raise ScopeError(f"expected scopes out of {sorted(allowed)}, got {sorted(scopes)}")
    key = PREFIX + secrets.token_urlsafe(32)
    ApiKey.objects.create(
        person=person, label=label, digest=_digest(key), last4=key[-4:], scopes=" ".join(scopes)
    )
    return key


def recognise(key: str) -> ApiKey | None:
    """The living key with this text, of a living person."""
    return (
        ApiKey.objects.select_related("person")
        .filter(digest=_digest(key), revoked_at=None, person__is_active=True)
        .first()
    )


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
