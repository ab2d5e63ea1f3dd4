"""The notice of a decision as a tagged PDF: the same sums and rules as its page, to be kept."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from fairhold.adapters.papers import Paper, blocks, paper
from fairhold.adapters.papers.blocks import Block
from fairhold.core.cases.disputes.state import Kind
from fairhold.flow.decision import Decision
from fairhold.flow.desk import current
from fairhold.flow.explain import FactLine
from fairhold.flow.query import View
from fairhold.flow.speech import active, of_book, plain_money
from fairhold.flow.teller import when
from fairhold.web.cards import Split
from fairhold.web.templatetags.desk import said


def notice_paper(view: View, notice: dict[str, Any]) -> Paper:
    """The paper of what `notice_of` tells, in the language that is active.

    Raises: PaperFault.
    """
    decision: Decision = notice["decision"]
    dispute = view.file.the_dispute
    title = _("Why this outcome: dispute %(number)s") % {"number": dispute.number}
    content = {
        "title": title,
        "running": title,
        "desk": current().proofs.signer.name,
        "footer": f"{dispute.number} · {view.file.version} · {view.file.head[:16]}",
        "language": active().locale.partition("_")[0],
        "blocks": [
            blocks.heading(title, 1),
            blocks.paragraph(notice["sentence"]),
            blocks.paragraph(f"{when(decision.at)}. {notice['who']}"),
            *_money(view, notice),
            *_words(decision),
            *_grounds(decision),
            *_passed_over(notice),
            blocks.note(_last_words(decision)),
        ],
    }
    return paper("sheets", content, decision.at, "ua-1")


def _money(view: View, notice: dict[str, Any]) -> Iterator[Block]:
    decision: Decision = notice["decision"]
    order, balances = view.file.the_order, view.file.balances
    rows = [(_("Paid by the buyer"), order.paid_minor)]
    if decision.refund_minor is not None:
        rows.append((_("Refunded to the buyer"), decision.refund_minor))
        rows.append((_("Released to the seller"), balances.seller_payable))
        rows.append((_("Platform fee"), balances.platform_fees))
    elif decision.terms is not None:
        later = decision.terms.kind is Kind.RETURN_AND_REFUND
        told = _("To the buyer, once the goods are back") if later else _("To the buyer")
        split: Split = notice["split"]
        rows.append((told, split.buyer_minor))
        rows.append((_("To the seller"), split.seller_minor))
        rows.append((_("Platform fee"), split.fee_minor))
    currency = order.agreement.currency
    yield blocks.heading(_("The money"))
    yield blocks.facts((name, plain_money(minor, currency)) for name, minor in rows)


def _words(decision: Decision) -> Iterator[Block]:
    if decision.reasons:
        yield blocks.heading(_("In the words of the desk"))
        yield blocks.quote(decision.reasons)
    if decision.departs:
        yield blocks.heading(_("Why it is not what the rulebook leads to"))
        yield blocks.quote(decision.departs)


def _grounds(decision: Decision) -> Iterator[Block]:
    if decision.explanation is None or decision.record is None:
        return
    book = decision.record.book
    yield blocks.heading(_("The rules it rests on"))
    for one in decision.explanation.grounds:
        rule = _("Rule %(clause)s") % {"clause": one.clause}
        yield blocks.heading(of_book(book, one.summary), 3)
        yield blocks.paragraph(f"{rule} ({book}). {one.citation}")
        yield blocks.items(_fact(book, fact) for fact in one.facts)


def _fact(book: str, fact: FactLine) -> str:
    exhibits = ", ".join(f"E{number}" for number in fact.exhibits)
    told = f"{of_book(book, fact.meaning)} {said(fact.value)}: {fact.origin}"
    return f"{told} ({exhibits})" if exhibits else told


def _passed_over(notice: dict[str, Any]) -> Iterator[Block]:
    if notice["ignored"]:
        yield blocks.heading(_("What was not relied on, and why"))
        yield blocks.items(f"{name}: {why}" for name, why in notice["ignored"])


def _last_words(decision: Decision) -> str:
    if decision.final:
        return _(
            "With this the matter is over on this platform. The way to a court, an arbitrator or "
            "another body stays open to both sides; keep your copy of the case."
        )
    return _(
        "Both sides may still accept a plan. What happens otherwise stands with the clocks of the "
        "dispute."
    )
