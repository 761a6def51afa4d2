"""Driving the program as people do, through a sample office and an ugly one, for `compare_office.py`.

    drive_office.py PYTHON OUT [--cwd CHECKOUT] [--postgresql ADDRESS] [--cases FOLDER] [--read FOLDER ...]
                          [--phrases FILE ...] [--only sample ugly ugly-pg cases reads]

A `Desk` is a clerk at one office folder: it types commands, edits workbooks, lays files down, and logs every command
with its exit code, what it printed and which files it wrote. The ugly office has a merger, a revision, conflicts,
spoiled forms, broken files and wrong words. Nothing of the program is imported.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import io
import itertools
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # started by its path

from scripts.compare_office import CORE_TIME, KEPT, OFFICE

# Driving the program.


class Desk:
    """A clerk at one office folder: types commands, edits workbooks, lays files down; every command is logged."""

    def __init__(self, python: str, out: Path, office: str, checkout: Path | None) -> None:
        self.out, self.office, self.python = out, office, python
        self.root, self.inputs = out / office, out / f"{office}-inputs"
        self.now = "2026-03-02T09:00"
        self._log: list[dict[str, Any]] = []
        for folder in (out / "home", out / "tmp", out / "logs", self.inputs):
            folder.mkdir(parents=True, exist_ok=True)
        own = ("PG", "XDG", "TRACKER", "PYTHON")
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith(own)
        } | {
            **dict.fromkeys(("HOME", "LOCALAPPDATA"), str(out / "home")),
            **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(out / "tmp")),
            **{"TRACKER_PERSON": "王敏", "COLUMNS": "100", "TZ": "Asia/Shanghai", "LANG": "C.UTF-8"},
            **({"PYTHONPATH": str(checkout.resolve())} if checkout else {}),
        }

    def begin(self) -> None:
        """Give the folder its id before the program makes it."""
        card = json.dumps({"office": OFFICE, "made": self.now, "folder": str(self.root)})
        self.lay(self.root / ".tracker" / "office.json", card.encode())

    def type(self, lines: str, stdin: str = "") -> None:
        """Type commands, `|` between them, at this office and this moment; `%` is the folder of the inputs."""
        before = self._state()
        for line in lines.split("|"):
            words = line.replace("%", self.inputs.name).split()
            if words and words[0].isascii() and not words[0].startswith("--"):
                words += ["--office", self.office] if "--office" not in words else []
                words += ["--now", self.now] if "--now" not in words else []
            command = [self.python, "-m", "tracker", *words]
            done = subprocess.run(
                command,
                cwd=self.out,
                env=self._environment,
                input=stdin,
                encoding="utf-8",
                capture_output=True,
            )
            after = self._state()
            changed = (path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
            wrote = sorted(KEPT.sub("原件留存/<hash>", path) for path in changed)
            before = after
            self._note(words, done.returncode, done.stdout, done.stderr, wrote)

    def _note(self, words: list[str], code: int, out: str, problems: str, wrote: list[str]) -> None:
        entry = {"argv": words, "exit": code, "stdout": out.splitlines(), "stderr": problems.splitlines()}
        self._log.append({**entry, "wrote": wrote})
        fault = "  FAULT" if "[unexpected]" in problems or "Traceback" in problems else ""
        print(f"{self.office} {code} {' '.join(words)[:100]}{fault}", flush=True)

    def _state(self) -> dict[str, str]:
        paths = (path for path in self.root.rglob("*") if path.is_file() and ".tracker" not in path.parts)
        return {
            path.relative_to(self.root).as_posix(): hashlib.md5(path.read_bytes()).hexdigest()
            for path in paths
        }

    def close(self) -> None:
        """Write the log."""
        text = json.dumps(self._log, ensure_ascii=False, indent=1)
        (self.out / "logs" / f"{self.office}.json").write_text(text, "utf-8")

    def keep(self, name: str) -> None:
        """Keep the folder as it is now beside it: what is written over later is compared, too."""
        shutil.copytree(
            self.root, self.out / f"{self.office}-{name}", ignore=shutil.ignore_patterns(".tracker")
        )

    def lay(self, path: Path, data: bytes) -> None:
        """Lay a file down with the time that the clerk's clock shows."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        moment = dt.datetime.fromisoformat(f"{self.now}+08:00").timestamp()
        os.utime(path, (moment, moment))

    def pack(self, path: Path, parts: Mapping[str, bytes]) -> None:
        """Write an archive: the same bytes in every run."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
        self.lay(path, buffer.getvalue())

    def save(self, book: Any, path: Path) -> None:
        """Save a workbook as it would be saved at this moment: the same bytes in every run."""
        buffer = io.BytesIO()
        book.save(buffer)
        with zipfile.ZipFile(buffer) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        self.pack(path, {name: CORE_TIME.sub(rb"\g<1>2026-01-01T00:00:00Z", parts[name]) for name in parts})

    def draw(self, name: str, text: str) -> None:
        """Draw a workbook or a Word document with one table among the inputs; a line without `|` spans the table."""
        rows = table(text)
        if name.endswith(".docx"):
            self.pack(self.inputs / name, word_table(rows))
            return
        book = openpyxl.Workbook()
        page: Any = book.worksheets[0]
        page.title = "分工表"
        for number, row in enumerate(rows, 1):
            page.append(row)
            if len(row) == 1:
                page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=4)
        self.save(book, self.inputs / name)

    def edit(
        self,
        place: str,
        sheet: str,
        text: str,
        *,
        to: str = "",
        rework: Callable[[Any], None] = lambda page: None,
    ) -> None:
        """Type into a list. The first column of `text` names rows, `+` before it a new one; an empty cell says nothing.

        Args:
            place: The workbook, or a pattern of which it is the last match.
            sheet: Its sheet.
            text: The table of what is typed.
            to: Where to save it instead.
            rework: What is done to the sheet besides.
        """
        path = max(self.root.glob(place), default=self.root / place)
        book = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
        page: Any = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
        labels, *rows = table(text)
        head = next((row for row in page.iter_rows() if any(cell.value == labels[0] for cell in row)), None)
        if head is None:
            self._note(["edit", place], -1, "", "nothing to edit", [])
            return
        columns = {str(cell.value): cell.column for cell in head if cell.value}
        keys = {
            row: page.cell(row, columns[labels[0]]).value for row in range(head[0].row + 1, page.max_row + 1)
        }
        lines = {str(key): row for row, key in reversed(keys.items()) if key is not None}
        last = max(lines.values(), default=head[0].row)
        for key, *values in rows:
            line = lines.get(str(key))
            if str(key).startswith("+"):
                last = line = last + 1
                page.cell(line, columns[labels[0]]).value = str(key)[1:] or None
            for label, value in zip(labels[1:], values, strict=False):
                if line is not None and value is not None:
                    page.cell(line, columns[label]).value = None if value == "-" else value
        rework(page)
        self.save(book, self.root / to if to else path)


def table(text: str) -> list[list[Any]]:
    """Rows of cells: a line is a row, `|` between cells (`¦` in one), `#1.5` is a number, an empty cell is None."""
    rows = [
        [word.strip().replace("¦", "|") for word in line.split("|")] for line in text.strip().splitlines()
    ]
    return [[float(word[1:]) if word.startswith("#") else word or None for word in row] for row in rows]


def word_table(rows: list[list[Any]]) -> Mapping[str, bytes]:
    """The parts of a small Word document: lines of one cell are paragraphs, the others a table."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    types = "application/vnd.openxmlformats-"
    lines = [[f"<w:p><w:r><w:t>{word or ''}</w:t></w:r></w:p>" for word in row] for row in rows]
    above = "".join(line[0] for line in lines if len(line) == 1)
    grid = "".join(
        f"<w:tr><w:tc>{'</w:tc><w:tc>'.join(line)}</w:tc></w:tr>" for line in lines if len(line) > 1
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="{types}package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{types}officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{above}<w:tbl>{grid}</w:tbl><w:p/></w:body></w:document>',
    }
    return {name: text.encode() for name, text in parts.items()}


