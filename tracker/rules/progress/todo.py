"""今日待办: what waits for a person today, in the order in which an office would do it.

A pure function of the office and a day; each line says how many, which, and what to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.rules.plans.extending import waiting
from tracker.rules.state import Office
from tracker.rules.wording.subjects import conflict_name
from tracker.rules.wording.subjects import subject_name

# How many names a line shows before it says 等.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do.

    Attributes:
        code: Stable name.
        count: How many.
        what: The whole line.
        title: What it is, without numbers and names.
        how: What to do about it.
        names: Which, all of them.
    """

    code: str
    count: int
    what: str
    title: str = ""
    how: str = ""
    names: tuple[str, ...] = ()


def todos(
    office: Office, today: dt.date, *, overdue: tuple[str, ...] = (), due: tuple[str, ...] = ()
) -> tuple[Todo, ...]:
    """What waits; `overdue` are the work points that are late today, `due` the units that are to be chased."""
    return tuple(_found(office, today, overdue, due))


def _found(office: Office, today: dt.date, overdue: tuple[str, ...], due: tuple[str, ...]) -> Iterator[Todo]:
    undecided = sorted(
        {
            answer.written
            for plan in office.plans.values()
            for point in plan.points
            if not point.retired
            for answer in point.answers
            if not answer.unit
        }
    )
    if undecided:
        yield todo("names", undecided, "个单位名称待确认", "在《单位及联络员名单》的“待确认名称”中填写")
    empty = sorted(
        {
            collective
            for plan in office.plans.values()
            for point in plan.points
            if not point.retired
            for collective, _ in point.collectives
            if not plan.members.get(collective) and not any(each.via == collective for each in point.answers)
        }
    )
    if empty:
        yield todo("groups", empty, "个统称没有成员", "在《单位及联络员名单》的“单位组”中填写")
    if office.conflicts:
        told = list(dict.fromkeys(conflict_name(office, each) for each in office.conflicts.values()))
        yield todo(
            "conflicts", told, "处两边说法不一", "打开《待核对事项清单》逐条选定", len(office.conflicts)
        )
    for name, units in _missing(office, today).items():
        told = [office.name_of(unit) for unit in units]
        yield todo("late-returns", told, f"个单位逾期未报（{name}）", "运行 tracker chase 生成催办单")
    if due:
        yield todo("due", list(due), "个单位今天该提醒或催办", "运行 tracker chase 拟单子")
    drafts = _slips(office, "drafted")
    if drafts:
        yield todo("drafts", drafts, "份单子还是拟稿", "核对后在《签发单》中签发")
    signed = _slips(office, "signed")
    if signed:
        yield todo("signed", signed, "份单子已签发、还没有发出", "发出；自行发出的在《签发单》中改为“已发”")
    asked = dict.fromkeys(subject for subject, _ in waiting(office, today))
    if asked:
        told = [subject_name(office, each) for each in asked]
        yield todo("asked", told, "项任务申请延期、等待审批", "在《事项调整》的“审批意见”栏选定")
    if overdue:
        told = [subject_name(office, each) for each in overdue]
        yield todo("overdue", told, "项任务逾期未完成", "在台账中核实，或运行 tracker chase")


def _slips(office: Office, state: str) -> list[str]:
    """Official slips in a state, as people know them."""
    return [
        f"{each.number or each.document} {office.name_of(each.unit) if each.unit else ''}".rstrip()
        for each in office.documents.values()
        if each.state == state and each.tier != "提醒"
    ]


def _missing(office: Office, today: dt.date) -> dict[str, list[str]]:
    """Units whose form of a round that is over has not come back, by the round's name."""
    answered = {each.form for _, each in office.returns if each.outcome != "refused"}
    found: dict[str, list[str]] = {}
    for form in office.forms.values():
        opened = office.rounds[form.round]
        if opened.due < today and form.form not in answered:
            found.setdefault(opened.name, []).append(form.unit)
    return {name: sorted(set(units)) for name, units in found.items()}


def todo(code: str, names: list[str], what: str, how: str, count: int | None = None) -> Todo:
    """One line: how many, what, which, and what to do."""
    shown = "、".join(names[:SHOWN]) + ("等" if len(names) > SHOWN else "")
    number = len(names) if count is None else count
    return Todo(code, number, f"{number} {what}：{shown}。请{how}。", what, how, tuple(names))
