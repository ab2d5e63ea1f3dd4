"""Fixed words about parcels: what happened, what a flag says, why a part of an address counts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.logistics.report import FlagCode
from fairhold.core.logistics.scan import ScanKind
from fairhold.core.values.roles import Role
from fairhold.flow.labels import Labels

HAPPENED = Labels(
    {
        ScanKind.NOT_FOUND: _("The carrier does not know the number"),
        ScanKind.NOTED: _("A note of the carrier"),
        ScanKind.UNMAPPED: _("A record that could not be read"),
        ScanKind.ANNOUNCED: _("Announced to the carrier"),
        ScanKind.ACCEPTED: _("Handed to the carrier"),
        ScanKind.MOVING: _("On its way"),
        ScanKind.DELAYED: _("The carrier announces a delay"),
        ScanKind.EXPORT_CUSTOMS: _("With customs of the country of origin"),
        ScanKind.CUSTOMS_IN: _("Presented to customs"),
        ScanKind.CUSTOMS_HELD: _("Held by customs"),
        ScanKind.CUSTOMS_OUT: _("Released by customs"),
        ScanKind.OUT_FOR_DELIVERY: _("Out for delivery"),
        ScanKind.ATTEMPTED: _("Delivery failed"),
        ScanKind.HELD_FOR_PICKUP: _("Waiting to be picked up"),
        ScanKind.DAMAGED: _("Damaged"),
        ScanKind.LOST: _("Lost"),
        ScanKind.REFUSED: _("Refused by the recipient"),
        ScanKind.UNDELIVERABLE: _("Could not be delivered"),
        ScanKind.DELIVERED: _("Delivered"),
        ScanKind.RETURNING: _("On its way back to the sender"),
        ScanKind.RETURNED: _("Back with the sender"),
        ScanKind.WITHDRAWN: _("Taken back by the carrier"),
    }
)
MARKS = Labels(
    {
        "no_meaning": _("Nobody has said yet what this text means; it does not count."),
        "no_time": _("It bears no time that can be read; it does not count."),
        "ahead": _("It is dated in the future; it does not count."),
    }
)
FLAGS = Labels(
    {
        FlagCode.BEFORE_ORDER: _(
            "The carrier’s first record is {hours} hours older than the order: "
            "the number may belong to another parcel."
        ),
        FlagCode.ANNOUNCED_BEFORE_ORDER: _(
            "The number was announced {hours} hours before the order was placed."
        ),
        FlagCode.BEFORE_CANCELLATION: _(
            "The carrier had the parcel {hours} hours before the buyer asked to cancel."
        ),
        FlagCode.AFTER_CANCELLATION: _(
            "The carrier’s first record is {hours} hours later than the buyer’s request to cancel."
        ),
        FlagCode.IMPOSSIBLE_ORDER: _(
            "After the delivery there are records that only come before one: "
            "they may belong to another parcel."
        ),
        FlagCode.AFTER_DELIVERY: _("The carrier has records from after the delivery."),
        FlagCode.IMPOSSIBLE_SPEED: _(
            "Two records lie {km} km apart and {minutes} minutes: no parcel travels so fast."
        ),
        FlagCode.ELSEWHERE: _("Delivered in {delivered}; the order goes to {ordered}."),
        FlagCode.TOO_LIGHT: _(
            "The carrier weighed {measured} g; the goods alone weigh {goods} g by the order."
        ),
        FlagCode.SILENT: _(
            "No record for {days} days; on this route carriers are usually silent up to "
            "{usual} days."
        ),
        FlagCode.RETURN_SENT_BACK: _("The return reached the seller’s city and was sent back."),
        FlagCode.RETURN_AT_CUSTOMS: _("The return is held by the customs of the seller’s country."),
        FlagCode.CAUSE_NAMED: _(
            "The carrier names why the delivery failed ({causes}): a lead, not yet proof."
        ),
        FlagCode.ZONE_ASSUMED: _(
            "The first record names no time zone: it may be more than a day earlier or later."
        ),
        FlagCode.UNMAPPED: _("{count} record(s) could not be read and count for nothing yet."),
        FlagCode.DATED_AHEAD: _("A record is dated in the future."),
        FlagCode.NUMBER_IMPOSSIBLE: _("No carrier can have given out this number."),
        FlagCode.NUMBER_SHARED: _("A number of this parcel stands on another parcel too."),
        FlagCode.NUMBER_REPLACED: _(
            "The number was replaced {times} time(s); the first was {first}."
        ),
        FlagCode.NUMBER_TRANSFERRED: _(
            "Records under {times} transfer number(s) count for this parcel: "
            "look whether they are its own."
        ),
        FlagCode.AFTER_RETURN: _(
            "The parcel was sent back, and yet there are later records of a delivery."
        ),
        FlagCode.NOT_SURE: _("Whether the delivery fits the order is not certain in: {parts}."),
    }
)
WHY = Labels(
    {
        "in_another_country": _("The parcel was delivered in another country."),
        "order_does_not_say": _("The order does not say it."),
        "city_by_another_name": _("It is the same city by another name."),
        "city_nearby": _("It is a place close by."),
        "city_unknown": _("The place is in no list of cities."),
        "part_of_the_name": _("Only a part of the name is the same."),
        "spelled_otherwise": _("It is spelled a little differently."),
        "zip_plus_4": _("The longer code is the same area."),
        "zip_shortened": _("The carrier shows only a part of the code."),
        "zip_hidden": _("The carrier hides a part of the code."),
        "no_such_zip": _("No code of this country looks like that."),
        "name_hidden": _("The carrier hides the name."),
        "no_name": _("What the carrier shows is no person’s name."),
        "initials_only": _("The carrier shows initials only."),
        "another_name": _("It is another person’s name."),
        "another_given_name": _("The family name is the same, the given name is not."),
        "same_name_in_another_script": _("It is the same name in another script."),
        "perhaps_the_same_in_another_script": _("It may be the same name in another script."),
        "another_character": _("It sounds the same and is written with other characters."),
        "middle_name_left_out": _("A middle name is left out."),
        "province_by_another_name": _("It is the same province by another name."),
        "province_unknown": _("The province is in no list."),
        "province_and_its_surroundings": _("It may be the region around it."),
    }
)
CUSTOMS_REASONS = Labels(
    {
        "import_restriction": _("the goods may not be brought in"),
        "duty_unpaid": _("duty has not been paid yet"),
        "buyer_refuses_duty": _("the buyer refuses to pay duty"),
        "counterfeit_or_contraband": _("the goods look counterfeit or forbidden"),
        "declared_value_mismatch": _("the declared value does not fit"),
        "seller_documents_missing": _("papers of the seller are missing"),
        "buyer_documents_missing": _("papers of the buyer are missing"),
        "other": _("a reason of its own"),
    }
)
# Why a delivery failed, as the carrier names it.
CAUSES = Labels(
    {
        "absent": _("nobody was there"),
        "address": _("the address was not found"),
        "refused": _("the parcel was refused"),
        "unclaimed": _("nobody fetched it"),
        "other": _("a reason of its own"),
    }
)
# Title and text of a reminder, by what it is about and whom it goes to.
DRAFTS: dict[tuple[NudgeKind, Role], tuple[Any, Any]] = {
    (NudgeKind.DELAYED, Role.SELLER): (
        _("A parcel is late"),
        _(
            "The carrier has had no news of the parcel for a while, or announces a delay. Ask the "
            "carrier, tell the buyer what you learn and until when to wait, and ask for patience."
        ),
    ),
    (NudgeKind.DUTY, Role.SELLER): (
        _("Customs waits for duty"),
        _(
            "Customs keeps the parcel until duty is paid. Tell the buyer, recall what your page "
            "says of duty, and think of sharing it: a parcel that comes back costs more."
        ),
    ),
    (NudgeKind.DUTY, Role.BUYER): (
        _("Customs waits for you"),
        _(
            "Customs keeps your parcel until duty is paid. Ask the customs office or the carrier "
            "what is due and until when; a parcel that nobody clears goes back."
        ),
    ),
    (NudgeKind.PICKUP, Role.BUYER): (
        _("Your parcel waits for you"),
        _(
            "The carrier keeps your parcel for you to fetch. Look for its note in your mail, take "
            "proof of who you are with you and go before the days of keeping are over."
        ),
    ),
    (NudgeKind.PROMISE_ENDING, Role.SELLER): (
        _("The promised time is nearly over"),
        _(
            "In a few days the delivery time that you promised is over, and the buyer may ask for "
            "the money back. Ask the carrier where the parcel is and tell the buyer."
        ),
    ),
}


def draft(kind: NudgeKind, to: Role) -> tuple[str, str]:
    """Title and text of a reminder about a parcel."""
    title, text = DRAFTS[kind, to]
    return str(title), str(text)
