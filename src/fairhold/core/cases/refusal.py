"""Refusals: the expected "no". A value, never an exception.

The codes are stable for ever. Their order is their precedence: where several apply, the first
counts.
"""

from dataclasses import dataclass
from dataclasses import field as of_record
from enum import Enum
from typing import Any

from fairhold.core.values.sentence import Sentence, sentence


class Code(Enum):
    """Every refusal: its name, the HTTP status it travels with, and its title."""

    NOT_FOUND = ("not_found", 404, sentence("There is nothing here that you may see"))
    NOT_ALLOWED = ("not_allowed", 403, sentence("Your role may not do this"))
    ORDER_EXISTS = ("order_exists", 409, sentence("This order is known with other content"))
    ORDER_FROZEN = ("order_frozen", 409, sentence("The order is frozen"))
    CASE_CLOSED = ("case_closed", 409, sentence("The dispute is closed"))
    WRONG_STATE = ("wrong_state", 409, sentence("This cannot be done at this stage"))
    DEADLINE_PASSED = ("deadline_passed", 409, sentence("The time to answer is over"))
    CLOCK_NOT_DUE = ("clock_not_due", 409, sentence("The clock has not run out"))
    CLOCK_ENDED = ("clock_ended", 409, sentence("The clock has already ended"))
    CLOCK_WITHOUT_NOTICE = ("clock_without_notice", 409, sentence("Nobody was told of this clock"))
    WINDOW_NOT_OPEN = ("window_not_open", 422, sentence("It is too early to open a dispute"))
    NOT_DISPATCHED = ("not_dispatched", 422, sentence("Not everything has been dispatched yet"))
    DISPUTE_OPEN = ("dispute_open", 409, sentence("A dispute is already open on this order"))
    NOTHING_HELD = ("nothing_held", 409, sentence("No money is held for this order"))
    SUBCASE_UNFIT = ("subcase_unfit", 422, sentence("The subcase does not belong to the reason"))
    DESCRIPTION_MISSING = ("description_missing", 422, sentence("The description is missing"))
    EVIDENCE_MISSING = ("evidence_missing", 422, sentence("Evidence is missing"))
    AMOUNT_OUT_OF_RANGE = ("amount_out_of_range", 422, sentence("The amount is out of range"))
    ITEM_UNFIT = ("item_unfit", 422, sentence("An item of the amount does not fit the order"))
    PLAN_UNKNOWN = ("plan_unknown", 404, sentence("There is no such plan"))
    PLAN_WITHDRAWN = ("plan_withdrawn", 409, sentence("The plan was withdrawn"))
    PLAN_CHANGED = ("plan_changed", 409, sentence("The plan has changed since you saw it"))
    PLAN_NOT_YOURS = ("plan_not_yours", 409, sentence("The plan belongs to another side"))
    PLAN_OWN = ("plan_own", 409, sentence("You already stand on your own plan"))
    PLAN_UNCHANGED = ("plan_unchanged", 409, sentence("The plan is already like this"))
    PLAN_LIMIT = ("plan_limit", 409, sentence("You already have two plans"))
    PLAN_KIND_TAKEN = ("plan_kind_taken", 409, sentence("You already have a plan of this kind"))
    PLAN_NEEDED = ("plan_needed", 409, sentence("Your last plan must stay"))
    ALREADY_ACCEPTED = ("already_accepted", 409, sentence("You have already accepted this plan"))
    ALREADY_ANSWERED = ("already_answered", 409, sentence("The dispute has been answered"))
    FREIGHT_UNFIT = ("freight_unfit", 422, sentence("The payer of the return freight does not fit"))
    TIME_UNFIT = ("time_unfit", 422, sentence("The time does not fit"))
    WAYBILL_UNFIT = ("waybill_unfit", 422, sentence("The waybill does not fit"))
    ANSWER_FIRST = ("answer_first", 409, sentence("Your answer to the request comes first"))
    ADDRESS_NOT_LATIN = ("address_not_latin", 422, sentence("The address is not in Latin script"))
    ADDRESS_FIXED = ("address_fixed", 409, sentence("The return address stands"))
    PROPOSAL_PHASE_RUNNING = (
        "proposal_phase_running",
        409,
        sentence("The plans may still be accepted"),
    )
    ANSWER_TIME_RUNNING = ("answer_time_running", 409, sentence("The seller may still answer"))
    PROOF_TIME_RUNNING = ("proof_time_running", 409, sentence("Proof may still come"))
    DEPARTURE_UNEXPLAINED = (
        "departure_unexplained",
        422,
        sentence("The rulebook leads to another decision"),
    )
    SECOND_PERSON_NEEDED = ("second_person_needed", 409, sentence("A second person has to agree"))
    NO_DEPARTURE = ("no_departure", 409, sentence("No departure waits"))
    FACT_UNFIT = ("fact_unfit", 422, sentence("The fact cannot be established like this"))
    NOT_LOCAL = ("not_local", 409, sentence("The goods do not go to a local warehouse"))
    ALREADY_ENTERED = ("already_entered", 409, sentence("The platform is already in the case"))
    EXHIBIT_UNKNOWN = (
        "exhibit_unknown",
        404,
        sentence("There is no such piece of evidence of yours"),
    )
    EXHIBIT_LIMIT = ("exhibit_limit", 422, sentence("Too many files"))
    EXHIBIT_IGNORED = ("exhibit_ignored", 409, sentence("This does not count as evidence here"))
    EXHIBIT_HIDDEN = ("exhibit_hidden", 409, sentence("One side alone may see this"))
    MESSAGE_UNKNOWN = ("message_unknown", 404, sentence("There is no such message"))
    AMENDMENT_OPEN = (
        "amendment_open",
        409,
        sentence("A change of terms is waiting for its answer"),
    )
    AMENDMENT_UNFIT = ("amendment_unfit", 422, sentence("The change of terms does not fit"))
    LEGAL_HOLD = ("legal_hold", 409, sentence("A legal hold keeps this"))
    RETENTION_RUNNING = ("retention_running", 409, sentence("This is still to be kept"))
    LIMIT_REACHED = ("limit_reached", 409, sentence("This dispute has reached a limit"))
    PAYMENT_UNFIT = ("payment_unfit", 422, sentence("The payment does not fit the order"))
    PARCEL_UNFIT = ("parcel_unfit", 422, sentence("The parcel does not fit the order"))
    DISPUTE_BLOCKS = ("dispute_blocks", 409, sentence("An open dispute blocks this"))
    ALREADY_DONE = ("already_done", 409, sentence("This has already been done"))
    VERSION_STALE = ("version_stale", 412, sentence("Somebody changed this meanwhile"))
    KEY_REUSED = ("key_reused", 409, sentence("The idempotency key was used for something else"))

    def __init__(self, slug: str, status: int, title: Sentence) -> None:
        self.slug = slug
        self.status = status
        self.title = title


@dataclass(frozen=True, slots=True)
class Refusal:
    """One "no": why, what to do now, and the rule it rests on.

    `clause` is a key of the book's refusal citations; `field` names the input at fault.
    """

    code: Code
    why: str
    what_now: str
    clause: str | None = None
    field: str | None = None
    details: dict[str, Any] = of_record(default_factory=dict)
