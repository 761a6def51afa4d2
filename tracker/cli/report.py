"""What is typed after `tracker report`."""

from __future__ import annotations

import argparse
import datetime as dt

from tracker.problems.office import WrongUsage
from tracker.steps.call import Answer
from tracker.steps.call import Call


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words."""
    parser.add_argument(
        "--plan", default="", metavar="编号", help="只做这个方案的报告，如 P1；默认每个方案各一份"
    )
    parser.add_argument("--as-of", metavar="日期", help="按这一天的情况出报告，如 2026-06-30；默认是今天")
    parser.add_argument(
        "--known-on",
        metavar="日期",
        help="只用到这一天为止已经录入的内容，如 2026-06-30；可与 --as-of 一起用",
    )
    parser.add_argument(
        "--insert",
        type=int,
        choices=(1, 2, 3),
        default=0,
        metavar="级数",
        help="另存一份“任务落实情况”段落，标题下移1至3级，供插入年度报告等文件",
    )
    parser.add_argument(
        "--why",
        nargs="?",
        type=int,
        const=0,
        metavar="次数",
        help="不出报告，只说与上次（或第几次）报告相比哪些事项变了、为什么",
    )
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--unit", default="", metavar="单位", help="不出总报告，起草这个单位给本办的自查报告")
    other.add_argument("--circular", action="store_true", help="不出总报告，起草发给各单位的情况通报")
    other.add_argument("--public", action="store_true", help="不出总报告，起草可以公开的版本")


def run(args: argparse.Namespace, call: Call) -> Answer:
    """Write the report, or say what changed since one."""
    from tracker.steps import report as step

    day, known_on = _day("--as-of", args.as_of), _day("--known-on", args.known_on)
    if args.unit or args.circular or args.public:
        from tracker.steps.reporting.relatives import Relative
        from tracker.steps.reporting.relatives import write_relative

        if known_on or args.insert or args.why is not None:
            raise WrongUsage(what="--unit、--circular、--public 不能与 --known-on、--insert、--why 一起用。")
        which = Relative.OWN if args.unit else Relative.CIRCULAR if args.circular else Relative.PUBLIC
        return write_relative(call, which, plan=args.plan, unit=args.unit, as_of=day)
    if args.why is not None:
        return step.why(call, plan=args.plan, since=args.why, as_of=day)
    return step.report(call, plan=args.plan, as_of=day, known_on=known_on, insert=args.insert)


def _day(word: str, text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(what=f"{word} 的日期“{text}”看不懂，请写成 2026-06-30。") from None
