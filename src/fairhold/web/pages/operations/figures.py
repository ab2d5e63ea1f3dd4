"""Figures as charts: disputes by reason and outcome, times, filing rates, refunds by clause."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairhold.flow import figures as counted
from fairhold.flow.desk import current
from fairhold.flow.speech import day, plain_money
from fairhold.flow.wordings import words_for
from fairhold.store.models import DisputeCase, Opinion
from fairhold.web.charts import Bar, Chart
from fairhold.web.opinions import QUESTIONS
from fairhold.web.pages.operations.tables import Cell, Sheet, Table, texts

WINDOW = timedelta(days=90)
OPINIONS = 100


def sheet(_request: HttpRequest, _target: str) -> Sheet:
    """The figures."""
    now = current().clock.now()
    past = counted.past()
    found = counted.times(past)
    charts = [
        Chart(_("Disputes opened each week"), _weeks(now)),
        Chart(_("Disputes by reason"), _bars(counted.by_reason())),
        Chart(_("Open disputes by state"), _bars(counted.by_state())),
        Chart(_("How disputes ended"), _bars(counted.by_outcome(past)), _over(len(past))),
    ]
    for currency, rows in counted.refunded_by_clause(past).items():
        bars = tuple(
            Bar(words_for(name), minor, plain_money(minor, currency)) for name, minor in rows
        )
        title = _("Money refunded by clause, {currency}").format(currency=currency)
        charts.append(Chart(title, bars, _over(len(past))))
    return Sheet(
        title=_("Figures"),
        intro=_("Counted when the page is opened. Nothing here is an estimate."),
        charts=tuple(charts),
        tables=(_rates(now),),
        facts=(
            (_("Time to the first answer, median"), _hours(found.first_answer_hours)),
            (_("Time to the end, median"), _hours(found.close_hours)),
        ),
    )


def _weeks(now: datetime) -> tuple[Bar, ...]:
    zone = timezone.get_current_timezone()
    weeks = counted.weekly(DisputeCase.objects.all(), now)
    return tuple(Bar(day(begin, zone), count, str(count)) for begin, count in weeks)


def _bars(rows: list[tuple[str, int]]) -> tuple[Bar, ...]:
    return tuple(Bar(words_for(name).capitalize(), count, str(count)) for name, count in rows)


def _over(count: int) -> str:
    told = ngettext(
        "Over the last closed dispute.", "Over the last {count} closed disputes.", count
    )
    return told.format(count=count)


def _hours(hours: float | None) -> str:
    if hours is None:
        return _("no case yet")
    if hours < 48:
        return _("{hours} hours").format(hours=f"{hours:.1f}")
    return _("{days} days").format(days=f"{hours / 24:.1f}")


def _rates(now: datetime) -> Table:
    rows = tuple(
        (
            Cell(one.seller),
            Cell(one.disputes, "number"),
            Cell(one.orders, "number"),
            Cell(f"{one.percent:.1f} %", "number"),
        )
        for one in counted.rates(now - WINDOW)
    )
    return Table(
        title=_("Filing rate of sellers"),
        heads=(_("Seller"), _("Disputes"), _("Orders"), _("Rate")),
        rows=rows,
        empty=_("No disputes in this time."),
        note=_(
            "Disputes opened in the last 90 days for every hundred orders with a step in the last "
            "90 days, whatever came of them."
        ),
    )


def opinions(_request: HttpRequest, _target: str) -> Sheet:
    """What the parties think of how their disputes went."""
    rows = list(Opinion.objects.order_by("-given_at")[:OPINIONS])
    bars = []
    for name, question in QUESTIONS.items():
        given = [one.answers[name] for one in rows if name in one.answers]
        if given:
            mean = sum(given) / len(given)
            bars.append(Bar(str(question), mean, f"{mean:.1f}"))
    suggested = tuple(texts(words_for(one.role), one.suggestion) for one in rows if one.suggestion)
    return Sheet(
        title=_("Opinions"),
        intro=_("Answers to the questionnaire on the page of a dispute, from 1 to 5."),
        charts=(Chart(_("Mean of the answers"), tuple(bars)),),
        tables=(
            Table(
                title=_("What should be different"),
                heads=(_("Role"), _("Suggestion")),
                rows=suggested,
                empty=_("Nobody has suggested anything yet."),
            ),
        ),
    )
