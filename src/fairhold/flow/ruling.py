"""What the rulebook says of a live case, under the book that its order was made under."""

from datetime import datetime

from fairhold.core.cases.disputes.inquiry import Inquiry, inquire
from fairhold.core.cases.file import CaseFile
from fairhold.flow.desk import Desk


def ruling_of(desk: Desk, file: CaseFile, now: datetime) -> Inquiry:
    """The ruling on this file as of `now`."""
    return inquire(file, desk.shelf.book(file.the_order.book), now)