# Two offices.

VERBS = [
    "init",
    "read",
    "record",
    "hand-out",
    "take-back",
    "send-back",
    "sync",
    "settle",
    "chase",
    "send",
    "report",
    "compare",
    "fill",
    "run",
    "status",
    "history",
    "demo",
]
PLAN = """
云溪市2026年营商环境工作要点分工方案
工作任务 | 具体要求 | 责任单位 | 完成时限
一、优化审批服务 | 1.压缩企业开办时间到1天 | 市财政局牵头，市税务局、市司法局配合 | 3月底前
 | 2.推行施工许可分阶段办理，公布流程和时限 | 市教育局负责 | 6月底前
 | 3.每季度通报一次窗口服务情况 | 市民政局、市审计局分别负责 | 每季度
二、做强金融支撑 | 4.建设首贷服务中心 | 市金融办负责 | 4月底前
 | 5.每季度举办银企对接会 | 市金融办、市财政局按职责分工负责 | 每季度
三、推进依法行政 | 6.清理妨碍公平竞争的规定 | 市司法局牵头，各县（市、区）人民政府负责 | 10月底前
 | 7.编制公布行政处罚裁量基准 | 市司法厅负责 | 2026年9月30日前
 | 8.开展行政执法人员培训，不少于2期 | 市司法局、市教育局 | 长期坚持
四、夯实基层基础 | 9.建成村级议事协商示范点20个 | 市民政局、东城区人民政府 | 11月底前
 | 10.完成惠民资金审计全覆盖 | 市审计局 | 通知印发后20个工作日内
"""
PROSE = """云溪市人民政府办公室关于印发云溪市2026年政务公开工作要点的通知
云府办〔2026〕5号
各县（市、区）人民政府，市直各单位：
一、深化重点领域公开
（一）公开财政信息。预决算在批准后20日内公开，惠农补贴在村居公示。（责任单位：市财政局；完成时限：9月底前）
（二）公开监管信息。双随机抽查结果于10个工作日内公开。（牵头单位：市税务局；配合单位：市审计局、市民政局）
二、加强政策解读
（三）政策文件与解读材料同步发布，每季度开展一次政策问答。（市教育局、市司法局分别负责，持续推进）
（四）开设局长接线日，回应群众关切。（市民政局牵头，各县（市、区）人民政府按职责分工负责，12月底前完成）
请各单位于2026年12月5日前报送落实情况。
云溪市人民政府办公室
2026年3月2日
"""
ABOVE = """东江省人民政府办公厅关于印发2026年政务公开工作要点的通知
东府办〔2026〕3号
一、深化重点领域公开
（一）公开财政预决算和惠农补贴发放结果。（省财政厅负责，年底前）
（二）开展省际政务信息资源跨境流通试点。（省数据局负责，年底前）
（三）政策文件与解读材料同步起草、同步发布。（省司法厅负责，年底前）
东江省人民政府办公厅
2026年2月10日
"""
DAMAGED = b"PK\x03\x04" + bytes(60)
LEDGER, QUESTIONS, REGISTER = "台账/工作台账.xlsx", "待核对事项清单.xlsx", "单位及联络员名单.xlsx"


