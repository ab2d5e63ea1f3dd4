"""Every act a page offers: its form, its words, the command it becomes. Data, read by one view."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fairhold.adapters.ids import words
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase
from fairhold.core.ledger.settlements import Refund
from fairhold.core.values.money import Money
from fairhold.core.values.roles import Role
from fairhold.flow.desk import Desk
from fairhold.flow.query import View
from fairhold.web.acts import forms
from fairhold.web.cards import seller_gets

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
    effects: Callable[[View, str, Cleaned], list[str]]
    direct: bool = False


def _nothing(_: View, __: str, ___: Cleaned) -> list[str]:
    return []


def _says(*lines: str) -> Callable[[View, str, Cleaned], list[str]]:
    return lambda view, target, cleaned: list(lines)


def _accepting(view: View, target: str, _: Cleaned) -> list[str]:
    """What acceptance leads to: the split, and whether it ends the dispute."""
    dispute, currency = view.file.the_dispute, view.file.the_order.agreement.currency
    plan = dispute.plan(target)
    if plan is None:
        return []
    refund = Money(plan.terms.refund.total_minor, currency)
    seller = Money(seller_gets(view, plan.terms), currency)
    both = {plan.side, *plan.accepted_by, view.viewer.role} >= {Role.BUYER, Role.SELLER}
    if not both:
        return [
            f"You accept version {plan.version}: {refund} to the buyer, {seller} to the seller.",
            "It is carried out when the other side accepts it too.",
        ]
    if plan.terms.kind is Kind.RETURN_AND_REFUND:
        days = view.process.clocks["buyer_return"].span
        return [
            f"You accept version {plan.version}: after the return, {refund} to the buyer.",
            f"Negotiation ends. The buyer has {days} to send the goods back.",
        ]
    return [
        f"You accept version {plan.version}: {refund} to the buyer, {seller} to the seller.",
        "This ends the dispute. It cannot be undone.",
    ]


def _terms(view: View, _: str, cleaned: Cleaned) -> list[str]:
    currency = view.file.the_order.agreement.currency
    total = Money(cleaned["goods"] + cleaned["freight"], currency)
    if cleaned["kind"] == Kind.REFUND_ONLY.value:
        return [f"Refund of {total}. The buyer keeps the goods."]
    return [
        f"Refund of {total} after the goods have come back.",
        f"The {cleaned['return_freight']} pays the return freight.",
    ]


def _refusing(view: View, target: str, cleaned: Cleaned) -> list[str]:
    return [
        *_terms(view, target, cleaned),
        "Your answer stops the clock of the automatic refund.",
        f"Without agreement the platform steps in within "
        f"{view.process.clocks['platform_entry'].span} of the filing.",
    ]


def _awarding(view: View, target: str, cleaned: Cleaned) -> list[str]:
    last = "This ends the dispute. It cannot be undone."
    if cleaned["kind"] == Kind.RETURN_AND_REFUND.value:
        last = "Negotiation ends; the return begins."
    return [*_terms(view, target, cleaned), last]


def _giving_up(view: View, _: str, __: Cleaned) -> list[str]:
    held = Money(view.file.balances.held, view.file.the_order.agreement.currency)
    return [
        f"You get no refund. What is held, {held}, goes to the seller.",
        "This ends the dispute.",
    ]


def _confirming(view: View, _: str, __: Cleaned) -> list[str]:
    leg, currency = view.file.the_dispute.leg, view.file.the_order.agreement.currency
    refund = Money(leg.terms.refund.total_minor if leg else 0, currency)
    return [
        f"The goods are back and in order: {refund} is refunded to the buyer now.",
        "This ends the dispute. It cannot be undone.",
    ]


def _filing(view: View, _: str, cleaned: Cleaned) -> list[str]:
    currency = view.file.the_order.agreement.currency
    total = sum(item.amount_minor for item in items_of(cleaned))
    return [
        f"You ask for {Money(total, currency)}. The money stays held meanwhile.",
        f"The seller has {view.process.clocks['seller_response'].span} to answer; "
        "if nothing comes, your request is carried out.",
    ]


def items_of(cleaned: Cleaned) -> tuple[Item, ...]:
    """The items of a filing out of its form."""
    items = [
        Item(amount, line=int(name.removeprefix("line_")))
        for name, amount in cleaned.items()
        if name.startswith("line_") and amount
    ]
    freight = cleaned.get("freight") or 0
    return tuple([*items, Item(freight)] if freight else items)


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
        items=items_of(cleaned),
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


OPEN = Act(asked.OpenDispute, forms.FilingForm, "Open a dispute", "Send", _open, _filing)

ACTS: dict[str, Act] = {
    "accept": Act(
        asked.AcceptPlan,
        forms.AcceptForm,
        "Accept this plan",
        "Accept this plan",
        _accept,
        _accepting,
    ),
    "refuse": Act(
        asked.RefuseAndPropose,
        forms.RefuseForm,
        "Refuse and propose a plan",
        "Send the answer",
        lambda make, cleaned: asked.RefuseAndPropose(make.terms(cleaned), make.files),
        _refusing,
    ),
    "propose": Act(
        asked.ProposePlan,
        forms.TermsForm,
        "Propose another plan",
        "Propose this plan",
        lambda make, cleaned: asked.ProposePlan(make.terms(cleaned)),
        _terms,
    ),
    "change": Act(
        asked.ChangePlan,
        forms.ChangeForm,
        "Change your plan",
        "Change the plan",
        lambda make, cleaned: asked.ChangePlan(
            make.target, cleaned["version"], make.terms(cleaned)
        ),
        _terms,
    ),
    "withdraw-plan": Act(
        asked.WithdrawPlan,
        forms.ActForm,
        "Withdraw this plan",
        "Withdraw the plan",
        lambda make, _: asked.WithdrawPlan(make.target),
        _says("The plan leaves the table. It stays in the history."),
    ),
    "message": Act(
        asked.PostMessage,
        forms.MessageForm,
        "Write a message",
        "Send the message",
        lambda make, cleaned: asked.PostMessage(make.words(cleaned["text"])),
        _nothing,
        direct=True,
    ),
    "evidence": Act(
        asked.AddEvidence,
        forms.EvidenceForm,
        "Add evidence",
        "Submit the files",
        lambda make, _: asked.AddEvidence(make.files),
        _nothing,
        direct=True,
    ),
    "withdraw-evidence": Act(
        asked.WithdrawEvidence,
        forms.ActForm,
        "Withdraw this file",
        "Withdraw the file",
        lambda make, _: asked.WithdrawEvidence(make.number()),
        _says("The file stays on record, marked as withdrawn."),
    ),
    "reason": Act(
        asked.ChangeReason,
        forms.ReasonForm,
        "Change the reason",
        "Change the reason",
        lambda make, cleaned: asked.ChangeReason(
            Reason(cleaned["reason"]), Subcase(cleaned["subcase"])
        ),
        _says("Both sides and the platform see the change."),
    ),
    "withdraw": Act(
        asked.WithdrawDispute,
        forms.ActForm,
        "Withdraw the dispute",
        "Withdraw the dispute",
        lambda make, _: asked.WithdrawDispute(),
        _giving_up,
    ),
    "unagreed-return": Act(
        asked.RecordUnagreedReturn,
        forms.UnagreedForm,
        "Record a return nobody agreed to",
        "Put it on record",
        lambda make, cleaned: asked.RecordUnagreedReturn(
            cleaned["carrier"], cleaned["waybill"], make.words(cleaned["reasons"]), make.files
        ),
        _says("It goes on record. It starts no return and moves no money by itself."),
    ),
    "waybill": Act(
        asked.EnterReturnWaybill,
        forms.WaybillForm,
        "Enter the waybill of the return",
        "Save the waybill",
        lambda make, cleaned: asked.EnterReturnWaybill(cleaned["carrier"], cleaned["waybill"]),
        _says("The seller’s time to confirm the return begins now."),
    ),
    "confirm-return": Act(
        asked.ConfirmReturn,
        forms.ActForm,
        "Confirm the return and refund",
        "Confirm and refund",
        lambda make, _: asked.ConfirmReturn(),
        _confirming,
    ),
    "escalate": Act(
        asked.EscalateReturn,
        forms.EscalateForm,
        "Ask the platform to decide about the return",
        "Ask the platform to decide",
        lambda make, cleaned: asked.EscalateReturn(make.words(cleaned["reasons"]), make.files),
        _says(
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
        _says(
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
        _nothing,
        direct=True,
    ),
    "step-in": Act(
        asked.StepIn,
        forms.ActForm,
        "Take up the case",
        "Take up the case",
        lambda make, _: asked.StepIn(),
        _says("Both sides are told that the platform is in the case."),
    ),
    "platform-plan": Act(
        asked.ProposePlatformPlan,
        forms.ReasonedTermsForm,
        "Propose the platform’s plan",
        "Propose to both sides",
        lambda make, cleaned: asked.ProposePlatformPlan(make.terms(cleaned)),
        _terms,
    ),
    "award": Act(
        asked.IssueAward,
        forms.ReasonedTermsForm,
        "Decide the case",
        "Issue the decision",
        lambda make, cleaned: asked.IssueAward(make.terms(cleaned)),
        _awarding,
    ),
}
