"""The words of `tracker status`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Call, Result
from tracker.steps.status import status


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument(
        "--html", action="store_true", help="生成一页看板（网页）和图表（Excel），放在“报告”文件夹"
    )
    parser.add_argument(
        "--a4", action="store_true", help="再生成一张A4的PDF和图片，可以打印或发到群里（需要几秒）"
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Say where the year stands, or draw it."""
    if args.html or args.a4:
        from tracker.steps.board import board

        return board(call, sheet=args.a4)
    return status(call)
