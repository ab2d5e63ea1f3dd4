"""Asking the rulebook: `fairhold adjudicate`, and the care of books: `fairhold rulebook`."""

import json
import sys
from typing import Any, NoReturn, TextIO

import click

from fairhold.adapters.rulebook.library import DEFAULT, folder_of, open_book
from fairhold.adapters.rulebook.merits import load_examples
from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.config.environment import shelf
from fairhold.core.rules.book import Book
from fairhold.core.rules.check import check_examples
from fairhold.core.rules.process import Process
from fairhold.flow.adjudicate.answering import answer
from fairhold.flow.adjudicate.intake import Problems, Question, question
from fairhold.flow.adjudicate.question import find

MOST_CASES = 1_000_000
BAD_INPUT, HONEST_NO = 2, 1


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"))
def adjudicate(*, file: TextIO) -> None:
    """Decide the case, or the list of cases, in FILE ("-" reads standard input); print JSON.

    Example: fairhold adjudicate case.json
    """
    try:
        raw = json.load(file)
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
    click.echo(json.dumps(answers if many else answers[0], ensure_ascii=False, indent=2))


def _read(cases: list[Any]) -> tuple[list[tuple[Book, Process, Question]], list[str]]:
    """Every question with its book, and every problem, before anything is decided."""
    questions: list[tuple[Book, Process, Question]] = []
    problems: list[str] = []
    for place, raw in enumerate(cases, start=1):
        named = raw.get("rulebook") if isinstance(raw, dict) else None
        try:
            book, process = open_book(shelf(), named if isinstance(named, str) else DEFAULT)
        except RulebookError as error:
            problems.append(f"case {place}: rulebook: {error}")
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
