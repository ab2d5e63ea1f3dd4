"""The `fairhold` command.

Parse -> flow -> print. Exit codes: 0 done, 1 an honest no, 2 bad input.
"""
