"""Playing the units of the sample office: forms are filled in as people would, and sent back as people do.

What they answer is a made-up year that is the same every time: `unit_texts` is a pure function of the unit, the work
point, the round and the day, so the sample office shows one year and not a random one. Most units answer well; some
leave rows open, one is always late, and some work points are never finished, as in life.

A form that was handed out is changed cell by cell, as a spreadsheet program would, and laid into 各单位报送:
under any file name, one late, one with rows left open, one with a single column sorted, one sent twice, and
beside them a file that is no form at all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from tracker.columns import TICK, UNCHANGED, Owner, Sheet, on
from tracker.facts import Form
from tracker.files.folders import OfficeFolder
from tracker.files.guard import open_source
from tracker.formats.patch import Edit, patch
from tracker.grid import Grid, Value
from tracker.model import DeadlineKind
from tracker.reading.lists import find_head
from tracker.rules.office import Office, Point
from tracker.steps.call import CHINA
from tracker.values import dataclass

DEPARTMENTS = (
    "市政府办公室", "市委编办", "市委网信办", "市发展改革委", "市教育局", "市科技局", "市工业和信息化局", "市公安局",
    "市民政局", "市司法局", "市财政局", "市人力资源社会保障局", "市自然资源局", "市生态环境局", "市住房城乡建设局",
    "市交通运输局", "市水利局", "市农业农村局", "市商务局", "市文化广电旅游局", "市卫生健康委", "市退役军人局",
    "市应急局", "市审计局", "市国资委", "市市场监管局", "市体育局", "市统计局", "市医保局", "市数据局",
    "市行政审批局", "市城市管理局", "市信访局", "市政府新闻办", "市税务局",
)  # fmt: skip
COUNTIES = ("东城区人民政府", "西城区人民政府", "江北县人民政府", "云山县人民政府", "高新区管委会")

_SURNAMES, _GIVEN_NAMES = "王李张刘陈杨赵黄周吴", ("敏", "志强", "静", "建国", "丽华", "伟", "晓燕")


def contact_name(number: int) -> str:
    """The contact of the n-th unit of the list; no two within seventy have one name.

    >>> contact_name(1), contact_name(2), contact_name(11)
    ('李志强', '张静', '李丽华')
    """
    return _SURNAMES[number % len(_SURNAMES)] + _GIVEN_NAMES[number % len(_GIVEN_NAMES)]


# What a unit did, by how far it is; braces are figures.
_FIRST_STEPS = (
    "已制定任务清单，明确{a}个科室分头落实，召开部署会{b}次。",
    "完成前期调研，走访{a}家单位，梳理问题{b}个。",
    "已成立工作专班，印发工作提示{b}份。",
)
_UNDER_WAY = (
    "本期发布信息{c}条，答复群众留言{a}件，按期答复率100%。",
    "完成阶段任务{b}项，开展业务指导{a}次，更新栏目{d}个。",
    "组织培训{b}期、{c}人次参加，抽查网页{c}个，发现并更正差错{b}处。",
    "完成系统对接{b}个，上线事项{c}项，群众在线查询{e}次。",
)
_DONE = (
    "任务已全部完成：公开信息{c}条，配套制度{b}项，成果已在门户网站专栏公布。",
    "已按要求完成，形成清单{b}份，覆盖{a}个单位，经自查无遗漏。",
    "已办结并建立长效机制，全年累计服务{e}人次，满意率98.6%。",
)
_HINDERED = (
    "数据接口尚未打通，需上级平台配合；已书面协调，预计下一期完成。",
    "经办人员调整，进度滞后；已明确专人，倒排工期推进。",
)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit answers.

    Attributes:
        late_days: Days after the due day on which it sends its form; negative is before.
        skips: One row in so many is left open; 0 is none.
        silent_from: From this round on (0 is the first) it sends nothing.
    """

    late_days: int = -2
    skips: int = 0
    silent_from: int = 99


def habit_of(position: int) -> Habit:
    """The habit of the n-th unit of the list: most are punctual, every ninth is late, some leave rows open."""
    if position % 17 == 16:
        return Habit(silent_from=2)
    if position % 9 == 8:
        return Habit(late_days=6)
    if position % 7 == 6:
        return Habit(skips=4)
    return Habit(late_days=-1 - position % 5)


