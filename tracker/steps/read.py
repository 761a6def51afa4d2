"""`tracker read`: show what was understood of a plan, and the findings; writes nothing, needs no office."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tracker.files.guard import open_source
from tracker.model import Deadline
from tracker.model import Mode
from tracker.model import Plan
from tracker.model import Role
from tracker.model import WorkPoint
from tracker.problems import Severity
from tracker.reading.plan import Reading
from tracker.reading.plan import read_plan
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.workdays import Calendar

_MODES = {
    Mode.LEAD_ALL: "牵头",
    Mode.JOINTLY: "共同负责",
    Mode.EACH: "分别负责",
    Mode.SINGLE: "单独负责",
    Mode.UNSPECIFIED: "未写明方式",
}
_WEIGHT = {Severity.ERROR: "须更正", Severity.WARNING: "请核对", Severity.INFO: "说明"}
_WIDEST = 36


def read(call: Call, file: Path) -> Answer:
    """Read a plan file."""
    del call  # nothing of it depends on the day or the folder
    reading = read_plan(open_source(file), calendar=Calendar())
    return Answer(lines=tuple(overview(reading, file.name)), data=as_data(reading))


def as_data(reading: Reading) -> dict[str, Any]:
    """The reading as the contract for machines states it."""
    plan = reading.plan
    return {
        "title": plan.title or None,
        "number": plan.number or None,
        "issuer": plan.issuer or None,
        "issued_on": plan.issued_on,
        "year": plan.year,
        "work_points": [_point(point) for point in plan.work_points],
        "duties": [
            {
                "what": duty.what,
                "addressee": duty.addressee or None,
                "deadline": _deadline(duty.deadline),
                "place": duty.place,
            }
            for duty in plan.duties
        ],
        "groups": [
            {"name": group.name, "members": None if group.members is None else list(group.members)}
            for group in plan.groups
        ],
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "place": finding.place,
                "message": finding.message,
            }
            for finding in reading.findings
        ],
    }


def _point(point: WorkPoint) -> dict[str, Any]:
    who = point.responsibility
    return {
        "section": point.section or None,
        "task": point.task or None,
        "no": point.no or None,
        "requirement": point.requirement,
        "lead": list(who.having(Role.LEAD)),
        "responsible": list(who.having(Role.RESPONSIBLE)),
        "support": list(who.having(Role.SUPPORT)),
        "mode": who.mode.value,
        "inherited": point.inherited,
        "groups": list(who.groups),
        "deadline": _deadline(point.deadline),
        "remarks": dict(point.remarks),
        "place": point.place,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "text": deadline.text or None,
        "kind": deadline.kind.value,
        "due": deadline.due,
        "workday_due": deadline.workday_due,
        "period": deadline.period or None,
        "anchor": deadline.anchor or None,
        "offset": deadline.offset or None,
    }


def overview(reading: Reading, name: str) -> list[str]:
    """What was understood, for people."""
    plan = reading.plan
    lines = [f"文件：{name}", f"标题：{plan.title or '（未印标题）'}"]
    facts = [
        ("文号", plan.number),
        ("发文单位", plan.issuer),
        ("印发日期", plan.issued_on),
        ("年度", plan.year),
    ]
    lines.append("　".join(f"{label}：{value or '（未印）'}" for label, value in facts))
    lines += ["", *_counts(plan), ""]
    lines += _points(plan)
    if plan.groups:
        lines += ["", "集体名称："]
        for group in plan.groups:
            told = (
                "文件未列成员"
                if group.members is None
                else f"{len(group.members)}个：" + "、".join(group.members)
            )
            lines.append(f"  {group.name}（{told}）")
    if plan.duties:
        lines += ["", "来文要求："]
        lines += [f"  {duty.place}　{duty.what}{_until(duty.deadline)}" for duty in plan.duties]
    lines += ["", *_findings(reading)]
    return lines


def _counts(plan: Plan) -> list[str]:
    points = plan.work_points
    units = {each.unit for point in points for each in point.responsibility.assignments}
    named = units - {group.name for group in plan.groups}
    led = sum(bool(point.responsibility.having(Role.LEAD)) for point in points)
    inherited = sum(point.inherited for point in points)
    return [
        f"任务事项：{len(points)}项（板块{len({p.section for p in points if p.section})}个，"
        f"工作任务{len({(p.section, p.task) for p in points if p.task})}个）",
        f"责任单位：{len(named)}个，另有集体名称{len(plan.groups)}个；写明牵头的{led}项，沿用上栏的{inherited}项",
        f"完成时限：有确定日期的{sum(p.deadline.due is not None for p in points)}项",
    ]


def _points(plan: Plan) -> list[str]:
    lines: list[str] = []
    section = task = ""
    for point in plan.work_points:
        if point.section != section:
            section, task = point.section, ""
            lines.append(f"■ {section or '（无板块）'}")
        if point.task != task:
            task = point.task
            if task:
                lines.append(f"  ● {task}")
        text = (
            point.requirement if len(point.requirement) <= _WIDEST else point.requirement[: _WIDEST - 1] + "…"
        )
        lines.append(f"    {point.no + '. ' if point.no else ''}{text}")
        lines.append(f"        {_who(point)}{_until(point.deadline)}　〔{point.place}〕")
    return lines


def _who(point: WorkPoint) -> str:
    who = point.responsibility
    if not who.assignments:
        return "（无责任单位）"
    said = "；".join(f"{role.label}：{'、'.join(who.having(role))}" for role in Role if who.having(role))
    mode = "" if who.mode in (Mode.LEAD_ALL, Mode.SINGLE) else f"（{_MODES[who.mode]}）"
    return said + mode + ("（沿用上栏）" if point.inherited else "")


def _until(deadline: Deadline) -> str:
    if not deadline.text:
        return ""
    due = f"→{deadline.due.isoformat()}" if deadline.due else ""
    return f"　时限：{deadline.text}{due}"


def _findings(reading: Reading) -> list[str]:
    if not reading.findings:
        return ["没有发现问题。"]
    return [
        f"需要核对的有{len(reading.findings)}处：",
        *(f"  [{_WEIGHT[each.severity]}] {each}" for each in reading.findings),
    ]
