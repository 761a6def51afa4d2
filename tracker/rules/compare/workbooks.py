"""What the workbooks 年度对照 and 上级任务对照表 show, before anybody lays them out.

年度对照: one row for each item of this year's, then one for each of last year's that nothing continues.

sheet               rows
对照                这年的事项 in plan order; then last year's, unfinished ones first
汇总                every count with its 口径 and its rows
未完且未延续        last year's items that were not finished and go on in nothing (only where there are any)
各单位              both years unit by unit, renamed and merged units under the name of today

上级任务对照表: one row for each item of the superior's; what of ours serves it, by whom, how far, and the gaps.

sheet          rows
对照           the superior's items in its order
汇总           every count with its 口径 and its rows
未承接         gaps, and what nobody has confirmed (only where there are any)
本级自定事项   ours that serve none of the superior's (only where there are any)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.comparison import (
    ALL,
    AS_PROPOSED,
    HINT,
    NOTE,
    WORD,
    ComparisonBook,
    ComparisonColumn,
    ComparisonSheet,
    Judgement,
    JudgementEntry,
    RowMemory,
    memory_of,
)
from tracker.model import Role
from tracker.problems.base import Finding
from tracker.rules.compare.levels import GAP, LEVEL_WORDS, Levels, level_figures, units_of
from tracker.rules.compare.lineage import DIVISION, MERGER
from tracker.rules.compare.proposals import ASK, LinkProposal
from tracker.rules.compare.years import YEAR_WORDS, UnitYears, YearComparison, year_figures
from tracker.rules.office import Office, Point, names_in_role
from tracker.rules.plans import successor
from tracker.rules.progress import Figure, percent

# From this likeness on, in words.
_NEARNESS = ((0.85, "基本相同"), (0.5, "很相近"), (0.3, "相近"), (0.0, "较弱"))


@dataclass(frozen=True, slots=True)
class OpenCells:
    """What the three open cells of a row show, and what is said beside them."""

    word: str
    others: str
    note: str
    hint: str
    tone: str


def open_cells(
    judgement: Judgement | None,
    proposal: LinkProposal | None,
    entry: JudgementEntry | None,
    finding: Finding | None,
    hint: str = "",
) -> OpenCells:
    """The open cells: what somebody typed and could not be taken, else what was decided, else what is proposed."""
    if entry is not None:
        message = finding.message if finding else hint or "填了内容，还没有选判断。"
        return OpenCells(entry.word, entry.others, entry.note, message, "error" if finding else "warning")
    if judgement is not None:
        return OpenCells(
            judgement.word,
            "、".join(judgement.others),
            judgement.note,
            finding.message if finding else "",
            "error" if finding else "",
        )
    others = "、".join(proposal.others) if proposal and proposal.may_be_accepted else ""
    return OpenCells("", others, "", finding.message if finding else hint, "error" if finding else "warning")


def nearness(likeness: float) -> str:
    """How alike, in words and a number.

    >>> nearness(0.912), nearness(0.2)
    ('基本相同 0.91', '较弱 0.20')
    """
    word = next(word for least, word in _NEARNESS if likeness >= least)
    return f"{word} {likeness:.2f}"


def first_row(columns: Sequence[ComparisonColumn], sentence: str) -> tuple[str, ...]:
    """The row that speaks for all others: 全部, and a sentence in the widest column."""
    widest = max(range(1, len(columns)), key=lambda n: (columns[n].width, -n))
    return tuple(ALL if n == 0 else sentence if n == widest else "" for n in range(len(columns)))


def choices(words: Sequence[str]) -> tuple[str, ...]:
    """What 判断 offers."""
    return (AS_PROPOSED, *words)


YEAR_KEY, YEAR_OTHERS = "对照号", "对应编号"
_YEAR_COLUMNS = (
    ComparisonColumn(YEAR_KEY, 9),
    ComparisonColumn("今年工作任务", 16),
    ComparisonColumn("今年要求", 38),
    ComparisonColumn("今年责任单位", 16),
    ComparisonColumn("上年对应事项", 42),
    ComparisonColumn("上年责任单位", 16),
    ComparisonColumn("上年结果", 11),
    ComparisonColumn("相近程度", 13),
    ComparisonColumn("建议", 12),
    ComparisonColumn(WORD, 11, ours=False, choices=choices(tuple(YEAR_WORDS.values()))),
    ComparisonColumn(YEAR_OTHERS, 14, ours=False),
    ComparisonColumn(NOTE, 20, ours=False),
    ComparisonColumn(HINT, 26),
)
_YEAR_AT = {column.label: number for number, column in enumerate(_YEAR_COLUMNS)}
_YEAR_ALL = (
    "在本行的“判断”里选“按建议”，其余空着的各行就都按建议确认；分不清的、上年没有完成的不包括，要逐行选。"
)


def year_book(
    office: Office,
    years: YearComparison,
    proposals: Mapping[str, LinkProposal],
    units: Sequence[UnitYears],
    *,
    as_of: dt.date,
    entries: Mapping[str, JudgementEntry] | None = None,
    findings: Mapping[str, Finding] | None = None,
) -> ComparisonBook:
    """What the workbook shows.

    Args:
        office: For names.
        years: Both years.
        proposals: For items that nobody has decided.
        units: Both years, unit by unit.
        as_of: The day of every state.
        entries: What somebody typed and was not taken.
        findings: Why, by row.
    """
    entries, findings = entries or {}, findings or {}
    olds = {point.id: point for point in years.olds}
    alone = [point for point in years.olds if _stands_alone(point.id, years, proposals)]
    alone.sort(key=lambda point: not years.is_unfinished(point.id))
    rows: list[tuple[str | int, ...]] = [first_row(_YEAR_COLUMNS, _YEAR_ALL)]
    tones: dict[tuple[int, int], str] = {(0, _YEAR_AT[WORD]): "info"}
    memory: dict[str, RowMemory] = {}
    for point in (*years.news, *alone):
        key, hint = point.id, _hint(point.id, years, proposals)
        judgement, proposal = years.judgements.get(key), proposals.get(key)
        cells = open_cells(judgement, proposal, entries.get(key), findings.get(key), hint)
        about = judgement.others if judgement else proposal.others if proposal else ()
        others = [olds[point_id] for point_id in about if point_id in olds] if key not in olds else [point]
        mine = (
            (point.task or point.section, point.requirement, _units(point))
            if key not in olds
            else ("", "", "")
        )
        rows.append(
            (
                key,
                *mine,
                "\n".join(f"{other.id} {other.requirement}" for other in others),
                "\n".join(dict.fromkeys(_units_now(office, other, as_of) for other in others)),
                "\n".join(dict.fromkeys(years.state_word(other.id) for other in others)),
                _nearness(proposal),
                _offer(proposal) if not judgement else "",
                cells.word,
                cells.others,
                cells.note,
                cells.hint,
            )
        )
        if cells.tone:
            tones[len(rows) - 1, _YEAR_AT[WORD]] = cells.tone
        if cells.hint:
            tones[len(rows) - 1, _YEAR_AT[HINT]] = cells.tone or "info"
        if key in olds and years.is_unfinished(key):
            tones[len(rows) - 1, _YEAR_AT["上年结果"]] = "error"
        memory[key] = RowMemory(judgement or Judgement(), _year_judgement(proposal))
    edition, last = (
        office.plans[years.plan].edition,
        [office.plans[plan].edition for plan in years.lasts],
    )
    titles = "、".join(f"《{last_edition.title}》" for last_edition in last)
    sheet = ComparisonSheet(
        "对照",
        f"{edition.year}年与上年事项对照",
        (
            f"今年：《{edition.title}》{len(years.news)}项；上年：{titles}{len(years.olds)}项。状态截至{as_of.isoformat()}。",
            "灰色是程序写的；请在“判断”里选：延续（写一个上年编号）、合并（写几个上年编号）、拆分（几行写同一个上年编号）、新增、"
            "不再列入（上年的行）。“对应编号”已按建议填好，可以改；“按建议”就是照“建议”和填好的编号确认。",
            "保存关闭后运行 tracker compare。没有选判断的，都不作数；确认过的以后不会被程序改动，清空“判断”即撤回。",
        ),
        _YEAR_COLUMNS,
        tuple(rows),
        tones,
        fixed_columns=1,
    )
    counts = year_figures(years)
    sheets = [
        sheet,
        numbers_sheet(counts, years.withheld),
        *_leftovers_sheet(office, years, as_of),
        *_by_unit(units),
    ]
    return ComparisonBook(tuple(sheets), memory_of(memory))


def _stands_alone(point_id: str, years: YearComparison, proposals: Mapping[str, LinkProposal]) -> bool:
    """Whether an item of last year's has a row of its own: it does not stand in the row of one of this year's."""
    return not years.goes_on(point_id) and (point_id in years.judgements or point_id in proposals)


def _nearness(proposal: LinkProposal | None) -> str:
    if proposal is None or not proposal.others:
        return ""
    if proposal.how in (MERGER, DIVISION):
        return f"文字包含 {proposal.likeness:.2f}"
    return nearness(proposal.likeness)


def _year_judgement(proposal: LinkProposal | None) -> Judgement:
    if proposal is None or not proposal.may_be_accepted:
        return Judgement()
    return Judgement(YEAR_WORDS[proposal.how], proposal.others)


def _offer(proposal: LinkProposal | None) -> str:
    if proposal is None:
        return ""
    return YEAR_WORDS.get(proposal.how, "请选定")


def _hint(point_id: str, years: YearComparison, proposals: Mapping[str, LinkProposal]) -> str:
    proposal = proposals.get(point_id)
    if proposal is not None and proposal.how == ASK and proposal.others:
        return f"分不清是哪一项：{'、'.join(proposal.others)} 都相近，请选判断并写编号。"
    near = f"最接近的是 {'、'.join(proposal.near)}。" if proposal is not None and proposal.near else ""
    if proposal is not None and proposal.how == ASK:
        return f"上年没有完成，今年没有事项延续：请写今年的编号并选“延续”，或选“不再列入”并说明原因。{near}"
    return f"请确认。{near}"


def _units(point: Point) -> str:
    leads, others = names_in_role(point, Role.LEAD), names_in_role(point, Role.RESPONSIBLE)
    return "、".join([*(f"{lead}（牵头）" for lead in leads), *others])


def _units_now(office: Office, point: Point, on: dt.date) -> str:
    """Who answered, under the names that the plan wrote and, where they are called otherwise now, that too."""
    unit_names = []
    for assignment in point.assignees:
        if assignment.via or assignment.role is Role.SUPPORT:
            continue
        now = (
            office.name_of(successor(office, assignment.unit, on), on)
            if assignment.unit in office.units
            else assignment.written
        )
        unit_names.append(
            assignment.written
            if now == assignment.written or _short_for(assignment.written, now)
            else f"{assignment.written}（现{now}）"
        )
    return "、".join(
        dict.fromkeys([*unit_names, *(name for name, role in point.collectives if role is not Role.SUPPORT)])
    )


def _short_for(short_name: str, name: str) -> bool:
    return set(short_name) <= set(name)


def numbers_sheet(counts: Sequence[Figure], withheld: frozenset[str] = frozenset()) -> ComparisonSheet:
    """Every count with its rows."""
    columns = (
        ComparisonColumn("指标", 26),
        ComparisonColumn("数值", 8),
        ComparisonColumn("占比", 9),
        ComparisonColumn("口径", 50),
        ComparisonColumn("事项", 80),
    )
    rows = tuple(
        (
            figure.label,
            figure.n,
            f"{figure.share}%" if figure.share else "",
            figure.definition,
            "、".join(figure.rows),
        )
        for figure in counts
    )
    note = "只计已经确认的；“事项”列出每个数字数的是哪些。"
    if withheld:
        note += "标注“不通报”的事项在本表中照计，不写入报告。"
    return ComparisonSheet("汇总", "对照汇总", (note,), columns, rows)


def _leftovers_sheet(office: Office, years: YearComparison, as_of: dt.date) -> list[ComparisonSheet]:
    points = {point.id: point for point in years.olds}
    rows = []
    for point_id in years.leftovers:
        judgement = years.judgements.get(point_id)
        rows.append(
            (
                point_id,
                points[point_id].task or points[point_id].section,
                points[point_id].requirement,
                _units_now(office, points[point_id], as_of),
                years.state_word(point_id),
                judgement.word if judgement else "待确认",
                (judgement.note or "（没有写原因）") if judgement else "",
            )
        )
    if not rows:
        return []
    columns = (
        ComparisonColumn("事项编号", 10),
        ComparisonColumn("工作任务", 20),
        ComparisonColumn("要求", 60),
        ComparisonColumn("责任单位", 26),
        ComparisonColumn("上年结果", 12),
        ComparisonColumn("确认情况", 12),
        ComparisonColumn("原因", 40),
    )
    notes = ("上年没有完成、今年也没有事项延续。要延续的，在“对照”里写明；确不再列入的，请写原因。",)
    return [
        ComparisonSheet(
            "未完且未延续", f"上年未完成且今年没有延续的事项（{len(rows)}项）", notes, columns, tuple(rows)
        )
    ]


def _by_unit(units: Sequence[UnitYears]) -> list[ComparisonSheet]:
    columns = (
        ComparisonColumn("单位", 26),
        ComparisonColumn("原名称", 30),
        *(
            ComparisonColumn(label, 10)
            for label in ("上年承担", "上年完成", "上年完成率", "今年承担", "今年完成", "今年完成率")
        ),
    )
    rows = tuple(
        (
            unit.name,
            "、".join(unit.formerly),
            len(unit.last),
            len(unit.last_done),
            _rate(unit.last_done, unit.last),
            len(unit.now),
            len(unit.now_done),
            _rate(unit.now_done, unit.now),
        )
        for unit in units
    )
    notes = (
        "只计牵头和负责的事项；已更名、合并的单位，上年的事项计入现在承担职责的单位。“完成”计本单位已完成的部分。",
    )
    return [ComparisonSheet("各单位", "各单位两年承担事项对比", notes, columns, rows)] if rows else []


def _rate(part: tuple[str, ...], whole: tuple[str, ...]) -> str:
    return f"{percent(len(part), len(whole))}%" if whole else "—"


LEVEL_KEY, LEVEL_OTHERS = "上级编号", "本级编号"
_LEVEL_COLUMNS = (
    ComparisonColumn(LEVEL_KEY, 9),
    ComparisonColumn("上级工作任务", 16),
    ComparisonColumn("上级要求", 40),
    ComparisonColumn("上级时限", 12),
    ComparisonColumn("本级承接事项", 44),
    ComparisonColumn("本级责任单位", 20),
    ComparisonColumn("进展状态", 12),
    ComparisonColumn("相近程度", 13),
    ComparisonColumn("建议", 10),
    ComparisonColumn(WORD, 11, ours=False, choices=choices(tuple(LEVEL_WORDS.values()))),
    ComparisonColumn(LEVEL_OTHERS, 16, ours=False),
    ComparisonColumn(NOTE, 20, ours=False),
    ComparisonColumn(HINT, 24),
)
_LEVEL_AT = {column.label: number for number, column in enumerate(_LEVEL_COLUMNS)}
_LEVEL_ALL = "在本行的“判断”里选“按建议”，其余空着、建议“承接”的各行就都按建议确认；建议“未承接”的要逐行选。"


def level_book(
    office: Office,
    levels: Levels,
    proposals: Mapping[str, LinkProposal],
    *,
    as_of: dt.date,
    entries: Mapping[str, JudgementEntry] | None = None,
    findings: Mapping[str, Finding] | None = None,
) -> ComparisonBook:
    """What the workbook shows; see `yearbook.year_book` for `entries` and `findings`."""
    entries, findings = entries or {}, findings or {}
    ours = {point.id: point for point in levels.ours}
    rows: list[tuple[str | int, ...]] = [first_row(_LEVEL_COLUMNS, _LEVEL_ALL)]
    tones: dict[tuple[int, int], str] = {(0, _LEVEL_AT[WORD]): "info"}
    memory: dict[str, RowMemory] = {}
    for point in levels.theirs:
        judgement, proposal = levels.judgements.get(point.id), proposals.get(point.id)
        hint = "没有找到相近的本级事项：请写本级编号并选“承接”，或选“未承接”“不属本级”并说明。"
        near = f"最接近的是 {'、'.join(proposal.near)}。" if proposal and proposal.near else ""
        hint = hint + near if proposal and not proposal.others else "请确认。"
        cells = open_cells(judgement, proposal, entries.get(point.id), findings.get(point.id), hint)
        about = judgement.others if judgement else proposal.others if proposal else ()
        mine = [ours[point_id] for point_id in about if point_id in ours]
        rows.append(
            (
                point.id,
                point.task or point.section,
                point.requirement,
                point.deadline.text,
                "\n".join(f"{our_point.id} {our_point.requirement}" for our_point in mine),
                "\n".join(dict.fromkeys(units_of(our_point) for our_point in mine)),
                states_of(levels, tuple(our_point.id for our_point in mine)),
                nearness(proposal.likeness) if proposal and proposal.others else "",
                LEVEL_WORDS[proposal.how] if proposal and not judgement else "",
                cells.word,
                cells.others,
                cells.note,
                cells.hint,
            )
        )
        if cells.tone:
            tones[len(rows) - 1, _LEVEL_AT[WORD]] = cells.tone
        if cells.hint:
            tones[len(rows) - 1, _LEVEL_AT[HINT]] = cells.tone or "info"
        if judgement and judgement.word == LEVEL_WORDS[GAP]:
            tones[len(rows) - 1, _LEVEL_AT["本级承接事项"]] = "error"
        memory[point.id] = RowMemory(judgement or Judgement(), _level_judgement(proposal))
    edition = office.superiors[levels.superior].edition
    number = f"（{edition.number}）" if edition.number else ""
    titles = "、".join(f"《{office.plans[plan].edition.title}》" for plan in levels.plans)
    sheet = ComparisonSheet(
        "对照",
        f"{edition.year}年上级任务对照表",
        (
            f"上级：《{edition.title}》{number}{len(levels.theirs)}项；本级：{titles}{len(levels.ours)}项。状态截至{as_of.isoformat()}。",
            "请在“判断”里选：承接（写本级编号，几项的用顿号分开；一项本级事项可以承接几项上级事项）、未承接、不属本级（都请写说明）。",
            "保存关闭后运行 tracker compare。没有选判断的，都不作数；确认过的以后不会被程序改动，清空“判断”即撤回。",
        ),
        _LEVEL_COLUMNS,
        tuple(rows),
        tones,
        fixed_columns=1,
    )
    sheets = [sheet, numbers_sheet(level_figures(levels)), *_gaps(levels), *_own_sheet(levels)]
    return ComparisonBook(tuple(sheets), memory_of(memory))


def _level_judgement(proposal: LinkProposal | None) -> Judgement:
    # A gap is never accepted together with others.
    return (
        Judgement(LEVEL_WORDS[proposal.how], proposal.others)
        if proposal is not None and proposal.others
        else Judgement()
    )


def states_of(levels: Levels, ids: tuple[str, ...]) -> str:
    """Where several items stand: one word where they agree, else each with its number."""
    words = {point_id: levels.state_word(point_id) for point_id in ids}
    if len(set(words.values())) <= 1:
        return next(iter(words.values()), "")
    return "\n".join(f"{point_id} {word}" for point_id, word in words.items())


def _gaps(levels: Levels) -> list[ComparisonSheet]:
    rows = []
    for point in levels.theirs:
        judgement = levels.judgements.get(point.id)
        if judgement is None or judgement.word == LEVEL_WORDS[GAP]:
            word, note = (judgement.word, judgement.note or "（没有写说明）") if judgement else ("待确认", "")
            rows.append(
                (point.id, point.task or point.section, point.requirement, point.deadline.text, word, note)
            )
    columns = (
        ComparisonColumn(LEVEL_KEY, 10),
        ComparisonColumn("上级工作任务", 20),
        ComparisonColumn("上级要求", 70),
        ComparisonColumn("上级时限", 14),
        ComparisonColumn("情况", 10),
        ComparisonColumn(NOTE, 40),
    )
    notes = ("报上级之前请逐项处理：补进本级方案，或说明原因。",)
    return (
        [ComparisonSheet("未承接", f"未承接和待确认的上级事项（{len(rows)}项）", notes, columns, tuple(rows))]
        if rows
        else []
    )


def _own_sheet(levels: Levels) -> list[ComparisonSheet]:
    serving_ids = {point_id for judgement in levels.judgements.values() for point_id in judgement.others}
    rows = tuple(
        (
            point.id,
            point.task or point.section,
            point.requirement,
            units_of(point),
            levels.state_word(point.id),
        )
        for point in levels.ours
        if point.id not in serving_ids
    )
    columns = (
        ComparisonColumn("本级编号", 10),
        ComparisonColumn("工作任务", 20),
        ComparisonColumn("要求", 70),
        ComparisonColumn("责任单位", 30),
        ComparisonColumn("进展状态", 12),
    )
    notes = ("没有承接任何上级事项的本级事项（含上级事项尚未确认的）。",)
    return (
        [ComparisonSheet("本级自定事项", f"本级自定事项（{len(rows)}项）", notes, columns, rows)]
        if rows
        else []
    )
