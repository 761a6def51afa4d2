"""`tracker read`: show what was understood of a plan, and what a person should look at.

It needs no office, and writes nothing but the 分工核对表 that was asked for.

In an office folder it knows what was said of an issuer's columns before. A 分工核对表 that is read shows the plan
with its corrections.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracker import __version__
from tracker.files.folders import OfficeFolder
from tracker.files.safe import safe_write
from tracker.formats.books import lay_out_proof, prove
from tracker.logbooks import LOGBOOKS, Logbook
from tracker.model import Deadline, Duty, Mode, Plan, Role, WorkPoint
from tracker.problems.base import Exit, once
from tracker.problems.office import NoOffice
from tracker.problems.reading import UNDEFINED_GROUP
from tracker.reading.plan import PlanReading
from tracker.reading.tables import Field, Use
from tracker.steps.call import Call, Result
from tracker.steps.desk import open_desk
from tracker.steps.editions import is_answered
from tracker.steps.logbooks import open_catalogue
from tracker.steps.proof import NAME, remembered_columns, understand
from tracker.steps.register import path_of, read_book
from tracker.workdays import Calendar

_MODES = {
    Mode.LEAD_ALL: "牵头",
    Mode.JOINTLY: "共同负责",
    Mode.EACH: "分别负责",
    Mode.SINGLE: "单独负责",
    Mode.UNSPECIFIED: "未写明方式",
}
_WIDEST = 36


def read(call: Call, file: Path, *, workbook: Path | None = None, with_proof: bool = False) -> Result:
    """Read a plan file.

    Args:
        call: Where to look for an office folder.
        file: The plan, or a 分工核对表.
        workbook: Where to lay the 分工核对表; beside the file by default.
        with_proof: Whether to lay one out.
    """
    calendar, columns_by_issuer, folder, logbooks = _office_context(call)
    call.progress(0, 2, "识别方案")
    plan_file = understand(
        file, calendar=calendar, columns_by_issuer=columns_by_issuer, folder=folder, logbooks=logbooks
    )
    call.progress(1, 2, "整理结果")
    groups = (
        _group_members(folder)
        if any(f.code == UNDEFINED_GROUP.code for f in plan_file.reading.findings)
        else {}
    )
    open_findings = (f for f in plan_file.reading.findings if not is_answered(f, groups))
    reading = replace(plan_file.reading, findings=(*plan_file.unclear, *open_findings))
    lines = [*plan_file.lines, *overview(reading, file.name)]
    data = as_data(reading)
    if plan_file.refusal:
        data["logbooks"] = {
            duty.logbook: duty.place for duty in reversed(reading.plan.duties) if duty.logbook
        }
    if plan_file.refusal and not with_proof:
        # No plan: what the text lays down is shown, and the file refused all the same.
        return Result(tuple(lines), data, Exit.REFUSED, plan_file.refusal)
    if with_proof and not call.dry_run:
        target = workbook or file.with_name(NAME)
        if target.is_dir():
            target = target / NAME
        book = lay_out_proof(prove(plan_file.reading, plan_file.source, version=__version__))
        write_result = safe_write(_free(target, book), book, now=call.now)
        data["workbook"] = str(write_result.path)
        lines += ["", f"已生成《{write_result.path.name}》：{write_result.path}"]
        if write_result.path.name != target.name:
            lines.append(f"原来的《{target.name}》里可能有您的更正，没有动它。")
        lines.append("请打开核对、改正后保存关闭，再运行 tracker record 这份核对表。")
    return Result(tuple(lines), data)


def _office_context(
    call: Call,
) -> tuple[Calendar, Mapping[str, Mapping[str, Field]], OfficeFolder | None, Sequence[Logbook]]:
    """Working days, remembered columns and logbooks of the office that the call stands in; nothing where it is none."""
    try:
        with open_desk(call) as desk:
            logbooks = open_catalogue(desk).logbooks
            return desk.calendar, remembered_columns(desk.ledger), desk.folder, logbooks
    except NoOffice:
        return Calendar(), {}, None, LOGBOOKS


def _group_members(folder: OfficeFolder | None) -> dict[str, Sequence[str]]:
    """The members of collective names that the office's list has."""
    if folder is None or not path_of(folder.root).exists():
        return {}
    return {row.name: row.members for row in read_book(path_of(folder.root)).groups}


