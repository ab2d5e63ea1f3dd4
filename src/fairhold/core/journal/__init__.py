"""The journal's arithmetic: canonical bytes, the hash link, and the verification of a chain."""
