"""What is said in each language: sums, dates, lengths of time, lists, sentences of the core."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from fairhold.adapters.languages import LANGUAGES
from fairhold.adapters.tracking import meanings
from fairhold.cli.wording.in_python import messages
from fairhold.core.cases.clock import Ending
from fairhold.core.cases.disputes.state import Kind, Outcome, Reason, State, Subcase
from fairhold.core.cases.orders.state import Standing
from fairhold.core.logistics.address import Part
from fairhold.core.logistics.report import Detail, FlagCode
from fairhold.core.values.money import Money
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import Word, sentence
from fairhold.core.values.spans import Span
from fairhold.flow import codes, speech
from fairhold.flow.codes import CODES
from fairhold.flow.desk import current
from fairhold.flow.parcels.story import flag_words
from fairhold.flow.teller import when
from fairhold.flow.wordings import OUTCOMES, words_for

AT = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
OPEN, CLOSE = "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "USD 1,200.50"),
        ("es", "USD 1.200,50"),
        ("zh-hans", "USD 1,200.50"),
        ("ru", "USD 1\xa0200,50"),
        ("fr", "USD 1\u202f200,50"),
        ("pt-br", "USD 1.200,50"),
        ("ar", f"{OPEN}USD 1,200.50{CLOSE}"),
    ],
)
def test_a_sum_is_written_as_the_language_writes_it(code, said):
    with translation.override(code):
        assert speech.amount(Money(120_050, "USD")) == said


def test_sums_without_or_with_three_decimals_keep_every_digit():
    assert speech.plain_money(1_200, "JPY") == "JPY 1,200"
    assert speech.plain_money(500, "KWD") == "KWD 0.500"
    assert speech.plain_money(-5, "USD") == "USD -0.05"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "11 March 2026"),
        ("es", "11 de marzo de 2026"),
        ("zh-hans", "2026年3月11日"),
        ("ru", "11 марта 2026\u202fг."),
        ("ar", "11 مارس 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(code, said):
    with translation.override(code):
        assert speech.day(AT, UTC) == said


def test_a_moment_names_its_zone_and_offset():
    assert speech.moment(AT, ZoneInfo("Asia/Kolkata")) == (
        "11 March 2026, 14:30 (Asia/Kolkata, UTC+5:30)"
    )
    assert speech.moment(AT, UTC) == "11 March 2026, 09:00 (UTC)"


def test_a_moment_of_the_history_is_in_utc():
    local = AT.astimezone(ZoneInfo("Asia/Shanghai"))
    assert when(local) == "11 March 2026, 09:00 UTC"
    with translation.override("ar"):
        assert when(local) == f"{OPEN}11 مارس 2026, 09:00 UTC{CLOSE}"


def test_lengths_of_time_have_their_own_singular():
    assert [speech.span(Span(days=one)) for one in (1, 5)] == ["1 day", "5 days"]
    assert speech.span(Span(working_days=2)) == "2 working days"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "1 day and 21 hours"),
        ("es", "1 día y 21 horas"),
        ("ru", "1 день и 21 час"),
        ("zh-hans", "1天和21小时"),
        ("ar", "يوم و21 ساعة"),
    ],
)
def test_what_is_left_is_told_in_the_plural_of_the_language(code, said):
    with translation.override(code):
        assert speech.left(AT + timedelta(hours=45), AT) == said


def test_less_than_a_minute_and_a_past_end_are_told_as_nothing():
    assert speech.left(AT + timedelta(seconds=30), AT) == ""
    assert speech.left(AT + timedelta(minutes=61), AT) == "1 hour and 1 minute"
    assert speech.left(AT - timedelta(days=1), AT) == ""


def test_lists_are_joined_by_the_language():
    parts = ["a", "b", "c"]
    assert speech.listed(parts) == "a, b and c"
    assert speech.one_of(parts) == "a, b or c"
    assert speech.listed([]) == ""
    with translation.override("es"):
        assert speech.listed(parts) == "a, b y c"
        assert speech.one_of(parts) == "a, b o c"
    with translation.override("zh-hans"):
        assert speech.listed(parts) == "a、b和c"


def test_several_sentences_follow_one_another():
    assert speech.sentences(["One", "Two", "Three"]) == "One. Two. Three"
    assert speech.strung(["one", "two"]) == "one; two"
    assert speech.full_stop("It ended") == "It ended."


@pytest.mark.parametrize("code", [one.code for one in LANGUAGES.values()])
def test_only_text_from_right_to_left_isolates_what_runs_the_other_way(code):
    with translation.override(code):
        isolated = speech.isolated("E1") == f"{OPEN}E1{CLOSE}"
        assert isolated is speech.active().right_to_left


def test_a_sentence_of_the_core_is_said_with_its_values():
    told = sentence(
        "{sum} {span} {at} {day} {role} {roles} {word} {number}",
        sum=Money(120_000, "USD"),
        span=Span(days=5),
        at=AT,
        day=date(2026, 3, 11),
        role=Role.RIGHTS_HOLDER,
        roles=(Role.BUYER, Role.SELLER),
        word=Word("full_refund"),
        number=7,
    )
    assert speech.say(told) == (
        "USD 1,200.00 5 days 11 March 2026, 09:00 (UTC) 11 March 2026 rights holder "
        "buyer or seller full refund 7"
    )
    with translation.override("ar"):
        assert f"{OPEN}USD 1,200.00{CLOSE}" in speech.say(told)


def test_a_sentence_inside_a_sentence_is_said_too():
    inner = sentence("worth {sum}", sum=Money(120_000, "USD"))
    assert speech.say(sentence("It is {what}.", what=inner)) == "It is worth USD 1,200.00."


def test_nothing_is_said_of_nothing():
    assert speech.say("") == ""


@pytest.mark.parametrize(
    ("spoken", "code"),
    [("zh-CN", "zh-hans"), ("pt-br", "pt-br"), ("es-MX", "es"), ("", "en"), ("tlh", "en")],
)
def test_a_letter_is_written_in_the_nearest_language_there_is(spoken, code):
    assert speech.offered(spoken) == code


def test_words_for_a_code_fall_back_to_the_code_with_blanks():
    assert words_for("not_as_agreed") == "not as agreed"
    assert words_for("code_of_an_operator") == "code of an operator"
    assert words_for("A text of its own.") == "A text of its own."


def test_labels_are_said_when_they_are_asked_for():
    assert isinstance(next(iter(OUTCOMES.values())), str)
    assert len(OUTCOMES) == len(list(OUTCOMES))
    assert OUTCOMES.get("no such outcome") is None


def test_a_whole_table_is_translated_when_it_is_read_and_not_before():
    kept = dict(OUTCOMES.items())[Outcome.WITHDRAWN]
    with translation.override("en-xa"):
        assert str(kept) == OUTCOMES[Outcome.WITHDRAWN] != "the buyer withdrew it"


def test_every_code_of_the_rulebooks_has_its_words():
    shelf = current().shelf
    codes_of = set()
    for name in shelf.names():
        book = shelf.book(name)
        codes_of |= {one.then.decision for one in book.clauses if one.then.decision}
        codes_of |= {value for one in book.facts.values() for value in one.values}
        codes_of |= {*book.evidence, *book.proofs}
        codes_of |= {one.burden for one in book.facts.values()}
    said = (*Role, *Ending, *State, *Reason, *Subcase, *Kind, *Standing)
    codes_of |= {one.value for one in said}
    assert sorted(codes_of - set(CODES)) == []


def test_every_label_is_collected_for_translators():
    collected = {str(one.id) for one in messages(Path(codes.__file__))}
    assert set(CODES.values()) <= collected


def test_what_a_flag_lists_is_told_in_words():
    doubtful = (Detail("parts", ",".join(one.value for one in Part)),)
    told = flag_words(FlagCode.NOT_SURE, doubtful)
    assert told.endswith("Country, Province, City, Postal code and Who signed.")
    named = (Detail("causes", ",".join(sorted(meanings.CAUSES))),)
    assert "the address was not found, a reason of its own" in flag_words(
        FlagCode.CAUSE_NAMED, named
    )
