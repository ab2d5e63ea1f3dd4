"""Step 7 of a question: the finding as the JSON of the contract.

Keys that do not apply are left out; a key that is not fixed yet is null.
"""

from fairhold.core.rules.answer import Result
from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import Window
from fairhold.core.rules.ruling import Status
from fairhold.core.rules.what_if import would_change
from fairhold.flow.adjudicate.by_procedure import (
    by_procedure,
    cited,
    operation,
    procedure,
    running,
)
from fairhold.flow.adjudicate.notes import worded
from fairhold.flow.adjudicate.question import Finding, Merits
from fairhold.flow.adjudicate.telling import Answer, as_asked, moment, money


def answer(book: Book, finding: Finding) -> Answer:
    """The decision as the contract words it."""
    if finding.tried is not None or by_procedure(finding):
        found = operation(finding) if finding.tried is not None else procedure(finding)
        worded(found, finding, cited(finding))
    else:
        found = _by_clauses(finding)
        _requests(found, finding.merits)
        worded(found, finding, None)
        _changes(found, finding, book)
    return {"id": finding.question.id, **found}


def _by_clauses(finding: Finding) -> Answer:
    """What the clauses decide, or what they wait for."""
    merits = finding.merits
    if merits.ruling.status is Status.DECIDED and merits.result.decision is not None:
        return _result(finding, merits.result)
    if merits.ruling.status is Status.CONFLICT:
        return {"decision": "platform_discretion", "liable_party": "undetermined"}
    return _waiting(finding)


def _result(finding: Finding, found: Result) -> Answer:
    told: Answer = {"decision": found.decision}
    for key, value in (
        ("liable_party", found.liable_party),
        ("funded_by", found.funded_by if (found.refund_minor or 0) > 0 else None),
        ("return_required", found.return_required),
        ("freight", found.freight or None),
        ("penalty", found.penalty),
    ):
        if value is not None:
            told[key] = value
    if found.money:
        told["refund_to_buyer"] = money(finding, found.refund_minor)
        told["release_to_seller"] = money(finding, found.release_minor)
        if found.range_minor is not None:
            told["refund_range"] = [money(finding, bound) for bound in found.range_minor]
        if found.refund_after_return_minor is not None:
            told["refund_after_return"] = money(finding, found.refund_after_return_minor)
            told["refund_to_buyer"] = told["release_to_seller"] = None
    if told.get("return_required") is False and "freight" in told:
        told["freight"].setdefault("return", "none")
    return told


def _waiting(finding: Finding) -> Answer:
    """Nothing can be decided yet: what is awaited, from whom."""
    merits, case = finding.merits, finding.played
    dispute = case.file.open_dispute if case else None
    found: Answer = {"penalty": merits.result.penalty} if merits.result.penalty else {}
    entry = dispute.clock("platform_entry") if dispute else None
    if entry is not None:
        found["platform_intervention_by"] = moment(entry.due_at)
    entered = finding.question.facts.get("dispute.platform_notice_at") is not None
    unanswered = dispute is not None and dispute.clock("seller_response") is not None
    if dispute is not None and not entered and unanswered:
        return {"decision": "hold", **running(finding, dispute)}
    if any(one.window is Window.RUNNING for one in merits.requests):
        return {"decision": "awaiting_proof", **found}
    if merits.ruling.status is Status.OPEN:
        return {"decision": "awaiting_platform_verification", **found}
    return {"decision": "platform_discretion", "liable_party": "undetermined", **found}


def _requests(found: Answer, merits: Merits) -> None:
    """Every request for proof, and what its lapse leads or led to."""
    if not merits.requests:
        return
    found["proof_requests"] = [
        {
            "from": one.proof.party,
            "documents": list(one.proof.documents),
            "due": moment(one.due),
            **({"due_date": one.due.date().isoformat()} if one.due else {}),
        }
        for one in merits.requests
    ]


def _changes(found: Answer, finding: Finding, book: Book) -> None:
    """What each side could have shown for another outcome."""
    merits = finding.merits
    if merits.ruling.status is not Status.DECIDED:
        return
    day = finding.question.as_of.date()
    told = [
        {
            "party": one.party,
            "facts": as_asked(merits.known, one.facts, finding.question.currency),
            "decision": one.result.decision,
        }
        for one in would_change(book, merits.known, merits.result, day)
    ]
    if told:
        found["would_change"] = told