def unit_texts(point: Point, unit: str, round_no: int, day: dt.date) -> dict[str, str]:
    """What a unit writes about a work point in the n-th round (0 is the first), by column name."""
    dice = _dice(f"{point.id}|{unit}")
    figures = {
        "a": 3 + dice % 9,
        "b": 1 + dice % 4,
        "c": 20 + dice % 180,
        "d": 2 + dice % 6,
        "e": 300 + dice % 4000,
    }

    def pick(sentences: tuple[str, ...]) -> str:
        return sentences[(dice + round_no) % len(sentences)].format(**figures)

    if point.deadline.kind in (DeadlineKind.ONGOING, DeadlineKind.RECURRING, DeadlineKind.NONE):
        return {"status": "持续推进", "progress": pick(_UNDER_WAY)}
    due = point.deadline.due
    never = dice % 19 == 0
    if due is not None and not never and day + dt.timedelta(days=10 + dice % 30) >= due:
        done_day = min(day, due - dt.timedelta(days=1 + dice % 9))
        return {
            "status": "已完成",
            "progress": pick(_DONE),
            "done_on": done_day.isoformat(),
            "evidence": f"门户网站政务公开专栏（{done_day.year}年{done_day.month}月）",
        }
    if never and round_no >= 2:
        return {"status": "进展滞后", "progress": pick(_UNDER_WAY), "problem": pick(_HINDERED)}
    if round_no == 0 and dice % 5 == 0:
        return {"status": "未启动", "progress": pick(_FIRST_STEPS), "problem": "已列入下一期工作计划。"}
    return {
        "status": "正在推进",
        "progress": pick(_UNDER_WAY if round_no else _FIRST_STEPS),
    }


def _dice(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:4], "big")


_ANSWERS = tuple(column for column in on(Sheet.FORM) if column.owner is Owner.UNIT)
# The unit of the list that plays each part.
RENAMES, SORTS, SENDS_TWICE = 3, 5, 10
# The round in which a photo lies among the returns.
PHOTO_IN = 3


@dataclass(frozen=True, slots=True)
class Mail:
    """A file that a unit sends: on which day, under which name, with which bytes."""

    day: dt.date
    name: str
    data: bytes


