"""工作台.xlsx: today as a workbook, for a PC on which no page can be served: links, and cells in which things are decided.

今日 lists what waits, each with the workbook in which it is done; 签发 the slips that wait for a signature, with a cell for
the verdict; 待核对事项 is the very sheet of 待核对事项清单.xlsx. No macros: what was decided is taken in when a launcher runs
next, and the workbook is laid out anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from tracker.columns import Column, Owner
from tracker.formats.books.answers import ListColumn, list_in, rows_of
from tracker.formats.books.round_lists import QUESTION_HEADS, questions_sheet, read_decisions
from tracker.formats.books.tables import lay_out
from tracker.forms import Question
from tracker.grid import Source
from tracker.problems.base import Finding
from tracker.table import Table
from tracker.tiers import SlipState
from tracker.values import dataclass

_SLIP, _VERDICT = "编号", "签发意见"
VERDICT_WORDS = {"签发": SlipState.SIGNED, "作废": SlipState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class DayTask:
    """One thing that waits: what, what to do, and the file or folder in which it is done (empty: none)."""

    what: str
    advice: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A slip that waits for a signature; `path` is its file."""

    document: str
    tier: str
    unit: str
    points: str
    path: str


@dataclass(frozen=True, slots=True)
class DayDecisions:
    """What somebody typed: choice and text by question, a word by slip, and the hash of the workbook.

    `findings` say why a sheet could not be read: its heads are gone.
    """

    questions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    slips: Mapping[str, str] = field(default_factory=dict)
    sha: str = ""
    findings: tuple[Finding, ...] = ()


def lay_out_daybook(
    day: str,
    tasks: Sequence[DayTask],
    drafts: Sequence[DraftRow],
    questions: Sequence[Question],
    places: Sequence[tuple[str, str]],
    decisions: DayDecisions,
) -> bytes:
    """Lay out the workbook.

    Args:
        day: The day, as people write it.
        tasks: What waits.
        drafts: The slips that wait for a signature.
        questions: What a person has to decide.
        places: Name and path of the workbooks and folders of the office.
        decisions: What was typed and could not be carried out yet.
    """
    rows = [(task.what, task.advice, "打开" if task.path else "") for task in tasks]
    rows = rows or [("今天没有要办的事。", "", "")]
    today = Table(
        name="今日",
        title=f"工作台　{day}",
        notes=(
            "本机运行，不联网，不得处理涉密信息。",
            "在“签发”“待核对事项”两页里选好意见，保存关闭，再双击任何一个步骤（如“今日待办”），就按选好的办。",
        ),
        columns=(
            Column("事项", 60, Owner.COMPUTED),
            Column("请这样办", 44, Owner.COMPUTED),
            Column("打开", 24, Owner.COMPUTED),
        ),
        rows=(*rows, *((name, "", "打开") for name, _ in places)),
        links={
            **{(n, 2): task.path for n, task in enumerate(tasks) if task.path},
            **{(n, 2): path for n, (_, path) in enumerate(places, start=len(rows))},
        },
    )
    signatures = Table(
        name="签发",
        title="待送签的督办单",
        notes=("领导已签的选“签发”，随即发出；不发的选“作废”；空着的留着。",),
        columns=(
            Column(_SLIP, 8, Owner.COMPUTED),
            Column("种类", 8, Owner.COMPUTED),
            Column("单位", 24, Owner.COMPUTED),
            Column("涉及事项", 44, Owner.COMPUTED),
            Column("文件", 10, Owner.COMPUTED),
            Column(_VERDICT, 12, choices=tuple(VERDICT_WORDS)),
        ),
        rows=tuple(
            (
                row.document,
                row.tier,
                row.unit,
                row.points,
                "打开" if row.path else "",
                decisions.slips.get(row.document, ""),
            )
            for row in drafts
        ),
        links={(n, 4): row.path for n, row in enumerate(drafts) if row.path},
    )
    sheet = questions_sheet(questions, decisions.questions)
    return lay_out((today, signatures, sheet))


def read_daybook(source: Source) -> DayDecisions:
    """What somebody typed into the workbook."""
    heads = ((_SLIP, _VERDICT), QUESTION_HEADS)
    lists = [list_in(source, [ListColumn(label, is_needed=True) for label in labels]) for labels in heads]
    slips = {
        row.text(_SLIP): row.text(_VERDICT)
        for grid in source.grids
        for row in rows_of(grid, (_SLIP, _VERDICT))
        if row.text(_SLIP) and row.text(_VERDICT)
    }
    spoiled_lists = tuple(finding for table in lists if not table.sheet for finding in table.findings)
    return DayDecisions(read_decisions(source), slips, source.sha256, spoiled_lists)
