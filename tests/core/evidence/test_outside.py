"""What was said elsewhere: who stands for it, and whether it counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.facts import facts_of
from fairhold.core.cases.disputes.inquiry import inquire
from fairhold.core.cases.disputes.weighing import Weight, admissible, weigh
from fairhold.core.cases.refusal import Refusal
from fairhold.core.evidence.exhibit import Copy, Upload
from fairhold.core.evidence.outside import MOST_OUTSIDE, Authentication, Channel, MailSeen
from fairhold.flow.desk import current
from pure import START, Pure
from world import BUYER, SELLER, SPECIALIST, photo, text

FINDING = "goods.quantity_received_pieces"


def book():
    return current().shelf.book(current().shelf.in_force)


def outside(channel=Channel.EMAIL, **given):
    given.setdefault("evidence", photo("b"))
    return asked.FileOutside(channel, text("They said so."), **given)


def of_kind(kind, sign="c", **more):
    return (Upload(sign * 64, 10, "image/png", text("scan.png"), kind, **more),)


def filed(**given) -> Pure:
    case = Pure().registered().opened().do(SPECIALIST, asked.StepIn())
    return case.do(SELLER, outside(**given))


def state(case):
    return case.file.the_dispute.outside[-1].authentication


def weight(case, number=2):
    return weigh(case.file.the_dispute, book())[number]


def finding(*exhibits):
    return asked.RecordFinding(FINDING, "31", exhibits, text("as shown"))


def test_who_files_stands_for_it_and_one_side_is_not_enough():
    case = filed()
    assert state(case) is Authentication.ONE_SIDE
    assert weight(case) is Weight.UNCONFIRMED


def test_both_confirmations_make_it_count():
    case = filed().do(BUYER, asked.ConfirmOutside(1))
    assert state(case) is Authentication.BOTH_SIDES
    assert weight(case) is Weight.COUNTS
    case.do(SPECIALIST, finding(2))


def test_a_contest_keeps_it_out_until_its_maker_thinks_better():
    case = filed().do(BUYER, asked.ContestOutside(1, text("I never wrote that.")))
    assert state(case) is Authentication.CONTESTED
    assert weight(case) is Weight.CONTESTED
    assert case.code(SPECIALIST, finding(2)) == "exhibit_ignored"
    case.do(BUYER, asked.ConfirmOutside(1))
    assert weight(case) is Weight.COUNTS


def test_what_the_desk_brings_in_nobody_stands_for_yet():
    case = Pure().registered().opened().do(SPECIALIST, asked.StepIn())
    case.do(SPECIALIST, outside(evidence=(), exhibits=(1,)))
    assert state(case) is Authentication.NONE
    assert weight(case, 1) is Weight.UNCONFIRMED
    case.do(BUYER, asked.ConfirmOutside(1)).do(SELLER, asked.ConfirmOutside(1))
    assert weight(case, 1) is Weight.COUNTS


def test_the_engine_ignores_what_is_not_admissible_and_says_so():
    case = filed(evidence=of_kind("deviation_notice_record"))
    items = facts_of(case.file, book())["evidence.items"]
    assert all(one["type"] != "deviation_notice_record" for one in items)
    record = inquire(case.file, book(), case.now).record()
    assert [(one.exhibit, one.why) for one in record.ignored] == [(2, Weight.UNCONFIRMED.value)]
    case.do(BUYER, asked.ConfirmOutside(1))
    items = facts_of(case.file, book())["evidence.items"]
    assert any(one["type"] == "deviation_notice_record" for one in items)
    assert inquire(case.file, book(), case.now).record().ignored is None


def test_a_document_about_the_goods_counts_by_itself():
    assert weight(filed(evidence=of_kind("carrier_weight_certificate"))) is Weight.COUNTS


@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        (Channel.CONTRACT, "product_specification"),
        (Channel.EMAIL, "sales_contract"),
        (Channel.MESSENGER, "consent_screenshot"),
        (Channel.EMAIL, None),
    ],
)
def test_a_contract_or_an_exchange_made_elsewhere_needs_both(channel, kind):
    case = filed(channel=channel, evidence=of_kind(kind))
    assert weight(case) is Weight.UNCONFIRMED


def test_a_phone_call_is_a_note_that_both_have_to_confirm():
    case = filed(channel=Channel.PHONE, evidence=())
    assert case.file.the_dispute.outside[0].exhibits == ()
    assert not admissible(case.file.the_dispute.outside[0], book())
    case.do(BUYER, asked.ConfirmOutside(1))
    assert admissible(case.file.the_dispute.outside[0], book())


def test_a_book_that_says_nothing_of_admissibility_asks_for_both_sides():
    silent = replace(book(), admissible=None)
    case = filed()
    assert not admissible(case.file.the_dispute.outside[0], silent)
    case.do(BUYER, asked.ConfirmOutside(1))
    assert admissible(case.file.the_dispute.outside[0], silent)


def test_what_was_found_about_a_mail_stays_with_it():
    seen = MailSeen("a" * 64, "b" * 64, "pass", "none", "seller.example", START)
    case = filed(mail=seen)
    assert case.file.the_dispute.outside[0].mail == seen


def test_an_e_mail_counts_by_itself_under_no_name():
    mail = of_kind("carrier_weight_certificate")
    mail = (replace(mail[0], media_type="message/rfc822"),)
    assert weight(filed(evidence=mail)) is Weight.UNCONFIRMED


def test_nobody_stands_for_a_letter_that_anybody_may_have_sent():
    seen = MailSeen("a" * 64, "b" * 64, "none", "none", None, START, sent_in=True)
    assert state(filed(mail=seen)) is Authentication.NONE
    signed = replace(seen, signature="pass")
    assert state(filed(mail=signed)) is Authentication.ONE_SIDE


def test_a_file_for_the_platform_only_is_no_sole_ground():
    case = Pure().registered().opened().do(SPECIALIST, asked.StepIn())
    case.do(SELLER, asked.AddEvidence(of_kind("shipping_receipt", platform_only=True)))
    assert weight(case) is Weight.PLATFORM_ONLY
    assert case.code(SPECIALIST, finding(2)) == "exhibit_hidden"
    case.do(SPECIALIST, finding(1, 2))
    items = facts_of(case.file, book())["evidence.items"]
    assert all(one["type"] != "shipping_receipt" for one in items)
    exhibit = case.file.the_dispute.exhibits[1]
    assert (exhibit.seen_by(SELLER), exhibit.seen_by(BUYER)) == (True, False)
    assert exhibit.seen_by(SPECIALIST)


def test_a_withdrawn_file_counts_no_more_and_keeps_its_reason():
    case = Pure().registered().opened()
    why = text("wrong photo")
    case.do(BUYER, asked.WithdrawEvidence(1, why))
    assert weight(case, 1) is Weight.WITHDRAWN
    assert case.file.the_dispute.exhibits[0].withdrawn == why.sealed()


def test_only_the_contested_exchange_of_several_changes():
    case = filed().do(SELLER, outside(evidence=photo("d")))
    case.do(BUYER, asked.ContestOutside(2, text("no"))).do(BUYER, asked.ConfirmOutside(1))
    assert [one.authentication for one in case.file.the_dispute.outside] == [
        Authentication.BOTH_SIDES,
        Authentication.CONTESTED,
    ]


TOMORROW = START + timedelta(days=1)


@pytest.mark.parametrize(
    ("role", "command", "code"),
    [
        (SELLER, outside(happened_at=TOMORROW), "time_unfit"),
        (SELLER, outside(evidence=()), "evidence_missing"),
        (SELLER, outside(evidence=photo() * 11), "exhibit_limit"),
        (SELLER, outside(evidence=(), exhibits=(1,)), "exhibit_unknown"),
        (SELLER, outside(evidence=(), exhibits=(2,)), "exhibit_unknown"),
        (SELLER, asked.FileOutside(Channel.PHONE, text(" ")), "description_missing"),
        (SELLER, asked.ConfirmOutside(1), "already_done"),
        (SELLER, asked.ContestOutside(1, text("no")), "already_done"),
        (BUYER, asked.ContestOutside(1, text(" ")), "description_missing"),
        (BUYER, asked.ConfirmOutside(7), "exhibit_unknown"),
        (BUYER, asked.ContestOutside(7, text("no")), "exhibit_unknown"),
    ],
)
def test_is_refused(role, command, code):
    case = filed()
    before = case.file
    refusal = case.ask(role, command)
    assert isinstance(refusal, Refusal)
    assert refusal.code.slug == code
    assert refusal.why
    assert refusal.what_now
    assert case.file == before


def test_a_second_contest_is_refused():
    case = filed().do(BUYER, asked.ContestOutside(1, text("no")))
    assert case.code(BUYER, asked.ContestOutside(1, text("no"))) == "already_done"


def test_there_is_an_end_of_exchanges():
    case = filed()
    [one] = case.file.the_dispute.outside
    dispute = replace(case.file.the_dispute, outside=(one,) * MOST_OUTSIDE)
    case.file = replace(case.file, dispute=dispute)
    assert case.code(SELLER, outside()) == "limit_reached"


COPY = Copy("e" * 64, 5, "image/png")


def test_the_other_side_gets_the_redacted_copy_and_the_owner_the_original():
    case = Pure().registered().opened().do(BUYER, asked.RedactEvidence(1, COPY))
    [exhibit] = case.file.the_dispute.exhibits
    assert exhibit.shown_to(SELLER) == COPY
    assert exhibit.shown_to(BUYER).sha256 == exhibit.shown_to(SPECIALIST).sha256 == "a" * 64


def test_a_file_without_a_copy_is_shown_as_it_is():
    case = Pure().registered().opened()
    case.do(SELLER, asked.AddEvidence(photo("b"))).do(SPECIALIST, asked.RedactEvidence(1, COPY))
    assert case.file.the_dispute.exhibits[1].shown_to(BUYER).sha256 == "b" * 64


def test_a_redaction_is_refused_to_the_other_side_and_a_second_time():
    case = Pure().registered().opened()
    assert case.code(SELLER, asked.RedactEvidence(1, COPY)) == "exhibit_unknown"
    assert case.code(BUYER, asked.RedactEvidence(7, COPY)) == "exhibit_unknown"
    case.do(BUYER, asked.RedactEvidence(1, COPY))
    assert case.code(BUYER, asked.RedactEvidence(1, COPY)) == "already_done"
