"""Evidence: uploaded, submitted, named, withdrawn, fetched. Who fetches what is put on record."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from ninja import File, Query, Router
from ninja.files import UploadedFile

from fairhold.api import bodies, carry
from fairhold.api.auth import Key, viewer
from fairhold.api.disputes import Number, act, built, view_or_404
from fairhold.api.documented import CREATED, FILE, DisputeOut, UploadOut
from fairhold.api.problems import Problem
from fairhold.core.cases.disputes import commands as asked
from fairhold.flow.desk import current
from fairhold.flow.downloads import download
from fairhold.flow.intake import uploads

router = Router(tags=["evidence"])
READ, WRITE = Key("disputes:read"), Key("disputes:write")
Id = bodies.Id


@router.post("/files", auth=WRITE, response={201: UploadOut, **CREATED}, operation_id="uploadFile")
def upload(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """Upload one file; name its id in a filing, an answer or as evidence."""
    desk = current()
    try:
        stored = uploads.store(desk, file)
    except uploads.UploadError as error:
        raise Problem("upload_refused", str(error)) from error
    row = uploads.stage(desk, stored, viewer(request).actor.id)
    shown = {"id": row.id, "name": row.name, "size": row.size, "media_type": row.media_type}
    return JsonResponse({**shown, "sha256": row.sha256}, status=201)


@router.get(
    "/disputes/{dispute_id}/evidence/{number}/content",
    auth=READ,
    response={200: bytes, **FILE},
    operation_id="downloadEvidence",
)
def content(
    request: HttpRequest, dispute_id: Id, number: Number
) -> HttpResponse | StreamingHttpResponse:
    """The bytes of one piece of evidence, always as a download."""
    found = download(current(), view_or_404(request, dispute_id), number)
    if found is None:
        raise carry.not_found()
    return StreamingHttpResponse(found.chunks, headers=found.headers)


@router.post(
    "/disputes/{dispute_id}/evidence",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="submitEvidence",
)
def submit(request: HttpRequest, dispute_id: Id, body: bodies.EvidenceBody) -> HttpResponse:
    """Submit uploaded files."""
    called = uploads.Called(body.kind, body.shows or "", body.platform_only)
    command = built(request, lambda make: asked.AddEvidence(make.files(body.evidence, called)))
    return act(request, dispute_id, command, body)


@router.delete(
    "/disputes/{dispute_id}/evidence/{number}",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="withdrawEvidence",
)
def withdraw_evidence(
    request: HttpRequest,
    dispute_id: Id,
    number: Number,
    reasons: Annotated[str | None, Query(min_length=1, max_length=500)] = None,
) -> HttpResponse:
    """Withdraw an own file, and say why; it stays on record."""
    command = built(
        request,
        lambda make: asked.WithdrawEvidence(number, make.words(reasons) if reasons else None),
    )
    return act(request, dispute_id, command, None)


@router.put(
    "/disputes/{dispute_id}/evidence/{number}/kind",
    auth=WRITE,
    response={200: DisputeOut, **CREATED},
    operation_id="nameEvidence",
)
def name_evidence(
    request: HttpRequest, dispute_id: Id, number: Number, body: bodies.EvidenceKindBody
) -> HttpResponse:
    """Say what kind of document a file is; when it was submitted does not change."""
    return act(request, dispute_id, asked.NameEvidence(number, body.kind), body)
