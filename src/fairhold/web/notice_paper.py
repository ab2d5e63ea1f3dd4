"""The notice of a decision as a tagged PDF: the same sums and rules as its page, to be kept."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairhold.adapters.papers import Paper, blocks, paper
from fairhold.adapters.papers.blocks import Block
from fairhold.flow.decision import Decision
from fairhold.flow.desk import current
from fairhold.flow.explain import FactLine, Otherwise
from fairhold.flow.query import View
from fairhold.flow.speech import active, of_book, plain_money
from fairhold.flow.teller import when
from fairhold.flow.wordings import words_for
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
            *_asked(decision),
            *_passed_over(notice),
            *_weighed(decision),
            blocks.note(_last_words(decision)),
        ],
    }
    return paper("sheets", content, decision.at, "ua-1")


def _money(view: View, notice: dict[str, Any]) -> Iterator[Block]:
    currency = view.file.the_order.agreement.currency
    yield blocks.heading(_("The money"))
    yield blocks.facts((name, plain_money(minor, currency)) for name, minor in notice["rows"])


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


def _asked(decision: Decision) -> Iterator[Block]:
    if decision.explanation is None or decision.record is None or not decision.explanation.asked:
        return
    book = decision.record.book
    yield blocks.heading(_("What was asked for"))
    yield blocks.items(
        f"{capfirst(words_for(one.party))}: {of_book(book, one.summary)} "
        f"{capfirst(words_for(one.outcome))}. "
        f"{one.citation}"
        for one in decision.explanation.asked
    )


def _weighed(decision: Decision) -> Iterator[Block]:
    """Rules that gave way to others, and what would have led elsewhere."""
    if decision.explanation is None or decision.record is None:
        return
    book = decision.record.book
    if decision.explanation.overridden:
        yield blocks.heading(_("Rules that another one comes before"))
        before = _("Comes before it:")
        yield blocks.items(
            f"{of_book(book, loser)} {before} {of_book(book, winner)}"
            for loser, winner in decision.explanation.overridden
        )
    if decision.explanation.otherwise:
        yield blocks.heading(_("What would have changed it"))
        yield blocks.items(_otherwise(one) for one in decision.explanation.otherwise)


def _otherwise(one: Otherwise) -> str:
    shown = _("If the seller had shown this:")
    if one.party == "buyer":
        shown = _("If the buyer had shown this:")
    then = _("Then: %(decision)s.") % {"decision": one.decision}
    if one.refund:
        text = _("Then: %(decision)s, %(refund)s to the buyer.")
        then = text % {"decision": one.decision, "refund": one.refund}
    return f"{shown} {'; '.join(one.facts)} {then}"


def _last_words(decision: Decision) -> str:
    if decision.final and decision.outcome is None:
        return _(
            "The return comes next. Who has to do what until when stands on the page of the "
            "dispute."
        )
    if decision.final:
        return _(
            "With this the matter is over on this platform. The way to a court, an arbitrator or "
            "another body stays open to both sides; keep your copy of the case."
        )
    return _(
        "Both sides may still accept a plan. What happens otherwise stands with the clocks of the "
        "dispute."
    )
