"""The notice of a decision says the same everywhere, and nobody reads what is not theirs."""

import re
import shutil
import subprocess

import pytest
from test_pages import finish, page_of
from test_proof import lapsed
from test_ruling import desk_caller  # noqa: F401

from dossier import upload
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.desk import current
from fairhold.flow.letters import letter
from fairhold.store.queries import entries_of
from world import BUYER, ONLY, SELLER, SPECIALIST, terms, text

pytestmark = pytest.mark.django_db
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is missing")


@pytest.fixture
def decided(visitors):
    """A case in which the platform has put up what the rulebook leads to."""
    case = lapsed()
    place = f"{page_of(case)}platform-plan/"
    form = visitors["specialist"].get(place).content.decode()
    goods = re.search(r'name="goods" value="([^"]*)"', form).group(1)
    typed = {"kind": "refund_only", "goods": goods, "return_freight": "seller", "note": "Counted."}
    assert finish(visitors["specialist"], place, typed).status_code == 302
    return case


def text_of(pdf: bytes) -> str:
    words = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(words, input=pdf, capture_output=True, check=True).stdout.decode()


def amounts(told: str) -> set[str]:
    """Every sum that is told, without what keeps it together on a page."""
    return set(re.findall(r"USD [0-9,]+\.[0-9]{2}", re.sub(r"<[^>]+>", "", told)))


@needs_poppler
def test_page_paper_and_api_tell_the_same_sums_and_rules(visitors, decided, desk_caller):  # noqa: F811
    place = f"{page_of(decided)}decision"
    page = visitors["buyer"].get(f"{place}/").content.decode()
    paper = visitors["buyer"].get(f"{place}.pdf")
    assert paper["Content-Type"] == "application/pdf"
    told = text_of(paper.content)
    money = re.search(r'<section[^>]*aria-labelledby="money-h".*?</section>', page, re.DOTALL)
    assert amounts(money.group(0)) == amounts(told[: told.index("The rules it rests on")])
    api = desk_caller.get(f"/api/v1/disputes/{decided.file.the_dispute.id}/decision").json()
    grounds = [one["clause"] for one in api["explanation"]["grounds"]]
    assert grounds
    assert re.findall(r"#([A-Z0-9a-z-]+)\">Rule", page) == grounds
    assert re.findall(r"Rule ([A-Z0-9a-z-]+) \(", told) == grounds
    refund = decided.file.the_dispute.plan("platform-1").terms.refund.total_minor
    assert f"USD {refund / 100:,.2f}" in amounts(told)
    assert f"USD {refund / 100:,.2f}" in _letter_of_the_plan(decided)


def _letter_of_the_plan(case) -> str:
    entries = entries_of(case.order_id)
    put_up = max(one.seq for one in entries if one.type == "PlanProposed")
    notices = [one for one in entries if one.type == "NoticeIssued" and one.seq > put_up]
    found = letter(current(), case.order_id, notices[0].seq, "buyer")
    assert found is not None
    return found.body


@needs_poppler
@pytest.mark.parametrize("code", ["en", "ar", "zh-hans"])
def test_the_paper_can_be_heard_and_found_again(visitors, decided, code):
    visitors["buyer"].post("/language/", {"language": code})
    pdf = visitors["buyer"].get(f"{page_of(decided)}decision.pdf").content
    assert b"/StructTreeRoot" in pdf
    assert f"/Lang ({code[:2]}".encode() in pdf or f"/Lang({code[:2]}".encode() in pdf
    fonts = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    rows = fonts.stdout.decode().splitlines()[2:]
    assert rows
    assert all(row.split()[-5:-3] == ["yes", "yes"] for row in rows)
    words = {"en": "The money", "ar": "المال", "zh-hans": "款"}
    assert words[code] in text_of(pdf)


def test_the_notice_can_be_read_in_the_language_of_the_rulebook_beside_ones_own(visitors, decided):
    buyer, place = visitors["buyer"], f"{page_of(decided)}decision/"
    assert "beside=en" not in buyer.get(place).content.decode()
    buyer.post("/language/", {"language": "fr"})
    alone = buyer.get(place).content.decode()
    assert "?beside=en" in alone
    assert "The rules it rests on" not in alone
    both = buyer.get(place, {"beside": "en"}).content.decode()
    own, source = both.split('lang="en"', 1)
    assert "The rules it rests on" not in own
    assert "The rules it rests on" in source
    assert amounts(source)
    names = re.findall(r' id="([^"]+)"', both)
    assert len(names) == len(set(names))


