"""The columns port: a book's clauses over whole tables of cases, as Polars expressions or as SQL.

Both say what the evaluator of single cases says, from the same clauses. One row is one case with
established facts; a column is one fact, null while it is unknown. Facts that can be known to be
nothing have a second column, named with a question mark, that says whether they are known at all.
Enums are their words, amounts minor units, moments microseconds since 1970 UTC, lists of words one
number with a bit for each word. Lists of records are no columns: what reads them stays null.
"""
