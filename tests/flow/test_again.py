"""Deciding again: the same bytes under the same book, and every difference named."""

import shutil
from dataclasses import replace

import pytest

from fairhold.adapters.rulebook.shelf import Shelf
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow import again
from fairhold.flow.again import decide_again
from fairhold.flow.desk import current
from fairhold.store import queries
from questions import SHELF
from web.test_proof import DAY, SECOND, lapsed, short
from world import BUYER, ONLY, OPERATOR, SPECIALIST, terms, text

pytestmark = pytest.mark.django_db


def reviewed():
    """Proof asked for and lapsed, a finding, a departure agreed by two, an award."""
    case = lapsed()
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 100), text("soaked")))
    case.do(OPERATOR, asked.ConfirmDeparture())
    case.do(SPECIALIST, asked.ProposePlatformPlan(terms(ONLY, 18_900)))
    case.do(BUYER, asked.AcceptPlan("platform-1", 2, None))
    case.pass_time(3 * DAY + SECOND)
    case.do(SPECIALIST, asked.IssueAward(terms(ONLY, 18_900)))
    return case


def test_every_act_on_a_dispute_is_decided_again_to_the_byte():
    case = reviewed()
    report = decide_again(current(), case.order_id)
    assert report.differences == ()
    # The order, and the two steps of its sandbox clock, are the marketplace's.
    acts = sum(1 for entry in queries.entries_of(case.order_id) if entry.request)
    assert (report.given, report.decided) == (3, acts - 3)


def test_another_book_under_the_same_name_is_found(tmp_path):
    case = reviewed()
    name = current().shelf.in_force
    shutil.copytree(SHELF / name, tmp_path / name)
    clauses = tmp_path / name / "clauses/received_quality.yaml"
    clauses.write_text(clauses.read_text().replace("refund: missing_share", "refund: goods"))
    other = Shelf(tmp_path, in_force=name, proposal_phase_days=None)
    report = decide_again(replace(current(), shelf=other), case.order_id)
    assert any("RulingRecorded" in one.what for one in report.differences)


def test_a_changed_entry_is_found(monkeypatch):
    case = short()
    entries = queries.entries_of(case.order_id)
    place = next(at for at, one in enumerate(entries) if one.type == "ProofRequested")
    late = {**entries[place].payload, "due_at": "2030-01-01T00:00:00.000000Z"}
    entries[place] = replace(entries[place], payload=late)
    monkeypatch.setattr(again.queries, "entries_of", lambda _: entries)
    [found] = decide_again(current(), case.order_id).differences
    assert found.seq == entries[place].seq
    assert "due_at was '2030-01-01" in found.what


def test_an_act_that_would_be_refused_now_is_found(monkeypatch):
    case = short()
    entries = queries.entries_of(case.order_id)
    monkeypatch.setattr(again.queries, "entries_of", lambda _: [*entries, *_once_more(entries)])
    [found] = decide_again(current(), case.order_id).differences
    assert "StepIn is refused now" in found.what


def _once_more(entries):
    """The platform's entry, a second time."""
    begun = next(at for at, one in enumerate(entries) if one.type == "PlatformSteppedIn")
    return [replace(entries[begun], seq=len(entries) + 1)]
