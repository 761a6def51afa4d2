"""An office at the end of its year, drawn: two parts, six tasks, every class of item."""

from __future__ import annotations

import datetime as dt

from tracker import facts
from tracker.model import Deadline, DeadlineKind, Mode, Role
from tracker.rules.office import Assignee, CellNow, Office, PlanNow, Point, UnitNow

TODAY = dt.date(2018, 12, 20)  # Thursday
NAMES = {"U1": "市财政局", "U2": "市教育局", "U3": "市民政局", "U4": "市卫生健康局", "U5": "市行政审批局"}
A, B = "一、推进重点信息公开", "二、提升服务水平"
DONE, ON, LAG, NOT, LONG, NONE = "已完成", "正在推进", "进展滞后", "未启动", "持续推进", ""

# no, part, task, requirement, due, lead, responsible, support, the lead's word
_ROWS = (
    (
        "1",
        A,
        "（一）财政信息",
        "公开部门预算和决算，细化到项级科目。",
        (2018, 9, 30),
        "U1",
        ("U2", "U3"),
        (),
        DONE,
    ),
    ("2", A, "（一）财政信息", "公开政府采购项目清单，按月更新。", (2018, 10, 31), "U1", (), ("U5",), LAG),
    ("3", A, "（二）民生信息", "公布义务教育招生范围和录取结果。", (2018, 8, 31), "U2", (), (), DONE),
    ("4", A, "（二）民生信息", "公布社会救助对象和标准，每季度更新一次。", None, "U3", (), (), LONG),
    (
        "1",
        B,
        "（三）办事大厅",
        "综合窗口全部实行一次叫号、一窗受理。",
        (2018, 12, 31),
        "U5",
        ("U1", "U2", "U3", "U4"),
        (),
        ON,
    ),
    ("2", B, "（三）办事大厅", "编印办事指南，做到一事一图。", (2018, 12, 31), "U5", (), (), NOT),
    ("3", B, "（四）网上服务", "预约挂号接入统一平台。", (2019, 1, 31), "U4", ("U5",), (), LAG),
    ("4", B, "（四）网上服务", "开通移动端查询。", (2019, 1, 31), "U5", (), (), NONE),
    ("5", B, "（四）网上服务", "建设旧系统数据接口。", (2018, 6, 30), "U5", (), (), "不涉及"),
)


def year_office(**extra: tuple[tuple[str, str, str, str], str]) -> Office:
    """The office; `extra` adds or replaces cells: any name = ((wp, unit, field, round), text)."""
    points, cells = [], {}
    said = {
        ("P1-001", "U1", "summary", "R1"): "108个部门的预算、决算全部公开，细化到项级科目",
        ("P1-001", "U1", "evidence", "R1"): "市政府网站预决算专栏",
        ("P1-001", "U1", "done_on", "R1"): "2018-09-20",
        ("P1-002", "U1", "progress", "R1"): "已梳理项目清单，正在核对。",
        ("P1-002", "U1", "problem", "R1"): "系统改造未完成，预计2019年1月底前公布",
        ("P1-003", "U2", "summary", "R1"): "招生范围和录取结果均已在网站公布。",
        ("P1-003", "", "wording", ""): "全市义务教育招生范围、录取结果按时公布，做到校校有方案、榜榜有公示。",
        ("P1-004", "U3", "progress", "R1"): "四个季度均已更新。",
        ("P1-005", "U5", "summary", "R1"): "已完成三个大厅的综合窗口改造。",
        ("P1-007", "U4", "problem", "R1"): "两家医院尚未接入",
        ("P1-009", "U5", "release", ""): "同意",
    }
    for n, (no, section, task, text, due, lead, others, support, word) in enumerate(_ROWS, start=1):
        wp = f"P1-{n:03}"
        day = dt.date(*due) if due else None
        kind = DeadlineKind.DATE if day else DeadlineKind.ONGOING
        deadline = Deadline(f"{day.month}月底前" if day else "长期", kind, day, day)
        answers = [Assignee(NAMES[lead], lead, Role.LEAD)]
        answers += [Assignee(NAMES[each], each, Role.RESPONSIBLE) for each in others]
        answers += [Assignee(NAMES[each], each, Role.SUPPORT) for each in support]
        points.append(
            Point(
                wp,
                "P1",
                n,
                section,
                task,
                no,
                text,
                deadline,
                Mode.LEAD_ALL,
                is_inherited=False,
                assignees=tuple(answers),
                place=f"分工表!B{n + 2}",
            )
        )
        if word:
            said[wp, lead, "status", "R1"] = word
    said |= dict(extra.values())
    for n, (key, value) in enumerate(said.items(), start=1):
        cells[key] = CellNow(
            value, "unit" if key[1] else "office", n, 5, "sha1" if key[1] else "", "填报表!H7"
        )
    forms = {
        unit: facts.Form(f"F{unit}", "R1", unit, 0, tuple(p.id for p in points if unit in p.units()), (), "")
        for unit in NAMES
    }
    moment = dt.datetime(2018, 12, 12, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    edition = facts.PlanEdition(
        "P1",
        1,
        "new",
        "××市2018年政务公开工作要点分工方案",
        "×府办〔2018〕6号",
        "××市人民政府办公室",
        dt.date(2018, 5, 4),
        2018,
        "政务公开",
    )
    return Office(
        seq=100,
        act=9,
        plans={"P1": PlanNow("P1", edition, tuple(points))},
        units={
            unit: UnitNow(unit, names=(facts.UnitName(unit, name, None, None, "current"),))
            for unit, name in NAMES.items()
        },
        rounds={"R1": facts.Round("R1", "P1", "年终", dt.date(2018, 11, 15), dt.date(2018, 12, 10))},
        forms={each.form: each for each in forms.values()},
        returns=tuple(
            (moment, facts.Return(f"F{u}", "sha1", "taken", "", "{}")) for u in ("U1", "U2", "U3", "U5")
        ),
        cells=cells,
        files={"sha1": facts.File("sha1", "年终填报表.xlsx", "", moment)},
    )
