"""How files look in the API.

Integers for money, RFC 3339 for time, only what the viewer may see.
"""

import json
from typing import Any

from fairhold.api import talk_out
from fairhold.core.cases.clock import Clock
from fairhold.core.cases.disputes.options import Consequence
from fairhold.core.cases.disputes.outlook import waiting_on
from fairhold.core.cases.disputes.proof import ProofRequest
from fairhold.core.cases.disputes.state import Dispute, Finding, Plan, Statement, Terms
from fairhold.core.cases.orders.events import OrderAmended
from fairhold.core.cases.orders.state import Order
from fairhold.core.rules.answer import Result
from fairhold.core.rules.process import Process
from fairhold.core.values.plain import from_plain, to_plain
from fairhold.core.values.roles import Role
from fairhold.flow.access import SEE_EVERY_CASE, may_see
from fairhold.flow.coach import Need
from fairhold.flow.decision import Decision
from fairhold.flow.desk import current
from fairhold.flow.narrate import Line
from fairhold.flow.query import View


def money(amount_minor: int, currency: str) -> dict[str, Any]:
    """An amount with its currency."""
    return {"amount_minor": amount_minor, "currency": currency}


def order(view: View) -> dict[str, Any]:
    """The order with its balances; for whoever sees sums alone, without anybody's words."""
    found: Order = view.file.the_order
    agreement, currency = found.agreement, found.agreement.currency
    reads = may_see(view.viewer, view.file)
    own_address = reads and view.viewer.role is not Role.SELLER
    back = reads and view.viewer.role is not Role.BUYER
    local = agreement.local_return_address
    return {
        "id": found.id,
        "ref": agreement.ref,
        "version": view.file.version,
        "amendment_version": found.version,
        "standing": found.standing.value,
        "currency": currency,
        "buyer_id": agreement.buyer_id,
        "seller_id": agreement.seller_id,
        "lines": to_plain(agreement.lines),
        "freight_minor": agreement.freight_minor,
        "shipping": {
            "service": agreement.shipping_service,
            "promise_days": agreement.promise_days,
        },
        "delivery_address": view.text(agreement.delivery_address) if own_address else None,
        "return_address": view.text(agreement.return_address) if back else None,
        "local_return_address": view.text(local) if back and local else None,
        "listing": listing(view) if reads else None,
        "buyer_message": (view.text(agreement.buyer_message) or None) if reads else None,
        "amendments": amendments(view) if reads else [],
        "flags": to_plain(agreement.flags),
        "paid": money(found.paid_minor, currency),
        "held": money(view.file.balances.held, currency),
        "balances": to_plain(view.file.balances),
        "parcels": to_plain(found.parcels) if reads else [],
        "all_dispatched_at": to_plain(found.all_dispatched_at()),
        "cancellation_requested_at": to_plain(found.cancellation_requested_at),
        "dispute_id": view.file.dispute.id if view.file.dispute else None,
        "book": found.book,
    }


def listing(view: View) -> dict[str, Any] | None:
    """The frozen snapshot of the listing; None where it was erased."""
    text = view.texts.get(view.file.the_order.agreement.listing.id)
    found: dict[str, Any] | None = json.loads(text) if text else None
    return found


def amendments(view: View) -> list[dict[str, Any]]:
    """Every change of the agreement, oldest first: what it set, and the note."""
    own_address = view.viewer.role is not Role.SELLER
    found = []
    for entry in view.entries:
        if entry.type != OrderAmended.__name__:
            continue
        event = from_plain(OrderAmended, entry.payload)
        address = view.text(event.delivery_address) if own_address else None
        found.append(
            {
                "version": event.version,
                "at": to_plain(entry.at),
                "shipping_service": event.shipping_service,
                "promise_days": event.promise_days,
                "delivery_address": address or None,
                "note": view.text(event.note),
            }
        )
    return found


