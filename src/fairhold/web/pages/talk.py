"""The messages of an order, the life of an exhibit, thumbnails, the file of a case."""

from django.contrib.auth.decorators import login_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairhold.core.cases.orders import commands as ordered
from fairhold.flow import speech
from fairhold.flow.casefile.assembled import export
from fairhold.flow.casefile.forums import ForumError, forum, forums, laws
from fairhold.flow.casefile.moment import MomentError, read_moment
from fairhold.flow.custody import life_of
from fairhold.flow.desk import current
from fairhold.flow.downloads import Download, attachment, shown_large, thumbnail
from fairhold.flow.intake.mails import case_address
from fairhold.flow.query import View
from fairhold.flow.retention import deletion_date
from fairhold.flow.thread import Said, Thread, read_up_to, thread_of
from fairhold.flow.wordings import TAG_WORDS
from fairhold.web.acts.talk_forms import TAGS
from fairhold.web.drafts import drafted
from fairhold.web.exhibits import file_cards
from fairhold.web.viewing import case_or_404, names, order_or_404


@require_GET
@login_required
def messages(request: HttpRequest, order_id: str) -> HttpResponse:
    """The one thread of an order, with who has read how far, and what may be said."""
    view = order_or_404(request, order_id)
    read_up_to(current(), view)
    thread = thread_of(view)
    order = view.file.the_order
    draft = drafted(request, reverse("order-act", args=[order_id, "message"]))
    typed = draft.fields if draft else {}
    content = {
        "view": view,
        "order": order,
        "thread": thread,
        "names": names(view),
        "tags": TAGS,
        "tag_words": {tag.value: words for tag, words in TAG_WORDS.items()},
        "key": current().ids.new(),
        "reply": _answered(thread, request.GET.get("reply", typed.get("reply_to", ""))),
        "written_in": typed.get("language", speech.active().code),
        "draft": draft,
        "may_write": ordered.WriteMessage in view.allowed,
        "may_propose": ordered.ProposeAmendment in view.allowed and order.amendment is None,
        "amendment": order.amendment,
        "amendment_address": view.text(order.amendment.delivery_address) if order.amendment else "",
        "amendment_note": view.text(order.amendment.note) if order.amendment else "",
        "nav": "orders",
    }
    return render(request, "desk/messages.html", content)


def _answered(thread: Thread, number: str) -> Said | None:
    """The message of the chat that is answered, if that is what one came for."""
    chat = (one for one in thread.said if one.place == "chat")
    return next((one for one in chat if str(one.number) == number), None)


@require_GET
@login_required
def attached(request: HttpRequest, order_id: str, number: int) -> StreamingHttpResponse:
    """The bytes of a file of the chat, always as a download."""
    return _sent(attachment(current(), order_or_404(request, order_id), number))


@require_GET
@login_required
def small(request: HttpRequest, case_id: str, number: int) -> StreamingHttpResponse:
    """A small picture of an exhibit, made anew."""
    return _sent(thumbnail(current(), case_or_404(request, case_id), number))


@require_GET
@login_required
def large(request: HttpRequest, case_id: str, number: int) -> StreamingHttpResponse:
    """A picture as large as the page of an exhibit shows it."""
    return _sent(shown_large(current(), case_or_404(request, case_id), number))


@require_GET
@login_required
def shown(request: HttpRequest, case_id: str, number: int) -> HttpResponse:
    """The page of one exhibit: the picture, what is known of the file, its neighbours."""
    view = case_or_404(request, case_id)
    cards = {one.exhibit.number: one for one in file_cards(view) if not one.hidden}
    if number not in cards:
        raise Http404
    content = {
        "view": view,
        "card": cards[number],
        "before": max((one for one in cards if one < number), default=None),
        "after": min((one for one in cards if one > number), default=None),
        "allowed": {command.__name__ for command in view.allowed},
    }
    return render(request, "desk/viewer.html", content)


@require_GET
@login_required
def life(request: HttpRequest, case_id: str, number: int) -> HttpResponse:
    """Everything that happened to one exhibit."""
    view = case_or_404(request, case_id)
    exhibits = view.file.the_dispute.exhibits
    found = exhibits[number - 1] if 1 <= number <= len(exhibits) else None
    if found is None or not found.seen_by(view.viewer.role):
        raise Http404
    content = {
        "view": view,
        "exhibit": found,
        "copy": found.shown_to(view.viewer.role),
        "name": view.text(found.name),
        "withdrawn": view.text(found.withdrawn) if found.withdrawn else "",
        "links": life_of(view, found),
    }
    return render(request, "desk/custody.html", content)


@require_GET
@login_required
def case_file(request: HttpRequest, case_id: str) -> HttpResponse:
    """What the file of a case holds, for whom it can be made, and the button to get it."""
    return _file_page(request, case_or_404(request, case_id), "")


def _file_page(request: HttpRequest, view: View, fault: str) -> HttpResponse:
    content = {
        "view": view,
        "fault": fault,
        "forums": [(name, forum(name).title) for name in forums()],
        "laws": [(name, forum("court", name).title.partition(". ")[2]) for name in laws()],
        "deletion": deletion_date(current(), view.file),
        "address": case_address(current(), view.file.the_dispute.number),
        "key": current().proofs.signer.line(),
    }
    return render(request, "desk/case_file.html", content, status=422 if fault else 200)


@require_POST
@login_required
def case_file_bytes(request: HttpRequest, case_id: str) -> StreamingHttpResponse | HttpResponse:
    """The file of a case, made and sent in one go; the export is put on record."""
    view = case_or_404(request, case_id)
    law = request.POST.get("law") or None
    moment = request.POST.get("moment")
    try:
        chosen = forum(request.POST.get("forum", "platform_mediation"), law)
        made = export(current(), view, read_moment(moment) if moment else None, chosen)
    except (ForumError, MomentError) as error:
        return _file_page(request, view, str(error))
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": f'attachment; filename="{made.name}"',
    }
    return StreamingHttpResponse(made.chunks(), headers=headers)


def _sent(found: Download | None) -> StreamingHttpResponse:
    if found is None:
        raise Http404
    return StreamingHttpResponse(found.chunks, headers=found.headers)
