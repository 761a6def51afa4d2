"""政府信息公开申请: the third table of the annual government-information report, counted from the office's register.

The table is that of the format of 2021 (国办公开办函〔2021〕30号): seven columns for who applied, and rows for what came
and what became of it. What holds in it, for every column (勾稽关系):

    一 本年新收 + 二 上年结转 = 三 本年度办理结果 + 四 结转下年度继续办理

Each of the four is counted by itself, from the days and the result of each application:

    一   received in the year
    二   received before it, and not answered before it
    三   answered in the year, by result
    四   received by the end of the year, and not answered by then

So the sums part exactly where a row contradicts itself (a result without a day, a day without a result, an answer
before the application), and `check` names those rows. The register is optional: an office without one has no table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.problems import Finding
from tracker.problems import reporting as problems
from tracker.rules.wording.outline import Align
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import TableColumn

# Who applies: the columns of the table, in order; all but the first are 法人或其他组织.
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
TOTAL = "总计"
# What the register calls a result -> the group and the words of the table's row, in order.
RESULTS: dict[str, tuple[str, str]] = {
    "予以公开": ("（一）予以公开", ""),
    "部分公开": ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    "不予：国家秘密": ("（三）不予公开", "1.属于国家秘密"),
    "不予：法律禁止": ("（三）不予公开", "2.其他法律行政法规禁止公开"),
    "不予：三安全一稳定": ("（三）不予公开", "3.危及“三安全一稳定”"),
    "不予：第三方权益": ("（三）不予公开", "4.保护第三方合法权益"),
    "不予：内部事务": ("（三）不予公开", "5.属于三类内部事务信息"),
    "不予：过程性信息": ("（三）不予公开", "6.属于四类过程性信息"),
    "不予：执法案卷": ("（三）不予公开", "7.属于行政执法案卷"),
    "不予：行政查询": ("（三）不予公开", "8.属于行政查询事项"),
    "无法：不掌握": ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    "无法：需另行制作": ("（四）无法提供", "2.没有现成信息需要另行制作"),
    "无法：内容不明确": ("（四）无法提供", "3.补正后申请内容仍不明确"),
    "不处理：信访投诉": ("（五）不予处理", "1.信访举报投诉类申请"),
    "不处理：重复申请": ("（五）不予处理", "2.重复申请"),
    "不处理：公开出版物": ("（五）不予处理", "3.要求提供公开出版物"),
    "不处理：大量反复": ("（五）不予处理", "4.无正当理由大量反复申请"),
    "不处理：确认重出": ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    "其他：逾期不补正": (
        "（六）其他处理",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    "其他：逾期不缴费": (
        "（六）其他处理",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    "其他：其他": ("（六）其他处理", "3.其他"),
}
NEW, CARRIED_IN, RESULT, CARRIED_OUT = "new", "carried_in", "result", "carried_out"


@dataclass(frozen=True, slots=True)
class Application:
    """A row of the register; what could not be read is empty and was said where it was read.

    Attributes:
        no: 登记号.
        receipt_day: Day on which it was received.
        applicant: One of `APPLICANTS`.
        answer_day: Day of the answer.
        result: One of the keys of `RESULTS`.
        place: The row in the workbook.
    """

    no: str
    receipt_day: dt.date | None
    applicant: str
    answer_day: dt.date | None = None
    result: str = ""
    place: str = ""


@dataclass(frozen=True)
class ApplicationCounts:
    """The table's numbers: for each line (`new`, `carried_in`, `carried_out` or a result) and column, its rows."""

    year: int
    rows: dict[tuple[str, str], tuple[Application, ...]]

    def n(self, line: str, applicant: str) -> int:
        """A number; `result` is the sum of all results, `总计` counts every applicant, also one nobody can place."""
        lines = tuple(RESULTS) if line == RESULT else (line,)
        if applicant == TOTAL:
            return sum(len(some) for (name, _), some in self.rows.items() if name in lines)
        return sum(len(self.rows.get((name, applicant), ())) for name in lines)


def count_applications(applications: Sequence[Application], year: int) -> ApplicationCounts:
    """Count the table of a year."""
    rows: dict[tuple[str, str], list[Application]] = {}
    for application in applications:
        for line in _lines(application, year):
            rows.setdefault((line, application.applicant), []).append(application)
    return ApplicationCounts(year, {key: tuple(some) for key, some in rows.items()})


