"""Fixed words about parcels: what happened, what a flag says, why a part of an address counts."""

from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.logistics.report import FlagCode
from fairhold.core.logistics.scan import ScanKind
from fairhold.core.values.roles import Role

HAPPENED = {
    ScanKind.NOT_FOUND: "The carrier does not know the number",
    ScanKind.NOTED: "A note of the carrier",
    ScanKind.UNMAPPED: "A record that could not be read",
    ScanKind.ANNOUNCED: "Announced to the carrier",
    ScanKind.ACCEPTED: "Handed to the carrier",
    ScanKind.MOVING: "On its way",
    ScanKind.DELAYED: "The carrier announces a delay",
    ScanKind.EXPORT_CUSTOMS: "With customs of the country of origin",
    ScanKind.CUSTOMS_IN: "Presented to customs",
    ScanKind.CUSTOMS_HELD: "Held by customs",
    ScanKind.CUSTOMS_OUT: "Released by customs",
    ScanKind.OUT_FOR_DELIVERY: "Out for delivery",
    ScanKind.ATTEMPTED: "Delivery failed",
    ScanKind.HELD_FOR_PICKUP: "Waiting to be picked up",
    ScanKind.DAMAGED: "Damaged",
    ScanKind.LOST: "Lost",
    ScanKind.REFUSED: "Refused by the recipient",
    ScanKind.UNDELIVERABLE: "Could not be delivered",
    ScanKind.DELIVERED: "Delivered",
    ScanKind.RETURNING: "On its way back to the sender",
    ScanKind.RETURNED: "Back with the sender",
    ScanKind.WITHDRAWN: "Taken back by the carrier",
}
MARKS = {
    "no_meaning": "Nobody has said yet what this text means; it does not count.",
    "no_time": "It bears no time that can be read; it does not count.",
    "ahead": "It is dated in the future; it does not count.",
}
FLAGS = {
    FlagCode.BEFORE_ORDER: (
        "The carrier’s first record is {hours} hours older than the order: "
        "the number may belong to another parcel."
    ),
    FlagCode.ANNOUNCED_BEFORE_ORDER: (
        "The number was announced {hours} hours before the order was placed."
    ),
    FlagCode.BEFORE_CANCELLATION: (
        "The carrier had the parcel {hours} hours before the buyer asked to cancel."
    ),
    FlagCode.AFTER_CANCELLATION: (
        "The carrier’s first record is {hours} hours later than the buyer’s request to cancel."
    ),
    FlagCode.IMPOSSIBLE_ORDER: (
        "After the delivery there are records that only come before one: "
        "they may belong to another parcel."
    ),
    FlagCode.AFTER_DELIVERY: "The carrier has records from after the delivery.",
    FlagCode.IMPOSSIBLE_SPEED: (
        "Two records lie {km} km apart and {minutes} minutes: no parcel travels so fast."
    ),
    FlagCode.ELSEWHERE: "Delivered in {delivered}; the order goes to {ordered}.",
    FlagCode.TOO_LIGHT: (
        "The carrier weighed {measured} g; the goods alone weigh {goods} g by the order."
    ),
    FlagCode.SILENT: (
        "No record for {days} days; on this route carriers are usually silent up to {usual} days."
    ),
    FlagCode.RETURN_SENT_BACK: "The return reached the seller’s city and was sent back.",
    FlagCode.RETURN_AT_CUSTOMS: "The return is held by the customs of the seller’s country.",
    FlagCode.CAUSE_NAMED: (
        "The carrier names why the delivery failed ({causes}): a lead, not yet proof."
    ),
    FlagCode.ZONE_ASSUMED: (
        "The first record names no time zone: it may be more than a day earlier or later."
    ),
    FlagCode.UNMAPPED: "{count} record(s) could not be read and count for nothing yet.",
    FlagCode.DATED_AHEAD: "A record is dated in the future.",
    FlagCode.NUMBER_IMPOSSIBLE: "No carrier can have given out this number.",
    FlagCode.NUMBER_SHARED: "A number of this parcel stands on another parcel too.",
    FlagCode.NUMBER_REPLACED: "The number was replaced {times} time(s); the first was {first}.",
    FlagCode.NUMBER_TRANSFERRED: (
        "Records under {times} transfer number(s) count for this parcel: "
        "look whether they are its own."
    ),
    FlagCode.AFTER_RETURN: (
        "The parcel was sent back, and yet there are later records of a delivery."
    ),
    FlagCode.NOT_SURE: "Whether the delivery fits the order is not certain in: {parts}.",
}
WHY = {
    "in_another_country": "The parcel was delivered in another country.",
    "order_does_not_say": "The order does not say it.",
    "city_by_another_name": "It is the same city by another name.",
    "city_nearby": "It is a place close by.",
    "city_unknown": "The place is in no list of cities.",
    "part_of_the_name": "Only a part of the name is the same.",
    "spelled_otherwise": "It is spelled a little differently.",
    "zip_plus_4": "The longer code is the same area.",
    "zip_shortened": "The carrier shows only a part of the code.",
    "zip_hidden": "The carrier hides a part of the code.",
    "no_such_zip": "No code of this country looks like that.",
    "name_hidden": "The carrier hides the name.",
    "no_name": "What the carrier shows is no person’s name.",
    "initials_only": "The carrier shows initials only.",
    "another_name": "It is another person’s name.",
    "another_given_name": "The family name is the same, the given name is not.",
    "same_name_in_another_script": "It is the same name in another script.",
    "perhaps_the_same_in_another_script": "It may be the same name in another script.",
    "another_character": "It sounds the same and is written with other characters.",
    "middle_name_left_out": "A middle name is left out.",
    "province_by_another_name": "It is the same province by another name.",
    "province_unknown": "The province is in no list.",
    "province_and_its_surroundings": "It may be the region around it.",
}
CUSTOMS_REASONS = {
    "import_restriction": "the goods may not be brought in",
    "duty_unpaid": "duty has not been paid yet",
    "buyer_refuses_duty": "the buyer refuses to pay duty",
    "counterfeit_or_contraband": "the goods look counterfeit or forbidden",
    "declared_value_mismatch": "the declared value does not fit",
    "seller_documents_missing": "papers of the seller are missing",
    "buyer_documents_missing": "papers of the buyer are missing",
    "other": "a reason of its own",
}
DRAFTS: dict[tuple[NudgeKind, Role], tuple[str, str]] = {
    (NudgeKind.DELAYED, Role.SELLER): (
        "A parcel is late",
        "The carrier has had no news of the parcel for a while, or announces a delay. Ask the "
        "carrier, tell the buyer what you learn and until when to wait, and ask for patience.",
    ),
    (NudgeKind.DUTY, Role.SELLER): (
        "Customs waits for duty",
        "Customs keeps the parcel until duty is paid. Tell the buyer, recall what your page says "
        "of duty, and think of sharing it: a parcel that comes back costs more.",
    ),
    (NudgeKind.DUTY, Role.BUYER): (
        "Customs waits for you",
        "Customs keeps your parcel until duty is paid. Ask the customs office or the carrier what "
        "is due and until when; a parcel that nobody clears goes back.",
    ),
    (NudgeKind.PICKUP, Role.BUYER): (
        "Your parcel waits for you",
        "The carrier keeps your parcel for you to fetch. Look for its note in your mail, take "
        "proof of who you are with you and go before the days of keeping are over.",
    ),
    (NudgeKind.PROMISE_ENDING, Role.SELLER): (
        "The promised time is nearly over",
        "In a few days the delivery time that you promised is over, and the buyer may ask for the "
        "money back. Ask the carrier where the parcel is and tell the buyer.",
    ),
}
