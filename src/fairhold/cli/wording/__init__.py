"""Finds every sentence that people read: in the code, in the pages and in the rulebooks."""
