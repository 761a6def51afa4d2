"""The words of `tracker hand-out`."""

from __future__ import annotations

import argparse
import datetime as dt

from tracker.problems.office import WrongUsage
from tracker.steps.call import Call, Result
from tracker.steps.hand_out import hand_out


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument(
        "--round", metavar="期次", default="", help="只下发这一期，如 年终；不写就下发所有到时候的"
    )
    parser.add_argument(
        "--due", metavar="日期", help="这一期的截止日期（设置.xlsx 里没有这一期时），如 2026-12-10"
    )
    parser.add_argument(
        "--zip", action="store_true", help="另给每个单位打一个压缩包（填报表和通知），在“打包”文件夹"
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Hand out."""
    try:
        due = dt.date.fromisoformat(args.due) if args.due else None
    except ValueError:
        raise WrongUsage(what=f"--due 的日期“{args.due}”看不懂，请写成 2026-12-10。") from None
    return hand_out(call, round_name=args.round, due=due, archives=args.zip)
