"""The case file: everything a decision looks at, as one frozen value.

An order, the dispute on it, and the books; `version` is the number of the last journal entry.
"""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.clock import Clock
from fairhold.core.cases.disputes.state import Dispute, State
from fairhold.core.cases.orders.state import Order
from fairhold.core.journal.chain import GENESIS
from fairhold.core.ledger.accounts import Balances


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The state of one order and of the latest dispute on it."""

    order_id: str
    order: Order | None = None
    dispute: Dispute | None = None
    balances: Balances = Balances()
    version: int = 0
    head: str = GENESIS
    head_at: datetime | None = None

    @property
    def open_dispute(self) -> Dispute | None:
        """The dispute, unless there is none or it is closed."""
        if self.dispute is None or self.dispute.state is State.CLOSED:
            return None
        return self.dispute

    @property
    def the_order(self) -> Order:
        """The order of a registered file."""
        if self.order is None:
            raise LookupError(f"expected a registered order at {self.order_id}, got none")
        return self.order

    @property
    def the_dispute(self) -> Dispute:
        """The dispute of a disputed file."""
        if self.dispute is None:
            raise LookupError(f"expected a dispute on order {self.order_id}, got none")
        return self.dispute

    def clocks(self) -> tuple[Clock, ...]:
        """Every open clock, of the order and of the dispute."""
        order = self.order.clocks if self.order else ()
        return order + (self.dispute.clocks if self.dispute else ())
