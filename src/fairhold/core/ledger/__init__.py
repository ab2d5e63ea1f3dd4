"""Money by double entry: the accounts of an order, transfers between them, and their ceilings."""
