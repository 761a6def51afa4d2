"""A new user's whole year, twice: with the page alone, then with the launchers and 工作台.xlsx alone; no command is typed.

python -m tests.soaks.newcomer

An office of eight units in a field that the sample years do not have, its plan a plain .docx with a unit that is
corrected in 分工核对表 and a group without members. Units fill in their forms by openpyxl and send bad files among them; the clerk types
into workbooks as people do and clicks or double-clicks everything else, on the days on which an office would, up to the
signed report. For each door it prints days, clicks (or launches), fields, cells typed into workbooks and minutes; the two
ledgers have to say the same of every work point. On no page stands a word of English beside names of programs and files.

Wants Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl

from tests.support.clerk import Clerk, clerk_at, english_in, write_beside
from tests.support.year import fill, ledger_of

ROOT = Path(__file__).resolve().parents[2]
OFFICE, CONTACT = "青溪市人民政府办公室", "周洁 0871-7654321"
UNITS = [
    "市林业局",
    "市住房城乡建设局",
    "市财政局",
    "市农业农村局",
    "市文化旅游局",
    "市教育局",
    "市公安局",
    "市自然资源局",
]
LINES = (
    "青溪市2026年古树名木保护工作要点及任务分工",
    "为做好我市古树名木保护工作，现提出以下工作要点。",
    "一、摸清底数",
    "（一）开展资源补充调查。对全市树龄80年以上的树木逐株复核定位，9月底前完成。（市林业局牵头，市住房城乡建设局、各镇人民政府配合）",
    "（二）统一挂牌。为新认定的古树更换二维码保护牌，8月底前完成。（责任单位：市林业局、市财政局）",
    "二、抢救复壮",
    "（三）实施濒危古树抢救。对23株濒危古树实施复壮，2026年10月底前完成。（市林业局、市农业农村局按职责分工负责）",
    "（四）加强病虫害监测。每季度至少巡查一次。（市农业农村局牵头，市林业局配合，长期坚持）",
    "三、严格管护",
    "（五）落实养护责任人。逐株签订养护责任书，4月底前完成。（市文化旅游局、市教育局分别负责）",
    "（六）严查违法移植。开展打击非法采挖移植专项行动，11月底前完成。（市公安局牵头，市林业局配合）",
    "（七）规划避让。新建项目选址应当避让古树名木，12月20日前完成。（市自然资源局负责）",
    "四、宣传引导",
    "（八）讲好古树故事。编印《青溪古树》画册，11月底前完成。（市文化旅游局，市教育局配合）",
)
SPRING, SUMMER, LATE, WINTER = (f"2026-{day}T09:00+08:00" for day in ("03-16", "06-25", "07-06", "12-07"))


def write_plan(path: Path) -> Path:
    """The plan as an office sends it."""
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def filled_forms(
    root: Path, round_: str, folder: Path, *, done: bool, but: tuple[str, ...] = ()
) -> list[Path]:
    """The forms of a round as units send them back; nobody of `but` does."""
    paths = []
    for n, form in enumerate(sorted((root / "填报表" / f"2026-{round_}").glob("*.xlsx"))):
        if form.stem in (*but, "下发清单"):
            continue
        page = openpyxl.load_workbook(form)["填报表"]
        ids = [cell.value for cell in page["A"] if str(cell.value).startswith("P1-")]
        answers = {
            point: {
                "自报状态": "已完成" if done else "正在推进",
                "进展情况": f"{form.stem}巡查古树{10 * n + k + 3}株，落实责任人{k + 2}名。",
            }
            for k, point in enumerate(ids)
        }
        paths.append(fill(form, answers, folder / f"{form.stem}{round_}.xlsx"))
    return paths


def bad_files(folder: Path) -> list[Path]:
    """What comes among the forms and is none."""
    contents = {
        "坏了.xlsx": b"PK\x03\x04broken",
        "说明.txt": "我局无".encode(),
        "照片.jpg": b"\xff\xd8\xff\xe0" + b"0" * 99,
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def write_cell(path: Path, row_with: str, head: str, text: str) -> None:
    """Type into the row that holds a text, under a head."""
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        column = next((cell.column for row in page.iter_rows() for cell in row if cell.value == head), 0)
        row = next(
            (row for row in page.iter_rows() if any(str(cell.value).startswith(row_with) for cell in row)),
            None,
        )
        if column and row:
            page.cell(row[0].row or 0, column).value = text
            book.save(path)
            return
    raise AssertionError(f"{path.name}: no {row_with} under {head}")


def mend_first_day(root: Path) -> int:
    """What the first day asks for in workbooks; how many cells."""
    write_cell(root / "单位及联络员名单.xlsx", "各镇人民政府", "成员", "东山镇人民政府、西河镇人民政府")
    write_cell(
        root / "方案" / "分工核对表.xlsx", "讲好古树故事", "责任单位", "市文化旅游局、市住房城乡建设局"
    )
    return 2


def with_the_page(root: Path, work: Path, command: str) -> str:
    """The year by clicks; what it took."""
    clerks: list[Clerk] = []
    cells = 0

    def day(now: str) -> Iterator[Clerk]:
        with clerk_at(root, command, work / f"profile{len(clerks)}", now=now) as clerk:
            clerks.append(clerk)
            yield clerk
            for page in (
                "今日",
                "方案",
                "填报表",
                "收表",
                "待核对",
                "台账",
                "督办",
                "检查",
                "考核",
                "报告",
                "按表填报",
                "设置",
            ):
                clerk.click(page)
                clerk.clicks -= 1
                assert english_in(clerk.read(), root) == [], page

    for clerk in day(SPRING):
        clerk.type("name", OFFICE)
        clerk.type("contact", CONTACT)
        clerk.type("units", "\n".join(f"{unit} 联络员{n} 0871-123450{n}" for n, unit in enumerate(UNITS)))
        clerk.click("建立办公文件夹")
        clerk.click("去登记方案")
        clerk.drop(write_plan(work / "古树方案.docx"))
        clerk.click("先看会改什么")
        assert "已登记，见上面" in clerk.click("登记")
        clerk.click("要更正：生成《分工核对表》")
        cells += mend_first_day(root)
        clerk.click("核对表改好了，重新读")
        clerk.click("登记")
        clerk.click("待核对")
        clerk.click("照读到的登记")
        clerk.click("按选好的处理")
        clerk.click("填报表")
        assert "印发8个单位" in clerk.click("现在就印发")
    for clerk in day(SUMMER):
        clerk.click("收表")
        came = filled_forms(root, "上半年", work / "上半年", done=False, but=("市教育局", "市公安局"))
        text = clerk.drop(*came, *bad_files(work))
        assert text.count("没有收") >= 3 and "已报 6/8" in text
        clerk.click("台账")
        clerk.click("更新台账")
    for clerk in day(LATE):
        clerk.click("督办")
        clerk.click("看今天催谁")
        clerk.click("拟督办单")
        clerk.click("全选")
        clerk.click("领导已签")
        for box in range(
            int(clerk.window.run("document.querySelectorAll('#signed ~ form input[type=checkbox]').length"))
        ):
            clerk.window.run(
                f"document.querySelectorAll('#signed ~ form input[type=checkbox]')[{box}].click()"
            )
            clerk.clicks += 1
        clerk.click("已经发出")
        clerk.click("考核")
        clerk.click("生成示例")
        clerk.click("算分")
    for clerk in day(WINTER):
        clerk.click("填报表")
        clerk.click("印发填报表")
        clerk.click("收表")
        clerk.drop(*filled_forms(root, "年终", work / "年终", done=True))
        clerk.click("台账")
        clerk.click("更新台账")
        clerk.click("报告")
        clerk.click("生成报告")
        write_beside(root / "报告" / "起草素材表.xlsx", "稿次", "已签发")
        cells += 1
        assert "就此定稿" in clerk.click("生成报告")
    clicks, fields = sum(clerk.clicks for clerk in clerks), sum(clerk.fields for clerk in clerks)
    return f"page: {len(clerks)} days, {clicks} clicks, {fields} fields, {cells} cells"


def with_the_launchers(root: Path, work: Path) -> str:
    """The year by double-clicks on launchers and cells of workbooks; what it took."""
    launches, cells = 0, 0

    def launch(program: str, *words: str, now: str) -> str:
        """Start what a launcher starts; the clock is an argument of the verbs, which a launcher has none of."""
        nonlocal launches
        launches += 1
        code = (
            "import sys, runpy; from tracker.cli import commandline; real = commandline.main; "
            f"commandline.main = lambda words: real([*words, '--now', {now!r}]); "
            f"sys.argv = {[program, *words, str(root)]!r}; runpy.run_path(sys.argv[0], run_name='__main__')"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert "Traceback" not in done.stderr and done.returncode in (0, 1, 3), (
            words,
            done.stdout,
            done.stderr,
        )
        assert "tracker " not in done.stdout, done.stdout
        return done.stdout

    def step(word: str, now: str) -> str:
        return launch("scripts/office/steps.py", word, now=now)

    launcher = [sys.executable, "scripts/office/launchers.py", str(root)]
    subprocess.run(launcher, cwd=ROOT, check=True, capture_output=True)
    write_beside(root / "设置.xlsx", "本单位名称", OFFICE)
    write_beside(root / "设置.xlsx", "联系人及电话", CONTACT)
    write_plan(root / "方案" / "古树方案.docx")
    step("record", SPRING)
    cells += 2 + mend_first_day(root)
    step("record", SPRING)
    book = root / "工作台.xlsx"
    write_cell(book, "C1", "处理意见", "用新报送的")
    step("settle", SPRING)
    write_cell(root / "设置.xlsx", "上半年", "开始日期", "2026-03-16")
    cells += 2
    assert "印发8个单位" in step("hand-out", SPRING)

    came = filled_forms(root, "上半年", work / "上半年", done=False, but=("市教育局", "市公安局"))
    for path in (*came, *bad_files(work)):
        shutil.copy(path, root / "各单位报送")
    text = step("take-back", SUMMER)
    assert text.count("没有收") >= 3 and "已报 6" in text

    launch("scripts/office/chase.py", now=LATE)
    step("today", LATE)
    slips = [path.stem.split()[1] for path in (root / "督办").glob("*催办/*.docx")]
    for n in range(len(slips)):
        write_cell(book, f"D{n + 1}", "签发意见", "签发")
    step("today", LATE)
    for n in range(len(slips)):
        write_cell(root / "督办" / "送签单.xlsx", f"D{n + 1}", "状态", "已发")
    cells += 2 * len(slips)
    launch("scripts/office/send.py", now=LATE)

    step("hand-out", WINTER)
    for path in filled_forms(root, "年终", work / "年终", done=True):
        shutil.copy(path, root / "各单位报送")
    step("take-back", WINTER)
    launch("scripts/office/report.py", now=WINTER)
    write_beside(root / "报告" / "起草素材表.xlsx", "稿次", "已签发")
    cells += 1
    assert "就此定稿" in launch("scripts/office/report.py", now=WINTER)
    return f"launchers: {launches} launches, {cells} cells"


def stand_of(root: Path) -> list[tuple[object, ...]]:
    """What a ledger says of every work point, form and slip, without their days."""
    with ledger_of(root) as ledger:
        office = ledger.office()
    return [
        *((key, cell.value) for key, cell in sorted(office.cells.items())),
        *sorted(
            (document.tier, office.name_of(document.unit), document.state)
            for document in office.documents.values()
        ),
        ("forms", len(office.forms)),
        ("returns", len(office.returns)),
    ]


def main() -> bool:
    """Both years."""
    command = shutil.which("chromium") or shutil.which("google-chrome")
    if not command:
        print("no browser here: nothing was tried")
        return False
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        offices = {name: work / name / "办公" for name in ("page", "launchers")}
        for name, root in offices.items():
            root.mkdir(parents=True)
            start = time.monotonic()
            work_of = root.parent
            took = (
                with_the_page(root, work_of, command) if name == "page" else with_the_launchers(root, work_of)
            )
            print(f"{took}; {time.monotonic() - start:.0f} s, waiting included", flush=True)
        page, launchers = (stand_of(root) for root in offices.values())
    differences = [pair for pair in zip(page, launchers, strict=False) if pair[0] != pair[1]]
    print(f"{len(page)} statements of the two ledgers, {len(differences)} differ: {differences[:3]}")
    return not differences and len(page) == len(launchers)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
