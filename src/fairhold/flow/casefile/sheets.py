"""The paper of a case file: cover, index, history, decision, money, custody, and how to verify."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from fairhold import __version__
from fairhold.adapters.papers import blocks
from fairhold.adapters.papers.blocks import Block
from fairhold.core.values.money import Money
from fairhold.flow.casefile import readings
from fairhold.flow.casefile.forums import COUNSEL, Forum, statement
from fairhold.flow.casefile.gathered import Gathered
from fairhold.flow.desk import Desk
from fairhold.flow.wordings import OUTCOMES, TAG_WORDS

DAY_AND_TIME = "%Y-%m-%d %H:%M:%S UTC"
# Longer words are in the JSON; the paper shows where they go on.
LONGEST_SHOWN = 4_000


def sheets(
    desk: Desk, found: Gathered, index: Sequence[tuple[str, str]], forum: Forum
) -> dict[str, Any]:
    """The content of the paper for the template. `index` names each file of the bag in words."""
    dispute = found.view.file.the_dispute
    return {
        "title": f"Dispute {dispute.number}",
        "running": f"Case file of dispute {dispute.number}",
        "desk": desk.proofs.signer.name,
        "footer": f"Moment {found.moment}",
        "language": "en",
        "blocks": [
            *_cover(desk, found, forum),
            *_contents(index),
            *_plans(found),
            *_decision(desk, found),
            *_clocks(found),
            *_history(found),
            *_correspondence(desk, found, forum),
            *_money(found),
            *_custody(found),
            *_left_out(found),
            *_reliability(desk, found),
        ],
    }


def _cover(desk: Desk, found: Gathered, forum: Forum) -> Iterator[Block]:
    view = found.view
    dispute, agreement = view.file.the_dispute, view.file.the_order.agreement
    yield blocks.heading(f"Dispute {dispute.number}", 1)
    yield blocks.paragraph(forum.title)
    yield blocks.note(COUNSEL)
    for text in forum.cover:
        yield blocks.paragraph(text)
    outcome = OUTCOMES[dispute.outcome] if dispute.outcome else "not ended"
    refund = dispute.paid_back.total_minor if dispute.paid_back else 0
    currency = agreement.currency
    yield blocks.facts(
        [
            ("Order", f"{agreement.ref}, placed {agreement.ordered_at.strftime(DAY_AND_TIME)}"),
            ("Buyer", _party(found, agreement.buyer_id)),
            ("Seller", _party(found, agreement.seller_id)),
            ("Paid", Money(view.file.the_order.paid_minor, currency)),
            ("Asked for", Money(dispute.request.terms.refund.total_minor, currency)),
            ("Opened", dispute.opened_at.strftime(DAY_AND_TIME)),
            ("Outcome", outcome),
            ("Refunded", Money(refund, currency)),
            ("File made for", view.viewer.role.value),
            ("State as of", found.made_at.strftime(DAY_AND_TIME)),
            ("Last entry", f"{len(found.entries)}"),
            ("Its hash", found.entries[-1].hash),
            ("Rulebook", view.process.name),
            ("Signed by", desk.proofs.signer.name),
        ],
        mono=("Its hash",),
    )
    yield blocks.heading("What the buyer said", 3)
    yield blocks.quote(_shortened(view.text(dispute.description)))
    yield blocks.heading("What the buyer wants", 3)
    yield blocks.quote(_shortened(view.text(dispute.wanted)))


def _party(found: Gathered, party_id: str) -> str:
    """A party by its name and the id that the journal knows it by."""
    name = found.parties.get(party_id, "name erased")
    return f"{name} (party {party_id}, identified by the marketplace's own sign-in)"


def _contents(index: Sequence[tuple[str, str]]) -> Iterator[Block]:
    yield blocks.heading("Contents of this file")
    yield blocks.table(["File", "What it is"], [2, 3], index, mono=(0,))


def _plans(found: Gathered) -> Iterator[Block]:
    currency = found.view.file.the_order.agreement.currency
    yield blocks.heading("Plans, in every version")
    rows = [
        (
            one["side"],
            version["version"],
            version["kind"].replace("_", " "),
            Money(version["goods_minor"] + version["freight_minor"], currency),
            _shortened(version["note"] or ""),
        )
        for one in readings.plans(found)
        for version in one["versions"]
    ]
    yield blocks.table(["Side", "Version", "Kind", "Refund", "Why"], [2, 1, 3, 2, 5], rows)


def _decision(desk: Desk, found: Gathered) -> Iterator[Block]:
    made = readings.decision(desk, found)
    yield blocks.heading("Decision")
    if made is None:
        yield blocks.paragraph("There is none yet.")
        return
    if made["reasons"]:
        yield blocks.quote(_shortened(made["reasons"]))
    explanation = made.get("explanation")
    if explanation is None:
        return
    for ground in explanation["grounds"]:
        yield blocks.paragraph(f"{ground['clause']}: {ground['summary']} ({ground['citation']})")
        yield blocks.items(
            f"{fact['meaning']} {fact['value']}; {fact['origin']}"
            + (f" ({', '.join(f'E{one}' for one in fact['exhibits'])})" if fact["exhibits"] else "")
            for fact in ground["facts"]
        )


def _clocks(found: Gathered) -> Iterator[Block]:
    yield blocks.heading("Clocks")
    yield blocks.table(
        ["Clock", "Must act", "Until", "Notice", "Given back", "Outcome"],
        [4, 2, 4, 1, 2, 2],
        [
            (
                one["kind"].replace("_", " "),
                one["must_act"],
                _time(one["due_at"]),
                f"entry {one['notice']}" if one.get("notice") else "none",
                f"{one['given_back']} s",
                one["outcome"],
            )
            for one in readings.clocks(found)
        ],
    )


def _history(found: Gathered) -> Iterator[Block]:
    yield blocks.heading("History")
    yield blocks.table(
        ["Entry", "When", "Who", "What"],
        [1, 4, 2, 9],
        [
            (line.seq, line.at.strftime(DAY_AND_TIME), line.voice, line.title)
            for line in readings.history(found)
        ],
    )


def _correspondence(desk: Desk, found: Gathered, forum: Forum) -> Iterator[Block]:
    """What was said, channel by channel in the order of the forum; originals, not translations."""
    said = readings.messages(found)
    elsewhere = readings.outside(desk, found)
    if forum.only_confirmed:
        elsewhere = [one for one in elsewhere if one["authentication"] == "both_sides"]
    yield blocks.heading("Correspondence, in its original language")
    for channel in forum.channels:
        yield from _messages(channel, [one for one in said if one["channel"] == channel])
        yield from _elsewhere(channel, [one for one in elsewhere if one["channel"] == channel])


def _messages(channel: str, said: list[dict[str, Any]]) -> Iterator[Block]:
    if said:
        yield blocks.heading(channel.replace("_", " ").capitalize(), 3)
    for one in said:
        tag = f", {TAG_WORDS[one['tag']]}" if one["tag"] else ""
        files = f", with {', '.join(one['attachments'])}" if one["attachments"] else ""
        yield blocks.paragraph(f"{_time(one['at'])}, {one['from']}{tag}{files}")
        yield blocks.quote(_shortened(one["text"] or "(not in this file)"))


def _elsewhere(channel: str, outside: list[dict[str, Any]]) -> Iterator[Block]:
    if outside:
        yield blocks.heading(f"{channel.replace('_', ' ').capitalize()} (elsewhere)", 3)
    for one in outside:
        files = ", ".join(f"{file['name']} ({file['counts_here']})" for file in one["exhibits"])
        standing = f"confirmed: {one['authentication']}"
        yield blocks.paragraph(f"{one['number']}, filed by {one['filed_by']}; {standing}. {files}")
        yield blocks.quote(_shortened(one["summary"] or "(not in this file)"))


def _money(found: Gathered) -> Iterator[Block]:
    ledger = readings.ledger(found)
    currency = ledger["currency"]
    yield blocks.heading("Money")
    yield blocks.table(
        ["Entry", "From", "To", "Amount", "Authority"],
        [1, 3, 3, 3, 5],
        [
            (
                move["entry"],
                one["source"],
                one["target"],
                Money(one["amount_minor"], currency),
                (move.get("authority") or {}).get("reference", "capture"),
            )
            for move in ledger["transfers"]
            for one in move["transfers"]
        ],
    )
    yield blocks.facts(
        (name, Money(amount, currency)) for name, amount in ledger["balances"].items()
    )
    yield blocks.paragraph(f"Sum of all accounts: {Money(ledger['sum'], currency)}.")


def _custody(found: Gathered) -> Iterator[Block]:
    yield blocks.heading("Who looked at the evidence")
    rows = [
        (one["seq"], _time(one["at"]), one["actor_role"], one["act"], one["exhibit"])
        for one in readings.custody_lines(found)
        if "withheld" not in one
    ]
    yield blocks.table(["No.", "When", "Who", "What", "Exhibit"], [1, 4, 2, 2, 2], rows)


def _left_out(found: Gathered) -> Iterator[Block]:
    yield blocks.heading("What is left out, and why")
    if not found.left_out:
        yield blocks.paragraph("Nothing.")
        return
    yield blocks.table(["Item", "Why"], [3, 2], found.left_out, mono=(0,))


def _reliability(desk: Desk, found: Gathered) -> Iterator[Block]:
    """The four questions of the Model Law on Electronic Commerce, article 9, answered in order."""
    yield blocks.heading("How these records came about")
    for title, text in statement():
        yield blocks.heading(title, 3)
        yield blocks.paragraph(text)
    yield blocks.paragraph(f"System: Fairhold {__version__}. Log: {desk.proofs.signer.name}.")
    yield blocks.facts(
        [
            ("Leaf of the log", f"{found.inclusion.index} of {found.inclusion.size}"),
            ("Root", found.checkpoint.root),
            ("Key", desk.proofs.signer.line()),
        ],
        mono=("Root", "Key"),
    )


def _time(text: str) -> str:
    return text[:19].replace("T", " ") + " UTC"


def _shortened(text: str) -> str:
    return textwrap.shorten(text, LONGEST_SHOWN, placeholder=" … (whole in the JSON)")
