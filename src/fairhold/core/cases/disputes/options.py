"""What a viewer may do now, and what follows from doing nothing, in money.

Both are read off the same tables and deciders that act on commands, so a page can never promise
what the write path would not do.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fairhold.core.cases.clock import Clock
from fairhold.core.cases.decide import cell_of
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.decide.lapses import DEFAULTS, settling_clock
from fairhold.core.cases.disputes.decide.plans import MOST_VERSIONS_OF_A_PLAN
from fairhold.core.cases.disputes.decide.returning import MOST_CORRECTIONS
from fairhold.core.cases.disputes.decide.review import proof_running, too_early
from fairhold.core.cases.disputes.events import DisputeClosed, ReturnAgreed
from fairhold.core.cases.disputes.state import Dispute
from fairhold.core.cases.disputes.table import AFTER_TIME, DISPUTE_TABLE, WHILE_FROZEN
from fairhold.core.cases.events import MoneyMoved
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as orders
from fairhold.core.cases.orders.state import Standing
from fairhold.core.cases.orders.table import AMENDING, NUMBERING, TALKING
from fairhold.core.ledger.accounts import Account
from fairhold.core.values.roles import PLATFORM, Role

# What the two sources of a page's offers agree on: two plans a side.
MOST_PLANS = 2


@dataclass(frozen=True, slots=True)
class Consequence:
    """What happens when a clock runs out.

    Units: minor units; `to_seller_minor` after `fee_minor`. All three None where no money moves.
    `after_return_minor` is what the buyer gets once the goods of a return are back.
    """

    clock: Clock
    closes: bool
    starts_return: bool
    to_buyer_minor: int | None
    to_seller_minor: int | None
    fee_minor: int | None
    after_return_minor: int | None


def foresee(file: CaseFile, clock: Clock, rules: Moment) -> Consequence:
    """Run the default of `clock` as the platform would at its end, and read off what it does.

    `rules` is any moment of this case: its procedure, its book, what may be decided alone.
    """
    moment = replace(rules, now=clock.due_at + timedelta(microseconds=1), actor=PLATFORM)
    events = DEFAULTS[clock.default](file, clock, moment)
    moved = [event for event in events if isinstance(event, MoneyMoved)]
    transfers = [transfer for event in moved for transfer in event.transfers]

    def net(account: Account) -> int | None:
        gained = sum(one.amount_minor for one in transfers if one.target is account)
        lost = sum(one.amount_minor for one in transfers if one.source is account)
        return gained - lost if moved else None

    legs = [event.leg for event in events if isinstance(event, ReturnAgreed)]
    return Consequence(
        clock=clock,
        closes=any(isinstance(event, DisputeClosed) for event in events),
        starts_return=bool(legs),
        to_buyer_minor=net(Account.BUYER),
        to_seller_minor=net(Account.SELLER_PAYABLE),
        fee_minor=net(Account.PLATFORM_FEES),
        after_return_minor=legs[-1].terms.refund.total_minor if legs else None,
    )


def options(file: CaseFile, role: Role, now: datetime) -> tuple[type, ...]:
    """The commands that `role` may give now, in the order of the tables."""
    dispute = file.open_dispute
    if dispute is None:
        return ()
    frozen = file.the_order.standing is Standing.FROZEN
    over = settling_clock(dispute, now) is not None
    return tuple(
        command
        for command in (*DISPUTE_TABLE[dispute.state], *NUMBERING)
        if (cell := cell_of(file, command)) is not None
        and role in cell[1]
        and not (frozen and command not in WHILE_FROZEN)
        and not (over and command not in AFTER_TIME)
        and PRECONDITIONS.get(command, _always)(file, dispute, role)
    )


def talk_options(file: CaseFile, role: Role) -> tuple[type, ...]:
    """What `role` may say on the order itself, with a dispute or without: messages, other terms."""
    waiting = file.the_order.amendment
    fits = {
        orders.ProposeAmendment: waiting is None,
        orders.AcceptAmendment: waiting is not None and waiting.side is not role,
        orders.DeclineAmendment: waiting is not None,
    }
    return tuple(
        command
        for command in (*TALKING, *AMENDING)
        if (cell := cell_of(file, command)) is not None
        and role in cell[1]
        and fits.get(command, True)
    )


def _always(_: CaseFile, __: Dispute, ___: Role) -> bool:
    return True


def _acceptable(_: CaseFile, dispute: Dispute, role: Role) -> bool:
    return any(
        plan.stands and plan.side is not role and role not in plan.accepted_by
        for plan in dispute.plans
    )


def _unanswered(_: CaseFile, dispute: Dispute, __: Role) -> bool:
    return dispute.answered_at is None


def _room_for_a_plan(_: CaseFile, dispute: Dispute, role: Role) -> bool:
    answered = role is Role.BUYER or dispute.clock("seller_response") is None
    return answered and len(dispute.standing(role)) < MOST_PLANS


def _own_plan(_: CaseFile, dispute: Dispute, role: Role) -> bool:
    return any(plan.version < MOST_VERSIONS_OF_A_PLAN for plan in dispute.standing(role))


def _spare_plan(_: CaseFile, dispute: Dispute, role: Role) -> bool:
    return len(dispute.standing(role)) > 1


def _own_exhibit(_: CaseFile, dispute: Dispute, role: Role) -> bool:
    return any(one.side is role and one.withdrawn_at is None for one in dispute.exhibits)


def _not_entered(_: CaseFile, dispute: Dispute, __: Role) -> bool:
    return dispute.leg is None or dispute.leg.entered_at is None


def _ripe(_: CaseFile, dispute: Dispute, __: Role) -> bool:
    return too_early(dispute) is None


def _address_open(_: CaseFile, dispute: Dispute, __: Role) -> bool:
    leg = dispute.leg
    return leg is not None and not leg.local and leg.address_confirmed_at is None


def _correctable(_: CaseFile, dispute: Dispute, __: Role) -> bool:
    return dispute.leg is not None and dispute.leg.corrections < MOST_CORRECTIONS


def _departing(_: CaseFile, dispute: Dispute, __: Role) -> bool:
    return dispute.departure is not None


def _proposable(_: CaseFile, dispute: Dispute, __: Role) -> bool:
    return proof_running(dispute) is None


def _warehouse(_: CaseFile, dispute: Dispute, role: Role) -> bool:
    return role is Role.SELLER or (dispute.leg is not None and dispute.leg.local)


PRECONDITIONS: dict[type, Callable[[CaseFile, Dispute, Role], bool]] = {
    asked.AcceptPlan: _acceptable,
    asked.RefuseAndPropose: _unanswered,
    asked.ProposePlan: _room_for_a_plan,
    asked.ChangePlan: _own_plan,
    asked.WithdrawPlan: _spare_plan,
    asked.WithdrawEvidence: _own_exhibit,
    asked.StepIn: _not_entered,
    asked.ProposePlatformPlan: _proposable,
    asked.ConfirmDeparture: _departing,
    asked.DropDeparture: _departing,
    asked.IssueAward: _ripe,
    asked.ConfirmReturn: _warehouse,
    asked.ConfirmReturnAddress: _address_open,
    asked.CorrectReturnWaybill: _correctable,
}
