"""A whole year of a made-up office, in an office folder that can be looked at and worked on.

The folder is made by the verbs themselves, each called with the clock of its day, so nothing in it is there
for show: two rounds, returns that come late, in part, twice, under strange names, one with a single
column sorted, a photo among them, an edit in the 台账 that two people disagree about; slips and signatures;
the report in June and at the year's end. There is such a year in two fields; who is in it and what they say stands
beside the plan of each (`rehearsal`).

Called again it changes nothing and says again what to open. A demo that was stopped half-way goes on from the
day that it had reached: every verb is harmless when it is called twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

from tracker.columns import ELEMENTS, TICK, TOTAL_HEADS
from tracker.comparison import ALL, AS_PROPOSED, NOTE, WORD
from tracker.demo.rehearsal import (
    LogbookEntry,
    Script,
    contact_name,
    deliver,
    mails,
    read_days,
    read_script,
    telephone,
    telephone_round,
    type_in,
)
from tracker.files.folders import REGISTER, REPORTS, OfficeFolder, find_office
from tracker.files.guard import open_source
from tracker.files.templates import shipped_path
from tracker.formats.books import (
    ContactRow,
    RegisterBook,
    UnitGroupRow,
    UnitRow,
    all_sheets,
    decide_all,
    find_head,
    read_register,
    read_signing,
    rows_of,
)
from tracker.formats.patch import Append, Edit, patch
from tracker.grid import Source, Value
from tracker.problems.office import FolderInUse
from tracker.rules.compare import GAP, LEVELS
from tracker.rules.progress import DUTY_WORDS
from tracker.settings import FigureSetting, RoundSetting, Settings
from tracker.steps.call import Call, Result
from tracker.steps.chase import chase
from tracker.steps.check import check
from tracker.steps.compare import compare
from tracker.steps.desk import open_desk
from tracker.steps.hand_out import hand_out
from tracker.steps.init import init
from tracker.steps.logbooks import SPOT_BOOK, SPOT_FOLDER
from tracker.steps.plan_questions import Instructions
from tracker.steps.record import record
from tracker.steps.report import report
from tracker.steps.score import score
from tracker.steps.slips import FOLDER, list_name
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back
from tracker.steps.worklists import CALLS, DUTIES
from tracker.tiers import SlipState, proposed_kind
from tracker.values import dataclass
from tracker.workdays import PUBLIC_CALENDAR

YEAR = 2026
ROUNDS = (
    RoundSetting("上半年", "", dt.date(YEAR, 6, 15), dt.date(YEAR, 6, 30)),
    RoundSetting("年终", "", dt.date(YEAR, 12, 1), dt.date(YEAR, 12, 18)),
)
LAST_DAY = dt.date(YEAR, 12, 28)
# Written when the year is whole; until then the next call goes on.
MARK = Path(".tracker", "demo.json")

_WORK_BEGINS = dt.time(9, 0)


@dataclass(frozen=True, slots=True)
class YearEvent:
    """Something that happens in the sample office.

    Attributes:
        day: When.
        title: In the words of the office.
        happens: How.
        line: Which line of the verb's answer sums it up.
    """

    day: dt.date
    title: str
    happens: Callable[[Call, SampleOffice], Result | None]
    line: int = 0


@dataclass(frozen=True)
class SampleOffice:
    """The folder, and the field whose year it plays."""

    folder: OfficeFolder
    field: str
    script: Script

    def path(self, *parts: str) -> Path:
        """A path in the folder."""
        return self.folder.path(*parts)


def demo(
    call: Call, folder: Path, field: str = "政务公开", *, tell: Callable[[str], None] = lambda line: None
) -> Result:
    """Make the sample office of a field in a folder; `tell` is told each thing as it happens."""
    root = folder.absolute()
    if root.exists() and any(root.iterdir()) and not (root / ".tracker").exists():
        raise FolderInUse(folder=root)
    if call.dry_run:
        return Result((f"将在 {root} 建立一个演示用的办公文件夹。",), {"folder": str(root)})
    last_day, field = _mark_of(root, field)
    script = read_script(shipped_path("workbooks", field, "year.txt").read_text(encoding="utf-8"))
    figures = tuple(
        FigureSetting(name, *text.split("｜")[:2]) for name, text in script.entries("统计指标").items()
    )
    settings = Settings(values=dict(script.entries("设置")), rounds=ROUNDS, figures=figures)
    init(_at(call, root, dt.date(YEAR, 3, 2)), root, settings=settings)
    office = SampleOffice(find_office(root), field, script)
    year = _year(script, _logbook_events(field))
    events = [event for event in year if last_day is None or event.day > last_day]
    for event in call.one_by_one(events, "演示全年"):
        tell(f"{event.day.isoformat()}　{event.title}")
        result = event.happens(_at(call, root, event.day), office)
        if result and result.lines:
            tell(f"            {result.lines[event.line]}")
        if event is [other for other in year if other.day == event.day][-1]:
            _reach(root, event.day, field)
    return _what_lies_where(root)


def _mark_of(root: Path, field: str) -> tuple[dt.date | None, str]:
    """The day that the year has reached, and its field: a year that was begun in one goes on in it."""
    mark = root / MARK
    if not mark.exists():
        return None, field
    mark_data = json.loads(mark.read_text(encoding="utf-8"))
    return dt.date.fromisoformat(mark_data["reached"]), mark_data["field"]


def _reach(root: Path, day: dt.date, field: str) -> None:
    mark = root / MARK
    temporary = mark.with_name("~demo.json")
    temporary.write_text(json.dumps({"reached": day.isoformat(), "field": field}), encoding="utf-8")
    temporary.replace(mark)


def _at(call: Call, root: Path, day: dt.date) -> Call:
    return replace(
        call, now=dt.datetime.combine(day, _WORK_BEGINS, call.now.tzinfo), start=root, person="演示"
    )


def _list_units(call: Call, office: SampleOffice) -> None:
    """The clerk types the units' list: departments, counties, who belongs to a collective name, and whom to call."""
    path = office.path(REGISTER)
    book = read_register(open_source(path))
    if book.units:
        return
    script = office.script
    units = [(name, kind) for kind, names in script.names("单位").items() for name in names]
    new_book = RegisterBook(
        units=tuple(UnitRow("", name, kind=proposed_kind(name) or kind) for name, kind in units),
        groups=tuple(UnitGroupRow(name, members) for name, members in script.names("单位组").items()),
        contacts=tuple(
            ContactRow(name, contact_name(number), "办公室副主任", phone=f"0000-82{number:02}168")
            for number, (name, _) in enumerate(units, start=1)
        ),
    )
    appends = [Append(sheet, rows, like=None) for sheet, rows in all_sheets(new_book) if rows]
    path.write_bytes(patch(path.read_bytes(), (), appends))


