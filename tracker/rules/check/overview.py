"""检查情况汇总: what logbooks, time limits, checks and shortcomings come to, by unit; what of it waits today, and what the papers of a check say.

    时限执行情况表   unit and rule: cases, in time, late, open; the rate is of those whose day is over or that are done
    登记情况         logbook and unit: rows, done, late, what the year asks for and is not there
    覆盖矩阵         unit: points, as lead, checks, shortcomings, rows; one that has no task and no check is told (横到边、纵到底)
    问题分类         四不 and kinds of shortcomings by unit: how many, open, found again
    选项统计         logbook, column of choices: how many rows have each
    未抽查清单       units and check items: how often drawn, when last, months since then
    历年评估         outside results by name and year: rank of how many, score, how many places up or down
    报表精简情况     unit: forms, cells to type and slips of this year and the last, hours by a rule that is told, the target

Everything is a function of what the ledger knows and a day; nothing is asked of a unit for it.

The papers are 抽取记录, 检查通知, 问题交办单, 共性问题通报.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from tracker import patterns as re
from tracker.board import Burden
from tracker.columns import Align, Column, ColumnKind
from tracker.days import day_of
from tracker.grid import Share, Value
from tracker.limits import LimitRule
from tracker.logbooks import LIMIT_CASES, SHORTCOMINGS, Logbook
from tracker.model import Role
from tracker.outline import Attachment, Block, Fields, Official, Say, Text, long_date
from tracker.rules.check.draw import Candidate, FrameKind, SpotDraw, frames_digest
from tracker.rules.check.rows import Lack, LogRow, Promptness, RowStand
from tracker.rules.check.shortcomings import (
    CommonShortcoming,
    ShortcomingStand,
    Transition,
    is_overdue,
    recurrences,
    stand_of,
)
from tracker.rules.office import Office
from tracker.rules.progress import Todo, todo_line
from tracker.rules.wording import bracketed, names
from tracker.spotcheck import CheckItem
from tracker.table import Table
from tracker.values import dataclass


@dataclass(frozen=True)
class LogbookView:
    """Every logbook that is on, as it stands on a day.

    Attributes:
        logbooks: In the order of the catalogue.
        rows: Of each, by its name: the unit that the row counts for (empty for none), the row, how it stands.
        lacks: What the year asks for and is not there.
        soon: What a period that ends soon asks for and is not there yet.
        transitions: What has happened to each row of 整改台账.
        rules: The rules of time.
    """

    logbooks: Sequence[Logbook]
    rows: Mapping[str, Sequence[tuple[str, LogRow, RowStand]]]
    lacks: Sequence[Lack]
    soon: Sequence[Lack]
    transitions: Mapping[str, tuple[Transition, ...]]
    rules: Sequence[LimitRule]


@dataclass(frozen=True)
class BurdenYears:
    """What was asked of each unit in the year that is worked on, and in the one before.

    Attributes:
        now: By unit.
        before: Likewise.
        target: How many forms a unit should get in a year at most; 0 for no target.
    """

    now: Mapping[str, Burden]
    before: Mapping[str, Burden]
    target: int = 0


def _number(label: str, width: float = 10) -> Column:
    return Column(label, width, kind=ColumnKind.NUMBER, align=Align.CENTER)


def overview_tables(
    office: Office,
    view: LogbookView,
    draws: Sequence[SpotDraw],
    items: Sequence[CheckItem],
    today: dt.date,
    burdens: BurdenYears,
) -> tuple[Table, ...]:
    """The sheets of the workbook, in the order of the module's table; the first, and of the others those with rows."""
    first, *others = (
        _limit_table(office, view, today),
        _logbook_table(office, view, today),
        _coverage_table(office, view, draws, today),
        _kind_table(office, view, today),
        _choice_table(view),
        _unchecked_table(office, draws, items, today),
        _assessment_table(view),
        _burden_table(office, burdens, today),
    )
    return (first, *(table for table in others if table.rows))


def _name(office: Office, unit: str, today: dt.date) -> str:
    return office.name_of(unit, today) if unit in office.units else "（本办）"


