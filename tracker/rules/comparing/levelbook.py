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
from tracker.rules.comparing.book import Book
from tracker.rules.comparing.book import Col
from tracker.rules.comparing.book import Sheet
from tracker.rules.comparing.book import choices
from tracker.rules.comparing.book import first_row
from tracker.rules.comparing.book import nearness
from tracker.rules.comparing.book import remembered
from tracker.rules.comparing.book import shown
from tracker.rules.comparing.levels import Levels
from tracker.rules.comparing.levels import level_figures
from tracker.rules.comparing.proposing import Proposed
from tracker.rules.comparing.serving import GAP
from tracker.rules.comparing.serving import WORDS
from tracker.rules.comparing.stating import Row
from tracker.rules.comparing.stating import Said
from tracker.rules.comparing.stating import Typed
from tracker.rules.comparing.yearbook import numbers_sheet
from tracker.rules.returns.asking import names
from tracker.rules.state import Office
from tracker.rules.state import Point

KEY, OTHERS = "上级编号", "本级编号"
_COLUMNS = (
    Col(KEY, 9),
    Col("上级工作任务", 16),
    Col("上级要求", 40),
    Col("上级时限", 12),
    Col("本级承接事项", 44),
    Col("本级责任单位", 20),
    Col("进展状态", 12),
    Col("相近程度", 13),
    Col("建议", 10),
    Col(WORD, 11, ours=False, choices=choices(tuple(WORDS.values()))),
    Col(OTHERS, 16, ours=False),
    Col(NOTE, 20, ours=False),
    Col(HINT, 24),
)
_AT = {column.label: number for number, column in enumerate(_COLUMNS)}
_ALL = "在本行的“判断”里选“按建议”，其余空着、建议“承接”的各行就都按建议确认；建议“未承接”的要逐行选。"


def level_book(
    office: Office,
    levels: Levels,
    proposed: Mapping[str, Proposed],
    *,
    as_of: dt.date,
    typed: Mapping[str, Typed] | None = None,
    findings: Mapping[str, Finding] | None = None,
) -> Book:
    """What the workbook shows; see `yearbook.year_book` for `typed` and `findings`."""
    typed, findings = typed or {}, findings or {}
    ours = {each.id: each for each in levels.ours}
    rows: list[tuple[str | int, ...]] = [first_row(_COLUMNS, _ALL)]
    tones: dict[tuple[int, int], str] = {(0, _AT[WORD]): "info"}
    memory: dict[str, Row] = {}
    for point in levels.theirs:
        held, offered = levels.said.get(point.id), proposed.get(point.id)
        hint = "没有找到相近的本级事项：请写本级编号并选“承接”，或选“未承接”“不属本级”并说明。"
        near = f"最接近的是 {'、'.join(offered.near)}。" if offered and offered.near else ""
        hint = hint + near if offered and not offered.others else "请确认。"
        cells = shown(held, offered, typed.get(point.id), findings.get(point.id), hint)
        about = held.others if held else offered.others if offered else ()
        mine = [ours[wp] for wp in about if wp in ours]
        rows.append(
            (
                point.id,
                point.task or point.section,
                point.requirement,
                point.deadline.text,
                "\n".join(f"{each.id} {each.requirement}" for each in mine),
                "\n".join(dict.fromkeys(units_of(each) for each in mine)),
                states_of(levels, tuple(each.id for each in mine)),
                nearness(offered.likeness) if offered and offered.others else "",
                WORDS[offered.how] if offered and not held else "",
                cells.word,
                cells.others,
                cells.note,
                cells.hint,
            )
        )
        if cells.tone:
            tones[len(rows) - 1, _AT[WORD]] = cells.tone
        if cells.hint:
            tones[len(rows) - 1, _AT[HINT]] = cells.tone or "info"
        if held and held.word == WORDS[GAP]:
            tones[len(rows) - 1, _AT["本级承接事项"]] = "error"
        memory[point.id] = Row(held or Said(), _said(offered))
    edition = office.superiors[levels.superior].edition
    number = f"（{edition.number}）" if edition.number else ""
    titles = "、".join(f"《{office.plans[each].edition.title}》" for each in levels.plans)
    sheet = Sheet(
        "对照",
        f"{edition.year}年上级任务对照表",
        (
            f"上级：《{edition.title}》{number}{len(levels.theirs)}项；本级：{titles}{len(levels.ours)}项。状态截至{as_of.isoformat()}。",
            "请在“判断”里选：承接（写本级编号，几项的用顿号分开；一项本级事项可以承接几项上级事项）、未承接、不属本级（都请写说明）。",
            "保存关闭后运行 tracker compare。没有选判断的，都不作数；确认过的以后不会被程序改动，清空“判断”即撤回。",
        ),
        _COLUMNS,
        tuple(rows),
        tones,
        frozen=1,
    )
    sheets = [sheet, numbers_sheet(level_figures(levels)), *_gaps(levels), *_own(levels)]
    return Book(tuple(sheets), remembered(memory))


def _said(offered: Proposed | None) -> Said:
    # A gap is never accepted together with others.
    return Said(WORDS[offered.how], offered.others) if offered is not None and offered.others else Said()


def units_of(point: Point) -> str:
    """Who leads and who answers, as the plan wrote them."""
    leads, others = names(point, Role.LEAD), names(point, Role.RESPONSIBLE)
    return "、".join([*(f"{each}（牵头）" for each in leads), *others])


def states_of(levels: Levels, wps: tuple[str, ...]) -> str:
    """Where several items stand: one word where they agree, else each with its number."""
    words = {wp: levels.state_word(wp) for wp in wps}
    if len(set(words.values())) <= 1:
        return next(iter(words.values()), "")
    return "\n".join(f"{wp} {word}" for wp, word in words.items())


def _gaps(levels: Levels) -> list[Sheet]:
    rows = []
    for point in levels.theirs:
        held = levels.said.get(point.id)
        if held is None or held.word == WORDS[GAP]:
            word, note = (held.word, held.note or "（没有写说明）") if held else ("待确认", "")
            rows.append(
                (point.id, point.task or point.section, point.requirement, point.deadline.text, word, note)
            )
    columns = (
        Col(KEY, 10),
        Col("上级工作任务", 20),
        Col("上级要求", 70),
        Col("上级时限", 14),
        Col("情况", 10),
        Col(NOTE, 40),
    )
    notes = ("报上级之前请逐项处理：补进本级方案，或说明原因。",)
    return (
        [Sheet("未承接", f"未承接和待确认的上级事项（{len(rows)}项）", notes, columns, tuple(rows))]
        if rows
        else []
    )


def _own(levels: Levels) -> list[Sheet]:
    used = {wp for each in levels.said.values() for wp in each.others}
    rows = tuple(
        (each.id, each.task or each.section, each.requirement, units_of(each), levels.state_word(each.id))
        for each in levels.ours
        if each.id not in used
    )
    columns = (
        Col("本级编号", 10),
        Col("工作任务", 20),
        Col("要求", 70),
        Col("责任单位", 30),
        Col("进展状态", 12),
    )
    notes = ("没有承接任何上级事项的本级事项（含上级事项尚未确认的）。",)
    return [Sheet("本级自定事项", f"本级自定事项（{len(rows)}项）", notes, columns, rows)] if rows else []
