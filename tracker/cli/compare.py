"""The words of `tracker compare`."""

from __future__ import annotations

import argparse

from tracker.steps.call import Call, Result
from tracker.steps.compare import compare


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument(
        "--plan",
        default="",
        metavar="编号",
        help="只对照这个方案：本级的与上年对照，上级的与本级对照；默认最近一年的全部",
    )
    parser.add_argument(
        "--with",
        dest="beside",
        action="append",
        default=[],
        metavar="编号",
        help="与这个方案对照（可写多个），以后都照此；默认同一主题的上年方案、同年的本级方案",
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Compare."""
    return compare(call, plan=args.plan, beside=tuple(args.beside))
