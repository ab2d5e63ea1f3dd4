"""Every role × operation × relation × state over HTTP; what the tables do not declare is denied."""

from typing import Any

import pytest
from django.db import transaction

from api.test_contract import document
from fairhold.accounts.keys import ROLE_SCOPES
from fairhold.api.main import api
from fairhold.core.cases.decide import cell_of
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.values.roles import Role
from fairhold.flow.access import SEE_EVERY_CASE
from world import BUYER, GOODS, OPERATOR, RETURN, SELLER, SPECIALIST, Case, text

pytestmark = pytest.mark.django_db
TERMS = {"kind": "refund_only", "goods_minor": 100, "note": "because"}
FILING = {
    "reason": "not_received",
    "kind": "refund_only",
    "items": [{"line": 1, "amount_minor": 100}],
    "description": "gone",
    "wanted": "money",
}
AT = "2026-11-01T00:00:00Z"
SOMEBODY = "0" * 36
PARCEL = {"carrier": "EMS", "waybill": "EE123", "dispatched_at": AT}
# operation -> (command, body); operations without a command only read.
OPERATIONS: dict[str, tuple[type | None, Any]] = {
    "getOrder": (None, None),
    "capturePayment": (ordered.CapturePayment, {"goods_minor": 1, "freight_minor": 0}),
    "declareDispatch": (ordered.DeclareDispatch, PARCEL),
    "amendOrder": (ordered.AmendOrder, {"expected_version": 1, "note": "x"}),
    "requestCancellation": (ordered.RequestCancellation, {"requested_at": AT}),
    "freezeOrder": (ordered.FreezeOrder, {"reason": "x"}),
    "unfreezeOrder": (ordered.UnfreezeOrder, {"reason": "x"}),
    "completeOrder": (ordered.CompleteOrder, {}),
    "moveSandboxClock": (ordered.MoveSandboxClock, {"seconds": 1}),
    "listParcels": (None, None),
    "exportScans": (None, None),
    "replaceWaybill": (ordered.ReplaceWaybill, {"carrier": "EMS", "waybill": "EE123456785CN"}),
    "addTransferNumber": (
        ordered.AddTransferNumber,
        {"carrier": "EMS", "waybill": "EE123456785CN"},
    ),
    "openDispute": (asked.OpenDispute, FILING),
    "getDispute": (None, None),
    "getTimeline": (None, None),
    "getRuling": (None, None),
    "listRequests": (None, None),
    "getDecision": (None, None),
    "downloadEvidence": (None, None),
    "acceptPlan": (asked.AcceptPlan, {"version": 1}),
    "refuseRequest": (asked.RefuseAndPropose, {"terms": TERMS}),
    "proposePlan": (asked.ProposePlan, TERMS),
    "changePlan": (asked.ChangePlan, {"version": 1, "terms": TERMS}),
    "withdrawPlan": (asked.WithdrawPlan, None),
    "postMessage": (asked.PostMessage, {"text": "hello"}),
    "submitEvidence": (asked.AddEvidence, {"evidence": []}),
    "withdrawEvidence": (asked.WithdrawEvidence, None),
    "changeReason": (asked.ChangeReason, {"reason": "not_received"}),
    "withdrawDispute": (asked.WithdrawDispute, {}),
    "recordUnagreedReturn": (
        asked.RecordUnagreedReturn,
        {"carrier": "EMS", "waybill": "EE123", "reasons": "x"},
    ),
    "assignCase": (asked.AssignCase, {"specialist_id": SOMEBODY}),
    "stepIn": (asked.StepIn, {}),
    "proposePlatformPlan": (asked.ProposePlatformPlan, TERMS),
    "recordFinding": (
        asked.RecordFinding,
        {"fact": "tracking.state", "value": "delivered", "reasons": "the carrier says so"},
    ),
    "confirmDeparture": (asked.ConfirmDeparture, {}),
    "dropDeparture": (asked.DropDeparture, None),
    "stateFact": (asked.StateFact, {"fact": "goods.quantity_received_pieces", "value": 3}),
    "nameEvidence": (asked.NameEvidence, {"kind": "defect_photo_video"}),
    "redactEvidence": (asked.RedactEvidence, {}),
    "fileOutside": (asked.FileOutside, {"channel": "phone_call", "summary": "they agreed"}),
    "confirmOutside": (asked.ConfirmOutside, {}),
    "contestOutside": (asked.ContestOutside, {"reasons": "never said"}),
    "listMessages": (None, None),
    "writeMessage": (ordered.WriteMessage, {"text": "hello"}),
    "downloadAttachment": (None, None),
    "proposeChangeOfTerms": (ordered.ProposeAmendment, {"note": "x", "promise_days": 30}),
    "acceptChangeOfTerms": (ordered.AcceptAmendment, {}),
    "declineChangeOfTerms": (ordered.DeclineAmendment, None),
    "getCustody": (None, None),
    "getCaseFileMoment": (None, None),
    "exportCaseFile": (None, None),
    "getInclusion": (None, None),
    "placeHold": (ordered.PlaceHold, {"claim": "x", "review_at": "2099-01-01T00:00:00Z"}),
    "liftHold": (ordered.LiftHold, {"reasons": "x"}),
    "issueAward": (asked.IssueAward, TERMS),
    "enterReturnWaybill": (asked.EnterReturnWaybill, {"carrier": "EMS", "waybill": "EE123"}),
    "correctReturnWaybill": (asked.CorrectReturnWaybill, {"carrier": "EMS", "waybill": "EE9"}),
    "confirmReturnAddress": (asked.ConfirmReturnAddress, {}),
    "confirmReturn": (asked.ConfirmReturn, {}),
    "escalateReturn": (asked.EscalateReturn, {"reasons": "x"}),
    "withdrawEscalation": (asked.WithdrawEscalation, None),
}
# Operations that name no case; they are tried on their own below.
WITHOUT_CASE = {"createOrder", "createOrders", "listOrders", "listDisputes", "uploadFile"}
WITHOUT_CASE |= {"createEndpoint", "listEndpoints", "deleteEndpoint"}
WITHOUT_CASE |= {"getCheckpoint", "getConsistency", "cosign"}
WITHOUT_CASE |= {"sendScans", "receiveWebhook", "listUnmappedTexts", "examineWaybill"}
# On an order, but an act that sellers may do: their keys write in disputes.
BY_SELLERS = {"replaceWaybill", "addTransferNumber", "listMessages", "writeMessage"}
BY_SELLERS |= {"proposeChangeOfTerms", "acceptChangeOfTerms", "declineChangeOfTerms"}
# What is fetched as bytes is tried where there is something to fetch.
FETCHED = {"downloadEvidence", "downloadAttachment"}


