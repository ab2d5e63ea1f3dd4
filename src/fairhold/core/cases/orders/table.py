"""Standing × command × role -> decider. What is absent is refused."""

from collections.abc import Callable
from typing import Any

from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders.decide import keeping, registering
from fairhold.core.cases.orders.state import Standing
from fairhold.core.values.roles import Role

# A cell: the decider, and the roles that may give the command.
Cell = tuple[Callable[..., Any], tuple[Role, ...]]
Cells = dict[type, Cell]

OPERATIONS = (Role.OPERATOR,)
MONEY_GUARDS = (Role.OPERATOR, Role.FINANCE)

# The command that makes an order is the only one that needs none.
REGISTER: Cells = {asked.RegisterOrder: (registering.register, OPERATIONS)}

ORDER_TABLE: dict[Standing, Cells] = {
    Standing.ACTIVE: {
        asked.CapturePayment: (keeping.capture_payment, OPERATIONS),
        asked.DeclareDispatch: (keeping.declare_dispatch, OPERATIONS),
        asked.AmendOrder: (keeping.amend, OPERATIONS),
        asked.RequestCancellation: (keeping.request_cancellation, (Role.BUYER, Role.OPERATOR)),
        asked.FreezeOrder: (keeping.freeze, MONEY_GUARDS),
        asked.CompleteOrder: (keeping.complete, OPERATIONS),
        asked.MoveSandboxClock: (keeping.move_sandbox_clock, OPERATIONS),
    },
    Standing.FROZEN: {
        asked.DeclareDispatch: (keeping.declare_dispatch, OPERATIONS),
        asked.RequestCancellation: (keeping.request_cancellation, (Role.BUYER, Role.OPERATOR)),
        asked.UnfreezeOrder: (keeping.unfreeze, MONEY_GUARDS),
        asked.MoveSandboxClock: (keeping.move_sandbox_clock, OPERATIONS),
    },
    Standing.COMPLETED: {
        asked.MoveSandboxClock: (keeping.move_sandbox_clock, OPERATIONS),
    },
}
