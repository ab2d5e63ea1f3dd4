"""Nothing typed is lost: drafts of forms, kept while one types and while one signs in again."""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from fairhold.flow.desk import current
from fairhold.store import drafts
from fairhold.web.viewing import viewer

# Fields that control the sending.
CONTROL_FIELDS = {
    "at",
    "csrfmiddlewaretoken",
    "key",
    "leave_out",
    "seen",
    "step",
    "then",
    "upload_ids",
}
# Passwords are in no form of the desk.
# Files that were chosen come back with what was typed.
UNKEPT = (CONTROL_FIELDS - {"upload_ids"}) | {"version"}
IN_SESSION = "typed_before_sign_in"
View = Callable[..., HttpResponse]


def keeping_drafts(view: View) -> View:
    """Like `login_required`; what a signed-out person sends is there again after the sign-in."""

    @functools.wraps(view)
    def respond(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **options)
        if request.method == "POST":
            _keep_for_sign_in(request, request.path, typed(request.POST))
        return redirect_to_login(request.get_full_path())

    return respond


def _keep_for_sign_in(request: HttpRequest, place: str, fields: dict[str, str]) -> bool:
    fits = drafts.fits(place, fields)
    if fits:
        request.session[IN_SESSION] = {"place": place, "fields": fields}
    return fits


def typed(sent: Any) -> dict[str, str]:
    """What the form holds, by field, without what only controls it."""
    names = [name for name in sent if name not in UNKEPT]
    return {name: sent[name] for name in names if sent[name].strip()}


def keep_typed(request: HttpRequest, form: Any) -> bool:
    """Keep what was sent to this address as a draft, and which files; whether there was any."""
    fields = typed(form.data)
    owner = viewer(request).actor.id
    return bool(fields) and drafts.keep(owner, request.path, fields, current().clock.now())


def drafted(request: HttpRequest, place: str) -> drafts.Kept | None:
    """What was typed into the form at this address and not sent, here or while signed out."""
    owner = viewer(request).actor.id
    before = request.session.get(IN_SESSION)
    if before and before["place"] == place and before["fields"]:
        drafts.keep(owner, place, before["fields"], current().clock.now())
        del request.session[IN_SESSION]
    return drafts.find(owner, place)


def begin_again(request: HttpRequest, form: Any, place: str = "") -> datetime | None:
    """Let a form begin with its draft; returns from when it is, None where there is none.

    `place` is the address that the form is sent to, where that is not the page itself.
    """
    kept = drafted(request, place or request.path)
    if kept is None:
        return None
    for name, value in kept.fields.items():
        if name in form.fields:
            form.initial[name] = value
    return kept.at


def put_away(request: HttpRequest) -> None:
    """Forget the draft of this form: it was sent."""
    drafts.put_away(viewer(request).actor.id, request.path)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a draft while it is typed; `of` is the address of its form.

    What somebody types whose session has ended meanwhile is there again after the sign-in.
    """
    place = request.POST.get("of", "")
    fields = {name: value for name, value in typed(request.POST).items() if name != "of"}
    if not place.startswith("/") or not fields:
        return HttpResponse(status=204)
    if not request.user.is_authenticated:
        return HttpResponse(status=204 if _keep_for_sign_in(request, place, fields) else 413)
    owner, now = viewer(request).actor.id, current().clock.now()
    kept = drafts.keep(owner, place, fields, now)
    return HttpResponse(status=204 if kept else 413)


@require_GET
@login_required
def download(request: HttpRequest) -> HttpResponse:
    """A draft as a text file."""
    kept = drafts.find(viewer(request).actor.id, request.GET.get("of", ""))
    if kept is None:
        raise Http404
    words = {name: value for name, value in kept.fields.items() if name not in CONTROL_FIELDS}
    text = "\n\n".join(f"{name}:\n{value}" for name, value in words.items())
    headers = {"Content-Disposition": 'attachment; filename="draft.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
