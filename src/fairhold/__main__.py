"""`python -m fairhold` is the `fairhold` command."""

from fairhold.cli.main import main

main()
