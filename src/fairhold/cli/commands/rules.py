"""Asking the rulebook: `fairhold adjudicate`, and the care of books: `fairhold rulebook`."""

import json
import sys
from datetime import date, datetime
from typing import Any, NoReturn, TextIO

import click

from fairhold.adapters.rulebook.library import DEFAULT, folder_of, open_book
from fairhold.adapters.rulebook.merits import load_examples
from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.cli.start import start
from fairhold.config.environment import shelf
from fairhold.core.rules.book import Book
from fairhold.core.rules.check import check_examples
from fairhold.core.rules.compare import difference
from fairhold.core.rules.process import Process
from fairhold.flow.adjudicate.answering import answer
from fairhold.flow.adjudicate.intake import Problems, Question, on_one_line, question
from fairhold.flow.adjudicate.question import find
from fairhold.flow.explain import in_lines

MOST_CASES = 1_000_000
BAD_INPUT, HONEST_NO = 2, 1


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"))
def adjudicate(*, file: TextIO) -> None:
    """Decide the case, or the list of cases, in FILE ("-" reads standard input); print JSON.

    Example: fairhold adjudicate case.json
    """
    try:
        raw = json.load(file, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        _refuse([f"{file.name}: expected JSON: {error}"])
    many = isinstance(raw, list)
    cases = raw if many else [raw]
    if len(cases) > MOST_CASES:
        _refuse([f"{file.name}: expected at most {MOST_CASES} cases, got {len(cases)}"])
    questions, problems = _read(cases)
    if problems:
        _refuse(problems)
    answers = []
    quiet = not sys.stderr.isatty()
    with click.progressbar(questions, label="Cases", file=sys.stderr, hidden=quiet) as bar:
        for book, process, asked in bar:
            answers.append(answer(book, find(book, process, asked)))
    click.echo(_as_json(answers if many else answers[0]))


def _as_json(told: Any) -> str:
    """JSON as people read it; escaped where a text holds what no encoding can carry."""
    text = json.dumps(told, ensure_ascii=False, indent=2)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(told, indent=2)
    return text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which every name stands once.

    Raises: ValueError.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return found


def _read(cases: list[Any]) -> tuple[list[tuple[Book, Process, Question]], list[str]]:
    """Every question with its book, and every problem, before anything is decided."""
    questions: list[tuple[Book, Process, Question]] = []
    problems: list[str] = []
    for place, raw in enumerate(cases, start=1):
        named = raw.get("rulebook") if isinstance(raw, dict) else None
        try:
            book, process = open_book(shelf(), named if isinstance(named, str) else DEFAULT)
        except RulebookError as error:
            named_id = raw.get("id") if isinstance(raw, dict) else None
            which = named_id if isinstance(named_id, str) else f"case {place}"
            problems.append(f"{on_one_line(which)}: rulebook: {error}")
            continue
        asked = question(raw, place, book)
        if isinstance(asked, Problems):
            problems += asked.lines
        else:
            questions.append((book, process, asked))
    return questions, problems


def _refuse(lines: list[str]) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    raise SystemExit(BAD_INPUT)


@click.group()
def rulebook() -> None:
    """Look after rulebooks.

    Example: fairhold rulebook check aliexpress@latest
    """


@rulebook.command()
@click.argument("name", default=DEFAULT)
def check(*, name: str) -> None:
    """Load the book NAME and try every example of every clause; exit 1 if one fails."""
    try:
        book, _ = open_book(shelf(), name)
        examples = load_examples(folder_of(shelf(), name).resolve(), book)
    except RulebookError as error:
        _refuse([str(error)])
    found = check_examples(book, examples)
    for line in found:
        click.echo(line)
    tried = sum(len(group) for group in examples.values())
    click.echo(
        f"{book.name}/{book.version} ({book.digest[:12]}): {len(book.clauses)} clauses, "
        f"{len(book.facts)} facts, {len(book.evidence)} kinds of evidence, {tried} examples; "
        f"{len(found)} failed."
    )
    raise SystemExit(HONEST_NO if found else 0)


@rulebook.command()
@click.argument("name", default=DEFAULT)
def prove(*, name: str) -> None:
    """Prove that the book NAME has no dead clause, contradiction or gap; exit 1 if it has one.

    Example: fairhold rulebook prove aliexpress@latest
    """
    try:
        from fairhold.adapters.prover.proofs import prove as put_to_the_solver
        from fairhold.adapters.prover.witness import as_question
    except ImportError:
        _refuse(["The solver is not installed; install Fairhold with its extra `prove`."])
    try:
        book, _ = open_book(shelf(), name)
    except RulebookError as error:
        _refuse([str(error)])
    proof = put_to_the_solver(book, book.complete)
    for failure in proof.failures:
        click.echo(f"{', '.join(failure.clauses)}: {failure.what}")
        if failure.facts:
            click.echo(json.dumps(as_question(book, failure.facts)))
    click.echo(
        f"{book.name}/{book.version}: {proof.statements} statements, "
        f"{len(proof.failures)} not proven."
    )
    raise SystemExit(HONEST_NO if proof.failures else 0)


@rulebook.command()
@click.argument("name", default=DEFAULT)
@click.option("--table", default="cases", show_default=True, help="The table of cases.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Their day; else the newest clauses.")
def sql(*, name: str, table: str, on: datetime | None) -> None:
    """Print the book NAME as SQL: a table for cases, and the query that decides all of them.

    Example: fairhold rulebook sql aliexpress@latest --on 2026-11-24
    """
    from fairhold.adapters.columns import sql_form

    try:
        book, _ = open_book(shelf(), name)
    except RulebookError as error:
        _refuse([str(error)])
    day = on.date() if on else date.max
    click.echo(sql_form.table(book, table) + ";\n")
    click.echo(sql_form.query(book, day, table) + ";")


@rulebook.command()
@click.argument("old")
@click.argument("new")
def diff(*, old: str, new: str) -> None:
    """Say what the book NEW says otherwise than OLD, with cases that end otherwise.

    Example: fairhold rulebook diff aliexpress@2026-11-22 aliexpress@latest
    """
    try:
        books = [open_book(shelf(), name)[0] for name in (old, new)]
        cases = [
            example.applies
            for name, book in zip((old, new), books, strict=True)
            for group in load_examples(folder_of(shelf(), name).resolve(), book).values()
            for example in group
        ]
    except RulebookError as error:
        _refuse([str(error)])
    known = [{**facts} for facts in cases if facts.keys() <= books[1].facts.keys()]
    found = difference(books[0], books[1], known, date.max)
    for word, names in (("added", found.added), ("ended", found.ended)):
        click.echo(f"{word}: {', '.join(names) or 'none'}")
    for name, parts in found.changed:
        click.echo(f"changed: {name} ({', '.join(parts)})")
    for one in found.witnesses:
        facts = ", ".join(f"{name}={value}" for name, value in one.facts.items())
        click.echo(f"case: {facts}: {one.before.decision} before, {one.after.decision} after")
    raise SystemExit(HONEST_NO if found.added or found.ended or found.changed else 0)


@rulebook.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(*, number: str, as_json: bool) -> None:
    """Say where the rulebook leads in dispute NUMBER, and why.

    Example: fairhold rulebook explain D-7K3M-9QXW
    """
    start(migrated=True)
    from fairhold.core.values.plain import to_plain
    from fairhold.flow.desk import current
    from fairhold.flow.explain import explained
    from fairhold.flow.query import view_of_case
    from fairhold.flow.ruling import ruling_of
    from fairhold.flow.sweep import SYSTEM
    from fairhold.store.queries import case_by_number

    case_id = case_by_number(number)
    view = view_of_case(current(), case_id, SYSTEM) if case_id else None
    if view is None:
        click.echo(f"There is no dispute {number}.", err=True)
        raise SystemExit(HONEST_NO)
    found = ruling_of(current(), view.file, view.now)
    record = found.record()
    told = explained(record, found.book, view.file.the_order.agreement.currency)
    if as_json:
        click.echo(json.dumps({"record": to_plain(record), "words": to_plain(told)}))
        return
    click.echo(f"{number}: {told.decision or 'not decided yet'}")
    for line in in_lines(told):
        click.echo(line)


@rulebook.command()
@click.argument("clause_id", metavar="CLAUSE")
@click.option("--book", "name", default=DEFAULT, show_default=True, help="The book version.")
def show(*, clause_id: str, name: str) -> None:
    """Print one CLAUSE in words: what it says, where it stands, what it reads."""
    try:
        book, _ = open_book(shelf(), name)
    except RulebookError as error:
        _refuse([str(error)])
    wanted = clause_id.partition("/")[0]
    clauses = [one for one in book.clauses if one.id.partition("/")[0] == wanted]
    if not clauses:
        click.echo(f"There is no clause {clause_id} in {book.name}/{book.version}.", err=True)
        raise SystemExit(HONEST_NO)
    for one in clauses:
        click.echo(f"{one.id}: {one.summary}\n  {one.citation}\n  decides at step {one.step}")
