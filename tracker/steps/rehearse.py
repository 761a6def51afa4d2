"""Playing the units of the sample office: forms are filled in as people would, and sent back as people do.

A form that was handed out is changed cell by cell, as a spreadsheet program would, and laid into 各单位报送:
under any file name, one late, one with rows left open, one with a single column sorted, one sent twice, and
beside them a file that is no form at all.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.columns import Owner
from tracker.columns import Sheet
from tracker.columns import on
from tracker.facts import Form
from tracker.files.folders import OfficeFolder
from tracker.files.guard import open_source
from tracker.files.patch import Edit
from tracker.files.patch import patch
from tracker.grid import Grid
from tracker.grid import Value
from tracker.reading.sheets.labelled import find_head
from tracker.rules.rehearsal import Habit
from tracker.rules.rehearsal import habit_of
from tracker.rules.rehearsal import unit_texts
from tracker.rules.state import Office
from tracker.steps.call import CHINA

_ANSWERS = tuple(column for column in on(Sheet.FORM) if column.owner is Owner.UNIT)
# The unit of the list that plays each part.
RENAMES, SORTS, SENDS_TWICE = 3, 5, 10
# The round in which the column is sorted, and the one in which a photo lies among the returns.
SORTED_IN, PHOTO_IN = 1, 2


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
    if habit.skips:
        answers = {
            point_id: texts
            for n, (point_id, texts) in enumerate(answers.items())
            if n % habit.skips != habit.skips - 1
        }
    name = f"{office.rounds[form.round].name}-{path.name}"
    if position == RENAMES:
        return [Mail(day, f"关于报送进展情况的函（最终版）({round_no + 1}).xlsx", _fill_form(path, answers))]
    if position == SORTS and round_no == SORTED_IN:
        mended = Mail(
            office.rounds[form.round].due + dt.timedelta(days=2), f"更正-{name}", _fill_form(path, answers)
        )
        return [Mail(day, name, _fill_form(path, _one_column_sorted(path))), mended]
    if position == SENDS_TWICE:
        point_id = next(iter(answers))
        longer = {
            **answers,
            point_id: {
                **answers[point_id],
                "progress": answers[point_id]["progress"] + "另补报宣传活动1场。",
            },
        }
        second = office.rounds[form.round].due + dt.timedelta(days=2)
        return [
            Mail(day, name, _fill_form(path, answers)),
            Mail(second, f"第二版-{name}", _fill_form(path, longer)),
        ]
    return [Mail(day, name, _fill_form(path, answers))]


def _one_column_sorted(path: Path) -> dict[str, dict[str, str]]:
    """What happens when somebody selects one column of the form and clicks on the sort button."""
    grid, head, columns = _table(path)
    rows = range(head + 1, grid.height)
    texts = {grid.text(row, columns["事项编号"]): grid.text(row, columns["进展情况"]) for row in rows}
    texts = {point_id: text for point_id, text in texts.items() if text}
    return {
        point_id: {"progress": text} for point_id, text in zip(texts, sorted(texts.values()), strict=True)
    }


def _table(path: Path) -> tuple[Grid, int, dict[str, int]]:
    grid = next(grid for grid in open_source(path).grids if find_head(grid, ("事项编号", "自报状态")))
    match = find_head(grid, ("事项编号", "自报状态"))
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
