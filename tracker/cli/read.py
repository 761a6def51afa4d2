"""The words of `tracker read`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tracker.steps.call import Call, Result
from tracker.steps.read import read as read_read


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be typed after it."""
    parser.add_argument("file", type=Path, metavar="文件", help="分工方案文件（表格、文档、网页或文本）")
    parser.add_argument(
        "--workbook",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="核对表.xlsx",
        help="另外生成分工核对表，供核对和更正；默认放在方案旁边",
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Read the file and answer."""
    workbook = args.workbook if args.workbook != Path() else None
    return read_read(call, args.file, workbook=workbook, with_proof=args.workbook is not None)
