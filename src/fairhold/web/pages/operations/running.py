"""What runs and what is stuck: clocks, outbox; who works here; which rules and settings hold."""

from dataclasses import asdict
from typing import Any

from django.conf import settings as made
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fairhold.accounts.models import Person
from fairhold.flow.desk import current
from fairhold.flow.wordings import clock_name, words_for
from fairhold.store.models import ClockRow, DisputeCase, OrderFile, OutboxMessage
from fairhold.web.pages.operations.tables import Cell, Sheet, Table

ROWS = 100
# What opens doors is never shown, only whether it is set.
SECRET = ("secret", "key", "url", "certificate", "clamd")


def clocks(_request: HttpRequest, _target: str) -> Sheet:
    """Open clocks: those that are overdue, and those that come next."""
    now = current().clock.now()
    running = ClockRow.objects.filter(status="open", paused_at__isnull=True)
    overdue = running.filter(wake_at__lt=now)
    coming = running.filter(wake_at__gte=now)
    return Sheet(
        title=_("Clocks"),
        intro=_(
            "Overdue clocks are carried out by the worker within seconds; one that stays "
            "here is stuck."
        ),
        facts=(
            (_("Open"), str(running.count())),
            (_("Overdue"), str(overdue.count())),
            (
                _("Standing still"),
                str(ClockRow.objects.filter(status="open", paused_at__isnull=False).count()),
            ),
        ),
        tables=(
            _clock_table(_("Overdue"), overdue, _("Nothing is overdue.")),
            _clock_table(_("Due next"), coming, _("No clock runs.")),
        ),
    )


def _clock_table(title: str, rows: Any, empty: str) -> Table:
    found = list(rows.order_by("due_at", "seq")[:ROWS])
    numbers = dict(
        DisputeCase.objects.filter(id__in=[one.case_id for one in found]).values_list(
            "id", "number"
        )
    )
    return Table(
        title=title,
        heads=(_("Case"), _("Clock"), _("Must act"), _("Due"), _("Rule"), _("Failures")),
        rows=tuple(_clock_row(one, numbers) for one in found),
        empty=empty,
    )


def _clock_row(one: ClockRow, numbers: dict[str, str]) -> tuple[Cell, ...]:
    case = one.case_id or ""
    link = reverse("dispute", args=[case]) if case in numbers else ""
    order = reverse("order", args=[one.order_id])
    return (
        Cell(numbers.get(case) or one.order_id[:8], "link", link or order),
        Cell(clock_name(one.kind)),
        Cell(words_for(one.must_act)),
        Cell(one.due_at, "moment"),
        Cell(one.clause),
        Cell(one.failures, "bad" if one.failures else "number"),
    )


def outbox(_request: HttpRequest, _target: str) -> Sheet:
    """What has to leave the house: waiting, tried again, given up."""
    waiting = OutboxMessage.objects.filter(done_at__isnull=True, dead_at__isnull=True)
    dead = OutboxMessage.objects.filter(dead_at__isnull=False)
    return Sheet(
        title=_("Outbox"),
        intro=_("Letters, webhooks and payment instructions, each delivered at least once."),
        facts=((_("Waiting"), str(waiting.count())), (_("Given up"), str(dead.count()))),
        tables=(
            _messages(_("Given up"), dead.order_by("-dead_at"), _("Nothing was given up.")),
            _messages(_("Waiting"), waiting.order_by("next_at"), _("Nothing waits.")),
        ),
    )


def _messages(title: str, rows: Any, empty: str) -> Table:
    found = list(rows[:ROWS])
    refs = dict(
        OrderFile.objects.filter(id__in=[one.order_id for one in found]).values_list("id", "ref")
    )
    return Table(
        title=title,
        heads=(_("Order"), _("What"), _("To"), _("Next try"), _("Tries"), _("Last error")),
        rows=tuple(
            (
                Cell(refs.get(one.order_id, ""), "link", reverse("order", args=[one.order_id])),
                Cell(words_for(one.topic)),
                Cell(words_for(one.recipient)),
                Cell(one.next_at, "moment"),
                Cell(one.attempts, "number"),
                Cell(one.last_error),
            )
            for one in found
        ),
        empty=empty,
    )


def people(_request: HttpRequest, _target: str) -> Sheet:
    """Who may sign in, and as what. Accounts are made by the command line or the marketplace."""
    rows = Person.objects.select_related("party").order_by("role", "email")[:500]
    return Sheet(
        title=_("People"),
        intro=_("Accounts are made with the command “fairhold people”; here they are only shown."),
        tables=(
            Table(
                title=_("Accounts"),
                heads=(
                    _("Name"),
                    _("E-mail"),
                    _("Role"),
                    _("Party"),
                    _("Last signed in"),
                    _("State"),
                ),
                rows=tuple(
                    (
                        Cell(one.name),
                        Cell(one.email),
                        Cell(words_for(one.role)),
                        Cell(one.party.name if one.party else ""),
                        Cell(one.last_login, "moment"),
                        Cell(_("active"), "good")
                        if one.is_active
                        else Cell(_("switched off"), "warn"),
                    )
                    for one in rows
                ),
                empty=_("Nobody yet."),
            ),
        ),
    )


def rulebooks(_request: HttpRequest, _target: str) -> Sheet:
    """Every version on the shelf, with its digest."""
    shelf = current().shelf
    rows = []
    for name in shelf.names():
        process, book = shelf.process(name), shelf.book(name)
        link = reverse("rules", args=name.split("/"))
        state = Cell(_("in force"), "good") if name == shelf.in_force else Cell("")
        counts = (Cell(len(book.clauses), "number"), Cell(len(book.facts), "number"))
        rows.append((Cell(name, "link", link), *counts, Cell(process.digest[:16]), state))
    return Sheet(
        title=_("Rulebooks"),
        intro=_("A case keeps the version that its order was made under."),
        tables=(
            Table(
                title=_("Versions"),
                heads=(
                    _("Version"),
                    _("Clauses"),
                    _("Facts"),
                    _("Digest of the procedure"),
                    _("State"),
                ),
                rows=tuple(rows),
                empty="",
            ),
        ),
    )


def settings(_request: HttpRequest, _target: str) -> Sheet:
    """The settings that hold; of secrets only whether they are set."""
    rows = [
        (Cell(name), Cell(_shown(name, value)))
        for name, value in sorted(asdict(made.ENVIRONMENT).items())
    ]
    return Sheet(
        title=_("Settings in force"),
        intro=_("Read from the environment when the desk started. Secrets are not shown."),
        tables=(
            Table(title=_("Settings"), heads=(_("Name"), _("Value")), rows=tuple(rows), empty=""),
        ),
    )


def _shown(name: str, value: Any) -> str:
    if name != "public_url" and any(word in name for word in SECRET):
        return _("set") if value else _("not set")
    if value in (None, "", (), {}):
        return _("not set")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
