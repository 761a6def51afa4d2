"""The words of `tracker status`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.status import status


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb: nothing of its own."""


def run(args: argparse.Namespace, call: Call) -> Answer:
    """Say where the year stands."""
    return status(call)
