"""From what was typed to the call of a step: one function for each verb, named like it.

Each imports its step when it is called, refuses words that contradict each other, and gives back what the step says.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from tracker import patterns as re
from tracker.cli.verbs import Argument
from tracker.problems.office import WrongUsage
from tracker.steps.call import CHINA, Call, Result


def desk(args: argparse.Namespace, call: Call) -> Result:
    """Open the local page; it is over when nobody looks at it any more."""
    from tracker.web import serve

    moment = ("--now", args.now) if args.now else ()
    return serve(call, moment=moment, is_shown=not args.no_browser, tell=lambda line: _tell(args, line))


def init(args: argparse.Namespace, call: Call) -> Result:
    """Make the office folder."""
    from tracker.steps.init import FirstAnswers, init

    answers = FirstAnswers(args.name, args.year, args.units, args.send_by, args.contact)
    return init(call, args.folder, answers=answers)


def read(args: argparse.Namespace, call: Call) -> Result:
    """Read a plan; with --workbook the proof as well, beside the plan where no place is named."""
    from tracker.steps.read import read

    workbook = args.workbook if args.workbook != Path() else None
    return read(call, args.file, workbook=workbook, with_proof=args.workbook is not None)


def record(args: argparse.Namespace, call: Call) -> Result:
    """Enter the plan, or take a record back."""
    from tracker.rules.plans import EditionKind
    from tracker.steps.plan_questions import Instructions
    from tracker.steps.record import record

    if args.undo:
        from tracker.steps.undo import undo

        return undo(call, args.file)
    if args.file is None:
        raise WrongUsage(what="请写出要登记的方案文件。")
    kinds = {"new": EditionKind.NEW, "revises": EditionKind.REVISION, "amends": EditionKind.AMENDMENT}
    return record(
        call,
        args.file,
        Instructions(
            how=next((kind for word, kind in kinds.items() if getattr(args, word)), None),
            plan=args.revises or args.amends,
            year=args.year,
            issued_on=_day("--issued", args.issued, "2026-03-01"),
            force=args.force,
            matches=dict(_match(text) for text in args.match),
            retires=tuple(args.retires),
            superior=args.superior,
        ),
    )


def hand_out(args: argparse.Namespace, call: Call) -> Result:
    """Hand out."""
    from tracker.steps.hand_out import confirm_rounds, hand_out

    if args.as_last_year:
        return confirm_rounds(call)
    due = _day("--due", args.due, "2026-12-10")
    return hand_out(call, round_name=args.round, due=due, archives=args.zip)


def take_back(args: argparse.Namespace, call: Call) -> Result:
    """Take back; where nothing moved since every file was known, what is said then."""
    from tracker.steps.news import answer_without_news

    if not args.old_rounds and args.attach is None:
        answer = answer_without_news(call, "take-back")
        if answer is not None:
            return answer
    from tracker.steps.take_back import LoosePaper, take_back

    paper = None
    if args.attach is not None:
        if not args.unit:
            raise WrongUsage(what="--attach 要同时用 --unit 写明是哪个单位的。")
        paper = LoosePaper(args.attach, (args.unit, args.round, args.what))
    return take_back(call, old_rounds=args.old_rounds, loose_paper=paper)


def send_back(args: argparse.Namespace, call: Call) -> Result:
    """Send back one return, or a round."""
    from tracker.steps.send_back import send_back, send_back_round

    if bool(args.file) == bool(args.round):
        raise WrongUsage(what="请写一份报表的文件名，或用 --round 写明期次，二者选一。")
    if args.round:
        return send_back_round(call, args.round, args.reason)
    return send_back(call, args.file, args.reason)


def sync(args: argparse.Namespace, call: Call) -> Result:
    """Sync; where nothing moved since it had nothing to do, what it said then."""
    from tracker.steps.news import answer_without_news

    answer = answer_without_news(call, "sync")
    if answer is None:
        from tracker.steps.sync import sync

        answer = sync(call)
    return answer


def settle(args: argparse.Namespace, call: Call) -> Result:
    """Settle; the decisions stand in the workbook, or are typed; or take the latest ones back."""
    if args.undo:
        from tracker.steps.undo import reopen

        return reopen(call)
    from tracker.steps.settle import settle

    # Nothing typed is no decision: whoever sits there is asked.
    return settle(call, answers=dict(_decision(text) for text in args.decide) or None)


def chase(args: argparse.Namespace, call: Call) -> Result:
    """Draft what is due."""
    from tracker.steps.chase import chase

    return chase(call, full=args.all)


def send(args: argparse.Namespace, call: Call) -> Result:
    """Send, or keep a secret."""
    if args.secret:
        return _keep_secret(args.secret)
    from tracker.rules.outgoing import SendOutcome
    from tracker.steps.send import send

    outcomes = {
        "delivered": SendOutcome.SENT,
        "again": SendOutcome.AGAIN,
        "drop": SendOutcome.DROPPED,
        "release": SendOutcome.RELEASED,
        "readdress": SendOutcome.READDRESSED,
    }
    decisions = {message: outcome for word, outcome in outcomes.items() for message in getattr(args, word)}
    from tracker.tiers import SlipState

    states = {SlipState.SIGNED: args.sign, SlipState.SENT: args.sent, SlipState.WITHDRAWN: args.withdraw}
    verdicts = {slip: state for state, slips in states.items() for slip in slips}
    return send(call, force=args.force, decisions=decisions, verdicts=verdicts)


def check(args: argparse.Namespace, call: Call) -> Result:
    """Keep what checks found, draw, or verify."""
    from tracker.steps.check import check

    return check(call, args.what)


def score(args: argparse.Namespace, call: Call) -> Result:
    """Score every unit."""
    from tracker.steps.score import score

    return score(call, args.what)


def report(args: argparse.Namespace, call: Call) -> Result:
    """Write the report or one of its relatives, or say what changed since one."""
    from tracker.steps.publishing import DocumentKind
    from tracker.steps.report import Relative, annual, report, why, write_relative

    relatives = {
        "unit": Relative.OWN,
        "circular": Relative.CIRCULAR,
        "public": Relative.PUBLIC,
        "brief": Relative.BRIEF,
    }
    relative = next((which for word, which in relatives.items() if getattr(args, word)), None)
    if args.annual is not None:
        if relative or args.insert or args.why is not None or args.as_of:
            raise WrongUsage(what="--annual 不能与其他选项一起用。")
        return annual(call, year=args.annual)
    if args.review:
        from tracker.steps.material import review

        if args.insert or args.why is not None or args.as_of or args.known_on:
            raise WrongUsage(what="--review 不能与 --insert、--why、--as-of、--known-on 一起用。")
        return review(call, plan=args.plan)
    if args.quarter and not (args.circular and args.why is None):
        raise WrongUsage(what="--quarter 只能与 --circular 一起用，不能与 --why 一起用。")
    days = {"as_of": _day("--as-of", args.as_of), "known_on": _day("--known-on", args.known_on)}
    if relative and args.insert:
        raise WrongUsage(what="--insert 不能与 --unit、--circular、--public、--brief 一起用。")
    if args.why is not None:
        if relative is Relative.OWN:
            raise WrongUsage(what="单位的自查报告由单位签发，本办没有留底，--why 不能与 --unit 一起用。")
        kind = relative.value if relative else DocumentKind.REPORT
        return why(call, plan=args.plan, since=args.why, kind=kind, **days)
    if relative:
        return write_relative(call, relative, plan=args.plan, unit=args.unit, quarter=args.quarter, **days)
    return report(call, plan=args.plan, insert=args.insert, **days)


def compare(args: argparse.Namespace, call: Call) -> Result:
    """Compare."""
    from tracker.steps.compare import compare

    return compare(call, plan=args.plan, beside=tuple(args.beside))


def fill(args: argparse.Namespace, call: Call) -> Result:
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


def run(args: argparse.Namespace, call: Call) -> Result:
    """Tick once, keep ticking, or write what makes the system tick."""
    from tracker.steps.run import install, keep_running, tick

    if args.install:
        return install(call, python=sys.executable, systems=(args.install,), user=_account())
    if args.once or args.clock_ok or args.now or call.dry_run:
        return tick(call, is_confirmed=args.clock_ok)
    return keep_running(
        call,
        now=lambda: dt.datetime.now(CHINA),
        tell=lambda line: _tell(args, line),
        until=lambda: False,
    )


def status(args: argparse.Namespace, call: Call) -> Result:
    """Say where the year stands, or draw it."""
    if args.html or args.a4:
        from tracker.steps.board import board

        return board(call, sheet=args.a4)
    from tracker.steps.status import status

    return status(call, is_for_machines=args.json)


def export(args: argparse.Namespace, call: Call) -> Result:
    """Write the office as tables."""
    from tracker.steps.export import export

    return export(call, args.folder, _day("--as-of", args.as_of, "2026-06-30"))


def today(args: argparse.Namespace, call: Call) -> Result:
    """Do what was decided in 工作台.xlsx, and lay out today."""
    from tracker.steps.daybook import today

    return today(call)


def history(args: argparse.Namespace, call: Call) -> Result:
    """Tell the history of a point, a unit or a round."""
    from tracker.steps.history import history

    return history(call, args.what)


def demo(args: argparse.Namespace, call: Call) -> Result:
    """Make the sample office, telling each day of it on the screen."""
    from tracker.demo import demo

    return demo(call, args.folder, args.field, tell=lambda line: _tell(args, line))


def explain(args: argparse.Namespace, call: Call) -> Result:
    """Explain one phrase, or every line of standard input."""
    from tracker.steps.explain import READERS, explain

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
    request = {
        "text": args.text,
        "column": args.column,
        "year": args.year or call.now.year,
        "issued_on": args.issued_on,
    }
    explanation = explain(args.what, request)
    return Result(explanation.lines, explanation.data)


def answer_lines(kind: str, requests: Iterable[str], out: TextIO) -> None:
    """Answer each line as soon as it comes, so that the other side may wait for one before it sends the next."""
    from tracker.steps.explain import explain

    for number, line in enumerate(requests, start=1):
        if not line.strip():
            continue
        explanation = explain(kind, _request(line, number))
        out.write(as_json(explanation.data) + "\n")
        out.flush()


def as_json(value: Any, indent: int | None = None) -> str:
    """What a verb says for machines, as JSON: days and moments in ISO 8601, paths as they are written."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_as_text)


