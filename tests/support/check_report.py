"""An independent reader of a report: every figure in its text against the workbook beside it.

Reads the .docx with zipfile and lxml and the .xlsx with openpyxl, and imports nothing of ours. Each sentence with
figures is known by its words; its figures are looked up in the workbook under the name that belongs to them, and a
figure in a sentence that nobody knows is a fault, too. The words are those of the shipped `templates/report.txt`.
"""

from __future__ import annotations

import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CLASSES = ("已完成", "基本完成", "正在推进", "进展滞后", "未启动", "待核实", "逾期未完成")
# What a sentence says before a number of items -> the figure's name in the workbook.
SAID = {
    r"共列入任务事项{}项": "任务事项",
    r"由{}个单位承担": "承担任务的单位",
    r"(?:有明确时限|计入完成率)的{}项中": "计入完成率的事项",
    r"长期坚持的{}项，": "长期坚持",
    r"其中{}项按年度要求推进": "长期坚持、按年度要求推进",
    r"对长期坚持的{}项任务": "长期坚持",
    r"对基本完成的{}项任务": "基本完成",
    r"有{}项长期坚持的任务推进情况待核实": "长期坚持、推进情况待核实",
    r"另有{}项已调整或不涉及": "不计入的事项",
    r"有{}项任务逾期未完成": "逾期未完成",
    r"有{}项任务进展滞后": "进展滞后",
    r"有{}项任务尚未启动": "未启动",
    r"有{}项任务的责任单位尚未反馈": "待核实",
    r"对逾期未完成的{}项任务": "逾期未完成",
    r"进展滞后的{}项": "进展滞后",
    r"尚未启动的{}项": "未启动",
    r"对状态待核实的{}项任务": "待核实",
    r"对正在推进的{}项任务": "正在推进",
    r"应报送进展的单位{}个": "应报单位",
    r"已报送{}个": "已报单位",
    r"未报送{}个": "未报单位",
    r"有{}个单位未按期报送": "未报单位",
    r"情况的{}个单位，督促": "未报单位",
    r"[。，]逾期未完成{}项(?=[，。])": "逾期未完成",
    r"[。，]进展滞后{}项(?=[，。])": "进展滞后",
    r"[。，]未启动{}项(?=[，。])": "未启动",
    r"印发通知提出的{}项要求": "通知要求",
    r"中，已办结{}项": "通知要求已办结",
    r"抽查发现问题{}个": "抽查发现问题",
    r"已整改{}个": "抽查问题已整改",
    r"尚未整改的{}个问题": "抽查问题尚未整改",
    r"有时限的事项{}件": "时限事项",
    r"按时办结{}件": "时限事项按时办结",
    r"{}个单位参加年度考核": "参加考核的单位",
    r"列最高等次的{}个": "考核列最高等次的单位",
}
HEADS = ("一、总体情况", "二、任务落实情况", "三、存在的主要问题", "四、下一步工作打算")
NUMBER = r"(\d+(?:\.\d+)?)"
LOOSE = re.compile(r"\d+(?:\.\d+)?(?=项|个|%)")


class Book:
    def __init__(self, data: bytes) -> None:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        self.sheets = {sheet.title: _table(sheet) for sheet in book}

    def rows(self, name: str) -> list[dict[str, str]]:
        return self.sheets.get(name, [])

    def figure(self, label: str) -> tuple[str, str] | None:
        """Number and share of the figure whose name ends so; of rounds there is only one."""
        found = [row for row in self.rows("数字与口径") if row["指标"] == label]
        if label.endswith("单位"):
            found = found or [row for row in self.rows("数字与口径") if row["指标"].endswith(label)]
        return (found[0]["数值"], _percent(found[0]["占比"])) if found else None


def _percent(share: str) -> str:
    return f"{100 * float(share):.1f}" if share else ""


def _table(sheet: object) -> list[dict[str, str]]:
    rows = [[_text(each) for each in row] for row in sheet.iter_rows(values_only=True)]  # type: ignore[attr-defined]
    head = next((n for n, row in enumerate(rows) if sum(map(bool, row)) > 2), len(rows))
    return [dict(zip(rows[head], row, strict=False)) for row in rows[head + 1 :]] if head < len(rows) else []


def _text(value: object) -> str:
    return "" if value is None else str(value)


