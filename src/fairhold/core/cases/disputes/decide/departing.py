"""Plans and awards that depart from the rulebook: recorded reasons, and a second person.

Inside what a clause leaves to a specialist nobody departs. Outside of it one person cannot decide
alone, however good the reasons are.
"""

from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes import events as happened
from fairhold.core.cases.disputes.closing import Events
from fairhold.core.cases.disputes.inquiry import Inquiry, conforms
from fairhold.core.cases.disputes.state import Deed, Departure, Dispute, Terms
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import Sentence, Word, sentence
from fairhold.core.values.words import Words


def departs(file: CaseFile, asks: Inquiry, deed: Deed, terms: Terms) -> bool:
    """Whether these terms are another decision than the rulebook's.

    An award of the standing plan stands on what the plan stood on, as long as that has not changed.
    """
    if conforms(asks, terms):
        return False
    dispute = file.the_dispute
    plans = dispute.standing(Role.PLATFORM)
    same = deed is Deed.AWARD and plans and _give_the_same(plans[0].terms, terms)
    return not (same and _stands_on(dispute, asks))


def _give_the_same(one: Terms, other: Terms) -> bool:
    parts = ((each.kind, each.refund, each.return_freight) for each in (one, other))
    return len(set(parts)) == 1


def _stands_on(dispute: Dispute, asks: Inquiry) -> bool:
    """Whether the rulebook still leads where it led when the plan was put up."""
    ruled, found = dispute.ruled, asks.result
    return ruled is not None and (
        ruled.status,
        ruled.decision,
        ruled.refund_minor,
        ruled.refund_after_return_minor,
    ) == (
        asks.ruling.status.value,
        found.decision,
        found.refund_minor,
        found.refund_after_return_minor,
    )


def departing(
    asks: Inquiry, deed: Deed, terms: Terms, reasons: Words | None, moment: Moment
) -> Events | Refusal:
    """The departure on record, waiting for a second person.

    Refuses: no reasons.
    """
    if reasons is None or not reasons.text.strip():
        return _unexplained(asks)
    departure = Departure(deed, terms, reasons.sealed(), moment.actor.id, moment.now)
    return (happened.DepartureProposed(departure),)


def _unexplained(asks: Inquiry) -> Refusal:
    standing = ", ".join(clause.id for clause in asks.ruling.deciding)
    return Refusal(
        Code.DEPARTURE_UNEXPLAINED,
        _leads_to(asks, standing),
        _what_now(asks),
        clause="award_reasons",
        field="departs",
        details={
            "decision": asks.result.decision if asks.decided else None,
            "refund_minor": asks.result.refund_minor if asks.decided else None,
            "missing": [one.name for one in asks.wanted],
        },
    )


def _leads_to(asks: Inquiry, standing: str) -> Sentence:
    if not standing:
        return sentence("The rulebook leads to no decision yet; this is another decision.")
    return sentence(
        "The rulebook leads to “{decision}” by {clauses}; this is another decision.",
        decision=Word(asks.result.decision or ""),
        clauses=standing,
    )


def _what_now(asks: Inquiry) -> Sentence:
    if not asks.wanted:
        return sentence(
            "Follow it, or say why this case needs another decision; a second person then has to "
            "agree."
        )
    return sentence(
        "Establish what is missing, or say why this case needs another decision; a second person "
        "then has to agree."
    )


def second_person(file: CaseFile, moment: Moment) -> Departure | Refusal:
    """The departure that this person may stand for.

    Refuses: none there, or one's own.
    """
    departure = file.the_dispute.departure
    if departure is None:
        why = sentence("No departure from the rulebook waits in this dispute.")
        return Refusal(Code.NO_DEPARTURE, why, "Nothing needs to be done.")
    if departure.by == moment.actor.id:
        return Refusal(
            Code.SECOND_PERSON_NEEDED,
            "You wrote this departure yourself.",
            "Ask another specialist or an operator to read and confirm it.",
            clause="award_reasons",
        )
    return departure


def drop(file: CaseFile, _: asked.DropDeparture, moment: Moment) -> Events | Refusal:
    """The departure is not put up; whoever wrote it may take it back too.

    Refuses: none there.
    """
    if file.the_dispute.departure is None:
        why = sentence("No departure from the rulebook waits in this dispute.")
        return Refusal(Code.NO_DEPARTURE, why, "Nothing needs to be done.")
    return (happened.DepartureDropped(),)