def _limit_table(office: Office, view: LogbookView, today: dt.date) -> Table:
    counts: dict[tuple[str, str], Counter[Promptness]] = {}
    for unit, row, stand in view.rows.get(LIMIT_CASES.name, ()):
        if stand.promptness is not None:
            key = (unit, row.cells.get("适用规则", ""))
            counts.setdefault(key, Counter())[stand.promptness] += 1
    subjects = {rule.code: rule.subject for rule in view.rules}
    rows: list[tuple[Value, ...]] = []
    for (unit, code), by_stand in counts.items():
        total, due = by_stand.total(), by_stand.total() - by_stand[Promptness.OPEN]
        rate = Share(round(by_stand[Promptness.IN_TIME] / due, 3)) if due else None
        numbers = (by_stand[stand] for stand in Promptness)
        rows.append((_name(office, unit, today), code, subjects.get(code, ""), total, *numbers, rate))
    columns = (
        *(Column("单位", 24), Column("规则", 10), Column("事项", 34), _number("件数")),
        *(_number(stand.value, 12) for stand in Promptness),
        Column("按时率", 10, align=Align.CENTER),
    )
    notes = ("按时率＝按时完成÷（件数－未到期）；还没到期的不计入。",)
    return Table(columns, tuple(rows), name="时限执行情况表", title="时限执行情况表", notes=notes)


def _logbook_table(office: Office, view: LogbookView, today: dt.date) -> Table:
    rows = []
    for name, entries in view.rows.items():
        owners = dict.fromkeys(unit for unit, _, _ in entries)
        owners |= dict.fromkeys(lack.unit for lack in view.lacks if lack.logbook == name)
        for unit in owners:
            stands = [_done_late(view, row, stand, today) for owner, row, stand in entries if owner == unit]
            done, late = (sum(marks) for marks in zip(*stands, strict=True)) if stands else (0, 0)
            periods = [lack.period.label for lack in view.lacks if (lack.logbook, lack.unit) == (name, unit)]
            rows.append((name, _name(office, unit, today), len(stands), done, late, "、".join(periods)))
    columns = (
        *(Column("登记簿", 24), Column("单位", 24), _number("条数"), _number("已办结"), _number("逾期")),
        Column("应有而没有登记的时期", 30),
    )
    return Table(columns, tuple(rows), name="登记情况", title="各登记簿登记情况")


def _done_late(view: LogbookView, row: LogRow, stand: RowStand, today: dt.date) -> tuple[bool, bool]:
    """Whether a row is done, and whether it was or is late; of 整改台账 as its transitions say."""
    if row.number in view.transitions:
        story = view.transitions[row.number]
        return stand_of(story) is ShortcomingStand.DONE, is_overdue(story, today)
    how = stand.promptness
    return how in (Promptness.IN_TIME, Promptness.LATE), how in (Promptness.OVERDUE, Promptness.LATE)


def _checks_of(draws: Iterable[SpotDraw], kind: FrameKind) -> dict[str, list[dt.date]]:
    days: dict[str, list[dt.date]] = {}
    for draw in draws:
        for id_ in draw.result.get(kind, ()):
            days.setdefault(id_, []).append(draw.on)
    return days


def _coverage_table(office: Office, view: LogbookView, draws: Sequence[SpotDraw], today: dt.date) -> Table:
    roles = [
        (unit, role)
        for plan in office.plans.values()
        for point in plan.points
        if not point.is_retired
        for unit, role in point.roles().items()
    ]
    points = Counter(unit for unit, _ in roles)
    leads = Counter(unit for unit, role in roles if role is Role.LEAD)
    checks = _checks_of(draws, FrameKind.UNIT)
    entries = Counter(unit for rows in view.rows.values() for unit, _, _ in rows)
    shortcomings = Counter(unit for unit, _, _ in view.rows.get(SHORTCOMINGS.name, ()))
    names = {unit: _name(office, unit, today) for unit, now in office.units.items() if not now.is_retired}
    places = {unit: n for n, unit in enumerate(names)}
    superiors = _superiors(names)
    rows = []
    # Below each body those that stand under it, wherever the list of units has them.
    for unit in sorted(names, key=lambda unit: (places[superiors[unit] or unit], places[unit])):
        now = office.units[unit]
        count = len(checks.get(unit, ()))
        word = "" if points[unit] or count else "没有任务，也没有检查过"
        rows.append(
            (
                *(names[unit], now.kind, names.get(superiors[unit], ""), points[unit], leads[unit], count),
                *(shortcomings[unit], entries[unit], word),
            )
        )
    columns = (
        *(
            Column("单位", 26),
            Column("类别", 14),
            Column("隶属", 22),
            _number("任务项数"),
            _number("其中牵头"),
            _number("抽查次数"),
        ),
        *(_number("发现问题"), _number("登记条数"), Column("说明", 30)),
    )
    title = "覆盖矩阵（横到边、纵到底）"
    return Table(columns, tuple(rows), name="覆盖矩阵", title=title)


