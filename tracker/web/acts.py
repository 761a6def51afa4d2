"""What the buttons do: an act is a verb of the command line, with what was chosen on the page typed after it.

Nothing else starts a program. A file is named as a path below the office folder (`safety.path_inside`), a text goes
behind `--word=`, so that none of it can be taken for an option.

`BUTTONS` is the table: each act with its title, the page that it stands on, and the verb with its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tracker.forms import WRITE_OTHER
from tracker.problems.office import NothingChosen, WrongUsage
from tracker.values import dataclass
from tracker.web.jobs import JobOrder
from tracker.web.safety import path_inside

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
}


def _report(root: Path, form: Form) -> list[str]:
    kind = _REPORTS.get(_one(form, "kind"), [])
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
}
