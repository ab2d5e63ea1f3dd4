"""The three ways on from a settled question: pay and close, or start the return leg.

Every settlement names its one authority; every clock still running ends with the case.
"""

from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.state import Kind, Leg, Outcome, Plan, Terms
from fairhold.core.cases.events import ClockEnded, MoneyMoved
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.ledger.settlements import Authority, AuthorityKind, Refund, settle
from fairhold.core.values.roles import Role
from fairhold.core.values.words import Words

Events = tuple[object, ...]


def end_clocks(file: CaseFile, ending: Ending, *, fired: str | None = None) -> Events:
    """End every clock of the dispute: `fired` as fired, the others as `ending`."""
    return tuple(
        ClockEnded(clock.kind, Ending.FIRED if clock.kind == fired else ending)
        for clock in file.the_dispute.clocks
    )


def pay_and_close(
    file: CaseFile, refund: Refund, authority: Authority, outcome: Outcome, moment: Moment
) -> Events:
    """Refund, release the rest, close."""
    agreement = file.the_order.agreement
    transfers = settle(file.balances, refund, agreement.fee_basis_points)
    return (
        MoneyMoved(agreement.currency, transfers, authority),
        happened.DisputeClosed(outcome, refund, moment.now),
    )


def execute(
    file: CaseFile,
    terms: Terms,
    authority: Authority,
    outcome: Outcome,
    moment: Moment,
) -> Events:
    """Carry out settled terms: a refund is paid at once, a return starts its leg.

    Source: "AliExpress dispute handling process and guidelines", acceptance of a plan.
    """
    if terms.kind is Kind.REFUND_ONLY:
        return pay_and_close(file, terms.refund, authority, outcome, moment)
    return start_return(file, terms, authority, moment, address=None)


def start_return(
    file: CaseFile,
    terms: Terms,
    authority: Authority,
    moment: Moment,
    *,
    address: Words | None,
) -> Events:
    """The return leg: the address, and the buyer's days to hand the goods over.

    A local address, where the order has one, stands above the registered one.
    """
    agreement = file.the_order.agreement
    local = agreement.local_return_address if agreement.flags.local_return else None
    chosen = local or (address.sealed() if address else agreement.return_address)
    confirmed_at = moment.now if address and local is None else None
    leg = Leg(
        terms=terms,
        authority=authority,
        address=chosen,
        local=local is not None,
        agreed_at=moment.now,
        address_confirmed_at=confirmed_at,
    )
    return (happened.ReturnAgreed(leg), moment.clock("buyer_return", Role.BUYER))


def agreement_on(file: CaseFile, plan: Plan) -> Authority:
    """The authority of an agreement: this plan in this version."""
    reference = f"{file.the_dispute.id}:{plan.id}:v{plan.version}"
    return Authority(AuthorityKind.AGREEMENT, reference)


def award_of(file: CaseFile) -> Authority:
    """The authority of the award about to be issued."""
    return Authority(AuthorityKind.AWARD, f"{file.the_dispute.id}:award:{file.version + 1}")


def lapse_of(file: CaseFile, seq: int) -> Authority:
    """The authority of a clock that ran out: the entry that set it."""
    return Authority(AuthorityKind.LAPSE, f"{file.order_id}:{seq}")
