"""The official chat, changes of terms, and messages of a dispute, without a database."""

from dataclasses import replace

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.events import NoticeIssued
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.refusal import Refusal
from fairhold.core.evidence.exhibit import MOST_FILES_AT_ONCE, MOST_FILES_OF_A_SIDE
from fairhold.core.evidence.message import MOST_MESSAGES, Tag
from fairhold.core.values.roles import Role
from pure import Pure
from world import BUYER, OPERATOR, SELLER, SPECIALIST, photo, text


def proposal(**terms):
    return ordered.ProposeAmendment(text("We ship later."), **(terms or {"promise_days": 40}))


def proposed() -> Pure:
    return Pure().registered().do(SELLER, proposal())


def test_a_message_on_an_order_reaches_both_sides_and_changes_nothing_else():
    case = Pure().registered()
    agreement = case.file.the_order.agreement
    written, notice = case.ask(
        BUYER,
        ordered.WriteMessage(text("Where is it?"), Tag.OBJECTION, "en", None, photo()),
    )
    assert written.tag is Tag.OBJECTION
    assert [one.number for one in written.attachments] == [1]
    assert isinstance(notice, NoticeIssued)
    assert set(notice.to) == {BUYER, SELLER}
    assert case.file.the_order.agreement == agreement
    assert case.file.the_order.messages == 1


def test_files_of_a_chat_are_numbered_on():
    case = Pure().registered()
    case.do(BUYER, ordered.WriteMessage(text("one"), evidence=photo("a")))
    case.do(SELLER, ordered.WriteMessage(text("two"), reply_to=1, evidence=photo("b")))
    assert [(one.number, one.side) for one in case.file.the_order.attachments] == [
        (1, BUYER),
        (2, SELLER),
    ]


def test_a_message_of_a_dispute_makes_its_files_exhibits():
    case = Pure().registered().opened()
    case.do(SELLER, asked.PostMessage(text("look"), Tag.FEEDBACK, "es", None, photo("b")))
    posted = next(one for one, _ in case.events if type(one).__name__ == "MessagePosted")
    assert posted.attachments == (2,)
    assert case.file.the_dispute.exhibits[1].side is SELLER
    case.do(BUYER, asked.PostMessage(text("seen"), reply_to=1))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_reply_needs_an_earlier_message(number):
    case = Pure().registered().opened()
    assert case.code(BUYER, asked.PostMessage(text("x"), reply_to=number)) == "message_unknown"
    assert case.code(BUYER, ordered.WriteMessage(text("x"), reply_to=number)) == "message_unknown"


def test_a_chat_has_an_end():
    case = Pure().registered()
    order = replace(case.file.the_order, messages=MOST_MESSAGES)
    case.file = replace(case.file, order=order)
    assert case.code(SELLER, ordered.WriteMessage(text("x"))) == "limit_reached"


def test_a_side_cannot_bury_the_other_in_files():
    case = Pure().registered()
    many = photo() * (MOST_FILES_AT_ONCE + 1)
    assert case.code(BUYER, ordered.WriteMessage(text("x"), evidence=many)) == "exhibit_limit"
    for _ in range(MOST_FILES_OF_A_SIDE // MOST_FILES_AT_ONCE):
        case.do(BUYER, ordered.WriteMessage(text("x"), evidence=photo() * MOST_FILES_AT_ONCE))
    assert case.code(BUYER, ordered.WriteMessage(text("x"), evidence=photo())) == "exhibit_limit"
    case.do(SELLER, ordered.WriteMessage(text("x"), evidence=photo()))
    opened = Pure().registered().opened()
    assert opened.code(BUYER, asked.PostMessage(text("x"), evidence=many)) == "exhibit_limit"


def test_terms_change_only_when_both_agree():
    case = proposed()
    assert case.file.the_order.version == 1
    assert case.file.the_order.agreement.promise_days == 20
    accepted, amended, notice = case.ask(BUYER, ordered.AcceptAmendment(1))
    assert (accepted.number, accepted.side) == (1, BUYER)
    assert amended.version == 2
    assert set(notice.to) == {BUYER, SELLER}
    assert case.file.the_order.agreement.promise_days == 40
    assert case.file.the_order.amendment is None


def test_a_new_address_goes_into_the_agreement():
    case = Pure().registered()
    place = text("{}")
    case.do(BUYER, proposal(delivery_address=text("5 Quay, Tangier"), delivery_place=place))
    before = case.file.the_order.agreement
    case.do(SELLER, ordered.AcceptAmendment(1))
    after = case.file.the_order.agreement
    assert after.delivery_address != before.delivery_address
    assert after.delivery_place == place.sealed()


@pytest.mark.parametrize("role", [BUYER, SELLER])
def test_either_side_ends_a_proposal_without_agreement(role):
    case = proposed().do(role, ordered.DeclineAmendment(1))
    assert case.file.the_order.amendment is None
    assert case.file.the_order.version == 1
    case.do(SELLER, proposal())
    assert case.file.the_order.amendment.number == 2


def stale() -> Pure:
    return proposed().do(OPERATOR, ordered.AmendOrder(1, "Express", None, None, text("as agreed")))


@pytest.mark.parametrize(
    ("made", "role", "command", "code"),
    [
        (proposed, BUYER, proposal(), "amendment_open"),
        (lambda: Pure().registered(), BUYER, proposal(promise_days=None), "amendment_unfit"),
        (proposed, SELLER, ordered.AcceptAmendment(1), "amendment_unfit"),
        (proposed, BUYER, ordered.AcceptAmendment(2), "amendment_unfit"),
        (proposed, BUYER, ordered.DeclineAmendment(2), "amendment_unfit"),
        (stale, BUYER, ordered.AcceptAmendment(1), "version_stale"),
    ],
)
def test_a_change_of_terms_is_refused(made, role, command, code):
    case = made()
    before = case.file
    refusal = case.ask(role, command)
    assert isinstance(refusal, Refusal)
    assert refusal.code.slug == code
    assert refusal.what_now
    assert case.file == before


def test_the_specialist_writes_into_the_same_thread_and_an_inspector_does_not():
    case = Pure().registered()
    case.do(SPECIALIST, ordered.WriteMessage(text("Please answer.")))
    assert case.code(Role.INSPECTOR, ordered.WriteMessage(text("x"))) == "not_allowed"
