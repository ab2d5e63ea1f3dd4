"""Benchmarks: ratios against hand-written SQL in the same run, on a database made for it alone."""
