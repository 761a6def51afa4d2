"""The words of `tracker take-back`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.take_back import take_back


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb: it takes in whatever lies in 各单位报送."""
    parser.add_argument("--old-rounds", action="store_true", help="以前收过的旧期又报来更正的，也收")


def run(args: argparse.Namespace, call: Call) -> Answer:
    """Take back."""
    return take_back(call, old_rounds=args.old_rounds)
