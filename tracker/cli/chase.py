"""The words of `tracker chase`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Call, Result
from tracker.steps.chase import chase


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("--all", action="store_true", help="逐项列出催谁、为什么，不催谁、为什么")


def run(args: argparse.Namespace, call: Call) -> Result:
    """Draft what is due."""
    return chase(call, full=args.all)
