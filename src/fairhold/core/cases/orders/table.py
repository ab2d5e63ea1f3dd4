"""Standing × command × role -> decider. What is absent is refused."""

from collections.abc import Callable
from typing import Any

from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders.decide import (
    keeping,
    numbering,
    registering,
    retaining,
    talking,
    watching,
)
from fairhold.core.cases.orders.state import Standing
from fairhold.core.values.roles import PARTIES, Role

# A cell: the decider, and the roles that may give the command.
Cell = tuple[Callable[..., Any], tuple[Role, ...]]
Cells = dict[type, Cell]

OPERATIONS = (Role.OPERATOR,)
SENDERS = (Role.SELLER, Role.OPERATOR)
PLATFORM = (Role.PLATFORM,)
MONEY_GUARDS = (Role.OPERATOR, Role.FINANCE)

# What is known of parcels goes on record whatever became of the money.
WATCHING: Cells = {
    asked.ReportParcel: (watching.report, PLATFORM),
    asked.IssueNudge: (watching.nudge, PLATFORM),
}
NUMBERING: Cells = {
    asked.ReplaceWaybill: (numbering.replace_waybill, SENDERS),
    asked.AddTransferNumber: (numbering.add_transfer_number, SENDERS),
}

# Both sides and the specialist write into one thread, whatever became of the order.
TALKING: Cells = {
    asked.WriteMessage: (talking.write, (Role.BUYER, Role.SELLER, Role.SPECIALIST)),
}
AMENDING: Cells = {
    asked.ProposeAmendment: (talking.propose, PARTIES),
    asked.AcceptAmendment: (talking.accept, PARTIES),
    asked.DeclineAmendment: (talking.decline, PARTIES),
}
KEEPING: Cells = {
    asked.PlaceHold: (retaining.place_hold, OPERATIONS),
    asked.LiftHold: (retaining.lift_hold, OPERATIONS),
    asked.AnnounceDeletion: (retaining.announce, PLATFORM),
    asked.PurgeMaterial: (retaining.purge, OPERATIONS),
}

# The command that makes an order is the only one that needs none.
REGISTER: Cells = {asked.RegisterOrder: (registering.register, OPERATIONS)}

ORDER_TABLE: dict[Standing, Cells] = {
    Standing.ACTIVE: {
        **WATCHING,
        **NUMBERING,
        **TALKING,
        **AMENDING,
        **KEEPING,
        asked.CapturePayment: (keeping.capture_payment, OPERATIONS),
        asked.DeclareDispatch: (keeping.declare_dispatch, OPERATIONS),
        asked.AmendOrder: (keeping.amend, OPERATIONS),
        asked.RequestCancellation: (keeping.request_cancellation, (Role.BUYER, Role.OPERATOR)),
        asked.FreezeOrder: (keeping.freeze, MONEY_GUARDS),
        asked.CompleteOrder: (keeping.complete, OPERATIONS),
        asked.MoveSandboxClock: (keeping.move_sandbox_clock, OPERATIONS),
    },
    Standing.FROZEN: {
        **WATCHING,
        **NUMBERING,
        **TALKING,
        **KEEPING,
        asked.DeclareDispatch: (keeping.declare_dispatch, OPERATIONS),
        asked.RequestCancellation: (keeping.request_cancellation, (Role.BUYER, Role.OPERATOR)),
        asked.UnfreezeOrder: (keeping.unfreeze, MONEY_GUARDS),
        asked.MoveSandboxClock: (keeping.move_sandbox_clock, OPERATIONS),
    },
    Standing.COMPLETED: {
        **WATCHING,
        **TALKING,
        **KEEPING,
        asked.MoveSandboxClock: (keeping.move_sandbox_clock, OPERATIONS),
    },
}
