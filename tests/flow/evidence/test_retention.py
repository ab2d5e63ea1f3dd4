"""Retention: told, kept, held, deleted with a record, finished after a crash, erased on request."""

from datetime import UTC, datetime, timedelta

import pytest

from dossier import bag_of, full_case, on_disk, picture, seen_by, upload
from fairhold.accounts.models import Party
from fairhold.adapters.casefile.checks import verify
from fairhold.adapters.clock import SetClock
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.orders import commands as ordered
from fairhold.flow import retention
from fairhold.flow.audit import audit
from fairhold.flow.desk import current
from fairhold.flow.downloads import Deleted, download
from fairhold.flow.letters import letter
from fairhold.flow.request import Done, Refused
from fairhold.store import drafts, queries
from fairhold.store.models import (
    DisputeCase,
    Draft,
    Opinion,
    SealedText,
    StagedUpload,
    TrackingScan,
)
from journeys.test_parcels import come_in, scan
from replacing import replaced
from world import BUYER, OPERATOR, SELLER, SYSTEM, VIEWERS, Case, text

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
YEARS = timedelta(days=1_100)
PARCEL = ordered.NewParcel("China Post", "LX123456785CN", (), datetime(2026, 11, 1, tzinfo=UTC))
OPERATING = VIEWERS[OPERATOR]


def closed():
    case = full_case()
    case.do(BUYER, asked.WithdrawDispute())
    return case


def due():
    case = closed()
    assert retention.announce(current(), case.order_id)
    case.jump(YEARS)
    return case


def test_both_sides_are_told_the_date_by_the_worker_once():
    case = closed()
    assert retention.announce_due(current()) == 0
    later = SetClock(current().clock.now() + timedelta(days=1_080))
    with replaced(clock=later):
        assert retention.announce_due(current()) == 1
        assert retention.announce_due(current()) == 0
    date = case.file.the_order.delete_after
    assert date >= case.file.the_dispute.closed_at + timedelta(days=1_096)
    assert DisputeCase.objects.get().retention_told


def test_the_closing_letter_tells_until_when_and_to_keep_a_copy():
    Party.objects.create(
        id="party-buyer", kind="buyer", ref="b", name="B", email="b@x.example", country="DE"
    )
    case = closed()
    notice = [one for one in queries.entries_of(case.order_id) if one.type == "NoticeIssued"][-1]
    body = letter(current(), case.order_id, notice.seq, "buyer").body
    assert "is kept until" in body
    assert "cannot rely on ours" in body
    assert f"fingerprint {case.file.head}" in body


def test_what_goes_is_on_record_and_everything_still_verifies(tmp_path):
    case = due()
    digests = [one.sha256 for one in case.file.the_dispute.exhibits]
    assert isinstance(retention.purge(current(), case.order_id, OPERATING), Done)
    assert not SealedText.objects.filter(order_id=case.order_id).exists()
    for digest in digests:
        with pytest.raises(FileNotFoundError):
            current().blobs.open(digest)
    purged = next(one for one in queries.entries_of(case.order_id) if one.type == "MaterialPurged")
    assert set(digests) <= set(purged.payload["files"])
    assert audit(current().blobs, current().proofs.signer.line()).findings == ()
    path = on_disk(bag_of(case), tmp_path)
    assert len(list(verify(path))) == 10
    assert b"Nine lamps" not in path.read_bytes()
    assert "(erased)" in seen_by(case, BUYER).text(case.file.the_dispute.description)


def test_nothing_is_left_to_delete_twice():
    case = due()
    retention.purge(current(), case.order_id, OPERATING)
    again = retention.purge(current(), case.order_id, OPERATING)
    assert isinstance(again, Refused)
    assert again.refusal.code.slug == "already_done"


def test_a_deletion_that_was_cut_short_is_finished(monkeypatch):
    case = due()
    monkeypatch.setattr(retention, "finish", lambda *_: 0)
    retention.purge(current(), case.order_id, OPERATING)
    monkeypatch.undo()
    assert SealedText.objects.filter(order_id=case.order_id).exists()
    assert isinstance(retention.purge(current(), case.order_id, OPERATING), Refused)
    assert retention.finish(current(), case.order_id) > 0
    assert not SealedText.objects.filter(order_id=case.order_id).exists()


def test_a_file_that_another_case_needs_stays():
    case = due()
    shared = case.file.the_order.attachments[0].sha256
    other = Case().registered().opened(evidence=upload(b"chat"))
    retention.purge(current(), case.order_id, OPERATING)
    current().blobs.open(shared).close()
    assert other.file.the_dispute.exhibits[0].sha256 == shared


