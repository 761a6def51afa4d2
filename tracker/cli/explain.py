"""The words of `tracker explain`: one phrase for a person, or a line of JSON for each line of JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from tracker.problems.office import WrongUsage
from tracker.steps.call import Call, Result
from tracker.steps.explain import READERS, explain as explain_explain


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be typed after it."""
    parser.add_argument("what", metavar="种类", help="responsibility（责任分工）或 deadline（完成时限）")
    parser.add_argument("text", nargs="?", metavar="文字", help="要解释的一段文字")
    parser.add_argument("--column", default="", metavar="栏目", help="这段文字所在栏目的名称，如 牵头单位")
    parser.add_argument("--year", type=int, metavar="年份", help="方案的年度，供推算时限")
    parser.add_argument("--issued-on", metavar="日期", help="发文日期，如 2026-03-02，供推算时限")
    parser.add_argument("--json-lines", action="store_true", help="从标准输入逐行读取 JSON，逐行输出 JSON")


def run(args: argparse.Namespace, call: Call) -> Result:
    """Explain one phrase, or every line of standard input."""
    if args.what not in READERS:
        raise WrongUsage(
            what=f"不能解释“{args.what}”，请写 responsibility（责任分工）或 deadline（完成时限）。"
        )
    if args.json_lines:
        answer_lines(args.what, _utf8(sys.stdin), sys.stdout)
        return Result()
    if args.text is None:
        raise WrongUsage(
            what="请写出要解释的文字，例如：tracker explain responsibility 市教育局牵头，市财政局配合。"
        )
    explanation = explain_explain(
        args.what,
        {
            "text": args.text,
            "column": args.column,
            "year": args.year or call.now.year,
            "issued_on": args.issued_on or "",
        },
    )
    return Result(explanation.lines, explanation.data)


def answer_lines(kind: str, requests: Iterable[str], out: TextIO) -> None:
    """Answer each line as soon as it comes, so that the other side may wait for one before it sends the next."""
    for number, line in enumerate(requests, start=1):
        if not line.strip():
            continue
        explanation = explain_explain(kind, _request(line, number))
        out.write(json.dumps(explanation.data, ensure_ascii=False, default=_as_text) + "\n")
        out.flush()


def _request(line: str, number: int) -> dict[str, Any]:
    try:
        request = json.loads(line.lstrip("\ufeff"))
    except ValueError:
        request = None
    if not isinstance(request, dict) or not isinstance(request.get("text"), str):
        raise WrongUsage(what=f"标准输入第 {number} 行应是一个 JSON 对象，其中 text 是要解释的文字。")
    return request


def _as_text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in an answer")


def _utf8(stream: Any) -> Iterable[str]:
    """Standard input as UTF-8, whatever the console says."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return iter(stream.readline, "")
