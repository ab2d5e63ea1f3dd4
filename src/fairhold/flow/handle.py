"""The write path. Every change of Fairhold goes through `handle`, in these eight steps.

1 parse (the caller's)   2 idempotency key   3 load   4 decide   5 evolve and check   6 commit
7 answer (the caller's)   8 later (the outbox and the clocks)
"""

from fairhold.core.cases.evolve import InvariantBroken
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.sentence import sentence
from fairhold.flow.desk import Desk
from fairhold.flow.replay import file_after
from fairhold.flow.request import Busy, Done, Refused, Request
from fairhold.flow.tried import tried
from fairhold.store.load import Loaded, load
from fairhold.store.unit_of_work import LostRace, commit

MOST_TRIES = 3


def handle(desk: Desk, request: Request) -> Done | Refused:
    """Carry out one command, once, whole or not at all.

    Raises: Busy when others were faster three times; InvariantBroken for a defect of ours.
    """
    lost_at: int | None = None
    for _ in range(MOST_TRIES):
        loaded = load(request.order_id, request.request)  # 2 and 3: one consistent read
        if loaded.answered:
            return _answer_again(loaded, request)
        file = loaded.file
        step = tried(desk, request, loaded)  # 4 and 5
        if isinstance(step, Refusal):
            return Refused(step, file)
        try:
            commit([step])  # 6
        except LostRace as lost:
            if lost_at == file.version:  # nobody else wrote: the database refuses us twice
                raise InvariantBroken(f"order {request.order_id}: {lost}") from lost
            lost_at = file.version
            continue
        return Done(step.after, replayed=False)
    raise Busy(f"order {request.order_id} was being written by others; try again")


def _answer_again(loaded: Loaded, request: Request) -> Done | Refused:
    answered = loaded.answered
    if answered is None or answered.digest != request.digest:
        why = sentence("This idempotency key was used before, with other content.")
        refusal = Refusal(Code.KEY_REUSED, why, "Use a new key for a new command.")
        return Refused(refusal, loaded.file)
    return Done(file_after(answered.order_id, answered.first_seq), replayed=True)
