"""How amounts, moments, values and reasons stand in an answer."""

from collections.abc import Mapping
from datetime import datetime
from types import NoneType
from typing import Any

from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.establish import ITEMS, PROOF, Known
from fairhold.core.rules.vocabulary import Kind
from fairhold.core.values.money import plain_amount
from fairhold.flow.adjudicate.intake import RECORDS
from fairhold.flow.adjudicate.question import Finding

Answer = dict[str, Any]
# The parts of records that are amounts.
AMOUNTS = {
    name: {field for field, (kind, _) in fields.items() if kind is Kind.MONEY}
    for name, fields in RECORDS.items()
}
PLAIN = (str, bool, int, NoneType)


def because(clause: Clause, known: Known, currency: str) -> Answer:
    """Why a clause stands: its citation and each fact that it rests on, with where it came from."""
    read = [name for name in clause.rests_on if name in known.facts]
    return {
        "clause": table_id(clause),
        "citation": str(clause.citation),
        "summary": clause.summary,
        "facts": [
            {
                "name": name,
                "value": told(known.book, name, known.facts[name], currency),
                "from": known.origin(name).value,
            }
            for name in read
        ],
    }


def table_id(clause: Clause) -> str:
    """The id of a clause as the decision table has it: a clause in several parts has one."""
    return clause.id.partition("/")[0]


def told(book: Book, name: str, value: Any, currency: str) -> Any:
    """A value of a fact as a question would give it: amounts as decimal strings."""
    if isinstance(value, int) and book.facts[name].kind is Kind.MONEY:
        return plain_amount(value, currency)
    amounts = AMOUNTS.get(name)
    if amounts and value:
        entries = [value] if isinstance(value, Mapping) else value
        shown = [
            {
                field: plain_amount(part, currency) if field in amounts else plain(part)
                for field, part in entry.items()
            }
            for entry in entries
        ]
        return shown[0] if isinstance(value, Mapping) else shown
    return plain(value)


def action(finding: Finding, action: str, at: datetime | None, amount: int | None) -> Answer:
    """What a clock or a lapsed request does by itself, and when."""
    found: Answer = {"action": action, "at": moment(at)}
    if amount is not None:
        found["amount"] = money(finding, amount)
    return {"auto_action": found}


def money(finding: Finding, amount: int | None) -> str | None:
    """An amount as the contract writes it; None where it is not fixed."""
    return None if amount is None else plain_amount(amount, finding.question.currency)


def moment(at: datetime | None) -> str | None:
    """A moment as the contract writes it."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def plain(value: Any) -> Any:
    """A value of a fact as JSON."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    return moment(value) if isinstance(value, datetime) else value


def as_asked(known: Known, facts: Mapping[str, Any], currency: str) -> Answer:
    """Changed facts in the words of a question: proof is documents that were filed in time."""
    found: Answer = {}
    filed: list[Any] = [plain(one) for one in known.facts.get(ITEMS) or ()]
    more: list[Any] = []
    for name, value in facts.items():
        if not name.startswith(PROOF):
            found[name] = told(known.book, name, value, currency)
        elif value:
            more += _documents(known, name.removeprefix(PROOF))
        else:
            documents = known.book.proofs[name.removeprefix(PROOF)].documents
            filed = [one for one in filed if one["type"] not in documents]
            found[ITEMS] = filed
    return {**found, ITEMS: [*filed, *more]} if more else found


def _documents(known: Known, request: str) -> list[Answer]:
    """The documents of a request, filed at its last instant, or now where nobody was asked."""
    rule, notice = known.book.proofs[request], known.notices(known.book.proofs[request])
    at = moment(min(notice.due, known.facts["as_of"]) if notice else known.facts["as_of"])
    needed = rule.documents if rule.all_needed else rule.documents[:1]
    return [{"type": one, "by": rule.party, "at": at} for one in needed]
