"""What a person types: the only place that reads the clock, the person's name and the folder.

Every verb takes `--json` (one JSON value alone on stdout, UTF-8), `--dry-run`, `--now ISO` and `--office
FOLDER`. People's text goes to stdout, problems to stderr; a console that cannot show a character shows a
question mark rather than stopping. Exit codes are those of `problems.Exit`. Whatever goes wrong, the user
sees one Chinese sentence and never a traceback.
"""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import importlib
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from tracker import __version__
from tracker.cli.faults import fault_notice
from tracker.cli.verbs import VERBS
from tracker.problems.base import Exit, TrackerError
from tracker.problems.office import WrongUsage
from tracker.steps.call import CHINA, Call, Result


class _Parser(argparse.ArgumentParser):
    """A parser whose own words are Chinese and whose refusals are ours."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(what=f"命令写法有误：{message}。用 {self.prog} --help 查看写法。")


def _overview() -> str:
    lines = ["用法：tracker 命令 [参数]", "", "命令："]
    lines += [f"  {verb.name:<12}{verb.does}" for verb in VERBS]
    lines += ["", "每个命令的写法：tracker 命令 --help", "版本：tracker --version"]
    return "\n".join(lines)


def _parser(name: str, does: str) -> _Parser:
    parser = _Parser(prog=f"tracker {name}", description=does, add_help=False)
    common = parser.add_argument_group("通用参数")
    common.add_argument("-h", "--help", action="help", help="显示这段说明")
    common.add_argument("--office", type=Path, metavar="文件夹", help="办公文件夹；默认是当前所在的")
    common.add_argument("--now", metavar="时间", help="按这个时间计算，如 2026-06-30T09:00+08:00")
    common.add_argument("--dry-run", action="store_true", help="只说会做什么，不写任何东西")
    common.add_argument("--json", action="store_true", help="输出供程序读取的 JSON")
    return parser


def _moment(text: str | None) -> dt.datetime:
    if text is None:
        return dt.datetime.now(CHINA)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsage(
            what=f"--now 的时间“{text}”看不懂，请写成 2026-06-30 或 2026-06-30T09:00+08:00。"
        ) from None
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)


def _person() -> str:
    try:
        return os.environ.get("TRACKER_PERSON") or getpass.getuser()
    except (OSError, KeyError):
        return "未署名"


def _jsonable(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong in an answer")


def _print_result(result: Result, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result.data, ensure_ascii=False, indent=2, default=_jsonable))
        return
    for line in result.lines:
        print(line)


def main(words: Sequence[str]) -> Exit:
    """Carry out what was typed (without the program's name) and say how it went."""
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return Exit.DONE
    if words[0] == "--version":
        print(f"tracker {__version__}")
        return Exit.DONE
    try:
        verb = next((verb for verb in VERBS if verb.name == words[0]), None)
        if verb is None:
            raise WrongUsage(what=f"没有“{words[0]}”这个命令。用 tracker --help 查看全部命令。")
        module = importlib.import_module(f"tracker.cli.{verb.module}")
        parser = _parser(verb.name, verb.does)
        module.arguments(parser)
        args = parser.parse_args(list(words[1:]))
        call = Call(
            now=_moment(args.now),
            person=_person(),
            start=(args.office or Path.cwd()).absolute(),
            dry_run=args.dry_run,
        )
        # Whoever asks what would happen, or speaks of another day, wants nothing to be done.
        if verb.daily and args.now is None and not args.dry_run:
            from tracker.steps.catch_up import catch_up

            catch_up(call, lambda line: print(line, file=sys.stderr, flush=True))
        result: Result = module.run(args, call)
        _print_result(result, as_json=args.json)
        if result.problem is not None:
            print(result.problem, file=sys.stderr)
        return result.exit
    except TrackerError as problem:
        print(problem, file=sys.stderr)
        return problem.exit
    except BrokenPipeError:  # whoever read our words has heard enough; `run` knows
        raise
    except Exception:  # the last resort: a fault of ours, told in one sentence and kept for whoever mends it
        print(fault_notice(), file=sys.stderr)
        return Exit.PARTLY


def _speak_utf8(*, for_machines: bool) -> None:
    """Keep the console's own encoding for people, UTF-8 for machines; never stop at a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_console = stream.isatty()
            stream.reconfigure(
                encoding=None if is_console and not for_machines else "utf-8", errors="replace"
            )


def run() -> NoReturn:
    """Start from the command line."""
    words = sys.argv[1:]
    _speak_utf8(for_machines="--json" in words or "--json-lines" in words)
    try:
        code = main(words)
    except SystemExit as stop:  # argparse after --help
        code = Exit.DONE if not stop.code else Exit.USAGE
    except KeyboardInterrupt:
        print("已中断；已完成的部分都已保存，可以重新运行。", file=sys.stderr)
        code = Exit.PARTLY
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = Exit.DONE
    sys.exit(int(code))
