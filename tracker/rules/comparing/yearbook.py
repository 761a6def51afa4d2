"""年度对照: one row for each item of this year's, then one for each of last year's that nothing continues.

sheet               rows
对照                这年的事项 in plan order; then last year's, unfinished ones first
汇总                every count with its 口径 and its rows
未完且未延续        last year's items that were not finished and go on in nothing (only where there are any)
各单位              both years unit by unit, renamed and merged units under the name of today
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Sequence

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
from tracker.rules.comparing.compared import Compared
from tracker.rules.comparing.compared import UnitYears
from tracker.rules.comparing.compared import figures
from tracker.rules.comparing.deciding import WORDS
from tracker.rules.comparing.lineage import DIVIDED
from tracker.rules.comparing.lineage import MERGED
from tracker.rules.comparing.proposing import ASK
from tracker.rules.comparing.proposing import Proposed
from tracker.rules.comparing.stating import Row
from tracker.rules.comparing.stating import Said
from tracker.rules.comparing.stating import Typed
from tracker.rules.plans.succession import successor
from tracker.rules.reporting.figures import Figure
from tracker.rules.reporting.shares import percent
from tracker.rules.returns.asking import names
from tracker.rules.state import Office
from tracker.rules.state import Point

KEY, OTHERS = "对照号", "对应编号"
_COLUMNS = (
    Col(KEY, 9),
    Col("今年工作任务", 16),
    Col("今年要求", 38),
    Col("今年责任单位", 16),
    Col("上年对应事项", 42),
    Col("上年责任单位", 16),
    Col("上年结果", 11),
    Col("相近程度", 13),
    Col("建议", 12),
    Col(WORD, 11, ours=False, choices=choices(tuple(WORDS.values()))),
    Col(OTHERS, 14, ours=False),
    Col(NOTE, 20, ours=False),
    Col(HINT, 26),
)
_AT = {column.label: number for number, column in enumerate(_COLUMNS)}
_ALL = "在本行的“判断”里选“按建议”，其余空着的各行就都按建议确认；分不清的、上年没有完成的不包括，要逐行选。"


def year_book(
    office: Office,
    compared: Compared,
    proposed: Mapping[str, Proposed],
    units: Sequence[UnitYears],
    *,
    as_of: dt.date,
    typed: Mapping[str, Typed] | None = None,
    findings: Mapping[str, Finding] | None = None,
) -> Book:
    """What the workbook shows.

    Args:
        office: For names.
        compared: Both years.
        proposed: For items that nobody has decided.
        units: Both years, unit by unit.
        as_of: The day of every state.
        typed: What somebody typed and was not taken.
        findings: Why, by row.
    """
    typed, findings = typed or {}, findings or {}
    olds = {each.id: each for each in compared.olds}
    alone = [each for each in compared.olds if _stands_alone(each.id, compared, proposed)]
    alone.sort(key=lambda each: not compared.is_unfinished(each.id))
    rows: list[tuple[str | int, ...]] = [first_row(_COLUMNS, _ALL)]
    tones: dict[tuple[int, int], str] = {(0, _AT[WORD]): "info"}
    memory: dict[str, Row] = {}
    for point in (*compared.news, *alone):
        key, hint = point.id, _hint(point.id, compared, proposed)
        held, offered = compared.said.get(key), proposed.get(key)
        cells = shown(held, offered, typed.get(key), findings.get(key), hint)
        about = held.others if held else offered.others if offered else ()
        others = [olds[wp] for wp in about if wp in olds] if key not in olds else [point]
        mine = (
            (point.task or point.section, point.requirement, _units(point))
            if key not in olds
            else ("", "", "")
        )
        rows.append(
            (
                key,
                *mine,
                "\n".join(f"{each.id} {each.requirement}" for each in others),
                "\n".join(dict.fromkeys(_units_now(office, each, as_of) for each in others)),
                "\n".join(dict.fromkeys(compared.state_word(each.id) for each in others)),
                _nearness(offered),
                _offer(offered) if not held else "",
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
        if key in olds and compared.is_unfinished(key):
            tones[len(rows) - 1, _AT["上年结果"]] = "error"
        memory[key] = Row(held or Said(), _said(offered))
    edition, last = (
        office.plans[compared.plan].edition,
        [office.plans[each].edition for each in compared.lasts],
    )
    titles = "、".join(f"《{each.title}》" for each in last)
    sheet = Sheet(
        "对照",
        f"{edition.year}年与上年事项对照",
        (
            f"今年：《{edition.title}》{len(compared.news)}项；上年：{titles}{len(compared.olds)}项。状态截至{as_of.isoformat()}。",
            "灰色是程序写的；请在“判断”里选：延续（写一个上年编号）、合并（写几个上年编号）、拆分（几行写同一个上年编号）、新增、"
            "不再列入（上年的行）。“对应编号”已按建议填好，可以改；“按建议”就是照“建议”和填好的编号确认。",
            "保存关闭后运行 tracker compare。没有选判断的，都不作数；确认过的以后不会被程序改动，清空“判断”即撤回。",
        ),
        _COLUMNS,
        tuple(rows),
        tones,
        frozen=1,
    )
    counts = figures(compared)
    sheets = [
        sheet,
        numbers_sheet(counts, compared.withheld),
        *_left(office, compared, as_of),
        *_by_unit(units),
    ]
    return Book(tuple(sheets), remembered(memory))


def _stands_alone(wp: str, compared: Compared, proposed: Mapping[str, Proposed]) -> bool:
    """Whether an item of last year's has a row of its own: it does not stand in the row of one of this year's."""
    return not compared.goes_on(wp) and (wp in compared.said or wp in proposed)


def _nearness(offered: Proposed | None) -> str:
    if offered is None or not offered.others:
        return ""
    if offered.how in (MERGED, DIVIDED):
        return f"文字包含 {offered.likeness:.2f}"
    return nearness(offered.likeness)


def _said(offered: Proposed | None) -> Said:
    if offered is None or not offered.may_be_accepted:
        return Said()
    return Said(WORDS[offered.how], offered.others)


def _offer(offered: Proposed | None) -> str:
    if offered is None:
        return ""
    return WORDS.get(offered.how, "请选定")


def _hint(wp: str, compared: Compared, proposed: Mapping[str, Proposed]) -> str:
    offered = proposed.get(wp)
    if offered is not None and offered.how == ASK and offered.others:
        return f"分不清是哪一项：{'、'.join(offered.others)} 都相近，请选判断并写编号。"
    near = f"最接近的是 {'、'.join(offered.near)}。" if offered is not None and offered.near else ""
    if offered is not None and offered.how == ASK:
        return f"上年没有完成，今年没有事项延续：请写今年的编号并选“延续”，或选“不再列入”并说明原因。{near}"
    return f"请确认。{near}"


def _units(point: Point) -> str:
    leads, others = names(point, Role.LEAD), names(point, Role.RESPONSIBLE)
    return "、".join([*(f"{each}（牵头）" for each in leads), *others])


def _units_now(office: Office, point: Point, on: dt.date) -> str:
    """Who answered, under the names that the plan wrote and, where they are called otherwise now, that too."""
    found = []
    for each in point.answers:
        if each.via or each.role is Role.SUPPORT:
            continue
        now = (
            office.name_of(successor(office, each.unit, on), on)
            if each.unit in office.units
            else each.written
        )
        found.append(
            each.written
            if now == each.written or _short_for(each.written, now)
            else f"{each.written}（现{now}）"
        )
    return "、".join(
        dict.fromkeys([*found, *(name for name, role in point.collectives if role is not Role.SUPPORT)])
    )


def _short_for(written: str, name: str) -> bool:
    return set(written) <= set(name)


def numbers_sheet(counts: Sequence[Figure], withheld: frozenset[str] = frozenset()) -> Sheet:
    """Every count with its rows."""
    columns = (Col("指标", 26), Col("数值", 8), Col("占比", 9), Col("口径", 50), Col("事项", 80))
    rows = tuple(
        (each.label, each.n, f"{each.share}%" if each.share else "", each.definition, "、".join(each.rows))
        for each in counts
    )
    note = "只计已经确认的；“事项”列出每个数字数的是哪些。"
    if withheld:
        note += "标注“不通报”的事项在本表中照计，不写入报告。"
    return Sheet("汇总", "对照汇总", (note,), columns, rows)


def _left(office: Office, compared: Compared, as_of: dt.date) -> list[Sheet]:
    points = {each.id: each for each in compared.olds}
    rows = []
    for wp in compared.left:
        held = compared.said.get(wp)
        rows.append(
            (
                wp,
                points[wp].task or points[wp].section,
                points[wp].requirement,
                _units_now(office, points[wp], as_of),
                compared.state_word(wp),
                held.word if held else "待确认",
                (held.note or "（没有写原因）") if held else "",
            )
        )
    if not rows:
        return []
    columns = (
        Col("事项编号", 10),
        Col("工作任务", 20),
        Col("要求", 60),
        Col("责任单位", 26),
        Col("上年结果", 12),
        Col("确认情况", 12),
        Col("原因", 40),
    )
    notes = ("上年没有完成、今年也没有事项延续。要延续的，在“对照”里写明；确不再列入的，请写原因。",)
    return [
        Sheet("未完且未延续", f"上年未完成且今年没有延续的事项（{len(rows)}项）", notes, columns, tuple(rows))
    ]


def _by_unit(units: Sequence[UnitYears]) -> list[Sheet]:
    columns = (
        Col("单位", 26),
        Col("原名称", 30),
        *(
            Col(label, 10)
            for label in ("上年承担", "上年完成", "上年完成率", "今年承担", "今年完成", "今年完成率")
        ),
    )
    rows = tuple(
        (
            each.name,
            "、".join(each.formerly),
            len(each.last),
            len(each.last_done),
            _rate(each.last_done, each.last),
            len(each.now),
            len(each.now_done),
            _rate(each.now_done, each.now),
        )
        for each in units
    )
    notes = (
        "只计牵头和负责的事项；已更名、合并的单位，上年的事项计入现在承担职责的单位。“完成”计本单位已完成的部分。",
    )
    return [Sheet("各单位", "各单位两年承担事项对比", notes, columns, rows)] if rows else []


def _rate(part: tuple[str, ...], whole: tuple[str, ...]) -> str:
    return f"{percent(len(part), len(whole))}%" if whole else "—"
