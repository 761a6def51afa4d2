"""An independent recount of a year: every count and rate again, from 工作台账.xlsx alone.

Reads the workbook with openpyxl and imports nothing of ours. What a row says of itself (亮灯, 自报状态, 认定状态, 承担角色,
到期日) is counted here by its own rules, and `disagreements` compares it with what the documents of the office print: the
report (.docx and its .xlsx), its annexes, the page, the circular and the slips to all (督查通报). Give it the office's
folder and the plan's number; `merged` says which unit's rows count for another one (old name: new name).

What the workbook does not hold cannot be counted from it: who was asked in a round and how many forms came back.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from html import unescape
from pathlib import Path

import openpyxl

LEFT_OUT, LONG, DONE, LATE = "不计", "长期坚持", "已完成", "逾期未完成"
CLASSES = (DONE, "基本完成", "正在推进", "进展滞后", "未启动", "待核实", LATE)
NUMBER = r"(\d+(?:\.\d+)?)"
# 类别 of units that are asked by letter and stand in no rate and no rank.
_ASKED = ("党委部门", "人大政协法检", "垂直管理", "中省驻")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass
class Share:
    """A row of 各单位进展."""

    point: str
    unit: str
    role: str
    light: str
    says: str
    due: dt.date | None
    released: bool


@dataclass
class Item:
    """A row of 任务事项 with its shares."""

    id: str
    section: str
    decision: str
    light: str
    due: dt.date | None
    withheld: bool
    shares: list[Share] = field(default_factory=list)

    @property
    def proposers(self) -> list[Share]:
        """The leads where there are any, else all who answer."""
        main = [share for share in self.shares if share.role in ("牵头", "责任") and not share.released]
        return [share for share in main if share.role == "牵头"] or main

    @property
    def kind(self) -> str:
        """Its class, from its light, the office's word and the units' words."""
        reason = self.light[2:]
        if reason in (LEFT_OUT, DONE, LATE):
            return reason
        if self.decision == "持续推进" or (self.due is None and reason == "长期坚持"):
            return LONG
        if self.decision in ("基本完成", "正在推进", "进展滞后", "未启动"):
            return self.decision
        words = {share.says for share in self.proposers}
        if words <= {"", "不涉及"}:
            return "待核实"
        return "未启动" if words <= {"", "不涉及", "未启动"} else "正在推进"


@dataclass
class Year:
    """The rows of the workbook, without those marked 不通报."""

    items: list[Item]
    merged: Mapping[str, str]
    today: dt.date
    asked: frozenset[str] = frozenset()

    def of(self, *kinds: str) -> list[Item]:
        return [item for item in self.items if item.kind in kinds]

    @property
    def base(self) -> list[Item]:
        return [item for item in self.items if item.kind not in (LEFT_OUT, LONG)]

    def answering(self, name: str) -> str:
        return self.merged.get(name, name)

    @property
    def units(self) -> list[str]:
        return sorted(
            {
                self.answering(share.unit)
                for item in self.items
                if item.kind != LEFT_OUT
                for share in item.shares
            }
        )

    def unit(self, name: str) -> dict[str, int]:
        """What a unit leads, answers for and supports; of what it answers for: base, done, late, due."""
        counts = dict.fromkeys(
            ("牵头", "负责", "配合", "计入完成率", "已完成", "逾期", "到期应完成", "到期已完成"), 0
        )
        for item in self.items:
            own = [
                share
                for share in item.shares
                if self.answering(share.unit) == name and not share.released and item.kind != LEFT_OUT
            ]
            if not own:
                continue
            roles = {share.role for share in own}
            role = "牵头" if "牵头" in roles else "责任" if "责任" in roles else "配合"
            counts["负责" if role == "责任" else role] += 1
            if role == "配合" or item.kind == LONG:
                continue
            main = [share for share in own if share.role != "配合"]
            done = all(share.light[2:] == DONE for share in main)
            late = any(share.light[2:] == LATE for share in main)
            is_due = max((share.due for share in main if share.due), default=dt.date.max) <= self.today
            counts["计入完成率"] += 1
            counts["已完成"] += done
            counts["逾期"] += late
            counts["到期应完成"] += late or (done and is_due)
            counts["到期已完成"] += done and is_due
        return counts


def read_year(folder: Path, plan: str, today: dt.date, merged: Mapping[str, str] | None = None) -> Year:
    """The rows of a plan in 台账/工作台账.xlsx."""
    book = openpyxl.load_workbook(folder / "台账" / "工作台账.xlsx", data_only=True)
    items: dict[str, Item] = {}
    for row in _rows(book["任务事项"]):
        # What a revision took back stays in the workbook, greyed.
        if row["事项编号"].startswith(f"{plan}-") and "已取消" not in row["亮灯"]:
            items[row["事项编号"]] = Item(
                row["事项编号"],
                row["板块"],
                row["认定状态"],
                row["亮灯"],
                _day(row["到期日"]),
                row["不通报"] == "是",
            )
    for row in _rows(book["各单位进展"]):
        item = items.get(row["事项编号"])
        is_former = any(word in row["亮灯"] for word in ("已取消", "不再承担"))
        if item is not None and row["承担角色"] in ("牵头", "责任", "配合") and not is_former:
            item.shares.append(
                Share(
                    item.id,
                    row["责任单位"],
                    row["承担角色"],
                    row["亮灯"],
                    row["自报状态"],
                    _day(row["到期日"]),
                    row["自报状态"] == "不涉及" and row.get("不涉及确认") == "同意",
                )
            )
    register = openpyxl.load_workbook(folder / "单位及联络员名单.xlsx", data_only=True)
    asked = frozenset(row["单位名称"] for row in _rows(register["单位"], "单位名称") if row["类别"] in _ASKED)
    return Year([item for item in items.values() if not item.withheld], merged or {}, today, asked)


def _rows(sheet: object, label: str = "事项编号") -> Iterator[dict[str, str]]:
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]  # type: ignore[attr-defined]
    head = next(number for number, row in enumerate(rows) if label in row)
    for row in rows[head + 1 :]:
        yield dict(zip(rows[head], row, strict=True))


def _day(text: str) -> dt.date | None:
    match = _DAY.match(text)
    return dt.date(*map(int, match.groups())) if match else None


def inconsistencies(year: Year) -> list[str]:
    """Rows that contradict each other: a point that nobody decided is done exactly when those who propose are."""
    wrong = []
    for item in year.items:
        if item.decision or item.kind in (LEFT_OUT, LONG):
            continue
        finished = [share.light[2:] == DONE for share in item.proposers]
        if item.kind == DONE and not (finished and all(finished)):
            wrong.append(f"{item.id}: done, and who proposes has not finished")
        if item.kind != DONE and finished and all(finished) and len(item.proposers) == len(item.shares):
            wrong.append(f"{item.id}: not done, and everybody has finished")
    return wrong


def disagreements(year: Year, folder: Path, name: str, plan: str) -> list[str]:
    """What the documents say and the workbook does not bear out, one sentence each.

    Args:
        year: The workbook.
        folder: The office's folder.
        name: What the report's files are called, without ending.
        plan: The plan's number.
    """
    reports = folder / "报告"
    text = _paragraphs((reports / f"{name}.docx").read_bytes())
    book = openpyxl.load_workbook(reports / f"{name}.xlsx", data_only=True)
    wrong = inconsistencies(year) + _overview(year, text) + _annexes(year, book) + _unit_sheet(year, book)
    wrong += _page(year, (reports / f"{name}.html").read_text(encoding="utf-8"))
    for circular in reports.glob("*情况通报.docx"):
        data = circular.read_bytes()
        wrong += _overview(year, _paragraphs(data)) + _circular(year, data)
    for slip in folder.glob("督办/*/督查通报*.docx"):
        wrong += _slip(year, _paragraphs(slip.read_bytes()))
    return wrong


def _paragraphs(data: bytes) -> list[str]:
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode("utf-8")
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, flags=re.DOTALL)
    return [unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)", each))) for each in paragraphs]


def _tables(data: bytes) -> list[list[list[str]]]:
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode("utf-8")
    return [
        [
            [
                unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)", cell)))
                for cell in re.findall(r"<w:tc>.*?</w:tc>", row, flags=re.DOTALL)
            ]
            for row in re.findall(r"<w:tr[ >].*?</w:tr>", table, flags=re.DOTALL)
        ]
        for table in re.findall(r"<w:tbl>.*?</w:tbl>", xml, flags=re.DOTALL)
    ]


def _compare(what: str, printed: object, counted: object) -> list[str]:
    return [] if printed == counted else [f"{what}: printed {printed}, counted {counted}"]


def _overview(year: Year, text: list[str]) -> list[str]:
    (line,) = [each for each in text if "共列入任务事项" in each]
    wrong = []
    for pattern, n in (
        (rf"共列入任务事项{NUMBER}项", len(year.items) - len(year.of(LEFT_OUT))),
        (rf"由{NUMBER}个单位承担", len(year.units)),
        (rf"(?:有明确时限|计入完成率)的{NUMBER}项中", len(year.base)),
        (rf"长期坚持的{NUMBER}项", len(year.of(LONG))),
        (rf"另有{NUMBER}项已调整或不涉及", len(year.of(LEFT_OUT))),
    ):
        match = re.search(pattern, line)
        wrong += _compare(pattern, match.group(1) if match else "0", str(n))
    for kind in CLASSES:
        match = re.search(rf"(?<!未){kind}{NUMBER}项，占{NUMBER}%", line)
        n = len(year.of(kind))
        wrong += _compare(kind, match.group(1) if match else "0", str(n))
        if match and match.group(2) != _share(n, len(year.base)):
            wrong.append(f"{kind}: {match.group(2)}% is not {n} of {len(year.base)}")
    parts = "".join(each for each in text if each.startswith("分板块看，"))
    for section in dict.fromkeys(item.section for item in year.items) if parts else ():
        some = [item for item in year.base if item.section == section]
        bare = re.sub(r"^[一二三四五六七八九十]+、", "", section) or "其他"
        match = re.search(rf"“{re.escape(bare)}”(?:{NUMBER}项，(全部完成|均未完成|已完成(\d+)项))?", parts)
        if match is None:
            wrong.append(f"{section}: not told")
            continue
        total, how, number = match.groups()
        done = sum(item.kind == DONE for item in some)
        told = total if how == "全部完成" else "0" if how in ("均未完成", None) else number
        wrong += _compare(section, (total or "0", told), (str(len(some)), str(done)))
    return wrong


def _annexes(year: Year, book: openpyxl.Workbook) -> list[str]:
    wrong = []
    listed = {row["事项编号"]: row for row in _rows(book["任务落实情况一览表"])}
    wrong += _compare("一览表", sorted(listed), sorted(item.id for item in year.items))
    for item in year.items:
        word = listed[item.id]["状态"].partition("（")[0]
        if item.kind != LEFT_OUT:
            wrong += _compare(f"{item.id} 状态", word, item.kind)
        wrong += _compare(f"{item.id} 亮灯", listed[item.id]["亮灯"], "（".join(item.light.split(" ")) + "）")
    late = [item.id for item in year.base if item.kind != DONE]
    if "未完成事项及原因" in book.sheetnames:
        wrong += _compare("未完成", [row["事项编号"] for row in _rows(book["未完成事项及原因"])], late)
    elif late:
        wrong.append("no annex of what is open")
    return wrong


def _unit_sheet(year: Year, book: openpyxl.Workbook) -> list[str]:
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in book["各单位情况"].iter_rows(values_only=True)
    ]
    head = next(number for number, row in enumerate(rows) if "单位" in row and "牵头" in row)
    printed = {
        row["单位"]: row for row in (dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :])
    }
    wrong = _compare("各单位情况", sorted(printed), year.units)
    for name in year.units:
        counts = year.unit(name)
        for label in ("牵头", "负责", "配合", "计入完成率", "已完成", "到期应完成", "逾期"):
            wrong += _compare(f"{name} {label}", printed[name][label], str(counts[label]))
        rate = "" if name in year.asked else _percent(counts)
        share = printed[name]["到期完成率"]
        wrong += _compare(f"{name} 到期完成率", f"{100 * float(share):.1f}" if share else "", rate)
    return wrong


def _percent(counts: Mapping[str, int], part: str = "到期已完成", whole: str = "到期应完成") -> str:
    return _share(counts[part], counts[whole])


def _share(part: int, whole: int) -> str:
    """A percentage, halves up; all of it and none of it are said of nothing else."""
    if not whole:
        return ""
    tenths = min(
        max(math.floor(Fraction(1000 * part, whole) + Fraction(1, 2)), int(part > 0)),
        1000 - int(part < whole),
    )
    return f"{tenths // 10}.{tenths % 10}"


def _circular(year: Year, data: bytes) -> list[str]:
    wrong = []
    printed = {
        row[1]: row[2:] for table in _tables(data) if table and table[0][1:2] == ["单位"] for row in table[1:]
    }
    for name in year.units:
        counts = year.unit(name)
        if name in year.asked or not (counts["牵头"] or counts["负责"]):
            continue
        labels = ("牵头", "负责", "已完成", "到期应完成", "逾期")
        wanted = [
            *(str(counts[label]) for label in labels),
            f"{_percent(counts)}%" if _percent(counts) else "—",
        ]
        wrong += _compare(f"通报 {name}", printed.get(name, [])[:6], wanted)
    return wrong


def _page(year: Year, html: str) -> list[str]:
    wrong = []
    cards = {label: value for value, label in re.findall(r"<b>([^<]*)</b><span>([^<]*)</span></div>", html)}
    wrong += _compare("page total", cards["任务事项"], str(len(year.items) - len(year.of(LEFT_OUT))))
    wrong += _compare("page late", cards[LATE], str(len(year.of(LATE))))
    for colour in "红黄蓝绿灰":
        (n,) = set(re.findall(rf"<b>{colour}灯 (\d+)项</b>", html))
        shown = [item for item in year.items if item.kind != LEFT_OUT and item.light[0] == colour]
        wrong += _compare(f"page {colour}", n, str(len(shown)))
        (share,) = set(re.findall(rf"<b>{colour}灯 \d+项</b><span>[^<]*</span><span>([^<]*)%</span>", html))
        wrong += _compare(
            f"page {colour} share",
            share,
            _share(len(shown), len(year.items) - len(year.of(LEFT_OUT))) or "0.0",
        )
    rows = re.findall(
        r'<button type="button" class="pick"[^>]*>([^<]*)</button></td>((?:<td.*?</td>)+)', html
    )
    printed = {unescape(name): re.findall(r">([^<>]*)</td>", cells)[:6] for name, cells in rows}
    wrong += _compare("page units", sorted(printed), year.units)
    for name in year.units:
        counts = year.unit(name)
        rate = _percent(counts, "已完成", "计入完成率")
        labels = ("牵头", "负责", "配合", "已完成")
        wanted = [*(str(counts[each]) for each in labels), f"{rate}%" if rate else "", str(counts["逾期"])]
        wrong += _compare(f"page {name}", printed.get(name), wanted)
    return wrong


def _slip(year: Year, text: list[str]) -> list[str]:
    """The first paragraph of a 督查通报 that speaks of the whole plan on the day of the workbook."""
    day = f"截至{year.today.year}年{year.today.month}月{year.today.day}日，"
    wrong = []
    for line in text:
        match = re.search(
            rf"{day}长期坚持的以外，{NUMBER}项任务中，已完成{NUMBER}项，.*?逾期未完成{NUMBER}项", line
        )
        if match:
            wanted = (len(year.base), len(year.of(DONE)), len(year.of(LATE)))
            wrong += _compare("督查通报", match.groups(), tuple(map(str, wanted)))
    return wrong
