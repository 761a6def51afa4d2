"""What a person types: the only place that reads the clock, the person's name and the folder.

Every verb takes `--json` (one JSON value alone on stdout, UTF-8; with `--full-json` it is `{"lines": [...],
"data": ...}`, what people read and what machines read), `--dry-run`, `--now ISO` and `--office FOLDER`. People's text
goes to stdout, problems to stderr; a console that cannot show a character shows a question mark rather than stopping.
Exit codes are those of `problems.base.Exit`; a refusal after something was recorded or written is a part that could
not be done (1), since 3 says that nothing was. Whatever goes wrong, the user
sees one Chinese sentence and never a traceback. That of a fault of ours names a file with the details and nothing of the fault: an
exception's own words quote what they got, which may be a password or what a unit wrote. The details have the secrets taken out that
we know of.

`--help` and `--version` answer from the table alone; everything else is imported when a verb is typed.
"""

from __future__ import annotations

import gc
import io
import os
import sys

from tracker import __version__
from tracker.cli.verbs import VERBS, Verb, overview

# What a finding or a refusal ends with: `[not-a-plan]`.
_CODE = r"(?m)\[[a-z]+(?:-[a-z]+)*\](?=$|；)"

# Only names here: what these are is imported when a verb is typed.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from tracker.steps.call import Call, Result


# Where the details of a fault go; with this variable they are shown instead.
_DEBUG = "TRACKER_DEBUG"
FAULTS = "tracker-faults"
# Verbs that no person waits for: the scheduler's.
SILENT = ("run",)


def main(words: Sequence[str]) -> int:
    """Carry out what was typed (without the program's name) and say how it went: a code of `problems.base.Exit`."""
    if not words or words[0] in ("-h", "--help"):
        print(overview())
        return 0
    if words[0] == "--version":
        print(f"tracker {__version__}")
        return 0
    from tracker.files.folders import effect_count
    from tracker.problems.base import Exit, ListedQuestion, TrackerError
    from tracker.problems.files import naming_held_files

    before = effect_count()
    try:
        with naming_held_files():
            result, is_for_machines = _carry_out(words)
        if is_for_machines:
            from tracker.cli.calls import as_json

            is_full = "--full-json" in words
            print(as_json({"lines": result.lines, "data": result.data} if is_full else result.data, indent=2))
        else:
            for line in result.lines:
                print(_for_people(line, words))
        if result.problem is not None:
            print(_for_people(str(result.problem), words), file=sys.stderr)
        _tell_of_limits()
        return result.exit
    except TrackerError as problem:
        print(_for_people(str(problem), words), file=sys.stderr)
        # A question that a refusal lays into 待核对事项清单 is no part of what was asked for.
        is_question = isinstance(problem, ListedQuestion)
        if problem.exit is Exit.REFUSED and not is_question and effect_count() != before:
            print("没有做成的只有上面这一部分，其余的已经完成；处理后重新运行即可补齐。", file=sys.stderr)
            return Exit.PARTLY
        return problem.exit
    except BrokenPipeError:  # whoever read our words has heard enough; `run` knows
        raise
    except Exception as failure:
        # Python 3.11 makes another error of an interruption that comes while a class is made.
        if isinstance(failure.__cause__, KeyboardInterrupt):
            raise failure.__cause__ from None
        # The last resort: a fault of ours, told in one sentence and kept for whoever mends it.
        print(fault_notice(), file=sys.stderr)
        return Exit.PARTLY


def _tell_of_limits() -> None:
    """Say where files were read with less confinement than there should be; nobody who read no file waits for it."""
    if "tracker.files.guard.pool" in sys.modules:
        from tracker.files.guard import lacks_limits

        if lacks_limits():
            _tell(
                "提示：这台电脑不让程序限制读取文件时所用的内存（系统拒绝了作业对象），只有时间限制有效；"
                "请不要读取来历不明的文件，并请信息化人员检查安全软件的设置。"
            )


def _for_people(text: str, words: Sequence[str]) -> str:
    """A sentence without the codes of its findings, which are for machines (`--json`), and without what moves a cursor.

    For whoever double-clicks (`scripts/office/program.py`) it names launchers in place of commands.
    """
    import re

    from tracker.clicks import LAUNCHERS, in_clicks
    from tracker.printable import printable

    if "--json" in words:
        return printable(text)
    sentence = printable(re.sub(_CODE, "", text))
    return in_clicks(sentence, LAUNCHERS) if os.environ.get("TRACKER_CLICKS") else sentence


