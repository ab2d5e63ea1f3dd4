"""Deciders of orders: pure functions from file, command and moment to events, or a refusal."""
