"""The history in words, the part about facts: findings, statements, proof, rulings, departures."""

from fairhold.core.cases.disputes import events as dispute
from fairhold.core.cases.orders import events as order
from fairhold.core.journal.chain import Entry
from fairhold.core.values.roles import PARTIES, Role
from fairhold.flow.teller import Sentence, Teller, addressed, plain, spoken, when


def _fact(name: str) -> str:
    return name.replace(".", ", ").replace("_", " ")


def _found(value: str) -> str:
    words = {"true": "so", "false": "not so", "null": "nothing"}
    return words.get(value, value.strip('"').replace("_", " "))


def _over(exhibits: tuple[int, ...]) -> str:
    return f" (over {', '.join(f'E{one}' for one in exhibits)})" if exhibits else ""


def _documents(event: dispute.ProofRequested) -> str:
    joined = " and " if event.all_needed else " or "
    return joined.join(one.replace("_", " ") for one in event.documents)


def _ruling(event: dispute.RulingRecorded, _: Entry, teller: Teller) -> str:
    record = event.record
    clauses = ", ".join(one.id for one in record.clauses if not one.adds)
    if record.status != "decided" or not clauses:
        return "The rulebook leads to no decision by the facts on file"
    refund = (
        record.refund_after_return_minor if record.refund_minor is None else record.refund_minor
    )
    money = f", {teller.money(refund)} to the buyer" if refund is not None else ""
    return f"The rulebook leads to “{spoken(record.decision or '')}” by {clauses}{money}"


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


def _departure(event: dispute.DepartureProposed, _: Entry, teller: Teller) -> str:
    terms = teller.terms(event.departure.terms)
    return f"A decision that departs from the rulebook waits for a second person: {terms}"


INQUIRY_SENTENCES: dict[type, tuple[Sentence, str]] = {
    dispute.FindingRecorded: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} found a fact: {_fact(event.finding.fact)} is "
            f"{_found(event.finding.value)}" + _over(event.finding.exhibits)
        ),
        "decisions",
    ),
    dispute.FactStated: (
        lambda event, _, teller: (
            f"{teller.who(event.statement.side)} said: {_fact(event.statement.fact)} is "
            f"{_found(event.statement.value)}"
        ),
        "evidence",
    ),
    dispute.EvidenceNamed: (
        lambda event, entry, teller: (
            f"{teller.who(entry.actor_role)} named E{event.exhibit}: {spoken(event.kind)}"
        ),
        "evidence",
    ),
    dispute.ProofRequested: (
        lambda event, _, teller: (
            f"The platform asks {addressed(event.party, teller)} for documents by "
            f"{when(event.due_at)}: {_documents(event)}"
        ),
        "evidence",
    ),
    dispute.ProofGiven: (
        lambda event, _, __: f"The documents asked for came in time ({spoken(event.name)})",
        "evidence",
    ),
    dispute.ProofLapsed: (
        lambda event, _, __: (
            f"The documents asked for did not come by {when(event.due_at)} ({spoken(event.name)})"
        ),
        "evidence",
    ),
    dispute.ProofNoLongerNeeded: (
        lambda event, _, __: f"The case no longer turns on these documents ({spoken(event.name)})",
        "evidence",
    ),
    dispute.RulingRecorded: (_ruling, "decisions"),
    dispute.DepartureProposed: (_departure, "decisions"),
    dispute.DepartureConfirmed: (plain("A second person agreed to it"), "decisions"),
    dispute.DepartureDropped: (
        plain("The decision that departs from the rulebook was not put up"),
        "decisions",
    ),
}
