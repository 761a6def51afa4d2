"""Playing the units of the sample office: forms are filled in as people would, and sent back as people do.

What they answer stands in the script of the field (below), so the sample office shows one year and not a random one. Most
units answer well; some leave rows open or are late, and one work point is not finished, as in life.

A form that was handed out is changed cell by cell, as a spreadsheet program would, and laid into 各单位报送:
under any file name, one late, one with rows left open, one with a single column sorted, one sent twice, and
beside them a file that is no form at all.

The script of a sample year: who is in the office, and what its units have to say of each task by which day.

`workbooks/<field>/year.txt` holds it, beside the plan that it belongs to, in the form of `configparser`:

    [设置]             values of 设置.xlsx, by name
    [单位]             units of the list, by kind; [单位组] the members of collective names
    [报送]             who is no model: 迟报 6 (days after the due day), 缺填 4 (one row in four), 不报 年终 (that round)
    [词 政策]          what {政策} stands for, by unit
    [30 市数据局]      what a unit says of the 30th point of the plan; `*` is any unit without words of its own, of
    [30 *] [30 * 乙]   several such a unit has one; [* *] is for points that have none
    [统计指标]         totals of the year: measure, the unit that owns it, its figure, where it has it from
    [电话] [报告] [全年数据] [亮点] [问题] [上级缺项]      what the office itself hears and writes

What is said has a day each, with parts parted by ｜: status, progress, problem, remark. On a day the last one up to it
counts. `{b}` is a figure between the bounds of the line `b = 60-320`, drawn once for each unit; it is that of the whole
year and grows with the days, so that the figure of December is never below that of June. A capital stays the same.

    >>> script = read_script('''
    ... [30 市数据局]
    ... b = 100-100
    ... 6-12 = 正在推进｜并入热线11条，办件{b}件。
    ... 8-14 = 已完成｜全部并入，办件{b}件。
    ... ''')
    >>> script.words(30, "市数据局", dt.date(2026, 7, 1))
    {'status': '正在推进', 'progress': '并入热线11条，办件47件。'}
    >>> script.words(30, "市数据局", dt.date(2026, 9, 1))
    {'status': '已完成', 'progress': '全部并入，办件66件。', 'done_on': '2026-08-14'}
    >>> script.words(30, "市教育局", dt.date(2026, 9, 1))
    {}


What the sample office types into its logbooks, by day: `workbooks/<field>/logbooks.txt`.

    [5-18 台账 时限事项 时限事项]                    day, folder, workbook, sheet
    单位=市司法局｜适用规则=R05｜起算时间=2026-04-10   a row below the last one
    编号=W1｜整改情况=已补齐                          cells of the row that has this in the first of its cells named

A logbook of the office's own is declared likewise, in the two sheets of 登记簿目录.xlsx.

    >>> days = read_days('''
    ... [5-18 台账 时限事项 时限事项]
    ... 单位=市司法局｜适用规则=R05
    ... ''')
    >>> days[(5, 18)][0].rows
    ({'单位': '市司法局', '适用规则': 'R05'},)
"""

from __future__ import annotations

import configparser
import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tracker import patterns as re
from tracker.columns import TICK, TOTAL_HEADS, UNCHANGED, Owner, Sheet, on
from tracker.facts import Form
from tracker.files.folders import OfficeFolder
from tracker.files.guard import open_source
from tracker.formats.books import find_head, rows_of
from tracker.formats.patch import Append, Edit, patch
from tracker.grid import Grid, Value
from tracker.model import Role
from tracker.rules.office import Office
from tracker.steps.call import CHINA
from tracker.values import dataclass

