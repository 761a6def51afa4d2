"""A whole year of a made-up office, in an office folder that can be looked at and worked on.

The folder is made by the verbs themselves, each called with the clock of its day, so nothing in it is there
for show: 40 units, two rounds, returns that come late, in part, twice, under strange names, one with a single
column sorted, a photo among them, an edit in the 台账 that two people disagree about; slips and signatures;
the report in June and at the year's end.

Called again it changes nothing and says again what to open. A demo that was stopped half-way goes on from the
day that it had reached: every verb is harmless when it is called twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tracker.comparison import ALL, AS_PROPOSED, NOTE, WORD
from tracker.demo.rehearsal import COUNTIES, DEPARTMENTS, contact_name, deliver, mails, telephone
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
    read_register,
    read_signing,
)
from tracker.formats.patch import Append, Edit, patch
from tracker.grid import Source
from tracker.problems.office import FolderInUse
from tracker.reading.lists import rows_of
from tracker.rules.compare import GAP, LEVELS
from tracker.rules.progress import DUTY_WORDS
from tracker.settings import RoundSetting, Settings
from tracker.steps.call import Call, Result
from tracker.steps.chase import chase
from tracker.steps.compare import compare
from tracker.steps.desk import open_desk
from tracker.steps.duties import NAME as DUTY_BOOK
from tracker.steps.hand_out import hand_out
from tracker.steps.init import init
from tracker.steps.plan_questions import Instructions
from tracker.steps.record import record
from tracker.steps.report import report
from tracker.steps.slips import FOLDER, list_name
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back
from tracker.tiers import SlipState, proposed_kind
from tracker.values import dataclass
from tracker.workdays import PUBLIC_CALENDAR

YEAR = 2026
ROUNDS = (
    RoundSetting("上半年", "", dt.date(YEAR, 6, 15), dt.date(YEAR, 6, 30)),
    RoundSetting("年终", "", dt.date(YEAR, 12, 1), dt.date(YEAR, 12, 18)),
)
# How far the year is in each of them, in quarters that are over.
STAGES = (1, 3)
VALUES = {
    "office_name": "云溪市人民政府办公室",
    "superior": "省人民政府办公厅",
    "place_name": "我市",
    "contact": "政务公开科 0000-8210000",
    "supervision_name": "云溪市人民政府督查室",
    "stamp": "不要求",
}
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
    happens: Callable[[Call, OfficeFolder], Result | None]
    line: int = 0


def demo(call: Call, folder: Path, *, tell: Callable[[str], None] = lambda line: None) -> Result:
    """Make the sample office in a folder; `tell` is told each thing as it happens."""
    root = folder.absolute()
    if root.exists() and any(root.iterdir()) and not (root / ".tracker").exists():
        raise FolderInUse(folder=root)
    if call.dry_run:
        return Result((f"将在 {root} 建立一个演示用的办公文件夹。",), {"folder": str(root)})
    last_day = _reached_day(root)
    init(_at(call, root, dt.date(YEAR, 3, 2)), root, settings=Settings(values=VALUES, rounds=ROUNDS))
    office = find_office(root)
    events = [event for event in _year() if last_day is None or event.day > last_day]
    for event in call.counted(events, "演示全年"):
        tell(f"{event.day.isoformat()}　{event.title}")
        result = event.happens(_at(call, root, event.day), office)
        if result and result.lines:
            tell(f"            {result.lines[event.line]}")
        if event is _last_of_day(event):
            _reach(root, event.day)
    return _what_lies_where(root)


def _year() -> Iterator[YearEvent]:
    yield from _EVENTS


def _last_of_day(event: YearEvent) -> YearEvent:
    return [other for other in _EVENTS if other.day == event.day][-1]


def _reached_day(root: Path) -> dt.date | None:
    mark = root / MARK
    return (
        dt.date.fromisoformat(json.loads(mark.read_text(encoding="utf-8"))["reached"])
        if mark.exists()
        else None
    )


def _reach(root: Path, day: dt.date) -> None:
    mark = root / MARK
    temporary = mark.with_name("~demo.json")
    temporary.write_text(json.dumps({"reached": day.isoformat()}), encoding="utf-8")
    temporary.replace(mark)


def _at(call: Call, root: Path, day: dt.date) -> Call:
    return replace(
        call, now=dt.datetime.combine(day, _WORK_BEGINS, call.now.tzinfo), start=root, person="演示"
    )


def _list_units(call: Call, office: OfficeFolder) -> None:
    """The clerk types the units' list: departments, counties, who belongs to 市有关单位, and whom to call."""
    path = office.path(REGISTER)
    book = read_register(open_source(path))
    if book.units:
        return
    new_book = RegisterBook(
        units=(
            *(UnitRow("", name, kind=proposed_kind(name) or "市直部门") for name in DEPARTMENTS),
            *(UnitRow("", name, kind="县（市、区）") for name in COUNTIES),
        ),
        groups=(UnitGroupRow("各县（市、区）人民政府", COUNTIES),),
        contacts=tuple(
            ContactRow(name, contact_name(number), phone=f"0000-82{number:02}168")
            for number, name in enumerate((*DEPARTMENTS, *COUNTIES), start=1)
        ),
    )
    appends = [Append(sheet, rows, like=None) for sheet, rows in all_sheets(new_book) if rows]
    path.write_bytes(patch(path.read_bytes(), (), appends))


