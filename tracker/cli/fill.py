"""The words of `tracker fill`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tracker.problems.office import WrongUsage
from tracker.steps.call import Call, Result


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed after the verb."""
    parser.add_argument("file", type=Path, metavar="空表", help="别人发来要填的表（.xlsx 或 .docx）")
    parser.add_argument(
        "--plan", default="", metavar="编号", help="按哪个方案填，如 P1；只有一个方案时不用写"
    )
    parser.add_argument("--unit", default="", metavar="单位", help="只填这个单位的事项，内容用它报的")
    parser.add_argument("--section", default="", metavar="板块", help="只填方案的这个板块")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="他们的列名=我们的列名",
        help="说明一栏要填什么（可写多个）；不用填的写 他们的列名=留空。同样的表头以后不再问",
    )
    parser.add_argument(
        "--row",
        action="append",
        default=[],
        metavar="位置=编号",
        help="说明一行是哪一项，如 Sheet1!B5=P1-012；不用填的写 位置=留空",
    )
    parser.add_argument("--in-place", action="store_true", help="直接写进这个文件；默认另存为“（已填）”")


def run(args: argparse.Namespace, call: Call) -> Result:
    """Fill in somebody's table."""
    from tracker.steps.fill import Order, fill

    return fill(
        call,
        args.file,
        Order(
            plan=args.plan,
            unit=args.unit,
            section=args.section,
            columns=dict(_pair("--column", text) for text in args.column),
            rows=dict(_pair("--row", text) for text in args.row),
            in_place=args.in_place,
        ),
    )


def _pair(word: str, text: str) -> tuple[str, str]:
    left, equals, right = text.rpartition("=")
    if not equals or not left.strip() or not right.strip():
        raise WrongUsage(what=f'{word} “{text}”的写法应为 左边=右边，如 --column "办理部门=责任单位"。')
    return left.strip(), right.strip()
