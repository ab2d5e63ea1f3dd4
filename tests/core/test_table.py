"""The transition table, tried for every state, command and role."""

from datetime import timedelta
from typing import Any

import pytest

from fairhold.core.cases.decide import COMMANDS, cell_of
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Reason, State, Subcase
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Standing
from fairhold.core.evidence.exhibit import Copy
from fairhold.core.evidence.outside import Channel
from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.values.roles import Role
from parcels import reading
from pure import START, Pure
from world import (
    BUYER,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    filing,
    order_command,
    photo,
    terms,
    text,
)


def returning() -> Pure:
    case = Pure().registered().opened(RETURN, (Item(GOODS, 1),))
    return case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))


def shipped() -> Pure:
    return returning().do(BUYER, asked.EnterReturnWaybill("EMS", "EE123456785MA"))


STATES: dict[str, Any] = {
    "unknown": Pure,
    "undisputed": lambda: Pure().registered(),
    "negotiating": lambda: Pure().registered().opened(),
    "reviewing": lambda: Pure().registered().opened().do(SPECIALIST, asked.StepIn()),
    "return_agreed": returning,
    "return_shipped": shipped,
    "return_escalated": lambda: shipped().do(SELLER, asked.EscalateReturn(text("bad"), ())),
    "closed": lambda: Pure().registered().opened().do(BUYER, asked.WithdrawDispute()),
    "frozen": lambda: Pure().registered().opened().do(OPERATOR, ordered.FreezeOrder(text("x"))),
    "completed": lambda: Pure().registered().do(OPERATOR, ordered.CompleteOrder()),
}


def command_of(kind: type) -> Any:
    """A command of that kind with sensible content."""
    parcel = ordered.NewParcel("EMS", "EE1", (), START)
    made: dict[type, Any] = {
        ordered.RegisterOrder: order_command("T-1"),
        ordered.CapturePayment: ordered.CapturePayment(ordered.Payment(1, 0)),
        ordered.DeclareDispatch: ordered.DeclareDispatch(parcel),
        ordered.AmendOrder: ordered.AmendOrder(1, None, 30, None, text("later")),
        ordered.ReplaceWaybill: ordered.ReplaceWaybill(1, "EMS", "EE123456785CN"),
        ordered.AddTransferNumber: ordered.AddTransferNumber(1, "EMS", "EE123456785CN"),
        ordered.ReportParcel: ordered.ReportParcel(reading(), ("a" * 64,)),
        ordered.IssueNudge: ordered.IssueNudge(NudgeKind.DELAYED, SELLER, 1, (), sent=True),
        ordered.RequestCancellation: ordered.RequestCancellation(START),
        ordered.FreezeOrder: ordered.FreezeOrder(text("x")),
        ordered.UnfreezeOrder: ordered.UnfreezeOrder(text("x")),
        ordered.MoveSandboxClock: ordered.MoveSandboxClock(1),
        asked.OpenDispute: filing(),
        asked.AcceptPlan: asked.AcceptPlan("buyer-1", 1, None),
        asked.RefuseAndPropose: asked.RefuseAndPropose(terms(ONLY, 100), ()),
        asked.ProposePlan: asked.ProposePlan(terms(RETURN, 100)),
        asked.ChangePlan: asked.ChangePlan("buyer-1", 1, terms(ONLY, 100)),
        asked.WithdrawPlan: asked.WithdrawPlan("buyer-1"),
        asked.PostMessage: asked.PostMessage(text("hello")),
        asked.AddEvidence: asked.AddEvidence(photo()),
        asked.WithdrawEvidence: asked.WithdrawEvidence(1),
        asked.ChangeReason: asked.ChangeReason(Reason.NOT_AS_AGREED, Subcase.COLOR),
        asked.RecordUnagreedReturn: asked.RecordUnagreedReturn("EMS", "EE1", text("x"), ()),
        asked.AssignCase: asked.AssignCase("person-specialist"),
        asked.ProposePlatformPlan: asked.ProposePlatformPlan(terms(ONLY, 100)),
        asked.RecordFinding: asked.RecordFinding("tracking.state", '"delivered"', (), text("x")),
        asked.IssueAward: asked.IssueAward(terms(ONLY, 100)),
        asked.StateFact: asked.StateFact("goods.quantity_received_pieces", "20"),
        ordered.WriteMessage: ordered.WriteMessage(text("hello")),
        ordered.ProposeAmendment: ordered.ProposeAmendment(text("later"), promise_days=30),
        ordered.AcceptAmendment: ordered.AcceptAmendment(1),
        ordered.DeclineAmendment: ordered.DeclineAmendment(1),
        ordered.PlaceHold: ordered.PlaceHold(text("a claim"), START + timedelta(days=90)),
        ordered.LiftHold: ordered.LiftHold(text("settled")),
        ordered.AnnounceDeletion: ordered.AnnounceDeletion(START + timedelta(days=2_000)),
        ordered.PurgeMaterial: ordered.PurgeMaterial("erasure_request", ("t",), ()),
        asked.RedactEvidence: asked.RedactEvidence(1, Copy("b" * 64, 5, "image/png")),
        asked.FileOutside: asked.FileOutside(Channel.PHONE, text("They agreed.")),
        asked.ConfirmOutside: asked.ConfirmOutside(1),
        asked.ContestOutside: asked.ContestOutside(1, text("Never said.")),
        asked.NameEvidence: asked.NameEvidence(1, "defect_photo_video"),
        asked.EnterReturnWaybill: asked.EnterReturnWaybill("EMS", "EE1"),
        asked.CorrectReturnWaybill: asked.CorrectReturnWaybill("EMS", "EE2"),
        asked.ConfirmReturnAddress: asked.ConfirmReturnAddress(text("1 Quay, Lisbon")),
        asked.EscalateReturn: asked.EscalateReturn(text("x"), ()),
        asked.LapseClock: asked.LapseClock(1),
        asked.RemindOfClock: asked.RemindOfClock(1),
        asked.GiveBackOutage: asked.GiveBackOutage(1, START, START),
    }
    return made[kind] if kind in made else kind()


TABLE_CODES = {
    "not_found",
    "order_exists",
    "dispute_open",
    "order_frozen",
    "case_closed",
    "wrong_state",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("role", Role)
def test_every_cell_of_the_table_answers_as_declared(state, kind, role):
    case = STATES[state]()
    cell = cell_of(case.file, kind)
    before = case.file
    code = case.code(role, command_of(kind))
    if cell is None:
        assert code in TABLE_CODES
    elif role not in cell[1]:
        assert code == "not_allowed"
    else:
        assert code != "not_allowed"
    if code is not None:
        assert case.file == before


def test_every_state_of_a_dispute_is_tried():
    assert {state.value for state in State} <= set(STATES)
    assert {standing.value for standing in Standing} - {"active"} <= set(STATES)


def test_a_closed_dispute_takes_no_command_of_anybody():
    case = STATES["closed"]()
    disputing = [kind for kind in COMMANDS if kind.__module__ == asked.__name__]
    for kind in disputing:
        for role in Role:
            assert case.code(role, command_of(kind)) is not None


def test_a_frozen_order_keeps_its_money_whatever_is_asked():
    case = STATES["frozen"]()
    held = case.file.balances.held
    for kind in COMMANDS:
        for role in Role:
            if kind is not ordered.UnfreezeOrder:
                case.ask(role, command_of(kind))
    assert case.file.balances.held == held