def dispute(view: View) -> dict[str, Any]:
    """The dispute with its plans, clocks and what the viewer may do."""
    found, currency = view.file.the_dispute, view.file.the_order.agreement.currency
    return {
        "id": found.id,
        "number": found.number,
        "order_id": view.file.order_id,
        "version": view.file.version,
        "state": found.state.value,
        "frozen": view.file.the_order.standing.value == "frozen",
        "reason": found.reason.value,
        "subcase": found.subcase.value,
        "worry_free": found.worry_free,
        "waiting_on": [role.value for role in waiting_on(found)],
        "description": view.text(found.description),
        "wanted": view.text(found.wanted),
        "items": to_plain(found.items),
        "opened_at": to_plain(found.opened_at),
        "answered_at": to_plain(found.answered_at),
        "stepped_in_at": to_plain(found.stepped_in_at),
        "closed_at": to_plain(found.closed_at),
        "outcome": to_plain(found.outcome),
        "refunded": money(found.paid_back.total_minor, currency) if found.paid_back else None,
        "paid": money(view.file.the_order.paid_minor, currency),
        "held": money(view.file.balances.held, currency),
        "plans": [plan(view, one) for one in found.plans],
        "evidence": [exhibit(view, one.number) for one in found.exhibits],
        "outside": talk_out.outside(view, current().shelf.book(view.file.the_order.book)),
        "findings": [finding(view, one) for one in found.findings],
        "statements": [statement(one) for one in found.statements],
        "proof_requests": [request(one) for one in found.requests],
        "departure": _departure(view, found),
        "return_leg": _leg(view, found),
        "clocks": [clock(one, view.process, currency) for one in view.consequences],
        "allowed_actions": allowed_actions(view),
        "book": view.process.name,
    }


def plan(view: View, found: Plan) -> dict[str, Any]:
    """One plan in its present version."""
    return {
        "id": found.id,
        "side": found.side.value,
        "version": found.version,
        **terms(view, found.terms),
        "accepted_by": [role.value for role in found.accepted_by],
        "changed_at": to_plain(found.changed_at),
        "withdrawn_at": to_plain(found.withdrawn_at),
    }


def terms(view: View, found: Terms) -> dict[str, Any]:
    """What a plan gives."""
    currency = view.file.the_order.agreement.currency
    return {
        "kind": found.kind.value,
        "refund": money(found.refund.total_minor, currency),
        "goods_minor": found.refund.goods_minor,
        "freight_minor": found.refund.freight_minor,
        "return_freight": to_plain(found.return_freight),
        "note": view.text(found.note) or None,
    }


def exhibit(view: View, number: int) -> dict[str, Any]:
    """One piece of evidence, withdrawn or not."""
    found = view.file.the_dispute.exhibits[number - 1]
    seen = found.seen_by(view.viewer.role)
    copy = found.shown_to(view.viewer.role)
    return {
        "number": found.number,
        "side": found.side.value,
        "name": view.text(found.name) if seen else None,
        "shows": view.text(found.shows) or None if seen and found.shows else None,
        "media_type": copy.media_type if seen else None,
        "size": copy.size if seen else None,
        "sha256": copy.sha256 if seen else None,
        "kind": found.kind if seen else None,
        "platform_only": bool(found.platform_only),
        "redacted": found.redacted is not None,
        "received_at": to_plain(found.received_at),
        "submitted_at": to_plain(found.submitted_at),
        "withdrawn_at": to_plain(found.withdrawn_at),
        "withdrawn": view.text(found.withdrawn) or None if seen and found.withdrawn else None,
        "href": f"/api/v1/disputes/{view.file.the_dispute.id}/evidence/{number}/content",
    }


def finding(view: View, found: Finding) -> dict[str, Any]:
    """A fact that a specialist established."""
    return {
        "fact": found.fact,
        "value": json.loads(found.value),
        "exhibits": list(found.exhibits),
        "reasons": view.text(found.reasons),
        "at": to_plain(found.at),
    }


def statement(found: Statement) -> dict[str, Any]:
    """What a side says of a fact."""
    return {**to_plain(found), "value": json.loads(found.value)}


def request(found: ProofRequest) -> dict[str, Any]:
    """A request for proof."""
    plain: dict[str, Any] = to_plain(found)
    return plain


