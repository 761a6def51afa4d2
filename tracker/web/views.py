"""What a page shows: values for the templates, out of what `tracker status` and the jobs say.

A sentence of a verb speaks to whoever types commands; here a button stands in the command's place (`plain`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tracker import patterns as re
from tracker.clicks import PAGE_CLICKS, in_clicks, place_words
from tracker.columns import FILLABLE
from tracker.files.channels import MAIL
from tracker.files.folders import FOLDERS, QUESTIONS, REGISTER, SETTINGS
from tracker.forms import CONFLICT_CHOICES, KEEP_OURS, QUESTION_HEADS, TAKE_THEIRS, WRITE_OTHER
from tracker.printable import name_for_file
from tracker.rules.check import ShortcomingStand
from tracker.steps.call import CHINA
from tracker.steps.desk import DATABASE
from tracker.values import dataclass
from tracker.web.jobs import VERDICTS, JobState, JobView

State = Mapping[str, Any]

# Address -> the word in the menu, in the order of a year.
MENU = {
    "": "今日",
    "plans": "方案",
    "forms": "填报表",
    "returns": "收表",
    "questions": "待核对",
    "ledger": "台账",
    "chase": "督办",
    "check": "检查",
    "score": "考核",
    "report": "报告",
    "fill": "按表填报",
    "settings": "设置",
}
# Where a thing to do is done, and what its button says.
TODO_PAGES = {
    "names": ("settings", "去填单位名单"),
    "groups": ("settings", "去填单位组"),
    "office_name": ("settings", "去填设置"),
    "contact": ("settings", "去填设置"),
    "calendar-guessed": ("settings", "去填节假日"),
    "nobody": ("plans", "去补责任单位"),
    "deadlines": ("plans", "去定时限"),
    "issue-day": ("plans", "去填印发日期"),
    "no-round": ("settings", "去填报送期次"),
    "rounds-carried": ("forms", "去确认期次"),
    **dict.fromkeys(("years", "years-left", "levels", "gaps"), ("plans", "去对照")),
    **dict.fromkeys(("duties-late", "duties-near"), ("ledger", "去登记办理情况")),
    **dict.fromkeys(("logbook-late", "logbook-soon", "logbook-lacks"), ("ledger", "去登记簿")),
    "rectification-late": ("check", "去整改台账"),
    "conflicts": ("questions", "去核对"),
    "late-returns": ("chase", "去催办"),
    "due": ("chase", "去拟督办单"),
    "drafts": ("chase", "去签发"),
    "stale-slips": ("chase", "去核对"),
    "signed": ("chase", "去发出"),
    "asked": ("ledger", "去审批"),
    "overdue": ("ledger", "去台账"),
}
WEEKDAYS = "一二三四五六日"
# Files that come in by the page -> where they are put.
DROPS = {"plans": "方案", "returns": "各单位报送", "fill": "按表填报"}

_CHECKS, _SCORES = "抽查", "考核"

# What a revision changes, one after the other in a sentence.
_CHANGES = re.compile(
    r"(?<=[。；])(?=(?:改动|新增|取消|拆分|合并)　)|(?<=；)(?=请在《待核对事项清单》里选定)"
)
_CODE = re.compile(r"\[([a-z][a-z-]*)\]$")


# What is done in 送签单 and has a click on the page.
_IN_THE_LIST = {
    "请在《送签单.xlsx》中签发后再发": "请在“督办”页选好，点“领导已签：签发并发出”",
    "请发出后在《送签单》中改为“已发”": "发出后在“督办”页选好，点“已经发出”",
    "自行发出的在《送签单》中改为“已发”": "自行发出的在“督办”页选好，点“已经发出”",
    "核对后在《送签单》中签发": "核对后在“督办”页选好，点“领导已签：签发并发出”",
    "不需要再发的在《送签单》中改为“作废”": "不需要再发的在“督办”页选好，点“作废”",
}


def plain(line: str) -> str:
    """A verb's sentence with a button where it names a command."""
    sentence = in_clicks(line, PAGE_CLICKS).replace(
        "《待核对事项清单》", "“待核对”页（或《待核对事项清单》）"
    )
    for words, click in _IN_THE_LIST.items():
        sentence = sentence.replace(words, click)
    return re.sub("再运行一次|重新运行", "再点一次", sentence)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as a page shows it: how deep it stands, and its code for whoever is asked about it."""

    text: str
    code: str
    depth: int


# What a sentence names -> the page where it is done, and what the way there is called.
_WAYS = {
    "《待核对事项清单》": ("questions", "去核对"),
    "《单位及联络员名单》": ("settings", "去填名单"),
    "设置.xlsx": ("settings", "去填设置"),
    "《送签单》": ("chase", "去签发"),
}


def ways_from(lines: Sequence[Line], page: str) -> dict[str, str]:
    """The pages where what some sentences ask is done, but for the one that is looked at: what each is called."""
    texts = [line.text.replace("抽查设置.xlsx", "") for line in lines]
    return {
        target: label
        for name, (target, label) in _WAYS.items()
        if target != page and any(name in text for text in texts)
    }


def lines_of(texts: Sequence[str]) -> Iterator[Line]:
    """The sentences of a verb."""
    for text in (part for whole in texts for part in _CHANGES.split(whole)):
        bare = text.strip()
        match = _CODE.search(bare)
        sentence = _CODE.sub("", bare) if match else bare
        yield Line(plain(sentence), match.group(1) if match else "", (len(text) - len(text.lstrip())) // 2)


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file of a folder as a page lists it: its path below the office folder, its name, when it was saved."""

    path: str
    name: str
    when: str


