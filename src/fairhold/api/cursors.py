"""Pages by cursor: opaque, stable while new rows come in."""

import base64
import re
from typing import Any

from django.db.models import QuerySet

from fairhold.api.problems import Problem

ID = re.compile(r"^[0-9a-f-]{36}$")
DEFAULT_SIZE = 50
LARGEST_SIZE = 200


def page(rows: QuerySet[Any], cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    """One page of rows, newest id first, and the cursor of the next one.

    Raises: Problem for a cursor that is not ours.
    """
    if cursor:
        rows = rows.filter(id__lt=_read(cursor))
    found = list(rows.order_by("-id")[: limit + 1])
    following = _write(str(found[limit - 1].id)) if len(found) > limit else None
    return found[:limit], following


def _write(last_id: str) -> str:
    return base64.urlsafe_b64encode(last_id.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        last_id = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except ValueError as error:
        raise Problem("invalid_cursor", "Expected the `next` of an earlier page.") from error
    if not ID.match(last_id):
        raise Problem("invalid_cursor", "Expected the `next` of an earlier page.")
    return last_id
