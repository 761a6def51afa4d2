"""`tracker explain`: how a phrase is understood.

One table of readers; each turns a request (`{"text", "column"?, "year"?, "issued_on"?}`) into the object of
the contract for machines and into lines for people. A reader is imported when it is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from tracker.model import DeadlineKind, Mode, Role
from tracker.problems.office import WrongUsage
from tracker.values import dataclass

_MODES = {
    Mode.LEAD_ALL: "牵头单位汇总，其他单位分工完成",
    Mode.JOINTLY: "共同完成，一个结果",
    Mode.EACH: "分别负责，各报各的",
    Mode.SINGLE: "一个单位负责",
    Mode.UNSPECIFIED: "没有写明几个单位怎样分工，请与发文单位核对",
}
_KINDS = {
    DeadlineKind.DATE: "有明确日期",
    DeadlineKind.RECURRING: "定期",
    DeadlineKind.ONGOING: "长期",
    DeadlineKind.RELATIVE: "自某事起算",
    DeadlineKind.NONE: "没有可推算的日期",
}
_PERIODS = {
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
}
_SENSES = {
    "and others": "“等”字后面略去的",
    "reference": "只作指引的",
    "part": "各自的部分",
    "person": "人员",
    "time": "时限",
    "deed": "工作内容",
    "note": "注",
    "prose": "没有当作单位的",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One phrase, understood: for machines and for people."""

    data: dict[str, Any]
    lines: tuple[str, ...]


def explain(reader: str, request: Mapping[str, Any]) -> Explanation:
    """Read one phrase with the reader of that name (a key of `READERS`)."""
    return READERS[reader](request)


def _responsibility(request: Mapping[str, Any]) -> Explanation:
    from tracker.reading.clauses import Sense, read_responsibility, senses_of

    text, column = _text(request, "text"), _text(request, "column")
    reading = read_responsibility(text, column=column)
    units_by_role = {
        role: list(reading.names_in(role)) for role in (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT)
    }
    lines = [f"{role.label}：{'、'.join(units)}" for role, units in units_by_role.items() if units]
    if not lines:
        lines.append("没有读出责任单位。")
    else:
        lines.append(f"方式：{_MODES[reading.mode]}")
    lines += [
        f"{assignment.unit}的部分：{assignment.part}" for assignment in reading.assignments if assignment.part
    ]
    if reading.groups:
        lines.append(f"统称：{'、'.join(reading.groups)}")
    for sense, words in senses_of(text, column=column):
        if sense.value in _SENSES and sense is not Sense.PART and words.strip():
            lines.append(f"{_SENSES[sense.value]}：{words.strip()}")
    data = {role.value: units for role, units in units_by_role.items()}
    return Explanation({**data, "mode": reading.mode.value, "groups": list(reading.groups)}, tuple(lines))


def _deadline(request: Mapping[str, Any]) -> Explanation:
    from tracker.reading.deadlines import is_readable, read_deadline

    deadline = read_deadline(_text(request, "text"), year=_year(request), issued_on=_issued_on(request))
    data = {
        "kind": deadline.kind.value,
        "due": deadline.due,
        "workday_due": deadline.workday_due,
        "period": deadline.period or None,
        "anchor": deadline.anchor or None,
        "offset": deadline.offset or None,
        **deadline.milestones_as_data(),
    }
    lines = [f"时限：{_KINDS[deadline.kind]}"]
    if deadline.period:
        lines.append(f"周期：{_PERIODS[deadline.period]}")
    if deadline.anchor:
        lines.append(f"起算：{deadline.anchor}")
    if deadline.due:
        lines.append(f"法定日期：{deadline.due.isoformat()}")
    if deadline.workday_due:
        lines.append(f"工作日：{deadline.workday_due.isoformat()}")
    elif deadline.due:
        lines.append(f"工作日：没有{deadline.due.year}年的节假日安排，不推算。")
    lines += [f"分段：{milestone.label}" for milestone in deadline.milestones]
    if not is_readable(_text(request, "text"), year=_year(request), issued_on=_issued_on(request)):
        lines.append("这个写法无法确定日期，请改为具体日期（如 2026年6月30日）。")
    return Explanation(data, tuple(lines))


def _year(request: Mapping[str, Any]) -> int | None:
    year = _text(request, "year")
    if year and not (year.isdecimal() and len(year) == 4):
        raise WrongUsage(what=f"年份“{year}”无法识别，请写成四位数字，如 2026。")
    return int(year) if year else None


def _issued_on(request: Mapping[str, Any]) -> dt.date | None:
    text = _text(request, "issued_on")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUsage(what=f"发文日期“{text}”无法识别，请写成 2026-03-02 的样子。") from None


def _text(request: Mapping[str, Any], key: str) -> str:
    value = request.get(key)
    return "" if value is None else str(value)


READERS: dict[str, Callable[[Mapping[str, Any]], Explanation]] = {
    "responsibility": _responsibility,
    "deadline": _deadline,
}