def paragraphs(data: bytes) -> list[str]:
    """The body's paragraphs, tables and annexes left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = etree.fromstring(parts.read("word/document.xml")).find(f"{W}body")
    found: list[str] = []
    for each in body.iterchildren(f"{W}p"):
        found.append("".join(each.itertext(f"{W}t")))
        if each.find(f"{W}pPr/{W}sectPr") is not None:
            break
    return [each for each in found if each]


def chapters(lines: list[str]) -> list[list[str]]:
    """The paragraphs of the four chapters."""
    heads = [n for n, line in enumerate(lines) if line in HEADS]
    end = next((n for n, line in enumerate(lines) if line.startswith("附件：")), len(lines))
    return [lines[start + 1 : stop] for start, stop in zip(heads, [*heads[1:], end], strict=True)]


def typed_in(material: bytes) -> set[str]:
    """What stands under 内容 of 报告要素."""
    rows = openpyxl.load_workbook(io.BytesIO(material))["报告要素"].iter_rows(values_only=True)
    return {str(row[1]) for row in rows if row[1]}


def check_numbers(docx: bytes, xlsx: bytes, material: bytes = b"") -> list[str]:
    """What does not agree, one sentence each; what the office typed into 起草素材表 for the whole report is its own."""
    book, parts = Book(xlsx), chapters(paragraphs(docx))
    if len(parts) != 4:
        return [f"{len(parts)} chapters"]
    own = typed_in(material) if material else set()
    overview, items, problems, steps = ([line for line in part if line not in own] for part in parts)
    wrong = []
    for line in (*overview, *problems, *steps):
        wrong += _line(line, book)
    wrong += _sections(overview, book) + _shares(overview, book) + _changes(overview, book)
    return wrong + _rest(items, book) + _many(items, book)


def _line(line: str, book: Book) -> list[str]:
    """The figures of one sentence; what is left over is nobody's."""
    # Year to year is counted, and checked, by itself.
    if "分板块看，" in line or line.startswith(("与上期", "与上年")):
        return []
    # Names of plans and items may hold figures of their own.
    line = re.sub(r"《[^》]*》", "", line)
    wrong = []
    if "单位之间进展不平衡" in line:
        states = [row["状态"] for row in book.rows("任务落实情况一览表")]
        for asked, done in re.findall(rf"涉及的{NUMBER}个单位中，{NUMBER}个已完成", line):
            if not any(f"{asked}个单位中{done}个已完成" in state for state in states):
                wrong.append(f"no item of the workbook has {done} of {asked} units")
        return wrong
    is_behind = re.match(r"(?:[一二三四五六七八九十]是)?(?:个别|部分)任务进度滞后。", line)
    if is_behind:
        counts, _, words = line[is_behind.end() :].partition("“")
        wrong += _line(f"。{counts.removesuffix('主要是')}", book)
        line = f"“{words}"
    if is_behind or "工作推进中还有困难。" in line or line.startswith("针对推进中的困难"):
        # Words of units: each figure among them stands in the workbook as they wrote it.
        reasons = "".join(row["原因、措施和预计完成时间"] for row in book.rows("未完成事项及原因"))
        words = re.split(r"\W+", re.sub(r"“[^”]*”|(?:其余|详)见附件\d+。$", "，", line))
        plain = re.sub(r"\W", "", reasons)
        return wrong + [
            f"no reason of the workbook says {word}"
            for word in words
            if re.search(r"\d", word) and word not in plain
        ]
    if more := re.search(rf"；其余{NUMBER}项见附件\d?", line):
        whole = re.search(rf"有{NUMBER}项任务", line)
        if whole is None or int(whole.group(1)) != int(more.group(1)) + 5:
            wrong.append(f"其余{more.group(1)}项: not what is left of the whole")
    if re.match(r"(?:[一二三四五六七八九十]是)?有", line):
        line = line.partition("：")[0]
    for label in CLASSES:
        for n, share in re.findall(rf"(?<!未){label}{NUMBER}项，占{NUMBER}%", line):
            if book.figure(label) != (n, share):
                wrong.append(f"{label}{n}项，占{share}%: the workbook says {book.figure(label)}")
        line = re.sub(rf"(?<!未){label}{NUMBER}项，占{NUMBER}%", "", line)
    for share in re.findall(rf"报送率{NUMBER}%", line):
        if (book.figure("已报单位") or ("", ""))[1] != share:
            wrong.append(f"报送率{share}%: the workbook says {book.figure('已报单位')}")
    line = re.sub(rf"报送率{NUMBER}%", "", line)
    for words, label in SAID.items():
        pattern = words.format(NUMBER)
        for n in re.findall(pattern, line):
            known = book.figure(label)
            if known is None or known[0] != n:
                wrong.append(f"{pattern.replace(NUMBER, n)}: the workbook says {known}")
        line = re.sub(pattern, "", line)
    return wrong + [f"nobody knows {each} in: {line}" for each in LOOSE.findall(line)]


