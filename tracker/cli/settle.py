"""The words of `tracker settle`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Call, Result
from tracker.steps.settle import settle


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing may be typed after the verb: the decisions stand in the workbook."""


def run(args: argparse.Namespace, call: Call) -> Result:
    """Settle."""
    return settle(call)