def _record(call: Call, office: OfficeFolder) -> Result:
    return record(call, shipped_path("workbooks", "政务公开", "plan.xlsx"), Instructions())


def _record_superior(call: Call, office: OfficeFolder) -> Result:
    return record(call, shipped_path("workbooks", "政务公开", "superior.txt"), Instructions(superior=True))


def _confirm(call: Call, office: OfficeFolder) -> Result:
    """The clerk agrees with what is proposed, says of each gap why it is one, and runs the comparison again."""
    with open_desk(call) as desk:
        superiors = list(desk.office().superiors)
    for superior in superiors:
        path = office.path(REPORTS, f"{LEVELS.book_name(superior)}.xlsx")
        edits = _agreement(open_source(path), "省里指定的试点市承担，本市不在其中")
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


def _send_in(call: Call, office: OfficeFolder, round_no: int) -> None:
    """Whatever the units have sent by the day lies in 各单位报送."""
    with open_desk(call) as desk:
        now = desk.office()
        rounds = [round_.round for round_ in now.rounds.values() if round_.name == ROUNDS[round_no].name]
        letters = [
            mail
            for round_ in rounds
            for mail in mails(office, now, round_, STAGES[round_no])
            if mail.day <= call.today
        ]
    deliver(office, letters)


def _telephone(call: Call, office: OfficeFolder) -> None:
    """What the clerk typed into the 台账 will disagree with the second version that is on its way."""
    with open_desk(call) as desk:
        telephone(office, desk.office())


def _sign(call: Call, office: OfficeFolder) -> None:
    """The section head signs every draft off and sends it by the office's OA."""
    path = office.path(FOLDER, list_name(office))
    if not path.exists():
        return
    edits = decide_all(read_signing(open_source(path)), SlipState.SENT, by="OA", on=call.today)
    path.write_bytes(patch(path.read_bytes(), edits))


def _takes(round_no: int) -> Callable[[Call, OfficeFolder], Result]:
    def happens(call: Call, office: OfficeFolder) -> Result:
        _send_in(call, office, round_no)
        result = take_back(call)
        sync(call)
        return result

    return happens


def _plain(step: Callable[[Call], Result]) -> Callable[[Call, OfficeFolder], Result]:
    return lambda call, office: step(call)


def _silently(step: Callable[[Call, OfficeFolder], None]) -> Callable[[Call, OfficeFolder], Result | None]:
    def happens(call: Call, office: OfficeFolder) -> Result | None:
        step(call, office)
        return None

    return happens