_HEADS = re.compile(r"(?:人民政府|管理?委员会|管委会|街道办事处)$")


def _superiors(names: Mapping[str, str]) -> dict[str, str]:
    """The government under which a unit stands, as their names say: 云山县教育局, 云山县青石镇人民政府; empty for none."""
    heads = {unit: _HEADS.sub("", name) for unit, name in names.items() if _HEADS.search(name)}
    return {
        unit: min(
            (
                (len(place), other)
                for other, place in heads.items()
                if other != unit and name.startswith(place)
            ),
            default=(0, ""),
        )[1]
        for unit, name in names.items()
    }


def _assessment_table(view: LogbookView) -> Table:
    rows: list[tuple[Value, ...]] = []
    last: dict[str, Fraction] = {}
    logbook = next(
        (book for book in view.logbooks if {"评估名称", "名次"} <= {c.label for c in book.columns}), None
    )
    entries = [row.cells for _, row, _ in view.rows[logbook.name]] if logbook else []
    for cells in sorted(entries, key=lambda cells: (cells.get("评估名称", ""), cells.get("公布日期", ""))):
        name, place = cells.get("评估名称", ""), cells.get("名次", "")
        change = ""
        if place:
            up = last.get(name, Fraction(place)) - Fraction(place)
            change = f"上升{up}位" if up > 0 else f"下降{-up}位" if up < 0 else "持平" if name in last else ""
            last[name] = Fraction(place)
        texts = (cells.get(label, "") for label in ("名次", "参评个数", "得分"))
        figures = (float(Fraction(text)) if text else None for text in texts)
        rows.append((name, cells.get("公布日期", "")[:4], *figures, change))
    columns = (
        *(
            Column("评估名称", 36),
            Column("年度", 10, align=Align.CENTER),
            _number("名次"),
            _number("参评个数"),
        ),
        *(_number("得分"), Column("与上次相比", 14, align=Align.CENTER)),
    )
    return Table(columns, tuple(rows), name="历年评估", title="外部评估历年名次")


# Filling in a cell takes about so long: finding out is counted, waiting for a seal is not.
_MINUTES = 5


def _burden_table(office: Office, burdens: BurdenYears, today: dt.date) -> Table:
    nothing = Burden()
    rows = []
    for unit in office.units:
        now, before = burdens.now.get(unit, nothing), burdens.before.get(unit, nothing)
        if now or before:
            hours = round(now.cells * _MINUTES / 60, 1)
            verdict = "" if not burdens.target else "超过" if now.forms > burdens.target else "达到"
            rows.append(
                (
                    *(_name(office, unit, today), now.forms, before.forms, now.cells, before.cells),
                    *(now.slips, before.slips, hours, verdict),
                )
            )
    forms, forms_before = (sum(b.forms for b in year.values()) for year in (burdens.now, burdens.before))
    notes = [f"本年印发填报表{forms}份，上年{forms_before}份；填报用时按每格{_MINUTES}分钟估算。"]
    if burdens.target:
        over = sum(burden.forms > burdens.target for burden in burdens.now.values())
        verdict = f"有{over}个单位超过，没有达到" if over else "各单位都没有超过，已达到"
        notes.append(f"精简目标：每个单位全年不超过{burdens.target}份；{verdict}。")
    columns = (
        *(Column("单位", 26), _number("填报表"), _number("上年"), _number("要填格数"), _number("上年格数")),
        *(
            _number("提醒督办"),
            _number("上年提醒"),
            _number("估算小时"),
            Column("精简目标", 12, align=Align.CENTER),
        ),
    )
    return Table(columns, tuple(rows), name="报表精简情况", title="报表精简情况", notes=tuple(notes))


def _kind_table(office: Office, view: LogbookView, today: dt.date) -> Table:
    cases: dict[tuple[str, str, str], list[tuple[Transition, ...]]] = {}
    for unit, row, _ in view.rows.get(SHORTCOMINGS.name, ()):
        for label in ("四不", "问题类别"):
            if word := row.cells.get(label, ""):
                cases.setdefault((label, word, unit), []).append(view.transitions.get(row.number, ()))
    rows = tuple(
        (
            *(label, word, _name(office, unit, today), len(stories)),
            sum(bool((stand := stand_of(story)) and stand.is_open) for story in stories),
            sum(recurrences(story) for story in stories),
        )
        for (label, word, unit), stories in sorted(cases.items())
    )
    columns = (
        *(Column("分类", 12), Column("类别", 22), Column("单位", 26)),
        *(_number("问题数"), _number("未销号"), _number("反复次数")),
    )
    labels = "、".join(sorted({label for label, _, _ in cases}))
    return Table(columns, rows, name="问题分类", title=f"问题分类{bracketed(labels)}")


