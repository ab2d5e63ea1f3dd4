"""One clause tree, several forms: case by case, as columns and as SQL they say the same."""

import sqlite3
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import polars as pl
import psycopg
import pytest
import z3

from core.test_rules import NOW
from fairhold.adapters.columns import polars_form, sql_form
from fairhold.adapters.columns.table import is_column
from fairhold.adapters.prover.encoding import Encoding
from fairhold.adapters.rulebook.library import folder_of, open_book
from fairhold.adapters.rulebook.merits import load_examples
from fairhold.core.rules.answer import result
from fairhold.core.rules.conditions import truth
from fairhold.core.rules.ruling import Status, rule
from fairhold.core.rules.vocabulary import Kind
from fairhold.core.values.tri import Tri
from questions import SHELF
from test_on_postgres import URL, reachable

DAY = date(2026, 11, 24)
MIDDLE = datetime(2026, 8, 1, tzinfo=UTC)
CASES = {"aliexpress": 20_000, "example-market": 2_000}
CHANGES = (0, 1, 3, 8, 40, 1_000)
COLUMNS = ("status", "clause", "decision", "refund", "release", "refund_after_return")


def value(random, fact):
    if fact.can_be_nothing and random.random() < 0.2:
        return None
    if fact.kind is Kind.BOOL:
        return random.random() < 0.5
    if fact.kind is Kind.ENUM:
        return random.choice(fact.values)
    if fact.kind is Kind.MOMENT:
        return MIDDLE + timedelta(hours=12 * random.randint(-120, 120))
    if fact.kind is Kind.LIST:
        return tuple(one for one in fact.values if random.random() < 0.4)
    if fact.kind is Kind.MONEY:
        return random.choice((0, 1, 333, 5_000, 12_345))
    return random.randint(0, 40) if fact.kind is Kind.INT else random.choice(("x", "y"))


def varied(random, book, example):
    """The facts of an example among presumed or random ones, some changed and some forgotten."""
    tables = [one for one in book.facts.values() if is_column(one)]
    others = {one.name: value(random, one) for one in tables} if random.random() < 0.6 else {}
    facts = {**book.presumed, **others, **example.applies}
    for fact in random.sample(tables, min(len(tables), random.choice(CHANGES))):
        facts[fact.name] = value(random, fact)
    forgotten = random.choice((0, 0, 0.02, 0.3))
    return {
        name: facts[name]
        for name in facts
        if is_column(book.facts[name]) and random.random() >= forgotten
    }


def corpus(name):
    book, _ = open_book(SHELF, name)
    random = Random(20_261)
    every = [one for found in load_examples(folder_of(SHELF, name), book).values() for one in found]
    return book, [varied(random, book, random.choice(every)) for _ in range(CASES[name])]


def one_by_one(book, facts):
    found = rule(book, facts, DAY)
    if found.status is not Status.DECIDED:
        return (found.status.value, None, None, None, None, None)
    told = result(found, facts)
    clause = found.deciding[0].id if found.deciding else None
    amounts = (told.refund_minor, told.release_minor, told.refund_after_return_minor)
    return (found.status.value, clause, told.decision, *amounts)


def on_sqlite(book, table):
    base = sqlite3.connect(":memory:")
    base.execute(sql_form.table(book, "cases"))
    marks = ", ".join("?" * (table.width + 1))
    rows = [(number, *row) for number, row in enumerate(table.iter_rows())]
    base.executemany(f"INSERT INTO cases VALUES ({marks})", rows)
    found = base.execute(sql_form.query(book, DAY, "cases")).fetchall()
    base.close()
    return found


def on_postgresql(book, table):
    with psycopg.connect(URL) as base:
        made = sql_form.table(book, "cases").replace("CREATE TABLE", "CREATE TEMPORARY TABLE")
        base.execute(made)
        with base.cursor().copy("COPY cases FROM STDIN") as copy:
            for number, row in enumerate(table.iter_rows()):
                copy.write_row((number, *row))
        found = base.execute(sql_form.query(book, DAY, "cases")).fetchall()
        base.rollback()
    return found


@pytest.mark.parametrize("name", list(CASES))
def test_columns_and_sql_say_what_the_evaluator_of_one_case_says(name):
    book, cases = corpus(name)
    expected = [one_by_one(book, facts) for facts in cases]
    told = Counter(status for status, *_ in expected)
    assert min(told["decided"], told["open"]) > len(cases) // 5
    table = polars_form.frame(book, cases)
    found = polars_form.decide(book, DAY, table)
    assert found.columns == list(COLUMNS)
    assert found.rows() == expected
    numbered = [(number, *row) for number, row in enumerate(expected)]
    assert sorted(on_sqlite(book, table)) == numbered


def test_sql_says_the_same_on_postgresql():
    if not reachable():
        pytest.skip("no PostgreSQL answers")
    book, cases = corpus("aliexpress")
    cases = cases[:2_000]
    expected = [(number, *one_by_one(book, facts)) for number, facts in enumerate(cases)]
    assert sorted(on_postgresql(book, polars_form.frame(book, cases))) == expected


def test_the_solver_reads_the_clauses_as_the_evaluator_does():
    book, _ = open_book(SHELF)
    encoding, random = Encoding(book), Random(7)
    tables = [one for one in book.facts.values() if is_column(one)]
    read = [one for one in book.clauses if all(is_column(book.facts[name]) for name in one.reads)]
    seen = Counter()
    for clause in random.sample(read, 120):
        for _ in range(4):
            facts = {one.name: value(random, one) for one in tables if one.name in clause.reads}
            solver = z3.Solver()
            solver.add(*encoding.bounds, *encoding.are(facts), encoding.clauses[clause.id])
            told = truth(clause.when, facts)
            assert (solver.check() == z3.sat) is (told is Tri.TRUE), (clause.id, facts)
            seen[told] += 1
    assert seen[Tri.TRUE] > 20


def test_a_fact_that_nobody_gave_is_not_one_that_is_nothing():
    book, _ = open_book(SHELF)
    moment = "tracking.first_event_at"
    table = polars_form.frame(book, [{}, {moment: None}, {moment: NOW}])
    assert table[moment].is_null().to_list() == [True, True, False]
    assert table[f"{moment}?"].to_list() == [False, True, True]
    assert table.schema["dispute.reason"] == pl.Enum(book.facts["dispute.reason"].values)