def _as_text(value: object) -> str:
    if isinstance(value, dt.date):  # a moment is one, too
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong in an answer")


def _request(line: str, number: int) -> dict[str, Any]:
    try:
        request = json.loads(line.lstrip("\ufeff"))
    except ValueError:
        request = None
    if not isinstance(request, dict) or not isinstance(request.get("text"), str):
        raise WrongUsage(what=f"标准输入第 {number} 行应是一个 JSON 对象，其中 text 是要解释的文字。")
    return request


def _utf8(stream: Any) -> Iterable[str]:
    """Standard input as UTF-8, whatever the console says."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return iter(stream.readline, "")


def _tell(args: argparse.Namespace, line: str) -> None:
    """Say a line while the verb goes on; stdout is for the JSON alone where that is wanted."""
    print(line, file=sys.stderr if args.json else sys.stdout, flush=True)


def _day(word: str, text: str, example: str = "2026-06-30") -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUsage(what=f"{word} 的日期“{text}”无法识别，请写成 {example}。") from None


def _match(text: str) -> tuple[str, tuple[str, ...]]:
    """A place and the items of before that it continues; none where it is a new one."""
    place, equals, point_ids = text.rpartition("=")
    if not equals or not place:
        raise WrongUsage(what=f"--match “{text}”的写法应为 位置=事项编号，如 分工表!C7=P1-012。")
    ids = (point_id.strip() for point_id in point_ids.split("+"))
    return place, tuple(point_id for point_id in ids if point_id not in ("", "新增", "new"))


def _decision(text: str) -> tuple[str, tuple[str, str]]:
    """A question and what was decided of it: one of the words of the list, and the text of 另行填写."""
    question, equals, verdict = text.partition("=")
    choice, *rest = re.split("[:：]", verdict, maxsplit=1)
    if not equals or not question.strip() or not choice.strip():
        raise WrongUsage(what=f"--decide “{text}”的写法应为 编号=意见，如 C3=用新报送的。")
    return question.strip(), (choice.strip(), "".join(rest).strip())


def _pair(word: str, text: str) -> tuple[str, str]:
    left, equals, right = text.rpartition("=")
    if not equals or not left.strip() or not right.strip():
        raise WrongUsage(what=f'{word} “{text}”的写法应为 左边=右边，如 --column "办理部门=责任单位"。')
    return left.strip(), right.strip()


def _keep_secret(name: str) -> Result:
    import getpass

    from tracker.steps.desk import keep_secret

    text = getpass.getpass("请输入（不显示）：") if sys.stdin.isatty() else sys.stdin.readline()
    return keep_secret(name, text)


def _account() -> str:
    """The Windows account that is logged on; empty elsewhere."""
    name = os.environ.get("USERNAME", "") if os.name == "nt" else ""
    domain = os.environ.get("USERDOMAIN", "")
    return f"{domain}\\{name}" if name and domain else name


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