def files_in(root: Path, folder: str, *suffixes: str) -> list[FolderFile]:
    """The files of a folder, the one saved last first; those of programs are passed over."""
    base = root / folder
    paths = [
        path
        for path in (base.rglob("*") if base.is_dir() else ())
        if path.is_file()
        and not path.name.startswith((".", "~"))
        and (not suffixes or path.suffix.lower() in suffixes)
    ]
    stamps = sorted(((path.stat().st_mtime, path) for path in paths), reverse=True)
    return [
        FolderFile(
            path.relative_to(root).as_posix(),
            path.relative_to(base).as_posix(),
            f"{dt.datetime.fromtimestamp(stamp, CHINA):%m-%d %H:%M}",
        )
        for stamp, path in stamps
    ]


def documents(root: Path, *paths: str) -> list[FolderFile]:
    """Workbooks that a page has a button for, where they are there."""
    return [FolderFile(path, Path(path).name, "") for path in paths if (root / path).exists()]


def day_line(state: State) -> str:
    """The day in words."""
    day = dt.date.fromisoformat(state["as_of"])
    return f"{day.year}年{day.month}月{day.day}日　星期{WEEKDAYS[day.weekday()]}"


def todos(root: Path, state: State) -> list[dict[str, Any]]:
    """What waits for a person, each with the page where it is done and the papers about it that are there."""
    rows = []
    for todo in state["todo"]:
        page, label = TODO_PAGES.get(todo["code"], ("ledger", "去处理"))
        papers = documents(root, *todo["papers"])
        rows.append({"text": plain(todo["what"]), "page": page, "label": label, "files": papers})
    return rows


def next_step(state: State, today: str) -> dict[str, str] | None:
    """What comes next in the year where nothing waits: the first thing that has not been done yet."""
    if not state["plans"]:
        return {
            "text": "还没有登记方案：把收到的分工方案拖到“方案”页。",
            "page": "plans",
            "label": "去登记方案",
        }
    year = int(today[:4])
    if max(plan["year"] for plan in state["plans"].values()) < year:
        return {
            "text": f"{year}年的方案还没有登记：收到后拖到“方案”页。",
            "page": "plans",
            "label": "去登记方案",
        }
    if not state["rounds"]:
        ahead = [round_ for round_ in state["round_settings"] if round_["due"] >= today]
        first = min(ahead, key=lambda round_: round_["opens"], default=None)
        when = (
            f"“{first['name']}”{first['opens']}起印发，也可以提前。"
            if first and first["opens"] > today
            else ""
        )
        return {"text": f"还没有印发过填报表。{when}", "page": "forms", "label": "去印发"}
    return None


def open_round(state: State) -> dict[str, Any] | None:
    """The round that is out, or was out last, with the units that have not reported."""
    if not state["rounds"]:
        return None
    latest = state["rounds"][0]
    same = [
        round_
        for round_ in state["rounds"]
        if round_["name"] == latest["name"] and round_["due"] == latest["due"]
    ]
    units = [
        {**unit, "plan": round_["plan"] if len(same) > 1 else ""}
        for round_ in same
        for unit in round_["units"]
    ]
    return {
        "name": latest["name"],
        "due": latest["due"],
        "forms": sum(round_["forms"] for round_ in same),
        "back": sum(round_["back"] for round_ in same),
        "missing": [unit for unit in units if unit["state"] in ("未报", "待退回")],
        "units": units,
    }


