"""The languages: complete, with plurals and directions; no word that nobody can translate."""

import babel.dates
import pytest
from django.conf import settings
from django.utils import translation
from unmarked import unmarked

from fairhold.accounts.models import Person
from fairhold.cli.wording.catalogs import check, places
from fairhold.core.cases.disputes import commands as asked
from fairhold.web.pages.operations.views import PAGES
from world import ONLY, SELLER, SPECIALIST, terms

pytestmark = pytest.mark.django_db
PSEUDO, MIRRORED = "en-xa", "ar-xb"
MONTHS = tuple(babel.dates.get_month_names("wide", locale="en").values())
FORMS = (
    "",
    "refuse/",
    "evidence/",
    "message/",
    "outside/",
    "case-file/",
    "evidence/1/",
    "propose/",
)
DESK_FORMS = ("platform-plan/", "award/", "step-in/", "evidence/1/custody/", "name/1/", "redact/1/")
AROUND = (
    "/disputes/",
    "/orders/",
    "/settings/",
    "/help/",
    "/status/",
    "/accessibility/",
    "/rules/",
)


def reviewed(case):
    """A case in the platform's hands, with two plans and an exhibit."""
    case.do(SELLER, asked.RefuseAndPropose(terms(ONLY, 5_000), ()))
    case.do(SPECIALIST, asked.StepIn())
    return case


def data_of(case) -> set[str]:
    """Words that are the case's own: names, titles, texts."""
    own = {"buyer", "seller", "specialist", "operator", "A buyer, DE", "A seller, DE", case.ref}
    agreement = case.file.the_order.agreement
    own |= {one.title for one in agreement.lines} | {agreement.shipping_service}
    own |= {case.file.dispute.number.split("-")[part] for part in (1, 2)}
    # Units and months come out of the CLDR and have no pseudo-language.
    own |= {"days and", "hours", "minutes", "hours and", *MONTHS}
    return own | {
        "A buyer",
        "A seller",
        "Registered air mail",
        "EMS",
        "DHL",
        "SHA",
        "UTC",
        "USD",
        "bytes",
        "China Post",
        "photo",
        "png",
        "PLT",
        "SIL",
    }


def addresses(case, role: str) -> list[str]:
    dispute = f"/disputes/{case.file.dispute.id}/"
    order = f"/orders/{case.order_id}/"
    found = [*AROUND, *(dispute + form for form in FORMS), order, f"{order}messages/"]
    if role == "seller":
        found.append("/seller/")
    if role == "specialist":
        found += ["/queue/", f"/queue/{case.file.dispute.id}/"]
        found += [dispute + form for form in DESK_FORMS]
    if role == "operator":
        found += [f"/operations/{page}/" for page in PAGES if page not in ("settings", "people")]
    return found


@pytest.mark.parametrize("role", ["buyer", "seller", "specialist", "operator"])
def test_no_page_holds_a_word_that_nobody_can_translate(visitors, case, role):
    reviewed(case)
    Person.objects.update(language=PSEUDO)
    known = data_of(case)
    plain = {}
    for place in addresses(case, role):
        answer = visitors[role].get(place)
        if answer.status_code == 200:
            found = unmarked(answer.content.decode(), known)
            plain |= {place.replace(case.file.dispute.id, "ID"): found} if found else {}
    told = "\n".join(f"{place}: {words}" for place, words in plain.items())
    assert not plain, told


def test_pages_from_right_to_left_say_so(visitors, case):
    Person.objects.update(language=MIRRORED)
    page = visitors["buyer"].get(f"/disputes/{case.file.dispute.id}/").content.decode()
    assert 'dir="rtl"' in page


def folders():
    return list(places(settings.ENVIRONMENT.languages).items())


@pytest.mark.parametrize("number", range(3))
def test_every_sentence_is_translated_into_every_language(number):
    folder, said = folders()[number]
    assert check(folder, said()) == []


COUNTS = (0, 1, 2, 3, 5, 11, 21, 100)


@pytest.mark.parametrize("code", ["zh-hans", "es", "pt-br", "fr", "ru", "ar"])
def test_every_count_has_its_plural_form(code):
    with translation.override(code):
        told = [
            translation.ngettext("{count} day", "{count} days", count).format(count=count)
            for count in COUNTS
        ]
    assert all(told)
    different = {one.replace(str(count), "") for one, count in zip(told, COUNTS, strict=True)}
    assert len(different) == {"zh-hans": 1, "ru": 3, "ar": 5}.get(code, 2)
