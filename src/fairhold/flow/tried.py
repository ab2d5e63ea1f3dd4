"""Steps 4 and 5 of the write path, without a trace: for the command itself, and for its preview."""

from fairhold.core.cases.decide import decide
from fairhold.core.cases.refusal import Refusal
from fairhold.flow.access import refusal_for
from fairhold.flow.desk import Desk
from fairhold.flow.moments import moment_of
from fairhold.flow.request import Request
from fairhold.flow.step import taken
from fairhold.store.load import Loaded
from fairhold.store.rows import Step


def tried(desk: Desk, request: Request, loaded: Loaded) -> Step | Refusal:
    """Steps 4 and 5: what the command would do to this file, or why it may not.

    Raises: InvariantBroken when the result breaks what must always hold.
    """
    moment = moment_of(desk, loaded, request)
    decided = refusal_for(request, loaded.file) or decide(loaded.file, request.command, moment)
    if isinstance(decided, Refusal):
        return decided
    return taken(loaded.file, decided, request, moment.now)
