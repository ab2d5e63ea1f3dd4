"""Reads the clauses of a book, a file for each step, and refuses what cannot stand together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fairhold.adapters.rulebook import shapes
from fairhold.adapters.rulebook.fitting import Cite, citing, fitted
from fairhold.adapters.rulebook.grammar import GrammarError, condition
from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.adapters.rulebook.yaml import Source, read
from fairhold.core.rules.book import Clause, Then
from fairhold.core.rules.process import Citation
from fairhold.core.rules.vocabulary import FactRule, ProofRule


def read_clauses(
    folder: Path, book: shapes.BookFile, facts: dict[str, FactRule], proofs: dict[str, ProofRule]
) -> Iterator[Clause]:
    """Every clause of the book, step by step."""
    seen: dict[str, list[Clause]] = {}
    for step in book.steps:
        for path in _files(folder, step):
            source = read(path)
            cite = citing(book.documents, source)
            for place, entry in enumerate(fitted(list[shapes.ClauseEntry], source)):
                clause = _read(step, entry, source, place, (facts, proofs, cite))
                _refuse_overlap(clause, seen.setdefault(clause.id, []), source, place)
                seen[clause.id].append(clause)
                yield clause
    _refuse_bad_overrides([clause for group in seen.values() for clause in group], folder)


def _files(folder: Path, step: str) -> list[Path]:
    """The files of one step: `STEP.yaml`, and `STEP_more.yaml` where it is long."""
    return [
        folder / "clauses" / f"{step}.yaml",
        *sorted((folder / "clauses").glob(f"{step}_*.yaml")),
    ]


def _read(
    step: str,
    entry: shapes.ClauseEntry,
    source: Source,
    place: int,
    words: tuple[dict[str, FactRule], dict[str, ProofRule], Cite],
) -> Clause:
    facts, proofs, cite = words
    for name in entry.asks:
        if name not in proofs:
            raise source.error((place, "asks"), f"no proof {name!r} in this book")
    try:
        when = condition(entry.when, facts)
    except GrammarError as error:
        raise source.error((place, "when"), f"{entry.id}: {error}") from error
    return _clause(step, entry, when, cite(entry.cite, (place,)))


def _clause(step: str, entry: shapes.ClauseEntry, when: Any, citation: Citation) -> Clause:
    then = entry.then
    return Clause(
        id=entry.id,
        step=step,
        citation=citation,
        in_force_from=entry.since,
        in_force_until=entry.until,
        summary=entry.summary,
        when=when,
        then=Then(
            decision=then.decision,
            liable_party=then.liable,
            funded_by=then.funded_by,
            refund=then.refund,
            refund_after_return=then.after_return,
            release=then.release,
            return_required=then.return_required,
            freight_outbound=then.freight.get("outbound"),
            freight_return=then.freight.get("return"),
            penalty=then.penalty,
            discretion=then.discretion,
            also=tuple(then.also.items()),
        ),
        asks=tuple(entry.asks),
        overrides=tuple(entry.overrides),
        adds=entry.adds,
    )


def _refuse_overlap(clause: Clause, others: list[Clause], source: Source, place: int) -> None:
    for other in others:
        ends = [one.in_force_until for one in (clause, other)]
        apart = (ends[1] is not None and ends[1] < clause.in_force_from) or (
            ends[0] is not None and ends[0] < other.in_force_from
        )
        if not apart:
            raise source.error((place, "since"), f"{clause.id} is in force twice at one time")


def _refuse_bad_overrides(clauses: list[Clause], folder: Path) -> None:
    by_id = {clause.id: clause for clause in clauses}
    for clause in clauses:
        for name in clause.overrides:
            other = by_id.get(name)
            if other is None or other.step != clause.step:
                path = folder / "clauses" / f"{clause.step}.yaml"
                raise RulebookError(
                    f"{path}: {clause.id} overrides {name!r}: expected a clause of its own step"
                )
    done: set[str] = set()
    for clause in clauses:
        _walk(clause.id, by_id, (), done, folder)


def _walk(
    clause_id: str, by_id: dict[str, Clause], path: tuple[str, ...], done: set[str], folder: Path
) -> None:
    if clause_id in path:
        circle = " > ".join([*path[path.index(clause_id) :], clause_id])
        raise RulebookError(f"{folder / 'clauses'}: overrides go round in a circle: {circle}")
    if clause_id in done:
        return
    for name in by_id[clause_id].overrides:
        _walk(name, by_id, (*path, clause_id), done, folder)
    done.add(clause_id)
