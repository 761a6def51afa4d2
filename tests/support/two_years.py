"""An office with last year's plan, this year's, and the superior's: reworded, renamed, put together, split, dropped."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from tests.support.recording import agree, sheet_file
from tracker.files.folders import find_office
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.formats.patch import Edit, patch
from tracker.steps.call import CHINA, Call
from tracker.steps.compare import compare
from tracker.steps.init import FirstAnswers, init
from tracker.steps.record import Instructions, record

HEAD = """
| {title} | < | < | < |
| 工作任务 | 具体要求 | 责任单位 | 完成时限 |
"""
LAST = (
    "| 一、审批 | 1.压缩企业开办时间，推行企业开办一网通办 | 市工商局牵头，市税务局配合 | 6月底前 |",
    "| ^ | 2.推行施工许可分阶段办理，公布办理流程和时限 | 市住房城乡建设局负责 | 9月底前 |",
    "| 二、融资 | 3.建设首贷服务中心，帮助小微企业获得首次贷款 | 市金融办负责 | 年底前 |",
    "| ^ | 4.每季度举办银企对接会 | 市金融办、市工业和信息化局分别负责 | 每季度 |",
    "| 三、法治 | 5.清理妨碍公平竞争的规定，公布清理结果 | 市司法局负责 | 10月底前 |",
    "| ^ | 6.编制公布行政处罚裁量基准 | 市司法局负责 | 10月底前 |",
    "| ^ | 7.修订行政执法公示办法，开展行政执法人员培训 | 市司法局负责 | 10月底前 |",
    "| 四、其他 | 8.举办招商引资二十周年展览 | 市商务局负责 | 10月底前 |",
)
NOW = (
    "| 一、审批 | 1.推行施工许可分阶段办理，修订公布办理流程和时限，试行拿地即开工 | 市住房城乡建设局负责 | 9月底前 |",
    "| ^ | 2.企业开办一网通办，开办时间压缩到0.5天 | 市市场监管局牵头，市税务局配合 | 6月底前 |",
    "| 二、融资 | 3.建设首贷服务中心，帮助小微企业获得首次贷款；每季度举办银企对接会 | 市金融办负责 | 年底前 |",
    "| 三、法治 | 4.修订行政执法公示办法 | 市司法局负责 | 10月底前 |",
    "| ^ | 5.开展行政执法人员培训 | 市司法局负责 | 10月底前 |",
    "| ^ | 6.清理妨碍公平竞争的规定并公布清理结果 | 市司法局负责 | 10月底前 |",
    "| 五、数据 | 7.开放公共数据目录，每月更新 | 市大数据局负责 | 10月底前 |",
)
ABOVE = (
    "| 一、审批 | 1.推行企业开办一网通办，压减开办时间 | 省市场监管局负责 | 6月底前 |",
    "| ^ | 2.工程建设项目施工许可分阶段办理 | 省住房城乡建设厅负责 | 9月底前 |",
    "| 二、融资 | 3.完善首贷服务和银企对接机制 | 省地方金融监管局负责 | 年底前 |",
    "| 三、法治 | 4.清理妨碍统一市场和公平竞争的规定 | 省司法厅负责 | 年底前 |",
    "| 四、口岸 | 5.压缩进出口货物通关时间 | 省口岸办负责 | 年底前 |",
)
TITLE = "云溪市{year}年营商环境工作要点分工方案"
YEAR_BOOK, LEVEL_BOOK = "年度对照-P2.xlsx", "上级任务对照表-P3.xlsx"


def call(root: Path, day: str = "2026-01-06", *, dry_run: bool = False) -> Call:
    now = dt.datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=CHINA)
    return Call(now, "王敏", root, dry_run, ask=agree)


def plan_file(path: Path, title: str, rows: tuple[str, ...]) -> Path:
    return sheet_file(path, rows, HEAD.format(title=title))


def two_years(tmp_path: Path, *, above: bool = True) -> Path:
    """P1 of 2025, P2 of 2026, and P3 of the superior; nothing is compared yet."""
    root = tmp_path / "办公"
    init(call(root, "2025-03-01"), root, answers=FirstAnswers(office_name="市政府办公室"))
    record(
        call(root, "2025-03-02"),
        plan_file(tmp_path / "上年.xlsx", TITLE.format(year=2025), LAST),
        Instructions(),
    )
    record(
        call(root, "2026-01-05"),
        plan_file(tmp_path / "今年.xlsx", TITLE.format(year=2026), NOW),
        Instructions(),
    )
    if above:
        title = TITLE.format(year=2026).replace("云溪市", "江东省")
        record(
            call(root, "2026-01-05"),
            plan_file(tmp_path / "上级.xlsx", title, ABOVE),
            Instructions(superior=True),
        )
    return root


def ledger(root: Path):
    folder = find_office(root)
    return open_ledger(ledger_path(folder.root, folder.office), office=folder.office)


def office(root: Path):
    with ledger(root) as held:
        return held.office()


def acts(root: Path) -> int:
    with ledger(root) as held:
        return len(held.acts())


def links(root: Path) -> set[tuple[str, str, str]]:
    """What goes on in what, as the ledger holds it."""
    return {(each.from_wp, each.to_wp, each.how) for each in office(root).continuations}


def served(root: Path) -> set[tuple[str, str, str]]:
    return {(each.theirs, each.ours, each.how) for each in office(root).serves}


class Table:
    """The sheet 对照 of a workbook, found by the words of its head and the row's number."""

    def __init__(self, root: Path, name: str = YEAR_BOOK) -> None:
        self.path = root / "报告" / name
        self.page = openpyxl.load_workbook(self.path)["对照"]
        self.head = next(n for n, row in enumerate(self.page.iter_rows(values_only=True), 1) if "判断" in row)
        self.columns = {cell.value: cell.column for cell in self.page[self.head]}
        self.edits: list[Edit] = []

    def row(self, key: str) -> int:
        first = range(self.head + 1, self.page.max_row + 1)
        return next(n for n in first if self.page.cell(n, 1).value == key)

    def text(self, key: str, label: str) -> str:
        return str(self.page.cell(self.row(key), self.columns[label]).value or "")

    def set(self, key: str, **texts: str | None) -> Table:
        for label, value in texts.items():
            self.edits.append(Edit("对照", self.row(key) - 1, self.columns[label] - 1, value))
        return self

    def save(self) -> None:
        self.path.write_bytes(patch(self.path.read_bytes(), self.edits))


def accept_all(root: Path, name: str = YEAR_BOOK) -> None:
    Table(root, name).set("全部", 判断="按建议").save()
    compare(call(root))