def _choice_table(view: LogbookView) -> Table:
    rows = []
    for logbook in view.logbooks:
        for column in logbook.columns:
            counts = Counter(row.cells.get(column.label, "") for _, row, _ in view.rows[logbook.name])
            rows += [
                (logbook.name, column.label, choice, counts[choice])
                for choice in column.choices
                if counts[choice]
            ]
    columns = (Column("登记簿", 24), Column("栏目", 24), Column("选项", 20), _number("条数"))
    return Table(columns, tuple(rows), name="选项统计", title="各登记簿选项统计")


def _unchecked_table(
    office: Office, draws: Sequence[SpotDraw], items: Sequence[CheckItem], today: dt.date
) -> Table:
    units = _checks_of(draws, FrameKind.UNIT)
    contents = _checks_of(draws, FrameKind.CONTENT)
    lines = [
        ("单位", _name(office, unit, today), units.get(unit, []))
        for unit, now in office.units.items()
        if not now.is_retired
    ]
    lines += [("检查内容", item.content, contents.get(item.code, [])) for item in items]
    rows = tuple(
        (what, name, len(days), max(days, default=None), _months(days, today) if days else "从未抽到")
        for what, name, days in sorted(lines, key=lambda line: (line[0], max(line[2], default=dt.date.min)))
    )
    columns = (
        *(Column("对象", 12), Column("名称", 44), _number("抽到次数")),
        *(Column("最近一次", 14, kind=ColumnKind.DATE), Column("距今月数", 12, align=Align.CENTER)),
    )
    return Table(columns, rows, name="未抽查清单", title="未抽查清单（最久没有查到的在前）")


def _months(days: Sequence[dt.date], today: dt.date) -> int:
    last = max(days)
    return (today.year - last.year) * 12 + today.month - last.month - (today.day < last.day)


# So many units of one logbook and period are named.
_MOST_UNITS = 8


def logbook_todos(office: Office, view: LogbookView, today: dt.date) -> Iterator[Todo]:
    """What waits today: rows over their day, shortcomings over theirs, and what a period that is over has not."""
    late = [
        f"{row.number}（{name}）"
        for name, entries in view.rows.items()
        for _, row, stand in entries
        if stand.promptness is Promptness.OVERDUE
    ]
    if late:
        yield todo_line("logbook-late", late, "件登记事项已过时限", "在“台账”的同名登记簿里填写办结情况")
    rectified_late = [
        f"{number} {_name(office, unit, today)}"
        for unit, row, _ in view.rows.get(SHORTCOMINGS.name, ())
        for number in [row.number]
        if is_overdue(view.transitions.get(number, ()), today)
    ]
    if rectified_late:
        yield todo_line(
            "rectification-late", rectified_late, "个检查发现的问题整改逾期", "催促整改或在整改台账里登记"
        )
    for code, gaps, title in (
        ("logbook-lacks", view.lacks, "处应登记的没有登记"),
        ("logbook-soon", view.soon, "处应登记的快到期末，还没有登记"),
    ):
        groups: dict[str, list[str]] = {}
        for lack in gaps:
            what = f"{lack.logbook}（{lack.period.label}）"
            groups.setdefault(what, []).append(_name(office, lack.unit, today))
        if groups:
            lines = [f"{what}：{names(units, most=_MOST_UNITS)}" for what, units in groups.items()]
            yield todo_line(code, ["；".join(lines)], title, "向单位核实后补登记", len(gaps))


_CANDIDATES = (
    Column("序号", 10, align=Align.CENTER),
    Column("名称", 60),
    Column("类别", 24, align=Align.CENTER, optional=True),
    Column("上次检查", 24, align=Align.CENTER, optional=True),
    Column("结果", 20, align=Align.CENTER),
)
_ITEMS = (Column("序号", 10, align=Align.CENTER), Column("检查内容", 70), Column("检查方法", 50))
_PROBLEMS = (
    Column("编号", 16, align=Align.CENTER),
    Column("检查日期", 24, align=Align.CENTER),
    Column("检查内容", 44),
    Column("发现的问题", 66),
)


