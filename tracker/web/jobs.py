"""What the buttons do, and what is being done: one verb at a time, each a program of its own, started again from the same code.

An act (`BUTTONS`) is a verb of the command line, with what was chosen on the page typed after it; nothing else starts a program.
A file is named as a path below the office folder (`safety.path_inside`), a text goes behind `--word=`, so that none of it can
be taken for an option. A password is no word of a command, which other programs can see: the verb reads it from its standard input.

A verb runs as `python -m tracker VERB … --full-json --office FOLDER`. To stop it is to kill it and what it started: every
step survives that (its docstring says what a kill leaves). What it says goes into files, not into pipes: a verb whose
page is gone does its work to the end all the same.

    running   started, not over
    done      exit code 0
    partly    exit code 1: a part could not be done, and is named
    refused   exit code 2 or 3: nothing was done
    stopped   killed by a person
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Any

import tracker
from tracker.forms import WRITE_OTHER
from tracker.problems.base import Exit
from tracker.problems.office import JobRunning, NothingChosen, WrongUsage
from tracker.values import dataclass
from tracker.web.safety import path_inside

# So many lines of what a verb says while it runs are shown.
_LAST_LINES = 200
# How many jobs are remembered, for pages that show what came of them.
_MEMORY = 60


class JobState(StrEnum):
    """Where a job stands; see the module."""

    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    STOPPED = "stopped"


_STATES = {
    int(Exit.DONE): JobState.DONE,
    int(Exit.PARTLY): JobState.PARTLY,
    int(Exit.USAGE): JobState.REFUSED,
    int(Exit.REFUSED): JobState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class JobOrder:
    """What is to be done.

    Attributes:
        act: Its name among the acts of the page.
        title: What people call it.
        page: The page that it belongs to.
        words: The verb and what is typed after it.
        subject: The file that it is about, as a path below the office folder or its name; may be empty.
    """

    act: str
    title: str
    page: str
    words: tuple[str, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as a page shows it.

    Attributes:
        number: Which.
        order: What was to be done.
        state: Where it stands.
        seconds: How long it has run.
        end: When it was over, by the steady clock.
        lines: What it says to people.
        data: What it says to machines; empty until it is done.
    """

    number: int
    order: JobOrder
    state: JobState
    seconds: int
    lines: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    end: float = 0

    @property
    def is_running(self) -> bool:
        """Whether it is not over."""
        return self.state is JobState.RUNNING


