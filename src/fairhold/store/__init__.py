"""The tables: each a reading of the journal. Only this package touches them."""
