"""The words of `tracker take-back`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tracker.forms import PAPER_WORDS
from tracker.problems.office import WrongUsage
from tracker.steps.call import Call, Result
from tracker.steps.take_back import LoosePaper, take_back


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb: it takes in whatever lies in 各单位报送."""
    parser.add_argument("--old-rounds", action="store_true", help="以前收过的旧期又报来更正的，也收")
    parser.add_argument(
        "--attach", metavar="文件", type=Path, help="附上一份扫描件、照片或电话记录（与 --unit 同用）"
    )
    parser.add_argument("--unit", metavar="单位", default="", help="--attach 的文件是哪个单位的")
    parser.add_argument("--round", metavar="期次", default="", help="是哪一期的；不写就是最近一期")
    parser.add_argument(
        "--as",
        dest="what",
        metavar="类别",
        choices=tuple(PAPER_WORDS),
        default="",
        help=f"属于什么：{'、'.join(PAPER_WORDS)}；不写时文件名带“盖章”的算盖章件，其余算原件",
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Take back."""
    if args.attach is not None and not args.unit:
        raise WrongUsage(what="--attach 要同时用 --unit 写明是哪个单位的。")
    attachment = (
        LoosePaper(args.attach, (args.unit, args.round, args.what)) if args.attach is not None else None
    )
    return take_back(call, old_rounds=args.old_rounds, loose_paper=attachment)
