"""The report's workbook: each number of the report with the rows that it counts, as plain tables.

    数字与口径              every figure: number, share, 口径, rows
    任务落实情况一览表      one row for each item, with the file and cell of the text that stands in the report
    未完成事项及原因        the open ones
    抽查整改情况            where there are any
    各单位情况              one row for each unit
    与上年对照              where a person has confirmed what goes on from last year
    正文未展开的事项        where the body had no room: part, task, how many, how many of them done, which
    与上期差异说明          where there is a last edition: item, before, after, reason, source
    待核实清单              what a clerk has to look at before anybody signs

A table without rows does not appear, but the first two and 待核实清单 always do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.columns import Column
from tracker.grid import Share, Value
from tracker.outline import long_date
from tracker.rules.compare import YEARS_LABELS as YEARS
from tracker.rules.progress import Figure
from tracker.rules.report.annexes import deadline_text, full_text, reasons
from tracker.rules.report.edition import ReportChanges
from tracker.rules.report.relatives import RankingLine, ranking_groups
from tracker.rules.report.review import ReviewNote, notes_by_point
from tracker.rules.report.summary import CHECK_LABELS as CHECKED, ReportItem, YearSummary, check_row
from tracker.table import Table


def report_sheets(
    summary: YearSummary,
    notes: tuple[ReviewNote, ...],
    *,
    changes: ReportChanges | None = None,
    rest: tuple[tuple[str, str, tuple[ReportItem, ...]], ...] = (),
) -> tuple[Table, ...]:
    """The sheets of the workbook."""
    day = f"截至{long_date(summary.as_of)}。"
    sheets = [_numbers(summary, day), _items(summary, day)]
    sheets += [sheet for sheet in (_open(summary, day), _units(summary, day)) if sheet.rows]
    if summary.checks:
        sheets.append(_checks(summary, day))
    if summary.years is not None:
        sheets.append(_years(summary.years.rows, day))
    if rest:
        sheets.append(_rest(rest, day))
    if changes is not None and changes.changes:
        sheets.append(_changes(changes))
    return (*sheets, _review(summary, notes))


def _sheet(
    name: str, title: str, note: str, columns: Iterable[tuple[str, int]], rows: tuple[tuple[Value, ...], ...]
) -> Table:
    return Table(tuple(Column(*column) for column in columns), rows, name=name, title=title, notes=(note,))


def _numbers(summary: YearSummary, day: str) -> Table:
    rows = tuple(
        (
            figure.label,
            figure.n,
            figure.counts,
            Share.of(figure.share),
            figure.definition,
            _rows(figure, summary),
        )
        for figure in summary.figures.values()
        if not figure.unit
    )
    columns = (
        ("指标", 26),
        ("数值", 8),
        ("单位", 8),
        ("占比", 9),
        ("口径", 44),
        ("计入的事项或单位", 80),
    )
    note = (
        f"{day}报告中的每个数字都在这里，“计入的事项或单位”列出它数的是哪些；各类占比以“计入完成率的事项”为分母，"
        "四舍五入取一位小数，因此合计可能与100.0%相差零点几。"
    )
    return _sheet("数字与口径", "报告数字与口径", note, columns, rows)


def _rows(figure: Figure, summary: YearSummary) -> str:
    if figure.counts != "个单位":
        return "、".join(figure.rows)
    return "、".join(summary.unit_names.get(unit, unit) for unit in figure.rows)


def _items(summary: YearSummary, day: str) -> Table:
    columns = (
        ("事项编号", 10),
        ("板块", 16),
        ("工作任务", 18),
        ("序号", 6),
        ("具体要求", 44),
        ("牵头单位", 16),
        ("责任单位", 22),
        ("配合单位", 16),
        ("完成时限", 14),
        ("到期日", 12),
        ("状态", 11),
        ("亮灯", 12),
        ("涉及单位数", 8),
        ("已报送", 8),
        ("报已完成", 8),
        ("写入报告的文字", 50),
        ("文字来源", 26),
        ("佐证材料", 26),
    )
    rows = tuple(_item(item, summary) for item in summary.items)
    return _sheet("任务落实情况一览表", "任务落实情况一览表", day, columns, rows)


def _item(item: ReportItem, summary: YearSummary) -> tuple[Value, ...]:
    point, standing = item.point, item.standing
    return (
        item.point_id,
        point.section,
        point.task,
        point.no,
        point.requirement,
        "、".join(item.lead),
        "、".join(item.responsible),
        "、".join(item.support),
        deadline_text(item),
        standing.due,
        summary.state(item) if item.kind in summary.classes else standing.word,
        f"{standing.light.value}（{standing.reason}）",
        len(item.main_units),
        len(item.reporters),
        sum(unit.done for unit in item.main_units),
        full_text(item),
        "\n".join(_source(item)),
        "\n".join(f"{quote.who}：{quote.text}" for quote in item.evidence),
    )


def _source(item: ReportItem) -> Iterator[str]:
    for quote in item.texts:
        origin = " ".join(part for part in (quote.file, quote.place) if part) or "台账"
        yield f"{quote.who or '核定表述'}：{origin}"


def _open(summary: YearSummary, day: str) -> Table:
    columns = (
        ("事项编号", 10),
        ("具体要求", 44),
        ("责任单位", 24),
        ("完成时限", 14),
        ("到期日", 12),
        ("状态", 11),
        ("原因、措施和预计完成时间", 60),
        ("备注", 20),
    )
    rows = tuple(
        (
            item.point_id,
            item.point.requirement,
            "、".join([*(f"{name}（牵头）" for name in item.lead), *item.responsible]),
            deadline_text(item),
            item.standing.due,
            summary.state(item),
            reasons(item),
            item.note,
        )
        for item in summary.items
        if item.is_open
    )
    return _sheet("未完成事项及原因", "未完成事项及原因", day, columns, rows)


def _checks(summary: YearSummary, day: str) -> Table:
    columns = (("问题编号", 10), *zip(CHECKED, (20, 14, 24, 40, 14, 40, 10), strict=True))
    rows = tuple(
        (check.id, *(days.get(label, text) for label, text in zip(CHECKED, check_row(check), strict=True)))
        for check in summary.checks
        for days in ({"抽查日期": check.on, "整改期限": check.due},)
    )
    return _sheet("抽查整改情况", "抽查整改情况", day, columns, rows)


def _units(summary: YearSummary, day: str) -> Table:
    columns = (
        ("类别", 12),
        ("单位", 24),
        ("牵头", 8),
        ("负责", 8),
        ("配合", 8),
        ("计入完成率", 8),
        ("已完成", 8),
        ("到期应完成", 8),
        ("逾期", 8),
        ("到期完成率", 9),
        ("名次", 7),
        ("逾期事项", 40),
    )
    lines = {line.unit: line for group in ranking_groups(summary) for line in group.lines}
    rows = tuple(
        _unit(summary, unit, name, lines.get(unit)) for unit, name in sorted(summary.unit_names.items())
    )
    note = (
        f"{day}“已完成”“逾期”只计该单位牵头或负责、计入完成率的事项中本单位的部分；“长期坚持”的、确认“不涉及”的不计。"
        "名次按到期完成率在同类单位中排列，相同的并列；没有到期事项的不排。"
    )
    return _sheet("各单位情况", "各单位承担事项和完成情况", note, columns, rows)


def _unit(summary: YearSummary, unit: str, name: str, line: RankingLine | None) -> tuple[Value, ...]:
    codes = ("lead", "responsible", "support", "base", "done", "due", "overdue")
    counts = [summary.unit_figures[unit][code] for code in codes]
    rate = Share.of(line.rate) if line else None
    rank = line.rank if line and line.rank else ""
    kind = summary.unit_kinds.get(unit, "")
    return (kind, name, *(figure.n for figure in counts), rate, rank, "、".join(counts[-1].rows))


def _rest(rest: tuple[tuple[str, str, tuple[ReportItem, ...]], ...], day: str) -> Table:
    columns = (
        ("板块", 30),
        ("工作任务", 34),
        ("项数", 8),
        ("其中已完成", 10),
        ("事项编号", 60),
    )
    rows = tuple(
        (
            part,
            task,
            len(items),
            sum(item.kind == "done" for item in items),
            "、".join(item.point_id for item in items),
        )
        for part, task, items in rest
    )
    note = f"{day}报告正文按页数上限只写了一部分事项，这里是没有单独成段的；附件1中都有。填写核定表述的总在正文中。"
    return _sheet("正文未展开的事项", "正文未展开的事项", note, columns, rows)


def _years(rows: tuple[tuple[str, ...], ...], day: str) -> Table:
    note = f"{day}上年每一项的去向和今年新增的事项，以《年度对照》中确认的为准。"
    return _sheet("与上年对照", "与上年事项对照", note, YEARS, rows)


def _changes(changes: ReportChanges) -> Table:
    columns = (
        ("事项编号", 10),
        ("事项", 44),
        ("上期", 12),
        ("本期", 12),
        ("原因", 30),
        ("来源", 40),
    )
    rows = tuple(
        (change.wp, change.name, *change.words, change.reason, change.source) for change in changes.changes
    )
    note = f"与第{changes.n}次报告（截至{long_date(changes.since)}）逐项比较。"
    return _sheet("与上期差异说明", "与上期差异说明", note, columns, rows)


def _review(summary: YearSummary, notes: tuple[ReviewNote, ...]) -> Table:
    requirements = {item.point_id: item.point.requirement for item in summary.items}
    columns = (("事项编号", 10), ("具体要求", 50), ("需要核实的内容", 70))
    rows = tuple(
        (
            f"{len(points)}项" if len(points) > 1 else "".join(points),
            "、".join(points) if len(points) > 1 else requirements.get("".join(points), ""),
            "\n".join(texts),
        )
        for points, texts in notes_by_point(notes)
    )
    note = "报告签发前请逐条核实；台账中没有的内容，报告不会自行编写。"
    return _sheet("待核实清单", "待核实清单", note, columns, rows)
