"""起草素材表: what a report is drafted from, and what the office says of it.

A row for each work point that the report tells of: where it stands and by whose word, the proposed sentence, where it
came from, its figures. The office writes the other columns, and they are facts of the ledger:

    column        fact (`Cell.field`, of the work point)   what it does
    段落号         paragraph                                the paragraph in which its sentence stands
    是否核实       figures_checked                          told in 待核实清单 while a figure is not 已核实
    文号/网址      reference                                kept beside the sentence
    亮点          highlight                                its sentence stands among 典型做法
    问题          issue                                    one of 存在的主要问题, in place of 拟用问题 (无: none is told)
    可否公开       unpublished (否 is 是 of 不公开)           stays out of the public version
    改定稿         wording (核定表述 of 工作台账)              stands in the report in place of the proposed sentence
    核稿人         reviewer                                 kept

What it writes for the report as a whole (`columns.ELEMENTS`, 全年数据) are facts of the plan. Both are read back against
what the workbook said when it was laid out, so a wording that was changed in 工作台账 meanwhile is no conflict unless both
were changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.columns import ELEMENTS, MATERIAL, TICK, YearTotal
from tracker.outline import Say
from tracker.rules.office import Office
from tracker.rules.report.annexes import annexes_of
from tracker.rules.report.chapters import difficulty_of, paragraphs_of, report_items, sentences_of
from tracker.rules.report.sentences import figures_in
from tracker.rules.report.summary import ReportItem, YearSummary, totals_of
from tracker.rules.report.year_report import subject_of
from tracker.values import dataclass

# The words of 可否公开.
OPEN_WORD, CLOSED_WORD = "可", "否"
# What the office writes of a work point, in the order of the workbook.
MATERIAL_FIELDS = (*(column.name for column in MATERIAL), "unpublished", "wording")


# So many sources of one item are named.
_FEW = 3


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """A row of the workbook.

    Attributes:
        point_id: The work point.
        paragraph: The paragraph in which its sentence stands.
        requirement: The point as the plan words it.
        basis: Where it stands, and by whose word.
        proposal: The proposed sentence.
        source: Who wrote it, in which file and cell, and what was named as evidence.
        sha: Hash of the file that the first text came from; empty where there is none.
        place: The cell in it.
        figures: Its figures, and whose they are.
        problem: The proposed problem with its next step; empty where the office words it.
        entries: What the office wrote, by field.
    """

    point_id: str
    paragraph: int
    requirement: str
    basis: str
    proposal: str
    source: str
    sha: str
    place: str
    figures: str
    problem: str
    entries: Mapping[str, str]


@dataclass(frozen=True)
class Material:
    """What the workbook shows of a plan.

    Attributes:
        plan: The plan's id.
        subject: What the report is about.
        rows: In the order of the report.
        elements: What the office wrote for the report as a whole, by name.
        totals: The totals of the year that it entries.
    """

    plan: str
    subject: str
    rows: tuple[MaterialRow, ...]
    elements: Mapping[str, str]
    totals: tuple[YearTotal, ...]


def material_of(summary: YearSummary, office: Office, say: Say) -> Material:
    """The material of a plan's report."""
    annex = annexes_of(summary, say, subject_of(summary))
    sentences = sentences_of(summary, say, annex)
    return Material(
        summary.plan.plan,
        subject_of(summary),
        tuple(
            _row(item, part.number, sentences[item.point_id], summary, office)
            for part in paragraphs_of(report_items(summary))
            for item in part.items
        ),
        {name: summary.elements.get(name, "") for name in ELEMENTS},
        summary.totals,
    )


def typed_cells(office: Office, point_ids: Sequence[str], plan: str) -> dict[str, dict[str, str]]:
    """What the ledger says of what the workbook takes: by subject (a work point, or the plan) and field."""
    fields = {**dict.fromkeys(point_ids, MATERIAL_FIELDS), plan: tuple(ELEMENTS)}
    texts = {
        subject: {
            name: cell.value if (cell := office.cells.get((subject, "", name, ""))) else "" for name in names
        }
        for subject, names in fields.items()
    }
    texts[plan]["totals"] = totals_of(office, plan)
    return texts


def _row(item: ReportItem, paragraph: int, text: str, summary: YearSummary, office: Office) -> MaterialRow:
    first = item.texts[0] if item.texts else None
    return MaterialRow(
        item.point_id,
        paragraph,
        item.point.requirement,
        f"{summary.state(item)}（{_basis(item)}）",
        "" if item.is_approved else text,
        "\n".join(_sources(item)),
        first.sha if first else "",
        first.place if first else "",
        _figures(item),
        _problem(item),
        typed_cells(office, (item.point_id,), summary.plan.plan)[item.point_id],
    )


def _basis(item: ReportItem) -> str:
    if item.standing.is_decided:
        return "本办认定"
    speakers = dict.fromkeys(quote.who for quote in item.texts if quote.who)
    if not item.reporters:
        return "无人报送"
    return f"{next(iter(speakers), '责任单位')}{'等单位' if len(speakers) > 1 else ''}报送，尚未认定"


def _sources(item: ReportItem) -> list[str]:
    """Who wrote what stands there, in which file and cell, the first of them; then the evidence."""
    some = [
        " ".join(part for part in (quote.who or "本办", quote.file or "工作台账", quote.place) if part)
        for quote in item.texts[:_FEW]
    ]
    more = [f"等{len(item.texts)}处，见一览表“文字来源”"] if len(item.texts) > _FEW else []
    evidence = dict.fromkeys(quote.text for quote in item.evidence)
    return some + more + [f"佐证：{text}" for text in list(evidence)[:_FEW]]


def _figures(item: ReportItem) -> str:
    figures = "、".join(figures_in("；".join(quote.text for quote in item.texts[:_FEW])))
    if not figures:
        return ""
    whose = "本办核定" if item.is_approved else "单位自报，全年累计口径由单位说明"
    return f"{figures}（{whose}）"


def _problem(item: ReportItem) -> str:
    difficulty = difficulty_of(item)
    if difficulty is None or difficulty.is_worded:
        return ""
    step = f"下一步：{difficulty.step}" if difficulty.step else ""
    return "\n".join(part for part in (difficulty.problem, step) if part)


def is_published(entries: Mapping[str, str]) -> str:
    """可否公开 as the workbook says it."""
    return CLOSED_WORD if entries.get("unpublished") == TICK else OPEN_WORD
