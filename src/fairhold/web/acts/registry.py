"""Every act a page offers: its form, its words, the command it becomes. Data, read by one view."""

from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Kind, Reason, Subcase
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.rules.vocabulary import Kind as FactKind
from fairhold.core.values.roles import Role
from fairhold.flow.intake.findings import value_of
from fairhold.web.acts import desk_forms, effects, evidence_forms, forms, parcel_forms
from fairhold.web.acts.making import Act, Cleaned, Making
from fairhold.web.acts.talk import TALK_ACTS


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
        evidence=make.called(cleaned.get("evidence_kind")),
    )


def _accept(make: Making, cleaned: Cleaned) -> asked.AcceptPlan:
    address = cleaned.get("return_address")
    return asked.AcceptPlan(
        make.target, cleaned["version"], make.words(address) if address else None
    )


def _value(make: Making, cleaned: Cleaned) -> tuple[str, str]:
    """The fact that is meant, and the value that was typed, as canonical JSON."""
    fact = make.target.replace("-", ".")
    book = make.desk.shelf.book(make.view.file.the_order.book)
    typed = {"true": True, "false": False}
    value = cleaned["value"]
    if book.facts[fact].kind is FactKind.BOOL:
        value = typed[value]
    return fact, value_of(book, fact, value)


def _finding(make: Making, cleaned: Cleaned) -> asked.RecordFinding:
    fact, value = _value(make, cleaned)
    return asked.RecordFinding(
        fact=fact,
        value=value,
        exhibits=tuple(sorted(int(one) for one in cleaned["exhibits"])),
        reasons=make.words(cleaned["reasons"]),
    )


NEW_NUMBER = _("Both sides see it. The records under this number count from now on.")

OPEN = Act(
    asked.OpenDispute, forms.FilingForm, _("Open a dispute"), _("Send"), _open, effects.filing
)