class _Job:
    """A verb that runs, and what it has said."""

    def __init__(self, number: int, order: JobOrder, command: Sequence[str], root: Path, line: str) -> None:
        self.number, self.order = number, order
        self._folder = tempfile.TemporaryDirectory(prefix="tracker-desk-", ignore_cleanup_errors=True)
        self._out, self._err = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        self._start = time.monotonic()
        self._end: JobView | None = None
        self._is_stopped = False
        code = str(Path(tracker.__file__).resolve().parent.parent)
        # The same code as ours, wherever it stands.
        paths = [code, *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self._process = subprocess.Popen(
                command,
                cwd=root,
                env=environment,
                stdin=subprocess.PIPE if line else subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        if self._process.stdin is not None:
            # A verb that is over reads nothing.
            with contextlib.suppress(OSError), self._process.stdin as stdin:
                stdin.write(f"{line}\n".encode())

    def wait(self) -> None:
        code = self._process.wait()
        lines, data = self._said_lines(), {}
        # Killed, it has said nothing; refused, it has said a sentence and no JSON.
        with contextlib.suppress(ValueError):
            answer = json.loads(self._out.read_text(encoding="utf-8"))
            lines, data = (*lines, *answer["lines"]), answer["data"]
        if self._is_stopped:
            state, note = JobState.STOPPED, "已停止。做完的部分都已保存；再做一次就会接着做完。"
        elif code in _STATES:
            state, note = _STATES[code], ""
        else:
            state, note = JobState.PARTLY, "程序被系统中断了，做完的部分都已保存；请再做一次。"
        end = time.monotonic()
        lines = (*lines, note) if note else lines
        self._end = JobView(self.number, self.order, state, int(end - self._start), lines, data, end)
        self._folder.cleanup()

    def view(self) -> JobView:
        if self._end is not None:
            return self._end
        seconds = int(time.monotonic() - self._start)
        return JobView(self.number, self.order, JobState.RUNNING, seconds, self._said_lines()[-_LAST_LINES:])

    def stop(self) -> None:
        if self._process.poll() is not None:
            return
        self._is_stopped = True
        if os.name == "nt":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(self._process.pid)],
                check=False,
                capture_output=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _said_lines(self) -> tuple[str, ...]:
        try:
            return tuple(self._err.read_text(encoding="utf-8", errors="replace").splitlines())
        except OSError:
            return ()


class Workshop:
    """The jobs of one run of the page: one at a time, those that are over remembered."""

    def __init__(self, options: Sequence[str] = ()) -> None:
        """Keep what is typed after every verb, besides the folder."""
        self._options = tuple(options)
        self._lock = threading.Lock()
        self._jobs: dict[int, _Job] = {}
        self._last = 0

    def start(self, order: JobOrder, root: Path, line: str = "") -> JobView:
        """Begin; `JobRunning` while another one runs. A line is for the verb's standard input, and kept nowhere."""
        with self._lock:
            job_now = self.job_now()
            if job_now is not None:
                raise JobRunning(title=job_now.order.title)
            self._last += 1
            folder = ("--office", str(root)) if order.act != "init" else ()
            verb, *words = order.words
            options = ("--full-json", *folder, *self._options)
            command = [sys.executable, "-m", "tracker", verb, *options, *words]
            job = _Job(self._last, order, command, root, line)
            self._jobs[self._last] = job
            self._jobs.pop(self._last - _MEMORY, None)
        threading.Thread(target=job.wait, name=f"job-{job.number}", daemon=True).start()
        return job.view()

    def stop(self, number: int) -> None:
        """Stop one, if it still runs."""
        job = self._jobs.get(number)
        if job is not None:
            job.stop()

    def job_now(self) -> JobView | None:
        """The job that is not over."""
        return next((view for view in self.views() if view.is_running), None)

    def views(self) -> tuple[JobView, ...]:
        """Every job that is remembered, the latest first."""
        return tuple(job.view() for job in reversed(list(self._jobs.values())))

    def latest(self, *acts: str, subject: str | None = None) -> JobView | None:
        """The latest job of these acts that is over; about one file, where it is named."""
        return next(
            (
                view
                for view in self.views()
                if not view.is_running
                and view.order.act in acts
                and (subject is None or view.order.subject == subject)
            ),
            None,
        )


Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Button:
    """What a button does.

    Attributes:
        title: What it is called.
        page: Where it stands.
        words: The verb and its options, from what was chosen on the page.
    """

    title: str
    page: str
    words: Callable[[Path, Form], list[str]]


def order_of(act: str, root: Path, form: Form) -> JobOrder:
    """What a button's act is to do with what was chosen.

    Raises:
        WrongUsage: There is no such act.
        OutsideOffice, NothingChosen: What was chosen cannot be.
    """
    if act not in BUTTONS:
        raise WrongUsage(what="没有这个按钮，请刷新页面。")
    entry = BUTTONS[act]
    subject = _one(form, "file") or _one(form, "name")
    return JobOrder(act, entry.title, entry.page, tuple(entry.words(root, form)), subject)


def _one(form: Form, name: str) -> str:
    values = form.get(name, ())
    return values[0].strip() if values else ""


def _option(form: Form, name: str, word: str) -> list[str]:
    """`--word=text` where something was typed."""
    text = _one(form, name)
    return [f"--{word}={text}"] if text else []


def _file(root: Path, form: Form) -> str:
    text = _one(form, "file")
    if not text:
        raise NothingChosen(what="哪一个文件")
    return str(path_inside(root, text))


def _ticks(form: Form, what: str) -> list[str]:
    values = [value for value in form.get("tick", ()) if value and not value.startswith("-")]
    if not values:
        raise NothingChosen(what=what)
    return values


def _init(root: Path, form: Form) -> list[str]:
    if not _one(form, "name"):
        raise NothingChosen(what="本单位名称")
    words = [
        *_option(form, "name", "name"),
        *_option(form, "contact", "contact"),
        *_option(form, "year", "year"),
        *_option(form, "send_by", "send-by"),
    ]
    lines = [line.split() for line in _one(form, "units").splitlines() if line.strip()]
    if lines:
        rows = ["单位名称,联络员,电话", *(",".join((*map(_cell, line[:3]), "", "")[:3]) for line in lines)]
        path = root / ".tracker" / "单位名单.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        words.append(f"--units={path}")
    return ["init", str(root), *words]


def _cell(text: str) -> str:
    return text.replace(",", "，").replace('"', "")


# What a person may say that a plan is -> the words of `record`.
KINDS = {"": [], "new": ["--new"], "superior": ["--superior"], "superior-new": ["--superior", "--new"]}


def _record(root: Path, form: Form) -> list[str]:
    how, _, plan = _one(form, "how").partition(":")
    kind = [f"--{how}={plan}"] if how in ("revises", "amends") and plan else KINDS.get(how, [])
    force = ["--force"] if _one(form, "force") else []
    return [
        "record",
        _file(root, form),
        *kind,
        *_option(form, "year", "year"),
        *_option(form, "issued", "issued"),
        *force,
    ]


def _hand_out(root: Path, form: Form) -> list[str]:
    packs = ["--zip"] if _one(form, "zip") else []
    return ["hand-out", *_option(form, "round", "round"), *_option(form, "due", "due"), *packs]


# What a person may say of a message that did not simply leave.
VERDICTS = {
    "delivered": "已送达",
    "again": "再发一次",
    "drop": "不再发",
    "release": "收件人没有填串，可以发",
    "readdress": "改发到现在的联络员",
}


def _message(root: Path, form: Form) -> list[str]:
    verdict = _one(form, "verdict")
    if verdict not in VERDICTS:
        raise NothingChosen(what="怎么处理")
    return ["send", f"--{verdict}", *_ticks(form, "哪几份")]


def _send_back(root: Path, form: Form) -> list[str]:
    name, reason = _one(form, "name"), _one(form, "reason")
    if not name or not reason:
        raise NothingChosen(what="退回哪一份、为什么")
    return ["send-back", f"--reason={reason}", "--", name]


def _decide(root: Path, form: Form) -> list[str]:
    """Each question has a field `decide-编号` with the choice, and `text-编号` with the words of 另行填写."""
    decisions = []
    for name, values in form.items():
        question = name.removeprefix("decide-")
        choice = values[0].strip() if values else ""
        if question != name and choice:
            suffix = f":{_one(form, f'text-{question}')}" if choice == WRITE_OTHER else ""
            decisions.append(f"--decide={question}={choice}{suffix}")
    if not decisions:
        raise NothingChosen(what="哪一条怎么处理")
    return ["settle", *decisions]


_REPORTS = {
    "": [],
    "circular": ["--circular"],
    "public": ["--public"],
    "review": ["--review"],
    "brief": ["--brief"],
    "annual": ["--annual"],
}


def _report(root: Path, form: Form) -> list[str]:
    kind = _REPORTS.get(_one(form, "kind"), [])
    if kind == _REPORTS["annual"]:  # of the year and the office, not of a plan on a day
        return ["report", *kind]
    return ["report", *kind, *_option(form, "plan", "plan"), *_option(form, "as_of", "as-of")]


def _fill(root: Path, form: Form) -> list[str]:
    """A column that was asked about has a field `column:他们的列名` with one of our words."""
    columns = [
        f"--column={name.removeprefix('column:')}={values[0].strip()}"
        for name, values in form.items()
        if name.startswith("column:") and values and values[0].strip()
    ]
    return [
        "fill",
        _file(root, form),
        *_option(form, "plan", "plan"),
        *_option(form, "unit", "unit"),
        *columns,
    ]


def _secret(root: Path, form: Form) -> list[str]:
    name = _one(form, "name")
    if not name or not _one(form, "secret"):
        raise NothingChosen(what="哪一个密码，或者没有填密码")
    return ["send", f"--secret={name}"]


BUTTONS: Mapping[str, Button] = {
    "init": Button("建立办公文件夹", "", _init),
    "read": Button("读方案", "plans", lambda root, form: ["read", _file(root, form)]),
    "proof": Button("生成分工核对表", "plans", lambda root, form: ["read", _file(root, form), "--workbook"]),
    "try-record": Button("看登记会改什么", "plans", lambda root, form: [*_record(root, form), "--dry-run"]),
    "record": Button("登记方案", "plans", _record),
    "undo": Button("撤回最近一次登记", "plans", lambda root, form: ["record", "--undo"]),
    "compare": Button("对照上年、上级的方案", "plans", lambda root, form: ["compare"]),
    "try-hand-out": Button("看要发给谁", "forms", lambda root, form: [*_hand_out(root, form), "--dry-run"]),
    "hand-out": Button("印发填报表", "forms", _hand_out),
    "as-last-year": Button("今年仍按此期次", "forms", lambda root, form: ["hand-out", "--as-last-year"]),
    "take-back": Button("收表", "returns", lambda root, form: ["take-back"]),
    "send-back": Button("退回补正", "returns", _send_back),
    "decide": Button("处理待核对事项", "questions", _decide),
    "settle": Button("按清单处理", "questions", lambda root, form: ["settle"]),
    "reopen": Button("撤回上一次处理", "questions", lambda root, form: ["settle", "--undo"]),
    "sync": Button("更新台账", "ledger", lambda root, form: ["sync"]),
    "try-chase": Button("看今天催谁", "chase", lambda root, form: ["chase", "--dry-run", "--all"]),
    "chase": Button("拟督办单", "chase", lambda root, form: ["chase"]),
    "sign": Button(
        "签发并发出", "chase", lambda root, form: ["send", "--sign", *_ticks(form, "签发哪几份督办单")]
    ),
    "sent": Button(
        "记为已发", "chase", lambda root, form: ["send", "--sent", *_ticks(form, "哪几份已经发出")]
    ),
    "withdraw": Button(
        "作废", "chase", lambda root, form: ["send", "--withdraw", *_ticks(form, "作废哪几份督办单")]
    ),
    "send": Button(
        "发出", "chase", lambda root, form: ["send", *(["--force"] if _one(form, "force") else [])]
    ),
    "message": Button("处理没有发出的", "chase", _message),
    "check": Button("读取检查表和登记簿", "check", lambda root, form: ["check"]),
    "spot-book": Button("生成《抽查设置》", "check", lambda root, form: ["check", "draw"]),
    "draw": Button("抽取", "check", lambda root, form: ["check", "draw"]),
    "verify": Button("核验历次抽取", "check", lambda root, form: ["check", "verify"]),
    "scheme": Button("生成示例《考核方案》", "score", lambda root, form: ["score"]),
    "score": Button("算分", "score", lambda root, form: ["score"]),
    "issue": Button("定稿并起草考核结果通报", "score", lambda root, form: ["score", "issue"]),
    "report": Button("生成报告", "report", _report),
    "why": Button("看与上期的差异", "report", lambda root, form: ["report", "--why"]),
    "board": Button("生成一页看板", "report", lambda root, form: ["status", "--html"]),
    "sheet": Button("生成一页看板的图片", "report", lambda root, form: ["status", "--html", "--a4"]),
    "fill": Button("按表填报", "fill", _fill),
    "secret": Button("存入密码", "settings", _secret),
    "run": Button("补做", "", lambda root, form: ["run", "--once"]),
    "clock": Button("确认电脑时间没有错", "", lambda root, form: ["run", "--clock-ok"]),
}
