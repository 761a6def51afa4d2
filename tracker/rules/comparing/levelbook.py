"""上级任务对照表: one row for each item of the superior's; what of ours serves it, by whom, how far, and the gaps.

sheet          rows
对照           the superior's items in its order
汇总           every count with its 口径 and its rows
未承接         gaps, and what nobody has confirmed (only where there are any)
本级自定事项   ours that serve none of the superior's (only where there are any)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tracker.model import Role
from tracker.problems import Finding
from tracker.rules.comparing.book import HINT
from tracker.rules.comparing.book import NOTE
from tracker.rules.comparing.book import WORD
from tracker.rules.comparing.book import ComparisonBook
from tracker.rules.comparing.book import ComparisonColumn
from tracker.rules.comparing.book import ComparisonSheet
from tracker.rules.comparing.book import choices
from tracker.rules.comparing.book import first_row
from tracker.rules.comparing.book import memory_of
from tracker.rules.comparing.book import nearness
from tracker.rules.comparing.book import open_cells
from tracker.rules.comparing.levels import Levels
from tracker.rules.comparing.levels import level_figures
from tracker.rules.comparing.proposing import LinkProposal
from tracker.rules.comparing.serving import GAP
from tracker.rules.comparing.serving import LEVEL_WORDS
from tracker.rules.comparing.stating import Judgement
from tracker.rules.comparing.stating import JudgementEntry
from tracker.rules.comparing.stating import RowMemory
from tracker.rules.comparing.yearbook import numbers_sheet
from tracker.rules.returns.asking import names_in_role
from tracker.rules.state import Office
from tracker.rules.state import Point

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


def units_of(point: Point) -> str:
    """Who leads and who answers, as the plan wrote them."""
    leads, others = names_in_role(point, Role.LEAD), names_in_role(point, Role.RESPONSIBLE)
    return "、".join([*(f"{lead}（牵头）" for lead in leads), *others])


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
