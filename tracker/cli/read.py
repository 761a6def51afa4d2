"""The words of `tracker read`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tracker.steps import read
from tracker.steps.call import Answer
from tracker.steps.call import Call


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be typed after it."""
    parser.add_argument("file", type=Path, metavar="文件", help="分工方案文件（表格、文档、网页或文本）")


def run(args: argparse.Namespace, call: Call) -> Answer:
    """Read the file and answer."""
    return read.read(call, args.file)
