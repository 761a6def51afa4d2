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

from tests.support.clerk import clerk_at, write_beside
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


def picture(window, name, part="header"):
    """What README.zh.md shows of this moment, from a part of the page on, at 1000 x 640."""
    window.see(1000, 640)
    window.run(f"document.querySelector({part!r}).scrollIntoView()")
    data = window.picture()
    window.see(1366, 768)
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


def test_from_an_empty_folder_to_a_signed_report_with_clicks_alone(chromium, tmp_path, capsys):
    root = tmp_path / "政务公开"
    root.mkdir()
    with clerk_at(root, chromium, tmp_path / "profile", now=DECEMBER) as clerk:
        clerk.type("name", "云溪市人民政府办公室")
        clerk.type("contact", "周洁 0871-7654321")
        clerk.type("units", "\n".join(f"{unit} 联络员{n} 0871-123456{n}" for n, unit in enumerate(UNITS)))
        # Not where the test runs.
        clerk.window.run(r"document.querySelector('main strong').textContent = 'D:\\办公\\政务公开'")
        picture(clerk.window, "first-day")
        clerk.click("建立办公文件夹")
        clerk.click("去登记方案")
        clerk.drop(plan_file(tmp_path / "分工方案.xlsx"))
        picture(clerk.window, "plan", "#read")
        clerk.click("登记")
        clerk.click("下一步：印发填报表")
        clerk.type("round", "年终")
        clerk.click("先看要发给谁")
        clerk.click("印发填报表")  # what was typed for it is still there
        forms = list(filled_forms(root, tmp_path / "报回"))
        clerk.click("收表")
        clerk.drop(*forms[:6], plan_file(tmp_path / "不是报表.xlsx"))
        picture(clerk.window, "returns", "#came")
        clerk.drop(*forms[6:])
        clerk.click("今日")
        picture(clerk.window, "today")
        clerk.click("报告")
        clerk.click("生成报告")
        write_beside(root / "报告" / "起草素材表.xlsx", "稿次", "已签发")
        text = clerk.click("生成报告")
    seconds = time.monotonic() - clerk.start
    with capsys.disabled():
        print(f"\n{clerk.clicks} clicks, {clerk.fields} fields, {seconds:.0f} s\n{text[:2500]}")
    with ledger_of(root) as ledger:
        assert len(ledger.office().returns) == len(forms)
    assert "就此定稿" in text
    assert (clerk.clicks, clerk.fields) <= (17, 4)
