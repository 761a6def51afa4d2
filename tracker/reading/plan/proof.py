"""分工核对表: what it shows and what it remembers, from a reading and its source.

    分工核对表      one row for each work point: the source in grey, what was understood in white, 需核对 at the end
    方案信息        title, number, issuer, date of issue, year
    统称及成员      each collective name and its members
    来文要求        what the covering letter asks of everybody
    栏目对应        each column of the source, and what it was taken for
    原件去向        where every cell and line of the source went, and what was not read
    未读取的内容    sheets and columns that were not read
    说明            how to correct it

What a cell shows is a function of the plan, and the same function tells afterwards what a person changed.

**What it remembers unseen**: the plan as it was read, so that only what a person changed is taken.

>>> plan = Plan(title="分工方案", year=2026, work_points=(WorkPoint("开展普查", place="分工表!B3"),))
>>> recall(remember(ProofMemory("方案.xlsx", "ab12", "0.1", plan))).plan == plan
True

**栏目对应**: which column of a table was taken for what, and reading it again with that corrected. A person who corrects 栏目对应 says what a head of this office means. Rather than teaching the readers of layouts a
second vocabulary, the head's words are replaced by the usual ones before they look (`责任单位（承接科处）`; what
stands in brackets is no part of a head's meaning): places, merges and every other cell stay as they are.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 事项内容   | 承接科处 |
    ... | 开展普查   | 统计科   |
    ... ''')
    >>> again = recaption(Source("xlsx", "a.xlsx", (grid,)), {"事项内容": Field.REQUIREMENT, "承接科处": Field.RESPONSIBLE})
    >>> again.grids[0].text(0, 1), again.grids[0].text(1, 1)
    ('责任单位（承接科处）', '统计科')
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tracker import patterns as re
from tracker.facts import deadline_from_json, deadline_to_json
from tracker.grid import Grid, Source, Value, as_text
from tracker.model import (
    Assignment,
    CitedDocument,
    Deadline,
    Duty,
    Group,
    Mode,
    Plan,
    Responsibility,
    Role,
    WorkPoint,
)
from tracker.problems.base import Finding, Severity, once
from tracker.reading.plan.account import PlanReading
from tracker.reading.tables import (
    LONGEST_HEAD,
    WORD_OF,
    Caption,
    Draft,
    Field,
    plain_head,
)
from tracker.values import dataclass

# What the hidden sheet says that the workbook is.
KIND = "分工核对表"
# Raised when what is remembered changes so that an older workbook cannot be taken any more.
LAYOUT = 1
# A cell holds 32,767 characters; what is longer goes on in the next row.
PIECE = 30_000
_KIND, _LAYOUT, _VERSION, _FILE, _SHA, _PIECES = "kind", "layout", "version", "file", "sha", "plan."


@dataclass(frozen=True, slots=True)
class ProofMemory:
    """The base that a correction is told from.

    Attributes:
        file: Name of the plan's file.
        sha: Hash of its bytes.
        version: The program's version that read it.
        plan: What was understood.
        findings: What was to be looked at.
        captions: What each column was taken for.
    """

    file: str
    sha: str
    version: str
    plan: Plan
    findings: tuple[Finding, ...] = ()
    captions: tuple[Caption, ...] = ()


def remember(base: ProofMemory) -> tuple[tuple[str, str], ...]:
    """The rows of the hidden sheet: names and texts. ASCII only, since workbooks escape what XML cannot hold."""
    plan = base.plan
    content = {
        "title": plan.title,
        "number": plan.number,
        "issuer": plan.issuer,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else "",
        "year": plan.year,
        "points": [_point_to(point) for point in plan.work_points],
        "duties": [
            [
                *(duty.what, duty.addressee, deadline_to_json(duty.deadline)),
                *(duty.place, duty.logbook, duty.section),
            ]
            for duty in plan.duties
        ],
        "groups": [[group.name, group.members] for group in plan.groups],
        "basis": [[cited.title, cited.number] for cited in plan.basis],
        "annexes": plan.annexes,
        "findings": [
            [finding.code, finding.severity.value, finding.place, finding.message]
            for finding in base.findings
        ],
        "captions": [[caption.label, WORDS[caption.field], caption.place] for caption in base.captions],
    }
    text = json.dumps(content, ensure_ascii=True, sort_keys=True)
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    marks = (
        (_KIND, KIND),
        (_LAYOUT, str(LAYOUT)),
        (_VERSION, base.version),
        (_FILE, base.file),
        (_SHA, base.sha),
    )
    return (*marks, *((f"{_PIECES}{number}", piece) for number, piece in enumerate(pieces)))


def is_proof(marks: Mapping[str, str]) -> bool:
    """Whether the marks of a workbook's hidden sheet are those of a 分工核对表."""
    return marks.get(_KIND) == KIND


