"""The words of `tracker sync`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Call, Result
from tracker.steps.sync import sync


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing may be typed after the verb."""


def run(args: argparse.Namespace, call: Call) -> Result:
    """Sync."""
    return sync(call)