def mails(folder: OfficeFolder, office: Office, round_: str, round_no: int) -> tuple[Mail, ...]:
    """Everything that the units send in a round, in the order of the days."""
    round_fact = office.rounds[round_]
    units = list(office.units)
    letters: list[Mail] = []
    for form in (form for form in office.forms.values() if form.round == round_):
        position = units.index(form.unit)
        habit = habit_of(position)
        if round_no >= habit.silent_from:
            continue
        day = round_fact.due + dt.timedelta(days=habit.late_days)
        letters += _mails_of(folder, office, form, position, round_no, day, habit)
    if round_no == PHOTO_IN:
        letters.append(Mail(round_fact.due, "盖章页照片.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)))
    return tuple(sorted(letters, key=lambda mail: (mail.day, mail.name)))


def _mails_of(
    folder: OfficeFolder,
    office: Office,
    form: Form,
    position: int,
    round_no: int,
    day: dt.date,
    habit: Habit,
) -> list[Mail]:
    path = folder.path(*form.path.split("/"))
    answers = {
        point_id: unit_texts(office.point(point_id), form.unit, round_no, day) for point_id in form.rows
    }
    answers = {
        point_id: _unless_unchanged(office, form, point_id, texts) for point_id, texts in answers.items()
    }
    if habit.skips:
        answers = {
            point_id: texts
            for n, (point_id, texts) in enumerate(answers.items())
            if n % habit.skips != habit.skips - 1
        }
    name = f"{office.rounds[form.round].name}-{path.name}"
    if position == RENAMES:
        return [Mail(day, f"关于报送进展情况的函（最终版）({round_no + 1}).xlsx", _fill_form(path, answers))]
    point_id = next(iter(answers))
    more = answers[point_id].get("progress", "") + "另补报宣传活动1场。"
    longer = {**answers, point_id: {**answers[point_id], "progress": more}}
    if position == SORTS:
        due = office.rounds[form.round].due
        return [
            Mail(day, name, _fill_form(path, answers)),
            Mail(due + dt.timedelta(days=1), f"再报-{name}", _fill_form(path, _one_column_sorted(answers))),
            Mail(due + dt.timedelta(days=2), f"更正-{name}", _fill_form(path, longer)),
        ]
    if position == SENDS_TWICE:
        second = office.rounds[form.round].due + dt.timedelta(days=2)
        return [
            Mail(day, name, _fill_form(path, answers)),
            Mail(second, f"第二版-{name}", _fill_form(path, longer)),
        ]
    return [Mail(day, name, _fill_form(path, answers))]


def _unless_unchanged(office: Office, form: Form, point_id: str, texts: dict[str, str]) -> dict[str, str]:
    """Every third unit that is under way and said so before only ticks that nothing has changed."""
    has_history = any((point_id, form.unit, "status", round_) in office.cells for round_ in office.rounds)
    is_steady = texts["status"] == "持续推进" and _dice(f"{form.unit}|{point_id}") % 3 == 0
    return {UNCHANGED: TICK} if has_history and is_steady else texts


def _one_column_sorted(answers: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What happens when somebody selects one column of the form and clicks on the sort button."""
    texts = {point_id: cells["progress"] for point_id, cells in answers.items() if "progress" in cells}
    order = dict(zip(texts, sorted(texts.values()), strict=True))
    return {
        point_id: {**cells, "progress": order[point_id]} if point_id in order else dict(cells)
        for point_id, cells in answers.items()
    }


def _table(path: Path) -> tuple[Grid, int, dict[str, int]]:
    grid = next(grid for grid in open_source(path).grids if find_head(grid, ("事项编号", "进展情况")))
    match = find_head(grid, ("事项编号", "进展情况"))
    assert match is not None
    return grid, *match


def _fill_form(path: Path, answers: Mapping[str, Mapping[str, str]]) -> bytes:
    """A form with answers written into its open cells."""
    grid, head, columns = _table(path)
    edits: list[Edit] = []
    for row in range(head + 1, grid.height):
        texts = answers.get(grid.text(row, columns["事项编号"]), {})
        edits += [
            Edit(grid.name, row, columns[column.label], _value(column.name, texts[column.name]))
            for column in _ANSWERS
            if column.name in texts and column.label in columns
        ]
    return patch(path.read_bytes(), edits)


def _value(name: str, text: str) -> Value:
    return dt.date.fromisoformat(text) if name == "done_on" else text


def telephone(folder: OfficeFolder, office: Office) -> None:
    """The clerk hears on the telephone how far a unit is, and types it into the 台账 herself."""
    path = folder.path("台账", "工作台账.xlsx")
    unit = list(office.units)[SENDS_TWICE]
    point_id = next(form.rows[0] for form in reversed(list(office.forms.values())) if form.unit == unit)
    labels = ("事项编号", "责任单位", "进展情况")
    for grid in open_source(path).grids:
        match = find_head(grid, labels)
        if match is None:
            continue
        head, columns = match
        row = next(
            row
            for row in range(head + 1, grid.height)
            if grid.text(row, columns["事项编号"]) == point_id
            and grid.text(row, columns["责任单位"]) == office.name_of(unit)
        )
        edit = Edit(grid.name, row, columns["进展情况"], "电话核实：阶段任务已完成过半，下月底前可全部完成。")
        path.write_bytes(patch(path.read_bytes(), [edit]))
        return


def deliver(folder: OfficeFolder, letters: Sequence[Mail]) -> int:
    """Lay files into 各单位报送, where they are not there yet; returns how many were laid there."""
    count = 0
    for mail in letters:
        target = folder.path("各单位报送", mail.name)
        if not target.exists():
            target.write_bytes(mail.data)
            # A file is as old as its sender's last change; it tells which of two versions is the later one.
            saved_at = dt.datetime.combine(mail.day, dt.time(8), CHINA).timestamp()
            os.utime(target, (saved_at, saved_at))
            count += 1
    return count
