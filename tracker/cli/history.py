"""The words of `tracker history`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Call, Result
from tracker.steps.history import history


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("what", metavar="编号或单位", help="事项编号（P1-003）、单位名称、期次编号（R1）等")


def run(args: argparse.Namespace, call: Call) -> Result:
    """Tell its history."""
    return history(call, args.what)
