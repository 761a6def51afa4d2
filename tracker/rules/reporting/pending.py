"""待核实清单: what the report lacks, for the clerk. Missing is listed and never papered over.

code              when
no-text           nobody wrote anything that could stand in the report
no-approval       the office approved no wording; a unit's own text stands
long-text         a unit's 摘要 is longer than the limit; it is never cut
no-date           done, and nobody says when
no-evidence       done, and nobody names 佐证材料
no-reason         overdue or lagging, and nobody says why
no-unit           a written name means no unit yet
disagree          认定状态 says done and a deciding unit does not, or the other way round
conflict          two statements wait for a decision (待核对事项清单)
withheld          an item is marked 不通报, or a column is: not in the report
unpublished       an item is marked 不公开, or a column is: not in the public version
unknown-column    不通报的栏目 or 不公开的栏目 names something that is no column
not-held          what reports usually say and the ledger does not hold
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.columns import BY_NAME
from tracker.rules.reporting.hidden import labels_of
from tracker.rules.reporting.item import LEFT
from tracker.rules.reporting.item import Item
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.wording.phrases import names

# What real reports say in 总体情况 and the ledger has no place for (yet).
_NOT_HELD = (
    "本级实施方案的印发和公开情况",
    "工作部署会议、培训的次数和人数",
    "主动公开、解读、依申请公开等全年数据",
)


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing for the clerk to look at.

    Attributes:
        code: Its stable name.
        wp: The work point; empty where it concerns the whole report.
        what: What is missing, and what to do.
    """

    code: str
    wp: str
    what: str


def pending(
    summary: YearSummary,
    *,
    limit: int = 120,
    missing: tuple[str, ...] = (),
    unpublished: frozenset[str] = frozenset(),
    unknown: tuple[str, ...] = (),
) -> tuple[Pending, ...]:
    """What the clerk has to look at before anybody signs.

    Args:
        summary: The year.
        limit: How long a 摘要 may be.
        missing: Empty settings, by their labels.
        unpublished: Columns of 不公开的栏目, by name.
        unknown: Words of the settings 不通报的栏目 and 不公开的栏目 that name no column.
    """
    found = [Pending("not-held", "", f"设置.xlsx 的“{each}”没有填写，报告中已留空。") for each in missing]
    if not summary.plan.edition.number:
        found.append(Pending("not-held", "", "方案没有文号，开头只写了方案名称，请补充。"))
    found += [Pending("not-held", "", f"台账中没有{each}，如需写入请在正文中补充。") for each in _NOT_HELD]
    found += kept_out(summary, unpublished)
    found += [
        Pending("unknown-column", "", f"设置.xlsx 里写了不通报或不公开“{each}”，没有这个栏目，请核对。")
        for each in unknown
    ]
    for item in summary.items:
        if item.kind != LEFT:
            found += _of_item(item, limit)
        if item.wp in summary.open_conflicts:
            found.append(Pending("conflict", item.wp, "有两种说法尚未核对，请先处理《待核对事项清单》。"))
    return tuple(found)


def kept_out(summary: YearSummary, unpublished: frozenset[str]) -> list[Pending]:
    """What the office keeps out of the report and of the public version, so that nobody thinks it forgotten."""
    found = [
        Pending("withheld", wp, "标注“不通报”，没有写入报告和网页，也没有计入数字，请确认。")
        for wp in summary.withheld
    ]
    found += [
        Pending("unpublished", wp, "标注“不公开”，没有写入公开版，也没有计入公开版的数字，请确认。")
        for wp in summary.unpublished
    ]
    if summary.hidden:
        said = f"栏目{labels_of(summary.hidden)}设为不通报，其中的文字没有写入报告和通报。"
        found.append(Pending("withheld", "", said))
    if unpublished:
        said = f"栏目{labels_of(unpublished)}设为不公开，其中的文字没有写入公开版。"
        found.append(Pending("unpublished", "", said))
    return found


def _of_item(item: Item, limit: int) -> list[Pending]:
    found: list[tuple[str, str]] = []
    if not item.texts:
        found.append(("no-text", "没有核定表述，责任单位也没有可以写入的摘要或进展，正文只写了状态。"))
    elif not item.is_approved:
        columns = sorted({BY_NAME[each.column].label for each in item.texts})
        found.append(("no-approval", f"没有核定表述，正文用的是单位的{'、'.join(columns)}，请核定。"))
    long = [each.who for each in item.texts if each.column == "summary" and len(each.text) > limit]
    if long:
        found.append(("long-text", f"{names(long)}的摘要超过{limit}字，请压缩。"))
    if item.kind == "done":
        if not item.done_on:
            found.append(("no-date", "已完成，但没有完成日期。"))
        if not item.evidence:
            found.append(("no-evidence", "已完成，但没有佐证材料。"))
    if item.kind in ("overdue", "lagging") and not item.problems:
        found.append(("no-reason", "没有说明未完成的原因和措施，请向责任单位核实。"))
    undecided = [each.written for each in item.point.answers if not each.unit]
    if undecided:
        found.append(("no-unit", f"“{names(undecided)}”尚未对应到单位，统计中没有计入。"))
    if item.standing.decided and _disagrees(item):
        found.append(("disagree", "认定状态与单位自报状态不一致，报告按认定状态，请确认。"))
    return [Pending(code, item.wp, what) for code, what in found]


def _disagrees(item: Item) -> bool:
    closed = {"done", "written_off"}
    said = {each.status in closed for each in item.standing.units if each.status != "unreported"}
    return bool(said) and (item.standing.status in closed) not in said