def _lines(application: Application, year: int) -> Iterator[str]:
    receipt_day, answer_day = application.receipt_day, application.answer_day
    if receipt_day is not None and receipt_day.year == year:
        yield NEW
    if (
        receipt_day is not None
        and receipt_day.year < year
        and not (answer_day is not None and answer_day.year < year)
    ):
        yield CARRIED_IN
    if answer_day is not None and answer_day.year == year and application.result:
        yield application.result
    waits = answer_day is None and not application.result
    if (
        receipt_day is not None
        and receipt_day.year <= year
        and (waits or (answer_day is not None and answer_day.year > year))
    ):
        yield CARRIED_OUT


def check_applications(applications: Sequence[Application], counts: ApplicationCounts) -> tuple[Finding, ...]:
    """Where 一 + 二 is not 三 + 四, column by column; the rows that contradict themselves are named first."""
    findings = [
        finding for application in applications for finding in _contradictions(application, counts.year)
    ]
    for applicant in (*APPLICANTS, TOTAL):
        new, before, done, after = (
            counts.n(line, applicant) for line in (NEW, CARRIED_IN, RESULT, CARRIED_OUT)
        )
        if new + before != done + after:
            findings.append(
                problems.SUMS_PART.at(applicant=applicant, new=new, before=before, done=done, after=after)
            )
    for line, label in ((NEW, "一"), (CARRIED_IN, "二"), (RESULT, "三"), (CARRIED_OUT, "四")):
        parts, whole = sum(counts.n(line, applicant) for applicant in APPLICANTS), counts.n(line, TOTAL)
        if parts != whole:
            findings.append(problems.COLUMNS_PART.at(line=label, parts=parts, whole=whole))
    return tuple(findings)


def _contradictions(application: Application, year: int) -> Iterator[Finding]:
    years = {day.year for day in (application.receipt_day, application.answer_day) if day is not None}
    if years and min(years) > year:
        return
    if application.receipt_day is None:
        yield problems.NOT_RECEIVED.at(application.place, no=application.no or "这一件")
    if application.applicant not in APPLICANTS:
        yield problems.NO_APPLICANT.at(
            application.place, no=application.no or "这一件", known="、".join(APPLICANTS)
        )
    if application.result and application.answer_day is None:
        yield problems.NO_ANSWER_DAY.at(application.place, no=application.no or "这一件")
    if application.answer_day is not None and not application.result:
        yield problems.NO_RESULT.at(application.place, no=application.no or "这一件")
    if (
        application.receipt_day
        and application.answer_day
        and application.answer_day < application.receipt_day
    ):
        yield problems.ANSWERED_EARLY.at(application.place, no=application.no or "这一件")


def applications_table(counts: ApplicationCounts) -> Table:
    """The table as the annual report prints it."""
    rows: list[tuple[str, ...]] = []
    wide = []

    def add(line: str, *labels: str) -> None:
        words = (*labels, *([""] * (3 - len(labels))))
        if len(labels) < 3:
            wide.append((len(rows), len(labels) - 1, 4 - len(labels)))
        rows.append((*words, *(str(counts.n(line, applicant)) for applicant in (*APPLICANTS, TOTAL))))

    add(NEW, "一、本年新收政府信息公开申请数量")
    add(CARRIED_IN, "二、上年结转政府信息公开申请数量")
    for line, (group, words) in RESULTS.items():
        add(line, "三、本年度办理结果", *((group, words) if words else (group,)))
    add(RESULT, "三、本年度办理结果", "（七）总计")
    add(CARRIED_OUT, "四、结转下年度继续办理")
    labels = (TableColumn("", 15, merge=True), TableColumn("", 18, merge=True), TableColumn("", 40))
    people = tuple(TableColumn(applicant, 13, Align.CENTER) for applicant in (*APPLICANTS, TOTAL))
    over = (("办理情况", 3), ("", 1), ("法人或其他组织", len(APPLICANTS) - 1), ("", 1))
    return Table((*labels, *people), tuple(rows), over=over, wide=frozenset(wide))


def rows_of_counts(counts: ApplicationCounts) -> tuple[tuple[str, str, int, str], ...]:
    """Each number above nought with the rows that it counts: line, applicant, number, 登记号."""
    names = {NEW: "一、本年新收", CARRIED_IN: "二、上年结转", CARRIED_OUT: "四、结转下年度继续办理"}
    order = [NEW, CARRIED_IN, *RESULTS, CARRIED_OUT]
    return tuple(
        (
            names.get(line) or f"三、办理结果：{''.join(RESULTS[line])}",
            applicant or "（未写明）",
            len(some),
            "、".join(application.no or application.place for application in some),
        )
        for (line, applicant), some in sorted(
            counts.rows.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])
        )
    )