_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")
_FIGURE = re.compile(r"[A-Za-z]")
_SLOT = re.compile(r"\{([^}]+)\}")
_PARTS = ("status", "progress", "problem", "evidence")
ANYBODY = "*"
# By this day of the year a figure of the whole year is reached.
_LAST = 345


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit answers.

    Attributes:
        late_days: Days after the due day on which it sends its form; negative is before.
        skips: One row in so many is left open; 0 is none.
        silent_in: The round in which it sends nothing.
    """

    late_days: int = -2
    skips: int = 0
    silent_in: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script as it was read: the entries of each section, by its name."""

    sections: Mapping[str, Mapping[str, str]]

    def entries(self, name: str) -> Mapping[str, str]:
        """A section; nothing where there is none."""
        return self.sections.get(name, {})

    def names(self, name: str) -> dict[str, tuple[str, ...]]:
        """A section of lists of names."""
        return {key: tuple(text.split("、")) for key, text in self.entries(name).items()}

    def habit(self, unit: str) -> Habit:
        """How a unit answers; a punctual one sends its form one to five days before the due day."""
        word, _, value = self.entries("报送").get(unit, "").partition(" ")
        return Habit(
            late_days=int(value) if word == "迟报" else -1 - _dice(unit) % 5,
            skips=int(value) if word == "缺填" else 0,
            silent_in=value if word == "不报" else "",
        )

    def words(self, number: int, unit: str, day: dt.date) -> dict[str, str]:
        """What a unit says of the n-th point (1 is the first) on a day, by column; nothing where it has no words."""
        lines = self._lines(number, unit)
        entries = [
            (dt.date(day.year, int(match[1]), int(match[2])), text)
            for key, text in lines.items()
            if (match := _DAY.fullmatch(key))
        ]
        day_of_words, text = max((entry for entry in entries if entry[0] <= day), default=(day, ""))
        parts = self._with_figures(text, lines, f"{number}|{unit}", unit, day_of_words).split("｜")
        cells = {name: part for name, part in zip(_PARTS, parts, strict=False) if part}
        return {**cells, "done_on": day_of_words.isoformat()} if cells.get("status") == "已完成" else cells

    def _lines(self, number: int, unit: str) -> Mapping[str, str]:
        block = self.sections.get(f"{number} {unit}")
        if block is not None:
            return block
        for point in (str(number), ANYBODY):
            choices = [name for name in self.sections if name.split()[:2] == [point, ANYBODY]]
            if choices:
                return self.sections[choices[_dice(f"{number}|{unit}") % len(choices)]]
        return {}

    def _with_figures(self, text: str, lines: Mapping[str, str], seed: str, unit: str, day: dt.date) -> str:
        def value(match: re.Match[str]) -> str:
            name = match[1]
            if not _FIGURE.fullmatch(name):
                return self.entries(f"词 {name}")[unit]
            least, most = map(int, lines[name].split("-"))
            total = least + _dice(f"{seed}|{name}") % (most - least + 1)
            share = 1.0 if name.isupper() else min(day.timetuple().tm_yday / _LAST, 1.0)
            return str(max(round(total * share), 1))

        return _SLOT.sub(value, text)