def there(sha256):
    try:
        current().blobs.open(sha256).close()
    except FileNotFoundError:
        return False
    return True


def test_a_file_of_two_cases_goes_with_the_last_of_them():
    first, second = (
        Case(order_id=name).registered().opened(evidence=upload(b"SHARED-1"))
        for name in ("order-a", "order-b")
    )
    shared = first.file.the_dispute.exhibits[0].sha256
    for case in (first, second):
        case.do(BUYER, asked.WithdrawDispute())
        assert retention.announce(current(), case.order_id)
    first.jump(YEARS)
    second.jump(YEARS)
    assert isinstance(retention.purge(current(), first.order_id, OPERATING), Done)
    assert there(shared)
    with pytest.raises(Deleted):
        download(current(), seen_by(first, BUYER), 1)
    assert download(current(), seen_by(second, BUYER), 1) is not None
    assert isinstance(retention.purge(current(), second.order_id, OPERATING), Done)
    assert not there(shared)


def test_scans_of_a_parcel_that_another_dispute_rests_on_stay():
    first, second = (
        Case(order_id=name).registered(parcels=(PARCEL,)).opened() for name in ("a", "b")
    )
    come_in(scan(first, "accepted"), scan(first, "delivered", 9, signatory="KADIRI"))
    first.do(BUYER, asked.WithdrawDispute())
    assert retention.announce(current(), first.order_id)
    first.jump(YEARS)
    assert isinstance(retention.purge(current(), first.order_id, OPERATING), Done)
    assert TrackingScan.objects.count() == 2
    assert [one for one in audit(current().blobs).findings if "tracking_scan" in str(one)] == []
    assert isinstance(retention.purge(current(), first.order_id, OPERATING), Refused)
    second.do(BUYER, asked.WithdrawDispute())
    assert retention.announce(current(), second.order_id)
    second.jump(YEARS)
    assert isinstance(retention.purge(current(), second.order_id, OPERATING), Done)
    assert TrackingScan.objects.count() == 0


def test_what_somebody_uploaded_again_goes_another_time():
    from fairhold.flow.intake.mails import Bytes
    from fairhold.flow.intake.uploads import store

    case = Case().registered().opened(evidence=upload(b"plain text here", "text/plain"))
    shared = case.file.the_dispute.exhibits[0].sha256
    case.do(BUYER, asked.WithdrawDispute())
    assert retention.announce(current(), case.order_id)
    DisputeCase.objects.update(retention_told=True)
    case.jump(YEARS)
    store(current(), Bytes("x.txt", b"plain text here"))
    assert isinstance(retention.purge(current(), case.order_id, OPERATING), Done)
    assert there(shared)
    assert [one["order_id"] for one in retention.due_now(current())] == [case.order_id]
    with replaced(clock=SetClock(current().clock.now() + timedelta(days=30))):
        retention.purge(current(), case.order_id, OPERATING)
    assert not there(shared)
    assert retention.due_now(current()) == []


def test_a_deletion_names_no_hidden_file_to_the_other_side(tmp_path):
    case = due()
    hidden = next(one for one in case.file.the_dispute.exhibits if one.platform_only)
    retention.purge(current(), case.order_id, OPERATING)
    path = on_disk(bag_of(case, BUYER), tmp_path)
    assert list(verify(path))
    assert hidden.sha256.encode() not in path.read_bytes()


def test_a_small_picture_that_another_file_has_too_stays():
    from fairhold.flow.intake.mails import Bytes
    from fairhold.flow.intake.uploads import store, submitted
    from fairhold.store import files
    from fairhold.store.models import KnownFile

    content = picture(6)
    one, two = (store(current(), Bytes("p.png", content + end)) for end in (b"", b"x"))
    case = Case().registered().opened(evidence=submitted(current(), [one]))
    case.do(BUYER, asked.WithdrawDispute())
    KnownFile.objects.update(examined_at=current().clock.now() - YEARS)
    StagedUpload.objects.all().delete()
    small = files.known([two.sha256])[two.sha256].thumbnail
    assert files.known([one.sha256])[one.sha256].thumbnail == small
    retention.announce(current(), case.order_id)
    case.jump(YEARS)
    retention.purge(current(), case.order_id, OPERATING)
    current().blobs.open(small).close()
    with pytest.raises(FileNotFoundError):
        current().blobs.open(one.sha256)


def test_a_purged_case_leaves_the_list():
    case = due()
    DisputeCase.objects.update(retention_told=True)
    retention.purge(current(), case.order_id, OPERATING)
    assert retention.due_now(current()) == []
    assert [one["texts"] for one in retention.due_now(current(), case.ref)] == [0]
    assert retention.due_now(current(), "nonsense") == []