def _record(call: Call, office: SampleOffice) -> Result:
    return record(call, shipped_path("workbooks", office.field, "plan.xlsx"), Instructions())


def _record_superior(call: Call, office: SampleOffice) -> Result:
    return record(call, shipped_path("workbooks", office.field, "superior.txt"), Instructions(superior=True))


def _confirm(call: Call, office: SampleOffice) -> Result:
    """The clerk agrees with what is proposed, says of each gap why it is one, and runs the comparison again."""
    with open_desk(call) as desk:
        superiors = list(desk.office().superiors)
    for superior in superiors:
        path = office.path(REPORTS, f"{LEVELS.book_name(superior)}.xlsx")
        edits = _agreement(open_source(path), office.script.entries("上级缺项")["原因"])
        path.write_bytes(patch(path.read_bytes(), edits))
    return compare(call)


def _agreement(source: Source, why: str) -> list[Edit]:
    """What a person types who agrees with every proposal and says of each row without one that it is a gap."""
    (grid,) = (candidate for candidate in source.grids if candidate.name == "对照")
    edits = []
    for row in rows_of(grid, (LEVELS.key, WORD, LEVELS.others, NOTE)):
        if row.text(LEVELS.key) == ALL:
            edits.append(Edit(grid.name, row.row, row.columns[WORD], AS_PROPOSED))
        elif not row.text(LEVELS.others) and not row.text(WORD):
            edits.append(Edit(grid.name, row.row, row.columns[WORD], LEVELS.word(GAP)))
            edits.append(Edit(grid.name, row.row, row.columns[NOTE], why))
    return edits