def agreed() -> Case:
    case = Case().registered().opened(RETURN, (Item(GOODS, 1),))
    case.do(SELLER, asked.AcceptPlan("buyer-1", 1, None))
    return case


def shipped() -> Case:
    case = agreed()
    case.do(BUYER, asked.EnterReturnWaybill("EMS", "EE123"))
    return case


def after(case: Case, role: Role, command: Any) -> Case:
    case.do(role, command)
    return case


STATES = {
    "undisputed": lambda: Case().registered(),
    "negotiating": lambda: Case().registered().opened(),
    "reviewing": lambda: after(Case().registered().opened(), SPECIALIST, asked.StepIn()),
    "return_agreed": agreed,
    "return_shipped": shipped,
    "return_escalated": lambda: after(shipped(), SELLER, asked.EscalateReturn(text("x"), ())),
    "closed": lambda: after(Case().registered().opened(), BUYER, asked.WithdrawDispute()),
    "frozen": lambda: after(Case().registered().opened(), OPERATOR, ordered.FreezeOrder(text("x"))),
}


def places() -> dict[str, tuple[str, str]]:
    """operation -> (method, path) out of the OpenAPI document."""
    found = {}
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            found[operation["operationId"]] = (method.upper(), path)
    return found


PLACES = places()


def test_every_operation_is_declared():
    assert set(PLACES) == set(OPERATIONS) | WITHOUT_CASE