def home(root: Path, state: State) -> dict[str, Any]:
    """The first page."""
    waits = todos(root, state)
    step = next_step(state, state["as_of"])
    first = [*([step] if step else []), *waits]
    return {
        "day": day_line(state),
        "todos": first[:3],
        "more": first[3:],
        "watch": [plain(line) for line in state["watch"]],
        "round": open_round(state),
        "drafts": [slip for slip in state["slips"] if slip["state"] == "drafted"],
        "questions": state["questions"],
        "books": documents(root, "台账/工作台账.xlsx", QUESTIONS, "督办/送签单.xlsx", "台账/报送情况.xlsx"),
        "backup": state["backup"],
    }


def plans(root: Path, state: State, reading: JobView | None, entering: JobView | None) -> dict[str, Any]:
    """The plans that were entered, the files that came, and what was understood of the one that was read."""
    data = reading.data if reading is not None else {}
    points = [
        {
            **point,
            "where": place_words(point["place"]),
            "limits": [
                f"{part['due']}（{part['text']}）"
                for part in point["deadline"].get("milestones", ())
                if part["due"]
            ],
            "findings": [f["message"] for f in data.get("findings", ()) if f["place"] == point["place"]],
        }
        for point in data.get("work_points", ())
    ]
    places = {point["place"] for point in points}
    file = reading.order.subject if reading is not None else ""
    return {
        "files": files_in(root, DROPS["plans"]),
        "comparisons": [
            file
            for file in files_in(root, "报告", ".xlsx")
            if file.name.startswith(("年度对照", "上级任务对照表"))
        ],
        "plans": state["plans"],
        "reading": data if points else None,
        "points": points,
        "duties": [{**duty, "place": place_words(duty["place"])} for duty in data.get("duties", ())],
        "elsewhere": [
            {**finding, "place": place_words(finding["place"])}
            for finding in data.get("findings", ())
            if finding["place"] not in places
        ],
        "file": file,
        "proof": _below(root, data.get("workbook")) or (file if file.startswith("方案/分工核对表") else ""),
        "looked_at": _looked_at(entering, file),
        "is_entered": reading is not None
        and entering is not None
        and entering.state is JobState.DONE
        and (entering.order.act, entering.order.subject) == ("record", reading.order.subject)
        and entering.number > reading.number,
    }


# What `record` says that a file is to a plan -> how a person says so.
_HOW = {"revision": ("revises", "全文修订"), "amendment": ("amends", "局部调整")}


def _looked_at(entering: JobView | None, file: str) -> dict[str, str]:
    """What is typed to enter a file as the change that a person has just looked at; empty where there is none."""
    if entering is None or entering.state is not JobState.DONE or entering.order.act != "try-record":
        return {}
    how, word = _HOW.get(entering.data["how"], ("", ""))
    if entering.order.subject != file or not how:
        return {}
    options = (option.removeprefix("--").partition("=") for option in entering.order.words)
    days = {name: text for name, _, text in options if name in ("year", "issued")}
    plan = entering.data["plan"]
    return {"file": file, "how": f"{how}:{plan}", **days, "label": f"{plan} 的{word}"}


def _below(root: Path, path: str | None) -> str:
    """A path that a verb names, as one below the office folder; empty where it is none."""
    if not path:
        return ""
    try:
        return Path(path).resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return ""


def forms(root: Path, state: State, today: dt.date) -> dict[str, Any]:
    """The rounds, and the folders with their forms."""
    base = root / "填报表"
    folders = (
        sorted((path for path in base.iterdir() if path.is_dir()), reverse=True) if base.is_dir() else []
    )
    return {
        "rounds": _rounds_ahead(state, today),
        "folders": [
            FolderFile(
                path.relative_to(root).as_posix(),
                path.name,
                f"{sum(file.is_file() for file in path.iterdir())}个文件",
            )
            for path in folders
        ],
        "is_as_last_year": not all(setting["is_typed"] for setting in state["round_settings"]),
        "has_plans": bool(state["plans"]),
        "today": today.isoformat(),
    }


