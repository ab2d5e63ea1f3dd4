"""The story of a parcel on the page of a dispute, and the seller's forms for its number."""

import re

import pytest

from journeys.test_parcels import come_in, lost, number, scan, sent, worry_free
from web.test_pages import MOST_STATEMENTS, finish, page_of

pytestmark = pytest.mark.django_db
CHINA = {"country": "CN", "city": "Shenzhen"}


def told():
    """A parcel that was handed in before the order, came to customs, and has an odd record."""
    case = lost()
    come_in(
        scan(case, "accepted", -9, place=CHINA, text="Handed <over>"),
        scan(case, "customs_held", 5, text="Held by customs"),
        scan(case, "customs_held", 5.1, text="Held by customs: import restrictions"),
        {**scan(case, "noted", 6, text="Sang a song"), "status": None},
    )
    return case


def section(page: str) -> str:
    """The part of the page about parcels."""
    found = re.search(r'<section[^>]* id="parcels".*?</section>', page, re.DOTALL)
    assert found
    return found.group(0)


def test_both_sides_read_the_same_records_with_place_and_local_time(visitors):
    case = told()
    pages = {who: visitors[who].get(page_of(case)).content.decode() for who in visitors}
    buyer, seller = (section(pages[who]) for who in ("buyer", "seller"))
    records = [re.findall(r"<h4>.*?</li>", one, re.DOTALL) for one in (buyer, seller)]
    assert records[0] == records[1]
    assert len(records[0]) == 4
    assert "Parcel 1: at customs" in buyer
    assert "Held by customs, <bdi>Casablanca, MA</bdi>" in buyer
    assert "(UTC+8, local time)" in buyer
    assert "Nobody has said yet what this text means" in buyer
    assert "Handed &lt;over&gt;" in buyer
    assert re.findall(r"<bdi>(Shenzhen|Casablanca)</bdi></li>", buyer) == ["Shenzhen", "Casablanca"]


def test_flags_are_for_the_desk_s_staff(visitors):
    case = told()
    for who, client in visitors.items():
        staff = who in ("specialist", "operator")
        page = client.get(page_of(case)).content.decode()
        for words in ("older than the order", "the seller answers for it"):
            assert (words in page) is staff, who


def test_the_page_stays_within_its_statements(visitors, statements):
    case = told()
    visitors["specialist"].get(page_of(case))
    with statements as count:
        visitors["specialist"].get(page_of(case))
    assert len(count.sql) <= MOST_STATEMENTS, count.sql


def test_a_seller_corrects_a_number_and_sees_what_it_tells(visitors):
    case = told()
    place = f"{page_of(case)}number/1/"
    assert "number/1/" in visitors["seller"].get(page_of(case)).content.decode()
    assert "number/1/" not in visitors["buyer"].get(page_of(case)).content.decode()
    wrong = {"carrier": "China Post", "waybill": "LX123456784CN"}
    refused = visitors["seller"].post(place, wrong).content.decode()
    assert "its check digit is wrong. Compare it with your receipt." in refused
    right = number()
    typed = {"carrier": "China Post", "waybill": right.lower()}
    check = visitors["seller"].post(place, typed).content.decode()
    assert "its check digit is right" in check
    assert "Read with a correction: small letters were read as capitals." in check
    assert finish(visitors["seller"], place, typed).status_code == 302
    assert case.file.order.parcels[0].waybill == right.lower()
    assert visitors["seller"].get(f"{page_of(case)}number/7/").status_code == 404
    nowhere = visitors["seller"].post(f"{page_of(case)}number/7/", typed).content.decode()
    assert "Expected the number of a parcel of this order, got 7." in nowhere


def test_a_transfer_number_stands_beside_the_first(visitors):
    case = told()
    typed = {"carrier": "La Poste", "waybill": number()}
    assert (
        finish(visitors["seller"], f"{page_of(case)}transfer-number/1/", typed).status_code == 302
    )
    assert case.file.order.parcels[0].transfers[0].carrier == "La Poste"
    history = visitors["buyer"].get(f"{page_of(case)}?show=parcels").content.decode()
    assert "The seller added a transfer number to parcel 1: La Poste" in history


def test_a_reminder_stands_beside_the_order_for_the_side_that_can_do_something(
    visitors,
):
    case = sent()
    come_in(scan(case, "accepted"), scan(case, "held_for_pickup", 9))
    words = "Your parcel waits for you"
    assert words in visitors["buyer"].get("/orders/").content.decode()
    assert words not in visitors["seller"].get("/orders/").content.decode()


def test_the_decision_names_the_carrier_s_records_that_it_rests_on(visitors):
    case = worry_free()
    come_in(scan(case, "accepted", place=CHINA), scan(case, "delivered", 12))
    page = visitors["buyer"].get(f"{page_of(case)}decision/").content.decode()
    assert "from the carrier&#x27;s record" in page
    assert '#parcels">1 record of the carrier</a>' in page
