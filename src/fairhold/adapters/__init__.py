"""The outside, one folder per port: a protocol, and the real implementations of it."""
