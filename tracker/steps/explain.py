"""`tracker explain`: how a phrase is understood.

One table of readers; each turns a request (`{"text", "column"?, "year"?, "issued_on"?}`) into the object of
the contract for machines and into lines for people. A reader is imported when it is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.model import DeadlineKind
from tracker.model import Mode
from tracker.model import Role
from tracker.problems.office import WrongUsage

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
class Explained:
    """One phrase, understood: for machines and for people."""

    data: dict[str, Any]
    lines: tuple[str, ...]


def explain(what: str, request: Mapping[str, Any]) -> Explained:
    """Read one phrase with the reader of that name (a key of `READERS`)."""
    return READERS[what](request)


def _responsibility(request: Mapping[str, Any]) -> Explained:
    from tracker.reading import clauses

    text, column = _text(request, "text"), _text(request, "column")
    found = clauses.read_responsibility(text, column=column)
    named = {role: list(found.having(role)) for role in (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT)}
    lines = [f"{role.label}：{'、'.join(units)}" for role, units in named.items() if units]
    if not lines:
        lines.append("没有读出责任单位。")
    else:
        lines.append(f"方式：{_MODES[found.mode]}")
    lines += [f"{each.unit}的部分：{each.part}" for each in found.assignments if each.part]
    if found.groups:
        lines.append(f"统称：{'、'.join(found.groups)}")
    for sense, words in clauses.senses_of(text, column=column):
        if sense.value in _SENSES and sense is not clauses.Sense.PART and words.strip():
            lines.append(f"{_SENSES[sense.value]}：{words.strip()}")
    data = {role.value: units for role, units in named.items()}
    return Explained({**data, "mode": found.mode.value, "groups": list(found.groups)}, tuple(lines))


def _deadline(request: Mapping[str, Any]) -> Explained:
    from tracker.reading import deadlines

    found = deadlines.read_deadline(
        _text(request, "text"), year=_year(request), issued_on=_issued_on(request)
    )
    data = {
        "kind": found.kind.value,
        "due": found.due,
        "workday_due": found.workday_due,
        "period": found.period or None,
        "anchor": found.anchor or None,
        "offset": found.offset or None,
    }
    lines = [f"时限：{_KINDS[found.kind]}"]
    if found.period:
        lines.append(f"周期：{_PERIODS[found.period]}")
    if found.anchor:
        lines.append(f"起算：{found.anchor}")
    if found.due:
        lines.append(f"法定日期：{found.due.isoformat()}")
    if found.workday_due:
        lines.append(f"工作日：{found.workday_due.isoformat()}")
    elif found.due:
        lines.append(f"工作日：没有{found.due.year}年的节假日安排，不推算。")
    if not deadlines.is_readable(_text(request, "text"), year=_year(request), issued_on=_issued_on(request)):
        lines.append("这个写法无法确定日期，请改为具体日期（如 2026年6月30日）。")
    return Explained(data, tuple(lines))


def _year(request: Mapping[str, Any]) -> int | None:
    year = _text(request, "year")
    if year and not (year.isdecimal() and len(year) == 4):
        raise WrongUsage(what=f"年份“{year}”看不懂，请写成四位数字，如 2026。")
    return int(year) if year else None


def _issued_on(request: Mapping[str, Any]) -> dt.date | None:
    written = _text(request, "issued_on")
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        raise WrongUsage(what=f"发文日期“{written}”看不懂，请写成 2026-03-02 的样子。") from None


def _text(request: Mapping[str, Any], key: str) -> str:
    value = request.get(key)
    return "" if value is None else str(value)


READERS: dict[str, Callable[[Mapping[str, Any]], Explained]] = {
    "responsibility": _responsibility,
    "deadline": _deadline,
}
