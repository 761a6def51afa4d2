"""The parser of a verb, made from its line of the table; its own words are Chinese, its refusals ours."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from tracker.cli.verbs import Argument
from tracker.problems.office import WrongUsage

# What argparse is told of each kind of argument. What was not typed is empty: a text "", a path or a number None.
KINDS: Mapping[str, Mapping[str, Any]] = {
    "flag": {"action": "store_true"},
    "text": {"default": ""},
    "number": {"type": int},
    "path": {"type": Path},
    # One at a time, the word typed again for each; and several after one word.
    "list": {"action": "append", "default": []},
    "several": {"nargs": "+", "default": []},
}
_COMMON: tuple[Argument, ...] = (
    ("--office", "path", "文件夹", "办公文件夹；默认是当前所在的"),
    ("--now", "text", "时间", "按这个时间计算，如 2026-06-30T09:00+08:00", {"default": None}),
    ("--dry-run", "flag", "", "只说会做什么，不写任何东西"),
    ("--json", "flag", "", "输出供程序读取的 JSON"),
    ("--full-json", "flag", "", "输出的 JSON 里连同给人看的文字：lines 是文字，data 是 --json 的内容"),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(what=f"命令写法有误：{message}。用 {self.prog} --help 查看写法。")


def parser_of(name: str, does: str, arguments: Sequence[Argument]) -> argparse.ArgumentParser:
    """The parser of a verb; what is typed wrongly raises `WrongUsage`, `--help` prints and exits."""
    parser = _Parser(prog=f"tracker {name}", description=does, add_help=False)
    common = parser.add_argument_group("通用参数")
    common.add_argument("-h", "--help", action="help", help="显示这段说明")
    for argument in _COMMON:
        _add(common, argument)
    groups: dict[object, argparse._ActionsContainer] = {}
    for argument in arguments:
        group = argument[4].get("one_of") if len(argument) == 5 else None
        if group is not None and group not in groups:
            groups[group] = parser.add_mutually_exclusive_group()
        _add(groups.get(group, parser), argument)
    return parser


def _add(container: argparse._ActionsContainer, argument: Argument) -> None:
    word, kind, metavar, text, *own = argument
    keywords: dict[str, Any] = {**KINDS[kind], "help": text}
    if metavar:
        keywords["metavar"] = metavar
    for options in own:
        keywords |= {key: value for key, value in options.items() if key != "one_of"}
    container.add_argument(word, **keywords)
