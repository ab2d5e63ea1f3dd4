"""The filing of a dispute in five steps, each a page of its own that works without scripts.

What was answered before travels along in hidden fields, and is kept as a draft. The fifth step is
the check page that every act has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes.state import Kind, Reason, Subcase
from fairhold.core.values.money import Money
from fairhold.core.values.roles import Role
from fairhold.flow.checklist import Hint, hints
from fairhold.flow.desk import current
from fairhold.flow.query import View
from fairhold.flow.speech import Text, amount
from fairhold.web.acts.files import held, keep
from fairhold.web.acts.forms import FilingForm
from fairhold.web.acts.registry import OPEN
from fairhold.web.drafts import begin_again, keep_typed

TITLES: tuple[Text, ...] = (
    _("What is the matter?"),
    _("What do you ask for?"),
    _("How much?"),
    _("What happened?"),
    _("Check and send"),
)
LAST = len(TITLES) - 2
# The step that asks for amounts.
SUMS = 2
# Another button of a step than “Go on”.
EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far, by field, as it was typed."""

    given: dict[str, list[str]]

    def one(self, name: str) -> str:
        """The answer to a question with one answer."""
        return next(iter(self.given.get(name, ())), "")

    def asked_in(self, step: int, form: FilingForm) -> list[str]:
        """The fields of a step; what an earlier answer makes pointless is not asked."""
        unlike = self.one("reason") == Reason.NOT_AS_AGREED.value
        returns = self.one("kind") == Kind.RETURN_AND_REFUND.value
        return (
            ["reason"],
            [*(["subcase"] if unlike else []), "kind"],
            [*form.amounts(), *(["return_freight"] if returns else [])],
            ["description", "wanted", "uploads", "evidence_kind"],
        )[step]


def one_step(request: HttpRequest, view: View) -> HttpResponse | FilingForm | None:
    """The page of a step, or the form with its files where all is answered and the check is next.

    None for what the steps have no part in: what the check page sends.
    """
    if request.method == "GET":
        return _begun(request, view)
    at = request.POST.get("at", "")
    if at not in {str(step) for step in range(LAST + 1)} or request.POST.get("step"):
        return _earlier(request, view, at)
    answers = Answers({name: request.POST.getlist(name) for name in request.POST})
    form = FilingForm(request.POST, request.FILES or None, view=view, target="")
    form.full_clean()
    for step in range(int(at) + 1):
        asked = answers.asked_in(step, form)
        if any(name in form.errors for name in asked):
            keep(request, form)
            keep_typed(request, form)
            return _page(request, form, answers, step)
    if int(at) == LAST:
        keep(request, form)
        return _page(request, form, answers, LAST) if form.errors.get("uploads") else form
    keep_typed(request, form)
    return _page(request, _afresh(view, answers), answers, int(at) + 1)


def total(request: HttpRequest, view: View) -> str:
    """The sum of the amounts as they are typed; nothing where one of them is none."""
    form = FilingForm(request.POST, None, view=view, target="")
    form.full_clean()
    amounts = form.amounts()
    asked = [form.cleaned_data[name] for name in amounts if name in form.cleaned_data]
    if len(asked) < len(amounts) or not sum(asked):
        return ""
    currency, held = form.currency, view.file.balances.held
    told = now_("Together {sum} of {held} that is held.")
    return told.format(sum=amount(Money(sum(asked), currency)), held=amount(Money(held, currency)))


def of_the_check() -> dict[str, Any]:
    """The progress as the check page shows it, which is the last step."""
    at = LAST + 1
    return {"steps": list(enumerate(TITLES)), "at": at, "number": at + 1, "title": TITLES[at]}


def _begun(request: HttpRequest, view: View) -> HttpResponse:
    form = FilingForm(None, None, view=view, target="")
    since = begin_again(request, form)
    answers = Answers({name: [str(value)] for name, value in form.initial.items()} if since else {})
    return _page(request, form, answers, _left_at(view, answers) if since else 0, since)


def _left_at(view: View, answers: Answers) -> int:
    """The first step that a draft does not answer, or the last one."""
    typed = QueryDict(mutable=True)
    for name, values in answers.given.items():
        typed.setlist(name, values)
    form = FilingForm(typed, None, view=view, target="")
    form.full_clean()
    steps = range(LAST + 1)
    unanswered = (
        one for one in steps if any(name in form.errors for name in answers.asked_in(one, form))
    )
    return next(unanswered, LAST)


def _earlier(request: HttpRequest, view: View, at: str) -> HttpResponse | None:
    if request.POST.get("step") != EARLIER or not at.isdigit():
        return None
    form = FilingForm(request.POST, request.FILES or None, view=view, target="")
    form.full_clean()
    kept = keep(request, form)
    keep_typed(request, form)
    given = {name: request.POST.getlist(name) for name in request.POST}
    answers = Answers({**given, "upload_ids": [",".join(kept)]})
    step = min(int(at), LAST)
    if form.errors.get("uploads"):
        return _page(request, form, answers, step)
    return _page(request, _afresh(view, answers), answers, max(0, step - 1))


def _afresh(view: View, answers: Answers) -> FilingForm:
    """The form with what was answered so far, without the errors of what was not asked yet."""
    form = FilingForm(None, None, view=view, target="")
    form.initial.update({name: answers.one(name) for name in form.fields if name in answers.given})
    return form


def _page(
    request: HttpRequest, form: FilingForm, answers: Answers, step: int, since: Any = None
) -> HttpResponse:
    asked = answers.asked_in(step, form)
    if answers.one("reason") == Reason.NOT_AS_AGREED.value:
        form.unmarked = (*form.unmarked, "uploads")
    if form.is_bound:
        for name in form.fields.keys() - {*asked}:
            form.errors.pop(name, None)
    handles = tuple(one for one in answers.one("upload_ids").split(",") if one)
    page = {
        "total": total(request, form.view) if request.method == "POST" and step == SUMS else "",
        "view": form.view,
        "act": OPEN,
        "form": form,
        "fields": [form[name] for name in asked],
        "carried": _carried(form, answers, asked),
        "at": step,
        "steps": list(enumerate(TITLES)),
        "title": TITLES[step],
        "number": step + 1,
        "key": request.POST.get("key") or current().ids.new(),
        "held": held(request, form.kept() if form.is_bound else handles),
        "draft_from": since,
        "hints": _hints(form, answers) if step == LAST else (),
        "book": form.view.file.the_order.book,
    }
    return render(request, "desk/step.html", page, status=422 if form.errors else 200)


def _hints(form: FilingForm, answers: Answers) -> tuple[Hint, ...]:
    """What the rules may ask of the buyer for the cause that was chosen."""
    reason, subcase = answers.one("reason"), answers.one("subcase")
    if reason not in {*Reason}:
        return ()
    unlike = reason == Reason.NOT_AS_AGREED.value and subcase in {*Subcase}
    cause = (Reason(reason), Subcase(subcase) if unlike else Subcase.NONE)
    return hints(current().shelf.book(form.view.file.the_order.book), cause, Role.BUYER)


def _carried(form: FilingForm, answers: Answers, asked: Iterable[str]) -> list[tuple[str, str]]:
    """The answers to the other steps, as hidden fields."""
    others = [name for name in form.fields if name not in {*asked, "uploads", "upload_ids"}]
    return [(name, value) for name in others for value in answers.given.get(name, ()) if value]
