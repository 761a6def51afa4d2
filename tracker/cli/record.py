"""The words of `tracker record`."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from tracker.problems.office import WrongUsage
from tracker.rules.plans import EditionKind
from tracker.steps.call import Call, Result
from tracker.steps.record import Instructions, record

_NEW = ("", "新增", "new")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument(
        "file", type=Path, metavar="方案文件", help="工作要点分工方案，什么格式都可以；或改好的分工核对表"
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--new", action="store_true", help="当作新方案登记")
    group.add_argument("--revises", metavar="编号", help="是这个方案的全文修订")
    group.add_argument("--amends", metavar="编号", help="是这个方案的局部调整")
    parser.add_argument(
        "--superior", action="store_true", help="是上级的方案：只用来与本级对照，不下发、不催办、不计入统计"
    )
    parser.add_argument("--year", type=int, metavar="年份", help="方案年度（文件里没写时）")
    parser.add_argument("--issued", metavar="日期", help="印发日期（文件里没写时），如 2026-03-01")
    parser.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="位置=编号",
        help="这一项就是原来的哪一项；全新的写 位置=新增；一项拆成几项的，几个位置写同一编号；"
        "几项合并的，写 位置=编号+编号",
    )
    parser.add_argument(
        "--retires", action="append", default=[], metavar="编号", help="取消这一项（可写多个）"
    )
    parser.add_argument(
        "--force", action="store_true", help="取消的事项超过两成、核对表有看不懂的填写，也照样登记"
    )


def run(args: argparse.Namespace, call: Call) -> Result:
    """Enter the plan."""
    how = (
        EditionKind.NEW
        if args.new
        else EditionKind.REVISION
        if args.revises
        else EditionKind.AMENDMENT
        if args.amends
        else None
    )
    return record(
        call,
        args.file,
        Instructions(
            how=how,
            plan=args.revises or args.amends or "",
            year=args.year,
            issued_on=_day(args.issued),
            force=args.force,
            matches=dict(_match(text) for text in args.match),
            retires=tuple(args.retires),
            superior=args.superior,
        ),
    )


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUsage(what=f"--issued 的日期“{text}”看不懂，请写成 2026-03-01。") from None


def _match(text: str) -> tuple[str, tuple[str, ...]]:
    place, equals, point_ids = text.rpartition("=")
    if not equals or not place:
        raise WrongUsage(what=f"--match “{text}”的写法应为 位置=事项编号，如 分工表!C7=P1-012。")
    return place, tuple(point_id.strip() for point_id in point_ids.split("+") if point_id.strip() not in _NEW)
