"""The readings in a case file: order, messages, plans, clocks, decision, ledger as plain JSON.

All of them follow from the journal that lies beside them; they are there to be read.
"""

import json
from typing import Any

from fairhold.core.cases.disputes.state import Plan, Terms
from fairhold.core.cases.disputes.weighing import weigh
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.evidence.outside import Outside
from fairhold.core.journal.chain import Entry
from fairhold.core.ledger.accounts import Account
from fairhold.core.values.plain import to_plain
from fairhold.core.values.roles import Role
from fairhold.flow.casefile.clocks import clock_lines
from fairhold.flow.casefile.gathered import Gathered, Sealed
from fairhold.flow.decision import decision_of
from fairhold.flow.desk import Desk
from fairhold.flow.narrate import Line, tell
from fairhold.flow.teller import Teller

MESSAGES = ("MessagePosted", "MessageWritten")
Plain = dict[str, Any]


def shown_entries(found: Gathered) -> list[Entry]:
    """The entries that are not withheld."""
    return [one for one in found.entries if isinstance(one, Entry)]


def order_snapshot(found: Gathered) -> Plain:
    """What was agreed: the order as registered, its amendments, its parcels, its listing."""
    order = found.view.file.the_order
    plain: Plain = to_plain(order.agreement)
    listing = found.view.texts.get(order.agreement.listing.id)
    texts = {one.id: one.text for one in found.words}
    return {
        "agreement": _worded(plain, texts),
        "version": order.version,
        "amendments": [texts.get(ref.id) for ref in order.amendments],
        "parcels": to_plain(order.parcels),
        "paid_minor": order.paid_minor,
        "listing": json.loads(listing) if listing else None,
    }


def _worded(value: Any, texts: dict[str, str]) -> Any:
    """A plain value with the words in the place of their references, where they are there."""
    if isinstance(value, dict):
        if value.keys() == {"id", "digest"}:
            return texts.get(value["id"])
        return {name: _worded(item, texts) for name, item in value.items()}
    return [_worded(item, texts) for item in value] if isinstance(value, list) else value


def messages(found: Gathered) -> list[Plain]:
    """Every official message, oldest first, in the language it was written in."""
    texts = {one.id: one.text for one in found.words}
    told: list[Plain] = []
    for entry in shown_entries(found):
        if entry.type not in MESSAGES:
            continue
        payload = entry.payload
        in_dispute = entry.type == "MessagePosted"
        told.append(
            {
                "entry": entry.seq,
                "at": to_plain(entry.at),
                "from": entry.actor_role,
                "channel": "dispute_message_page" if in_dispute else "official_chat",
                "tag": payload.get("tag"),
                "language": payload.get("language"),
                "reply_to": payload.get("reply_to"),
                "attachments": _attached(payload),
                "text": texts.get(payload["text"]["id"]),
            }
        )
    return told


def _attached(payload: Plain) -> list[str]:
    files = payload.get("attachments") or []
    return [f"E{one}" if isinstance(one, int) else f"A{one['number']}" for one in files]


def outside(desk: Desk, found: Gathered) -> list[Plain]:
    """What was said elsewhere, with who stands for it and whether it counts here."""
    dispute = found.view.file.the_dispute
    book = desk.shelf.book(found.view.file.the_order.book)
    weights = weigh(dispute, book)
    texts = {one.id: one.text for one in found.words}
    told = [_outside(one, weights, texts) for one in dispute.outside]
    for line, one in zip(told, dispute.outside, strict=True):
        if one.mail and found.hidden.hides(dispute.id, one.exhibits):
            del line["mail"]["raw"]
    return told


def _outside(one: Outside, weights: dict[int, Any], texts: dict[str, str]) -> Plain:
    return {
        "number": f"O{one.number}",
        "channel": one.channel.value,
        "filed_by": one.side.value,
        "filed_at": to_plain(one.filed_at),
        "happened_at": to_plain(one.happened_at),
        "summary": texts.get(one.summary.id),
        "authentication": one.authentication.value,
        "contested": texts.get(one.contested.id) if one.contested else None,
        "exhibits": [
            {"name": f"E{number}", "counts_here": weights[number].value} for number in one.exhibits
        ],
        "mail": to_plain(one.mail),
    }