def _send_in(call: Call, office: SampleOffice, round_no: int) -> None:
    """Whatever the units have sent by the day lies in 各单位报送."""
    with open_desk(call) as desk:
        now = desk.office()
        rounds = [round_.round for round_ in now.rounds.values() if round_.name == ROUNDS[round_no].name]
        letters = [
            mail
            for round_ in rounds
            for mail in mails(office.folder, now, round_, office.script)
            if mail.day <= call.today
        ]
    deliver(office.folder, letters)


def _telephone(call: Call, office: SampleOffice) -> None:
    """What the clerk typed into the 台账 will disagree with the second version that is on its way."""
    with open_desk(call) as desk:
        telephone(office.folder, desk.office(), office.script)


def _call_round(call: Call, office: SampleOffice) -> None:
    with open_desk(call) as desk:
        telephone_round(office.folder, desk.office(), office.script, call.today)
    sync(call)


def _draft(call: Call, office: SampleOffice) -> Result:
    """The section head goes through 起草素材表 and types what only the office knows; the report is written with it."""
    report(call)
    path = office.path(REPORTS, "起草素材表.xlsx")
    script, edits = office.script, []
    whole = {ELEMENTS[name].label: text for name, text in script.entries("报告").items()}
    for grid in open_source(path).grids:
        for row in rows_of(grid, ("事项编号", "改定稿")):
            number = row.text("事项编号").rpartition("-")[2].lstrip("0")
            words = {"问题": script.entries("问题").get(number, "")}
            if highlight := script.entries("亮点").get(number):
                words |= {"亮点": TICK, "改定稿": highlight, "是否核实": "已核实", "核稿人": "周敏"}
            edits += [
                Edit(grid.name, row.row, row.columns[label], text) for label, text in words.items() if text
            ]
        edits += [
            Edit(grid.name, row.row, row.columns["内容"], whole[row.text("要素")])
            for row in rows_of(grid, ("要素", "内容"))
            if row.text("要素") in whole
        ]
        if head := find_head(grid, TOTAL_HEADS):
            first = head[0] + 1 + len(list(rows_of(grid, TOTAL_HEADS)))
            edits += [
                Edit(grid.name, first + number, column, text)
                for number, (name, rest) in enumerate(script.entries("全年数据").items())
                for column, text in enumerate((name, *rest.split("｜")))
            ]
    path.write_bytes(patch(path.read_bytes(), edits))
    return report(call)


def _sign(call: Call, office: SampleOffice) -> None:
    """The section head signs every draft off and sends it by the office's OA."""
    path = office.path(FOLDER, list_name(office.folder))
    if not path.exists():
        return
    edits = decide_all(read_signing(open_source(path)), SlipState.SENT, by="OA", on=call.today)
    path.write_bytes(patch(path.read_bytes(), edits))


# What is said on the telephone, by the weightiest kind of the call.
_ANSWERS = {
    "催报": "材料正在核对，两日内报送",
    "提醒": "正在办理，能按时完成",
    "催办": "正在抓紧办理，办结后报送",
    "督办": "已报告主要负责同志，按说明的时间办结",
}


def _answer(call: Call, office: SampleOffice) -> None:
    """The clerk makes the calls of the day and writes down who answered what."""
    path = office.path(FOLDER, CALLS)
    if not path.exists():
        return
    edits = [
        Edit(grid.name, row.row, row.columns[head], text)
        for grid in open_source(path).grids
        for row in rows_of(grid, ("编号", "联系人及电话", "种类", "接话人", "答复", "通话时间"))
        if row.text("编号") and not row.text("接话人")
        for head, text in (
            ("接话人", row.text("联系人及电话").partition(" ")[0]),
            ("答复", _ANSWERS[row.text("种类").rpartition("、")[2]]),
            ("通话时间", f"{call.today.month}月{call.today.day}日10时"),
        )
    ]
    path.write_bytes(patch(path.read_bytes(), edits))


