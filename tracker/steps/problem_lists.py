"""问题清单 from above or from a third party: taken in, split to units in 整改台账, answered as a whole.

    1 every workbook in 抽查/问题清单 whose head names a unit and a problem is read; a line becomes a row of 整改台账 whose
      来源 is the list's name, once however often it is read
    2 beside it lies 整改情况-<list>.xlsx: every line with what was done and how it stands, laid out anew until all is closed

The list itself is never written. A line without unit or problem is told, and so is a file that is no list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from tracker import facts
from tracker.columns import Column, ColumnKind
from tracker.days import day_of
from tracker.files.guard import open_source
from tracker.files.ledger import Act
from tracker.files.safe import WriteState
from tracker.formats.books import lay_out
from tracker.logbooks import SHORTCOMINGS
from tracker.problems.base import Finding
from tracker.problems.check import LINE_WITHOUT_PROBLEM, NO_PROBLEM_LIST
from tracker.reading.answers import ListColumn, TableRow, list_in
from tracker.rules.check import LogRow, ShortcomingStand, last_number, log_rows, stand_of
from tracker.rules.office import Office
from tracker.steps.desk import Desk, cite
from tracker.steps.logbooks import transitions_of
from tracker.steps.versions import Versions, put
from tracker.table import Table

FOLDER = ("抽查", "问题清单")
_ANSWER = "整改情况-"
_COLUMNS = (
    ListColumn("单位", ("责任单位", "被检查单位", "被查单位", "整改单位", "涉及单位"), is_needed=True),
    ListColumn("发现的问题", ("问题", "存在问题", "问题描述", "具体问题", "问题内容"), is_needed=True),
    ListColumn("检查内容", ("指标", "检查项目", "检查指标", "项目"), newer=True),
    ListColumn("问题类别", ("类别", "问题类型"), newer=True),
    ListColumn("整改期限", ("整改时限", "完成时限", "限期"), newer=True),
    ListColumn("检查日期", ("日期", "发现日期"), newer=True),
)
_ANSWER_COLUMNS = (
    *(Column("编号", 8), Column("单位", 22), Column("发现的问题", 44), Column("整改情况", 44)),
    *(Column("整改日期", 13, kind=ColumnKind.DATE), Column("佐证", 24), Column("办理状态", 12)),
)


def take_in_problem_lists(desk: Desk) -> Iterator[Finding]:
    """Every list in the folder becomes rows of 整改台账; what cannot be used is told."""
    for path in _lists(desk):
        source = open_source(path)
        table = list_in(source, _COLUMNS)
        if table.columns is None:
            yield NO_PROBLEM_LIST.at(path.name)
            continue
        with desk.act("check") as act:
            rows = log_rows(act.office().cells, SHORTCOMINGS)
            entries = {_key(row) for row in rows}
            last = last_number(row.number for row in rows)
            sha = ""
            for row in table.rows:
                if not (row.text("单位") and row.text("发现的问题")):
                    yield LINE_WITHOUT_PROBLEM.at(f"{path.name} {row.places['发现的问题']}")
                    continue
                key = (path.stem, row.text("单位"), row.text("发现的问题"))
                if key in entries:
                    continue
                entries.add(key)
                sha = sha or cite(desk, act, path, source.sha256)
                last += 1
                _record(desk, act, last, path.stem, row, sha)


def _lists(desk: Desk) -> tuple[Path, ...]:
    folder = desk.folder.path(*FOLDER)
    paths = sorted(folder.glob("*.xls*")) if folder.is_dir() else ()
    return tuple(path for path in paths if not path.name.startswith((_ANSWER, "~$")))


def _key(row: LogRow) -> tuple[str, str, str]:
    return row.cells.get("来源", ""), row.cells.get("单位", ""), row.cells.get("发现的问题", "")


def _record(desk: Desk, act: Act, number: int, origin: str, row: TableRow, sha: str) -> None:
    cells = {
        "单位": row.text("单位"),
        "检查日期": _day(row, "检查日期") or desk.today.isoformat(),
        "来源": origin,
        "检查内容": row.text("检查内容"),
        "发现的问题": row.text("发现的问题"),
        "问题类别": row.text("问题类别"),
        "整改期限": _day(row, "整改期限"),
    }
    for label, text in cells.items():
        if text:
            place = row.places.get(label, row.places["发现的问题"])
            base = act.row.first_seq - 1
            cell = facts.Cell(f"{SHORTCOMINGS.code}{number}", "", label, "", text, "office", base)
            act.add(cell, file=sha, place=place)


def _day(row: TableRow, label: str) -> str:
    day = day_of(row.cells.get(label))
    return day.isoformat() if day else ""


def answer_problem_lists(desk: Desk, office: Office) -> Iterator[str]:
    """Lay the answer to each list beside it; why one was left alone."""
    for path in _lists(desk):
        rows = [row for row in log_rows(office.cells, SHORTCOMINGS) if row.cells.get("来源") == path.stem]
        if not rows:
            continue
        stands = {row.number: stand_of(transitions_of(office, row.number)) for row in rows}
        done = sum(stand is ShortcomingStand.DONE for stand in stands.values())
        table = Table(
            _ANSWER_COLUMNS,
            tuple(_answer(row, stands[row.number]) for row in rows),
            name="整改情况",
            title=f"{path.stem}整改情况",
            notes=(f"截至{desk.today.isoformat()}，共{len(rows)}个问题，已销号{done}个。",),
        )
        data = lay_out((table,))
        target = path.with_name(f"{_ANSWER}{path.stem}.xlsx")
        name, versions = "/".join((*FOLDER, target.name)), Versions(desk.ledger)
        with desk.act("check") as act:
            versions.record(act, name, data)
        result = put(desk, target, data, name=name, is_edited=versions.is_edited(name, target))
        if result.state is WriteState.BESIDE:
            yield result.why


def _answer(row: LogRow, stand: ShortcomingStand | None) -> tuple[str | dt.date | None, ...]:
    day = row.cells.get("整改日期", "")
    return (
        *(row.number, row.cells.get("单位", ""), row.cells.get("发现的问题", "")),
        *(row.cells.get("整改情况", ""), dt.date.fromisoformat(day) if day else None),
        *(row.cells.get("佐证", ""), stand.label if stand else ""),
    )