def _round_events(round_no: int) -> Iterator[YearEvent]:
    round_ = ROUNDS[round_no]
    name, due = round_.name, round_.due
    yield YearEvent(round_.opens, f"印发“{name}”填报表", _plain(hand_out), line=-1)
    yield YearEvent(round_.opens, "更新台账", _plain(sync))
    yield YearEvent(PUBLIC_CALENDAR.add(due, -4), "到期前提醒", _plain(chase))
    yield YearEvent(due, f"收“{name}”报送", _takes(round_no), line=-1)
    yield YearEvent(PUBLIC_CALENDAR.add(due, 1), "催报、催办逾期的", _plain(chase))
    yield YearEvent(PUBLIC_CALENDAR.add(due, 1), "送签督办单", _silently(_sign))
    if round_no == 0:
        yield YearEvent(
            PUBLIC_CALENDAR.add(due, 1), "电话核实一个单位，直接改在台账里", _silently(_telephone)
        )
    yield YearEvent(PUBLIC_CALENDAR.add(due, 4), f"收“{name}”补报、更正", _takes(round_no), line=-1)


def _tick_duties(call: Call, office: OfficeFolder) -> None:
    """The clerk ticks off what the covering letter asks beside the table."""
    path = office.path(*DUTY_BOOK)
    if not path.exists():
        return
    edits = [
        Edit(grid.name, row.row, row.columns["办理情况"], DUTY_WORDS[0])
        for grid in open_source(path).grids
        for row in rows_of(grid, ("编号", "办理情况"))
        if row.text("编号")
    ]
    path.write_bytes(patch(path.read_bytes(), edits))


def _chase_on(day: dt.date) -> Iterator[YearEvent]:
    yield YearEvent(day, "临近期限的提醒，逾期的催办", _plain(chase))
    yield YearEvent(day, "送签督办单", _silently(_sign))


_EVENTS: tuple[YearEvent, ...] = (
    YearEvent(dt.date(YEAR, 3, 2), "填写单位名单", _silently(_list_units)),
    YearEvent(dt.date(YEAR, 3, 3), "登记分工方案", _record),
    YearEvent(dt.date(YEAR, 3, 3), "登记上级方案", _record_superior),
    YearEvent(dt.date(YEAR, 3, 4), "对照上级方案", _plain(compare)),
    YearEvent(dt.date(YEAR, 3, 4), "逐项确认由谁承接", _confirm),
    *_chase_on(dt.date(YEAR, 4, 20)),
    *_chase_on(dt.date(YEAR, 5, 11)),
    *_round_events(0),
    YearEvent(dt.date(YEAR, 7, 10), "上半年落实情况报告", _plain(report)),
    *_chase_on(dt.date(YEAR, 9, 21)),
    *_chase_on(dt.date(YEAR, 10, 12)),
    *_chase_on(dt.date(YEAR, 11, 9)),
    *_round_events(1),
    YearEvent(LAST_DAY, "填写通知要求的办理情况", _silently(_tick_duties)),
    YearEvent(LAST_DAY, "督办仍未办结的", _plain(chase)),
    YearEvent(LAST_DAY, "更新台账", _plain(sync)),
    YearEvent(LAST_DAY, "年终落实情况报告", _plain(report)),
    YearEvent(LAST_DAY, "报上级的任务对照表", _plain(compare)),
)


def _what_lies_where(root: Path) -> Result:
    reports = sorted(path.name for path in (root / REPORTS).glob("*落实情况报告*.docx"))
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
        "  报告/上级任务对照表-*.xlsx　　上级的每一项由本级哪一项承接、进展如何、缺哪几项",
        "  督办/送签单.xlsx　　提醒、催办、督办单的签发情况",
        "  设置.xlsx、单位及联络员名单.xlsx　　所有设置和单位名单，都能直接改",
        "可以接着试：进入这个文件夹，运行 tracker status，或改一改台账再运行 tracker sync。",
    )
    return Result(lines, {"folder": str(root), "reports": reports})
