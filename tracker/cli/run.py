"""The words of `tracker run`."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys

from tracker.steps.call import CHINA, Call, Result

_SYSTEMS = ("windows", "systemd", "cron")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("--once", action="store_true", help="只把现在到时间的和漏掉的做完，就结束")
    parser.add_argument("--clock-ok", action="store_true", help="确认电脑时间没有错，恢复定时任务和发送")
    parser.add_argument(
        "--install",
        nargs="?",
        const="windows" if os.name == "nt" else "systemd",
        choices=_SYSTEMS,
        metavar="系统",
        help="写出让系统每5分钟运行一次的文件：windows、systemd 或 cron",
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Tick once, keep ticking, or write what makes the system tick."""
    if args.install:
        from tracker.steps.run import install

        return install(call, python=sys.executable, systems=(args.install,), user=_account())
    from tracker.steps.run import keep_running, tick

    if args.once or args.clock_ok or args.now or call.dry_run:
        return tick(call, is_confirmed=args.clock_ok)
    return keep_running(
        call,
        now=lambda: dt.datetime.now(CHINA),
        tell=lambda line: print(line, file=sys.stderr if args.json else sys.stdout, flush=True),
        until=lambda: False,
    )


def _account() -> str:
    """The Windows account that is logged on; empty elsewhere."""
    name = os.environ.get("USERNAME", "") if os.name == "nt" else ""
    domain = os.environ.get("USERDOMAIN", "")
    return f"{domain}\\{name}" if name and domain else name
