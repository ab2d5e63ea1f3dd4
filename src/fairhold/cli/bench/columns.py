"""A table of cases decided at once, beside the same few clauses as Polars written by hand."""

import resource
import statistics
import time
from datetime import timedelta
from typing import Any

import polars as pl

from fairhold.adapters.columns import polars_form
from fairhold.adapters.rulebook.library import open_book
from fairhold.cli.bench.rules import AS_OF, DIFFERING, by_hand, established
from fairhold.config.environment import shelf

REPETITIONS = 3
KILOBYTES_A_MEGABYTE = 1024
A_DAY = timedelta(days=1) // timedelta(microseconds=1)


def run(rows: int) -> dict[str, Any]:
    """Seconds for all rows with amounts (median of three), memory, and the ratio to by hand."""
    book, _ = open_book(shelf())
    known = [established(book, place) for place in range(DIFFERING)]
    few = polars_form.frame(book, [one.facts for one in known])
    told = polars_form.decide(book, AS_OF.date(), few)["refund"]
    if told.to_list() != [by_hand(one) for one in known]:
        raise AssertionError("the columns and the function by hand differ")
    table = _many(few, rows)
    plan = polars_form.planned(book, AS_OF.date())
    by_book = _median(lambda: polars_form.decided(table.lazy(), plan).collect())
    hand = _median(lambda: _by_hand(table.lazy()).collect())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILOBYTES_A_MEGABYTE
    return {
        "rows": rows,
        "columns_seconds": round(by_book, 3),
        "columns_by_hand_seconds": round(hand, 3),
        "ratio_columns_to_by_hand": round(by_book / hand, 1),
        "peak_megabytes": peak,
    }


def _many(few: pl.DataFrame, rows: int) -> pl.DataFrame:
    """The same cases over and over, each with an amount of its own."""
    many = few.sample(rows, with_replacement=True, seed=1)
    total = pl.int_range(10_000, 10_000 + rows)
    return many.with_columns(total.alias("order.goods_amount"), total.alias("order.total_paid"))


def _median(work: Any) -> float:
    taken = []
    for _ in range(REPETITIONS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _by_hand(table: pl.LazyFrame) -> pl.LazyFrame:
    """The refund by the clauses on tracking, as `by_hand` has them."""
    total, state = pl.col("order.total_paid"), pl.col("tracking.state")
    last = pl.col("shipment.all_dispatched_at") + pl.col("order.delivery_promise_days") * A_DAY
    matched = (pl.col("tracking.country") == "match") & (pl.col("tracking.city") == "match")
    waiting = (state == "in_transit") & (pl.col("as_of") <= last)
    kept = pl.when((state == "delivered") & matched).then(0).otherwise(total)
    return table.select(refund=pl.when(~waiting).then(kept))