def _rounds_ahead(state: State, today: dt.date) -> list[dict[str, Any]]:
    """The rounds of 设置.xlsx, each with what came of it so far."""
    rows = []
    names = {setting["name"] for setting in state["round_settings"]}
    rounds_by_name = {round_["name"]: round_ for round_ in state["rounds"] if round_["name"] not in names}
    for setting in (*state["round_settings"], *rounds_by_name.values()):
        out = [
            round_
            for round_ in state["rounds"]
            if (round_["name"], round_["due"]) == (setting["name"], setting["due"])
        ]
        is_due = setting["opens"] <= today.isoformat()
        counts = f"已报 {sum(round_['back'] for round_ in out)}/{sum(round_['forms'] for round_ in out)}"
        is_over = setting["due"] < today.isoformat()
        waits = (
            "已过截止日期，没有印发"
            if is_over
            else "已到开始日期，还没有印发"
            if is_due
            else "还没有到开始日期"
        )
        word = f"已印发，{counts}" if out else waits
        rows.append(
            {
                **setting,
                "word": word,
                "is_early": not out and not is_due,
                "is_own": setting["name"] in rounds_by_name,
            }
        )
    return sorted(rows, key=lambda row: (row["due"], row["opens"]))


def returns(root: Path, state: State, taking: JobView | None) -> dict[str, Any]:
    """Who has reported, and what came of the files that were taken last."""
    data = taking.data if taking is not None else {}
    refusals = [
        {**entry, "reason": next(lines_of([entry["reason"].removeprefix(f"{entry['file']}：")])).text}
        for entry in data.get("refused", ())
    ]
    return {
        "round": open_round(state),
        "taken": data.get("taken", ()),
        "refused": [entry for entry in refusals if not entry["is_old"]],
        "still_refused": [entry for entry in refusals if entry["is_old"]],
        "repeated": data.get("repeated", 0),
        "has_result": bool(data),
        "names": {
            unit["file"]: unit["unit"]
            for round_ in state["rounds"]
            for unit in round_["units"]
            if unit["file"]
        },
        "books": documents(root, "台账/报送情况.xlsx", "台账/佐证清单.xlsx"),
        "ledger": documents(root, "台账/工作台账.xlsx"),
    }


# What the two candidates of a question that is about no cell come to, by its head; empty: the candidate itself.
_ANSWERS = {
    "是谁的表": ("不收这份表", "就是这个单位的，收下"),
    "旧期的表": ("不收这份表", "记入现在这一期"),
    "要登记的方案": ("不登记", "照读到的登记"),
    "期初情况": ("不记入", "记入台账"),
}


def _choices(question: Mapping[str, str]) -> list[tuple[str, str]]:
    """The choices of a question with what each is called here: two versions of a cell, or what is asked."""
    if question["column"] not in QUESTION_HEADS.values():
        return [(choice, choice) for choice in CONFLICT_CHOICES]
    labels = _ANSWERS.get(question["column"], ("", ""))
    answers = zip((KEEP_OURS, TAKE_THEIRS), labels, (question["ours"], question["theirs"]), strict=True)
    choices = [(choice, label or text) for choice, label, text in answers if label or text]
    return choices if question["column"] == "以哪份为准" else [*choices, (WRITE_OTHER, WRITE_OTHER)]


def questions(root: Path, state: State) -> dict[str, Any]:
    """What a person has to decide."""
    return {
        "questions": [
            {
                **question,
                "why": list(lines_of([question["why"]])),
                "choices": _choices(question),
                "is_cell": question["column"] not in QUESTION_HEADS.values(),
            }
            for question in state["questions"]
        ],
        "other": WRITE_OTHER,
        "decided": state["decided"],
        "books": documents(root, QUESTIONS),
    }


def ledger(root: Path, state: State) -> dict[str, Any]:
    """Every work point and where it stands."""
    return {
        "points": state["points"],
        "plans": state["plans"],
        "books": sorted(
            files_in(root, "台账", ".xlsx"), key=lambda file: (file.name != "工作台账.xlsx", file.name)
        ),
    }


def chase(root: Path, state: State, sending: JobView | None) -> dict[str, Any]:
    """The slips by where they stand, and what did not leave when something was sent last."""
    states = ("drafted", "signed", "sent", "withdrawn")
    data = sending.data if sending is not None else {}
    return {
        "slips": {name: [slip for slip in state["slips"] if slip["state"] == name] for name in states},
        "is_stopped": bool(data.get("stopped")),
        "stuck": [
            {**message, "do": plain(message.get("do", ""))}
            for message in (
                *data.get("listed", ()),
                *(message for message in data.get("held", ()) if message.get("do")),
            )
        ],
        "verdicts": VERDICTS,
        "books": [
            *documents(
                root, "督办/送签单.xlsx", "督办/电话记录.xlsx", "督办/今日待办.xlsx", "督办/到期日历.ics"
            ),
            *(file for file in files_in(root, "督办", ".xlsx") if file.name.startswith("催报名单")),
        ],
        "ready": (root / "督办" / "待发").is_dir(),
    }


