"""The rulebook port: reads a book version from its folder, once, into frozen records."""
