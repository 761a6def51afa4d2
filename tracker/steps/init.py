"""Making an office folder: the folders, the settings with their defaults, and an empty units' list.

Made again, nothing changes: what the office has typed stays, and settings that a newer version knows are added.
设置.xlsx of an earlier version gets the tables and rows that this one knows, with what holds anyway; `sync` and `chase`
look, too:

    the workbook                    then
    lacks nothing                   nothing
    lacks what was added before     nothing: somebody took it out, and the default holds
    is open                         told; the next run adds it
    cannot be changed without harm  told; the defaults hold
    anything else                   added, told, and remembered

What the office typed is not touched, and everything that was not added keeps its bytes. A run that is killed between
the file and the memory of it adds nothing twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tracker import facts
from tracker.files.folders import FOLDERS, REGISTER, SETTINGS, make_office
from tracker.files.guard import open_source
from tracker.files.safe import WriteState, owner, safe_write
from tracker.formats.books import (
    ContactRow,
    Lacking,
    ListColumn,
    RegisterBook,
    UnitRow,
    complete_settings,
    lacking,
    lay_out_register,
    lay_out_settings,
    list_in,
    single_column,
)
from tracker.problems.base import Finding
from tracker.problems.files import CannotPatch, CannotWrite
from tracker.problems.office import SETTINGS_FIXED, SETTINGS_OPEN, NoUnitList
from tracker.rules.wording import names
from tracker.settings import RoundSetting, SendingSettings, Settings
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.values import dataclass

# The event that remembers what was added to a workbook.
KIND = "completed"


@dataclass(frozen=True, slots=True)
class Completion:
    """What was said and found."""

    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def add_new_settings(desk: Desk) -> Completion:
    """Add what the workbook lacks; see the table."""
    path, source = desk.folder.path(SETTINGS), desk.settings_book
    if source is None:
        return Completion()
    add = lacking(source, desk.settings)
    if not add:
        return Completion()
    events = [event for event in desk.office().events if (event.subject, event.kind) == (SETTINGS, KIND)]
    add = add.without(frozenset(key for event in events for key in json.loads(event.data)["added"]))
    if not add:
        return Completion()
    if desk.call.dry_run:
        return Completion((f"将在《{SETTINGS}》补上本版本新增的{add.sentence}。",))
    if owner(path) is not None:
        return Completion(findings=(SETTINGS_OPEN.at(SETTINGS, what=add.sentence),))
    data = path.read_bytes()
    try:
        new = complete_settings(data, source, desk.settings, add)
        write_result = safe_write(path, new, expect=source.sha256, now=desk.call.now)
    except (CannotPatch, CannotWrite) as problem:
        return Completion(findings=(SETTINGS_FIXED.at(SETTINGS, what=add.sentence, why=str(problem)),))
    if write_result.state is WriteState.BESIDE:
        return Completion((write_result.why,), (SETTINGS_OPEN.at(SETTINGS, what=add.sentence),))
    _remember(desk, add, len(events) + 1)
    return Completion(
        (f"《{SETTINGS}》补上了本版本新增的{add.sentence}，都是现在的默认值；您填过的没有改动。",)
    )


def _remember(desk: Desk, add: Lacking, n: int) -> None:
    data = json.dumps({"added": list(add.keys)}, ensure_ascii=False, sort_keys=True)
    with desk.act("settings") as act:
        act.add(facts.Event(SETTINGS, KIND, n, desk.today, data))


# The rounds that most offices need, and the quarters, which are off until somebody wants them: forms are few.
ROUNDS = (("上半年", (6, 10), (6, 30)), ("年终", (12, 1), (12, 20)))
QUARTERS = (("第一季度", (3, 10), (3, 31)), ("第三季度", (9, 10), (9, 30)))


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What a new office is asked: who it is, for which year, which units, and how things get to them.

    Attributes:
        office_name: The office; empty leaves it to the workbook.
        year: The year of the rounds; this one by default.
        units: A table of units, with a column 单位名称 and, if it has them, 联络员, 电话, 邮箱; or only names, one a line.
        send_by: A word of the setting 发送方式.
        contact: Whom units call, with the number; empty leaves it to the workbook.
    """

    office_name: str = ""
    year: int | None = None
    units: Path | None = None
    send_by: str = ""
    contact: str = ""

    def settings(self, today: dt.date) -> Settings:
        """The settings of such an office."""
        values = {"office_name": self.office_name, "contact": self.contact}
        year = self.year or today.year
        rounds = _rounds(year, ROUNDS)
        # An office that begins in mid-year asks for nothing that is over.
        spare_rounds = tuple(setting for setting in rounds if year == today.year and setting.due < today)
        return Settings(
            values={name: text for name, text in values.items() if text},
            rounds=tuple(setting for setting in rounds if setting not in spare_rounds),
            spare_rounds=(*_rounds(year, QUARTERS), *spare_rounds),
            send_settings=SendingSettings({"send_by": self.send_by} if self.send_by else {}),
        )