def check(root: Path, job: JobView | None) -> dict[str, Any]:
    """Every draw with its papers, and what the checks found by where it stands."""
    data = job.data if job is not None else {}
    files: dict[str, list[FolderFile]] = {}
    for file in sorted(files_in(root, _CHECKS), key=lambda file: file.name):
        folder, _, name = file.name.rpartition("/")
        if folder:
            files.setdefault(folder, []).append(FolderFile(file.path, name, file.when))
    book = f"{_CHECKS}/抽查设置.xlsx"
    return {
        "has_book": (root / book).exists(),
        "books": documents(root, book, "台账/整改台账.xlsx", "台账/登记簿目录.xlsx"),
        "draws": [
            {"name": folder, "path": f"{_CHECKS}/{folder}", "files": files[folder]}
            for folder in sorted(files, reverse=True)
        ],
        "shortcomings": {
            ShortcomingStand(code).label: count
            for code, count in data.get("shortcomings", {}).items()
            if count
        },
        "overdue": data.get("overdue", ()),
        "doubts": list(lines_of(data.get("doubts", ()))),
    }


def score(root: Path, job: JobView | None) -> dict[str, Any]:
    """The points of every unit with where they come from, as they were counted last."""
    data = job.data if job is not None else {}
    names = ("考核方案.xlsx", "评分录入.xlsx", "综合得分录入.xlsx", "考核得分表.xlsx", "考核结果通报.docx")
    tables = {file.name: file for file in files_in(root, f"{_SCORES}/单位得分")}
    scores = [
        {**line, "file": tables.get(f"{name_for_file(line['unit'])}.xlsx")}
        for line in data.get("scores") or ()
    ]
    return {
        "title": data.get("scheme", ""),
        "names": data.get("names", {}),
        "has_scheme": (root / _SCORES / names[0]).exists(),
        "books": documents(root, *(f"{_SCORES}/{name}" for name in names)),
        "scores": sorted(scores, key=lambda line: (line["table"], line["place"] or len(scores) + 1)),
    }


def report(root: Path, state: State, job: JobView | None) -> dict[str, Any]:
    """The reports that were written, and what the latest says."""
    return {
        "plans": state["plans"],
        "files": files_in(root, "报告", ".docx", ".xlsx", ".html", ".pdf", ".png")[:24],
        "changes": [
            {**change, "plan": entry.get("plan", "")}
            for entry in (job.data.get("reports") or job.data.get("plans") or () if job is not None else ())
            for change in entry.get("changes", ())
        ],
        "pending": _pending(job.data.get("reports", ()) if job is not None else ()),
        "material": next(iter(documents(root, "报告/起草素材表.xlsx")), None),
    }


def _pending(reports: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What is to be verified before a signature: one entry for each work point, one for each of the rest."""
    entries: dict[str, dict[str, Any]] = {}
    for item in (item for entry in reports for item in entry.get("pending", ())):
        entry = entries.setdefault(item["wp"] or item["what"], {"wp": item["wp"], "what": []})
        entry["what"].append(item["what"])
    return [{**entry, "what": list(dict.fromkeys(entry["what"]))} for entry in entries.values()]


def fill(root: Path, state: State, job: JobView | None) -> dict[str, Any]:
    """The tables that came to be filled in, and what was asked about the latest."""
    data = job.data if job is not None else {}
    asks = dict.fromkeys(
        label for table in data.get("tables", ()) for label, word in table["columns"].items() if not word
    )
    return {
        "files": files_in(root, DROPS["fill"], ".xlsx", ".docx"),
        "plans": state["plans"],
        "tables": data.get("tables", ()),
        "asks": list(asks),
        "words": list(dict.fromkeys(FILLABLE.values())),
        "file": job.order.subject if job is not None else "",
        "target": _below(root, data.get("file")),
    }


def settings(root: Path, state: State) -> dict[str, Any]:
    """The workbooks in which an office says what it wants, and the secrets that it may have: name and what it is."""
    robots = [
        (robot[key], f"群机器人“{robot['name']}”的{what}")
        for robot in state.get("robots", ())
        for key, what in (("secret", "地址"), ("sign", "加签密钥"))
    ]
    return {
        "secrets": [*robots, (MAIL, "发信邮箱的密码（授权码）"), (DATABASE, "共用数据库的密码")],
        "backup": state.get("backup", ""),
        "books": documents(root, SETTINGS, REGISTER),
        "folders": [
            FolderFile(name, name, purpose) for name, purpose in FOLDERS.items() if (root / name).is_dir()
        ],
    }
