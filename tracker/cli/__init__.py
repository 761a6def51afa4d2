"""What a person types: one of the three doors over the steps."""

# mypy: implicit-reexport

from tracker.cli.commandline import run
