"""The words of `tracker take-back`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.take_back import take_back


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing may be typed after the verb: it takes in whatever lies in 各单位报送."""


def run(args: argparse.Namespace, call: Call) -> Answer:
    """Take back."""
    return take_back(call)
