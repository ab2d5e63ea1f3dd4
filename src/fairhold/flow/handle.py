"""The write path. Every change of Fairhold goes through `handle`, in these eight steps.

1 parse (the caller's)   2 idempotency key   3 load   4 decide   5 evolve and check   6 commit
7 answer (the caller's)   8 later (the outbox and the clocks)
"""

from datetime import datetime, timedelta

from fairhold.core.cases.decide import decide
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.flow.access import refusal_for
from fairhold.flow.desk import Desk
from fairhold.flow.replay import file_after
from fairhold.flow.request import Busy, Done, Refused, Request
from fairhold.flow.step import taken
from fairhold.store.load import Loaded, load
from fairhold.store.unit_of_work import LostRace, commit

MOST_TRIES = 3


def handle(desk: Desk, request: Request) -> Done | Refused:
    """Carry out one command, once, whole or not at all.

    Raises: Busy when others were faster three times; InvariantBroken for a defect of ours.
    """
    for _ in range(MOST_TRIES):
        loaded = load(request.order_id, request.request)  # 2 and 3: one consistent read
        if loaded.answered:
            return _answer_again(loaded, request)
        file, moment = loaded.file, moment_of(desk, loaded, request)
        decided = refusal_for(request, file) or decide(file, request.command, moment)  # 4
        if isinstance(decided, Refusal):
            return Refused(decided, file)
        step = taken(file, decided, request, moment.now)  # 5
        try:
            commit([step])  # 6
        except LostRace:
            continue
        return Done(step.after, replayed=False)
    raise Busy(f"order {request.order_id} was being written by others; try again")


def moment_of(desk: Desk, loaded: Loaded, request: Request) -> Moment:
    """Who acts, when, and under which book; the time is read here and nowhere else."""
    now = present(desk, loaded.file, loaded.database_time)
    book = loaded.file.order.book if loaded.file.order else desk.shelf.in_force
    return Moment(now, request.viewer.actor, desk.shelf.process(book))


def present(desk: Desk, file: CaseFile, database_time: datetime | None) -> datetime:
    """The present moment of this file: never before its last entry, ahead by its sandbox offset."""
    ahead = timedelta(seconds=file.order.sandbox_offset_seconds if file.order else 0)
    now = desk.clock.now(database_time) + ahead
    return max(now, file.head_at) if file.head_at else now


def _answer_again(loaded: Loaded, request: Request) -> Done | Refused:
    answered = loaded.answered
    if answered is None or answered.digest != request.digest:
        why = "This idempotency key was used before, with other content."
        refusal = Refusal(Code.KEY_REUSED, why, "Use a new key for a new command.")
        return Refused(refusal, loaded.file)
    return Done(file_after(answered.order_id, answered.first_seq), replayed=True)