def _free(path: Path, data: bytes) -> Path:
    """A path that holds nothing, or these bytes already: what somebody may have worked in is never replaced."""
    candidate, n = path, 1
    while candidate.exists() and candidate.read_bytes() != data:
        n += 1
        candidate = path.with_name(f"{path.stem}（{n}）{path.suffix}")
    return candidate


def as_data(reading: PlanReading) -> dict[str, Any]:
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
            if duty.deadline.text
        ],
        "basis": [{"title": cited.title, "number": cited.number} for cited in plan.basis],
        "annexes": list(plan.annexes),
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
        "lead": list(who.names_in(Role.LEAD)),
        "responsible": list(who.names_in(Role.RESPONSIBLE)),
        "support": list(who.names_in(Role.SUPPORT)),
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
        **deadline.milestones_as_data(),
    }


def overview(reading: PlanReading, name: str) -> list[str]:
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
    lines += [f"引用文件：{'；'.join(map(str, plan.basis))}"] if plan.basis else []
    lines += [f"附件：{'；'.join(plan.annexes)}"] if plan.annexes else []
    lines += ["", *_counts(plan), *_account(reading), "", *_points(plan)] if plan.work_points else []
    if plan.groups:
        lines += ["", "集体名称："]
        for group in plan.groups:
            members = (
                "文件未列成员"
                if group.members is None
                else f"{len(group.members)}个：" + "、".join(group.members)
            )
            lines.append(f"  {group.name}（{members}）")
    if plan.duties:
        lines += ["", "来文要求："]
        section = ""
        for duty in plan.duties:
            lines += [f"■ {duty.section}"] if duty.section not in ("", section) else []
            section = duty.section
            lines.append(f"  {duty.place}　{duty.what}{_until(duty.deadline)}{_logbook_words(duty)}")
    lines += ["", *_findings(reading)]
    return lines


def _account(reading: PlanReading) -> list[str]:
    """How much of the file stands somewhere in the plan, and how much was not read."""
    account = reading.account
    if not account.total:
        return []
    unread = account.count(Use.UNREAD)
    idle = account.count(Use.TEXT)
    return [
        f"原件去向：有内容的格和行共{account.total}个，未读取的{unread}个"
        + (f"，另有没有写明责任单位的文字{idle}段" if idle else "")
    ]


def _counts(plan: Plan) -> list[str]:
    points = plan.work_points
    units = {assignment.unit for point in points for assignment in point.responsibility.assignments}
    single_units = units - {group.name for group in plan.groups}
    lead_count = sum(bool(point.responsibility.names_in(Role.LEAD)) for point in points)
    inherited_count = sum(point.inherited for point in points)
    return [
        f"任务事项：{len(points)}项（板块{len({p.section for p in points if p.section})}个，"
        f"工作任务{len({(p.section, p.task) for p in points if p.task})}个）",
        f"责任单位：{len(single_units)}个，另有集体名称{len(plan.groups)}个；写明牵头的{lead_count}项，沿用上栏的{inherited_count}项",
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
    text = "；".join(f"{role.label}：{'、'.join(who.names_in(role))}" for role in Role if who.names_in(role))
    mode = "" if who.mode in (Mode.LEAD_ALL, Mode.SINGLE) else f"（{_MODES[who.mode]}）"
    return text + mode + ("（沿用上栏）" if point.inherited else "")


def _until(deadline: Deadline) -> str:
    if not deadline.text:
        return ""
    due = f"→{deadline.due.isoformat()}" if deadline.due else ""
    parts = "；".join(milestone.label for milestone in deadline.milestones)
    return f"　时限：{deadline.text}{due}" + (f"　分段：{parts}" if parts else "")


def _logbook_words(duty: Duty) -> str:
    return f"　登记簿：{duty.logbook}" if duty.logbook else ""


def _findings(reading: PlanReading) -> list[str]:
    if not reading.findings:
        return ["没有发现问题。"] if reading.plan.work_points else []
    return [
        f"需要核对的有{len(reading.findings)}处：",
        *(f"  [{finding.severity.label}] {finding}" for finding in once(reading.findings)),
    ]
