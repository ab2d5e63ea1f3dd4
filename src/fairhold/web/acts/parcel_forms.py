"""The forms about parcels and returns: numbers of waybills, addresses, what is wrong."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from fairhold.core.logistics.waybill import Standing, examine
from fairhold.flow.desk import current
from fairhold.flow.speech import say
from fairhold.web.acts.fields import FilesField, line_field, text_field
from fairhold.web.acts.forms import ActForm, address_field


class NumberField(forms.RegexField):
    """A waybill number; full-width signs, as some keyboards make them, are plain ones."""

    def to_python(self, value: Any) -> Any:
        """The text in one width."""
        return super().to_python(unicodedata.normalize("NFKC", value or ""))


class WaybillForm(ActForm):
    """A carrier and a waybill number, which has to be one that the carrier can have given out."""

    carrier = line_field(_("Carrier"))
    waybill = NumberField(
        label=_("Waybill number"),
        regex=r"^[0-9A-Za-z][0-9A-Za-z \-/]{2,49}$",
        help_text=_("As printed on the receipt: letters, digits, blanks, hyphens."),
        error_messages={"invalid": _("Enter 3 to 50 letters and digits, as on the receipt.")},
    )

    def clean(self) -> dict[str, Any]:
        """A number that no carrier can have given out is not taken."""
        cleaned = super().clean() or self.cleaned_data
        register = current().parcels.register
        if cleaned.get("waybill"):
            carrier = register.named(cleaned.get("carrier") or "")
            found = examine(cleaned["waybill"], register, carrier)
            if found.standing is Standing.IMPOSSIBLE:
                compare = now_("Compare it with your receipt.")
                self.add_error("waybill", f"{say(found.reason)} {compare}")
        return cleaned


class NumberForm(WaybillForm):
    """The number of a parcel that is on its way."""

    def prepare(self) -> None:
        """Begin with the carrier that was named."""
        parcel = self.view.file.the_order.parcel(self.number())
        if parcel is not None:
            self.initial["carrier"] = parcel.carrier

    def has_target(self) -> bool:
        """The parcel is one of the order's."""
        return self.view.file.the_order.parcel(self.number()) is not None


class CorrectedWaybillForm(WaybillForm):
    """The waybill as it should have been typed."""

    def prepare(self) -> None:
        """Begin with what was typed."""
        leg = self.view.file.the_dispute.leg
        if leg is not None:
            self.initial.update(carrier=leg.carrier, waybill=leg.waybill)


class ReturnAddressForm(ActForm):
    """Where the goods are to go."""

    def prepare(self) -> None:
        """Begin with the address that stands."""
        leg = self.view.file.the_dispute.leg
        self.fields["return_address"] = address_field()
        self.standing = self.view.text(leg.address) if leg else ""
        self.initial["return_address"] = self.standing

    def clean(self) -> dict[str, Any]:
        """An address left as it is, is confirmed and not changed."""
        cleaned = super().clean() or self.cleaned_data
        typed = (cleaned.get("return_address") or "").replace("\r\n", "\n").strip()
        cleaned["changed_address"] = "" if typed == self.standing.strip() else typed
        return cleaned


class UnagreedForm(WaybillForm):
    """A return nobody agreed to."""

    reasons = text_field(_("Why were the goods sent back?"))
    uploads = FilesField()


class EscalateForm(ActForm):
    """What is wrong with the return."""

    reasons = text_field(_("What is wrong with the return?"))
    uploads = FilesField()