def test_drafts_and_the_words_of_opinions_go_with_the_case():
    case, other = due(), Case().registered().opened()
    moment = case.file.head_at
    for one in (case, other):
        drafts.keep("anna", f"/disputes/{one.file.dispute.id}/message/", {"text": "half"}, moment)
        Opinion.objects.create(
            case_id=one.file.dispute.id,
            person_id="anna",
            role="buyer",
            answers={"fair": 2},
            suggestion="Answer faster.",
            given_at=moment,
        )
    retention.purge(current(), case.order_id, OPERATING)
    kept = {one.case_id: one.suggestion for one in Opinion.objects.all()}
    assert kept == {case.file.dispute.id: "", other.file.dispute.id: "Answer faster."}
    assert Draft.objects.count() == 1


def test_a_draft_that_nobody_came_back_to_goes_after_ninety_days(db):
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    drafts.keep("anna", "/a/", {"text": "half"}, begun)
    drafts.keep("bo", "/b/", {"text": "half"}, begun + timedelta(days=89))
    assert Draft.objects.count() == 2
    drafts.keep("bo", "/c/", {"text": "half"}, begun + timedelta(days=91))
    assert sorted(Draft.objects.values_list("place", flat=True)) == ["/b/", "/c/"]


def test_raw_scans_go_too_and_their_trigger_stands_afterwards():
    case = Case().registered(parcels=(PARCEL,)).opened()
    come_in(scan(case, "accepted"), scan(case, "delivered", 9, signatory="KADIRI"))
    case.do(BUYER, asked.WithdrawDispute())
    assert retention.announce(current(), case.order_id)
    case.jump(YEARS)
    material = retention.material_of(case.order_id)
    assert material.scans
    retention.purge(current(), case.order_id, OPERATING)
    assert retention.material_of(case.order_id).scans == ()
    assert audit(current().blobs).findings == ()


@pytest.mark.parametrize("why", ["early", "held", "open"])
def test_what_has_to_be_kept_is_kept(why):
    case = closed() if why == "early" else due()
    if why == "held":
        review = case.file.head_at + 2 * YEARS
        case.do(OPERATOR, ordered.PlaceHold(text("claim"), review))
    if why == "open":
        case = full_case()
    before = SealedText.objects.filter(order_id=case.order_id).count()
    result = retention.purge(current(), case.order_id, OPERATING)
    assert isinstance(result, Refused)
    codes = {"early": "retention_running", "held": "legal_hold", "open": "dispute_blocks"}
    assert result.refusal.code.slug == codes[why]
    assert SealedText.objects.filter(order_id=case.order_id).count() - before in (0, 1)


def test_the_preview_tells_what_is_due_and_what_keeps_the_rest():
    case = due()
    DisputeCase.objects.update(retention_told=True)
    [line] = retention.due_now(current())
    assert line["kept_because"] == ""
    assert line["texts"] > 5
    case.do(OPERATOR, ordered.PlaceHold(text("c"), case.file.head_at + 2 * YEARS))
    assert "legal hold" in retention.due_now(current())[0]["kept_because"]
    early = closed()
    DisputeCase.objects.update(retention_told=True)
    found = {one["order_id"]: one["kept_because"] for one in retention.due_now(current())}
    assert found[early.order_id] == "no date was told yet"
    retention.announce(current(), early.order_id)
    found = {one["order_id"]: one["kept_because"] for one in retention.due_now(current())}
    assert found[early.order_id].startswith("kept until")


def test_one_side_can_have_its_own_words_erased(tmp_path):
    case = closed()
    texts = retention.texts_of(case.order_id, "seller")
    address = case.file.the_order.agreement.return_address.id
    assert address in texts
    assert isinstance(retention.erase(current(), case.order_id, OPERATING, texts), Done)
    path = on_disk(bag_of(case, SELLER), tmp_path)
    assert b"We look into it." not in path.read_bytes()
    assert b"Their price." in path.read_bytes()
    assert len(list(verify(path))) == 10


def test_a_date_is_told_only_of_a_closed_case():
    case = full_case()
    assert retention.deletion_date(current(), case.file) is None
    assert not retention.announce(current(), case.order_id)
    case.do(BUYER, asked.WithdrawDispute())
    assert retention.deletion_date(current(), case.file) is not None
    early = ordered.AnnounceDeletion(case.file.head_at)
    assert case.refused(SYSTEM, early) == "retention_running"
