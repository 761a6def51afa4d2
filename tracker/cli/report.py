"""What is typed after `tracker report`."""

from __future__ import annotations

import argparse
import datetime as dt

from tracker.problems.office import WrongUsage
from tracker.steps.call import Call, Result


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
        help="不出报告，只说与上次（或第几次）相比哪些事项变了、为什么；可与 --circular、--public 一起用",
    )
    parser.add_argument(
        "--annual",
        nargs="?",
        type=int,
        const=0,
        metavar="年份",
        help="不出总报告，按台账/依申请公开登记.xlsx 统计年报第三张表，并核对一+二=三+四",
    )
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--unit", default="", metavar="单位", help="不出总报告，起草这个单位给本办的自查报告")
    other.add_argument("--circular", action="store_true", help="不出总报告，起草发给各单位的情况通报")
    other.add_argument("--public", action="store_true", help="不出总报告，起草可以公开的版本")
    parser.add_argument(
        "--quarter",
        type=int,
        choices=(1, 2, 3, 4),
        default=0,
        metavar="季度",
        help="与 --circular 一起用：出第几季度的通报，按该季度最后一天的情况",
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Write the report, or say what changed since one."""
    from tracker.steps.publishing import DocumentKind
    from tracker.steps.report import report, why

    if args.annual is not None:
        from tracker.steps.report import annual

        if args.unit or args.circular or args.public or args.insert or args.why is not None or args.as_of:
            raise WrongUsage(what="--annual 不能与其他选项一起用。")
        return annual(call, year=args.annual)
    if args.quarter and not (args.circular and args.why is None):
        raise WrongUsage(what="--quarter 只能与 --circular 一起用，不能与 --why 一起用。")
    kind = DocumentKind.REPORT
    day, known_on = _day("--as-of", args.as_of), _day("--known-on", args.known_on)
    if args.unit or args.circular or args.public:
        from tracker.steps.report import Relative, write_relative

        if args.insert:
            raise WrongUsage(what="--insert 不能与 --unit、--circular、--public 一起用。")
        which = Relative.OWN if args.unit else Relative.CIRCULAR if args.circular else Relative.PUBLIC
        if args.why is None:
            options = {"plan": args.plan, "unit": args.unit, "quarter": args.quarter}
            return write_relative(call, which, as_of=day, known_on=known_on, **options)
        if which is Relative.OWN:
            raise WrongUsage(what="单位的自查报告由单位签发，本办没有留底，--why 不能与 --unit 一起用。")
        kind = which.value
    if args.why is not None:
        return why(call, plan=args.plan, since=args.why, as_of=day, known_on=known_on, kind=kind)
    return report(call, plan=args.plan, as_of=day, known_on=known_on, insert=args.insert)


def _day(word: str, text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(what=f"{word} 的日期“{text}”看不懂，请写成 2026-06-30。") from None
