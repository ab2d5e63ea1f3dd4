"""Letters in the language of whoever gets them; records in English whoever reads them."""

import pytest
from django.utils import translation

from dossier import bag_of, full_case
from fairhold.accounts.models import Party
from fairhold.flow.desk import current
from fairhold.flow.letters import letter
from fairhold.store import queries

pytestmark = pytest.mark.django_db
OPEN = "\u2068"


def written(case, language):
    Party.objects.update_or_create(
        id="party-buyer",
        defaults={
            "kind": "buyer",
            "ref": "b",
            "name": "Amina",
            "email": "b@x.example",
            "country": "DE",
            "language": language,
        },
    )
    entries = queries.entries_of(case.order_id)
    opened = next(one for one in entries if one.type == "NoticeIssued" and one.case_id)
    found = letter(current(), case.order_id, opened.seq, "buyer")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "greeting"), [("en", "Hello Amina,"), ("en-XA", "Ĥéļļó Amina,"), ("tlh", "Hello")]
)
def test_a_letter_speaks_the_language_of_its_party_and_english_where_there_is_none(
    language, greeting
):
    assert written(full_case(), language).body.startswith(greeting)


def test_a_letter_from_right_to_left_isolates_sums_and_times_and_keeps_the_case_address():
    case = full_case()
    body = written(case, "ar").body
    assert f"{OPEN}USD " in body
    assert f"{current().public_url}/d/{case.file.the_dispute.number}" in body
    assert OPEN not in written(case, "ru").body


def test_the_language_of_whoever_runs_the_worker_does_not_matter():
    case = full_case()
    before = written(case, "en")
    with translation.override("ar"):
        assert written(case, "en") == before
        assert translation.get_language() == "ar"


def test_a_case_file_is_the_same_bytes_in_every_language():
    case = full_case()
    first = bag_of(case)
    with translation.override("ar"):
        again = bag_of(case, moment=first.moment)
    assert again.bag.digest == first.bag.digest
    assert b"".join(again.chunks()) == b"".join(first.chunks())