def expected(case: Case, operation: str, who: str) -> set[int]:
    """The statuses this cell may answer with."""
    command, body = OPERATIONS[operation]
    if who == "anonymous" or not ROLE_SCOPES[role_of(who)]:
        return {401}
    role, path = role_of(who), PLACES[operation][1]
    in_disputes = {"openDispute", *BY_SELLERS}
    of_order = path.startswith("/api/v1/orders") and operation not in in_disputes
    scope = ("orders:" if of_order else "disputes:") + ("read" if command is None else "write")
    if scope not in ROLE_SCOPES[role]:
        return {403}
    if body == {"evidence": []}:
        return {422}
    sees = role in SEE_EVERY_CASE or not who.startswith("other-")
    disputed = case.file.dispute is not None
    books_only = role is Role.FINANCE and command is None and operation != "getOrder"
    if books_only or not sees or (not disputed and "{dispute_id}" in path):
        return {404}
    if operation == "getRuling" and role not in SEE_EVERY_CASE:
        return {403}
    if operation == "getDecision":
        return {200, 404}
    if command is None:
        return {200}
    cell = cell_of(case.file, command)
    if cell is None:
        return {409}
    return {200, 201, 404, 409, 422} if role in cell[1] else {403}


def role_of(who: str) -> Role:
    return Role(who.removeprefix("other-"))


@pytest.mark.parametrize("state", STATES)
def test_every_cell_answers_as_declared(state, callers):
    case = STATES[state]()
    cells, wrong = 0, []
    for operation, (_, body) in OPERATIONS.items():
        method, path = PLACES[operation]
        dispute = case.file.dispute
        place = (
            path.replace("{order_id}", case.order_id)
            .replace("{dispute_id}", dispute.id if dispute else "0" * 36)
            .replace("{plan}", "buyer-1")
            .replace("{number}", "1")
            .replace("{parcel}", "1")
        )
        if operation in FETCHED:
            continue
        for who, caller in callers.items():
            allowed = expected(case, operation, who)
            with transaction.atomic():
                answer = caller.send(method, place, body)
                transaction.set_rollback(True)
            cells += 1
            if answer.status_code not in allowed:
                wrong.append((operation, who, answer.status_code, sorted(allowed)))
            elif answer.status_code == 404 and 200 in allowed:
                kind = answer.json()["type"]
                assert operation == "getDecision" or kind in {
                    "/problems/plan_unknown",
                    "/problems/exhibit_unknown",
                }
    assert not wrong, wrong[:5]
    assert cells == len(callers) * (len(OPERATIONS) - len(FETCHED))


def test_somebody_elses_case_reads_like_none_at_all(callers, case):
    dispute_id = case.file.dispute.id
    theirs = callers["other-buyer"].get(f"/api/v1/disputes/{dispute_id}")
    none = callers["other-buyer"].get("/api/v1/disputes/" + "0" * 36)
    assert (theirs.status_code, theirs.json()) == (404, none.json())


def test_finance_knows_an_order_by_its_sums_and_freezes_it_without_reading_a_word(callers):
    case = Case().registered().opened()
    order = f"/api/v1/orders/{case.order_id}"
    shown = callers["finance"].get(order).json()
    assert shown["held"]["amount_minor"] == case.file.balances.held
    words = ("delivery_address", "return_address", "listing", "buyer_message")
    assert [shown[name] for name in words] == [None] * 4
    assert callers["operator"].get(order).json()["delivery_address"]
    frozen = callers["finance"].send("POST", f"{order}/freeze", {"reason": "a chargeback"})
    assert (frozen.status_code, frozen.json()["standing"]) == (200, "frozen")
    assert frozen.json()["listing"] is None
    assert [one["ref"] for one in callers["finance"].get("/api/v1/orders").json()["items"]]
    assert callers["finance"].get("/api/v1/disputes").status_code == 403


def test_lists_hold_ones_own_and_nothing_else(callers, case):
    mine = callers["buyer"].get("/api/v1/disputes").json()["items"]
    assert [one["id"] for one in mine] == [case.file.dispute.id]
    for who in ("other-buyer", "other-seller"):
        for kind in ("disputes", "orders"):
            assert callers[who].get(f"/api/v1/{kind}").json()["items"] == []


def test_only_operators_register_orders(callers):
    for who, caller in callers.items():
        status = caller.post("/api/v1/orders", document(ref=f"R-{who}")).status_code
        if caller.key is None:
            assert status == 401, who
        else:
            assert status == (201 if who == "operator" else 403), who
