"""The state of a parcel: the same whatever the order of its scans, and what counts for it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhold.core.logistics.fold import ParcelState, fold
from fairhold.core.logistics.homeward import return_state
from fairhold.core.logistics.report import ReturnState
from fairhold.core.logistics.scan import WITHOUT_NEWS, ScanKind
from parcels import NOON, scan

KINDS = [kind for kind in ScanKind if kind is not ScanKind.WITHDRAWN]
REFS = st.one_of(st.none(), st.sampled_from(["a", "b", "c"]))


@st.composite
def scans(draw, most=12):
    """Scans of every kind, some with the carrier's own id in several revisions, some taken back."""
    made = []
    for number in range(draw(st.integers(0, most))):
        ref = draw(REFS)
        kinds = list(ScanKind) if ref else KINDS
        revised = draw(st.one_of(st.none(), st.integers(0, 3))) if ref else None
        made.append(
            scan(
                draw(st.sampled_from(kinds)).value,
                draw(st.integers(0, 5)),
                country=draw(st.sampled_from([None, "CN", "MA"])),
                ref=ref,
                revised_at=NOON + timedelta(hours=revised) if revised is not None else None,
                text=str(number),
            )
        )
    return made


@settings(max_examples=400)
@given(scans(), st.randoms())
def test_no_order_and_no_repetition_changes_the_story(made, random):
    shuffled = made + random.choices(made, k=len(made)) if made else made
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(made)


@settings(max_examples=200)
@given(scans(), st.sampled_from(sorted(WITHOUT_NEWS)), st.integers(0, 9))
def test_a_record_without_news_changes_no_state_once_there_is_some(made, kind, hours):
    story = fold(made)
    more = fold([*made, scan(kind.value, hours, text="more")])
    if story.news:
        assert (more.state, more.news, more.deciding) == (story.state, story.news, story.deciding)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], None),
        (["noted", "unmapped"], None),
        (["not_found"], "not_found"),
        (["announced"], "not_found"),
        (["announced", "accepted"], "in_transit"),
        (["not_found", "accepted", "moving"], "in_transit"),
        (["accepted", "customs_in"], "at_customs"),
        (["accepted", "customs_held"], "at_customs"),
        (["accepted", "customs_held", "customs_out"], "in_transit"),
        (["accepted", "export_customs"], "in_transit"),
        (["accepted", "out_for_delivery", "attempted"], "in_transit"),
        (["accepted", "attempted", "held_for_pickup"], "held_for_pickup"),
        (["accepted", "held_for_pickup", "delivered"], "delivered"),
        (["accepted", "customs_held", "delayed"], "at_customs"),
        (["delayed"], "in_transit"),
        (["accepted", "lost"], "in_transit"),
        (["accepted", "refused", "returning"], "returned_to_sender"),
        (["accepted", "returning", "returned"], "returned_to_sender"),
        (["accepted", "delivered", "moving"], "in_transit"),
        (["accepted", "refused", "returning", "moving"], "returned_to_sender"),
        (["accepted", "returning", "delivered"], "returned_to_sender"),
    ],
)
def test_the_latest_record_with_news_decides(kinds, state):
    story = fold(scan(kind, hours) for hours, kind in enumerate(kinds))
    assert story.state == (ParcelState(state) if state else None)


def test_at_one_moment_what_usually_comes_later_decides():
    same = [scan("delivered", 1), scan("out_for_delivery", 1), scan("moving", 1)]
    assert fold(same).state is ParcelState.DELIVERED


def test_customs_where_the_parcel_was_handed_in_is_on_the_way_out():
    start = scan("accepted", country="CN")
    assert fold([start, scan("customs_held", 1, country="CN")]).state is ParcelState.IN_TRANSIT
    assert fold([start, scan("customs_held", 1, country="MA")]).state is ParcelState.AT_CUSTOMS


def test_what_the_carrier_took_back_or_corrected_does_not_count():
    start = scan("accepted")
    wrong = scan("delivered", 5, ref="7")
    taken_back = scan("withdrawn", 6, ref="7")
    assert fold([taken_back, wrong, start]).state is ParcelState.IN_TRANSIT
    later = scan("attempted", 5, ref="7", revised_at=NOON + timedelta(days=1))
    earlier = scan("delivered", 5, ref="7", revised_at=NOON)
    assert fold([later, start, earlier]).state is ParcelState.IN_TRANSIT
    restored = scan("delivered", 5, ref="7", revised_at=NOON + timedelta(days=2))
    assert fold([restored, taken_back, later, start]).state is ParcelState.DELIVERED


def test_customs_counts_as_the_way_out_only_where_it_is_known_where_the_parcel_was_handed_in():
    there = scan("customs_held", 5, country="MA")
    for start in (scan("accepted"), scan("moving", country="MA")):
        assert fold([start, there]).state is ParcelState.AT_CUSTOMS


def test_a_revision_that_cannot_be_read_takes_the_place_of_none_that_can():
    good = scan("delivered", 5, ref="7")
    unreadable = scan("unmapped", 9, ref="7", revised_at=NOON + timedelta(days=1))
    assert fold([unreadable, good]).state is ParcelState.DELIVERED
    assert [one.kind.value for one in fold([unreadable]).scans] == ["unmapped"]


def test_taking_back_nothing_in_particular_takes_back_nothing():
    assert fold([scan("withdrawn"), scan("accepted")]).news == (scan("accepted"),)
    assert fold([scan("withdrawn")]).state is None


def test_of_two_undated_revisions_the_one_that_says_more_stands():
    bare, full = scan("delivered", 5, ref="7"), scan("delivered", 5, ref="7", signatory="A")
    for order in ([bare, full], [full, bare]):
        assert fold(order).delivered.signatory == "A"


def test_a_story_names_its_first_last_and_deciding_record():
    first, late = scan("accepted"), scan("delayed", 9)
    middle = scan("held_for_pickup", 5)
    story = fold([late, scan("announced", -5), middle, first])
    assert (story.first, story.last, story.deciding) == (first, late, middle)
    assert (story.delivered, fold([]).first, fold([]).last) == (None, None, None)


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], ReturnState.NONE),
        ([("announced", None)], ReturnState.NONE),
        ([("accepted", "Casablanca")], ReturnState.IN_TRANSIT),
        ([("accepted", "Casablanca"), ("delivered", "Shenzhen")], ReturnState.DELIVERED),
        ([("accepted", "Casablanca"), ("customs_held", None)], ReturnState.HELD_CN_CUSTOMS),
        ([("moving", "Shenzhen"), ("returning", "Guangzhou")], ReturnState.SENT_BACK),
        ([("attempted", None), ("returned", "Casablanca")], ReturnState.SENT_BACK),
        ([("moving", "Guangzhou"), ("returning", "Guangzhou")], ReturnState.UNDELIVERABLE),
        ([("moving", "Guangzhou"), ("lost", None)], ReturnState.UNDELIVERABLE),
    ],
)
def test_where_a_return_is(rows, state):
    story = fold(scan(kind, hours, city=city) for hours, (kind, city) in enumerate(rows))
    assert return_state(story, lambda place: place.city == "Shenzhen") is state
