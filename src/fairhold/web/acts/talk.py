"""The acts of what is said, for the one view of all acts. Data."""

from datetime import UTC, date, datetime

from django.utils.translation import gettext_lazy as _

from fairhold.adapters.mailbox.signatures import look_up
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.orders import commands as ordered
from fairhold.flow.intake.mails import seen_among
from fairhold.flow.intake.redacting import NO_COPY, RedactionError, may_redact, redacted
from fairhold.web.acts import effects, forms, talk_forms
from fairhold.web.acts.making import Act, Cleaned, Making, Unfit


def _message(make: Making, cleaned: Cleaned) -> asked.PostMessage:
    return asked.PostMessage(
        make.words(cleaned["text"]),
        cleaned["tag"],
        cleaned["language"] or None,
        cleaned["reply_to"],
        make.files,
    )


def _written(make: Making, cleaned: Cleaned) -> ordered.WriteMessage:
    return ordered.WriteMessage(
        make.words(cleaned["text"]),
        cleaned["tag"],
        cleaned["language"] or None,
        cleaned["reply_to"],
        make.files,
    )


def _terms(make: Making, cleaned: Cleaned) -> ordered.ProposeAmendment:
    address = cleaned["delivery_address"]
    return ordered.ProposeAmendment(
        make.words(cleaned["note"]),
        cleaned["shipping_service"].strip() or None,
        cleaned["promise_days"],
        make.words(address) if address else None,
    )


def _outside(make: Making, cleaned: Cleaned) -> asked.FileOutside:
    return asked.FileOutside(
        channel=cleaned["channel"],
        summary=make.words(cleaned["summary"]),
        happened_at=_beginning(cleaned["happened_on"]),
        evidence=make.files,
        mail=seen_among(make.desk, make.stored, look_up) if make.confirmed else None,
    )


def _beginning(day: date | None) -> datetime | None:
    """The first instant of a day in UTC; a day that is still to come the case refuses."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _redact(make: Making, cleaned: Cleaned) -> asked.RedactEvidence:
    number = make.number()
    exhibits = make.view.file.the_dispute.exhibits
    if not 1 <= number <= len(exhibits):
        raise Unfit("boxes", "There is no such file; look up its number.")
    if not may_redact(make.view, exhibits[number - 1]):
        return asked.RedactEvidence(number, NO_COPY)
    try:
        copy = redacted(make.desk, make.view, exhibits[number - 1], cleaned["boxes"])
    except RedactionError as error:
        raise Unfit("boxes", str(error)) from error
    return asked.RedactEvidence(number, copy)


TALK_ACTS: dict[str, Act] = {
    "message": Act(
        asked.PostMessage,
        talk_forms.MessageForm,
        _("Write a message"),
        _("Send the message"),
        _message,
        effects.nothing,
        direct=True,
    ),
    "outside": Act(
        asked.FileOutside,
        talk_forms.OutsideForm,
        _("Bring in what was said elsewhere"),
        _("Bring it in"),
        _outside,
        effects.says(
            _("You stand for its being genuine. The other side is asked to confirm it."),
            _("It is a ground for a decision here only when both sides have confirmed it."),
            _("Documents about the goods count by themselves; say of each file what it shows."),
        ),
    ),
    "confirm-outside": Act(
        asked.ConfirmOutside,
        forms.ActForm,
        _("Confirm what was said elsewhere"),
        _("Confirm it"),
        lambda make, _: asked.ConfirmOutside(make.number()),
        effects.says(
            _("You say that it is genuine and valid. That cannot be taken back."),
            _("The platform may then rest its decision on it."),
        ),
    ),
    "contest-outside": Act(
        asked.ContestOutside,
        talk_forms.ContestForm,
        _("Contest what was said elsewhere"),
        _("Contest it"),
        lambda make, cleaned: asked.ContestOutside(make.number(), make.words(cleaned["reasons"])),
        effects.says(_("It stays on record as contested. Decisions here do not rest on it.")),
    ),
    "withdraw-evidence": Act(
        asked.WithdrawEvidence,
        talk_forms.WithdrawFileForm,
        _("Withdraw this file"),
        _("Withdraw the file"),
        lambda make, cleaned: asked.WithdrawEvidence(make.number(), make.words(cleaned["reasons"])),
        effects.says(
            _("The file stays on record with its fingerprint, who withdrew it, when and why.")
        ),
    ),
    "redact": Act(
        asked.RedactEvidence,
        talk_forms.RedactForm,
        _("Redact this file for the other side"),
        _("Redact it"),
        _redact,
        effects.says(_("The other side sees the redacted copy. The platform sees the original.")),
        direct=True,
    ),
}

# Acts on an order, from the page of its messages.
ORDER_ACTS: dict[str, Act] = {
    "message": Act(
        ordered.WriteMessage,
        talk_forms.MessageForm,
        _("Write a message"),
        _("Send the message"),
        _written,
        effects.nothing,
        direct=True,
    ),
    "terms": Act(
        ordered.ProposeAmendment,
        talk_forms.TermsForm,
        _("Propose other terms"),
        _("Propose them"),
        _terms,
        effects.says(
            _("The other side is asked by mail. Nothing changes until it agrees."),
            _("When it agrees, the terms become the next version of your agreement."),
        ),
    ),
    "accept-terms": Act(
        ordered.AcceptAmendment,
        forms.ActForm,
        _("Agree to the proposed terms"),
        _("Agree"),
        lambda make, _: ordered.AcceptAmendment(make.number()),
        effects.says(_("The proposed terms become the next version of your agreement.")),
    ),
    "decline-terms": Act(
        ordered.DeclineAmendment,
        forms.ActForm,
        _("Do not change the terms"),
        _("End the proposal"),
        lambda make, _: ordered.DeclineAmendment(make.number()),
        effects.says(_("The agreement stays as it is. The proposal stays in the history.")),
    ),
}
