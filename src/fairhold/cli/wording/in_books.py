"""Sentences of a rulebook: the summaries of clauses, clocks and requests, the meanings of facts."""

from collections.abc import Iterator

from babel.messages.catalog import Message

from fairhold.flow.desk import current


def messages(name: str) -> Iterator[Message]:
    """Everything of the rulebook `name` that a page shows as a sentence."""
    shelf = current().shelf
    book, process = shelf.book(name), shelf.process(name)
    for clock in process.clocks.values():
        yield Message(clock.summary)
    for clause in book.clauses:
        yield Message(clause.summary)
    for fact in book.facts.values():
        yield Message(fact.meaning)
    for kind in book.evidence.values():
        yield Message(kind.meaning)
    for proof in book.proofs.values():
        yield Message(proof.summary)
