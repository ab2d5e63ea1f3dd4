"""Fairhold: the dispute desk of a cross-border marketplace."""

__version__ = "0.1.0"