def plans(found: Gathered) -> list[Plain]:
    """Every plan in every version, with who accepted the last one."""
    texts = {one.id: one.text for one in found.words}
    return [_plan(plan, texts) for plan in found.view.file.the_dispute.plans]


def _plan(plan: Plan, texts: dict[str, str]) -> Plain:
    versions = [*plan.earlier, plan.terms]
    return {
        "id": plan.id,
        "side": plan.side.value,
        "versions": [
            {"version": number, **_terms(terms, texts)} for number, terms in enumerate(versions, 1)
        ],
        "accepted_by": [role.value for role in plan.accepted_by],
        "changed_at": to_plain(plan.changed_at),
        "withdrawn_at": to_plain(plan.withdrawn_at),
    }


def _terms(terms: Terms, texts: dict[str, str]) -> Plain:
    return {
        "kind": terms.kind.value,
        "goods_minor": terms.refund.goods_minor,
        "freight_minor": terms.refund.freight_minor,
        "return_freight": to_plain(terms.return_freight),
        "note": texts.get(terms.note.id) if terms.note else None,
    }


def decision(desk: Desk, found: Gathered) -> Plain | None:
    """The decision with its clauses and facts; None while there is none."""
    made = decision_of(desk, found.view)
    plain: Plain | None = None if made is None else to_plain(made)
    return plain


def clocks(found: Gathered) -> list[Plain]:
    """Each clock: due, notice, time given back, outcome."""
    return [to_plain(line) for line in clock_lines(shown_entries(found))]


def ledger(found: Gathered) -> Plain:
    """Every transfer of the order under its authority, and the balances they lead to."""
    moves = [
        {"entry": one.seq, "at": to_plain(one.at), **one.payload}
        for one in shown_entries(found)
        if one.type == "MoneyMoved" and one.seq <= found.view.file.version
    ]
    balances = found.view.file.balances
    accounts = {account.value: balances.of(account) for account in Account}
    return {
        "currency": found.view.file.the_order.agreement.currency,
        "transfers": moves,
        "balances": accounts,
        "sum": sum(accounts.values()),
    }


def timeline(found: Gathered) -> list[Plain]:
    """The history in words."""
    texts = {one.id: one.text for one in found.words}
    return [
        {
            "entry": line.seq,
            "at": to_plain(line.at),
            "voice": line.voice,
            "what": line.title,
            "text": texts.get(line.text_id) if line.text_id else None,
        }
        for line in history(found)
    ]


def history(found: Gathered) -> list[Line]:
    """The lines of the history as a third person tells them."""
    order = found.view.file.the_order
    teller = Teller(Role.PLATFORM, order.agreement.currency, order.book)
    return [tell(entry, teller) for entry in shown_entries(found)]


def journal_lines(found: Gathered) -> list[Plain]:
    """The journal; of an entry that is withheld its hash alone."""
    return [_journal_line(one) for one in found.entries]


def _journal_line(one: Entry | Sealed) -> Plain:
    if isinstance(one, Sealed):
        return _sealed(one)
    names = Entry.__slots__
    return {name: to_plain(getattr(one, name)) for name in names}


def custody_lines(found: Gathered) -> list[Plain]:
    """The chain of custody; of an event that is withheld its hash alone."""
    return [_sealed(one) if isinstance(one, Sealed) else to_plain(one) for one in found.custody]


def _sealed(one: Sealed) -> Plain:
    return {"seq": one.seq, "hash": one.hash, "prev_hash": one.prev_hash, "withheld": one.why}


def exhibit_line(found: Gathered, exhibit: Exhibit, name: str) -> Plain:
    """What the list of exhibits says of one: what, whose, when, and its fate."""
    texts = {one.id: one.text for one in found.words}
    return {
        "name": name,
        "side": exhibit.side.value,
        "called": texts.get(exhibit.name.id),
        "kind": exhibit.kind,
        "shows": texts.get(exhibit.shows.id) if exhibit.shows else None,
        "media_type": exhibit.media_type,
        "received_at": to_plain(exhibit.received_at),
        "submitted_at": to_plain(exhibit.submitted_at),
        "withdrawn_at": to_plain(exhibit.withdrawn_at),
        "withdrawn": texts.get(exhibit.withdrawn.id) if exhibit.withdrawn else None,
    }
