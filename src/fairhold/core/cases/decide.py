"""Step 4 of the write path: the one door to every decider.

Guards in order: the order exists, the table knows the command in this state for this role, the
order is not frozen, no settling clock is over. Then the decider. Then what the rulebook itself does
about it. Then one notice for the whole act.
"""

from typing import Any

from fairhold.core.cases.disputes import commands as disputes
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.decide.inquiring import follow_up
from fairhold.core.cases.disputes.decide.lapses import settling_clock
from fairhold.core.cases.disputes.state import State
from fairhold.core.cases.disputes.table import AFTER_TIME, DISPUTE_TABLE, FILING, WHILE_FROZEN
from fairhold.core.cases.events import ClockSet, NoticeIssued
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as orders
from fairhold.core.cases.orders import events as ordered
from fairhold.core.cases.orders.state import Standing
from fairhold.core.cases.orders.table import ORDER_TABLE, REGISTER, Cell
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import sentence

Events = tuple[object, ...]

# Every command there is, in the order of the tables.
COMMANDS: tuple[type, ...] = tuple(
    dict.fromkeys(
        kind
        for part in (REGISTER, *ORDER_TABLE.values(), FILING, *DISPUTE_TABLE.values())
        for kind in part
    )
)
# Not there and not yours read the same.
NOTHING_THERE = Refusal(
    Code.NOT_FOUND,
    "There is no such case or order among yours.",
    "Check the number, or sign in with the account that it belongs to.",
)
# Acts that concern nobody but the desk: no notice goes out.
SILENT = {disputes.AssignCase, disputes.RemindOfClock}
# What the desk keeps to itself until two of it agree.
INSIDE_THE_DESK = (
    happened.DepartureProposed,
    happened.DepartureDropped,
    ordered.HoldPlaced,
    ordered.HoldLifted,
)
# Acts that change no fact: the rulebook is not asked again.
QUIET = {
    *SILENT,
    disputes.PostMessage,
    disputes.GiveBackOutage,
    disputes.RedactEvidence,
    orders.IssueNudge,
    orders.WriteMessage,
    orders.ProposeAmendment,
    orders.DeclineAmendment,
    orders.PlaceHold,
    orders.LiftHold,
    orders.AnnounceDeletion,
    orders.PurgeMaterial,
}
# Acts on an order that both sides are told of, with a dispute or without.
TOLD_TO_BOTH = (
    ordered.MessageWritten,
    ordered.AmendmentProposed,
    ordered.AmendmentAccepted,
    ordered.AmendmentDeclined,
    ordered.DeletionAnnounced,
    ordered.MaterialPurged,
)
# The platform's own acts on a clock, which an order without a dispute may have too.
ON_CLOCKS = (disputes.LapseClock, disputes.RemindOfClock)


def decide(file: CaseFile, command: Any, moment: Moment) -> Events | Refusal:
    """What `command` leads to: events, in order, or a refusal. Nothing else happens here."""
    cell = cell_of(file, type(command))
    if cell is None:
        return _misplaced(file, type(command))
    decider, roles = cell
    if moment.actor.role not in roles:
        return Refusal(
            Code.NOT_ALLOWED,
            sentence(
                "This is for {roles}; you act as {role}.", roles=roles, role=moment.actor.role
            ),
            "Sign in with the account that may do this.",
        )
    refusal = _standstill(file, type(command), moment)
    if refusal:
        return refusal
    decided: Events | Refusal = decider(file, command, moment)
    if isinstance(decided, Refusal):
        return decided
    if type(command) not in QUIET:
        decided = (*decided, *follow_up(file, decided, moment))
    return with_notice(file, command, decided)


def cell_of(file: CaseFile, command: type) -> Cell | None:
    """The decider and the roles of `command` in the present state, if the tables have it."""
    if file.order is None:
        return REGISTER.get(command)
    of_order = ORDER_TABLE[file.order.standing].get(command)
    if of_order is not None:
        return of_order
    dispute = file.open_dispute
    if dispute is not None:
        return DISPUTE_TABLE[dispute.state].get(command)
    if command in ON_CLOCKS:
        return DISPUTE_TABLE[State.NEGOTIATING][command]
    return FILING.get(command)


def _standstill(file: CaseFile, command: type, moment: Moment) -> Refusal | None:
    """The refusal while the order is frozen or a settling clock is over."""
    if file.order is None or command.__module__ != disputes.__name__:
        return None
    if file.order.standing is Standing.FROZEN and command not in WHILE_FROZEN:
        return Refusal(
            Code.ORDER_FROZEN,
            "The order is frozen: its money does not move and its clocks stand still.",
            "Wait until the freeze is lifted; every clock gets the time back.",
            clause="freeze",
        )
    dispute = file.open_dispute
    over = settling_clock(dispute, moment.now) if dispute and command not in AFTER_TIME else None
    if over is None:
        return None
    return Refusal(
        Code.DEADLINE_PASSED,
        sentence(
            "The time ran out at {due_at}; what follows is being carried out.", due_at=over.due_at
        ),
        "Read the dispute again in a moment to see the result.",
        clause=over.kind,
        details={"due_at": over.due_at.isoformat(), "default": over.default},
    )


def with_notice(file: CaseFile, command: object, events: Events) -> Events:
    """Add the notice of the act: to both sides, naming the clocks that it set."""
    if isinstance(events[0], INSIDE_THE_DESK):
        return events
    clocks = tuple(event.kind for event in events if isinstance(event, ClockSet))
    if isinstance(events[0], ordered.NudgeIssued):
        nudge = events[0]
        return (
            (*events, NoticeIssued((nudge.to,), type(nudge).__name__, ())) if nudge.sent else events
        )
    reported = isinstance(events[0], ordered.ParcelReported) and not events[0].changed
    disputed = file.open_dispute is not None or isinstance(command, disputes.OpenDispute)
    disputed = disputed or isinstance(events[0], TOLD_TO_BOTH)
    if not clocks and (not disputed or reported or type(command) in SILENT):
        return events
    about = type(events[0]).__name__
    return (*events, NoticeIssued((Role.BUYER, Role.SELLER), about, clocks))


def _misplaced(file: CaseFile, command: type) -> Refusal:
    """Why the tables have no cell: nothing there, an open dispute, a closed case, another state."""
    what_now = sentence("Read the case again and choose among the acts it offers.")
    if command in REGISTER:
        why = sentence("An order with this reference is already registered.")
        return Refusal(Code.ORDER_EXISTS, why, "Amend the order instead of sending it again.")
    if file.order is None:
        return NOTHING_THERE
    if command is disputes.OpenDispute:
        why = sentence("Only one dispute can be open on an order at a time.")
        return Refusal(Code.DISPUTE_OPEN, why, "Add what is new to the open dispute.")
    if file.order.standing is Standing.FROZEN:
        return Refusal(Code.ORDER_FROZEN, "The order is frozen.", what_now, clause="freeze")
    if command.__module__ != disputes.__name__:
        why = sentence("The order is {standing}.", standing=file.order.standing)
        return Refusal(Code.WRONG_STATE, why, what_now)
    if file.dispute is None:
        return NOTHING_THERE
    if file.dispute.state is State.CLOSED:
        why = sentence(
            "Dispute {number} is closed; nothing more can be done in it.",
            number=file.dispute.number,
        )
        return Refusal(Code.CASE_CLOSED, why, "Keep your copy of the case.", clause="closed")
    why = sentence("The dispute is at the stage '{stage}'.", stage=file.dispute.state)
    return Refusal(Code.WRONG_STATE, why, what_now)
