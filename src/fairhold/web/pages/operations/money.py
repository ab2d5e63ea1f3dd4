"""Where every cent is: the trial balance, one order's transfers, and whether it all holds."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fairhold.core.ledger.accounts import Account
from fairhold.flow import figures
from fairhold.flow.audit import audit as audited
from fairhold.flow.desk import current
from fairhold.flow.speech import plain_money
from fairhold.flow.wordings import ACCOUNT_NAMES, words_for
from fairhold.store.halt import halted
from fairhold.store.models import OrderFile
from fairhold.store.models.order_file import ACCOUNTS
from fairhold.store.queries import order_by_ref
from fairhold.web.pages.operations.tables import Cell, Sheet, Table

ORDERS = 50


def ledger(request: HttpRequest, target: str) -> Sheet:
    """The trial balance; with an order, its transfers. `?ref=` leads to an order by number."""
    ref = request.GET.get("ref", "").replace("\0", "").strip()[:100]
    order_id = target or (order_by_ref(ref) if ref else "") or ""
    if order_id:
        return _of_order(order_id)
    held = OrderFile.objects.filter(Q(held_goods__gt=0) | Q(held_freight__gt=0)).order_by("-id")[
        :ORDERS
    ]
    return Sheet(
        title=_("Ledger"),
        intro=_("Each currency sums to zero, because every transfer takes what it gives."),
        tables=(_balance(), _orders(held, missing=ref)),
        search=("ref", _("Number of the order"), ref),
    )


def _balance() -> Table:
    balance = figures.trial_balance()
    currencies = tuple(balance)
    rows = [
        (
            Cell(ACCOUNT_NAMES[Account(name)]),
            *(Cell(plain_money(balance[one][name], one), "number") for one in currencies),
        )
        for name in ACCOUNTS
    ]
    sums = {one: sum(balance[one].values()) for one in currencies}
    total = (
        Cell(_("Sum")),
        *(
            Cell(plain_money(sums[one], one), "good" if not sums[one] else "bad")
            for one in currencies
        ),
    )
    return Table(
        title=_("Trial balance"),
        heads=(_("Account"), *currencies),
        rows=(*rows, total) if currencies else (),
        empty=_("No money has moved yet."),
    )


def _orders(held: Iterable[OrderFile], *, missing: str) -> Table:
    rows = tuple(
        (
            Cell(one.ref, "link", reverse("operation-on", args=["ledger", one.id])),
            Cell(plain_money(one.held_goods + one.held_freight, one.currency), "number"),
            Cell(plain_money(one.seller_payable, one.currency), "number"),
        )
        for one in held
    )
    note = _("Newest first.")
    if missing:
        note = _("No order has the number “{ref}”.").format(ref=missing)
    return Table(
        title=_("Orders with money held"),
        heads=(_("Order"), _("Held"), _("Released to the seller")),
        rows=rows,
        empty=_("Nothing is held."),
        note=note,
    )


def _of_order(order_id: str) -> Sheet:
    order = OrderFile.objects.filter(id=order_id).first()
    if order is None:
        raise Http404
    moved = tuple(
        (
            Cell(one.seq, "number"),
            Cell(one.at, "moment"),
            Cell(ACCOUNT_NAMES[Account(one.source)]),
            Cell(ACCOUNT_NAMES[Account(one.target)]),
            Cell(plain_money(one.amount_minor, one.currency), "number"),
            Cell(words_for(one.authority_kind) if one.authority_kind else ""),
        )
        for one in figures.transfers_of(order_id)
    )
    stands = tuple(
        (
            Cell(ACCOUNT_NAMES[Account(name)]),
            Cell(plain_money(getattr(order, name), order.currency), "number"),
        )
        for name in ACCOUNTS
    )
    return Sheet(
        title=_("Ledger of order {ref}").format(ref=order.ref),
        intro=_("Every transfer, with the entry of the journal that made it."),
        tables=(
            Table(
                title=_("Transfers"),
                heads=(_("Entry"), _("When"), _("From"), _("To"), _("Sum"), _("Authority")),
                rows=moved,
                empty=_("No money has moved yet."),
            ),
            Table(title=_("Balances"), heads=(_("Account"), _("Sum")), rows=stands, empty=""),
        ),
    )


def audit(request: HttpRequest, _target: str) -> Sheet:
    """The tables held against the journal, when that is asked for: it takes time."""
    why = halted()
    held = _("held back: {why}").format(why=why) if why else _("leave as they are due")
    facts = [(_("Payment instructions"), held)]
    if request.method != "POST":
        return Sheet(
            title=_("Audit"),
            intro=_("Every table is made again from the journal and compared. It takes a while."),
            facts=tuple(facts),
            button=_("Audit every order now"),
        )
    report = audited(current().blobs)
    facts.append((_("Orders looked at"), str(report.orders)))
    found = tuple(
        (
            Cell(one.order_id, "link", reverse("operation-on", args=["ledger", one.order_id])),
            Cell(one.what, "bad"),
        )
        for one in report.findings
    )
    return Sheet(
        title=_("Audit"),
        intro=_("Every table was made again from the journal and compared."),
        facts=tuple(facts),
        tables=(
            Table(
                title=_("What does not hold"),
                heads=(_("Order"), _("What")),
                rows=found,
                empty=_("Everything holds."),
            ),
        ),
    )
