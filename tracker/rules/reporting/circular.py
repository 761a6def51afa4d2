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
from tracker.rules.reporting.annexes import annexes
from tracker.rules.reporting.frozen import Changes
from tracker.rules.reporting.overview import overview
from tracker.rules.reporting.ranking import Group
from tracker.rules.reporting.ranking import ranked
from tracker.rules.reporting.remedies import next_steps
from tracker.rules.reporting.remedies import problems
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
_UNITS = (TableColumn("单位", 40), *(TableColumn(*each, Align.CENTER) for each in _NUMBERS.items()))


def circular(
    summary: YearSummary,
    say: Say,
    report_say: Say,
    head: Letterhead,
    *,
    period: str = "",
    changes: Changes | None = None,
    ranking: bool = True,
) -> Official:
    """The circular of a period (`第三季度`; empty for none).

    Without `ranking`, or where every unit with something due has the same rate, units stand as in their list: a table
    in which all are first tells nobody anything.
    """
    words = {"subject": subject_of(summary), "period": period}
    annex = annexes(summary, report_say, words["subject"], which=(OPEN, CHECKS))
    groups = ranked(summary)
    rates = {each.rate for group in groups for each in group.lines if each.rate}
    level = ranking and len(rates) < 2
    ranking = ranking and not level
    blocks: list[Block] = [
        Text(say("circular.opening", **words, as_of=long_date(summary.as_of))),
        Heading(1, report_say("head.overview")),
        *overview(summary, report_say, changes=changes),
        Heading(1, say("circular.units")),
        Text(say("circular.table", ranking=ranking, groups=len(groups), level=level and rates == {"100.0"})),
    ]
    for group in groups:
        if len(groups) > 1:
            blocks.append(Heading(2, group.name or say("circular.ungrouped")))
        blocks.append(_table(group, summary, ranking=ranking))
    blocks += [Heading(1, report_say("head.problems")), *problems(summary, report_say, annex)]
    blocks += [Heading(1, say("circular.next")), *next_steps(summary, say, "circular.next")]
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


def _table(group: Group, summary: YearSummary, *, ranking: bool) -> Table:
    rows = tuple(_rows(group, summary, ranking=ranking))
    return Table((TableColumn("名次" if ranking else "序号", 12, Align.CENTER), *_UNITS), rows)


def _rows(group: Group, summary: YearSummary, *, ranking: bool) -> Iterator[tuple[str, ...]]:
    f = summary.figures
    answered = f["answered"].rows if "answered" in f else ()
    silent = f["silent"].rows if "silent" in f else ()
    lines = group.lines if ranking else sorted(group.lines, key=lambda each: each.unit)
    for number, each in enumerate(lines, start=1):
        place = str(each.rank or "—") if ranking else str(number)
        rate = f"{each.rate}%" if each.rate else "—"
        returned = "已报" if each.unit in answered else "未报" if each.unit in silent else "—"
        yield (place, each.name, *map(str, each.counts), rate, returned)