def recall(rows: tuple[tuple[str, str], ...]) -> ProofMemory:
    """What the hidden sheet holds.

    Raises:
        ValueError: when it is damaged, or was written by another version's layout.
    """
    marks = dict(rows)
    if marks.get(_LAYOUT) != str(LAYOUT):
        raise ValueError("another layout")
    text, number = "", 0
    while f"{_PIECES}{number}" in marks:
        text += marks[f"{_PIECES}{number}"]
        number += 1
    try:
        content = json.loads(text)
        return ProofMemory(
            file=marks[_FILE],
            sha=marks[_SHA],
            version=marks[_VERSION],
            plan=Plan(
                title=content["title"],
                number=content["number"],
                issuer=content["issuer"],
                issued_on=dt.date.fromisoformat(content["issued_on"]) if content["issued_on"] else None,
                year=content["year"],
                work_points=tuple(_point_from(point) for point in content["points"]),
                duties=tuple(
                    Duty(what, addressee, deadline_from_json(deadline), *rest)
                    for what, addressee, deadline, *rest in content["duties"]
                ),
                groups=tuple(
                    Group(name, None if members is None else tuple(members))
                    for name, members in content["groups"]
                ),
                basis=tuple(CitedDocument(*cited) for cited in content.get("basis", ())),
                annexes=tuple(content.get("annexes", ())),
            ),
            findings=tuple(
                Finding(code, Severity(severity), place, message)
                for code, severity, place, message in content["findings"]
            ),
            captions=tuple(
                Caption(label, BY_WORD[word], place) for label, word, place in content["captions"]
            ),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("damaged") from error


def _point_to(point: WorkPoint) -> dict[str, Any]:
    who = point.responsibility
    return {
        "requirement": point.requirement,
        "section": point.section,
        "task": point.task,
        "no": point.no,
        "who": [[assignment.unit, assignment.role.value, assignment.part] for assignment in who.assignments],
        "mode": who.mode.value,
        "groups": who.groups,
        "inherited": point.inherited,
        "deadline": deadline_to_json(point.deadline),
        "remarks": point.remarks,
        "place": point.place,
    }


def _point_from(content: Mapping[str, Any]) -> WorkPoint:
    who = tuple(Assignment(unit, Role(role), part) for unit, role, part in content["who"])
    return WorkPoint(
        requirement=content["requirement"],
        section=content["section"],
        task=content["task"],
        no=content["no"],
        responsibility=Responsibility(who, Mode(content["mode"]), tuple(content["groups"])),
        inherited=content["inherited"],
        deadline=deadline_from_json(content["deadline"]),
        remarks=tuple((header, text) for header, text in content["remarks"]),
        place=content["place"],
    )


class Label:
    """The words of 分工核对表: its sheets, the heads of its columns, what stands in its cells."""

    POINTS, ABOUT, GROUPS, DUTIES = "分工核对表", "方案信息", "统称及成员", "来文要求"
    CAPTIONS, WENT, LEFT_OUT = "栏目对应", "原件去向", "未读取的内容"
    # Of the first sheet; what is the source's and the program's is never taken back.
    ROW, PLACE, LOOK = "核对号", "位置", "需核对"
    SOURCE_TEXT, SOURCE_WHO, SOURCE_WHEN = "原文：任务", "原文：责任分工", "原文：时限"
    SECTION, TASK, NO, REQUIREMENT = "板块", "工作任务", "序号", "具体要求"
    LEAD, RESPONSIBLE, SUPPORT = "牵头单位", "责任单位", "配合单位"
    MODE, SAME_AS_ABOVE = "分工方式", "沿用上栏"
    LIMIT, DUE, MILESTONES, TO_RECORD = "完成时限", "到期日", "分段时限", "是否登记"
    YES, NOT_TO_RECORD = "是", "不登记"
    # Of the smaller ones.
    ITEM, CONTENT = "项目", "内容"
    TITLE, NUMBER, ISSUER, ISSUE_DAY, YEAR = "标题", "文号", "发文单位", "印发日期", "年度"
    NAME, MEMBERS = "统称", "成员"
    WHAT, ADDRESSEE, LOGBOOK = "要求", "对象", "登记簿"
    CAPTION, READ_AS = "原栏目名称", "读作"


UNITS: Mapping[str, Role] = {
    Label.LEAD: Role.LEAD,
    Label.RESPONSIBLE: Role.RESPONSIBLE,
    Label.SUPPORT: Role.SUPPORT,
}
MODES: Mapping[Mode, str] = {
    Mode.LEAD_ALL: "牵头负责",
    Mode.JOINTLY: "共同负责",
    Mode.EACH: "分别负责",
    Mode.SINGLE: "单独负责",
    Mode.UNSPECIFIED: "未写明",
}
# A cell of a workbook holds no more; a longer text is shown in part and cannot be changed here.
LONGEST = 32_000

# Which cells a finding is about: they are coloured.
CELLS_OF: Mapping[str, tuple[str, ...]] = {
    "no-unit": (Label.LEAD, Label.RESPONSIBLE),
    "lent-units": (Label.LEAD, Label.RESPONSIBLE),
    "unclear-role": (Label.LEAD, Label.RESPONSIBLE),
    "undefined-group": (Label.RESPONSIBLE,),
    "missing-annex": (Label.RESPONSIBLE,),
    "unreadable-deadline": (Label.LIMIT, Label.DUE),
    "doubtful-limit": (Label.LIMIT, Label.DUE),
    "duplicate-number": (Label.NO,),
    "joint-without-lead": (Label.LEAD, Label.RESPONSIBLE),
    "garbled": (Label.REQUIREMENT,),
}


@dataclass(frozen=True, slots=True)
class PointRow:
    """One row of the first sheet.

    Attributes:
        row: Its 核对号.
        source: The source's texts by label.
        cells: What was understood, by label; 到期日 as ISO text.
        findings: What a person should look at here.
    """

    row: str
    place: str
    source: Mapping[str, str]
    cells: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that the workbook shows and remembers; `left_out` are places and reasons, `account` the lines of 原件去向."""

    file: str
    points: tuple[PointRow, ...]
    about: Mapping[str, str]
    groups: tuple[Group, ...]
    duties: tuple[Mapping[str, str], ...]
    duty_places: tuple[str, ...]
    captions: tuple[Caption, ...]
    account: tuple[tuple[str, int, str, str], ...]
    left_out: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    memory: tuple[tuple[str, str], ...]


def cell_text(text: str) -> str:
    r"""A text as a cell shows it; also how cells are compared, since programs change blanks and breaks.

    >>> cell_text(" 甲\r\n乙 ")
    '甲\n乙'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if len(text) <= LONGEST else text[:LONGEST] + "…（过长，未全部显示）"


def limit_cells(deadline: Deadline) -> dict[str, str]:
    """完成时限 and 到期日."""
    return {
        Label.LIMIT: cell_text(deadline.text),
        Label.DUE: deadline.due.isoformat() if deadline.due else "",
    }


def milestone_lines(deadline: Deadline) -> str:
    """分段时限: each dated part with its day, a line for each; it follows 完成时限 and is never taken back."""
    return cell_text("\n".join(milestone.label for milestone in deadline.milestones))


def point_cells(point: WorkPoint) -> dict[str, str]:
    """What the row of a work point shows as understood."""
    who = point.responsibility
    return {
        Label.SECTION: cell_text(point.section),
        Label.TASK: cell_text(point.task),
        Label.NO: cell_text(point.no),
        Label.REQUIREMENT: cell_text(point.requirement),
        **{label: cell_text("、".join(who.names_in(role))) for label, role in UNITS.items()},
        Label.MODE: MODES[who.mode],
        Label.SAME_AS_ABOVE: Label.YES if point.inherited else "",
        **limit_cells(point.deadline),
    }


def duty_cells(duty: Duty) -> dict[str, str]:
    """What the row of a duty shows."""
    return {
        Label.WHAT: cell_text(duty.what),
        Label.ADDRESSEE: cell_text(duty.addressee),
        **limit_cells(duty.deadline),
        Label.LOGBOOK: duty.logbook,
    }


def about_cells(plan: Plan) -> dict[str, str]:
    """方案信息."""
    return {
        Label.TITLE: cell_text(plan.title),
        Label.NUMBER: cell_text(plan.number),
        Label.ISSUER: cell_text(plan.issuer),
        Label.ISSUE_DAY: plan.issued_on.isoformat() if plan.issued_on else "",
        Label.YEAR: str(plan.year) if plan.year else "",
    }


def source_cells(draft: Draft) -> dict[str, str]:
    """The source of a work point, cell by cell."""
    who = "\n".join(
        (f"{statement.header}：" if statement.header else "")
        + statement.text
        + ("（沿用上栏）" if statement.is_continued else "")
        for statement in draft.statements
    )
    rest = "".join(f"\n〔{header}〕{text}" for header, text in draft.remarks)
    return {
        Label.SOURCE_TEXT: cell_text(draft.requirement + rest),
        Label.SOURCE_WHO: cell_text(who),
        Label.SOURCE_WHEN: cell_text(as_text(draft.deadline)),
    }


def point_rows(
    plan: Plan, drafts: Sequence[Draft], findings: Sequence[Finding]
) -> tuple[tuple[PointRow, ...], tuple[Finding, ...]]:
    """The rows of the first sheet, and the findings that belong to none of them.

    A finding is shown at the row whose requirement stands in the same row of the source.
    """
    by_line: dict[str, list[int]] = {}
    for position, point in enumerate(plan.work_points):
        by_line.setdefault(point.place, []).append(position)
        by_line.setdefault(_line(point.place), []).append(position)
    row_findings: dict[int, list[Finding]] = {}
    rest: list[Finding] = []
    for finding in findings:
        where = by_line.get(finding.place) or by_line.get(_line(finding.place)) if finding.place else None
        if where:
            row_findings.setdefault(where[0], []).append(finding)
        else:
            rest.append(finding)
    drafts = drafts if len(drafts) == len(plan.work_points) else ()
    rows = tuple(
        PointRow(
            row=row_name(position),
            place=point.place,
            source=source_cells(drafts[position]) if drafts else {},
            cells={**point_cells(point), Label.MILESTONES: milestone_lines(point.deadline)},
            findings=tuple(row_findings.get(position, ())),
        )
        for position, point in enumerate(plan.work_points)
    )
    return rows, tuple(rest)


def cells_about(finding: Finding, cells: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of the cells that a finding is about: of a collective name those of the roles where it stands."""
    labels = CELLS_OF.get(finding.code, (Label.LOOK,))
    if finding.code in ("undefined-group", "missing-annex"):
        names = re.findall("“([^”]+)”", finding.message)
        role_labels = tuple(label for label in UNITS if any(name in cells.get(label, "") for name in names))
        return role_labels or labels
    return labels


def row_name(position: int) -> str:
    """The 核对号 of a work point.

    >>> row_name(0)
    'H001'
    """
    return f"H{position + 1:03d}"


def duty_name(position: int) -> str:
    """The 核对号 of a duty."""
    return f"Y{position + 1:02d}"


def _line(place: str) -> str:
    """The row that a place stands in: any column of it.

    >>> _line("分工表!C5#2"), _line("T1R5C3"), _line("P7")
    ('分工表!5', 'T1R5', 'P7')
    """
    place = place.split("#")[0]
    sheet, mark, cell = place.rpartition("!")
    if mark:
        return f"{sheet}!{cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
    return re.sub(r"(R\d+)C\d+$", r"\1", place)


def read_as(caption: Caption) -> str:
    """What a column was taken for, in the words of the drop-down."""
    return WORDS[caption.field]


# Findings that say that something was left out.
_LEFT_OUT = frozenset(("sheet-not-read",))


def prove(reading: PlanReading, source: Source, *, version: str) -> Proof:
    """Everything that the workbook for this reading shows."""
    columns = reading.captions
    rows, rest = point_rows(reading.plan, reading.drafts, reading.findings)
    base = ProofMemory(source.name, source.sha256, version, reading.plan, reading.findings, columns)
    return Proof(
        file=source.name,
        points=rows,
        about=about_cells(reading.plan),
        groups=reading.plan.groups,
        duties=tuple(duty_cells(duty) for duty in reading.plan.duties),
        duty_places=tuple(duty.place for duty in reading.plan.duties),
        captions=columns,
        account=tuple(reading.account.lines()),
        left_out=(
            *((finding.place, finding.message) for finding in once(rest) if finding.code in _LEFT_OUT),
            *(
                (caption.place, _why(caption))
                for caption in columns
                if caption.field in (Field.PERSON, Field.REMARK)
            ),
            *(
                (place, f"文件附带的内容没有读取：{code} {detail}".strip())
                for code, place, detail in source.notes
            ),
        ),
        findings=tuple(finding for finding in once(rest) if finding.code not in _LEFT_OUT),
        memory=remember(base),
    )


def _why(caption: Caption) -> str:
    if caption.field is Field.PERSON:
        return f"“{caption.label}”一栏是人员或电话，没有读取。"
    return f"“{caption.label}”一栏只作为备注随事项显示，不参与分工和时限。"


# The words of the drop-down of 栏目对应.
WORDS = WORD_OF
BY_WORD = {word: field for field, word in WORDS.items()}
# So many heads of a row must be known before it is taken for the head that a person spoke of.
_FEWEST = 2


def knows(source: Source, fields: Mapping[str, Field]) -> bool:
    """Whether a table of the file has the heads that somebody spoke of."""
    head_texts = {plain_head(label) for label in fields}
    return any(_head_row(grid, head_texts) is not None for grid in source.grids)


def recaption(source: Source, fields: Mapping[str, Field]) -> Source:
    """The same file with the words of its heads replaced by what a person says that they mean."""
    by_head = {plain_head(label): field for label, field in fields.items()}
    blocks = tuple(
        _recaption_grid(block, by_head) if isinstance(block, Grid) else block for block in source.blocks
    )
    return replace(source, blocks=blocks)


def _recaption_grid(grid: Grid, fields: Mapping[str, Field]) -> Grid:
    rows: list[list[Value]] = [list(row) for row in grid.rows]
    is_changed = False
    for row in range(grid.height):
        labels_by_column = _labels(grid, row)
        columns = [column for column, labels in labels_by_column.items() if fields.keys() & labels]
        if len(columns) < min(_FEWEST, len(fields)):
            continue
        for column in columns:
            field = next(
                fields[label]
                for label in (plain_head(grid.text(row, column)), *labels_by_column[column])
                if label in fields
            )
            rows[row][column] = f"{WORDS[field]}（{grid.text(row, column).strip()}）"
            is_changed = True
    return replace(grid, rows=tuple(tuple(row) for row in rows)) if is_changed else grid


def _head_row(grid: Grid, head_texts: set[str]) -> int | None:
    for row in range(grid.height):
        if sum(bool(head_texts & labels) for labels in _labels(grid, row).values()) >= min(
            _FEWEST, len(head_texts)
        ):
            return row
    return None


def _labels(grid: Grid, row: int) -> dict[int, set[str]]:
    """What each own cell of a row may be called: its text, or that of the cell above it and its own together."""
    labels: dict[int, set[str]] = {}
    for column in range(grid.width):
        text = grid.text(row, column).strip()
        if grid.is_continuation(row, column) or not text or len(text) > 2 * LONGEST_HEAD:
            continue
        above = grid.visible_text(row - 1, column).strip() if row else ""
        labels[column] = {plain_head(text), plain_head(above + text)}
    return labels
