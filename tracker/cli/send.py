"""The words of `tracker send`."""

from __future__ import annotations

import argparse
import getpass
import sys

from tracker.rules.outgoing.outbox import Said
from tracker.steps.call import Answer
from tracker.steps.call import Call

_DECISIONS = {
    "delivered": (Said.SENT, "确认已经送达（电话问过等）"),
    "again": (Said.AGAIN, "再发一次"),
    "drop": (Said.DROPPED, "不再发"),
    "release": (Said.RELEASED, "确认收件人没有填串，可以发"),
    "readdress": (Said.READDRESSED, "改发到该单位现在的联络员"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("--force", action="store_true", help="确认就是要发这么多")
    for word, (_, does) in _DECISIONS.items():
        parser.add_argument(f"--{word}", nargs="+", default=[], metavar="编号", help=f"这些消息：{does}")
    parser.add_argument(
        "--secret", metavar="名称", help="把密码或机器人地址存入系统的凭据管理器（邮箱密码的名称是 mail）"
    )


def run(args: argparse.Namespace, call: Call) -> Answer:
    """Send, or keep a secret."""
    if args.secret:
        return _keep(args.secret)
    from tracker.steps.send import send

    decisions = {message: said for word, (said, _) in _DECISIONS.items() for message in getattr(args, word)}
    return send(call, forced=args.force, decisions=decisions)


def _keep(name: str) -> Answer:
    from tracker.steps.outgoing.secrets import keep_secret

    typed = getpass.getpass("请输入（不显示）：") if sys.stdin.isatty() else sys.stdin.readline()
    return keep_secret(name, typed)