def sample(desk: Desk) -> None:
    """The sample office, every verb at its end, and the words of every verb."""
    desk.begin()
    desk.now = "2026-12-28T18:00"
    desk.type(
        " | --help | --version | nonsense | status --now gestern | status --office nowhere | explain --help"
    )
    desk.type("|".join(f"{verb} --help | {verb} --unknown" for verb in VERBS))
    desk.type(f"demo %-fresh --dry-run | demo {desk.office} | demo {desk.office} --json")
    quiet = ("hand-out", "take-back", "sync", "settle", "chase", "compare", "report", "status", "send")
    desk.type("|".join(f"{verb} --dry-run | {verb} --dry-run --json" for verb in quiet))
    desk.keep("year")
    desk.type("|".join(f"{verb} --json | {verb}" for verb in quiet))
    desk.type("""chase --all --dry-run | report --why | report --why 1 --json | report --as-of 2026-06-30 --dry-run
        | history P1-004 | history P1-004 --json | history 市财政局 | history R2 --json | history P9-999
        | status --html | report --circular | report --public --json | report --unit 市财政局 | compare --plan P2
        | report --circular --quarter 2 | report --annual 2026 | report --insert 2""")
    desk.now = "2026-12-29T09:30"
    desk.type("""run --once | run --once --json | status | explain deadline 6月底前 --json | explain other 文字 | history
        | explain responsibility 市教育局牵头，市财政局、各县（市、区）人民政府配合 | explain deadline | read absent.xlsx
        | explain responsibility 市教育局 --column 牵头单位 | explain deadline 印发后20日内 --issued-on 2026-03-02
        | fill absent.docx | record absent.txt | demo --json | status --json --office %""")


def ugly(desk: Desk, address: str = "") -> None:
    """A year in which everything goes wrong that goes wrong in offices; its ledger in a file or on a server."""
    desk.begin()
    desk.type(
        f"status | init {desk.office} --dry-run | init {desk.office} | init {desk.office} --json | hand-out"
    )
    _prepare(desk, address)
    for chapter in (_record, _first_round, _chase, _second_round, _end):
        chapter(desk)
        desk.keep(chapter.__name__.strip("_"))
    _break(desk)


def _prepare(desk: Desk, address: str) -> None:
    """Settings and the units' list as a clerk fills them in, with what cannot be used."""
    values = """项目 | 当前值
        本单位名称 | 云溪市人民政府办公室
        报告主送机关 | 东江省人民政府办公厅
        地区简称 | 我市
        联系人及电话 | 督查科 0000-8210000
        亮蓝灯（工作日） | 十"""
    desk.edit("设置.xlsx", "基本设置", values)
    desk.edit("设置.xlsx", "技术设置", f"项目 | 当前值\n        数据库地址 | {address or '-'}")
    rounds = """期次名称 | 开始日期 | 截止日期
        第一季度 | 2026-03-16 | 2026-03-31
        上半年 | 2026-06-15 | 2026-06-30
        第三季度 | 2026-09-30 | 2026-09-14
        年终 | 2026-12-01 | 2026-12-18"""
    desk.edit("设置.xlsx", "报送期次", rounds)
    units = """单位名称 | 类别 | 其他名称
        +市财政局 | 市直部门 |
        +市金融办 | 市直部门 |
        +市司法局 | 市直部门 |
        +市教育局 | 市直部门 | 市教体局、教育局
        +市民政局 | 市直部门 |
        +市审计局 | 市直部门 |
        +市税务局 | 垂直管理 |
        +东城区人民政府 | 县（市、区） |
        +西城区人民政府 | 县（市、区） |"""
    desk.edit(REGISTER, "单位", units)
    desk.edit(REGISTER, "单位组", "组名 | 成员\n+各县（市、区）人民政府 | 东城区人民政府、西城区人民政府")
    people = """姓名 | 单位 | 电话 | 邮箱
        +甲一 | 市财政局 | 0000-1 | u1@example.gov.cn
        +乙二 | 市司法局 | 0000-2 | u2@example.gov.cn
        +丙三 | 市教育局 | 0000-3 | 没有
        +丁四 | 市民政局 | 0000-4 |
        +戊五 | 市税务局 | 0000-5 | u5@example.gov.cn
        +己六 | 市不存在局 | 0000-6 |"""
    desk.edit(REGISTER, "联络员", people)
    desk.type("status | status --json")


