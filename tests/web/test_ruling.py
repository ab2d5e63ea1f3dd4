"""What the specialist sees of the rulebook: what is missing, and where the findings lead."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Reason
from fairhold.flow.desk import current
from fairhold.flow.ruling import ruling_of
from web.test_pages import PNG, finish, page_of
from world import BUYER, FREIGHT, GOODS, ONLY, SELLER, SPECIALIST, Case, photo, terms, text

pytestmark = pytest.mark.django_db


def lost() -> Case:
    """A parcel that did not arrive; the seller refused, the platform is in the case."""
    items = (Item(GOODS, 1), Item(FREIGHT))
    case = Case().registered().opened(ONLY, items, Reason.NOT_RECEIVED, evidence=())
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 0), ()))
    case.do(SPECIALIST, asked.StepIn())
    return case


def found(case: Case, fact: str, value: str) -> None:
    case.do(SPECIALIST, asked.RecordFinding(fact, value, (), text("as the carrier shows")))


def test_the_desk_sees_what_is_missing_and_the_parties_do_not(visitors):
    case = lost()
    page = visitors["specialist"].get(page_of(case)).content.decode()
    assert "What the rulebook says" in page
    assert "Facts to establish" in page
    assert "Where the parcel is, by records that were verified." in page
    assert "What the rulebook says" not in visitors["buyer"].get(page_of(case)).content.decode()


def test_a_finding_leads_to_a_plan_with_its_clause(visitors):
    case = lost()
    place = page_of(case)
    typed = {"value": "delivered", "reasons": "The carrier shows it.", "exhibits": []}
    assert (
        finish(visitors["specialist"], f"{place}finding/tracking-state/", typed).status_code == 302
    )
    found(case, "tracking.country", '"match"')
    found(case, "tracking.city", '"match"')
    typed = {"value": "true", "reasons": "Seen.", "exhibits": []}
    done = finish(visitors["specialist"], f"{place}finding/goods-discrepancy_proven/", typed)
    assert done.status_code == 302
    page = visitors["specialist"].get(place).content.decode()
    assert "Rule N-2a" in page
    assert "Release to seller" in page
    form = visitors["specialist"].get(f"{place}platform-plan/").content.decode()
    assert "(N-2a, “AliExpress dispute handling process and guidelines”" in form
    history = visitors["buyer"].get(place).content.decode()
    assert "found a fact: Where the parcel is, by records that were verified: delivered" in history
    assert "The carrier shows it." in history


def test_nothing_is_presumed_against_somebody_who_was_not_asked():
    case = lost()
    later = ruling_of(current(), case.file, current().clock.now() + timedelta(days=30))
    assert not later.decided
    [request] = later.requests
    assert (request.proof.name, request.due) == ("valid_waybill", None)


def test_a_document_filed_in_time_is_known_by_its_kind(visitors):
    case = lost()
    found(case, "tracking.state", '"delivered"')
    found(case, "tracking.city", '"mismatch"')
    upload = {"uploads": SimpleUploadedFile("a.png", PNG), "kind": "address_change_record"}
    assert visitors["seller"].post(f"{page_of(case)}evidence/", upload).status_code == 302
    ruling = ruling_of(current(), case.file, current().clock.now())
    assert [one.id for one in ruling.ruling.deciding] == ["N-2c"]
    assert ruling.result.liable_party == "buyer"


def test_the_last_finding_on_a_fact_counts_and_bad_ones_are_refused():
    case = lost()
    case.do(BUYER, asked.AddEvidence(photo()))
    found(case, "tracking.state", '"in_transit"')
    found(case, "tracking.state", '"not_found"')
    [finding] = case.file.dispute.findings
    assert finding.value == '"not_found"'

    def refused(value: str, exhibits: tuple[int, ...], why: str) -> str:
        return case.refused(
            SPECIALIST, asked.RecordFinding("tracking.state", value, exhibits, text(why))
        )

    assert refused('"not_found"', (), "as before") == "already_done"
    assert refused('"delivered"', (9,), "E9") == "exhibit_unknown"
    assert refused('"delivered"', (1,), " ") == "description_missing"


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("tracking.state", "lost"),
        ("tracking.nothing", True),
        ("order.total_paid", 1),
        ("dispute.reason", "not_received"),
        ("goods.discrepancy_proven", "yes"),
        ("goods.quantity_received_pieces", -1),
    ],
)
def test_the_api_takes_only_what_the_book_knows(fact, value, desk_caller):
    case = lost()
    place = f"/api/v1/disputes/{case.file.dispute.id}/findings"
    body = {"fact": fact, "value": value, "reasons": "x"}
    answer = desk_caller.post(place, body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] in ("/fact", "/value")


def test_the_api_records_a_finding(desk_caller):
    case = lost()
    place = f"/api/v1/disputes/{case.file.dispute.id}/findings"
    body = {"fact": "goods.quantity_received_pieces", "value": 20, "reasons": "counted"}
    shown = desk_caller.post(place, body).json()
    assert shown["findings"][0] | {"at": ""} == {
        "fact": "goods.quantity_received_pieces",
        "value": 20,
        "exhibits": [],
        "reasons": "counted",
        "at": "",
    }


def test_the_api_tells_the_ruling_with_its_reasons(desk_caller):
    case = lost()
    place = f"/api/v1/disputes/{case.file.dispute.id}/ruling"
    open_ = desk_caller.get(place).json()
    assert (open_["status"], open_["decision"]) == ("open", None)
    assert [one["fact"] for one in open_["facts_to_establish"]] == ["tracking.state"]
    assert [one["documents"] for one in open_["proof_requests"]] == [["valid_waybill"]]
    for fact, value in (("state", '"delivered"'), ("country", '"match"'), ("zip", '"match"')):
        found(case, f"tracking.{fact}", value)
    told = desk_caller.get(place).json()
    assert (told["decision"], told["release_minor"]) == ("release_to_seller", GOODS + FREIGHT)
    assert told["because"][0]["clause"] == "N-2a"


@pytest.fixture
def desk_caller(db):
    """A specialist with a key."""
    from api.conftest import caller, person
    from fairhold.core.values.roles import Role

    return caller(person(Role.SPECIALIST, "specialist"))
