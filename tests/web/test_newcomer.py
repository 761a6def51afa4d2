"""A new user, the page alone, and no command: from an empty folder to the signed report of a small office.

Units fill in their forms in Excel, and the clerk opens two workbooks; everything else is a click in a real browser. The
pictures of README.zh.md are made on the way: `TRACKER_PICTURES=1` writes them into docs/pictures.
"""

from __future__ import annotations

import io
import os
import struct
import time
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from tests.support.browser import browser
from tests.support.desk import running_desk
from tests.support.year import fill, ledger_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the browser is asked over inherited pipes")

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
DECEMBER = "2018-12-05T09:00+08:00"
UNITS = ("市财政局", "市教育局", "市民政局", "市审计局", "市司法局", "市水利局", "市交通局", "市卫健委")
PLAN = (
    ("序号", "工作任务", "具体要求", "责任单位", "完成时限"),
    ("1", "一、公开预算", "公开部门预算和决算", "市财政局牵头，市审计局配合", "2018年9月底前"),
    ("2", "一、公开预算", "公开重大项目资金使用情况", "市财政局、市水利局、市交通局", "2018年12月底前"),
    ("3", "二、公开民生", "公开招生政策和结果", "市教育局", "2018年8月底前"),
    ("4", "二、公开民生", "公开救助对象和标准", "市民政局牵头，市司法局配合", "2018年11月底前"),
    ("5", "二、公开民生", "公开村卫生室服务清单", "市卫健委", "2018年10月底前"),
    ("6", "三、公开监管", "公开水库安全检查结果", "市水利局", "2018年6月底前"),
    ("7", "三、公开监管", "公开农村公路工程招标信息", "市交通局牵头，市财政局配合", "长期坚持"),
    ("8", "三、公开监管", "公开审计整改情况", "市审计局", "2018年12月20日前"),
)


class Clerk:
    """Somebody before the browser; counts what she clicks and types, and takes a picture where one is wanted."""

    def __init__(self, window, address, root):
        self.window, self.address, self.root = window, address, root
        self.clicks, self.fields, self.start = 0, 0, time.monotonic()

    def read(self):
        return self.window.run("document.body.innerText")

    def click(self, words):
        """Press what bears these words, a button or a link, and wait for what follows."""
        self.clicks += 1
        found = self.window.run(
            "(() => { const all = [...document.querySelectorAll('main button, main a, nav a')]"
            f".filter(one => one.innerText.trim().startsWith({words!r}));"
            " if (all.length) all[0].click(); return all.length })()"
        )
        assert found, f"no {words} on: {self.read()[:1500]}"
        self._settle()

    def type(self, field, text):
        self.fields += 1
        self.window.run(
            f"(() => {{ const one = document.getElementsByName({field!r})[0]; one.value = {text!r};"
            " one.dispatchEvent(new Event('input', {bubbles: true})) })()"
        )

    def drop(self, *files):
        """Choose files in the first box of the page."""
        self.clicks += 1
        document = self.window.ask("DOM.getDocument")["root"]["nodeId"]
        node = self.window.ask("DOM.querySelector", nodeId=document, selector="input[type=file]")["nodeId"]
        self.window.ask("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])
        self._settle()

    def _settle(self):
        end, calm = time.monotonic() + 180, 0
        while calm < 3:
            assert time.monotonic() < end, self.read()[:1500]
            time.sleep(0.25)
            state = self.window.run(
                "document.readyState + (document.querySelector('#job') || {dataset: {}}).dataset.state"
            )
            calm = calm + 1 if state.startswith("complete") and not state.endswith("running") else 0

    def picture(self, name, part="header"):
        """What README.zh.md shows of this moment, from a part of the page on, at 1000 x 640."""
        self.window.see(1000, 640)
        self.window.run(f"document.querySelector({part!r}).scrollIntoView()")
        data = self.window.picture()
        self.window.see(1366, 768)
        if os.environ.get("TRACKER_PICTURES"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            small = Image.open(io.BytesIO(data)).convert("RGB").quantize(48)
            small.save(PICTURES / f"{name}.png", optimize=True)
        kept = (PICTURES / f"{name}.png").read_bytes()
        assert struct.unpack(">II", kept[16:24]) == struct.unpack(">II", data[16:24])
        assert len(kept) < 60_000
        assert f"docs/pictures/{name}.png" in (ROOT / "README.zh.md").read_text(encoding="utf-8")


def plan_file(path):
    book = openpyxl.Workbook()
    book.active.append(("云溪市2018年政务公开工作要点分工方案",))
    for row in PLAN:
        book.active.append(row)
    book.save(path)
    return path


def filled_forms(root, folder):
    """Each unit fills in its form and sends it back under a name of its own."""
    for n, form in enumerate(sorted((root / "填报表").rglob("*.xlsx"))):
        if form.stem not in UNITS:
            continue
        page = openpyxl.load_workbook(form)["填报表"]
        ids = [cell.value for cell in page["A"] if str(cell.value).startswith("P1-")]
        answers = {
            point: {
                "自报状态": "已完成" if (n + k) % 4 else "正在推进",
                "进展情况": f"{form.stem}印发文件{n + 1}份，公开信息{3 * k + 5}条。",
            }
            for k, point in enumerate(ids)
        }
        yield fill(form, answers, folder / f"{form.stem}报送（{n}）.xlsx")


def sign(path):
    """The clerk sets 稿次 in 起草素材表 to 已签发."""
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.value == "稿次":
                    page.cell(cell.row, cell.column + 1).value = "已签发"
                    book.save(path)
                    return
    raise AssertionError("no 稿次")


def test_from_an_empty_folder_to_a_signed_report_with_clicks_alone(chromium, tmp_path, capsys):
    root = tmp_path / "政务公开"
    root.mkdir()
    with (
        running_desk(root, now=DECEMBER) as (entrance, visitor),
        browser(chromium, tmp_path / "profile") as window,
    ):
        window.see(1366, 768)
        address = f"http://127.0.0.1:{visitor.port}"
        window.open(address + entrance)
        clerk = Clerk(window, address, root)

        clerk.type("name", "云溪市人民政府办公室")
        clerk.type("units", "\n".join(f"{unit} 联络员{n} 0871-123456{n}" for n, unit in enumerate(UNITS)))
        clerk.picture("first-day")
        clerk.click("建立办公文件夹")
        clerk.click("去登记方案")
        clerk.drop(plan_file(tmp_path / "分工方案.xlsx"))
        clerk.picture("plan", "#read")
        clerk.click("登记")
        clerk.click("下一步：印发填报表")
        clerk.click("印发填报表")
        forms = list(filled_forms(root, tmp_path / "报回"))
        clerk.click("收表")
        clerk.drop(*forms[:6], plan_file(tmp_path / "不是报表.xlsx"))
        clerk.picture("returns", "#came")
        clerk.drop(*forms[6:])
        clerk.click("今日")
        clerk.picture("today")
        clerk.click("报告")
        clerk.click("生成报告")
        sign(root / "报告" / "起草素材表.xlsx")
        clerk.click("生成报告")

        text = clerk.read()
        assert window.complaints == []
    seconds = time.monotonic() - clerk.start
    with capsys.disabled():
        print(f"\n{clerk.clicks} clicks, {clerk.fields} fields, {seconds:.0f} s\n{text[:2500]}")
    with ledger_of(root) as ledger:
        assert len(ledger.office().returns) == len(forms)
    assert "就此定稿" in text
    assert (clerk.clicks, clerk.fields) <= (16, 2)
