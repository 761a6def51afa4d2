"""Making a 分工核对表: everything that it shows and remembers, from a reading and its source."""

from __future__ import annotations

from tracker.grid import Source
from tracker.reading.plans.drafts import Field
from tracker.reading.plans.plan import PlanReading
from tracker.reading.proof import pages
from tracker.reading.proof.memory import ProofMemory
from tracker.reading.proof.memory import remember
from tracker.reading.proof.pages import Proof
from tracker.reading.tabular.captions import Caption
from tracker.reading.tabular.captions import read_captions

# Findings that say that something was left out.
_LEFT_OUT = frozenset(("sheet-not-read",))


def prove(reading: PlanReading, source: Source, *, version: str) -> Proof:
    """Everything that the workbook for this reading shows."""
    columns = read_captions(source)
    rows, rest = pages.point_rows(reading.plan, reading.drafts, reading.findings)
    base = ProofMemory(source.name, source.sha256, version, reading.plan, reading.findings, columns)
    return Proof(
        file=source.name,
        points=rows,
        about=pages.about_cells(reading.plan),
        groups=reading.plan.groups,
        duties=tuple(pages.duty_cells(duty) for duty in reading.plan.duties),
        duty_places=tuple(duty.place for duty in reading.plan.duties),
        captions=columns,
        left_out=(
            *((finding.place, finding.message) for finding in rest if finding.code in _LEFT_OUT),
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
        findings=tuple(finding for finding in rest if finding.code not in _LEFT_OUT),
        memory=remember(base),
    )


def _why(caption: Caption) -> str:
    if caption.field is Field.PERSON:
        return f"“{caption.label}”一栏是人员或电话，没有读取。"
    return f"“{caption.label}”一栏只作为备注随事项显示，不参与分工和时限。"
