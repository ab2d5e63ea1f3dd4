"""Sentences to set a test up: parties, orders, filings, and the write path to bring them through.

The same words serve on both engines. Time is moved with the sandbox clock of the order, so that
what a test drives is what the worker drives.
"""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fairhold.adapters.ids import words
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags, Line, Unit
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.ledger.settlements import Refund
from fairhold.core.values.roles import PLATFORM, Actor, Role
from fairhold.flow.desk import current
from fairhold.flow.handle import handle
from fairhold.flow.request import Done, Refused, Request, Viewer
from fairhold.flow.sweep import sweep
from fairhold.store.load import load

DAY = timedelta(days=1)
COUNTER = itertools.count(1)
VIEWERS = {
    Role.BUYER: Viewer(Actor("person-buyer", Role.BUYER), "party-buyer"),
    Role.SELLER: Viewer(Actor("person-seller", Role.SELLER), "party-seller"),
    Role.SPECIALIST: Viewer(Actor("person-specialist", Role.SPECIALIST)),
    Role.OPERATOR: Viewer(Actor("person-operator", Role.OPERATOR)),
    Role.FINANCE: Viewer(Actor("person-finance", Role.FINANCE)),
    Role.INSPECTOR: Viewer(Actor("person-inspector", Role.INSPECTOR)),
    Role.RIGHTS_HOLDER: Viewer(Actor("person-rights-holder", Role.RIGHTS_HOLDER)),
    Role.PLATFORM: Viewer(PLATFORM),
}
BUYER, SELLER, SPECIALIST = Role.BUYER, Role.SELLER, Role.SPECIALIST
OPERATOR, SYSTEM = Role.OPERATOR, Role.PLATFORM
ONLY, RETURN = Kind.REFUND_ONLY, Kind.RETURN_AND_REFUND
GOODS, FREIGHT = 73_600, 2_000


def text(words_typed: str) -> Any:
    """A text with its id and salt."""
    return words(current().ids, words_typed)


def terms(kind: Kind, goods: int, freight: int = 0, note: str | None = "why") -> asked.NewTerms:
    """The terms of a plan."""
    payer = Role.BUYER if kind is RETURN else None
    return asked.NewTerms(kind, Refund(goods, freight), payer, text(note) if note else None)


def photo(sign: str = "a") -> tuple[Upload, ...]:
    """A file as a command carries it."""
    return (Upload(sign * 64, 10, "image/png", text("photo.png")),)


def order_command(ref: str, **changes: Any) -> ordered.RegisterOrder:
    """An order of forty lamps, paid, dispatched twenty days ago."""
    dispatched = current().clock.now() - 20 * DAY
    fields: dict[str, Any] = {
        "ref": ref,
        "buyer_id": "party-buyer",
        "seller_id": "party-seller",
        "currency": "USD",
        "lines": (Line(1, "LED desk lamp", "L1", Unit.PIECE, 40, 1, 1_840),),
        "freight_minor": FREIGHT,
        "shipping_service": "Registered air mail",
        "promise_days": 20,
        "flags": Flags(),
        "delivery_address": text("12 Rue des Orangers, Casablanca"),
        "return_address": text("88 Keji Road, Shenzhen"),
        "local_return_address": None,
        "listing": text("{}"),
        "buyer_message": None,
        "fee_basis_points": 500,
        "ordered_at": dispatched - DAY,
        "payment": ordered.Payment(GOODS, FREIGHT),
        "parcels": (ordered.NewParcel("China Post", "LX123456785CN", (), dispatched),),
        "cancellation_requested_at": None,
    }
    return ordered.RegisterOrder(**{**fields, **changes})


def filing(
    kind: Kind = ONLY,
    items: tuple[Item, ...] = (Item(16_560, 1, 9),),
    reason: Reason = Reason.NOT_AS_AGREED,
    **changes: Any,
) -> asked.OpenDispute:
    """A filing over nine lamps."""
    unlike = reason is Reason.NOT_AS_AGREED
    fields: dict[str, Any] = {
        "dispute_id": current().ids.new(),
        "number": current().ids.number(),
        "reason": reason,
        # A complaint that the rulebook leaves to a person: plans of the desk are free here.
        "subcase": Subcase.LATE_SHIPMENT if unlike else Subcase.NONE,
        "kind": kind,
        "items": items,
        "return_freight": Role.SELLER if kind is RETURN else None,
        "description": text("Nine lamps are missing."),
        "wanted": text("Their price."),
        "evidence": photo(),
    }
    return asked.OpenDispute(**{**fields, **changes})


@dataclass
class Case:
    """One order in the store, and what can be done to it."""

    ref: str = field(default_factory=lambda: f"T-{next(COUNTER)}-{current().ids.salt()[:6]}")
    order_id: str = ""

    def __post_init__(self) -> None:
        self.order_id = current().ids.of_order(self.ref)

    def registered(self, **changes: Any) -> "Case":
        """Register the order."""
        self.do(OPERATOR, order_command(self.ref, **changes))
        return self

    def opened(self, *given: Any, **changes: Any) -> "Case":
        """File a dispute on it."""
        self.do(BUYER, filing(*given, **changes))
        return self

    def ask(self, role: Role, command: Any, **extra: Any) -> Done | Refused:
        """Give a command; a refusal comes back as a value."""
        key = extra.pop("key", current().ids.new())
        request = Request(
            self.order_id, command, VIEWERS[role], key, extra.pop("digest", key), **extra
        )
        return handle(current(), request)

    def do(self, role: Role, command: Any) -> CaseFile:
        """Give a command that must be carried out."""
        result = self.ask(role, command)
        assert isinstance(result, Done), result.refusal
        return result.file

    def refused(self, role: Role, command: Any, **extra: Any) -> str:
        """Give a command that must be refused; the code of the refusal."""
        result = self.ask(role, command, **extra)
        assert isinstance(result, Refused), "expected a refusal, the command was carried out"
        return result.refusal.code.slug

    @property
    def file(self) -> CaseFile:
        """The file as it is stored."""
        return load(self.order_id, None).file

    def pass_time(self, span: timedelta) -> "Case":
        """Let time pass for this order, then let the worker do what is due."""
        self.jump(span)
        self.work()
        return self

    def jump(self, span: timedelta) -> None:
        """Let time pass without any worker."""
        self.do(OPERATOR, ordered.MoveSandboxClock(int(span.total_seconds())))

    @staticmethod
    def work() -> None:
        """Let the worker carry out whatever is due."""
        for _ in range(20):
            swept = sweep(current())
            if swept.fired + swept.failed == 0:
                return
        raise AssertionError("the worker does not come to rest")
