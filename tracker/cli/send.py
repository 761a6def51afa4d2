"""The words of `tracker send`."""

from __future__ import annotations

import argparse
import getpass
import sys

from tracker.rules.outgoing import SendOutcome
from tracker.steps.call import Call, Result

_DECISIONS = {
    "delivered": (SendOutcome.SENT, "确认已经送达（电话问过等）"),
    "again": (SendOutcome.AGAIN, "再发一次"),
    "drop": (SendOutcome.DROPPED, "不再发"),
    "release": (SendOutcome.RELEASED, "确认收件人没有填串，可以发"),
    "readdress": (SendOutcome.READDRESSED, "改发到该单位现在的联络员"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("--force", action="store_true", help="确认就是要发这么多")
    for word, (_, does) in _DECISIONS.items():
        parser.add_argument(f"--{word}", nargs="+", default=[], metavar="编号", help=f"这些消息：{does}")
    parser.add_argument(
        "--secret", metavar="名称", help="把密码或机器人地址存入系统的凭据管理器（邮箱密码的名称是 mail）"
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Send, or keep a secret."""
    if args.secret:
        return _keep(args.secret)
    from tracker.steps.send import send

    decisions = {
        message: outcome for word, (outcome, _) in _DECISIONS.items() for message in getattr(args, word)
    }
    return send(call, force=args.force, decisions=decisions)


def _keep(name: str) -> Result:
    from tracker.steps.desk import keep_secret

    text = getpass.getpass("请输入（不显示）：") if sys.stdin.isatty() else sys.stdin.readline()
    return keep_secret(name, text)