def _record(desk: Desk) -> None:
    """Plans: ours as a workbook, as prose, last year's, the superior's; read, refused, entered, asked about."""
    lines = PLAN.strip().splitlines()
    desk.draw("plan.xlsx", PLAN)
    desk.draw("plan.docx", PLAN)
    desk.draw(
        "last.xlsx",
        "\n".join(lines[:9]).replace("2026年", "2025年").replace("公布流程和时限", "试行一网通办"),
    )
    desk.draw("unknown.xlsx", "商品 | 单价\n铅笔 | #2")
    desk.draw("stranger.xlsx", f"{lines[0]}\n事项 | 内容 | 主办 | 何时办结\n甲 | 办理乙事 | 市税务局 | 6/30")
    desk.lay(desk.inputs / "points.txt", PROSE.encode("gb18030"))
    desk.lay(desk.inputs / "above.txt", ABOVE.encode())
    desk.lay(desk.inputs / "empty.xlsx", b"")
    desk.lay(desk.inputs / "broken.xlsx", DAMAGED)
    desk.lay(desk.inputs / "encrypted.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    desk.type("""read %/plan.xlsx | read %/points.txt | read %/above.txt | read %/plan.docx | read %/stranger.xlsx
        | read %/unknown.xlsx | read %/empty.xlsx | read %/broken.xlsx | read %/encrypted.docx | read %
        | read %/plan.xlsx --json | read %/plan.xlsx --workbook | read %/points.txt --workbook %/proof.xlsx""")
    desk.now = "2026-03-03T09:00"
    desk.type("""record %/unknown.xlsx | record %/broken.xlsx --json | record %/plan.xlsx --revises P7
        | record %/last.xlsx --issued 2025-03-01 | record %/plan.xlsx --dry-run | record %/plan.xlsx --json
        | record %/plan.xlsx --new --revises P1 | record %/plan.xlsx --issued gestern | record %/plan.xlsx
        | record %/points.txt | record %/above.txt --superior | record %/above.txt --json""")
    desk.edit(REGISTER, "待确认名称", "方案中的写法 | 就是哪个单位\n市司法厅 | 市司法局")
    desk.type("record %/plan.xlsx | compare --plan P9 | compare --json")
    desk.edit("报告/年度对照-*.xlsx", "对照", "对照号 | 判断\n全部 | 按建议")
    theirs = "报告/上级任务对照表-*.xlsx"
    desk.edit(theirs, "对照", "上级编号 | 判断 | 说明\n全部 | 按建议 |\nP4-002 | 未承接 |")
    desk.type("compare --dry-run | compare")
    desk.edit(theirs, "对照", "上级编号 | 判断 | 说明\nP4-002 | 未承接 | 省定试点")
    desk.type("compare | status | history P2-001 | chase --dry-run | chase | chase --json")


def _form(
    desk: Desk,
    unit: str,
    round_name: str,
    text: str,
    *,
    to: str,
    rework: Callable[[Any], None] = lambda page: None,
) -> None:
    """Fill in a unit's form and lay it among the returns."""
    head = "事项编号 | 自报状态 | 进展情况 | 完成日期 | 存在问题及下一步\n"
    place = f"填报表/2026-{round_name}/{unit}.xlsx"
    desk.edit(place, "填报表", head + text, to=f"各单位报送/{to}", rework=rework)


def _first_round(desk: Desk) -> None:
    """Forms that come back good, spoiled, twice, strange, and against what the office typed meanwhile."""
    desk.now = "2026-03-16T09:00"
    desk.type("""hand-out --dry-run | hand-out --json | hand-out | hand-out --zip | hand-out --round 无此期
        | sync --dry-run | sync | sync --json | take-back""")
    desk.now, season = "2026-03-24T10:00", "第一季度"
    going = "正在推进 | 已召开会议2次，印发清单1份。"
    _form(
        desk,
        "市财政局",
        season,
        f"P2-001 | 已完成 | 办结120件。 | 2026-03-20\nP2-005 | {going}",
        to="财政局（最终版）.xlsx",
    )
    _form(
        desk,
        "市民政局",
        season,
        f"P2-003 | √ | #45000.5 | 2026年3月\nP2-009 | {going}",
        to="民政/市民政局.xlsx",
    )
    _form(
        desk,
        "市教育局",
        season,
        f"P2-002 | 基本完成 | =1+1 | 13月40日\nP2-008 | {going}",
        to="教育.xlsx",
        rework=_shorten,
    )
    _form(
        desk,
        "市审计局",
        season,
        f"P2-003 | 正在推进 | {'很长' * 400}\n+ | 已完成 | 没有编号",
        to="审计.xlsx",
        rework=_alter,
    )
    _form(desk, "市司法局", season, f"P2-006 | {going}\nP2-008 | {going} | | 人手不足", to="司法.xlsx")
    _form(desk, "西城区人民政府", season, "", to="西城空表.xlsx")
    _form(desk, "市金融办", season, f"P2-004 | 不涉及\nP2-005 | {going}", to="金融办.xlsx", rework=_misname)
    returns = desk.root / "各单位报送"
    for path, copy in (
        (returns / "司法.xlsx", "司法副本.xlsx"),
        (desk.inputs / "unknown.xlsx", "价格表.xlsx"),
    ):
        desk.lay(returns / copy, path.read_bytes())
    rows = "填报单位：东城区人民政府\n事项编号 | 自报状态 | 进展情况\nP2-009 | 正在推进 | 已建成5个。"
    desk.pack(returns / "东城区人民政府.docx", word_table(table(rows)))
    desk.lay(returns / "市审计局盖章页.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64))
    desk.lay(returns / "照片.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    desk.lay(returns / "坏.xlsx", DAMAGED)
    calls = """行标识 | 进展情况 | 备注
        P2-001¦U001 | 电话核实：办结100件。 | 待补
        P2-006¦U003 | 电话：办了一半。 |
        P1-001¦U001 | 上年的事 |"""
    desk.edit(LEDGER, "各单位进展", calls)
    desk.edit(
        LEDGER,
        "任务事项",
        "事项编号 | 认定状态 | 核定表述 | 不公开\nP2-002 | 大概完成 | 已分阶段办理。 |\nP2-003 | | | 是",
    )
    desk.type("sync | take-back --dry-run | take-back --json | take-back | sync | status")
    desk.lay(desk.root / "台账" / "~$工作台账.xlsx", b"")
    desk.edit("台账/报送情况.xlsx", "报送情况", "单位 | 盖章件\n市财政局 | 已收")
    desk.edit(
        "台账/报送情况.xlsx", "未收的文件", "文件 | 是哪个单位的 | 属于\n照片.png | 市司法局 | 佐证材料"
    )
    desk.edit(LEDGER, "任务事项", "事项编号 | 备注\nP2-005 | 开着的时候写的")
    desk.type(
        "take-back --attach %/plan.docx --unit 市税务局 --as 佐证材料 | take-back --attach %/plan.docx | sync"
    )
    (desk.root / "台账" / "~$工作台账.xlsx").unlink()
    desk.type("settle --dry-run | settle | sync")
    desk.edit(QUESTIONS, "待核对事项", "编号 | 处理意见\nC1 | 另行填写\nC2 | 随便")
    desk.type("settle --json")
    choices = "编号 | 处理意见 | 另行填写的内容\nC1 | 另行填写 | 两边核对：办结110件。\nC2 | 用新报送的 |\nC3 | 用台账现有 |"
    desk.edit(QUESTIONS, "待核对事项", choices)
    desk.type("""settle | sync | send-back 金融办.xlsx | send-back 金融办.xlsx --reason 填写有误 --dry-run | status
        | send-back 司法.xlsx --reason 填写有误 | send-back 无.xlsx --reason 填写有误 | history 市司法局 | sync""")


def _shorten(page: Any) -> None:
    """Delete the first row of the form."""
    page.delete_rows(5)


def _alter(page: Any) -> None:
    """Hide a column, add one of one's own, comment on a cell."""
    page.column_dimensions["D"].hidden = True
    page.cell(4, page.max_column + 1).value = "我们自己加的一栏"
    page["B5"].comment = Comment("请看批注", "科员")


def _misname(page: Any) -> None:
    """Print another unit's name on the form, as happens when a file is copied for another unit."""
    page["B2"].value = str(page["B2"].value).replace("市金融办", "市财政局")


def _rearrange(page: Any) -> None:
    """Sort one column alone, and paste a row twice."""
    column = next(cell.column for row in page.iter_rows() for cell in row if cell.value == "具体要求")
    rows = [row for row in range(5, page.max_row + 1) if page.cell(row, 1).value]
    texts = sorted((page.cell(row, column).value for row in rows), key=str, reverse=True)
    for row, text in zip(rows, texts, strict=True):
        page.cell(row, column).value = text
    page.append([cell.value for cell in page[5]])


def _anonymize(page: Any) -> None:
    """Take out every number by which the form is arguments."""
    page.parent.remove(page.parent["_tracker"])
    page["B2"].value = str(page["B2"].value).split("表号")[0]
    page.oddFooter.right.text = ""


def _chase(desk: Desk) -> None:
    """Slips through their ladder: signed, sent by other means, withdrawn, misspelt; calls and adjustments."""
    for day in (
        "2026-04-01",
        "2026-04-10",
        "2026-04-17",
        "2026-04-24",
        "2026-05-06",
        "2026-05-15",
        "2026-05-25",
    ):
        desk.now = f"{day}T09:00"
        desk.type("chase")
        path = desk.root / "督办" / "送签单.xlsx"
        sheet: Any = openpyxl.load_workbook(path)["送签单"] if path.exists() else ()
        drafts = [row[0].value for row in sheet if "拟稿" in [cell.value for cell in row]]
        words = itertools.cycle(("已签发", "已发", "已签发", "作废", "可以"))
        signed = "\n".join(f"{draft} | {word} | {day} |" for draft, word in zip(drafts, words, strict=False))
        head = "编号 | 状态 | 签发或发出日期 | 文号\n"
        desk.edit("督办/送签单.xlsx", "送签单", f"{head}{signed}\nD1 | | 某日 | 云督〔2026〕1号")
        desk.type("send --dry-run | send | chase --all --json")
    answers = "编号 | 接话人 | 答复 | 通话时间\nD12 | 李明 | 本周报送 | 4月2日\n+D999 | | 无此单 |"
    desk.edit("督办/电话记录.xlsx", "电话记录", answers)
    requests = """编号 | 事项编号 | 申请单位 | 申请日期 | 调整类别 | 新期限 | 理由及进展 | 审批意见 | 审批人
        + | P2-002 | 市教育局 | 2026-05-20 | 延期 | 2026-08-31 | 系统未建成 | 同意 | 赵主任
        + | P2-009 | 市民政局 | 2026-05-20 | 延期 | 8月后 | 写错日期 | 同意 | 赵主任
        + | P2-010 | 市审计局 | 2026-05-21 | 终止 | | 与上级任务重复 | 同意 | 赵主任
        + | P2-999 | 市审计局 | 2026-05-21 | 销号 | | 无此事项 | 同意 | 赵主任
        + | P2-001 | 市财政局 | 2026-05-22 | 销号 | | 已核实 | |"""
    desk.edit("台账/事项调整.xlsx", "事项调整", requests)
    desk.type("""sync | chase | send --delivered M1 | send --again M1 | send --drop M2 | send --drop M999
        | send --force --json | status | run --once --dry-run""")
    desk.now = "2026-05-25T09:20"
    desk.type(
        "run --once | run --once --json | run --install cron | run --install windows | run --install systemd"
    )


def _second_round(desk: Desk) -> None:
    """A merger, a revision, an amendment, an old form, a wrong one; the half-year report and the second one."""
    desk.now = "2026-06-10T09:00"
    merger = "单位名称 | 停用日期 | 接续单位 | 变动方式\n市金融办 | 2026-06-12 | 市财政局 | 合并\n市税务局 | | 市财政局 |"
    desk.edit(REGISTER, "单位", merger)
    lines = PLAN.strip().replace("清理妨碍公平竞争的规定", "清理妨碍统一市场和公平竞争的规定").splitlines()
    desk.draw(
        "revised.xlsx",
        "\n".join([*lines[:8], *lines[9:], "五、新增 | 11.开放公共数据目录 | 市数据局负责 | 10月底前"]),
    )
    desk.draw("short.xlsx", "\n".join(lines[:5]))
    desk.draw(
        "amended.xlsx", f"关于调整部分任务的通知\n{lines[1]}\n | 4.建设首贷服务中心 | 市财政局负责 | 8月底前"
    )
    desk.type("""record %/revised.xlsx --dry-run | record %/short.xlsx --revises P2 | record %/revised.xlsx --revises P2
        | record %/amended.xlsx --amends P2 --issued 2026-06-09 | record %/revised.xlsx --json | sync | compare""")
    desk.now = "2026-06-15T09:00"
    desk.type(
        "hand-out --json | hand-out --round 第三季度 | hand-out --round 加报 --due 2026-06-20 | sync | chase"
    )
    desk.now, half = "2026-06-25T09:00", "上半年"
    going = "正在推进 | 上半年开展检查6次。 | | 人手不足，预计9月完成。"
    _form(desk, "市财政局", half, f"P2-001 | | 已办结300件。\nP2-004 | {going}", to="上半年/财政.xlsx")
    _form(desk, "市司法局", "第一季度", "P2-006 | | 旧表又报", to="上半年/旧期司法.xlsx")
    _form(desk, "市教育局", "第一季度", "P2-008 | | 旧表又报", to="上半年/旧期教育.xlsx")
    _form(
        desk,
        "市教育局",
        half,
        f"P2-002 | 已完成 | 全部建成。 | 2062-03-25\nP2-008 | {going}",
        to="上半年/教育.xlsx",
        rework=_rearrange,
    )
    _form(
        desk,
        "市民政局",
        half,
        f"P2-009 | {going}\nP2-003 | 已完成 | 通报2次。 | #46190",
        to="上半年/民政一.xlsx",
    )
    _form(desk, "市民政局", half, f"P2-009 | {going.replace('6次', '9次')}", to="上半年/民政二.xlsx")
    _form(desk, "西城区人民政府", half, f"P2-006 | {going}", to="上半年/无表号.xlsx", rework=_anonymize)
    _form(desk, "东城区人民政府", half, f"P2-009 | {going}\nP2-006 | {going}", to="东城.xlsx")
    returns = desk.root / "各单位报送"
    desk.pack(
        returns / "打包.zip",
        {"东城区.xlsx": (returns / "东城.xlsx").read_bytes(), "说明.txt": "请查收".encode()},
    )
    (returns / "东城.xlsx").unlink()
    desk.lay(returns / "市民政局" / "佐证" / "示范点.pdf", b"%PDF-1.4\n%%EOF\n")
    desk.type("take-back | take-back --old-rounds | take-back --json | settle | sync | chase | status --html")
    desk.edit(
        QUESTIONS,
        "待核对事项",
        "编号 | 处理意见\n" + "\n".join(f"C{number} | 用新报送的" for number in range(2, 12)),
    )
    desk.type("settle --json | sync")
    desk.now = "2026-07-10T09:00"
    desk.type(
        "report --dry-run | report --json | report | report --plan P9 | report --as-of 2027-01-01 | report --why"
    )
    desk.edit(LEDGER, "任务事项", "事项编号 | 认定状态 | 不通报\nP2-003 | 已完成 | 进展情况")
    desk.type("""sync | send-back --round 上半年 --reason 重报 --dry-run | send-back 教育.xlsx --reason 重报
        | send-back 上半年/民政二.xlsx --reason 重报""")
    desk.now = "2026-07-20T09:00"
    desk.type("""report | report --why 1 | report --known-on 2026-06-20 --as-of 2026-06-30 --json | report --circular
        | report --public | report --public --why | report --unit 市财政局 | report --unit 无此局 | compare
        | report --circular --quarter 2 --plan P2 | report --quarter 2 | report --annual | report --insert 1""")


def _end(desk: Desk) -> None:
    """The last round with drafts, tables of others, the year's report, and everything that tells of it."""
    desk.now = "2026-12-01T09:00"
    desk.type("hand-out | hand-out --json | sync | chase --json")
    desk.now = "2026-12-16T09:00"
    done = "\n".join(
        f"P2-{number:03} | 已完成 | 全年任务完成，办理460件。 | #46357" for number in range(1, 13)
    )
    for unit in ("市财政局", "市司法局", "市教育局", "东城区人民政府"):
        _form(desk, unit, "年终", done, to=f"年终/{unit}.xlsx")
    desk.type("take-back | settle | sync | report | report --json | compare --json | status | status --json")
    empty = " | | | | |"
    desk.draw(
        "blank.xlsx",
        f"序号 | 重点任务 | 牵头单位 | 进展情况 | 是否完成 | 办理部门\n{empty}\n{empty}\n填表人 | | | | | 审核人",
    )
    desk.draw("tasks.xlsx", "任务 | 进展\n推行施工许可分阶段办理 |\n建设首贷服务中心 |\n没有的任务 |")
    desk.draw("blank.docx", "汇总表\n序号 | 任务内容 | 责任单位 | 完成情况\n | | |")
    desk.type("""fill %/blank.xlsx | fill %/blank.xlsx --plan P2 --dry-run | fill %/blank.xlsx --plan P2 --json
        | fill %/blank.xlsx --plan P2 --column 办理部门=责任单位 --column 是否完成=留空 | fill %/tasks.xlsx --plan P2
        | fill %/tasks.xlsx --plan P2 --unit 市财政局 | fill %/blank.docx --plan P2 | fill %/points.txt
        | fill %/blank.docx --plan P2 --unit 市财政局 --in-place | fill %/tasks.xlsx --column x
        | fill %/unknown.xlsx --plan P2 | fill %/tasks.xlsx --plan P2 --row 分工表!A4=P2-001""")
    subjects = [
        "P2-001",
        "P2-002",
        "P2-003",
        "P2-004",
        "P2-006",
        "P2-009",
        "P3-001",
        "市财政局",
        "市金融办",
        "R1",
        "P1",
        "P2",
        "U001",
        "D3",
        "C1",
        "无",
        "F1",
    ]
    desk.type("|".join(f"history {subject}" for subject in subjects))
    desk.type("history P2-001 --json | history 市财政局 --json")
    desk.now = "2026-12-17T09:10"
    desk.type("run --once | run --once --json | run --clock-ok --once | status")


def _break(desk: Desk) -> None:
    """What people do to files: broken, gone, replaced; the folder copied."""
    desk.now = "2026-12-18T09:00"
    for place in ("设置.xlsx", REGISTER, QUESTIONS, LEDGER, "督办/送签单.xlsx"):
        data = (desk.root / place).read_bytes()
        desk.lay(desk.root / place, DAMAGED)
        desk.type("status | sync | settle | chase --json | take-back --dry-run")
        desk.lay(desk.root / place, data)
    shutil.rmtree(desk.root / "报告")
    (desk.root / LEDGER).unlink()
    copy = f"{desk.office}-copied"
    desk.type("sync | report | status")
    shutil.copytree(desk.root, desk.out / copy)
    desk.type(
        f"status --office {copy} | sync --office {copy} | take-back | chase | send --json | status --json"
    )


def cases(desk: Desk, folder: Path) -> None:
    """An office that was made elsewhere, and awkward files for it."""
    with zipfile.ZipFile(folder / "office-handed-out.zip") as archive:
        archive.extractall(desk.root)
    root, desk.now = next(desk.root.rglob("office.json")).parent.parent, "2026-03-28T09:00"
    desk.office = root.relative_to(desk.out).as_posix()
    for path in sorted(
        path for path in folder.iterdir() if path.name[0] in "fr" and path.name != "README.md"
    ):
        place = root / "各单位报送" if path.name.startswith("r") else desk.inputs
        desk.lay(place / path.name, path.read_bytes())
    desk.type(
        "status | sync | take-back --dry-run | take-back --json | take-back | settle | sync | chase | report"
    )
    desk.type("|".join(f"fill %/{path.name} --unit 市民政局" for path in sorted(desk.inputs.iterdir())))
    desk.type("status --json | history 市民政局 --json | history 市财政局 | compare | send | run --once")


def read(desk: Desk, folders: Iterable[Path], phrases: Iterable[Path]) -> None:
    """Every plan file of the folders, and every phrase."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if path.name != "gold.json" and path.suffix not in (".md", ".jsonl", ".zip"):
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                desk.lay(desk.inputs / name, path.read_bytes())
                desk.type(f"read %/{name} --json")
    for path in phrases:
        kind = path.stem.removesuffix("s")
        desk.type(f"explain {kind} --json-lines", stdin=path.read_text("utf-8"))


# The ledger on a server is copied into a file, table by table, so that both are compared in the same way.
DUMP = """
import psycopg, sqlite3, sys
target = sqlite3.connect(sys.argv[2])
with psycopg.connect(sys.argv[1]) as source:
    for (table,) in source.execute("select tablename from pg_tables where schemaname = 'tracker'").fetchall():
        rows = source.execute(f'select * from tracker."{table}"')
        names = ", ".join(f'"{column.name}"' for column in rows.description)
        target.execute(f'create table "{table}" ({names})')
        plain = [[v if v is None or isinstance(v, (int, str, bytes)) else str(v) for v in row] for row in rows]
        target.executemany(f'insert into "{table}" values ({", ".join("?" * len(rows.description))})', plain)
target.commit()
"""


SCENES = ("sample", "ugly", "ugly-pg", "cases", "reads")


def run(arguments: argparse.Namespace) -> None:
    """Drive the program through everything; whatever it leaves lies in the folder `out`, which is new."""
    arguments.out.mkdir(parents=True, exist_ok=True)
    out = arguments.out.resolve()
    for name in arguments.only or SCENES:
        if (name == "ugly-pg" and not arguments.postgresql) or (name == "cases" and not arguments.cases):
            continue
        begun = time.monotonic()
        desk = Desk(arguments.python, out, name, arguments.cwd)
        try:
            if name == "sample":
                sample(desk)
            elif name == "cases":
                cases(desk, arguments.cases)
            elif name == "reads":
                read(desk, arguments.read, arguments.phrases)
            else:
                ugly(desk, arguments.postgresql if name == "ugly-pg" else "")
        finally:
            desk.close()
        if name == "ugly-pg":
            subprocess.run(
                [arguments.python, "-c", DUMP, arguments.postgresql, out / "ugly-pg.db"], check=True, cwd=out
            )
        print(f"{name}: {time.monotonic() - begun:.0f} s")


def main(words: list[str]) -> int:
    """Drive it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("python", help="of an environment in which the program is installed")
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--cwd", type=Path, help="a checkout whose program is taken instead of the installed one"
    )
    parser.add_argument("--postgresql", default="", metavar="ADDRESS", help="of an empty database")
    parser.add_argument("--read", type=Path, nargs="*", default=[], metavar="FOLDER")
    parser.add_argument("--phrases", type=Path, nargs="*", default=[], metavar="FILE")
    parser.add_argument(
        "--cases", type=Path, metavar="FOLDER", help="with an office in a zip, and files for it"
    )
    parser.add_argument("--only", nargs="*", choices=SCENES)
    run(parser.parse_args(words))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
