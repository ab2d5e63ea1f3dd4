"""The history in words: the way of the goods back to the seller."""

from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes import events as dispute
from fairhold.core.journal.chain import Entry
from fairhold.flow.teller import Sentence, Teller, acts, plain


def _unagreed(event: dispute.UnagreedReturnRecorded, entry: Entry, teller: Teller) -> str:
    told = (
        _("You recorded a return that nobody agreed to: {carrier}, waybill {waybill}"),
        _("{side} recorded a return that nobody agreed to: {carrier}, waybill {waybill}"),
    )
    return teller.told(entry.actor_role, told, carrier=event.carrier, waybill=event.waybill)


def _agreed(event: dispute.ReturnAgreed, entry: Entry, teller: Teller) -> str:
    return str(_("A return was settled: {terms}")).format(terms=teller.terms(event.leg.terms))


def _shipped(event: dispute.ReturnShipped, entry: Entry, teller: Teller) -> str:
    told = (
        _("You sent the goods back: {carrier}, waybill {waybill}"),
        _("{side} sent the goods back: {carrier}, waybill {waybill}"),
    )
    return teller.told(entry.actor_role, told, carrier=event.carrier, waybill=event.waybill)


def _corrected(event: dispute.ReturnWaybillCorrected, entry: Entry, teller: Teller) -> str:
    told = (
        _("You corrected the waybill of the return: {carrier}, waybill {waybill}"),
        _("{side} corrected the waybill of the return: {carrier}, waybill {waybill}"),
    )
    return teller.told(entry.actor_role, told, carrier=event.carrier, waybill=event.waybill)


def _address(event: dispute.ReturnAddressConfirmed, entry: Entry, teller: Teller) -> str:
    told = (_("You confirmed the return address"), _("{side} confirmed the return address"))
    if event.address:
        told = (_("You changed the return address"), _("{side} changed the return address"))
    return teller.told(entry.actor_role, told)


RETURN_SENTENCES: dict[type, tuple[Sentence, str]] = {
    dispute.UnagreedReturnRecorded: (_unagreed, "decisions"),
    dispute.ReturnAgreed: (_agreed, "decisions"),
    dispute.ReturnShipped: (_shipped, "decisions"),
    dispute.ReturnWaybillCorrected: (_corrected, "decisions"),
    dispute.ReturnAddressConfirmed: (_address, "decisions"),
    dispute.ReturnConfirmed: (
        acts(
            _("You confirmed that the goods are back"),
            _("{side} confirmed that the goods are back"),
        ),
        "decisions",
    ),
    dispute.ReturnEscalated: (
        acts(
            _("You asked the platform to decide about the return"),
            _("{side} asked the platform to decide about the return"),
        ),
        "decisions",
    ),
    dispute.EscalationWithdrawn: (
        acts(
            _("You withdrew the escalation of the return"),
            _("{side} withdrew the escalation of the return"),
        ),
        "decisions",
    ),
    dispute.PlatformEnteredReturn: (plain(_("The platform took up the return")), "decisions"),
}
