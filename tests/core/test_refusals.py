"""Every refusal that the core knows, reached on purpose, one sentence each. Nothing changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.test_table import returning, shipped
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.decide.plans import MOST_VERSIONS_OF_A_PLAN
from fairhold.core.cases.disputes.state import Item, Reason, Subcase
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.state import Content
from fairhold.core.evidence.exhibit import MOST_FILES_AT_ONCE
from fairhold.core.evidence.message import MOST_MESSAGES
from fairhold.core.values.roles import Role
from pure import START, Pure
from world import (
    BUYER,
    DAY,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    SYSTEM,
    filing,
    order_command,
    photo,
    terms,
    text,
)

MANY_FILES = photo() * (MOST_FILES_AT_ONCE + 1)
TOO_MUCH = terms(ONLY, 10**9)
FREIGHT_BY_NOBODY_ASKED = replace(terms(RETURN, 100), return_freight=Role.PLATFORM)


def opened() -> Pure:
    return Pure().registered().opened()


def answered() -> Pure:
    return opened().do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))


def reviewing() -> Pure:
    return opened().do(SPECIALIST, asked.StepIn())


def proposed() -> Pure:
    return (
        answered()
        .do(SPECIALIST, asked.StepIn())
        .do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 6_000)))
    )


def ripe() -> Pure:
    case = proposed()
    case.now += 3 * DAY + timedelta(seconds=1)
    case.lapse_due()
    return case


def platform_plan_changed_often() -> Pure:
    case = proposed()
    for goods in range(MOST_VERSIONS_OF_A_PLAN - 1):
        case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 100 + goods)))
    return case


def plan_changed_often() -> Pure:
    case = opened()
    for version in range(1, MOST_VERSIONS_OF_A_PLAN):
        case.do(BUYER, asked.ChangePlan("buyer-1", version, terms(ONLY, 100 + version)))
    return case


def talked_out() -> Pure:
    case = opened()
    for _ in range(MOST_MESSAGES):
        case.do(BUYER, asked.PostMessage(text("hello")))
    return case


def withdrawn_file() -> Pure:
    return opened().do(BUYER, asked.WithdrawEvidence(1))


def escalated() -> Pure:
    return shipped().do(SELLER, asked.EscalateReturn(text("bad"), ()))


def assigned() -> Pure:
    return opened().do(SPECIALIST, asked.AssignCase("somebody"))


def accepted_once() -> Pure:
    return proposed().do(BUYER, asked.AcceptPlan("platform-1", 1, None))


def seller_plan_withdrawn() -> Pure:
    case = answered().do(SELLER, asked.ProposePlan(terms(RETURN, 5_000)))
    return case.do(SELLER, asked.WithdrawPlan("seller-1"))


SAME = asked.ChangePlan("buyer-1", 1, terms(ONLY, 16_560, note=None))
SAME_REASON = asked.ChangeReason(Reason.NOT_AS_AGREED, Subcase.LATE_SHIPMENT)
REFUSALS = [
    ("limit_reached", talked_out, BUYER, asked.PostMessage(text("one more"))),
    ("evidence_missing", opened, BUYER, asked.AddEvidence(())),
    ("exhibit_limit", opened, BUYER, asked.AddEvidence(MANY_FILES)),
    ("exhibit_unknown", opened, SELLER, asked.WithdrawEvidence(1)),
    ("already_done", withdrawn_file, BUYER, asked.WithdrawEvidence(1)),
    (
        "already_done",
        opened,
        BUYER,
        asked.ChangeReason(Reason.NOT_AS_AGREED, Subcase.LATE_SHIPMENT),
    ),
    ("subcase_unfit", opened, BUYER, asked.ChangeReason(Reason.NOT_RECEIVED, Subcase.COLOR)),
    ("subcase_unfit", opened, BUYER, asked.ChangeReason(Reason.NOT_AS_AGREED, Subcase.NONE)),
    (
        "evidence_missing",
        withdrawn_file,
        BUYER,
        asked.ChangeReason(Reason.NOT_AS_AGREED, Subcase.COLOR),
    ),
    (
        "exhibit_limit",
        opened,
        BUYER,
        asked.RecordUnagreedReturn("EMS", "EE1", text("x"), MANY_FILES),
    ),
    ("already_done", assigned, SPECIALIST, asked.AssignCase("somebody")),
    ("plan_unknown", opened, SELLER, asked.AcceptPlan("seller-9", 1, None)),
    ("plan_own", opened, BUYER, asked.AcceptPlan("buyer-1", 1, None)),
    ("plan_changed", opened, SELLER, asked.AcceptPlan("buyer-1", 2, None)),
    ("plan_withdrawn", seller_plan_withdrawn, BUYER, asked.AcceptPlan("seller-1", 1, None)),
    ("already_accepted", accepted_once, BUYER, asked.AcceptPlan("platform-1", 1, None)),
    ("address_not_latin", opened, SELLER, asked.AcceptPlan("buyer-1", 1, text("深圳市"))),
    ("already_answered", answered, SELLER, asked.RefuseAndPropose(terms(ONLY, 1), ())),
    ("amount_out_of_range", opened, SELLER, asked.RefuseAndPropose(TOO_MUCH, ())),
    ("exhibit_limit", opened, SELLER, asked.RefuseAndPropose(terms(ONLY, 1), MANY_FILES)),
    ("answer_first", opened, SELLER, asked.ProposePlan(terms(ONLY, 1))),
    ("plan_kind_taken", opened, BUYER, asked.ProposePlan(terms(ONLY, 1))),
    ("freight_unfit", opened, BUYER, asked.ProposePlan(FREIGHT_BY_NOBODY_ASKED)),
    ("plan_not_yours", opened, SELLER, asked.ChangePlan("buyer-1", 1, terms(ONLY, 1))),
    ("plan_changed", opened, BUYER, asked.ChangePlan("buyer-1", 2, terms(ONLY, 1))),
    ("plan_unchanged", opened, BUYER, SAME),
    ("amount_out_of_range", opened, BUYER, asked.ChangePlan("buyer-1", 1, TOO_MUCH)),
    ("limit_reached", plan_changed_often, BUYER, asked.ChangePlan("buyer-1", 40, terms(ONLY, 1))),
    ("plan_needed", opened, BUYER, asked.WithdrawPlan("buyer-1")),
    ("plan_unknown", opened, BUYER, asked.WithdrawPlan("buyer-7")),
    ("already_entered", escalated, SPECIALIST, asked.StepIn()),
    (
        "description_missing",
        reviewing,
        SPECIALIST,
        asked.ProposePlatformPlan(terms(ONLY, 1, 0, None)),
    ),
    ("amount_out_of_range", reviewing, SPECIALIST, asked.ProposePlatformPlan(TOO_MUCH)),
    (
        "limit_reached",
        platform_plan_changed_often,
        SPECIALIST,
        asked.ProposePlatformPlan(terms(ONLY, 1)),
    ),
    ("answer_time_running", reviewing, SPECIALIST, asked.IssueAward(terms(ONLY, 1))),
    ("proposal_phase_running", proposed, SPECIALIST, asked.IssueAward(terms(ONLY, 1))),
    ("amount_out_of_range", ripe, SPECIALIST, asked.IssueAward(TOO_MUCH)),
    ("description_missing", ripe, SPECIALIST, asked.IssueAward(terms(ONLY, 1, 0, None))),
    ("waybill_unfit", returning, BUYER, asked.EnterReturnWaybill("x", "LX123456785CN")),
    ("waybill_unfit", shipped, BUYER, asked.CorrectReturnWaybill("x", "LX123456785CN")),
    ("waybill_unfit", returning, BUYER, asked.EnterReturnWaybill("x", "lx 123456785-cn")),
    ("address_fixed", returning, SELLER, asked.ConfirmReturnAddress(None)),
    ("not_local", shipped, OPERATOR, asked.ConfirmReturn()),
    ("exhibit_limit", shipped, SELLER, asked.EscalateReturn(text("x"), MANY_FILES)),
    ("clock_ended", opened, SYSTEM, asked.LapseClock(99)),
    ("clock_ended", opened, SYSTEM, asked.RemindOfClock(99)),
    ("dispute_open", opened, BUYER, filing()),
]


@pytest.mark.parametrize(
    ("code", "made", "role", "command"),
    REFUSALS,
    ids=[
        f"{code}-{type(command).__name__}-{n}" for n, (code, _, _, command) in enumerate(REFUSALS)
    ],
)
def test_refuses_with_its_own_code_and_changes_nothing(code, made, role, command):
    case = made()
    if code == "already_entered":
        case.do(SPECIALIST, asked.StepIn())
    if code == "address_fixed":
        case.do(SELLER, asked.ConfirmReturnAddress(None))
    before = case.file
    refusal = case.ask(role, command)
    assert refusal.code.slug == code
    assert refusal.why
    assert refusal.what_now
    assert case.file == before


FILINGS = [
    ("description_missing", {"description": text(" ")}),
    ("description_missing", {"wanted": text("")}),
    ("freight_unfit", {"kind": RETURN, "return_freight": Role.PLATFORM}),
    ("evidence_missing", {"evidence": ()}),
    ("exhibit_limit", {"evidence": MANY_FILES}),
    ("subcase_unfit", {"subcase": Subcase.NONE}),
    ("item_unfit", {"items": (Item(100, 7),)}),
    ("item_unfit", {"items": (Item(GOODS + 1, 1),)}),
]


@pytest.mark.parametrize(("code", "changes"), FILINGS)
def test_refuses_a_filing_that_does_not_fit(code, changes):
    case = Pure().registered()
    assert case.code(BUYER, filing(**changes)) == code


def test_refuses_a_filing_when_nothing_is_held():
    assert Pure().registered(payment=None).code(BUYER, filing()) == "nothing_held"


PARCEL = ordered.NewParcel("EMS", "EE1", (), START - 20 * DAY)
ORDERS = [
    ("address_not_latin", {"return_address": text("深圳市")}),
    ("address_not_latin", {"local_return_address": text("Москва")}),
    ("time_unfit", {"ordered_at": START + DAY}),
    ("time_unfit", {"cancellation_requested_at": START + DAY}),
    ("payment_unfit", {"payment": ordered.Payment(GOODS + 1, 0)}),
    ("payment_unfit", {"payment": ordered.Payment(0, 0)}),
    ("parcel_unfit", {"parcels": (replace(PARCEL, contents=(Content(1, 41),)),)}),
    ("parcel_unfit", {"parcels": (PARCEL, PARCEL)}),
    ("parcel_unfit", {"parcels": (replace(PARCEL, dispatched_at=START + DAY),)}),
]


@pytest.mark.parametrize(("code", "changes"), ORDERS)
def test_refuses_an_order_that_does_not_fit(code, changes):
    sound = {"ordered_at": START - 21 * DAY, "parcels": (PARCEL,)}
    assert Pure().code(OPERATOR, order_command("T-2", **{**sound, **changes})) == code


def test_an_order_may_come_with_everything_that_has_happened_already():
    sound = {
        "ordered_at": START - 21 * DAY,
        "parcels": (PARCEL,),
        "cancellation_requested_at": START - 20 * DAY,
    }
    case = Pure().do(OPERATOR, order_command("T-3", **sound))
    assert case.file.order.cancellation_requested_at == START - 20 * DAY
    unpaid = Pure().do(OPERATOR, order_command("T-4", **{**sound, "payment": None}))
    assert unpaid.file.balances.held == 0


def test_refuses_an_amendment_against_an_older_version():
    case = Pure().registered().do(OPERATOR, ordered.AmendOrder(1, "EMS", None, None, text("x")))
    late = ordered.AmendOrder(1, "DHL", None, None, text("y"))
    assert case.code(OPERATOR, late) == "version_stale"


def test_refuses_a_reminder_of_a_clock_that_has_ended_or_is_not_near_its_end():
    case = opened()
    clock = case.file.dispute.clock("seller_response")
    assert case.code(SYSTEM, asked.RemindOfClock(clock.seq)) == "clock_not_due"
    case.now = clock.remind_at + timedelta(seconds=1)
    case.do(SYSTEM, asked.RemindOfClock(clock.seq))
    assert case.code(SYSTEM, asked.RemindOfClock(clock.seq)) == "clock_not_due"


def test_refuses_to_confirm_the_address_of_a_local_warehouse():
    flags = replace(order_command("x").flags, local_return=True)
    case = Pure().registered(flags=flags, local_return_address=text("1 Depot, Madrid"))
    case.opened(RETURN, (Item(GOODS, 1),)).do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    assert case.code(SELLER, asked.ConfirmReturnAddress(None)) == "address_fixed"
