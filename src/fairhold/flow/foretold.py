"""What a command would lead to, written nowhere: for the page that is read before it is sent."""

from dataclasses import replace

from fairhold.core.cases.refusal import Refusal
from fairhold.flow.desk import Desk
from fairhold.flow.query import View, told
from fairhold.flow.request import Request
from fairhold.flow.tried import tried
from fairhold.store.load import load
from fairhold.store.queries import entries_of


def foretold(desk: Desk, request: Request) -> View | Refusal:
    """The case as the command would leave it, or why it would be refused.

    Raises: InvariantBroken for a defect of ours.
    """
    step = tried(desk, request, load(request.order_id, None))
    if isinstance(step, Refusal):
        return step
    entries = [*entries_of(request.order_id), *step.entries]
    view = told(desk, step.after, request.viewer, step.entries[-1].at, entries)
    return replace(view, texts=view.texts | {one.id: one.text for one in step.texts})
