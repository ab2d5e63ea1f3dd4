"""The script of the benchmarks: one order, and the six durable steps of one dispute on it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fairhold.adapters.ids import words
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Flags, Line, Unit
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.ledger.settlements import Refund
from fairhold.core.values.roles import Actor, Role
from fairhold.flow.desk import Desk
from fairhold.flow.request import Request, Viewer

OPERATOR = Viewer(Actor("operator", Role.OPERATOR))
BUYER = Viewer(Actor("buyer", Role.BUYER), "party-buyer")
SELLER = Viewer(Actor("seller", Role.SELLER), "party-seller")


@dataclass(frozen=True, slots=True)
class Script:
    """Requests for one order."""

    desk: Desk
    ref: str

    @property
    def order_id(self) -> str:
        """The order that this script is about."""
        return self.desk.ids.of_order(self.ref)

    def register(self) -> Request:
        """The order: forty lamps, paid, dispatched twenty days ago."""
        sent = self.desk.clock.now() - timedelta(days=20)
        command = ordered.RegisterOrder(
            ref=self.ref,
            buyer_id="party-buyer",
            seller_id="party-seller",
            currency="USD",
            lines=(Line(1, "LED desk lamp", "L-1", Unit.PIECE, 40, 1, 1840),),
            freight_minor=2400,
            shipping_service="Registered air mail",
            promise_days=20,
            flags=Flags(),
            delivery_address=self._words("12 Rue des Orangers, Casablanca"),
            return_address=self._words("88 Keji Road, Shenzhen"),
            local_return_address=None,
            listing=self._words("{}"),
            buyer_message=None,
            fee_basis_points=500,
            ordered_at=sent,
            payment=ordered.Payment(73_600, 2_400),
            parcels=(ordered.NewParcel("China Post", "LX123456785CN", (), sent),),
            cancellation_requested_at=None,
        )
        return self.request(OPERATOR, command)

    def open(self) -> Request:
        """The filing."""
        command = asked.OpenDispute(
            dispute_id=self.desk.ids.new(),
            number=self.desk.ids.number(),
            reason=Reason.NOT_RECEIVED,
            subcase=Subcase.NONE,
            kind=Kind.REFUND_ONLY,
            items=(Item(16_560, 1, 9),),
            return_freight=None,
            description=self._words("Nine lamps are missing."),
            wanted=self._words("Their price."),
            evidence=(),
        )
        return self.request(BUYER, command)

    def steps(self) -> list[Request]:
        """Open, refuse with a plan, message, evidence, change of plan, accept and settle."""
        photo = (Upload("a" * 64, 1000, "image/png", self._words("photo.png")),)
        return [
            self.open(),
            self.request(SELLER, asked.RefuseAndPropose(self._terms(9_000), ())),
            self.request(BUYER, asked.PostMessage(self._words("Three of them broke."))),
            self.request(BUYER, asked.AddEvidence(photo)),
            self.request(SELLER, asked.ChangePlan("seller-1", 1, self._terms(11_040))),
            self.request(BUYER, asked.AcceptPlan("seller-1", 2, None)),
        ]

    def _terms(self, goods: int) -> asked.NewTerms:
        note = self._words("Six are missing.")
        return asked.NewTerms(Kind.REFUND_ONLY, Refund(goods, 0), None, note)

    def _words(self, text: str) -> Any:
        return words(self.desk.ids, text)

    def request(self, viewer: Viewer, command: Any) -> Request:
        """One command of somebody on the order."""
        key = self.desk.ids.new()
        return Request(self.order_id, command, viewer, key, key)
