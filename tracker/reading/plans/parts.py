"""A file taken apart: work points, what stands before and after them, notes, annexes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field

from tracker.grid import Grid
from tracker.grid import Notation
from tracker.grid import Paragraph
from tracker.problems import Finding
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.groups import Annex

_SAMPLE = re.compile(
    r"示例|样表|样例|样张|模板|范例|填表说明|填写说明|填报说明|使用说明|[（(]样[)）]|参考格式|^说明$|字典|下拉|参数|代码表"
)


@dataclass(slots=True)
class Parts:
    """A file taken apart.

    Attributes:
        drafts: The work points.
        front: Texts before the plan: cover, rows above the head, letter.
        back: Short texts after it.
        letter: Paragraphs of the covering letter.
        names: Sheet names of the plan.
        notes: Notes under the tables, with their place.
        annexes: Lists of units.
        findings: What was left out.
        why: For a refusal: what was missing, as a sentence.
    """

    drafts: list[Draft] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    letter: list[Paragraph] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    why: str = ""


def is_left_out(grid: Grid) -> bool:
    """Whether a sheet is hidden, a sample or an instruction; it is named and not read."""
    if grid.notation is not Notation.SHEET:
        return False
    return grid.is_hidden or bool(_SAMPLE.search(grid.name.strip()))