def read_script(text: str) -> Script:
    """Read the text of a script."""
    parser = configparser.ConfigParser(delimiters=("=",), comment_prefixes=("#",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # {A} and {a} differ
    parser.read_string(text)
    return Script({name: dict(parser[name]) for name in parser.sections()})


def _dice(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:4], "big")


_SECTION = re.compile(r"\[(\d{1,2})-(\d{1,2}) (\S+) (\S+) (\S+)\]")


@dataclass(frozen=True, slots=True)
class LogbookEntry:
    """What is typed into a sheet on a day: cells by label, row after row."""

    folder: str
    book: str
    sheet: str
    rows: tuple[Mapping[str, str], ...]


def read_days(text: str) -> dict[tuple[int, int], tuple[LogbookEntry, ...]]:
    """What is typed, by month and day."""
    days: dict[tuple[int, int], tuple[LogbookEntry, ...]] = {}
    for match, lines in _sections(text):
        rows = tuple(dict(part.split("=", 1) for part in line.split("｜")) for line in lines)
        day = int(match[1]), int(match[2])
        days[day] = (*days.get(day, ()), LogbookEntry(match[3], match[4], match[5], rows))
    return days


def _sections(text: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    section: tuple[re.Match[str], list[str]] | None = None
    for line in filter(None, map(str.strip, text.splitlines())):
        if match := _SECTION.fullmatch(line):
            if section is not None:
                yield section
            section = match, []
        elif section is not None and not line.startswith("#"):
            section[1].append(line)
    if section is not None:
        yield section


def type_in(office: OfficeFolder, entry: LogbookEntry) -> None:
    """Type rows into a workbook of the office."""
    path = office.path(entry.folder, f"{entry.book}.xlsx")
    (grid,) = (grid for grid in open_source(path).grids if grid.name == entry.sheet)
    edits: list[Edit] = []
    lines: list[tuple[Value, ...]] = []
    for cells in entry.rows:
        key, value = next(iter(cells.items()))
        row = next((row for row in rows_of(grid, (key,)) if row.text(key) == value), None)
        if row is not None and key in _KEYS:
            edits += [Edit(grid.name, row.row, row.columns[label], text) for label, text in cells.items()]
        else:
            lines.append(_line(grid, cells))
    appends = [Append(grid.name, tuple(lines), like=None)] if lines else []
    path.write_bytes(patch(path.read_bytes(), edits, appends))


# What tells a row of its sheet from all others.
_KEYS = ("编号", "登记簿")


def _line(grid: Grid, cells: Mapping[str, str]) -> tuple[Value, ...]:
    head = find_head(grid, tuple(cells))
    assert head is not None, f"{grid.name} lacks one of {', '.join(cells)}"
    line: list[Value] = [None] * (max(head[1].values()) + 1)
    for label, text in cells.items():
        line[head[1][label]] = text
    return tuple(line)


_SURNAMES, _GIVEN_NAMES = "王李张刘陈杨赵黄周吴", ("敏", "志强", "静", "建国", "丽华", "伟", "晓燕")


def contact_name(number: int) -> str:
    """The contact of the n-th unit of the list; no two within seventy have one name.

    >>> contact_name(1), contact_name(2), contact_name(11)
    ('李志强', '张静', '李丽华')
    """
    return _SURNAMES[number % len(_SURNAMES)] + _GIVEN_NAMES[number % len(_GIVEN_NAMES)]


_ANSWERS = tuple(column for column in on(Sheet.FORM) if column.owner is Owner.UNIT)


@dataclass(frozen=True, slots=True)
class Mail:
    """A file that a unit sends: on which day, under which name, with which bytes."""

    day: dt.date
    name: str
    data: bytes


def mails(folder: OfficeFolder, office: Office, round_: str, script: Script) -> tuple[Mail, ...]:
    """Everything that the units send in a round, in the order of the days; beside it, in the last one, a photo."""
    round_fact = office.rounds[round_]
    letters: list[Mail] = []
    for form in (form for form in office.forms.values() if form.round == round_):
        habit = script.habit(office.name_of(form.unit))
        if habit.silent_in != round_fact.name:
            letters += _mails_of(folder, office, form, script, habit)
    if round_ == max(office.rounds, key=lambda name: office.rounds[name].due):
        letters.append(Mail(round_fact.due, "盖章页照片.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)))
    return tuple(sorted(letters, key=lambda mail: (mail.day, mail.name)))


def _mails_of(folder: OfficeFolder, office: Office, form: Form, script: Script, habit: Habit) -> list[Mail]:
    path = folder.path(*form.path.split("/"))
    round_fact = office.rounds[form.round]
    unit = office.name_of(form.unit)
    day = round_fact.due + dt.timedelta(days=habit.late_days)
    answers = {
        point_id: _unless_unchanged(
            office,
            form,
            point_id,
            script.words(office.point(point_id).position, unit, day),
        )
        for n, point_id in enumerate(form.rows, start=1)
        if not habit.skips or n % habit.skips
    }
    figures = _figures(script, day)
    name = f"{round_fact.name}-{path.name}"
    part = script.entries("角色").get(unit, "")
    if part == "改文件名":
        title = f"关于报送进展情况的函（{round_fact.name}）（最终版）.xlsx"
        return [Mail(day, title, _fill_form(path, answers, figures))]
    point_id = next(iter(answers))
    more = answers[point_id].get("progress", "") + "另组织专题宣传1场。"
    longer = {**answers, point_id: {**answers[point_id], "progress": more}}
    if part == "单独排序":
        due = round_fact.due
        return [
            Mail(day, name, _fill_form(path, answers, figures)),
            Mail(
                due + dt.timedelta(days=1),
                f"再报-{name}",
                _fill_form(path, _one_column_sorted(answers), figures),
            ),
            Mail(due + dt.timedelta(days=2), f"更正-{name}", _fill_form(path, longer, figures)),
        ]
    if part == "报两次":
        second = round_fact.due + dt.timedelta(days=2)
        return [
            Mail(day, name, _fill_form(path, answers, figures)),
            Mail(second, f"第二版-{name}", _fill_form(path, longer, figures)),
        ]
    return [Mail(day, name, _fill_form(path, answers, figures))]


def _unless_unchanged(office: Office, form: Form, point_id: str, texts: dict[str, str]) -> dict[str, str]:
    """A unit that has nothing new to say only ticks that nothing has changed."""
    before = [
        cell.value
        for round_ in office.rounds
        if round_ != form.round
        if (cell := office.cells.get((point_id, form.unit, "progress", round_))) is not None
    ]
    return {UNCHANGED: TICK} if before and before[-1] == texts.get("progress") else texts


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


def _fill_form(
    path: Path, answers: Mapping[str, Mapping[str, str]], figures: Mapping[str, Mapping[str, str]]
) -> bytes:
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
    edits += [
        Edit(other.name, row.row, row.columns[head], text)
        for other in open_source(path).grids
        for row in rows_of(other, TOTAL_HEADS)
        for head, text in figures.get(row.text("指标"), {}).items()
    ]
    return patch(path.read_bytes(), edits)


def _figures(script: Script, day: dt.date) -> dict[str, dict[str, str]]:
    """What a unit types beside each total that it is asked for."""
    texts = {name: text.split("｜") for name, text in script.entries("统计指标").items()}
    return {
        name: {"数值": value, "来源": origin, "截止日": day.isoformat()}
        for name, (_, _, value, origin) in texts.items()
    }


def _value(name: str, text: str) -> Value:
    return dt.date.fromisoformat(text) if name == "done_on" else text


def telephone(folder: OfficeFolder, office: Office, script: Script) -> None:
    """The clerk hears on the telephone how far a unit is, and types it into the 台账 herself."""
    story = script.entries("电话")
    unit = next(unit for unit in office.units if office.name_of(unit) == story["单位"])
    point_id = next(form.rows[0] for form in reversed(list(office.forms.values())) if form.unit == unit)
    _type(folder, office, {(point_id, unit): {"progress": story["答复"]}})


def telephone_round(folder: OfficeFolder, office: Office, script: Script, day: dt.date) -> None:
    """Before anybody is reminded in writing, the clerk calls who is due and types what has been finished into the 台账."""
    answers = {}
    for point in office.points:
        if point.deadline.due is None or point.deadline.due > day:
            continue
        leads = [answer for answer in point.assignees if answer.role is Role.LEAD]
        for unit in {answer.unit for answer in leads or point.assignees if answer.unit}:
            texts = script.words(point.position, office.name_of(unit), day)
            if "done_on" in texts and not _is_done(office, point.id, unit):
                answers[point.id, unit] = texts
    _type(folder, office, answers)


def _is_done(office: Office, point_id: str, unit: str) -> bool:
    cells = (office.cells.get((point_id, unit, "status", round_)) for round_ in office.rounds)
    return any(cell is not None and cell.value == "已完成" for cell in cells)


def _type(folder: OfficeFolder, office: Office, answers: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
    """Type what units said into the rows of 各单位进展, where it does not stand there yet."""
    path = folder.path("台账", "工作台账.xlsx")
    columns = {column.name: column.label for column in on(Sheet.PROGRESS) if column.owner is Owner.UNIT}
    texts = {(point, office.name_of(unit)): cells for (point, unit), cells in answers.items()}
    edits = [
        Edit(grid.name, row.row, row.columns[columns[name]], _value(name, text))
        for grid in open_source(path).grids
        for row in rows_of(grid, ("事项编号", "责任单位", columns["progress"]))
        for name, text in texts.get((row.text("事项编号"), row.text("责任单位")), {}).items()
        if row.text(columns[name]) != text
    ]
    if edits:
        path.write_bytes(patch(path.read_bytes(), edits))


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