def need(found: Need) -> dict[str, Any]:
    """A request for proof with what it lacks and what follows."""
    return {
        "request": request(found.request),
        "summary": found.rule.summary,
        "citation": str(found.rule.citation),
        "pieces": to_plain(found.pieces),
        "missing": [piece.kind for piece in found.missing],
        "if_given": _result(found.if_given),
        "if_silent": _result(found.if_silent),
    }


def _result(found: Result | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "decision": found.decision,
        "refund_minor": found.refund_minor,
        "release_minor": found.release_minor,
        "refund_after_return_minor": found.refund_after_return_minor,
    }


def decision(view: View, found: Decision) -> dict[str, Any]:
    """The decision on a dispute."""
    return {
        "at": to_plain(found.at),
        "final": found.final,
        "terms": terms(view, found.terms) if found.terms else None,
        "outcome": to_plain(found.outcome),
        "refund_minor": found.refund_minor,
        "reasons": found.reasons,
        "departs": found.departs,
        "alone": found.alone,
        "by_default": found.by_default,
        "explanation": to_plain(found.explanation),
        "record": to_plain(found.record),
    }


def _departure(view: View, found: Dispute) -> dict[str, Any] | None:
    """A departure that waits: for the desk's staff, before it is anything to the parties."""
    waiting = found.departure
    if waiting is None or view.viewer.role not in SEE_EVERY_CASE:
        return None
    return {
        "deed": waiting.deed.value,
        **terms(view, waiting.terms),
        "reasons": view.text(waiting.reasons),
        "by": waiting.by,
        "at": to_plain(waiting.at),
    }


def clock(found: Consequence, process: Process, currency: str) -> dict[str, Any]:
    """A running clock, and what follows when it runs out."""
    running: Clock = found.clock
    rule = process.clock(running.kind)
    return {
        "kind": running.kind,
        "must_act": running.must_act.value,
        "starts_at": to_plain(running.starts_at),
        "due_at": to_plain(running.due_at),
        "paused_since": to_plain(running.paused_at),
        "given_back_seconds": running.extended_seconds,
        "clause": running.clause,
        "citation": str(rule.citation),
        "on_silence": {
            "default": running.default,
            "summary": rule.summary,
            "closes_dispute": found.closes,
            "starts_return": found.starts_return,
            "to_buyer": _maybe(found.to_buyer_minor, currency),
            "to_seller": _maybe(found.to_seller_minor, currency),
        },
    }


def allowed_actions(view: View) -> list[dict[str, Any]]:
    """What the viewer may do, until when, and what follows from silence."""
    currency = view.file.the_order.agreement.currency
    mine = next(
        (one for one in view.consequences if one.clock.must_act is view.viewer.role), None
    ) or next(iter(sorted(view.consequences, key=lambda one: one.clock.due_at)), None)
    found = clock(mine, view.process, currency) if mine else None
    return [
        {
            "action": command.__name__,
            "until": found["due_at"] if found else None,
            "on_silence": found["on_silence"] if found else None,
        }
        for command in view.allowed
    ]


def line(found: Line, quotes: dict[str, str]) -> dict[str, Any]:
    """One line of the history."""
    return {
        "seq": found.seq,
        "at": to_plain(found.at),
        "voice": found.voice,
        "type": found.kind,
        "title": found.title,
        "text": quotes.get(found.text_id, "(erased)") if found.text_id else None,
    }


def _leg(view: View, found: Dispute) -> dict[str, Any] | None:
    leg = found.leg
    if leg is None:
        return None
    return {
        **terms(view, leg.terms),
        "address": view.text(leg.address),
        "local": leg.local,
        "agreed_at": to_plain(leg.agreed_at),
        "carrier": leg.carrier,
        "waybill": leg.waybill,
        "shipped_at": to_plain(leg.shipped_at),
        "address_confirmed_at": to_plain(leg.address_confirmed_at),
        "corrections": leg.corrections,
        "escalated_at": to_plain(leg.escalated_at),
        "entered_at": to_plain(leg.entered_at),
    }


def _maybe(amount_minor: int | None, currency: str) -> dict[str, Any] | None:
    return None if amount_minor is None else money(amount_minor, currency)
