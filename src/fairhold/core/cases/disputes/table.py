"""State × command × role -> decider. The diagram of a dispute; what is absent is refused."""

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.decide import (
    answers,
    departing,
    exchange,
    filing,
    lapses,
    outside,
    plans,
    returning,
    review,
)
from fairhold.core.cases.disputes.state import State
from fairhold.core.cases.orders.table import Cells
from fairhold.core.values.roles import Role

BUYER = (Role.BUYER,)
SELLER = (Role.SELLER,)
BOTH = (Role.BUYER, Role.SELLER)
TALKING = (Role.BUYER, Role.SELLER, Role.SPECIALIST)
SPECIALIST = (Role.SPECIALIST,)
STAFF = (Role.SPECIALIST, Role.OPERATOR)
OPERATOR = (Role.OPERATOR,)
PLATFORM = (Role.PLATFORM,)

# A dispute is filed on an order that has no open one.
FILING: Cells = {asked.OpenDispute: (filing.open_dispute, BUYER)}

EXCHANGE: Cells = {
    asked.PostMessage: (exchange.post_message, TALKING),
    asked.AddEvidence: (exchange.add_evidence, BOTH),
    asked.WithdrawEvidence: (exchange.withdraw_evidence, BOTH),
    asked.NameEvidence: (exchange.name_evidence, TALKING),
    asked.RedactEvidence: (exchange.redact_evidence, TALKING),
    asked.FileOutside: (outside.file_outside, TALKING),
    asked.ConfirmOutside: (outside.confirm, BOTH),
    asked.ContestOutside: (outside.contest, BOTH),
    asked.AssignCase: (exchange.assign, STAFF),
    asked.LapseClock: (lapses.lapse, PLATFORM),
    asked.RemindOfClock: (lapses.remind, PLATFORM),
    asked.GiveBackOutage: (lapses.give_back, PLATFORM),
}

ARGUING: Cells = {
    **EXCHANGE,
    asked.AcceptPlan: (answers.accept, BOTH),
    asked.RefuseAndPropose: (answers.refuse, SELLER),
    asked.ProposePlan: (plans.propose, BOTH),
    asked.ChangePlan: (plans.change, BOTH),
    asked.WithdrawPlan: (plans.withdraw, BOTH),
    asked.ChangeReason: (exchange.change_reason, BUYER),
    asked.StateFact: (exchange.state_fact, BOTH),
    asked.RecordUnagreedReturn: (exchange.record_unagreed_return, BOTH),
    asked.WithdrawDispute: (returning.withdraw_dispute, BUYER),
}

DEPARTING: Cells = {
    asked.ConfirmDeparture: (review.confirm, STAFF),
    asked.DropDeparture: (departing.drop, STAFF),
}

DISPUTE_TABLE: dict[State, Cells] = {
    State.NEGOTIATING: {
        **ARGUING,
        asked.RecordFinding: (exchange.record_finding, OPERATOR),
        asked.StepIn: (review.step_in, SPECIALIST),
    },
    State.REVIEWING: {
        **ARGUING,
        asked.RecordFinding: (exchange.record_finding, STAFF),
        asked.ProposePlatformPlan: (review.propose, SPECIALIST),
        asked.IssueAward: (review.award, SPECIALIST),
        **DEPARTING,
    },
    State.RETURN_AGREED: {
        **EXCHANGE,
        asked.EnterReturnWaybill: (returning.enter_waybill, BUYER),
        asked.ConfirmReturnAddress: (returning.confirm_address, SELLER),
        asked.WithdrawDispute: (returning.withdraw_dispute, BUYER),
    },
    State.RETURN_SHIPPED: {
        **EXCHANGE,
        asked.ConfirmReturn: (returning.confirm, (Role.SELLER, Role.OPERATOR)),
        asked.EscalateReturn: (returning.escalate, SELLER),
        asked.CorrectReturnWaybill: (returning.correct_waybill, BUYER),
    },
    State.RETURN_ESCALATED: {
        **EXCHANGE,
        asked.StepIn: (review.step_into_return, SPECIALIST),
        asked.RecordFinding: (exchange.record_finding, STAFF),
        asked.StateFact: (exchange.state_fact, BOTH),
        asked.IssueAward: (review.award, SPECIALIST),
        **DEPARTING,
        asked.ConfirmReturn: (returning.confirm, (Role.SELLER, Role.OPERATOR)),
        asked.WithdrawEscalation: (returning.withdraw_escalation, SELLER),
        asked.CorrectReturnWaybill: (returning.correct_waybill, BUYER),
    },
    State.CLOSED: {},
}

# What a freeze of the order leaves possible, in any state.
WHILE_FROZEN = {
    asked.PostMessage,
    asked.AddEvidence,
    asked.WithdrawEvidence,
    asked.NameEvidence,
    asked.RedactEvidence,
    asked.FileOutside,
    asked.ConfirmOutside,
    asked.ContestOutside,
    asked.AssignCase,
    asked.LapseClock,
    asked.RemindOfClock,
}
# What may still be done when a settling clock is over and its default not yet carried out.
AFTER_TIME = {
    asked.PostMessage,
    asked.AssignCase,
    asked.LapseClock,
    asked.RemindOfClock,
    asked.GiveBackOutage,
}
