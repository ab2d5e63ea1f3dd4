"""The history in words, the part about facts: findings, statements, proof, rulings, departures."""

from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes import events as dispute
from fairhold.core.cases.orders import events as order
from fairhold.core.journal.chain import Entry
from fairhold.core.values.roles import PARTIES, Role
from fairhold.flow import speech
from fairhold.flow.labels import Labels
from fairhold.flow.teller import Addressed, Sentence, Teller, plain, when
from fairhold.flow.wordings import words_for

VALUES = Labels({"true": _("so"), "false": _("not so"), "null": _("nothing")})
ASKED: Addressed = {
    "you": _("The platform asks you for documents by {until}: {documents}"),
    "buyer": _("The platform asks the buyer for documents by {until}: {documents}"),
    "seller": _("The platform asks the seller for documents by {until}: {documents}"),
    "any": _("The platform asks for documents by {until}: {documents}. Asked: {side}"),
}


def _said(value: str) -> str:
    return VALUES.get(value) or words_for(value.strip('"'))


def _found(event: dispute.FindingRecorded, entry: Entry, teller: Teller) -> str:
    finding = event.finding
    told = (
        _("You found a fact: {fact}: {value}"),
        _("{side} found a fact: {fact}: {value}"),
    )
    if finding.exhibits:
        told = (
            _("You found a fact: {fact}: {value} (over {exhibits})"),
            _("{side} found a fact: {fact}: {value} (over {exhibits})"),
        )
    exhibits = ", ".join(f"E{one}" for one in finding.exhibits)
    fact, value = teller.fact(finding.fact), _said(finding.value)
    return teller.told(entry.actor_role, told, fact=fact, value=value, exhibits=exhibits)


def _stated(event: dispute.FactStated, entry: Entry, teller: Teller) -> str:
    stated = event.statement
    told = (_("You said: {fact}: {value}"), _("{side} said: {fact}: {value}"))
    return teller.told(stated.side, told, fact=teller.fact(stated.fact), value=_said(stated.value))


def _named(event: dispute.EvidenceNamed, entry: Entry, teller: Teller) -> str:
    told = (_("You named E{number}: {kind}"), _("{side} named E{number}: {kind}"))
    return teller.told(entry.actor_role, told, number=event.exhibit, kind=words_for(event.kind))


def _asked(event: dispute.ProofRequested, entry: Entry, teller: Teller) -> str:
    kinds = [words_for(one) for one in event.documents]
    documents = speech.listed(kinds) if event.all_needed else speech.one_of(kinds)
    return teller.to((event.party,), ASKED, until=when(event.due_at), documents=documents)


def _given(event: dispute.ProofGiven, entry: Entry, teller: Teller) -> str:
    told = str(_("The documents asked for came in time ({request})"))
    return told.format(request=words_for(event.name))


def _lapsed(event: dispute.ProofLapsed, entry: Entry, teller: Teller) -> str:
    told = str(_("The documents asked for did not come by {until} ({request})"))
    return told.format(until=when(event.due_at), request=words_for(event.name))


def _not_needed(event: dispute.ProofNoLongerNeeded, entry: Entry, teller: Teller) -> str:
    told = str(_("The case no longer turns on these documents ({request})"))
    return told.format(request=words_for(event.name))


def _ruling(event: dispute.RulingRecorded, entry: Entry, teller: Teller) -> str:
    record = event.record
    clauses = ", ".join(one.id for one in record.clauses if not one.adds)
    if record.status != "decided" or not clauses:
        return str(_("The rulebook leads to no decision by the facts on file"))
    refund = (
        record.refund_after_return_minor if record.refund_minor is None else record.refund_minor
    )
    decision = words_for(record.decision or "")
    if refund is None:
        told = str(_("The rulebook leads to “{decision}” by {clauses}"))
        return told.format(decision=decision, clauses=clauses)
    told = str(_("The rulebook leads to “{decision}” by {clauses}, {refund} to the buyer"))
    return told.format(decision=decision, clauses=clauses, refund=teller.money(refund))


# What the desk has not agreed on is nothing to the parties: the types of entries they do not see.
HUSHED = {
    dispute.DepartureProposed.__name__,
    dispute.DepartureDropped.__name__,
    order.HoldPlaced.__name__,
    order.HoldLifted.__name__,
}


def hushed(entry: Entry, viewer: Role) -> bool:
    """Whether an entry is kept from this viewer."""
    return entry.type in HUSHED and viewer in PARTIES


def _departure(event: dispute.DepartureProposed, entry: Entry, teller: Teller) -> str:
    told = str(_("A decision that departs from the rulebook waits for a second person: {terms}"))
    return told.format(terms=teller.terms(event.departure.terms))


INQUIRY_SENTENCES: dict[type, tuple[Sentence, str]] = {
    dispute.FindingRecorded: (_found, "decisions"),
    dispute.FactStated: (_stated, "evidence"),
    dispute.EvidenceNamed: (_named, "evidence"),
    dispute.ProofRequested: (_asked, "evidence"),
    dispute.ProofGiven: (_given, "evidence"),
    dispute.ProofLapsed: (_lapsed, "evidence"),
    dispute.ProofNoLongerNeeded: (_not_needed, "evidence"),
    dispute.RulingRecorded: (_ruling, "decisions"),
    dispute.DepartureProposed: (_departure, "decisions"),
    dispute.DepartureConfirmed: (plain(_("A second person agreed to it")), "decisions"),
    dispute.DepartureDropped: (
        plain(_("The decision that departs from the rulebook was not put up")),
        "decisions",
    ),
}
