"""What the rulebook says of a dispute, what it asks the sides for, and what was decided by it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from fairhold.api import carry, representations
from fairhold.api.auth import Key, viewer
from fairhold.api.bodies import Id
from fairhold.api.documented import FOUND, DecisionOut, NeedsOut, RulingOut
from fairhold.api.problems import Problem
from fairhold.core.cases.disputes.inquiry import Inquiry
from fairhold.core.rules.book import Clause
from fairhold.core.rules.establish import From
from fairhold.core.values.plain import to_plain
from fairhold.flow.access import SEE_EVERY_CASE
from fairhold.flow.adjudicate.telling import because
from fairhold.flow.coach import needs, points
from fairhold.flow.decision import decision_of
from fairhold.flow.desk import current
from fairhold.flow.query import View, view_of_case
from fairhold.flow.ruling import ruling_of

router = Router(tags=["review and return"])
READ = Key("disputes:read")


@router.get(
    "/disputes/{dispute_id}/ruling",
    auth=READ,
    response={200: RulingOut, **FOUND},
    operation_id="getRuling",
)
def ruling(request: HttpRequest, dispute_id: Id) -> HttpResponse:
    """Where the clauses lead by the facts on file, what is missing, and who is asked for what."""
    view = _view(request, dispute_id)
    if viewer(request).role not in SEE_EVERY_CASE:
        raise Problem("not_allowed", "This is for the desk's staff.", status=403, title="Not yours")
    return JsonResponse(_told(ruling_of(current(), view.file, view.now)))


@router.get(
    "/disputes/{dispute_id}/requests",
    auth=READ,
    response={200: NeedsOut, **FOUND},
    operation_id="listRequests",
)
def requests(request: HttpRequest, dispute_id: Id) -> HttpResponse:
    """What the platform asked the sides for: what is there, what is missing, what follows."""
    view = _view(request, dispute_id)
    found = needs(current(), view.file, view.now)
    return JsonResponse({"items": [representations.need(one) for one in found]})


@router.get(
    "/disputes/{dispute_id}/decision",
    auth=READ,
    response={200: DecisionOut, **FOUND},
    operation_id="getDecision",
)
def decision(request: HttpRequest, dispute_id: Id) -> HttpResponse:
    """The platform's plan or decision with its grounds; 404 while there is none."""
    view = _view(request, dispute_id)
    found = decision_of(current(), view)
    if found is None:
        raise Problem("not_found", "Nothing has been decided in this dispute yet.", status=404)
    return JsonResponse(representations.decision(view, found))


def _view(request: HttpRequest, dispute_id: str) -> View:
    view = view_of_case(current(), dispute_id, viewer(request))
    if view is None:
        raise carry.not_found()
    return view


def _because(found: Inquiry, clause: Clause, currency: str) -> dict[str, Any]:
    """Why a clause stands; of what the case file gives, which record, finding or word it was."""
    told = because(clause, found.known, currency)
    for fact in told["facts"]:
        if fact["from"] == From.GIVEN.value:
            source = found.told.source(fact["name"])
            fact |= {"from": source.origin.value, "scans": list(source.scans)}
    return told


def _told(found: Inquiry) -> dict[str, Any]:
    result, currency = found.result, found.file.the_order.agreement.currency
    return {
        "status": found.ruling.status.value,
        "decision": result.decision if found.decided else None,
        "liable_party": result.liable_party if found.decided else None,
        "refund_minor": result.refund_minor if found.decided else None,
        "release_minor": result.release_minor if found.decided else None,
        "refund_after_return_minor": result.refund_after_return_minor if found.decided else None,
        "return_required": result.return_required if found.decided else None,
        "because": [_because(found, clause, currency) for clause in found.ruling.standing],
        "facts_to_establish": [
            {
                "fact": one.rule.name,
                "meaning": one.rule.meaning,
                "burden": one.rule.burden,
                "standing": one.standing,
            }
            for one in points(found)
        ],
        "proof_requests": [
            {
                "from": one.proof.party,
                "documents": list(one.proof.documents),
                "due": to_plain(one.due),
                "window": one.window.value,
            }
            for one in found.requests
        ],
        "book": f"{found.book.name}/{found.book.version}",
    }
