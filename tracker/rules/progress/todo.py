"""今日待办: what waits for a person today, in the order in which an office would do it.

A pure function of the office and a day; each line says how many, which, and what to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tracker.rules.office import Office
from tracker.rules.plans import open_requests
from tracker.rules.progress.requests import forms_back, rounds_in_hand
from tracker.rules.wording import conflict_name, subject_name
from tracker.tiers import is_asked
from tracker.values import dataclass

# How many names a line shows before it says 等.
NAMES_IN_LINE = 6


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do.

    Attributes:
        code: Stable name.
        count: How many.
        line: The whole line.
        title: What it is, without numbers and names.
        advice: What to do about it.
        names: Which, all of them.
    """

    code: str
    count: int
    line: str
    title: str = ""
    advice: str = ""
    names: tuple[str, ...] = ()


def todos(
    office: Office, today: dt.date, *, overdue: tuple[str, ...] = (), due: tuple[str, ...] = ()
) -> tuple[Todo, ...]:
    """What waits; `overdue` are the work points that are late today, `due` the units that are to be chased."""
    return tuple(_todo_lines(office, today, overdue, due))


def _todo_lines(
    office: Office, today: dt.date, overdue: tuple[str, ...], due: tuple[str, ...]
) -> Iterator[Todo]:
    undecided_names = sorted(
        {
            assignee.written
            for plan in office.plans.values()
            for point in plan.points
            if not point.is_retired
            for assignee in point.assignees
            if not assignee.unit
        }
    )
    if undecided_names:
        yield todo_line(
            "names",
            undecided_names,
            "个单位名称待确认",
            "在《单位及联络员名单》的“待确认名称”中填写，保存后更新台账",
        )
    empty = sorted(
        {
            collective
            for plan in office.plans.values()
            for point in plan.points
            if not point.is_retired
            for collective in point.empty_groups
        }
    )
    if empty:
        yield todo_line(
            "groups",
            empty,
            "个统称没有成员、责任单位未明确",
            "在《单位及联络员名单》的“单位组”中填写，保存后更新台账",
        )
    unasked = [
        subject_name(office, point.id)
        for plan in office.plans.values()
        for point in plan.points
        if not point.is_retired and not point.assignees and not point.empty_groups
    ]
    if unasked:
        yield todo_line(
            "nobody",
            unasked,
            "项任务没有责任单位，谁也不会收到",
            "在《分工核对表》里补填责任单位，再登记一次",
        )
    if office.conflicts:
        names = list(dict.fromkeys(conflict_name(office, conflict) for conflict in office.conflicts.values()))
        yield todo_line(
            "conflicts", names, "处待核对", "打开《待核对事项清单》逐条选定", len(office.conflicts)
        )
    for name, units in _late_returns(office, today).items():
        for advice, ours in (("打电话催报", False), ("打电话商请报送", True)):
            names = [office.name_of(unit) for unit in units if is_asked(office.units[unit].kind) is ours]
            if names:
                title = f"个单位逾期未报（{name}）"
                yield todo_line("late-returns", names, title, f"{advice}，名单见“督办/催报名单”")
    if due:
        yield todo_line("due", list(due), "个单位今天该提醒或催办", "运行 tracker chase 拟督办单")
    drafts = _slips(office, "drafted")
    if drafts:
        yield todo_line("drafts", drafts, "份督办单还是拟稿", "核对后在《送签单》中签发")
    signed_slips = _slips(office, "signed")
    if signed_slips:
        yield todo_line(
            "signed", signed_slips, "份督办单已签发、还没有发出", "发出；自行发出的在《送签单》中改为“已发”"
        )
    requests = dict.fromkeys(point_id for point_id, _ in open_requests(office, today))
    if requests:
        names = [subject_name(office, point_id) for point_id in requests]
        yield todo_line("asked", names, "项任务申请延期、等待审批", "在《事项调整》的“审批意见”栏选定")
    if overdue:
        names = [subject_name(office, point_id) for point_id in overdue]
        yield todo_line("overdue", names, "项任务逾期未完成", "在台账中核实，或运行 tracker chase")


def _slips(office: Office, state: str) -> list[str]:
    """Official slips in a state, as people know them."""
    return [
        f"{document.number or document.document} {office.name_of(document.unit) if document.unit else ''}".rstrip()
        for document in office.documents.values()
        if document.state == state and document.tier != "提醒"
    ]


def _late_returns(office: Office, today: dt.date) -> dict[str, list[str]]:
    """Units whose form of a round that is over has not come back, by the round's name."""
    back, rounds = forms_back(office), rounds_in_hand(office)
    units_by_round: dict[str, list[str]] = {}
    for form in office.forms.values():
        round_ = office.rounds[form.round]
        if round_.round in rounds and round_.due < today and form.form not in back:
            units_by_round.setdefault(round_.name, []).append(form.unit)
    return {name: sorted(set(units)) for name, units in units_by_round.items()}


def todo_line(code: str, names: list[str], title: str, advice: str, count: int | None = None) -> Todo:
    """One line: how many, what, which, and what to do."""
    name_list = "、".join(names[:NAMES_IN_LINE]) + ("等" if len(names) > NAMES_IN_LINE else "")
    number = len(names) if count is None else count
    return Todo(code, number, f"{number} {title}：{name_list}。请{advice}。", title, advice, tuple(names))
