"""The circular to the units (季度通报): numbers, units, problems, what is asked of them.

    一、总体情况             as in the report; against the last circular
    二、各单位任务完成情况    a table for each group of units, best first (`rules.reporting.ranking`)
    三、存在的主要问题       as in the report
    四、工作要求             the report's next steps, said to the units
    附件 未完成事项及原因, 抽查整改情况 (where there are any)

Real circulars have these parts (总体情况, 存在问题, 整改要求 or 工作要求) and name the units at each problem.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator

from tracker.rules.reporting.annexes import CHECKS
from tracker.rules.reporting.annexes import OPEN
from tracker.rules.reporting.annexes import annexes_of
from tracker.rules.reporting.frozen import ReportChanges
from tracker.rules.reporting.overview import overview_chapter
from tracker.rules.reporting.ranking import RankingGroup
from tracker.rules.reporting.ranking import ranking_groups
from tracker.rules.reporting.remedies import next_steps_chapter
from tracker.rules.reporting.remedies import problems_chapter
from tracker.rules.reporting.report import Letterhead
from tracker.rules.reporting.report import subject_of
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.outline import Align
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import TableColumn
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import long_date

Say = Callable[..., str]

_NUMBERS = {"牵头": 11, "负责": 11, "已完成": 14, "到期": 11, "逾期": 11, "到期完成率": 20, "报送": 12}
_UNITS = (TableColumn("单位", 40), *(TableColumn(*column, Align.CENTER) for column in _NUMBERS.items()))


def write_circular(
    summary: YearSummary,
    say: Say,
    report_say: Say,
    head: Letterhead,
    *,
    period: str = "",
    changes: ReportChanges | None = None,
    has_ranks: bool = True,
) -> Official:
    """The circular of a period (`第三季度`; empty for none).

    Without `has_ranks`, or where every unit with something due has the same rate, units stand as in their list: a table
    in which all are first tells nobody anything.
    """
    words = {"subject": subject_of(summary), "period": period}
    annex = annexes_of(summary, report_say, words["subject"], which=(OPEN, CHECKS))
    groups = ranking_groups(summary)
    rates = {line.rate for group in groups for line in group.lines if line.rate}
    level = has_ranks and len(rates) < 2
    has_ranks = has_ranks and not level
    blocks: list[Block] = [
        Text(say("circular.opening", **words, as_of=long_date(summary.as_of))),
        Heading(1, report_say("head.overview")),
        *overview_chapter(summary, report_say, changes=changes),
        Heading(1, say("circular.units")),
        Text(
            say("circular.table", ranking=has_ranks, groups=len(groups), level=level and rates == {"100.0"})
        ),
    ]
    for group in groups:
        if len(groups) > 1:
            blocks.append(Heading(2, group.name or say("circular.ungrouped")))
        blocks.append(_table(group, summary, has_ranks=has_ranks))
    blocks += [Heading(1, report_say("head.problems")), *problems_chapter(summary, report_say, annex)]
    blocks += [Heading(1, say("circular.next")), *next_steps_chapter(summary, say, "circular.next")]
    return Official(
        title=say("circular.title", **words),
        blocks=tuple(blocks),
        addressee=say("circular.addressee"),
        signature=head.office_name,
        date=summary.as_of,
        attachments=annex.attachments,
        masthead=head.masthead(summary.as_of.year),
        copies=say("circular.copies"),
    )


def _table(group: RankingGroup, summary: YearSummary, *, has_ranks: bool) -> Table:
    rows = tuple(_rows(group, summary, has_ranks=has_ranks))
    return Table((TableColumn("名次" if has_ranks else "序号", 12, Align.CENTER), *_UNITS), rows)


def _rows(group: RankingGroup, summary: YearSummary, *, has_ranks: bool) -> Iterator[tuple[str, ...]]:
    f = summary.figures
    repliers = f["answered"].rows if "answered" in f else ()
    silent = f["silent"].rows if "silent" in f else ()
    lines = group.lines if has_ranks else sorted(group.lines, key=lambda line: line.unit)
    for number, line in enumerate(lines, start=1):
        place = str(line.rank or "—") if has_ranks else str(number)
        rate = f"{line.rate}%" if line.rate else "—"
        reply = "已报" if line.unit in repliers else "未报" if line.unit in silent else "—"
        yield (place, line.name, *map(str, line.counts), rate, reply)
