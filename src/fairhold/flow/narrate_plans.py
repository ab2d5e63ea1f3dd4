"""The history in words: plans, their acceptance, and the award."""

from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes import events as dispute
from fairhold.core.journal.chain import Entry
from fairhold.flow.teller import Sentence, Teller, Told, acts

# By whose plan it is; whoever reads is told of “your plan”.
ACCEPTED: dict[str, Told] = {
    "buyer": (
        _("You accepted the buyer's plan, version {version}"),
        _("{side} accepted the buyer's plan, version {version}"),
    ),
    "seller": (
        _("You accepted the seller's plan, version {version}"),
        _("{side} accepted the seller's plan, version {version}"),
    ),
    "platform": (
        _("You accepted the platform's plan, version {version}"),
        _("{side} accepted the platform's plan, version {version}"),
    ),
    "yours": (
        _("You accepted your plan, version {version}"),
        _("{side} accepted your plan, version {version}"),
    ),
}


def _proposed(event: dispute.PlanProposed, entry: Entry, teller: Teller) -> str:
    told = (_("You proposed a plan: {terms}"), _("{side} proposed a plan: {terms}"))
    return teller.told(event.side, told, terms=teller.terms(event.terms))


def _changed(event: dispute.PlanChanged, entry: Entry, teller: Teller) -> str:
    told = (
        _("You changed a plan, now version {version}: {terms}"),
        _("{side} changed a plan, now version {version}: {terms}"),
    )
    return teller.told(event.side, told, version=event.version, terms=teller.terms(event.terms))


def _withdrawn(event: dispute.PlanWithdrawn, entry: Entry, teller: Teller) -> str:
    told = (_("You withdrew a plan ({plan})"), _("{side} withdrew a plan ({plan})"))
    return teller.told(event.side, told, plan=event.plan)


def _accepted(event: dispute.PlanAccepted, entry: Entry, teller: Teller) -> str:
    owner = event.plan.split("-")[0]
    told = ACCEPTED["yours" if teller.mine(owner) else owner]
    return teller.told(event.side, told, version=event.version)


def _awarded(event: dispute.AwardIssued, entry: Entry, teller: Teller) -> str:
    told = str(_("The platform decided: {terms}"))
    if event.by_default:
        told = str(
            _(
                "The platform decided: {terms}. Its standing plan became the decision by lapse "
                "of time"
            )
        )
    return told.format(terms=teller.terms(event.terms))


PLAN_SENTENCES: dict[type, tuple[Sentence, str]] = {
    dispute.PlanProposed: (_proposed, "plans"),
    dispute.PlanChanged: (_changed, "plans"),
    dispute.PlanWithdrawn: (_withdrawn, "plans"),
    dispute.RequestRefused: (
        acts(_("You refused the buyer's request"), _("{side} refused the buyer's request")),
        "plans",
    ),
    dispute.PlanAccepted: (_accepted, "plans"),
    dispute.AwardIssued: (_awarded, "decisions"),
}
