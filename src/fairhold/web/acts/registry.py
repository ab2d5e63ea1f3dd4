"""Every act a page offers: its form, its words, the command it becomes. Data, read by one view."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from fairhold.adapters.ids import words
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Kind, Reason, Subcase
from fairhold.core.ledger.settlements import Refund
from fairhold.core.rules.vocabulary import Kind as FactKind
from fairhold.core.values.roles import Role
from fairhold.flow.desk import Desk
from fairhold.flow.intake.findings import value_of
from fairhold.flow.query import View
from fairhold.web.acts import desk_forms, effects, forms

Cleaned = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Making:
    """What a command is made from: the desk, the view, the act's target, the kept files."""

    desk: Desk
    view: View
    target: str
    files: tuple[Any, ...]

    def words(self, text: str) -> Any:
        """A text with its id and salt."""
        return words(self.desk.ids, text)

    def called(self, kind: str | None) -> tuple[Any, ...]:
        """The kept files, all called by one kind of evidence."""
        return tuple(replace(one, kind=kind or None) for one in self.files)

    def number(self) -> int:
        """The target as the number of an exhibit; no exhibit has the number 0."""
        return int(self.target) if self.target.isascii() and self.target.isdigit() else 0

    def terms(self, cleaned: Cleaned) -> asked.NewTerms:
        """The terms out of a form."""
        kind = Kind(cleaned["kind"])
        payer = Role(cleaned["return_freight"]) if kind is Kind.RETURN_AND_REFUND else None
        note = self.words(cleaned["note"]) if cleaned["note"] else None
        return asked.NewTerms(kind, Refund(cleaned["goods"], cleaned["freight"]), payer, note)


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `direct` acts need no page to check them: they bind nobody and move no money."""

    command: type
    form: type[forms.ActForm]
    title: str
    button: str
    build: Callable[[Making, Cleaned], Any]
    leads_to: Callable[[View, str, Cleaned], list[str]]
    direct: bool = False


def _open(make: Making, cleaned: Cleaned) -> asked.OpenDispute:
    kind = Kind(cleaned["kind"])
    reason = Reason(cleaned["reason"])
    unlike = reason is Reason.NOT_AS_AGREED
    return asked.OpenDispute(
        dispute_id=make.desk.ids.new(),
        number=make.desk.ids.number(),
        reason=reason,
        subcase=Subcase(cleaned["subcase"]) if unlike else Subcase.NONE,
        kind=kind,
        items=effects.items_of(cleaned),
        return_freight=Role(cleaned["return_freight"]) if kind is Kind.RETURN_AND_REFUND else None,
        description=make.words(cleaned["description"]),
        wanted=make.words(cleaned["wanted"]),
        evidence=make.files,
    )


def _accept(make: Making, cleaned: Cleaned) -> asked.AcceptPlan:
    address = cleaned.get("return_address")
    return asked.AcceptPlan(
        make.target, cleaned["version"], make.words(address) if address else None
    )


def _finding(make: Making, cleaned: Cleaned) -> asked.RecordFinding:
    fact = make.target.replace("-", ".")
    book = make.desk.shelf.book(make.view.file.the_order.book)
    typed = {"true": True, "false": False}
    value = cleaned["value"]
    if book.facts[fact].kind is FactKind.BOOL:
        value = typed[value]
    return asked.RecordFinding(
        fact=fact,
        value=value_of(book, fact, value),
        exhibits=tuple(sorted(int(one) for one in cleaned["exhibits"])),
        reasons=make.words(cleaned["reasons"]),
    )


OPEN = Act(asked.OpenDispute, forms.FilingForm, "Open a dispute", "Send", _open, effects.filing)

ACTS: dict[str, Act] = {
    "accept": Act(
        asked.AcceptPlan,
        forms.AcceptForm,
        "Accept this plan",
        "Accept this plan",
        _accept,
        effects.accepting,
    ),
    "refuse": Act(
        asked.RefuseAndPropose,
        forms.RefuseForm,
        "Refuse and propose a plan",
        "Send the answer",
        lambda make, cleaned: asked.RefuseAndPropose(make.terms(cleaned), make.files),
        effects.refusing,
    ),
    "propose": Act(
        asked.ProposePlan,
        forms.TermsForm,
        "Propose another plan",
        "Propose this plan",
        lambda make, cleaned: asked.ProposePlan(make.terms(cleaned)),
        effects.terms,
    ),
    "change": Act(
        asked.ChangePlan,
        forms.ChangeForm,
        "Change your plan",
        "Change the plan",
        lambda make, cleaned: asked.ChangePlan(
            make.target, cleaned["version"], make.terms(cleaned)
        ),
        effects.terms,
    ),
    "withdraw-plan": Act(
        asked.WithdrawPlan,
        forms.ActForm,
        "Withdraw this plan",
        "Withdraw the plan",
        lambda make, _: asked.WithdrawPlan(make.target),
        effects.says("The plan leaves the table. It stays in the history."),
    ),
    "message": Act(
        asked.PostMessage,
        forms.MessageForm,
        "Write a message",
        "Send the message",
        lambda make, cleaned: asked.PostMessage(make.words(cleaned["text"])),
        effects.nothing,
        direct=True,
    ),
    "evidence": Act(
        asked.AddEvidence,
        forms.EvidenceForm,
        "Add evidence",
        "Submit the files",
        lambda make, cleaned: asked.AddEvidence(make.called(cleaned.get("kind"))),
        effects.nothing,
        direct=True,
    ),
    "withdraw-evidence": Act(
        asked.WithdrawEvidence,
        forms.ActForm,
        "Withdraw this file",
        "Withdraw the file",
        lambda make, _: asked.WithdrawEvidence(make.number()),
        effects.says("The file stays on record, marked as withdrawn."),
    ),
    "reason": Act(
        asked.ChangeReason,
        forms.ReasonForm,
        "Change the reason",
        "Change the reason",
        lambda make, cleaned: asked.ChangeReason(
            Reason(cleaned["reason"]), Subcase(cleaned["subcase"])
        ),
        effects.says("Both sides and the platform see the change."),
    ),
    "withdraw": Act(
        asked.WithdrawDispute,
        forms.ActForm,
        "Withdraw the dispute",
        "Withdraw the dispute",
        lambda make, _: asked.WithdrawDispute(),
        effects.giving_up,
    ),
    "unagreed-return": Act(
        asked.RecordUnagreedReturn,
        forms.UnagreedForm,
        "Record a return nobody agreed to",
        "Put it on record",
        lambda make, cleaned: asked.RecordUnagreedReturn(
            cleaned["carrier"], cleaned["waybill"], make.words(cleaned["reasons"]), make.files
        ),
        effects.says("It goes on record. It starts no return and moves no money by itself."),
    ),
    "waybill": Act(
        asked.EnterReturnWaybill,
        forms.WaybillForm,
        "Enter the waybill of the return",
        "Save the waybill",
        lambda make, cleaned: asked.EnterReturnWaybill(cleaned["carrier"], cleaned["waybill"]),
        effects.says("The seller’s time to confirm the return begins now."),
    ),
    "correct-waybill": Act(
        asked.CorrectReturnWaybill,
        forms.CorrectedWaybillForm,
        "Correct the waybill of the return",
        "Save the waybill",
        lambda make, cleaned: asked.CorrectReturnWaybill(cleaned["carrier"], cleaned["waybill"]),
        effects.says("The seller’s time to confirm the return begins anew."),
    ),
    "return-address": Act(
        asked.ConfirmReturnAddress,
        forms.ReturnAddressForm,
        "Confirm the return address",
        "Confirm the address",
        lambda make, cleaned: asked.ConfirmReturnAddress(
            make.words(cleaned["changed_address"]) if cleaned["changed_address"] else None
        ),
        effects.addressing,
    ),
    "confirm-return": Act(
        asked.ConfirmReturn,
        forms.ActForm,
        "Confirm the return and refund",
        "Confirm and refund",
        lambda make, _: asked.ConfirmReturn(),
        effects.confirming,
    ),
    "escalate": Act(
        asked.EscalateReturn,
        forms.EscalateForm,
        "Ask the platform to decide about the return",
        "Ask the platform to decide",
        lambda make, cleaned: asked.EscalateReturn(make.words(cleaned["reasons"]), make.files),
        effects.says(
            "The automatic refund stops. The platform takes up the return within two working days.",
            "You can withdraw the escalation until the platform has decided.",
        ),
    ),
    "withdraw-escalation": Act(
        asked.WithdrawEscalation,
        forms.ActForm,
        "Withdraw the escalation",
        "Withdraw the escalation",
        lambda make, _: asked.WithdrawEscalation(),
        effects.says(
            "Your first thirty days run again from the day the goods were sent.",
            "If they are over already, the refund runs at once.",
        ),
    ),
    "assign": Act(
        asked.AssignCase,
        forms.ActForm,
        "Assign the case to me",
        "Assign to me",
        lambda make, _: asked.AssignCase(make.view.viewer.actor.id),
        effects.nothing,
        direct=True,
    ),
    "step-in": Act(
        asked.StepIn,
        forms.ActForm,
        "Take up the case",
        "Take up the case",
        lambda make, _: asked.StepIn(),
        effects.says("Both sides are told that the platform is in the case."),
    ),
    "platform-plan": Act(
        asked.ProposePlatformPlan,
        desk_forms.ReasonedTermsForm,
        "Propose the platform’s plan",
        "Propose to both sides",
        lambda make, cleaned: asked.ProposePlatformPlan(make.terms(cleaned)),
        effects.terms,
    ),
    "finding": Act(
        asked.RecordFinding,
        desk_forms.FindingForm,
        "Establish a fact",
        "Record the finding",
        _finding,
        effects.says("Both sides read the finding. The rulebook is asked again with it."),
    ),
    "award": Act(
        asked.IssueAward,
        desk_forms.ReasonedTermsForm,
        "Decide the case",
        "Issue the decision",
        lambda make, cleaned: asked.IssueAward(make.terms(cleaned)),
        effects.awarding,
    ),
}
