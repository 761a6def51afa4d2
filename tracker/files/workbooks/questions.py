"""待核对事项清单.xlsx: one row for each question, both texts beside each other, and a drop-down."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence

from tracker.files.lists.books import BookColumn
from tracker.files.lists.books import BookSheet
from tracker.files.lists.books import lay_out
from tracker.grid import Source
from tracker.reading.sheets.labelled import rows_of
from tracker.rules.returns.questions import CONFLICT_CHOICES
from tracker.rules.returns.questions import KEEP_OURS
from tracker.rules.returns.questions import TAKE_THEIRS
from tracker.rules.returns.questions import WRITE_OTHER
from tracker.rules.returns.questions import Question

_NO, _CHOICE, _OTHER = "编号", "处理意见", "另行填写的内容"


def lay_out_questions(
    questions: Sequence[Question], decisions: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """Lay out the list; `decisions` are decisions typed already: choice and text by conflict."""
    choices = decisions or {}
    sheet = BookSheet(
        "待核对事项",
        "待核对事项清单",
        (
            "同一格内容两边都改过，程序没有采用任何一方，台账保持原样；两边的文字都在下面。",
            f"请在“{_CHOICE}”里选一项（选“{WRITE_OTHER}”的，把文字写在右边一栏），保存关闭后运行 tracker settle。",
            f"栏目写“哪份在后”的，是同一单位的两份报表：选“{TAKE_THEIRS}”就整份改用新收的，选“{KEEP_OURS}”就仍用先收的。",
        ),
        (
            BookColumn(_NO, 8, ours=True),
            BookColumn("事项", 34, ours=True),
            BookColumn("单位", 16, ours=True),
            BookColumn("期次", 12, ours=True),
            BookColumn("栏目", 14, ours=True),
            BookColumn("下发时", 24, ours=True),
            BookColumn("台账现有", 34, ours=True),
            BookColumn("新报送的", 34, ours=True),
            BookColumn("原因", 18, ours=True),
            BookColumn(_CHOICE, 14, choices=CONFLICT_CHOICES),
            BookColumn(_OTHER, 34),
        ),
        tuple(
            (
                question.conflict,
                question.point,
                question.unit,
                question.round,
                question.column,
                question.base,
                question.ours,
                question.theirs,
                question.why,
                *choices.get(question.conflict, ("", "")),
            )
            for question in questions
        ),
    )
    return lay_out((sheet,))


def read_decisions(source: Source) -> dict[str, tuple[str, str]]:
    """What somebody typed: choice and text by conflict, where either is filled in."""
    decisions = {}
    for grid in source.grids:
        for row in rows_of(grid, (_NO, _CHOICE, _OTHER)):
            other = row.cells.get(_OTHER)
            text = other if isinstance(other, str) else row.text(_OTHER)
            if row.text(_NO) and (row.text(_CHOICE) or text.strip()):
                decisions[row.text(_NO)] = (row.text(_CHOICE), text)
    return decisions
