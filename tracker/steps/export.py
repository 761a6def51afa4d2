"""The office as tables: for Excel's own pivot tables and Power Query as files, for pandas by `tracker.api`.

Each table is a `Table` whose columns have a name (for programs) and a label (for people); a row is one thing:

    points        事项        a work point: words, who leads, its day, its status and light
    assignments   分工        a unit (or a name nobody has decided) and a work point
    progress      进展        what a unit was asked about a work point in a round, and what it answered
    returns       报送        a form: when it was due, whether and when it came back
    slips         督办        a slip or letter: its kind, unit, day and state
    shortcomings  问题整改    what a check found, and where it stands
    limits        时限事项    a case of a rule of time: by when, when done, whether in time
    scores        考核得分    a line of the score that was issued last

Everything is as of one day; a value that is not known is empty, never a guess.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tracker import facts
from tracker.columns import Column, ColumnKind, Owner
from tracker.files.safe import WriteState, safe_write
from tracker.formats.books import lay_out
from tracker.grid import Value, as_text
from tracker.logbooks import LIMIT_CASES, SHORTCOMINGS
from tracker.model import Role
from tracker.problems.base import Exit
from tracker.rules.check import due_of, is_overdue, log_rows, stand_of
from tracker.rules.office import Office, names_in_role
from tracker.rules.papers import reporting_of
from tracker.rules.progress import Standing, gather_index, standings
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.logbooks import open_catalogue, row_stand, transitions_of
from tracker.table import Table
from tracker.tiers import SlipState
from tracker.values import dataclass

_WORKBOOK = "台账数据.xlsx"
_TEXT, _DAY, _NUMBER, _FLAG = ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.NUMBER, ColumnKind.TICK


def _columns(*columns: tuple[str, str, ColumnKind]) -> tuple[Column, ...]:
    return tuple(
        Column(label, 40 if kind is ColumnKind.LONG else 16, Owner.COMPUTED, kind, name=name)
        for name, label, kind in columns
    )


_POINT_COLUMNS = _columns(
    ("plan", "方案编号", _TEXT),
    ("point", "事项编号", _TEXT),
    ("section", "板块", _TEXT),
    ("task", "工作任务", _TEXT),
    ("no", "序号", _TEXT),
    ("requirement", "具体要求", ColumnKind.LONG),
    ("lead", "牵头单位", _TEXT),
    ("deadline", "完成时限", _TEXT),
    ("due", "到期日", _DAY),
    ("status", "状态", _TEXT),
    ("is_done", "已完成", _FLAG),
    ("is_overdue", "逾期", _FLAG),
    ("is_long_term", "长期坚持", _FLAG),
    ("light", "亮灯", _TEXT),
)
_ASSIGNMENT_COLUMNS = _columns(
    ("point", "事项编号", _TEXT),
    ("unit", "单位编号", _TEXT),
    ("unit_name", "单位", _TEXT),
    ("written", "方案中的名称", _TEXT),
    ("role", "承担角色", _TEXT),
    ("via", "所属集体名称", _TEXT),
    ("status", "自报状态", _TEXT),
    ("is_done", "已完成", _FLAG),
    ("is_overdue", "逾期", _FLAG),
    ("due", "到期日", _DAY),
)
_PROGRESS_COLUMNS = _columns(
    ("point", "事项编号", _TEXT),
    ("unit", "单位编号", _TEXT),
    ("unit_name", "单位", _TEXT),
    ("round", "期次编号", _TEXT),
    ("round_name", "期次", _TEXT),
    ("is_asked", "印发了填报表", _FLAG),
    ("is_answered", "已填报", _FLAG),
    ("status", "自报状态", _TEXT),
    ("progress", "进展情况", ColumnKind.LONG),
    ("done_on", "完成日期", _DAY),
    ("problem", "存在问题及下一步", ColumnKind.LONG),
    ("evidence", "佐证材料", ColumnKind.LONG),
)
_RETURN_COLUMNS = _columns(
    ("round", "期次编号", _TEXT),
    ("round_name", "期次", _TEXT),
    ("unit", "单位编号", _TEXT),
    ("unit_name", "单位", _TEXT),
    ("items", "项数", _NUMBER),
    ("opens", "印发日期", _DAY),
    ("due", "截止日期", _DAY),
    ("state", "报送情况", _TEXT),
    ("came_on", "报来日期", _DAY),
    ("is_late", "迟报", _FLAG),
)
_SLIP_COLUMNS = _columns(
    ("document", "编号", _TEXT),
    ("tier", "种类", _TEXT),
    ("unit", "单位编号", _TEXT),
    ("unit_name", "单位", _TEXT),
    ("on", "日期", _DAY),
    ("state", "状态", _TEXT),
    ("number", "文号", _TEXT),
    ("items", "涉及项数", _NUMBER),
)
_SHORTCOMING_COLUMNS = _columns(
    ("number", "编号", _TEXT),
    ("unit_name", "单位", _TEXT),
    ("origin", "来源", _TEXT),
    ("kind", "问题类别", _TEXT),
    ("text", "发现的问题", ColumnKind.LONG),
    ("checked_on", "检查日期", _DAY),
    ("due", "整改期限", _DAY),
    ("state", "办理状态", _TEXT),
    ("is_overdue", "整改逾期", _FLAG),
)
_LIMIT_COLUMNS = _columns(
    ("number", "编号", _TEXT),
    ("unit_name", "单位", _TEXT),
    ("text", "事项", ColumnKind.LONG),
    ("rule", "适用规则", _TEXT),
    ("start", "起算时间", _TEXT),
    ("due", "期限", _DAY),
    ("done", "完成时间", _TEXT),
    ("state", "办理状态", _TEXT),
)
_SCORE_COLUMNS = _columns(
    ("unit_name", "单位", _TEXT),
    ("table", "表别", _TEXT),
    ("code", "指标编号", _TEXT),
    ("points", "得分", _NUMBER),
    ("why", "计算过程或理由", _TEXT),
    ("total", "总分", _NUMBER),
    ("place", "名次", _NUMBER),
)


@dataclass(frozen=True)
class _View:
    """What the tables are made from."""

    desk: Desk
    office: Office
    day: dt.date
    stands: dict[str, Standing]

    def name(self, unit: str) -> str:
        return self.office.name_of(unit, self.day) if unit in self.office.units else ""


def office_tables(desk: Desk, as_of: dt.date | None = None) -> dict[str, Table]:
    """Every table of the office, by name.

    Args:
        desk: The office, open.
        as_of: The day; today by default. An earlier one knows only what counted by then.
    """
    office = desk.office() if as_of is None else desk.ledger.office_as_of(as_of)
    day = as_of or desk.today
    stands = standings(office, office.live_points, desk.day_on(day))
    view = _View(desk, office, day, stands)
    return {
        name: Table(columns, tuple(rows(view)), name=label, title=label)
        for name, label, columns, rows in _TABLES
    }


def _points(view: _View) -> Iterator[tuple[Value, ...]]:
    for plan in view.office.plans.values():
        for point in plan.points:
            stand = view.stands.get(point.id)
            if stand is not None:
                yield (
                    *(plan.plan, point.id, point.section, point.task, point.no, point.requirement),
                    "、".join(names_in_role(point, Role.LEAD)),
                    point.deadline.text,
                    *(stand.due, stand.word, stand.done, stand.overdue, stand.is_long_term),
                    stand.light.value,
                )


def _assignments(view: _View) -> Iterator[tuple[Value, ...]]:
    for point_id, stand in view.stands.items():
        shares = {share.unit: share for share in stand.units}
        for assignee in view.office.point(point_id).assignees:
            share = shares.get(assignee.unit)
            yield (
                *(point_id, assignee.unit, view.name(assignee.unit), assignee.written),
                *(assignee.role.label, assignee.via),
                *((share.word, share.done, share.overdue, share.due) if share else ("", None, None, None)),
            )


def _progress(view: _View) -> Iterator[tuple[Value, ...]]:
    index = gather_index(view.office, view.day)
    for point_id in view.stands:
        for unit, requests in index.requests.get(point_id, {}).items():
            for request in requests.values():
                texts = request.texts
                yield (
                    *(point_id, unit, view.name(unit), request.round),
                    view.office.rounds[request.round].name,
                    *(request.is_asked, request.is_answered),
                    *(texts.get("status", ""), texts.get("progress", ""), _day(texts.get("done_on", ""))),
                    *(texts.get("problem", ""), texts.get("evidence", "")),
                )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None  # words of a unit that are no day stand in 进展 as they are


def _returns(view: _View) -> Iterator[tuple[Value, ...]]:
    for reporting in reporting_of(view.office, today=view.day):
        form, round_ = reporting.form, reporting.round
        yield (
            *(form.round, round_.name, form.unit, view.name(form.unit), len(form.rows)),
            *(round_.opens, round_.due, reporting.state.value),
            *(reporting.at.date() if reporting.at else None, reporting.late),
        )


def _slips(view: _View) -> Iterator[tuple[Value, ...]]:
    for document in view.office.documents.values():
        yield (
            *(document.document, document.tier, document.unit, view.name(document.unit), document.on),
            *(SlipState(document.state).label, document.number, len(document.subjects)),
        )


def _shortcomings(view: _View) -> Iterator[tuple[Value, ...]]:
    for row in log_rows(view.office.cells, SHORTCOMINGS):
        transitions = transitions_of(view.office, row.number)
        stand, cells = stand_of(transitions), row.cells
        yield (
            *(row.number, cells.get("单位", ""), cells.get("来源", ""), cells.get("问题类别", "")),
            *(cells.get("发现的问题", ""), _day(cells.get("检查日期", "")), due_of(transitions)),
            *(stand.label if stand else "", is_overdue(transitions, view.day)),
        )


def _limits(view: _View) -> Iterator[tuple[Value, ...]]:
    catalogue = open_catalogue(view.desk)
    for row in log_rows(view.office.cells, LIMIT_CASES):
        stand, cells = row_stand(view.desk, view.office, LIMIT_CASES, row, catalogue), row.cells
        yield (
            *(row.number, cells.get("单位", ""), cells.get("事项", ""), cells.get("适用规则", "")),
            *(cells.get("起算时间", ""), stand.due.day if stand.due else None, cells.get("完成时间", "")),
            stand.promptness.value if stand.promptness else stand.lack,
        )


def _scores(view: _View) -> Iterator[tuple[Value, ...]]:
    editions = [
        entry.fact
        for entry in view.desk.ledger.entries(facts.ReportEdition)
        if entry.fact.report == "考核结果" and entry.fact.as_of <= view.day
    ]
    if not editions:
        return
    for unit in json.loads(editions[-1].content)["scores"]:
        for line in unit["lines"]:
            yield (
                *(unit["unit"], unit["table"], line["code"]),
                float(line["points"]) if line["points"] is not None else None,
                *(line["why"], float(unit["total"]) if unit["total"] else None, unit["place"]),
            )


_Rows = Callable[[_View], Iterator[tuple[Value, ...]]]
_TABLES: tuple[tuple[str, str, tuple[Column, ...], _Rows], ...] = (
    ("points", "事项", _POINT_COLUMNS, _points),
    ("assignments", "分工", _ASSIGNMENT_COLUMNS, _assignments),
    ("progress", "进展", _PROGRESS_COLUMNS, _progress),
    ("returns", "报送", _RETURN_COLUMNS, _returns),
    ("slips", "督办", _SLIP_COLUMNS, _slips),
    ("shortcomings", "问题整改", _SHORTCOMING_COLUMNS, _shortcomings),
    ("limits", "时限事项", _LIMIT_COLUMNS, _limits),
    ("scores", "考核得分", _SCORE_COLUMNS, _scores),
)


def export(call: Call, folder: Path, as_of: dt.date | None = None) -> Result:
    """Write every table as .csv (UTF-8 with BOM, for Power Query) and all of them as one workbook."""
    with open_desk(call) as desk:
        tables = office_tables(desk, as_of)
    files = {f"{table.name}.csv": _csv(table) for table in tables.values()}
    files[_WORKBOOK] = lay_out([_for_people(table) for table in tables.values()])
    target = (call.start / folder).absolute()
    beside = []
    if not call.dry_run:
        target.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            result = safe_write(target / name, data, now=call.now)
            beside += [result.why] if result.state is WriteState.BESIDE else []
    counts = {name: len(table.rows) for name, table in tables.items()}
    verb = "将导出" if call.dry_run else "已导出"
    lines = [f"{verb}到 {target}："]
    lines += [f"  {table.name} {counts[name]} 行" for name, table in tables.items()]
    return Result((*lines, *beside), {"rows": counts}, Exit.PARTLY if beside else Exit.DONE)


def _text(value: Value) -> str:
    """A value as people read it; a tick is 是 or 否."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return as_text(value)


def _csv(table: Table) -> bytes:
    """A table for Power Query; a text that Excel would take for a formula keeps an apostrophe before it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.label for column in table.columns])
    for row in table.rows:
        writer.writerow([_harmless(_text(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _for_people(table: Table) -> Table:
    rows = tuple(
        tuple(_text(value) if isinstance(value, bool) else value for value in row) for row in table.rows
    )
    return Table(table.columns, rows, name=table.name, title=table.title, fixed_columns=1)
