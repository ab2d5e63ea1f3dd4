"""What is known at a moment: given facts, what follows from them, proofs, and presumptions.

Step by step, each fact with where it came from. Whatever stays absent is unknown. Deciding again at
a later moment starts here again: windows lapse, presumptions step in, unknowns only shrink.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from fairhold.core.rules.book import Book
from fairhold.core.rules.conditions import truth
from fairhold.core.rules.derive import derived
from fairhold.core.rules.vocabulary import ProofRule, Value
from fairhold.core.values.tri import Tri

Item = Mapping[str, Value]
NOTICE = "dispute.platform_notice_at"
ITEMS = "evidence.items"
PROOF = "proof."


class From(StrEnum):
    """Where a fact came from."""

    GIVEN = "given"
    DERIVED = "derived"
    DOCUMENTS = "documents"
    NO_RECORD = "no record says otherwise"
    LAPSE = "presumed when the time to prove it lapsed"


class Window(StrEnum):
    """How a request for proof stands."""

    MET = "met"
    LAPSED = "lapsed"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Notice:
    """A request that went out: the last instant that counts (aware UTC), and whether it is past."""

    due: datetime
    over: bool


NOTHING_UNSURE: frozenset[str] = frozenset()
# The notice of a request; None where nobody was asked yet.
Notices = Callable[[ProofRule], Notice | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for proof at a moment. `due` is None while nobody was asked yet."""

    proof: ProofRule
    due: datetime | None
    window: Window


@dataclass(frozen=True, slots=True)
class Known:
    """Every fact that is known at a moment, where each came from, and how every proof stands.

    `given` was said, `followed` was worked out from it, `by_lapse` is presumed
    since a window lapsed.
    """

    facts: dict[str, Value]
    given: Mapping[str, Value]
    followed: Mapping[str, Value]
    windows: dict[str, Window]
    by_lapse: frozenset[str]
    book: Book
    notices: Notices

    def origin(self, name: str) -> From:
        """Where a known fact came from."""
        if name in self.followed:
            return From.DERIVED
        if name in self.given or name == "as_of":
            return From.GIVEN
        if name in self.by_lapse:
            return From.LAPSE
        return From.NO_RECORD if name in self.book.presumed else From.DOCUMENTS

    def asked(self, name: str) -> Asked:
        """How the request of that name stands."""
        rule = self.book.proofs[name]
        notice = self.notices(rule)
        return Asked(rule, notice.due if notice else None, self.windows[name])


def establish(
    book: Book,
    given: Mapping[str, Value],
    as_of: datetime,
    notices: Notices,
    unsure: frozenset[str] = NOTHING_UNSURE,
) -> Known:
    """What is known at `as_of` (aware UTC) when `given` is all that anybody said.

    Of the facts in `unsure` something is on record that a person has to look at: while nobody has
    said what it shows, they are unknown, whatever is presumed of facts without a record.
    """
    followed = derived(given, book.carriers)
    facts = {**book.presumed, **followed, **given, "as_of": as_of}
    for name in unsure - given.keys():
        facts.pop(name, None)
    windows = _windows(book, facts, as_of, notices)
    by_lapse = _answer_proofs(book, windows, facts)
    return Known(facts, given, followed, windows, by_lapse, book, notices)


def lapsed(known: Known) -> Known:
    """The same when every window that is still running had lapsed with nothing filed."""
    facts = dict(known.facts)
    windows: dict[str, Window] = {
        name: Window.LAPSED if one is Window.RUNNING else one for name, one in known.windows.items()
    }
    by_lapse = known.by_lapse | _answer_proofs(known.book, windows, facts)
    return replace(known, facts=facts, windows=windows, by_lapse=by_lapse)


def from_one_notice(given: Mapping[str, Value], as_of: datetime) -> Notices:
    """Every request went out with the platform's entry; before it nobody was asked."""
    entered: datetime | None = given.get(NOTICE)
    by_days: dict[int, Notice] = {}

    def notice(rule: ProofRule) -> Notice | None:
        if entered is None:
            return None
        found = by_days.get(rule.days)
        if found is None:
            due = entered + timedelta(days=rule.days)
            found = by_days[rule.days] = Notice(due, as_of > due)
        return found

    return notice


def _windows(
    book: Book, facts: Mapping[str, Value], as_of: datetime, notices: Notices
) -> dict[str, Window]:
    items = admitted(book, facts, as_of) if facts.get(ITEMS) else ()
    found: dict[str, Window] = {}
    for name, rule in book.proofs.items():
        notice = notices(rule)
        if items and _filed(rule, items, notice.due if notice else None):
            found[name] = Window.MET
        else:
            found[name] = Window.LAPSED if notice and notice.over else Window.RUNNING
    return found


def admitted(book: Book, facts: Mapping[str, Value], as_of: datetime) -> Sequence[Item]:
    """The documents on file that count: filed by now, and admissible where they are exchanges."""
    kinds = inadmissible(book, facts)
    return [
        item
        for item in facts.get(ITEMS) or ()
        if item["type"] not in kinds and not (item.get("at") and item["at"] > as_of)
    ]


def inadmissible(book: Book, facts: Mapping[str, Value]) -> frozenset[str]:
    """The kinds of documents that do not count because of the channel they came through."""
    if book.admissible is None or truth(book.admissible, facts) is Tri.TRUE:
        return frozenset()
    return frozenset(one.name for one in book.evidence.values() if one.correspondence)


def _filed(rule: ProofRule, items: Sequence[Item], due: datetime | None) -> bool:
    """Whether the documents were filed in time, whole, and by somebody who may."""
    there = documents_in_time(rule, items, due)
    return there == set(rule.documents) if rule.all_needed else bool(there)


def documents_in_time(rule: ProofRule, items: Sequence[Item], due: datetime | None) -> set[str]:
    """The documents of a request that were filed in time, whole, and by somebody who may."""
    return {
        item["type"]
        for item in items
        if item["type"] in rule.documents
        and item.get("by", rule.party) in (rule.party, "carrier")
        and item.get("complete") is not False
        and (due is None or item.get("at") is None or item["at"] <= due)
    }


def _answer_proofs(
    book: Book, windows: Mapping[str, Window], facts: dict[str, Value]
) -> frozenset[str]:
    """What documents say, then what lapsed windows leave to presume; the facts so presumed."""
    for name in (name for name, window in windows.items() if window is Window.MET):
        facts[PROOF + name] = True
        for fact, value in book.showing[name].items():
            facts.setdefault(fact, value)
    presumed: dict[str, Value] = {}
    for name in (name for name, window in windows.items() if window is Window.LAPSED):
        presumed |= {**book.lapsing[name], PROOF + name: False}
    added = {name: value for name, value in presumed.items() if name not in facts}
    facts.update(added)
    return frozenset(added)