def _sign_and_call(call: Call, office: SampleOffice) -> None:
    _sign(call, office)
    _answer(call, office)


def _takes(round_no: int) -> Callable[[Call, SampleOffice], Result]:
    def happens(call: Call, office: SampleOffice) -> Result:
        _send_in(call, office, round_no)
        result = take_back(call)
        sync(call)
        return result

    return happens


def _plain(step: Callable[[Call], Result]) -> Callable[[Call, SampleOffice], Result]:
    return lambda call, office: step(call)


def _silently(step: Callable[[Call, SampleOffice], None]) -> Callable[[Call, SampleOffice], Result | None]:
    def happens(call: Call, office: SampleOffice) -> Result | None:
        step(call, office)
        return None

    return happens


def _round_events(round_no: int) -> Iterator[YearEvent]:
    round_ = ROUNDS[round_no]
    name, due = round_.name, round_.due
    yield YearEvent(round_.opens, f"印发“{name}”填报表", _plain(hand_out), line=-1)
    yield YearEvent(round_.opens, "更新台账", _plain(sync))
    yield from _chase_on(PUBLIC_CALENDAR.add(due, -4))
    yield YearEvent(due, f"收“{name}”报送", _takes(round_no), line=-1)
    yield YearEvent(PUBLIC_CALENDAR.add(due, 1), "催报、催办逾期的", _plain(chase))
    yield YearEvent(PUBLIC_CALENDAR.add(due, 1), "送签督办单，打电话", _silently(_sign_and_call))
    if round_no == 0:
        yield YearEvent(
            PUBLIC_CALENDAR.add(due, 1), "电话核实一个单位，直接改在台账里", _silently(_telephone)
        )
    yield YearEvent(PUBLIC_CALENDAR.add(due, 4), f"收“{name}”补报、更正", _takes(round_no), line=-1)


def _tick_duties(call: Call, office: SampleOffice) -> None:
    """The clerk ticks off what the covering letter asks beside the table."""
    path = office.path(*DUTIES)
    if not path.exists():
        return
    edits = [
        Edit(grid.name, row.row, row.columns["办理情况"], DUTY_WORDS[0])
        for grid in open_source(path).grids
        for row in rows_of(grid, ("编号", "办理情况"))
        if row.text("编号")
    ]
    path.write_bytes(patch(path.read_bytes(), edits))


# What the office says of an indicator that no fact of the ledger gives: share of its points, and why, in turn.
_JUDGEMENTS = {
    "工作机制": (
        (Fraction(2, 3), "有专人负责，全年只研究过1次"),
        (Fraction(1, 2), "工作机制基本建立，部分会议没有记录"),
        (Fraction(5, 6), "制度齐全，按季研究，记录基本完整"),
        (Fraction(1, 3), "没有固定联络人，材料多次补正"),
        (Fraction(1, 2), "联络人更换没有及时报告，研究工作没有记录"),
    ),
    "业务培训": (
        (Fraction(1), "按计划参加了年度业务培训"),
        (Fraction(1, 2), "少参加1次"),
        (Fraction(0), "2次培训都没有参加"),
    ),
}
_ABSENT = "本年没有这类事项"
# The office's own bounds in place of those of the example.
_GRADES = {"优秀": "95", "良好": "85"}