def _sections(overview: list[str], book: Book) -> list[str]:
    said = [line for line in overview if line.startswith("分板块看，")]
    rows = [row for row in book.rows("数字与口径") if "：" in row["指标"]]
    whole = [int(row["数值"]) for row in rows if row["指标"].endswith("：任务事项")]
    totals = [row["数值"] for row in rows if row["指标"].endswith("：计入完成率的事项")]
    done = [row["数值"] for row in rows if row["指标"].endswith("：已完成")]
    late = [row["数值"] for row in rows if row["指标"].endswith("：逾期未完成")]
    if not said:
        return [] if len(totals) < 2 else ["the parts are not told"]
    found = re.findall(
        rf"”(?:{NUMBER}项，(全部完成|均未完成|已完成\d+项)(?:、逾期{NUMBER}项)?(?:，另有长期坚持{NUMBER}项)?|长期坚持{NUMBER}项)[；。]",
        said[0],
    )
    told = []
    for total, how, over, beside, alone in found:
        closed = total if how == "全部完成" else how[3:-1] if how.startswith("已") else "0"
        told.append((total or "0", closed, over or "0", int(beside or alone or 0)))
    long_term = [n - int(base) for n, base in zip(whole, totals, strict=True)]
    wanted = list(zip(totals, done, late, long_term, strict=True))
    return [] if told == wanted else [f"parts: told {told}, the workbook says {wanted}"]


def _shares(overview: list[str], book: Book) -> list[str]:
    """Each share is a count by what counts in rates, rounded half up; they need not make 100.0."""
    told = set(re.findall(rf"占{NUMBER}%", overview[0]))
    base = book.figure("计入完成率的事项")
    if not base or base[0] == "0":
        return []
    counts = [Decimal(figure[0]) for figure in map(book.figure, CLASSES) if figure]
    tenth = Decimal("0.1")
    shares = {str((100 * count / Decimal(base[0])).quantize(tenth, ROUND_HALF_UP)) for count in counts}
    return [f"{share}% is the share of no class" for share in sorted(told - shares)]


def _changes(overview: list[str], book: Book) -> list[str]:
    said = "".join(line for line in overview if line.startswith("与上期"))
    rows = [(row["上期"], row["本期"]) for row in book.rows("与上期差异说明")]
    wanted = {
        "新增完成": sum(now == "已完成" and was != "未列入" for was, now in rows),
        "由完成改为未完成": sum(was == "已完成" and now != "未列入" for was, now in rows),
        "新列入": sum(was == "未列入" for was, _ in rows),
        "不再列入": sum(now == "未列入" for _, now in rows),
    }
    wrong = []
    for words, n in wanted.items():
        told = re.search(rf"{words}{NUMBER}项", said)
        if (told.group(1) if told else "0") != str(n):
            wrong.append(f"{words}: told {told and told.group(1)}, the workbook lists {n}")
    return wrong


def _rest(items: list[str], book: Book) -> list[str]:
    """What is not told item by item, task by task."""
    told, wrong = [], []
    for line in items:
        for found in re.finditer(
            rf"(?:^|[。”])(?:其余|本任务){NUMBER}项(均?已完成|均?按年度要求推进|均?尚未完成|中[^。]*)，情况见附件\d?。$",
            line,
        ):
            n, how = found.groups()
            parts = {
                kind: int(some) for kind, some in re.findall(rf"(已完成|长期坚持|尚未完成){NUMBER}项", how)
            }
            if parts and sum(parts.values()) != int(n):
                wrong.append(f"{line}: {parts} make no {n}")
            told.append(
                (n, str(parts.get("已完成", 0)) if how.startswith("中") else n if "已完成" in how else "0")
            )
    wanted = [(row["项数"], row["其中已完成"]) for row in book.rows("正文未展开的事项")]
    return wrong if told == wanted else [*wrong, f"the rest: told {told}, the workbook says {wanted}"]


def _many(items: list[str], book: Book) -> list[str]:
    """Items of many units are counted: the counts stand in the list of items, in its order."""
    rows = iter(
        (row["涉及单位数"], row["已报送"], row["报已完成"])
        for row in book.rows("任务落实情况一览表")
        if row["文字来源"].count("\n") >= 3
    )
    wrong = []
    for line in items:
        for found in re.finditer(
            rf"{NUMBER}个单位(?:均已完成|)(?:中{NUMBER}个已完成)?，各单位情况见附件",
            line,
        ):
            asked, done = found.groups()
            all_done = "均已完成" in found.group(0)
            counts = (asked, asked if all_done else done or "0")
            # Those without a sentence of their own are passed over.
            if not any((row[0], row[2]) == counts for row in rows):
                wrong.append(f"no item of the workbook has {counts}: {found.group(0)}")
    return wrong
