"""The prover port: a book's clauses as formulas, and what can be proven of them. Needs `prove`."""
