"""分工核对表.xlsx: the source in grey, what was understood in white, and what to look at coloured and said.

Red must be put right, yellow should be looked at, blue is said for the record; the sentence stands in 需核对 and as a
comment on the coloured cell. Nothing is protected: a person corrects it as any workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tracker.columns import Column, Owner
from tracker.formats.books.answers import IDENTITY_SHEET
from tracker.formats.books.tables import lay_out
from tracker.grid import Value
from tracker.logbooks import LOGBOOKS
from tracker.problems.base import Finding, Severity
from tracker.reading.plan import (
    BY_WORD,
    MODES,
    Label,
    Proof,
    cells_about,
    duty_name,
    read_as,
)
from tracker.table import Table

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
