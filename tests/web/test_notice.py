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
from world import ONLY, SELLER, SPECIALIST, terms, text

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


SECRETS = ("SECRET-CANARY-42", "HIDDEN-NAME", "HIDDEN-SHOWS", "DEPARTS-CANARY")


def sent(answer) -> str:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode(errors="replace")


def test_no_page_or_answer_tells_a_side_what_is_not_for_it(visitors):
    case = lapsed()
    hidden = upload(
        b"SECRET-CANARY-42", name="HIDDEN-NAME.txt", shows=text("HIDDEN-SHOWS"), platform_only=True
    )
    case.do(SELLER, asked.AddEvidence(hidden))
    plan = terms(ONLY, 1_000, note="a part")
    case.do(SPECIALIST, asked.ProposePlatformPlan(plan, text("DEPARTS-CANARY")))
    base, order = page_of(case), f"/orders/{case.order_id}/"
    dispute = case.file.the_dispute
    assert dispute.departure is not None
    numbers = [one.number for one in dispute.exhibits]
    places = [
        *(base + one for one in ("", "?all=1", "pulse/1", "decision/", "case-file/", "message/")),
        *(f"{base}evidence/{one}/" for one in numbers),
        *(f"{base}evidence/{one}/custody/" for one in numbers),
        *(f"/evidence/{dispute.id}/{one}" for one in numbers),
        *(order + one for one in ("", "messages/")),
        "/disputes/",
        "/orders/",
        f"/disputes/?q={dispute.number}",
    ]
    told = {place: sent(visitors["buyer"].get(place)) for place in places}
    leaks = [(place, one) for place in told for one in SECRETS if one in told[place]]
    assert leaks == []
    shown = "".join(sent(visitors["specialist"].get(place)) for place in places)
    assert [one for one in SECRETS if one not in shown] == []
