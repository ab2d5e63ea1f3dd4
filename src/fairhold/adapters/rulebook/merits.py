"""Reads the merits of a book version: book, facts, evidence, proofs, clauses, examples.

Raises: RulebookError with file and line for whatever does not fit; nothing is guessed.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import rfc8785

from fairhold.adapters.rulebook import shapes
from fairhold.adapters.rulebook.carriers import accepted, read_register
from fairhold.adapters.rulebook.clauses import read_clauses
from fairhold.adapters.rulebook.fitting import fitted
from fairhold.adapters.rulebook.grammar import GrammarError, condition, literal
from fairhold.adapters.rulebook.vocabulary import (
    proof_facts,
    read_evidence,
    read_facts,
    read_proofs,
)
from fairhold.adapters.rulebook.yaml import Source, read
from fairhold.core.rules.book import Book, Example
from fairhold.core.rules.conditions import Condition
from fairhold.core.rules.vocabulary import FactRule


@cache
def load_book(folder: Path) -> Book:
    """The merits in `folder`, which is named `<book>/<version>`."""
    head = read(folder / "book.yaml")
    book: shapes.BookFile = fitted(shapes.BookFile, head)
    if book.always != book.steps[-1] or len(set(book.steps)) != len(book.steps):
        raise head.error(("always",), "expected steps that stand once, `always` the last of them")
    documents = book.documents
    proofs = read_proofs(folder, documents)
    facts = {**read_facts(folder, documents, proofs), **proof_facts(proofs)}
    evidence = read_evidence(folder, documents, proofs)
    clauses = tuple(read_clauses(folder, book, facts, proofs))
    return Book(
        name=book.book,
        version=folder.name,
        digest=_digest(folder),
        steps=tuple(book.steps),
        facts=facts,
        evidence=evidence,
        proofs=proofs,
        clauses=clauses,
        documents=documents,
        complete={fact: tuple(values) for fact, values in book.complete.items()},
        ordinary=_condition(head, "ordinary", book.ordinary, facts),
        admissible=_condition(head, "admissible", book.admissible, facts),
        carriers=accepted(read_register(folder, documents)),
    )


def _condition(head: Source, key: str, raw: Any, facts: dict[str, FactRule]) -> Condition | None:
    if raw is None:
        return None
    try:
        return condition(raw, facts)
    except GrammarError as error:
        raise head.error((key,), str(error)) from error


def load_examples(folder: Path, book: Book) -> dict[str, list[Example]]:
    """The examples of every clause, by its id."""
    found: dict[str, list[Example]] = {}
    for path in sorted((folder / "examples").glob("*.yaml")):
        source = read(path)
        entries = fitted(dict[str, list[shapes.ExampleEntry]], source)
        for clause_id, examples in entries.items():
            if book.clause(clause_id) is None:
                raise source.error((clause_id,), f"no clause {clause_id!r} in this book")
            found.setdefault(clause_id, []).extend(
                _example(one, book, source, (clause_id, place))
                for place, one in enumerate(examples)
            )
    return found


def _digest(folder: Path) -> str:
    parts = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.yaml"))
    }
    return hashlib.sha256(rfc8785.dumps(parts)).hexdigest()


def _example(
    entry: shapes.ExampleEntry, book: Book, source: Source, place: tuple[Any, ...]
) -> Example:
    def values(part: dict[str, Any], key: str) -> dict[str, Any]:
        found = {}
        for name, value in part.items():
            if name not in book.facts:
                raise source.error((*place, key), f"no fact {name!r} in this book")
            try:
                found[name] = literal(value, book.facts[name], empty=True)
            except GrammarError as error:
                raise source.error((*place, key), str(error)) from error
        return found

    for name in entry.unknown:
        if name not in book.facts:
            raise source.error((*place, "unknown"), f"no fact {name!r} in this book")
    return Example(
        values(entry.applies, "applies"),
        values(entry.otherwise, "otherwise"),
        tuple(entry.unknown),
    )
