"""The parser of a verb, made from its line of the table; its own words are Chinese, its refusals ours."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from tracker import patterns as re
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


# What argparse says, and how we say it; whatever it says besides is not shown.
_IN_CHINESE = (
    (r"unrecognized arguments: (.+)", r"没有“\1”这种写法"),
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"argument (\S+)(?: .*)?: expected .*", r"\1 后面要写内容"),
    (r"argument (\S+)(?: .*)?: invalid \w+ value: '(.*)'", r"\1 后面不能写“\2”"),
    (r"argument (\S+)(?: .*)?: not allowed with argument (\S+).*", r"\1 和 \2 不能同时写"),
    (r"argument (\S+)(?: .*)?: ignored explicit argument .*", r"\1 后面不写内容"),
    (r"ambiguous option: (\S+) could match (.+)", r"“\1”可能是 \2，请写全"),
    (r"one of the arguments (.+) is required", r"\1 要写一个"),
)


def in_chinese(message: str) -> str:
    """A message of argparse in our words.

    >>> in_chinese("unrecognized arguments: --no-such-word"), in_chinese("something new")
    ('没有“--no-such-word”这种写法', '参数不对')
    """
    for pattern, ours in _IN_CHINESE:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return match.expand(ours)
    return "参数不对"


class _Help(argparse.HelpFormatter):
    """The help of a verb, with our words where argparse has English ones."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        ours = {"positional arguments": "参数", "options": "可以加的"}
        super().start_section(ours.get(heading or "", heading))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(what=f"命令写法有误：{in_chinese(message)}。用 {self.prog} --help 查看写法。")


def parser_of(name: str, does: str, arguments: Sequence[Argument]) -> argparse.ArgumentParser:
    """The parser of a verb; what is typed wrongly raises `WrongUsage`, `--help` prints and exits."""
    parser = _Parser(prog=f"tracker {name}", description=does, add_help=False, formatter_class=_Help)
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
    word, kind, metavar, text, *more = argument
    keywords: dict[str, Any] = {**KINDS[kind], "help": text}
    if metavar:
        keywords["metavar"] = metavar
    for options in more:
        keywords |= {key: value for key, value in options.items() if key != "one_of"}
    container.add_argument(word, **keywords)
