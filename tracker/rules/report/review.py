"""待核实清单: what the report lacks, for the clerk. Missing is listed and never papered over.

code              when
no-text           nobody wrote anything that could stand in the report
no-approval       the office approved no wording; a unit's own text stands
long-text         a unit's 摘要 is longer than the limit; it is never cut
no-date           done, not by periods, and nobody says when
no-evidence       done, and nobody names 佐证材料
no-reason         overdue or lagging, and nobody says why
no-unit           a written name means no unit yet
no-members        a collective name has no members: 责任单位未明确
silent            nobody who answers stated a status: the report is a 征求意见稿
proposed          counted as done by what units say, and the office has not decided
unfinished        counted as done, and a unit that was asked has not finished its share
claim             a unit says 进展滞后, and the office has not decided
application       a unit says 不涉及, and the office has not confirmed it
mostly-done       认定 基本完成, and no 核定表述 that names the rest and its day
periods           every period is over, and not every one was told of
off-track         长期坚持, and not told of by everybody who proposes, or lagging
disagree          认定状态 says done and a deciding unit does not, or the other way round
conflict          two statements wait for a decision (待核对事项清单)
withheld          an item is marked 不通报, or a column is: not in the report
unpublished       an item is marked 不公开, or a column is: not in the public version
unknown-column    不通报的栏目 or 不公开的栏目 names something that is no column
not-held          what reports usually say and the ledger does not hold
pages             headings and approved wordings alone pass the limit of pages
guiding           the guiding paragraph: 核对最新表述
figures           items with figures of the units' own that nobody has checked

起草素材表: what a report is drafted from, and what the office says of it.

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

from collections.abc import Iterable, Mapping, Sequence

from tracker.columns import BY_NAME, ELEMENTS, MATERIAL, TICK, YearTotal
from tracker.limits import is_open_government
from tracker.rules.office import Office
from tracker.rules.progress import LONG_TERM, UNCOUNTED, UNREPORTED, UnitStanding
from tracker.rules.report.annexes import MOST_TEXTS
from tracker.rules.report.chapters import difficulty_of, figures_in, paragraphs_of, report_items
from tracker.rules.report.summary import ReportItem, YearSummary, column_labels, totals_of
from tracker.rules.report.year_report import subject_of
from tracker.rules.wording import names
from tracker.values import dataclass

# What real reports say in 总体情况 and the ledger has no place for (yet): the first where the letter asks for it, the
# last where the plan is about 政务公开.
_PUBLICATION = "本级实施方案的印发和公开情况"
_MEETINGS = "工作部署会议、培训的次数和人数"
_OPENNESS = "主动公开、解读、依申请公开等全年数据"


# So many units are named.
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """One thing for the clerk to look at.

    Attributes:
        code: Its stable name.
        point_id: The work point; empty where it concerns the whole report.
        text: What is missing, and what to do.
    """

    code: str
    point_id: str
    text: str


def review_notes(
    summary: YearSummary,
    *,
    limit: int = 120,
    empty_settings: tuple[str, ...] = (),
    unpublished_columns: frozenset[str] = frozenset(),
    unknown_words: tuple[str, ...] = (),
) -> tuple[ReviewNote, ...]:
    """What the clerk has to look at before anybody signs.

    Args:
        summary: The year.
        limit: How long a 摘要 may be.
        empty_settings: Empty settings, by their labels.
        unpublished_columns: Columns of 不公开的栏目, by name.
        unknown_words: Words of the settings 不通报的栏目 and 不公开的栏目 that name no column.
    """
    notes = [
        ReviewNote("not-held", "", f"设置.xlsx 的“{label}”没有填写，报告中已留空。")
        for label in empty_settings
    ]
    if not summary.plan.edition.number:
        notes.append(ReviewNote("not-held", "", "方案没有文号，开头只写了方案名称，请补充。"))
    is_openness = is_open_government([summary.plan.edition.theme or summary.plan.edition.title])
    topics = [_PUBLICATION] * summary.asks_publication + [_MEETINGS] + [_OPENNESS] * is_openness
    if not summary.totals:
        text = "台账中没有{}，如需写入请填在《起草素材表》的“全年数据”。"
        notes += [ReviewNote("not-held", "", text.format(topic)) for topic in topics]
    if "guiding" in summary.elements:
        notes.append(ReviewNote("guiding", "", "指导段落由本办撰写，请核对最新表述。"))
    unchecked = [
        item
        for item in summary.items
        if item.remarks.get("figures_checked") != "已核实"
        and not item.is_approved
        and any(character.isdigit() for quote in item.texts for character in quote.text)
    ]
    if unchecked:
        text = f"有{len(unchecked)}项写了单位自报的数字，尚未核实，请在《起草素材表》的“是否核实”中逐项填写。"
        notes.append(ReviewNote("figures", "", text))
    notes += withheld_notes(summary, unpublished_columns)
    notes += [
        ReviewNote("unknown-column", "", f"设置.xlsx 里写了不通报或不公开“{word}”，没有这个栏目，请核对。")
        for word in unknown_words
    ]
    for item in summary.items:
        if item.kind != UNCOUNTED:
            notes += _of_item(item, limit)
        if item.point_id in summary.open_conflicts:
            notes.append(
                ReviewNote("conflict", item.point_id, "有两种说法尚未核对，请先处理《待核对事项清单》。")
            )
    return tuple(notes)


def page_notes(pages: int, limit: int, items: int) -> tuple[ReviewNote, ...]:
    """What a report costs whose headings and approved wordings alone pass the limit of pages, and what its annex leaves out."""
    return (*_of_body(pages, limit), *_of_annex(items))


def _of_annex(items: int) -> tuple[ReviewNote, ...]:
    if items <= MOST_TEXTS:
        return ()
    text = f"事项超过{MOST_TEXTS}项，附件的一览表不列落实情况，见同名 .xlsx 的“任务落实情况一览表”。"
    return (ReviewNote("pages", "", text),)


def _of_body(pages: int, limit: int) -> tuple[ReviewNote, ...]:
    if pages <= limit:
        return ()
    text = (
        f"正文约{pages}页，超过“报告正文页数上限”{limit}页：板块、任务的标题，核定表述和典型做法总要写入。"
        "请在《起草素材表》中合并段落、精简改定稿，或者调整上限。"
    )
    return (ReviewNote("pages", "", text),)


def withheld_notes(summary: YearSummary, unpublished_columns: frozenset[str]) -> list[ReviewNote]:
    """What the office keeps out of the report and of the public version, so that nobody thinks it forgotten."""
    notes = [
        ReviewNote("withheld", point_id, "标注“不通报”，没有写入报告和网页，也没有计入数字，请确认。")
        for point_id in summary.withheld_points
    ]
    notes += [
        ReviewNote("unpublished", point_id, "标注“不公开”，没有写入公开版，也没有计入公开版的数字，请确认。")
        for point_id in summary.unpublished_points
    ]
    if summary.excluded_columns:
        text = f"栏目{column_labels(summary.excluded_columns)}设为不通报，其中的文字没有写入报告和通报。"
        notes.append(ReviewNote("withheld", "", text))
    if unpublished_columns:
        text = f"栏目{column_labels(unpublished_columns)}设为不公开，其中的文字没有写入公开版。"
        notes.append(ReviewNote("unpublished", "", text))
    return notes


def _of_item(item: ReportItem, limit: int) -> list[ReviewNote]:
    notes: list[tuple[str, str]] = []
    if not item.texts:
        notes.append(("no-text", "没有核定表述，责任单位也没有可以写入的摘要或进展，正文只写了状态。"))
    elif not item.is_approved:
        columns = sorted({BY_NAME[quote.column].label for quote in item.texts})
        notes.append(("no-approval", f"没有核定表述，正文用的是单位的{'、'.join(columns)}，请核定。"))
    long = [quote.who for quote in item.texts if quote.column == "summary" and len(quote.text) > limit]
    if long:
        notes.append(("long-text", f"{names(long)}的摘要超过{limit}字，请压缩。"))
    if item.kind == "done":
        if not item.done_on and not item.standing.periods[1]:
            notes.append(("no-date", "已完成，但没有完成日期。"))
        if not item.evidence:
            notes.append(("no-evidence", "已完成，但没有佐证材料。"))
    if item.kind in ("overdue", "lagging") and not item.problems:
        notes.append(("no-reason", "没有说明未完成的原因和措施，请向责任单位核实。"))
    notes += _of_units(item)
    if item.standing.is_decided and _disagrees(item):
        notes.append(("disagree", "认定状态与单位自报状态不一致，报告按认定状态，请确认。"))
    return [ReviewNote(code, item.point_id, text) for code, text in notes]


def _of_units(item: ReportItem) -> list[tuple[str, str]]:
    """What the units of an item say that a person has to judge."""
    notes: list[tuple[str, str]] = []
    standing = item.standing
    name_of = {unit.unit: name for unit, name in zip(standing.units, item.unit_names, strict=True)}

    def names_of(units: Iterable[UnitStanding]) -> str:
        return names([name_of[unit.unit] for unit in units], most=_MOST_NAMES)

    undecided_names = [assignee.written for assignee in item.point.assignees if not assignee.unit]
    if undecided_names:
        notes.append(("no-unit", f"“{names(undecided_names)}”尚未对应到单位，统计中没有计入。"))
    if item.point.empty_groups:
        text = f"责任单位未明确：“{names(item.point.empty_groups)}”没有成员，请在《单位及联络员名单》的“单位组”中填写。"
        notes.append(("no-members", text))
    if standing.status == UNREPORTED and standing.units:
        notes.append(("silent", "责任单位没有反馈状态，报告为征求意见稿；请补报，或由本办填写认定状态。"))
    is_decided = standing.is_decided or standing.status == "written_off"
    if item.kind == "done" and not is_decided:
        notes.append(("proposed", "认定状态没有填写，按责任单位报送暂列“已完成”，请认定。"))
    if item.kind == "done" and standing.open_units:
        text = f"{names_of(standing.open_units)}要求填报而没有报“已完成”，该单位部分没有计入已完成，请核实。"
        if is_decided:
            text = f"{names_of(standing.open_units)}没有报“已完成”，按认定计入已完成，请核实。"
        notes.append(("unfinished", text))
    if standing.claims and not standing.is_decided:
        text = f"{names_of(standing.claims)}报“进展滞后”，尚未认定；同意的，请把认定状态填为“进展滞后”。"
        notes.append(("claim", text))
    applicants = [unit for unit in standing.units if unit.is_applicant]
    if applicants:
        text = f"{names_of(applicants)}报“不涉及”，请在台账“各单位进展”的“不涉及确认”栏填写同意或不同意。"
        notes.append(("application", text))
    if item.kind == "mostly_done" and not item.is_approved:
        notes.append(("mostly-done", "认定“基本完成”，请在核定表述中写明剩余工作和完成日期。"))
    met, periods = standing.periods
    if periods > met and item.is_open and standing.overdue:
        notes.append(("periods", f"应开展{periods}期，报有进展的{met}期，请核实没有报的各期是否开展。"))
    if item.kind == LONG_TERM and not standing.is_on_track:
        notes.append(
            (
                "off-track",
                "长期坚持的事项，有的单位没有报进展，或者报“进展滞后”“未启动”，没有写“按年度要求推进”，请核实。",
            )
        )
    return notes


def _disagrees(item: ReportItem) -> bool:
    done_statuses = {"done", "written_off"}
    claims = {unit.status in done_statuses for unit in item.standing.units if unit.status != "unreported"}
    return bool(claims) and (item.standing.status in done_statuses) not in claims


# What is said of more items than so many is said once.
_FEW_ITEMS = 3


def notes_by_point(
    notes: tuple[ReviewNote, ...],
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """What to look at, with the items that it concerns.

    First what concerns the whole report, without items; then what is said of many items, once with all of them; then
    each of the other items with all that is said of it alone.
    """
    points_of: dict[str, list[str]] = {}
    for note in notes:
        if note.point_id:
            points_of.setdefault(note.text, []).append(note.point_id)
    common = {text: points for text, points in points_of.items() if len(points) > _FEW_ITEMS}
    texts_by_unit: dict[str, list[str]] = {}
    for note in notes:
        if note.point_id and note.text not in common:
            texts_by_unit.setdefault(note.point_id, []).append(note.text)
    return (
        *(((), (note.text,)) for note in notes if not note.point_id),
        *((tuple(points), (text,)) for text, points in common.items()),
        *(((point_id,), tuple(texts)) for point_id, texts in texts_by_unit.items()),
    )


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


def material_of(summary: YearSummary, office: Office, sentences: Mapping[str, str]) -> Material:
    """The material of a plan's report, of its sentences by item (`sentences_of`)."""
    entries = typed_cells(office, [item.point_id for item in summary.items], summary.plan.plan)
    return Material(
        summary.plan.plan,
        subject_of(summary),
        tuple(
            _row(item, part.number, sentences[item.point_id], summary.state(item), entries[item.point_id])
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


def _row(item: ReportItem, paragraph: int, text: str, state: str, entries: Mapping[str, str]) -> MaterialRow:
    first = item.texts[0] if item.texts else None
    return MaterialRow(
        item.point_id,
        paragraph,
        item.point.requirement,
        f"{state}（{_basis(item)}）",
        "" if item.is_approved else text,
        "\n".join(_sources(item)),
        first.sha if first else "",
        first.place if first else "",
        _figures(item),
        _problem(item),
        entries,
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