_UNIT_COLUMNS = (
    ListColumn("单位名称", ("单位", "责任单位", "部门", "名称"), is_needed=True),
    ListColumn("联络员", ("联系人", "姓名"), newer=True),
    ListColumn("电话", ("联系电话", "手机", "手机号码"), newer=True),
    ListColumn("邮箱", ("电子邮箱", "邮件"), newer=True),
)


def _register_of(path: Path) -> tuple[RegisterBook, tuple[str, ...]]:
    """The units of somebody's list, each once, with whom to call, and what a person should know of how it was read."""
    source = open_source(path)
    unit_names, has_head = single_column(source, (_UNIT_COLUMNS[0].label, *_UNIT_COLUMNS[0].others))
    if unit_names:
        how = "只有单位名称一栏" if has_head else "没有表头，按一行一个单位名称读入"
        line = f"{path.name}：{how}，共{len(unit_names)}个：{names(unit_names)}。请在《{REGISTER}》里核对，联络员和电话也可在那里补填。"
        return RegisterBook(units=tuple(UnitRow("", name) for name in unit_names)), (line,)
    table = list_in(source, _UNIT_COLUMNS)
    rows = {row.text("单位名称").strip(): row for row in table.rows if row.text("单位名称").strip()}
    if not rows:
        raise NoUnitList(file=path.name)
    contacts = (
        ContactRow(name, row.text("联络员"), phone=row.text("电话"), mail=row.text("邮箱"))
        for name, row in rows.items()
    )
    register_book = RegisterBook(
        units=tuple(UnitRow("", name) for name in rows),
        contacts=tuple(contact for contact in contacts if contact.name or contact.phone or contact.mail),
    )
    return register_book, ()


def init(
    call: Call, folder: Path, *, settings: Settings | None = None, answers: FirstAnswers | None = None
) -> Result:
    """Make an office folder, or complete one.

    Args:
        call: The call.
        folder: Where.
        settings: Of a new office; those of its answers by default.
        answers: What a new office was asked; an office that is there already keeps what it has.
    """
    answers = answers or FirstAnswers()
    root = folder.absolute()
    # Read before anything is made: a list that is none stops it all.
    register_book, notes = _register_of(answers.units) if answers.units else (RegisterBook(), ())
    is_new = not (root / SETTINGS).exists()
    if not call.dry_run:
        office = make_office(root, now=call.now)
        if is_new:
            content = lay_out_settings(settings or answers.settings(call.today))
            safe_write(office.path(SETTINGS), content, now=call.now)
        if not office.path(REGISTER).exists():
            safe_write(office.path(REGISTER), lay_out_register(register_book), now=call.now)
    newer = Completion() if is_new else _newer(call, root)
    lines = [f"办公文件夹：{root}" + ("（已建好）" if is_new else "（原来就有，内容没有改动）")]
    lines += [f"  {name + '/':<10}{purpose}" for name, purpose in FOLDERS.items()]
    lines += [*notes, *newer.lines, *(str(finding) for finding in newer.findings)]
    lines += [
        f"下一步：{'' if answers.office_name else f'打开《{SETTINGS}》填写本单位名称和报送期次，再'}把收到的分工方案放进“方案”，运行 tracker record 方案文件。",
    ]
    return Result(tuple(lines), {"folder": str(root), "made": is_new})


def _newer(call: Call, root: Path) -> Completion:
    """What this version adds to the settings of an office that was made by an earlier one."""
    with open_desk(replace(call, start=root)) as desk:
        return add_new_settings(desk)


def _rounds(
    year: int, rounds: Iterable[tuple[str, tuple[int, int], tuple[int, int]]]
) -> tuple[RoundSetting, ...]:
    return tuple(
        RoundSetting(name, "", dt.date(year, *opens), dt.date(year, *due)) for name, opens, due in rounds
    )