# What is planted, and who may read it besides the desk.
OF_THE_BUYER = ("BUYER-ONLY-42", "BUYER-FILE", "BUYER-SHOWS")
OF_THE_SELLER = ("SELLER-ONLY-42", "SELLER-FILE", "SELLER-SHOWS")
OF_THE_DESK = ("DEPARTS-CANARY", "PRESENCE-CANARY")
MAY_READ = {"buyer": OF_THE_BUYER, "seller": OF_THE_SELLER}


def sent(answer) -> str:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    pdf = answer.headers["Content-Type"] == "application/pdf"
    return text_of(whole) if pdf else whole.decode(errors="replace")


def planted(visitors):
    """A case with a secret of each side and of the desk."""
    case = lapsed()
    for side, name in ((BUYER, "BUYER"), (SELLER, "SELLER")):
        hidden = upload(
            f"{name}-ONLY-42".encode(),
            name=f"{name}-FILE.txt",
            shows=text(f"{name}-SHOWS"),
            platform_only=True,
        )
        case.do(side, asked.AddEvidence(hidden))
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 18_900, note="by weight")))
    other = terms(ONLY, 1_000, note="a part")
    case.do(SPECIALIST, asked.ProposePlatformPlan(other, text("DEPARTS-CANARY")))
    person = visitors["specialist"].get("/settings/").wsgi_request.user
    person.name = "PRESENCE-CANARY"
    person.save()
    visitors["specialist"].post(f"/queue/{case.file.the_dispute.id}/presence", {"editing": "1"})
    return case


def places_of(case) -> list[str]:
    base, order = page_of(case), f"/orders/{case.order_id}/"
    dispute = case.file.the_dispute
    numbers = [one.number for one in dispute.exhibits]
    parts = ("", "?all=1", "pulse/1", "decision/", "decision.pdf", "case-file/", "message/")
    return [
        *(base + one for one in parts),
        *(f"{base}evidence/{one}/" for one in numbers),
        *(f"{base}evidence/{one}/custody/" for one in numbers),
        *(f"/evidence/{dispute.id}/{one}" for one in numbers),
        *(order + one for one in ("", "messages/")),
        "/disputes/",
        "/orders/",
        f"/disputes/?q={dispute.number}",
        f"/queue/{dispute.id}/",
        f"/operations/ledger/{case.order_id}/",
    ]


@needs_poppler
@pytest.mark.parametrize("role", ["buyer", "seller"])
def test_no_page_or_answer_tells_a_side_what_is_not_for_it(visitors, role):
    case = planted(visitors)
    assert case.file.the_dispute.departure is not None
    places = places_of(case)
    told = {place: sent(visitors[role].get(place)) for place in places}
    secrets = {*OF_THE_BUYER, *OF_THE_SELLER, *OF_THE_DESK} - set(MAY_READ[role])
    leaks = [(place, one) for place in told for one in secrets if one in told[place]]
    assert leaks == []
    assert "by weight" in told[f"{page_of(case)}decision/"]
    assert "by weight" in told[f"{page_of(case)}decision.pdf"]
    own = "".join(told.values())
    assert [one for one in MAY_READ[role] if one not in own] == []
    shown = "".join(sent(visitors["operator"].get(place)) for place in places)
    everything = (*OF_THE_BUYER, *OF_THE_SELLER, *OF_THE_DESK)
    assert [one for one in everything if one not in shown] == []


@pytest.mark.parametrize("role", ["inspector", "rights_holder", "finance"])
def test_others_of_the_marketplace_see_nothing_of_a_case(visitors, role):
    case = planted(visitors)
    person = visitors["specialist"].get("/settings/").wsgi_request.user
    places = places_of(case)
    person.role = role
    person.save()
    told = {place: sent(visitors["specialist"].get(place)) for place in places}
    secrets = (*OF_THE_BUYER, *OF_THE_SELLER, "DEPARTS-CANARY", case.file.the_dispute.number)
    leaks = [(place, one) for place in told for one in secrets if one in told[place]]
    # What one searches for stands in the field again; no case is found.
    assert leaks == [(f"/disputes/?q={case.file.the_dispute.number}", secrets[-1])]
    books = visitors["specialist"].get(f"/operations/ledger/{case.order_id}/")
    assert books.status_code == (200 if role == "finance" else 404)
