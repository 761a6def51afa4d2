"""The block for the annual government-information report: its third table, where the office keeps the register.

`tracker report` writes it beside the report where 台账/依申请公开登记.xlsx is there, and says nothing where it is not;
`tracker report --annual` asks for it alone and lays out an empty register where there is none. The register is read
and never written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tracker import facts
from tracker.files.documents import render_official
from tracker.files.guard import open_source
from tracker.files.lists.applications import lay_out_applications
from tracker.files.lists.applications import read_applications
from tracker.files.safe import safe_write
from tracker.files.workbooks.tables import lay_out_tables
from tracker.problems import Exit
from tracker.problems import Finding
from tracker.problems import Severity
from tracker.rules.reporting.applications import applications_table
from tracker.rules.reporting.applications import check_applications
from tracker.rules.reporting.applications import count_applications
from tracker.rules.reporting.applications import rows_of_counts
from tracker.rules.reporting.twin import ReportSheet
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Text
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.reporting.report_files import FOLDER
from tracker.steps.reporting.report_files import versions
from tracker.steps.reporting.report_files import write_files

REGISTER = "台账/依申请公开登记.xlsx"


@dataclass(frozen=True)
class AnnualBlock:
    """The block of a year: its files by name, what the register's rows want, and whether the sums agree."""

    files: dict[str, bytes]
    findings: tuple[Finding, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether 一 + 二 = 三 + 四 in every column."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def annual(call: Call, *, year: int = 0) -> Result:
    """Write the block of a year; 0 is the year of the latest plan, or this one."""
    with open_desk(call) as desk:
        path = desk.folder.path(*REGISTER.split("/"))
        if not path.exists():
            return _empty_register(desk, path)
        block = block_of(desk, year or year_of_block(desk))
        lines, all_written = write_block(desk, block)
        done = all_written and bool(block.files)
        data = {
            "files": [f"{FOLDER}/{name}" for name in block.files],
            "findings": [{"code": f.code, "place": f.place, "message": f.message} for f in block.findings],
            "agrees": block.agrees,
        }
        return Result(tuple(lines), data, Exit.DONE if done else Exit.PARTLY)


def _empty_register(desk: Desk, path: Path) -> Result:
    """An empty register, where somebody asks for the table and there is none."""
    if not desk.call.dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        safe_write(path, lay_out_applications(), now=desk.call.now)
    phrase = "将放一份" if desk.call.dry_run else "已放好一份"
    line = f"没有《{REGISTER}》，{phrase}空白的；请把全年（含上年未办结的）申请逐件登记后重新运行。"
    return Result((line,), {"files": [], "findings": [], "agrees": False}, Exit.PARTLY)


def year_of_block(desk: Desk) -> int:
    """The year of the latest plan: its annual report is written after its end."""
    years = [plan.edition.year for plan in desk.office().plans.values()]
    return max(years, default=desk.today.year)


def block_of(desk: Desk, year: int) -> AnnualBlock:
    """The block of a year from the register; no files where its head is spoiled, and nothing where it is not there."""
    path = desk.folder.path(*REGISTER.split("/"))
    if not path.exists():
        return AnnualBlock({})
    book = read_applications(open_source(path))
    if not book.is_read:
        return AnnualBlock({}, book.findings)
    counts = count_applications(book.rows, year)
    findings = (*book.findings, *check_applications(book.rows, counts))
    name = f"{year}年政府信息公开申请情况（年报第三张表）"
    document = Official(
        title="收到和处理政府信息公开申请情况",
        blocks=(
            Text("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
            applications_table(counts),
        ),
    )
    columns = (("项目", 40), ("申请人", 14), ("件数", 8), ("登记号", 70))
    rows = ReportSheet(
        "计入的申请",
        f"{year}年政府信息公开申请",
        "表中每个数字计入了哪几件。",
        columns,
        rows_of_counts(counts),
    )
    todo_columns = (("位置", 26), ("需要核实的内容", 80))
    todo = ReportSheet(
        "待核实清单",
        "待核实清单",
        "改正登记表后重新生成。" if findings else "各列均符合：一+二=三+四。",
        todo_columns,
        tuple((finding.place, finding.message) for finding in findings),
    )
    files = {f"{name}.docx": render_official(document), f"{name}.xlsx": lay_out_tables((rows, todo))}
    return AnnualBlock(files, findings)


def write_block(desk: Desk, block: AnnualBlock) -> tuple[list[str], bool]:
    """Write the block's files, and say what the register's rows want."""
    ours = versions(desk)
    if not desk.call.dry_run and block.files:
        with desk.act("report") as act:
            seq = desk.ledger.last_seq
            for name, data in block.files.items():
                place, sha = f"{FOLDER}/{name}", hashlib.sha256(data).hexdigest()
                hashes = ours.get(place, [])
                if hashes[-1:] != [sha]:
                    act.add(facts.SheetWritten(place, len(hashes) + 1, seq, sha))
    lines, all_written = write_files(desk, block.files, ours)
    if block.files:
        phrase = "各列均符合一+二=三+四" if block.agrees else "勾稽不符或有内容看不懂，定稿前请改正"
        lines.append(f"  依申请公开登记：{phrase}。")
    return [*lines, *(f"  {finding}" for finding in block.findings)], all_written
