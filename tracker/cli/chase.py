"""The words of `tracker chase`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.chase import chase


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb: nothing of its own."""


def run(args: argparse.Namespace, call: Call) -> Answer:
    """Draft what is due."""
    return chase(call)
