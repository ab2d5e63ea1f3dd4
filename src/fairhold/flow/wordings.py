"""Fixed words for the names of the core: clocks, endings, accounts, outcomes, reasons."""

from fairhold.core.cases.disputes.state import Outcome
from fairhold.core.cases.orders.decide.retaining import AFTER_RETENTION, ON_REQUEST
from fairhold.core.evidence.message import Tag
from fairhold.core.evidence.outside import Authentication, Channel
from fairhold.core.ledger.accounts import Account

CLOCK_NAMES = {
    "seller_response": "the seller's time to answer",
    "platform_entry": "the time until the platform steps in",
    "platform_proposal": "the platform's time to propose a plan",
    "proof": "the time for documents",
    "delivery_promise": "the promised delivery time",
    "proposal_phase": "the time in which both may accept a plan",
    "award": "the platform's time to decide",
    "buyer_return": "the buyer's time to send the goods back",
    "seller_confirmation": "the seller's time to confirm the return",
    "return_entry": "the platform's time to take up the return",
    "return_ruling": "the platform's time to decide about the return",
    "freeze_limit": "the longest time of the freeze",
}
ENDING_WORDS = {
    "fired": "ran out",
    "satisfied": "ended: done in time",
    "cancelled": "ended: no longer needed",
    "superseded": "ended: replaced",
}
ACCOUNT_NAMES = {
    Account.BUYER: "the buyer",
    Account.HELD_GOODS: "the hold for the goods",
    Account.HELD_FREIGHT: "the hold for the freight",
    Account.SELLER_PAYABLE: "the seller",
    Account.PLATFORM_FEES: "the platform's fee",
    Account.PLATFORM_COVER: "the platform's fund",
    Account.SELLER_DEBT: "the seller's debt",
    Account.CARD_NETWORK: "the card network",
}
OUTCOMES = {
    Outcome.AGREED: "both sides agreed",
    Outcome.AWARDED: "the platform decided",
    Outcome.SELLER_SILENT: "the seller did not answer in time",
    Outcome.PLATFORM_SILENT: "the platform did not propose a plan in time",
    Outcome.RETURN_NOT_SENT: "the goods were not sent back in time",
    Outcome.RETURN_CONFIRMED: "the return was confirmed",
    Outcome.RETURN_UNANSWERED: "nobody decided about the return in time; it counts as received",
    Outcome.WITHDRAWN: "the buyer withdrew it",
}
STEP_IN_REASONS = {
    "clock": "The time to negotiate is over",
    "specialist": "A specialist took up the case",
    "worry_free": "A parcel of the worry-free service did not arrive",
}


def clock_name(kind: str) -> str:
    """The name of a clock; of those named after something, what they are for."""
    base, _, about = kind.partition(".")
    return CLOCK_NAMES[base] + (f" ({about.replace('_', ' ')})" if about else "")


# The five purposes of a message, as people call them.
TAG_WORDS = {
    Tag.SUPPLEMENT: "supplement to the contract",
    Tag.CHANGE: "change of terms",
    Tag.FEEDBACK: "feedback on performance",
    Tag.OBJECTION: "objection",
    Tag.NEGOTIATION: "negotiation",
}
CHANNEL_WORDS = {
    Channel.EMAIL: "an e-mail",
    Channel.PHONE: "a telephone call",
    Channel.CONTRACT: "a contract in writing",
    Channel.MESSENGER: "another messenger",
}
AUTHENTICATION_WORDS = {
    Authentication.NONE: "nobody has confirmed it",
    Authentication.ONE_SIDE: "one side stands for it; the other has not confirmed it",
    Authentication.BOTH_SIDES: "both sides confirmed it",
    Authentication.CONTESTED: "contested",
}
WHY_PURGED = {AFTER_RETENTION: "the time to keep them is over", ON_REQUEST: "on request"}
