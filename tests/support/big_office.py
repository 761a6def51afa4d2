"""A year as large as anybody could have: many items, many units, every class of item, long names."""

from __future__ import annotations

import dataclasses
import datetime as dt

from tests.support.years import year_office
from tracker import facts
from tracker.columns import STATUSES
from tracker.model import Deadline, DeadlineKind, Role
from tracker.rules.office import Assignee, CellNow, Office, UnitNow

KINDS = (
    "市直部门",
    "县（市、区）",
    "垂直管理单位",
    "市属国有企业",
    "高等院校",
    "园区管委会",
    "医疗机构",
    "群团组织",
    "其他",
)
_WORDS = (
    "公开目录动态调整并按月更新",
    "办事指南统一编印",
    "政策解读与文件同步发布",
    "热线诉求限时答复",
    "数据接口全部接入平台",
)


def big_office(points: int, units: int, *, text: str = "", sections: int = 12) -> Office:
    """An office with so many items and units; with a text, everything that anybody typed is that text."""
    drawn = year_office()
    plan, model = drawn.plans["P1"], drawn.plans["P1"].points[0]
    ids = [f"U{n:03}" for n in range(1, units + 1)]
    names = {unit: text or f"市{_word(n)}管理局（{n}）" for n, unit in enumerate(ids)}
    made, cells = [], {}
    words = [*STATUSES, ""]
    for n in range(points):
        wp = f"P1-{n + 1:04}"
        due = dt.date(2018, n % 12 + 1, n % 28 + 1) if n % 9 else None
        deadline = Deadline(
            text or (f"{due.month}月{due.day}日前" if due else "长期"),
            DeadlineKind.DATE if due else DeadlineKind.ONGOING,
            due,
            due,
        )
        chosen = list(dict.fromkeys(ids[(n * step + 1) % units] for step in (1, 3, 7)))
        roles = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT)
        answers = tuple(Assignee(names[unit], unit, role) for unit, role in zip(chosen, roles, strict=False))
        made.append(
            dataclasses.replace(
                model,
                id=wp,
                position=n + 1,
                no=str(n + 1),
                section=text or f"第{n * sections // points + 1}部分、{_WORDS[n * sections // points % 5]}",
                task=text or f"（{n % 7 + 1}）{_WORDS[n % 5]}",
                requirement=text
                or f"{_WORDS[(n + 2) % 5]}，覆盖{n % 40 + 1}个领域，细化到每一个事项并接受监督。",
                deadline=deadline,
                assignees=answers,
            )
        )
        cells[wp, chosen[0], "status", "R1"] = words[n % len(words)]
        cells[wp, chosen[0], "progress", "R1"] = (
            text or "已制定方案并组织培训，正在逐项核对目录，完成三分之二。"
        )
        cells[wp, chosen[0], "problem", "R1"] = text or "个别单位材料报送不及时，已发函催办，预计下月完成。"
    forms = {
        f"F{unit}": facts.Form(
            f"F{unit}",
            "R1",
            unit,
            0,
            tuple(p.id for p in made if unit in p.units()),
            ("status", "progress"),
            "",
        )
        for unit in ids
    }
    return dataclasses.replace(
        drawn,
        plans={"P1": dataclasses.replace(plan, points=tuple(made))},
        units={
            unit: UnitNow(
                unit, KINDS[n % len(KINDS)], names=(facts.UnitName(unit, names[unit], None, None, "current"),)
            )
            for n, unit in enumerate(ids)
        },
        forms=forms,
        returns=tuple((drawn.returns[0][0], facts.Return(each, "sha1", "taken", "", "{}")) for each in forms),
        cells={
            key: CellNow(value, "unit", n, 5)
            for n, (key, value) in enumerate(cells.items(), start=1)
            if value
        },
    )


def _word(n: int) -> str:
    return (
        "财教民卫审农水林文体科工商住交环应退医数"[n % 20]
        + "政育生康批业利草旅质技信务建通保急役疗据"[n // 2 % 20]
    )
