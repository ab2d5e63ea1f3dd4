"""What holds for a message wherever it is written: on an order or in a dispute."""

from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.evidence.message import MOST_MESSAGES
from fairhold.core.values.sentence import sentence


def unfit_message(present: int, reply_to: int | None) -> Refusal | None:
    """The refusal of one more message among `present`; None where it fits."""
    if present >= MOST_MESSAGES:
        return Refusal(
            Code.LIMIT_REACHED,
            sentence(
                "There are {most} messages here, the most that is possible.", most=MOST_MESSAGES
            ),
            "Put what matters into your plan, or submit it as evidence.",
        )
    if reply_to is not None and not 1 <= reply_to <= present:
        return Refusal(
            Code.MESSAGE_UNKNOWN,
            sentence(
                "Expected the number of an earlier message, 1 to {present}; got {reply_to}.",
                present=present,
                reply_to=reply_to,
            ),
            "Look up the number beside the message.",
            field="reply_to",
        )
    return None
