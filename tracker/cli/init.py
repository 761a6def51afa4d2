"""The words of `tracker init`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tracker.steps.call import Call, Result
from tracker.steps.init import init


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("folder", type=Path, metavar="文件夹", help="新办公文件夹的位置")


def run(args: argparse.Namespace, call: Call) -> Result:
    """Make the folder."""
    return init(call, args.folder)