ACTS: dict[str, Act] = {
    **TALK_ACTS,
    "accept": Act(
        asked.AcceptPlan,
        forms.AcceptForm,
        _("Accept this plan"),
        _("Accept this plan"),
        _accept,
        effects.accepting,
    ),
    "refuse": Act(
        asked.RefuseAndPropose,
        forms.RefuseForm,
        _("Refuse and propose a plan"),
        _("Send the answer"),
        lambda make, cleaned: asked.RefuseAndPropose(make.terms(cleaned), make.files),
        effects.refusing,
    ),
    "propose": Act(
        asked.ProposePlan,
        forms.TermsForm,
        _("Propose another plan"),
        _("Propose this plan"),
        lambda make, cleaned: asked.ProposePlan(make.terms(cleaned)),
        effects.beside_own,
    ),
    "change": Act(
        asked.ChangePlan,
        forms.ChangeForm,
        _("Change your plan"),
        _("Change the plan"),
        lambda make, cleaned: asked.ChangePlan(
            make.target, cleaned["version"], make.terms(cleaned)
        ),
        effects.beside_own,
    ),
    "withdraw-plan": Act(
        asked.WithdrawPlan,
        forms.ActForm,
        _("Withdraw this plan"),
        _("Withdraw the plan"),
        lambda make, _: asked.WithdrawPlan(make.target),
        effects.says(_("The plan leaves the table. It stays in the history.")),
    ),
    "evidence": Act(
        asked.AddEvidence,
        evidence_forms.EvidenceForm,
        _("Add evidence"),
        _("Submit the files"),
        lambda make, cleaned: asked.AddEvidence(make.described(cleaned)),
        effects.nothing,
        direct=True,
    ),
    "reason": Act(
        asked.ChangeReason,
        forms.ReasonForm,
        _("Change the reason"),
        _("Change the reason"),
        lambda make, cleaned: asked.ChangeReason(
            Reason(cleaned["reason"]), Subcase(cleaned["subcase"])
        ),
        effects.says(_("Both sides and the platform see the change.")),
    ),
    "withdraw": Act(
        asked.WithdrawDispute,
        forms.ActForm,
        _("Withdraw the dispute"),
        _("Withdraw the dispute"),
        lambda make, _: asked.WithdrawDispute(),
        effects.giving_up,
    ),
    "unagreed-return": Act(
        asked.RecordUnagreedReturn,
        parcel_forms.UnagreedForm,
        _("Record a return nobody agreed to"),
        _("Put it on record"),
        lambda make, cleaned: asked.RecordUnagreedReturn(
            cleaned["carrier"], cleaned["waybill"], make.words(cleaned["reasons"]), make.files
        ),
        effects.says(_("It goes on record. It starts no return and moves no money by itself.")),
    ),
    "waybill": Act(
        asked.EnterReturnWaybill,
        parcel_forms.WaybillForm,
        _("Enter the waybill of the return"),
        _("Save the waybill"),
        lambda make, cleaned: asked.EnterReturnWaybill(cleaned["carrier"], make.as_read(cleaned)),
        effects.numbering(_("The seller’s time to confirm the return begins now.")),
    ),
    "number": Act(
        ordered.ReplaceWaybill,
        parcel_forms.NumberForm,
        _("Correct the number of a parcel"),
        _("Save the number"),
        lambda make, cleaned: ordered.ReplaceWaybill(
            make.number(), cleaned["carrier"], make.as_read(cleaned)
        ),
        effects.numbering(NEW_NUMBER),
    ),
    "transfer-number": Act(
        ordered.AddTransferNumber,
        parcel_forms.NumberForm,
        _("Add a transfer number"),
        _("Add the number"),
        lambda make, cleaned: ordered.AddTransferNumber(
            make.number(), cleaned["carrier"], make.as_read(cleaned)
        ),
        effects.numbering(NEW_NUMBER),
    ),
    "correct-waybill": Act(
        asked.CorrectReturnWaybill,
        parcel_forms.CorrectedWaybillForm,
        _("Correct the waybill of the return"),
        _("Save the waybill"),
        lambda make, cleaned: asked.CorrectReturnWaybill(cleaned["carrier"], make.as_read(cleaned)),
        effects.numbering(_("The seller’s time to confirm the return begins anew.")),
    ),
    "return-address": Act(
        asked.ConfirmReturnAddress,
        parcel_forms.ReturnAddressForm,
        _("Confirm the return address"),
        _("Confirm the address"),
        lambda make, cleaned: asked.ConfirmReturnAddress(
            make.words(cleaned["changed_address"]) if cleaned["changed_address"] else None
        ),
        effects.addressing,
    ),
    "confirm-return": Act(
        asked.ConfirmReturn,
        forms.ActForm,
        _("Confirm the return and refund"),
        _("Confirm and refund"),
        lambda make, _: asked.ConfirmReturn(),
        effects.confirming,
    ),
    "escalate": Act(
        asked.EscalateReturn,
        parcel_forms.EscalateForm,
        _("Ask the platform to decide about the return"),
        _("Ask the platform to decide"),
        lambda make, cleaned: asked.EscalateReturn(make.words(cleaned["reasons"]), make.files),
        effects.says(
            _(
                "The automatic refund stops. The platform takes up the return within two "
                "working days."
            ),
            _("You can withdraw the escalation until the platform has decided."),
        ),
    ),
    "withdraw-escalation": Act(
        asked.WithdrawEscalation,
        forms.ActForm,
        _("Withdraw the escalation"),
        _("Withdraw the escalation"),
        lambda make, _: asked.WithdrawEscalation(),
        effects.says(
            _("Your first thirty days run again from the day the goods were sent."),
            _("If they are over already, the refund runs at once."),
        ),
    ),
    "assign": Act(
        asked.AssignCase,
        forms.ActForm,
        _("Assign the case to me"),
        _("Assign to me"),
        lambda make, _: asked.AssignCase(make.view.viewer.actor.id),
        effects.nothing,
        direct=True,
    ),
    "step-in": Act(
        asked.StepIn,
        forms.ActForm,
        _("Take up the case"),
        _("Take up the case"),
        lambda make, _: asked.StepIn(),
        effects.says(_("Both sides are told that the platform is in the case.")),
    ),
    "platform-plan": Act(
        asked.ProposePlatformPlan,
        desk_forms.ReasonedTermsForm,
        _("Propose the platform’s plan"),
        _("Propose to both sides"),
        lambda make, cleaned: asked.ProposePlatformPlan(make.terms(cleaned), make.departs(cleaned)),
        effects.ruling,
    ),
    "finding": Act(
        asked.RecordFinding,
        desk_forms.FindingForm,
        _("Establish a fact"),
        _("Record the finding"),
        _finding,
        effects.says(_("Both sides read the finding. The rulebook is asked again with it.")),
    ),
    "confirm-departure": Act(
        asked.ConfirmDeparture,
        forms.ActForm,
        _("Agree to a decision beside the rulebook"),
        _("Agree and put it up"),
        lambda make, _: asked.ConfirmDeparture(),
        effects.departing,
    ),
    "drop-departure": Act(
        asked.DropDeparture,
        forms.ActForm,
        _("Do not depart from the rulebook"),
        _("Take it off the table"),
        lambda make, _: asked.DropDeparture(),
        effects.says(_("Nothing is put up. The rulebook’s decision can be proposed.")),
    ),
    "prove": Act(
        asked.AddEvidence,
        evidence_forms.ProofForm,
        _("Answer the platform’s request"),
        _("Submit the files"),
        lambda make, cleaned: asked.AddEvidence(make.called(cleaned["kind"])),
        effects.proving,
    ),
    "name": Act(
        asked.NameEvidence,
        evidence_forms.NamingForm,
        _("Say what this file shows"),
        _("Save"),
        lambda make, cleaned: asked.NameEvidence(make.number(), cleaned["kind"]),
        effects.nothing,
        direct=True,
    ),
    "state": Act(
        asked.StateFact,
        desk_forms.FactForm,
        _("Say what you know"),
        _("Save"),
        lambda make, cleaned: asked.StateFact(*_value(make, cleaned)),
        effects.nothing,
        direct=True,
    ),
    "award": Act(
        asked.IssueAward,
        desk_forms.ReasonedTermsForm,
        _("Decide the case"),
        _("Issue the decision"),
        lambda make, cleaned: asked.IssueAward(make.terms(cleaned), make.departs(cleaned)),
        effects.awarding,
    ),
}