def _carry_out(words: Sequence[str]) -> tuple[Result, bool]:
    """What the verb says, and whether for machines."""
    # Facts and cells make no cycles, and looking for some takes a tenth of taking back 300 forms.
    gc.set_threshold(100_000, 20, 20)
    from tracker.cli import calls
    from tracker.cli.calls import parser_of

    name, does, is_daily, arguments = _verb(words[0])
    args = parser_of(name, does, arguments).parse_args(list(words[1:]))
    call = _call(args)
    # Whoever asks what would happen, or speaks of another day, wants nothing to be done.
    if is_daily and args.now is None and not call.dry_run:
        from tracker.steps.catch_up import catch_up

        catch_up(call, _tell)
    args.json = args.json or args.full_json
    step: Callable[[argparse.Namespace, Call], Result] = getattr(calls, name.replace("-", "_"))
    if args.json or name in SILENT or not sys.stderr.isatty():
        return step(args, call), args.json
    from dataclasses import replace

    from tracker.files.screen import ProgressBar

    with ProgressBar() as bar:
        return step(args, replace(call, progress=bar.report, ask=bar.aside(call.ask))), args.json


def _verb(name: str) -> Verb:
    from tracker.problems.office import WrongUsage

    for verb in VERBS:
        if verb[0] == name:
            return verb
    raise WrongUsage(what=f"没有“{name}”这个命令。用 tracker --help 查看全部命令。")


def _call(args: argparse.Namespace) -> Call:
    from pathlib import Path

    from tracker.steps.call import Call

    start = (args.office or Path.cwd()).absolute()
    return Call(_moment(args.now), _person(), start, dry_run=args.dry_run, ask=_asker(), tell=_tell)


def _asker() -> Callable[[str], str] | None:
    """How to ask whoever sits at the terminal; None where nobody does."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def ask(question: str) -> str:
        print(question, end=" ", file=sys.stderr, flush=True)
        return sys.stdin.readline()

    return ask


def _tell(line: str) -> None:
    from tracker.printable import printable

    print(printable(line), file=sys.stderr, flush=True)


def _moment(text: str | None) -> dt.datetime:
    import datetime as dt

    from tracker.problems.office import WrongUsage
    from tracker.steps.call import CHINA

    if text is None:
        return dt.datetime.now(CHINA)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsage(
            what=f"--now 的时间“{text}”无法识别，请写成 2026-06-30 或 2026-06-30T09:00+08:00。"
        ) from None
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)


def _person() -> str:
    import getpass

    try:
        return os.environ.get("TRACKER_PERSON") or getpass.getuser()
    except (OSError, KeyError):
        return "未署名"


def _speak_utf8(*, for_machines: bool) -> None:
    """Keep the console's own encoding for people, UTF-8 for machines; never stop at a character.

    What is sent into a file on Windows is read by programs that know the console's encoding (code page 936).
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_console = stream.isatty()
            stream.reconfigure(
                encoding=None if not for_machines and (is_console or os.name == "nt") else "utf-8",
                errors="replace",
            )


def _has_screen() -> bool:
    """Whether a person sits before a screen on which a browser can be shown, and nobody reads what we print."""
    if sys.stdout is not None and not sys.stdout.isatty():
        return False
    is_graphic = os.name == "nt" or sys.platform == "darwin"
    return is_graphic or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run() -> NoReturn:
    """Start from the command line."""
    words = sys.argv[1:] or (["desk"] if _has_screen() else [])
    _speak_utf8(for_machines=bool({"--json", "--full-json", "--json-lines"} & set(words)))
    try:
        code = main(words)
    except SystemExit as stop:  # argparse after --help
        code = 2 if stop.code else 0
    except KeyboardInterrupt:
        print("已中断；已完成的部分都已保存，可以重新运行。", file=sys.stderr)
        code = 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 0
    sys.exit(int(code))


def fault_notice() -> str:
    """What to show of the fault that is being handled; with TRACKER_DEBUG its details instead of the sentence."""
    if os.environ.get(_DEBUG):
        return _details()
    place = _keep(_details())
    return (
        f"程序出现意外问题，已停下，没有留下写了一半的内容。详情记在 {place}，请发给维护的同事。[unexpected]"
    )


def _details() -> str:
    import traceback

    from tracker.files.channels import without_secrets

    return without_secrets(traceback.format_exc())


def _keep(details: str) -> str:
    """Write the details where they can be found and sent on; say where."""
    import datetime as dt
    import tempfile
    from pathlib import Path

    from tracker.steps.call import CHINA

    folder = Path(tempfile.gettempdir()) / FAULTS
    name = f"{dt.datetime.now(CHINA):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(details, encoding="utf-8")
    except OSError:
        return "（无法写入临时文件夹）"
    return str(folder / name)
