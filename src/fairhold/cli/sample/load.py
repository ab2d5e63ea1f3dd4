"""Loads the sample marketplace through the write path, with a clock that is set back."""

import json
import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from fairhold.accounts import keys
from fairhold.accounts.models import Party, Person
from fairhold.adapters.clock import SetClock
from fairhold.cli.sample.orders import BUYERS, SELLERS, documents
from fairhold.cli.sample.stories import STORIES, Act, Pen
from fairhold.cli.sample.tracking import scans_of
from fairhold.core.values.roles import Actor, Role
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.intake.order_document import parse, register
from fairhold.flow.parcels.intake import take_own
from fairhold.flow.parcels.rounds import look_at_parcels
from fairhold.flow.request import Refused, Request, Viewer
from fairhold.flow.sweep import sweep
from fairhold.flow.viewers import viewer_of
from fairhold.store.due import deliver_nothing_before
from fairhold.store.queries import entries_of

PASSWORD = "fairhold-demo"  # noqa: S105 - printed on the screen, for a desk on this machine only
STAFF = {"ortiz": ("J. Ortiz", Role.SPECIALIST), "ops": ("Desk operations", Role.OPERATOR)}


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody to try the desk as."""

    role: str
    email: str
    key: str


class SampleError(Exception):
    """The sample marketplace does not load: a defect."""


def load(desk: Desk, place: Path) -> list[SignIn]:
    """Load orders, people and disputes, once.

    The sign-ins are kept in `place` for the next start.
    """
    if place.exists():
        return [SignIn(**row) for row in json.loads(place.read_text())]
    with transaction.atomic():
        sign_ins = _everything(desk)
    handle_ = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    rows = [{"role": one.role, "email": one.email, "key": one.key} for one in sign_ins]
    with os.fdopen(handle_, "w") as file:
        json.dump(rows, file)
    return sign_ins


def _everything(desk: Desk) -> list[SignIn]:
    now = desk.clock.now()
    _orders(desk)
    people = _people(desk)
    for ref, acts in STORIES.items():
        _play(desk, ref, acts, people)
    _track(desk)
    deliver_nothing_before(now)
    return [_sign_in(people[name]) for name in ("amina", "luma", "ortiz", "ops")]


def _orders(desk: Desk) -> None:
    importer = Viewer(Actor("import", Role.OPERATOR))
    for raw in documents(desk.clock.now() - timedelta(minutes=1)):
        document, errors = parse(raw)
        if document is None:
            raise SampleError(f"{raw['ref']}: {errors}")
        back = SetClock(
            max(parcel.dispatched_at for parcel in document.parcels)
            if document.parcels
            else document.ordered_at
        )
        result = register(replace(desk, clock=back), document, importer)
        if isinstance(result, Refused):
            raise SampleError(f"{raw['ref']}: {result.refusal.why}")


def _track(desk: Desk) -> None:
    """The carriers' records come in, and what they show goes on record."""
    now = desk.clock.now()
    for raw in documents(now - timedelta(minutes=1)):
        for parcel in raw["parcels"]:
            sent = datetime.fromisoformat(parcel["dispatched_at"])
            rows = [
                one
                for one in scans_of(raw["ref"], parcel["waybill"], sent)
                if datetime.fromisoformat(one["at"]) < now
            ]
            if take_own(desk, list(rows), "api", now).rejected:
                raise SampleError(f"{raw['ref']}: a scan does not fit")
    while look_at_parcels(desk):
        pass


def _people(desk: Desk) -> dict[str, Person]:
    people = {}
    for kind, parties in (("buyer", BUYERS), ("seller", SELLERS)):
        for ref, shape in parties.items():
            party = Party.objects.get(kind=kind, ref=ref)
            people[ref] = _person(desk, ref, shape["name"], Role(kind), party)
    for ref, (name, role) in STAFF.items():
        people[ref] = _person(desk, ref, name, role, None)
    return people


def _person(desk: Desk, ref: str, name: str, role: Role, party: Party | None) -> Person:
    return Person.objects.create_user(
        f"{ref}@fairhold.example",
        PASSWORD,
        name=name,
        role=role.value,
        party=party,
        opaque_id=desk.ids.new(),
    )


def _play(desk: Desk, ref: str, acts: list[Act], people: dict[str, Person]) -> None:
    order_id = desk.ids.of_order(ref)
    by_party = {person.party_id: person for person in people.values() if person.party_id}
    agreement = entries_of(order_id)[0].payload["agreement"]
    actors = {
        Role.BUYER: by_party[agreement["buyer_id"]],
        Role.SELLER: by_party[agreement["seller_id"]],
        Role.SPECIALIST: people["ortiz"],
    }
    for place, act in enumerate(acts):
        then = replace(desk, clock=SetClock(desk.clock.now() - timedelta(days=act.days_ago)))
        if act.role is None or act.build is None:
            sweep(then)
            continue
        command = act.build(Pen(then, f"{ref} {place}"))
        key = f"sample:{ref}:{place}"
        request = Request(order_id, command, viewer_of(actors[act.role]), key, key)
        result = handle(then, request)
        if isinstance(result, Refused):
            raise SampleError(f"{ref} act {place + 1}: {result.refusal.why}")


def _sign_in(person: Person) -> SignIn:
    scopes = keys.ROLE_SCOPES[Role(person.role)]
    return SignIn(person.role, person.email, keys.create(person, "demo", set(scopes)))
