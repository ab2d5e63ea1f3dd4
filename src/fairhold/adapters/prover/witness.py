"""Facts that the solver found, as a question to `fairhold adjudicate`."""

from datetime import datetime, timedelta
from typing import Any

from fairhold.core.rules.book import Book
from fairhold.core.rules.establish import ITEMS, NOTICE, PROOF
from fairhold.core.rules.vocabulary import Kind

AS_OF = "as_of"
# Where no clause of the statement reads the time.
LONG_AFTER = "2030-01-01T00:00:00Z"
NONE = "none"
LONG_BEFORE = timedelta(days=400)


def usual_values(book: Book) -> dict[str, Any]:
    """What is presumed of each fact, at once or at a lapse; of others that there is none of it."""
    none = {name: NONE for name, rule in book.facts.items() if NONE in rule.values}
    lapsed = {name: value for rules in book.lapsing.values() for name, value in rules.items()}
    enums = {name: word for name, word in none.items() if book.facts[name].kind is Kind.ENUM}
    return {**enums, **lapsed, **book.presumed}


def as_question(book: Book, found: dict[str, Any]) -> dict[str, Any]:
    """The case in the words of a question: a proof is documents on file, or a notice long past.

    What is known to be nothing is left out, as the question has no word for it.
    """
    facts = {name: value for name, value in found.items() if value is not None and name != AS_OF}
    as_of = found.get(AS_OF) or LONG_AFTER
    proofs = {name: facts.pop(name) for name in list(facts) if name.startswith(PROOF)}
    items = list(facts.get(ITEMS) or ())
    for name, met in proofs.items():
        rule = book.proofs[name.removeprefix(PROOF)]
        needed = rule.documents if rule.all_needed else rule.documents[:1]
        items += [{"type": one, "by": rule.party} for one in needed if met]
    if items:
        facts[ITEMS] = items
    if proofs and NOTICE in book.facts and NOTICE not in facts:
        moment = datetime.fromisoformat(as_of.replace("Z", "+00:00")) - LONG_BEFORE
        facts[NOTICE] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"id": "witness", AS_OF: as_of, "facts": facts}