def draw_record(draw: SpotDraw, office_name: str, say: Say) -> Official:
    """抽取记录: frames, seed, result and exclusions, with a place for two signatures."""
    blocks: list[Block] = [
        Text(say("draw.number", number=draw.number)),
        Text(say("draw.rule")),
        Text(say("draw.seed_public" if draw.is_public else "draw.seed_own")),
        Fields(
            (
                (("随机数", draw.seed),),
                (("名单校验码", frames_digest(draw.frames)[:16]),),
            )
        ),
    ]
    if draw.reason:
        blocks.append(Text(say("draw.again", reason=draw.reason)))
    attachments = []
    for frame in draw.frames:
        ids = draw.result.get(frame.kind, ())
        names_by_reason: dict[str, list[str]] = {}
        for candidate in frame.candidates:
            if candidate.exclusion:
                names_by_reason.setdefault(candidate.exclusion, []).append(candidate.name)
        count = len(frame.candidates) - sum(map(len, names_by_reason.values()))
        blocks.append(Text(say("draw.frame", kind=frame.kind.value, count=count, size=len(ids))))
        blocks += [
            Text(say("draw.excluded", name="、".join(names), reason=reason))
            for reason, names in names_by_reason.items()
        ]
        rows = tuple(
            (
                str(n),
                candidate.name,
                candidate.stratum,
                _last_check(candidate, frame.kind),
                _outcome(candidate.id in ids, candidate.exclusion),
            )
            for n, candidate in enumerate(frame.candidates, start=1)
        )
        attachments.append(Attachment(f"{frame.kind.value}备选名单和抽取结果", (Table(_CANDIDATES, rows),)))
    blocks.append(Text(say("draw.signers"), indent=False))
    return Official(
        say("draw.title", title=draw.title),
        tuple(blocks),
        signature=office_name,
        date=draw.on,
        attachments=tuple(attachments),
    )


def _last_check(candidate: Candidate, kind: FrameKind) -> str:
    if candidate.last_checked:
        return candidate.last_checked.isoformat()
    return "" if kind is FrameKind.DAY else "未查过"


def _outcome(is_drawn: bool, exclusion: str) -> str:
    return "抽中" if is_drawn else "不参加" if exclusion else ""


def check_notice(
    draw: SpotDraw, units: Sequence[str], items: Sequence[CheckItem], office_name: str, say: Say
) -> Official:
    """检查通知: who is checked, when and by what."""
    days = [dt.date.fromisoformat(id_) for id_ in draw.result.get(FrameKind.DAY, ())]
    blocks: list[Block] = [
        Text(say("notice.body", units="、".join(units), count=len(items))),
    ]
    if days:
        blocks.append(Text(say("notice.days", days="、".join(long_date(day) for day in sorted(days)))))
    blocks.append(Text(say("notice.close")))
    rows = tuple((str(n), item.content, item.method) for n, item in enumerate(items, start=1))
    return Official(
        say("notice.title", title=draw.title),
        tuple(blocks),
        addressee="、".join(units),
        signature=office_name,
        attachments=(Attachment("检查内容", (Table(_ITEMS, rows),)),),
    )


@dataclass(frozen=True, slots=True)
class HandedShortcoming:
    """A shortcoming as it is handed to its unit."""

    number: str
    on: str
    content: str
    text: str


def handover_slip(
    unit: str, due: dt.date, shortcomings: Iterable[HandedShortcoming], office_name: str, say: Say
) -> Official:
    """问题交办单 of a unit: what is wrong, and by when it has to be right."""
    rows = tuple((case.number, _as_written(case.on), case.content, case.text) for case in shortcomings)
    return Official(
        say("handover.title"),
        (Text(say("handover.body", due=long_date(due))), Table(_PROBLEMS, rows)),
        addressee=unit,
        signature=office_name,
    )


def _as_written(text: str) -> str:
    """A day as a document has it; what is none stays."""
    day = day_of(text)
    return long_date(day) if day else text


def common_circular(common: Sequence[CommonShortcoming], office_name: str, say: Say) -> Official:
    """共性问题通报: kinds and numbers of units, never a name."""
    problems = "；".join(say("common.problem", share=len(kind.units), kind=kind.kind) for kind in common)
    return Official(
        say("common.title"),
        (
            Text(say("common.body", count=common[0].checked if common else 0, problems=problems)),
            Text(say("common.close")),
        ),
        addressee="各有关单位",
        signature=office_name,
    )
