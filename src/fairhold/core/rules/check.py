"""The examples of a book held against its clauses: applies, does not, and cannot be told."""

from collections.abc import Mapping, Sequence

from fairhold.core.rules.book import Book, Clause, Example
from fairhold.core.rules.conditions import truth
from fairhold.core.values.tri import Tri


def check_examples(book: Book, examples: Mapping[str, Sequence[Example]]) -> list[str]:
    """What does not hold, a line each; empty when every clause has its examples and all hold."""
    found = []
    for clause in book.clauses:
        tried = examples.get(clause.id, ())
        if not tried:
            found.append(f"{clause.id}: no example")
        for example in tried:
            found += [f"{clause.id}: {what}" for what in _failures(clause, example)]
    return found


def _failures(clause: Clause, example: Example) -> list[str]:
    base = example.applies
    forgotten = {name: value for name, value in base.items() if name not in example.unknown}
    wanted = (
        ("it should apply", base, Tri.TRUE),
        ("it should not apply", {**base, **example.otherwise}, Tri.FALSE),
        ("it should be unknown", forgotten, Tri.UNKNOWN),
    )
    return [
        f"{what}, and is {truth(clause.when, facts).name.lower()}"
        for what, facts, expected in wanted
        if truth(clause.when, facts) is not expected
    ]
