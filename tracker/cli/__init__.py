"""What a person types: one of the three doors over the steps."""

from tracker.cli.commandline import main, run

__all__ = ["main", "run"]
