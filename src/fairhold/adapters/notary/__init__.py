"""Putting one's name to a text: the signer of the log, witnesses, and outside time-stamps."""
