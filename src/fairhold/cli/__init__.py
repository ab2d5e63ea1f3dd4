"""The `fairhold` command: parse -> flow -> print. Exit codes: 0 done, 1 an honest no, 2 bad input."""
