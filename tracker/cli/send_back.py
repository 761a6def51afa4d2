"""The words of `tracker send-back`."""

from __future__ import annotations

import argparse

from tracker.problems.office import WrongUsage
from tracker.steps.call import Call, Result
from tracker.steps.send_back import send_back, send_back_round


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument(
        "file", metavar="文件名", nargs="?", default="", help="要退回的报表，名称见台账/报送情况.xlsx"
    )
    parser.add_argument(
        "--round", metavar="期次", default="", help="把这一期收来的报表全部退回，恢复到收表之前"
    )
    parser.add_argument("--reason", metavar="原因", required=True, help="为什么退回，记入台账")


def run(args: argparse.Namespace, call: Call) -> Result:
    """Send back."""
    if bool(args.file) == bool(args.round):
        raise WrongUsage(what="请写一份报表的文件名，或用 --round 写明期次，二者选一。")
    if args.round:
        return send_back_round(call, args.round, args.reason)
    return send_back(call, args.file, args.reason)
