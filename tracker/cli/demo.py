"""The words of `tracker demo`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tracker.demo import demo
from tracker.steps.call import Call, Result


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("folder", type=Path, metavar="文件夹", help="演示用的办公文件夹建在哪里")


def run(args: argparse.Namespace, call: Call) -> Result:
    """Make the sample office, telling each day of it on the screen."""
    return demo(
        call,
        args.folder,
        tell=lambda line: print(line, file=sys.stderr if args.json else sys.stdout, flush=True),
    )
