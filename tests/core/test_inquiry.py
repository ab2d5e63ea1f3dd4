"""The platform asks for proof: who is asked, for what, until when, and what follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.facts import source_of
from fairhold.core.cases.disputes.inquiry import Inquiry, inquire
from fairhold.core.cases.disputes.proof import Asking
from fairhold.core.cases.disputes.state import Item, Outcome, Reason, State, Subcase
from fairhold.core.cases.events import ClockSet, NoticeIssued
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.rules.record import Origin
from pure import Pure
from questions import BOOK
from world import (
    BUYER,
    DAY,
    FREIGHT,
    GOODS,
    ONLY,
    OPERATOR,
    RETURN,
    SELLER,
    SPECIALIST,
    photo,
    terms,
    text,
)

SECOND = timedelta(seconds=1)
WEIGHT = (
    "single_item_weight_photo",
    "packed_parcel_weight_photo",
    "shipping_receipt",
    "carrier_weight_certificate",
)


def short() -> Pure:
    """Pieces are missing; the seller has refused, the platform is in the case."""
    case = Pure().registered().opened(subcase=Subcase.SHORT_LOADED)
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    return case.do(SPECIALIST, asked.StepIn())


def lost(**changes) -> Pure:
    """A parcel that did not arrive; the seller has refused, the platform is in the case."""
    items = (Item(GOODS, 1), Item(FREIGHT))
    case = Pure().registered(**changes).opened(ONLY, items, Reason.NOT_RECEIVED, evidence=())
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 0), ()))
    return case.do(SPECIALIST, asked.StepIn())


def find(case: Pure, fact: str, value: str, role=SPECIALIST) -> Pure:
    return case.do(role, asked.RecordFinding(fact, value, (), text("as the record shows")))


def hand_in(case: Pure, *kinds: str, role=SELLER) -> Pure:
    [one] = photo("b")
    return case.do(role, asked.AddEvidence(tuple(replace(one, kind=kind) for kind in kinds)))


def lapse(case: Pure) -> Pure:
    """Let three days and a second pass, and every clock that is over then."""
    case.now += 3 * DAY + SECOND
    while case.lapse_due():
        pass
    return case


def ruling(case: Pure) -> Inquiry:
    return inquire(case.file, BOOK, case.now)


def standing(case: Pure) -> dict[str, Asking]:
    return {one.name: one.standing for one in case.file.dispute.requests}


def test_entry_sends_one_request_with_its_documents_its_clock_and_one_notice_to_both_sides():
    case = short()
    [request] = case.file.dispute.requests
    assert (request.party, request.documents, request.all_needed) == (SELLER, WEIGHT, True)
    assert request.due_at == case.now + 3 * DAY
    clock = case.file.dispute.clock("proof.weight")
    assert (clock.must_act, clock.due_at, clock.clause) == (SELLER, request.due_at, "A-5a")
    *_, notice = (event for event, _ in case.events if isinstance(event, NoticeIssued))
    assert "proof.weight" in notice.clocks


def test_nobody_is_asked_before_it_is_known_where_the_parcel_is():
    case = lost()
    assert case.file.dispute.requests == ()
    assert [one.name for one in ruling(case).wanted] == ["tracking.state"]
    find(case, "tracking.state", '"not_found"')
    assert standing(case) == {"valid_waybill": Asking.OPEN}


def test_all_documents_in_time_meet_a_request_and_one_missing_does_not():
    case = hand_in(short(), *WEIGHT[:3])
    assert standing(case) == {"weight": Asking.OPEN}
    hand_in(case, WEIGHT[3])
    assert standing(case) == {"weight": Asking.GIVEN}
    assert case.file.dispute.clock("proof.weight") is None
    assert [one.id for one in ruling(case).ruling.deciding] == ["A-5b"]


def test_the_last_instant_counts_and_one_second_later_does_not():
    case = short()
    case.now += 3 * DAY
    hand_in(case, *WEIGHT)
    assert standing(case) == {"weight": Asking.GIVEN}
    late = short()
    late.now += 3 * DAY + SECOND
    hand_in(late, *WEIGHT)
    assert standing(late) == {"weight": Asking.OPEN}
    late.lapse_due()
    assert standing(late) == {"weight": Asking.LAPSED}


def test_a_lapse_presumes_what_the_rule_says_and_cites_the_request():
    case = lapse(find(lost(), "tracking.state", '"not_found"'))
    assert standing(case) == {"valid_waybill": Asking.LAPSED}
    found = ruling(case)
    assert ([one.id for one in found.ruling.deciding], found.result.refund_minor) == (
        ["N-1a"],
        GOODS + FREIGHT,
    )
    [clause, *_] = found.record().clauses
    told = {one.name: one for one in clause.facts}
    assert told["proof.valid_waybill"].origin is Origin.LAPSE
    assert told["proof.valid_waybill"].request == "valid_waybill"
    assert told["tracking.state"].origin is Origin.FINDING
    assert told["dispute.reason"].origin is Origin.CASE


def test_documents_that_are_withdrawn_are_asked_for_again_until_the_first_end():
    case = short()
    due_at = case.file.dispute.requests[0].due_at
    case.now += DAY
    hand_in(case, *WEIGHT)
    case.now += DAY
    case.do(SELLER, asked.WithdrawEvidence(2))
    assert standing(case) == {"weight": Asking.OPEN}
    assert case.file.dispute.clock("proof.weight").due_at == due_at


def test_documents_that_are_withdrawn_after_the_end_leave_the_request_lapsed():
    case = hand_in(short(), *WEIGHT)
    case.now += 3 * DAY + SECOND
    case.do(SELLER, asked.WithdrawEvidence(2))
    assert standing(case) == {"weight": Asking.LAPSED}


def test_a_request_that_nothing_turns_on_any_more_ends_without_a_lapse():
    case = short()
    case.do(BUYER, asked.ChangeReason(Reason.NOT_AS_AGREED, Subcase.LATE_SHIPMENT))
    assert standing(case) == {"weight": Asking.NOT_NEEDED}
    assert case.file.dispute.clock("proof.weight") is None
    case.do(BUYER, asked.ChangeReason(Reason.NOT_AS_AGREED, Subcase.SHORT_LOADED))
    assert standing(case) == {"weight": Asking.OPEN}
    assert case.file.dispute.requests[0].due_at == case.now + 3 * DAY


def test_a_freeze_stops_the_time_for_documents_and_asks_for_nothing():
    case = lost()
    case.do(OPERATOR, ordered.FreezeOrder(text("bank")))
    assert case.code(
        SPECIALIST, asked.RecordFinding("tracking.state", '"not_found"', (), text("x"))
    )
    case = short()
    case.do(OPERATOR, ordered.FreezeOrder(text("bank")))
    case.now += 10 * DAY
    hand_in(case, *WEIGHT)
    assert standing(case) == {"weight": Asking.OPEN}
    case.do(OPERATOR, ordered.UnfreezeOrder(text("over")))
    assert standing(case) == {"weight": Asking.GIVEN}


def test_the_desk_decides_only_when_no_proof_may_come_any_more():
    case = short()
    plan = asked.ProposePlatformPlan(terms(ONLY, 100))
    assert case.code(SPECIALIST, plan) == "proof_time_running"
    assert case.code(SPECIALIST, asked.IssueAward(terms(ONLY, 100))) == "proof_time_running"


def test_a_late_request_gives_the_desk_its_time_anew():
    case = lost()
    case.now += 12 * DAY
    find(case, "tracking.state", '"not_found"')
    proof = case.file.dispute.clock("proof.valid_waybill")
    assert case.file.dispute.clock("platform_proposal").due_at > proof.due_at
    early = find(lost(), "tracking.state", '"not_found"')
    [one] = [
        event for event, _ in early.events if getattr(event, "kind", "") == "platform_proposal"
    ]
    assert isinstance(one, ClockSet)


def test_what_an_amount_is_worked_out_from_is_asked_for_too():
    case = lapse(short())
    found = ruling(case)
    assert (found.decided, found.result.refund_minor) == (True, None)
    assert [one.name for one in found.wanted] == ["goods.quantity_received_pieces"]
    find(case, "goods.quantity_received_pieces", "30")
    told = {one.name for one in ruling(case).record().clauses[0].facts}
    assert {"goods.quantity_received_pieces", "order.quantity_agreed"} <= told


def test_what_both_sides_say_alike_is_agreed_and_a_finding_stands_above_it():
    case = short()
    fact = "goods.quantity_received_pieces"
    case.do(BUYER, asked.StateFact(fact, "30"))
    assert fact not in ruling(case).known.facts
    case.do(SELLER, asked.StateFact(fact, "20"))
    assert fact not in ruling(case).known.facts
    case.do(SELLER, asked.StateFact(fact, "30"))
    assert ruling(case).known.facts[fact] == 30
    lapse(case)
    told = {one.name: one for one in ruling(case).record().clauses[0].facts}
    assert told["proof.weight"].origin is Origin.LAPSE
    assert ruling(case).result.refund_minor == 18_900
    find(case, fact, "20")
    assert ruling(case).known.facts[fact] == 20


@pytest.mark.parametrize(
    ("role", "command", "code"),
    [
        (BUYER, asked.StateFact("tracking.state", '"delivered"'), "fact_unfit"),
        (BUYER, asked.StateFact("no.fact", "1"), "fact_unfit"),
        (SPECIALIST, asked.RecordFinding("order.total_paid", "1", (), text("x")), "fact_unfit"),
        (
            OPERATOR,
            asked.RecordFinding("goods.quantity_received_pieces", "1", (), text("x")),
            "fact_unfit",
        ),
        (SELLER, asked.NameEvidence(1, "shipping_receipt"), "exhibit_unknown"),
        (BUYER, asked.NameEvidence(1, "shipping_receipt"), "fact_unfit"),
        (BUYER, asked.NameEvidence(9, "defect_photo_video"), "exhibit_unknown"),
        (OPERATOR, asked.ConfirmDeparture(), "no_departure"),
        (OPERATOR, asked.DropDeparture(), "no_departure"),
    ],
)
def test_refuses_what_does_not_fit_the_rulebook(role, command, code):
    case = short()
    before = case.file
    refusal = case.ask(role, command)
    assert (refusal.code.slug, bool(refusal.why), bool(refusal.what_now)) == (code, True, True)
    assert case.file == before


def test_the_same_word_twice_is_said_once():
    case = short().do(BUYER, asked.StateFact("goods.quantity_received_pieces", "30"))
    again = asked.StateFact("goods.quantity_received_pieces", "30")
    assert case.code(BUYER, again) == "already_done"
    case.do(BUYER, asked.NameEvidence(1, "defect_photo_video"))
    assert case.code(BUYER, asked.NameEvidence(1, "defect_photo_video")) == "already_done"


def test_a_file_that_was_there_in_time_counts_from_when_it_was_submitted():
    case = Pure().registered().opened(subcase=Subcase.COLOR)
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(SPECIALIST, asked.StepIn())
    assert standing(case) == {"discrepancy": Asking.OPEN}
    case.do(SPECIALIST, asked.NameEvidence(1, "defect_photo_video"))
    assert standing(case) == {"discrepancy": Asking.GIVEN}
    assert [one.name for one in ruling(case).wanted] == ["goods.discrepancy_proven"]


def test_the_kind_of_the_buyers_request_is_its_choice_and_both_kinds_are_none():
    case = Pure().registered().opened(subcase=Subcase.COLOR)
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(SPECIALIST, asked.StepIn())
    hand_in(case, "defect_photo_video", role=BUYER)
    find(case, "goods.discrepancy_proven", "true")
    assert [one.id for one in ruling(case).ruling.deciding] == ["A-1a/refund"]
    case.do(BUYER, asked.ProposePlan(terms(RETURN, 16_560)))
    assert ruling(case).result.decision == "awaiting_buyer_choice"
    case.do(BUYER, asked.WithdrawPlan("buyer-1"))
    assert [one.id for one in ruling(case).ruling.deciding] == ["A-1a/return"]


def test_an_escalated_return_is_asked_about_once_the_platform_is_in_it():
    case = Pure().registered().opened(RETURN, (Item(GOODS, 1),))
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    case.do(BUYER, asked.EnterReturnWaybill("EMS", "EE123456785MA"))
    case.do(SELLER, asked.EscalateReturn(text("held"), ()))
    case.do(SPECIALIST, asked.StepIn())
    assert case.file.dispute.requests == ()
    find(case, "return.state", '"held_cn_customs"', OPERATOR)
    assert standing(case) == {"return_clearance": Asking.OPEN}
    lapse(case)
    assert [one.id for one in ruling(case).ruling.deciding] == ["A-7b"]
    award = asked.IssueAward(terms(ONLY, GOODS))
    case.do(SPECIALIST, award)
    assert (case.file.dispute.state, case.file.dispute.outcome) == (State.CLOSED, Outcome.AWARDED)


def test_a_document_names_its_exhibits_as_the_source_of_the_proof():
    case = hand_in(short(), *WEIGHT)
    found = source_of(case.file, BOOK, "proof.weight")
    assert (found.origin, len(found.exhibits)) == (Origin.DOCUMENTS, len(WEIGHT))


def test_a_file_is_not_submitted_as_a_document_that_the_other_side_files():
    case = short()
    upload = replace(photo()[0], kind="shipping_receipt")
    refusal = case.ask(BUYER, asked.AddEvidence((upload,)))
    assert (refusal.code.slug, refusal.field) == ("fact_unfit", "kind")
    case.do(SELLER, asked.AddEvidence((upload,)))
