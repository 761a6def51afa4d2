"""The words of `tracker send-back`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.send_back import send_back


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("file", metavar="文件名", help="要退回的报表，名称见台账/报送情况.xlsx")
    parser.add_argument("--reason", metavar="原因", required=True, help="为什么退回，记入台账")


def run(args: argparse.Namespace, call: Call) -> Answer:
    """Send back."""
    return send_back(call, args.file, args.reason)
