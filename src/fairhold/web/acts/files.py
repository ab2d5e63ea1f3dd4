"""The files of a form: kept from step to step, told by name, left out again."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fairhold.core.evidence.exhibit import MOST_FILES_AT_ONCE
from fairhold.flow.desk import current
from fairhold.flow.intake import uploads
from fairhold.flow.speech import say
from fairhold.web.acts.forms import ActForm
from fairhold.web.viewing import viewer


@dataclass(frozen=True, slots=True)
class Held:
    """A file that came with a form and waits for it to be sent. Units: `size` in bytes.

    `kind` and `shows` are what the form said of this file by itself.
    """

    handle: str
    name: str
    size: int
    kind: str
    shows: str


def keep(request: HttpRequest, form: ActForm) -> tuple[str, ...]:
    """The handles of all files of this form: those kept before, and those that came now.

    They are kept also where the form is wrong, so that nobody chooses a file twice. What is not
    taken is an error of the form, which goes on with the others.
    """
    owner = viewer(request).actor.id
    field = "uploads" if "uploads" in form.fields else None
    kept = list(uploads.known(form.kept(), owner))
    if len(kept) < len(form.kept()):
        form.add_error(field, _("A file is no longer kept. Choose it again."))
    for file in form.cleaned_data.get("uploads") or []:
        if len(kept) == MOST_FILES_AT_ONCE:
            more = _("{name}: not taken, {most} files are the most at once.")
            form.add_error(field, more.format(name=file.name, most=MOST_FILES_AT_ONCE))
            continue
        try:
            stored = uploads.store(current(), file)
        except uploads.UploadError as error:
            form.add_error(field, say(str(error)))
        else:
            kept.append(uploads.stage(current(), stored, owner).id)
    data = request.POST.copy()
    data["upload_ids"] = ",".join(kept)
    form.data = data
    return tuple(kept)


def held(request: HttpRequest, handles: tuple[str, ...]) -> list[Held]:
    """The kept files as a form and its check page show them."""
    found = uploads.known(handles, viewer(request).actor.id)
    return [
        Held(
            handle,
            file.name,
            file.size,
            request.POST.get(f"kind-{handle}", ""),
            request.POST.get(f"shows-{handle}", ""),
        )
        for handle, file in found.items()
    ]
