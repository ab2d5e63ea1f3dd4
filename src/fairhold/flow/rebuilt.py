"""From the entries of an act back to the command that led to them.

The words that people wrote are not read: a command rebuilt here carries their digests, and that is
all the deciders put on record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fairhold.core.cases import events as common
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.state import Deed, Outcome, Terms
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders import events as moved
from fairhold.core.evidence.exhibit import Exhibit, Upload
from fairhold.core.journal.chain import Entry
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef

Events = Sequence[Any]
# What the platform's own requests are called, and the command of each.
BY_THE_WORKER = {"clock": asked.LapseClock, "reminder": asked.RemindOfClock}


@dataclass(frozen=True, slots=True)
class Kept:
    """Words of which only the reference is known."""

    ref: TextRef
    text: str = "kept"

    def sealed(self) -> TextRef:
        """The reference that is on record."""
        return self.ref


def command_of(file: CaseFile, events: Events, group: Sequence[Entry]) -> Any:
    """The command behind these entries; None for acts on the order itself."""
    request = (group[0].request or "").split(":")
    if group[0].actor_role == Role.PLATFORM.value and len(request) > 1:
        command = BY_THE_WORKER.get(request[1])
        if command is not None:
            return command(int(request[-1]))
    if any(_withdrawn(event) for event in events):
        return asked.WithdrawDispute()
    build = BUILT.get(type(events[0]))
    return build(file, events) if build else None


def _withdrawn(event: Any) -> bool:
    return isinstance(event, happened.DisputeClosed) and event.outcome is Outcome.WITHDRAWN


def _of(events: Events, kind: type) -> Any:
    return next((event for event in events if isinstance(event, kind)), None)


def _words(ref: TextRef | None) -> Any:
    return Kept(ref) if ref is not None else None


def _terms(terms: Terms) -> asked.NewTerms:
    return asked.NewTerms(terms.kind, terms.refund, terms.return_freight, _words(terms.note))


def _files(events: Events) -> tuple[Upload, ...]:
    submitted = _of(events, happened.EvidenceSubmitted)
    return tuple(_upload(one) for one in submitted.exhibits) if submitted else ()


def _upload(one: Exhibit) -> Upload:
    return Upload(
        one.sha256,
        one.size,
        one.media_type,
        _words(one.name),
        one.kind,
        _words(one.shows),
        one.received_at,
        one.platform_only,
    )


def _opened(_: CaseFile, events: Events) -> asked.OpenDispute:
    opened, plan = events[0], _of(events, happened.PlanProposed)
    return asked.OpenDispute(
        dispute_id=opened.dispute_id,
        number=opened.number,
        reason=opened.reason,
        subcase=opened.subcase,
        kind=plan.terms.kind,
        items=opened.items,
        return_freight=plan.terms.return_freight,
        description=_words(opened.description),
        wanted=_words(opened.wanted),
        evidence=_files(events),
    )


def _accepted(file: CaseFile, events: Events) -> asked.AcceptPlan:
    accepted, agreed = events[0], _of(events, happened.ReturnAgreed)
    named = agreed is not None and agreed.leg.address_confirmed_at is not None
    address = _words(agreed.leg.address) if named else None
    return asked.AcceptPlan(accepted.plan, accepted.version, address)


def _refused(_: CaseFile, events: Events) -> asked.RefuseAndPropose:
    plan = _of(events, happened.PlanProposed)
    return asked.RefuseAndPropose(_terms(plan.terms), _files(events))


def _changed(_: CaseFile, events: Events) -> Any:
    changed = events[0]
    return asked.ChangePlan(changed.plan, changed.version - 1, _terms(changed.terms))


def _ruled(_: CaseFile, events: Events) -> Any:
    """A plan or an award of a specialist that followed the rulebook."""
    award = _of(events, happened.AwardIssued)
    if award is not None:
        return asked.IssueAward(_terms(award.terms))
    plan = _of(events, happened.PlanProposed) or _of(events, happened.PlanChanged)
    return asked.ProposePlatformPlan(_terms(plan.terms))


def _departed(_: CaseFile, events: Events) -> Any:
    departure = events[0].departure
    command = asked.IssueAward if departure.deed is Deed.AWARD else asked.ProposePlatformPlan
    return command(_terms(departure.terms), _words(departure.reasons))


def _found(_: CaseFile, events: Events) -> asked.RecordFinding:
    finding = events[0].finding
    return asked.RecordFinding(
        finding.fact, finding.value, finding.exhibits, _words(finding.reasons)
    )


def _extended(_: CaseFile, events: Events) -> asked.GiveBackOutage:
    one = events[0]
    return asked.GiveBackOutage(one.outage_id, one.outage_from, one.outage_until)


def _unagreed(_: CaseFile, events: Events) -> asked.RecordUnagreedReturn:
    one = events[0]
    return asked.RecordUnagreedReturn(one.carrier, one.waybill, _words(one.reasons), _files(events))


def _message(_: CaseFile, events: Events) -> asked.PostMessage:
    one = events[0]
    return asked.PostMessage(_words(one.text), one.tag, one.language, one.reply_to, _files(events))


def _outside(_: CaseFile, events: Events) -> asked.FileOutside:
    """Files that came with it are new exhibits; the others were there."""
    one, files = events[0].outside, _files(events)
    there = one.exhibits[: len(one.exhibits) - len(files)]
    summary = _words(one.summary)
    return asked.FileOutside(one.channel, summary, one.happened_at, files, there, one.mail)


def _amending(_: CaseFile, events: Events) -> ordered.ProposeAmendment:
    one = events[0].amendment
    return ordered.ProposeAmendment(
        _words(one.note),
        one.shipping_service,
        one.promise_days,
        _words(one.delivery_address),
        _words(one.delivery_place),
    )


def _written(_: CaseFile, events: Events) -> ordered.WriteMessage:
    one = events[0]
    files = tuple(_upload(file) for file in one.attachments or ())
    return ordered.WriteMessage(_words(one.text), one.tag, one.language, one.reply_to, files)


def _plainly(build: Callable[[Any], Any]) -> Callable[[CaseFile, Events], Any]:
    return lambda file, events: build(events[0])


REBUILT_TALK: dict[type, Callable[[CaseFile, Events], Any]] = {
    moved.MessageWritten: _written,
    moved.AmendmentProposed: _amending,
    moved.AmendmentAccepted: _plainly(lambda one: ordered.AcceptAmendment(one.number)),
    moved.AmendmentDeclined: _plainly(lambda one: ordered.DeclineAmendment(one.number)),
    moved.HoldPlaced: _plainly(
        lambda one: ordered.PlaceHold(_words(one.hold.claim), one.hold.review_at)
    ),
    moved.HoldLifted: _plainly(lambda one: ordered.LiftHold(_words(one.reasons))),
    moved.DeletionAnnounced: _plainly(lambda one: ordered.AnnounceDeletion(one.delete_after)),
    moved.MaterialPurged: _plainly(
        lambda one: ordered.PurgeMaterial(one.why, one.texts, one.files)
    ),
}
BUILT: dict[type, Callable[[CaseFile, Events], Any]] = {
    happened.DisputeOpened: _opened,
    happened.PlanAccepted: _accepted,
    happened.RequestRefused: _refused,
    happened.PlanProposed: _plainly(lambda one: asked.ProposePlan(_terms(one.terms))),
    happened.PlanChanged: _changed,
    happened.PlanWithdrawn: _plainly(lambda one: asked.WithdrawPlan(one.plan)),
    happened.MessagePosted: _message,
    happened.EvidenceRedacted: _plainly(lambda one: asked.RedactEvidence(one.exhibit, one.copy)),
    happened.OutsideFiled: _outside,
    happened.OutsideConfirmed: _plainly(lambda one: asked.ConfirmOutside(one.number)),
    happened.OutsideContested: _plainly(
        lambda one: asked.ContestOutside(one.number, _words(one.reasons))
    ),
    happened.EvidenceSubmitted: lambda file, events: asked.AddEvidence(_files(events)),
    happened.EvidenceWithdrawn: _plainly(
        lambda one: asked.WithdrawEvidence(one.exhibit, _words(one.reasons))
    ),
    happened.EvidenceNamed: _plainly(lambda one: asked.NameEvidence(one.exhibit, one.kind)),
    happened.FactStated: _plainly(
        lambda one: asked.StateFact(one.statement.fact, one.statement.value)
    ),
    happened.FindingRecorded: _found,
    happened.ReasonChanged: _plainly(lambda one: asked.ChangeReason(one.reason, one.subcase)),
    happened.UnagreedReturnRecorded: _unagreed,
    happened.CaseAssigned: _plainly(lambda one: asked.AssignCase(one.specialist_id)),
    happened.PlatformSteppedIn: _plainly(lambda one: asked.StepIn()),
    happened.PlatformEnteredReturn: _plainly(lambda one: asked.StepIn()),
    happened.RulingRecorded: _ruled,
    happened.DepartureProposed: _departed,
    happened.DepartureConfirmed: _plainly(lambda one: asked.ConfirmDeparture()),
    happened.DepartureDropped: _plainly(lambda one: asked.DropDeparture()),
    happened.ReturnShipped: _plainly(
        lambda one: asked.EnterReturnWaybill(one.carrier, one.waybill)
    ),
    happened.ReturnWaybillCorrected: _plainly(
        lambda one: asked.CorrectReturnWaybill(one.carrier, one.waybill)
    ),
    happened.ReturnAddressConfirmed: _plainly(
        lambda one: asked.ConfirmReturnAddress(_words(one.address))
    ),
    happened.ReturnConfirmed: _plainly(lambda one: asked.ConfirmReturn()),
    happened.ReturnEscalated: lambda file, events: asked.EscalateReturn(
        _words(events[0].reasons), _files(events)
    ),
    happened.EscalationWithdrawn: _plainly(lambda one: asked.WithdrawEscalation()),
    common.ClockExtended: _extended,
    **REBUILT_TALK,
    moved.ParcelReported: _plainly(lambda one: ordered.ReportParcel(one.report, one.scans)),
    moved.WaybillReplaced: _plainly(
        lambda one: ordered.ReplaceWaybill(one.parcel, one.carrier, one.waybill)
    ),
    moved.TransferNumberAdded: _plainly(
        lambda one: ordered.AddTransferNumber(one.parcel, one.carrier, one.waybill)
    ),
    moved.NudgeIssued: _plainly(
        lambda one: ordered.IssueNudge(one.kind, one.to, one.parcel, one.scans, one.sent)
    ),
}
