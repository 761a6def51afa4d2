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

from collections.abc import Iterator, Sequence

from tracker.applications import APPLICANTS, RESULTS, Application
from tracker.columns import Align, Column
from tracker.problems.base import Finding
from tracker.problems.report import (
    ANSWERED_EARLY,
    COLUMNS_PART,
    NO_ANSWER_DAY,
    NO_APPLICANT,
    NO_RESULT,
    NOT_RECEIVED,
    SUMS_PART,
)
from tracker.table import Table
from tracker.values import dataclass

TOTAL = "总计"
NEW, CARRIED_IN, RESULT, CARRIED_OUT = "new", "carried_in", "result", "carried_out"


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
            findings.append(SUMS_PART.at(applicant=applicant, new=new, before=before, done=done, after=after))
    for line, label in ((NEW, "一"), (CARRIED_IN, "二"), (RESULT, "三"), (CARRIED_OUT, "四")):
        parts, whole = sum(counts.n(line, applicant) for applicant in APPLICANTS), counts.n(line, TOTAL)
        if parts != whole:
            findings.append(COLUMNS_PART.at(line=label, parts=parts, whole=whole))
    return tuple(findings)


def _contradictions(application: Application, year: int) -> Iterator[Finding]:
    years = {day.year for day in (application.receipt_day, application.answer_day) if day is not None}
    if years and min(years) > year:
        return
    if application.receipt_day is None:
        yield NOT_RECEIVED.at(application.place, no=application.no or "这一件")
    if application.applicant not in APPLICANTS:
        yield NO_APPLICANT.at(application.place, no=application.no or "这一件", known="、".join(APPLICANTS))
    if application.result and application.answer_day is None:
        yield NO_ANSWER_DAY.at(application.place, no=application.no or "这一件")
    if application.answer_day is not None and not application.result:
        yield NO_RESULT.at(application.place, no=application.no or "这一件")
    if (
        application.receipt_day
        and application.answer_day
        and application.answer_day < application.receipt_day
    ):
        yield ANSWERED_EARLY.at(application.place, no=application.no or "这一件")


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
    labels = (Column("", 15, merge=True), Column("", 18, merge=True), Column("", 40))
    people = tuple(Column(applicant, 13, align=Align.CENTER) for applicant in (*APPLICANTS, TOTAL))
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
