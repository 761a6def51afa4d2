"""分工核对表.xlsx: the source in grey, what was understood in white, and what to look at coloured and said.

    分工核对表      a row for a work point: the source in grey, what was understood in white, 需核对 at the end
    方案信息        title, number, issuer, date of issue, year
    统称及成员      the collective names and their members
    来文要求        what the covering letter asks of everybody
    栏目对应        the columns of the source, and what they were taken for
    原件去向        where every cell and line of the source went, and what was not read
    未读取的内容    sheets and columns that were not read
    说明            how to correct it

What a cell shows is a function of the plan, and the same function tells afterwards what a person changed (`corrections`).
Red must be put right, yellow should be looked at, blue is said for the record; the sentence stands in 需核对 and as a
comment on the coloured cell. Nothing is protected: a person corrects it as any workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from tracker import patterns as re
from tracker.columns import Column, Owner
from tracker.formats.books.answers import IDENTITY_SHEET
from tracker.formats.books.memory import BY_WORD, ProofMemory, remember
from tracker.formats.books.tables import lay_out
from tracker.grid import Source, Value, as_text
from tracker.logbooks import LOGBOOKS
from tracker.model import Deadline, Duty, Group, Mode, Plan, Role, WorkPoint
from tracker.problems.base import Finding, Severity, once
from tracker.reading.plan import PlanReading
from tracker.reading.tables import WORD_OF, Caption, Draft, Field
from tracker.table import Table
from tracker.values import dataclass


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
    """分段时限: the dated parts with their days, one a line; it follows 完成时限 and is never taken back."""
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
    return WORD_OF[caption.field]


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


_COLUMNS = (
    Column(Label.ROW, 7, Owner.COMPUTED),
    Column(Label.PLACE, 11, Owner.COMPUTED),
    Column(Label.SOURCE_TEXT, 36, Owner.COMPUTED),
    Column(Label.SOURCE_WHO, 26, Owner.COMPUTED),
    Column(Label.SOURCE_WHEN, 12, Owner.COMPUTED),
    Column(Label.SECTION, 13),
    Column(Label.TASK, 16),
    Column(Label.NO, 6),
    Column(Label.REQUIREMENT, 36),
    Column(Label.LEAD, 16),
    Column(Label.RESPONSIBLE, 22),
    Column(Label.SUPPORT, 16),
    Column(Label.MODE, 10, choices=tuple(MODES.values())),
    Column(Label.SAME_AS_ABOVE, 9, choices=(Label.YES,)),
    Column(Label.LIMIT, 13),
    Column(Label.DUE, 12),
    Column(Label.MILESTONES, 22, Owner.COMPUTED),
    Column(Label.TO_RECORD, 9, choices=("登记", Label.NOT_TO_RECORD)),
    Column(Label.LOOK, 40, Owner.COMPUTED),
)
_AT = {column.label: number for number, column in enumerate(_COLUMNS)}


def lay_out_proof(proof: Proof) -> bytes:
    """Lay out the workbook."""
    sheets = (
        _points(proof),
        _about(proof),
        _groups(proof),
        _duties(proof),
        _captions(proof),
        _account(proof),
        _omissions(proof),
    )
    return lay_out((*sheets, _explanation()), hidden_sheets={IDENTITY_SHEET: proof.memory})


def _points(proof: Proof) -> Table:
    tones: dict[tuple[int, int], Severity] = {}
    comments: dict[tuple[int, int], str] = {}
    rows: list[tuple[Value, ...]] = []
    for number, point in enumerate(proof.points):
        for finding in point.findings:
            tone, sentence = finding.severity, _sentence(finding)
            tones[number, _AT[Label.LOOK]] = tone
            about = cells_about(finding, point.cells)
            for label in about:
                tones[number, _AT[label]] = tone
            place = number, _AT[about[0]]
            comments[place] = "\n".join(filter(None, (comments.get(place), sentence)))
        look = "\n".join(_sentence(finding) for finding in point.findings)
        rows.append((point.row, point.place, *_values({**point.source, **point.cells}), "", look))
    count = sum(bool(point.findings) for point in proof.points)
    return Table(
        name=Label.POINTS,
        title=Label.POINTS,
        notes=(
            f"原件：{proof.file}。任务事项 {len(rows)} 项，需要核对的 {count} 项（见最右一栏，有颜色的格子上有批注）。",
            "灰色是原文，请勿改动；白色是读懂的内容，不对的直接改。新增的事项写在最后一行下面（核对号留空）；"
            f"不登记的，在“{Label.TO_RECORD}”选“{Label.NOT_TO_RECORD}”。",
            "改完保存关闭，登记这份《分工核对表》。",
        ),
        columns=_COLUMNS,
        rows=tuple(rows),
        tones=tones,
        comments=comments,
        fixed_columns=3,
    )


def _values(cells: Mapping[str, str]) -> tuple[Value, ...]:
    labels = [column.label for column in _COLUMNS[2:-2]]
    return tuple(_value(label, cells.get(label, "")) for label in labels)


def _value(label: str, text: str) -> Value:
    return dt.date.fromisoformat(text) if label in (Label.DUE, Label.ISSUE_DAY) and text else text


def _sentence(finding: Finding) -> str:
    return f"〔{finding.severity.label}〕{finding.message}"


def _about(proof: Proof) -> Table:
    rows = tuple(
        (label, _value(label, text) if label == Label.ISSUE_DAY else text)
        for label, text in proof.about.items()
    )
    findings = tuple(_sentence(finding) for finding in proof.findings)
    empty = {(n, 1): Severity.WARNING for n, (_, text) in enumerate(rows) if not text}
    return Table(
        name=Label.ABOUT,
        title=Label.ABOUT,
        notes=("文件里没有印的，可以在这里补填；印发日期用来计算“自发文之日起”一类的时限。", *findings),
        columns=(Column(Label.ITEM, 14, Owner.COMPUTED), Column(Label.CONTENT, 80)),
        rows=rows,
        tones=empty,
    )


def _groups(proof: Proof) -> Table:
    rows = tuple(
        (group.name, "、".join(group.members or ()), len(group.members or ())) for group in proof.groups
    )
    return Table(
        name=Label.GROUPS,
        title=Label.GROUPS,
        notes=(
            "方案中的统称包括哪些单位，用顿号分开；空着的，登记后也可以在《单位及联络员名单》的“单位组”中填写。",
        ),
        columns=(
            Column(Label.NAME, 36, Owner.COMPUTED),
            Column(Label.MEMBERS, 90),
            Column("个数", 7, Owner.COMPUTED),
        ),
        rows=rows,
        tones={(n, 1): Severity.WARNING for n, group in enumerate(proof.groups) if group.members is None},
    )


def _duties(proof: Proof) -> Table:
    rows = tuple(
        (
            duty_name(n),
            place,
            cells[Label.WHAT],
            cells[Label.ADDRESSEE],
            cells[Label.LIMIT],
            _value(Label.DUE, cells[Label.DUE]),
            cells[Label.LOGBOOK],
            "",
        )
        for n, (place, cells) in enumerate(zip(proof.duty_places, proof.duties, strict=True))
    )
    return Table(
        name=Label.DUTIES,
        title=Label.DUTIES,
        notes=(
            "来文正文里对所有收文单位提出的有时限的要求，以及要求登记的内容：登记后到期提醒，",
            f"“{Label.LOGBOOK}”一栏写明的登记簿随登记启用（改选、清空都可以）；没有日期、只有时长的，作为时限规则在“时限事项”里选用。",
        ),
        columns=(
            Column(Label.ROW, 8, Owner.COMPUTED),
            Column(Label.PLACE, 12, Owner.COMPUTED),
            Column(Label.WHAT, 70),
            Column(Label.ADDRESSEE, 24),
            Column(Label.LIMIT, 18),
            Column(Label.DUE, 12),
            Column(Label.LOGBOOK, 20, choices=tuple(logbook.name for logbook in LOGBOOKS)),
            Column(Label.TO_RECORD, 9, choices=("登记", Label.NOT_TO_RECORD)),
        ),
        rows=rows,
    )


def _captions(proof: Proof) -> Table:
    return Table(
        name=Label.CAPTIONS,
        title=Label.CAPTIONS,
        notes=(
            "原表每一栏读作什么。读错的，在“读作”里改选，登记时会按改正后的重新读取原件，"
            "并记住这个发文单位的写法，下次自动采用。",
        ),
        columns=(
            Column(Label.PLACE, 14, Owner.COMPUTED),
            Column(Label.CAPTION, 40, Owner.COMPUTED),
            Column(Label.READ_AS, 16, choices=tuple(BY_WORD)),
        ),
        rows=tuple((caption.place, caption.label, read_as(caption)) for caption in proof.captions),
    )


def _account(proof: Proof) -> Table:
    total = sum(count for way, count, _, _ in proof.account if way)
    return Table(
        name=Label.WENT,
        title=Label.WENT,
        notes=(f"原件中有内容的格和行共 {total} 个，每一个都在下面的一类里；没有读取的列出位置和原文。",),
        columns=(
            Column("去向", 34, Owner.COMPUTED),
            Column("格（行）数", 11, Owner.COMPUTED),
            Column(Label.PLACE, 22, Owner.COMPUTED),
            Column("原文", 80, Owner.COMPUTED),
        ),
        rows=proof.account,
    )


def _omissions(proof: Proof) -> Table:
    return Table(
        name=Label.LEFT_OUT,
        title=Label.LEFT_OUT,
        notes=("原件中没有读成任务事项的内容；如应读取，请按说明处理原件后重新生成核对表。",),
        columns=(Column(Label.PLACE, 24, Owner.COMPUTED), Column("说明", 90, Owner.COMPUTED)),
        rows=proof.left_out or (("", "没有。"),),
    )


def _explanation() -> Table:
    rows = (
        (
            "牵头、责任、配合单位",
            "只写单位名称，用顿号分开，不写“牵头”“配合”等字样；按方案的写法，不必改成全称。",
        ),
        ("分工方式", "几个单位怎样负责；改了单位而没有改这一栏的，按单位重新判断。"),
        ("沿用上栏", "原件中合并单元格或写“同上”的，单位沿用上一栏；改了单位的，就不再是沿用。"),
        (
            "完成时限、到期日",
            "时限照原文写，到期日由程序算；两个都填的，以到期日为准。一项分几段完成的，每段的日期在“分段时限”，随完成时限变。",
        ),
        ("新增事项", "写在最后一行下面，核对号留空；把一行复制一份再改，第二行也算新增。"),
        ("不登记", "不要删行，在“是否登记”选“不登记”。删掉的行会被指出，不会当作不登记。"),
        (
            "颜色",
            "红色须更正，黄色请核对，蓝色仅供了解。无法识别的填写会指出是哪一格，改好之前不登记任何内容。",
        ),
        ("依据", "更正后登记的事项仍以原件为依据，位置记原件的位置；原件和本表都保存在“原件留存”。"),
    )
    return Table(
        name="说明",
        title="说明",
        notes=("本表由程序读方案生成。可以着色、加批注、加列、排序、筛选。",),
        columns=(Column("内容", 24, Owner.COMPUTED), Column("填写说明", 100, Owner.COMPUTED)),
        rows=rows,
    )
