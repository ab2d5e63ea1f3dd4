"""How amounts, moments, values and reasons stand in an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fairhold.core.rules.book import Clause
from fairhold.core.rules.establish import Known
from fairhold.core.values.money import plain_amount
from fairhold.flow.adjudicate.question import Finding

Answer = dict[str, Any]


def because(clause: Clause, known: Known) -> Answer:
    """Why a clause stands: its citation and each fact that it read, with where that came from."""
    read = [name for name in clause.reads if name in known.facts]
    return {
        "clause": clause.id,
        "citation": str(clause.citation),
        "summary": clause.summary,
        "facts": [
            {"name": name, "value": plain(known.facts[name]), "from": known.origin(name).value}
            for name in read
        ],
    }


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
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def plain(value: Any) -> Any:
    """A value of a fact as JSON."""
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    return moment(value) if isinstance(value, datetime) else value