def _score(call: Call, office: SampleOffice) -> Result:
    """The example scheme is taken with other bounds, what it leaves to people is judged, and the result issued."""
    score(call)
    scheme = office.path("考核", "考核方案.xlsx")
    bounds = [
        Edit(grid.name, row.row, row.columns["最低分"], _GRADES[row.text("等次")])
        for grid in open_source(scheme).grids
        for row in rows_of(grid, ("等次", "最低分"))
        if row.text("等次") in _GRADES
    ]
    scheme.write_bytes(patch(scheme.read_bytes(), bounds))
    scores: Any = score(call).data["scores"]
    open_lines = {
        (entry["unit"], line["code"]) for entry in scores for line in entry["lines"] if line["points"] is None
    }
    path = office.path("考核", "评分录入.xlsx")
    edits: list[Edit] = []
    turns = {indicator: count() for indicator in _JUDGEMENTS}
    for grid in open_source(path).grids:
        for row in rows_of(grid, ("单位", "编号", "指标", "分值", "得分", "合理缺项", "理由")):
            if (row.text("单位"), row.text("编号")) in open_lines:
                indicator = row.text("指标")
                judgements = _JUDGEMENTS.get(indicator)
                values: dict[str, Value] = {"合理缺项": "是", "理由": _ABSENT}
                if judgements:
                    share, reason = judgements[next(turns[indicator]) % len(judgements)]
                    values = {"得分": float(share * Fraction(row.text("分值"))), "理由": reason}
                edits += [
                    Edit(grid.name, row.row, row.columns[head], value) for head, value in values.items()
                ]
    path.write_bytes(patch(path.read_bytes(), edits))
    return score(call, "issue")


# What the office wants drawn: no more than three people see in a week. The number was published before and is nobody's choice.
_DRAW: dict[str, Value] = {
    "抽查名称": "第三季度随机抽查",
    "检查开始日期": dt.date(YEAR, 9, 14),
    "检查结束日期": dt.date(YEAR, 9, 18),
    "抽几个单位": 4,
    "抽几项内容": 3,
    "公开号码": f"{YEAR}103",
}
# What a check sheet says of an item with which nothing is wrong.
_SOUND: dict[str, Value] = {"存在问题": "否", "检查情况": "符合要求", "检查日期": dt.date(YEAR, 9, 18)}


def _draw_check(call: Call, office: SampleOffice) -> Result:
    """The clerk says how much is to be drawn, and draws."""
    check(call, "draw")
    path = office.path(SPOT_FOLDER, SPOT_BOOK)
    edits = [
        Edit(grid.name, row.row, row.columns["内容"], _DRAW[row.text("项目")])
        for grid in open_source(path).grids
        for row in rows_of(grid, ("项目", "内容"))
        if row.text("项目") in _DRAW
    ]
    path.write_bytes(patch(path.read_bytes(), edits))
    return check(call, "draw")


def _fill_check_sheets(call: Call, office: SampleOffice) -> Result:
    """Nothing is wrong with the units that were drawn."""
    for path in sorted(office.path(SPOT_FOLDER).rglob("检查表-*.xlsx")):
        edits = [
            Edit(grid.name, row.row, row.columns[head], value)
            for grid in open_source(path).grids
            for row in rows_of(grid, ("编号", *_SOUND))
            for head, value in _SOUND.items()
        ]
        path.write_bytes(patch(path.read_bytes(), edits))
    return check(call)


def _chase_on(day: dt.date, *, calls: bool = True) -> Iterator[YearEvent]:
    if calls:
        yield YearEvent(day, "电话了解到期任务，办结的记入台账", _silently(_call_round))
    yield YearEvent(day, "临近期限的提醒，逾期的催办", _plain(chase))
    yield YearEvent(day, "送签督办单，打电话", _silently(_sign_and_call))


def _logbook_events(field: str) -> tuple[YearEvent, ...]:
    """The days on which the office works in its logbooks."""
    text = shipped_path("workbooks", field, "logbooks.txt").read_text(encoding="utf-8")

    def happens(entries: tuple[LogbookEntry, ...]) -> Callable[[Call, SampleOffice], Result]:
        def fill_in(call: Call, office: SampleOffice) -> Result:
            check(call)
            for entry in entries:
                type_in(office.folder, entry)
            return check(call)

        return fill_in

    return tuple(
        YearEvent(dt.date(YEAR, month, day), "填写登记簿、整改台账", happens(entries))
        for (month, day), entries in read_days(text).items()
    )


def _year(script: Script, logbook_events: tuple[YearEvent, ...]) -> tuple[YearEvent, ...]:
    """What happens, by day; a superior's plan is compared where the field has one."""
    superior = (
        YearEvent(dt.date(YEAR, 3, 3), "登记上级方案", _record_superior),
        YearEvent(dt.date(YEAR, 3, 4), "对照上级方案", _plain(compare)),
        YearEvent(dt.date(YEAR, 3, 4), "逐项确认由谁承接", _confirm),
    )
    at_last = (YearEvent(LAST_DAY, "报上级的任务对照表", _plain(compare)),)
    has_superior = bool(script.entries("上级缺项"))
    events = (
        YearEvent(dt.date(YEAR, 3, 2), "填写单位名单", _silently(_list_units)),
        YearEvent(dt.date(YEAR, 3, 3), "登记分工方案", _record),
        *(superior if has_superior else ()),
        *logbook_events,
        *_chase_on(dt.date(YEAR, 4, 20), calls=False),
        *_round_events(0),
        YearEvent(dt.date(YEAR, 7, 10), "上半年落实情况报告", _plain(report)),
        YearEvent(dt.date(YEAR, 9, 7), "抽取第三季度检查的单位和内容", _draw_check),
        YearEvent(dt.date(YEAR, 9, 18), "填写检查表", _fill_check_sheets),
        *_chase_on(dt.date(YEAR, 9, 21)),
        *_chase_on(dt.date(YEAR, 10, 12)),
        *_chase_on(dt.date(YEAR, 11, 9)),
        *_round_events(1),
        YearEvent(LAST_DAY, "填写通知要求的办理情况", _silently(_tick_duties)),
        YearEvent(LAST_DAY, "督办仍未办结的", _plain(chase)),
        YearEvent(LAST_DAY, "核对登记簿、整改台账，汇总检查情况", _plain(check)),
        YearEvent(LAST_DAY, "按考核方案评分，印发结果", _score),
        YearEvent(LAST_DAY, "填写起草素材表，写年终落实情况报告", _draft),
        YearEvent(LAST_DAY, "更新台账", _plain(sync)),
        *(at_last if has_superior else ()),
    )
    return tuple(sorted(events, key=lambda event: event.day))


def _what_lies_where(root: Path) -> Result:
    reports = sorted(path.name for path in (root / REPORTS).glob("*落实情况报告*.docx"))
    levels = any((root / REPORTS).glob("上级任务对照表-*.xlsx"))
    lines = (
        "",
        f"演示用的办公文件夹已经就绪：{root}",
        "先打开看：",
        "  台账/工作台账.xlsx　　每项任务、每个单位的进展和亮灯，可以筛选、直接修改",
        *(f"  报告/{name}　　可以签发的报告，同名的 .xlsx 里每个数字都能点到是哪几项" for name in reports),
        "  报告/*.html　　给领导看的一页，用浏览器打开",
        "再看：",
        "  填报表/　　发给各单位的表；各单位报送/　　各单位报回的文件",
        "  待核对事项清单.xlsx　　两边说法不一、需要人定的",
        *(
            ("  报告/上级任务对照表-*.xlsx　　上级的每一项由本级哪一项承接、进展如何、缺哪几项",)
            if levels
            else ()
        ),
        "  台账/时限事项.xlsx、整改台账.xlsx　　有时限的事项和检查发现的问题；登记簿目录.xlsx 里可以自设登记簿",
        "  抽查/检查情况汇总.xlsx　　按时率、登记情况、覆盖情况、还没有查到的；随机抽查的抽取记录、通知和检查表在旁边",
        "  考核/考核得分表.xlsx、考核结果通报.docx　　各单位得分，每一分都写明理由和依据",
        "  督办/送签单.xlsx　　提醒、催办、督办单的签发情况",
        "  设置.xlsx、单位及联络员名单.xlsx　　所有设置和单位名单，都能直接改",
        "可以接着试：进入这个文件夹，运行 tracker status，或改一改台账再运行 tracker sync。",
    )
    return Result(lines, {"folder": str(root), "reports": reports})
