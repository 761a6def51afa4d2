"""Sixty mixed files dropped into one folder: one page says who has reported, who has not, and why."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from collections import Counter

import docx
import openpyxl
import pytest

from tests.support.year import SEPTEMBER, call, fill, form_of, make_year, snapshot
from tracker.steps.hand_out import hand_out
from tracker.steps.take_back import take_back

LATER = SEPTEMBER + dt.timedelta(days=5)
NAMES = [
    f"市{name}局"
    for name in [
        "教育",
        "司法",
        "财政",
        "民政",
        "审计",
        "水利",
        "林业",
        "统计",
        "体育",
        "医保",
        "气象",
        "交通",
        "商务",
        "公安",
        "粮食",
    ]
]
UNITS = {f"U{n:03}": name for n, name in enumerate(NAMES, start=1)}
STAMP = 1_535_950_000
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 50


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("sixty") / "办公"
    make_year(root, points=30, units=UNITS)
    hand_out(call(root))
    sixty(root)
    return root


def answers(unit, text="已办"):
    n = int(next(key for key, name in UNITS.items() if name == unit)[1:])
    return {f"P1-{n:03}": {"自报状态": "正在推进", "进展情况": f"{unit}{text}"}}


def sixty(root):
    """Sixty files; what each is stands in its name."""
    box = root / "各单位报送"

    def form(unit, name, *, at=0, text="已办", to=box):
        path = fill(form_of(root, unit), answers(unit, text), to / name)
        os.utime(path, (STAMP + at, STAMP + at))
        return path

    def raw(name, data):
        (box / name).parent.mkdir(parents=True, exist_ok=True)
        (box / name).write_bytes(data)

    # 1-10: five units, an early and a final version each, under names that say nothing.
    for n, unit in enumerate(NAMES[:5]):
        form(unit, f"新建 XLSX 工作表 ({n}).xlsx", at=n, text="初稿")
        form(unit, f"最终版{n}.xlsx", at=100 + n)
    # 11-15: the same bytes again.
    for n in range(5):
        raw(f"转发/最终版{n}(1).xlsx", (box / f"最终版{n}.xlsx").read_bytes())
    # 16-19: stamped pages of the first four.
    for unit in NAMES[:4]:
        raw(f"{unit}/盖章扫描件.jpg", JPEG + unit.encode())
    # 20: one zip with two units; 21-22 those two stamped, by name.
    with zipfile.ZipFile(box / "打包.zip", "w") as archive:
        for unit in NAMES[5:7]:
            archive.write(form(unit, f"{unit}.xlsx", to=root / "临时"), f"{unit}.xlsx")
    for unit in NAMES[5:7]:
        raw(f"{unit}（盖章）.jpg", JPEG + unit.encode())
    # 23: as Word; 24: as text; 25: a table of three units; 26: no token.
    page = openpyxl.load_workbook(form(NAMES[7], "x.xlsx", to=root / "临时"))["填报表"]
    document = docx.Document()
    document.add_paragraph(page["B2"].value)
    heads = [cell.value for cell in page[4]]
    table = document.add_table(rows=0, cols=len(heads))
    for line in page.iter_rows(min_row=4, max_row=7, values_only=True):
        for cell, value in zip(table.add_row().cells, line, strict=True):
            cell.text = value or ""
    document.save(box / "报送.docx")
    token = openpyxl.load_workbook(form_of(root, NAMES[8]))["填报表"]["B2"].value
    lines = [token, "具体要求", "自报状态", "进展情况", "完成第9件公开工作", "正在推进", "文字里报的"]
    raw("微信.txt", "\n".join(lines).encode())
    shared = openpyxl.Workbook()
    shared.active.append(["事项编号", "责任单位", "自报状态", "进展情况"])
    for unit in NAMES[9:12]:
        [(wp, said)] = answers(unit).items()
        shared.active.append([wp, unit, *said.values()])
    shared.save(box / "科室汇总.xlsx")
    lost = form(NAMES[12], "表号没了.xlsx")
    book = openpyxl.load_workbook(lost)
    del book["_tracker"]
    book["填报表"]["B2"] = f"填报单位：{NAMES[12]}"
    book.save(lost)
    # 27: an empty form; 28: ids sorted apart; 29: a form of another office.
    fill(form_of(root, NAMES[13]), {}, box / "空表.xlsx")
    fill(form_of(make_other(root), "市司法局"), {"P1-001": {"进展情况": "别处"}}, box / "走错门.xlsx")
    fill(form_of(root, NAMES[4]), {"P1-005": {"自报状态": "差不多了"}}, box / "乱填.xlsx")
    os.utime(box / "乱填.xlsx", (STAMP + 900, STAMP + 900))
    # 30-35: foreign files; 36-60: photos and evidence.
    for n in range(3):
        plain = openpyxl.Workbook()
        plain.active["A1"] = f"会议通知{n}"
        plain.save(box / f"通知{n}.xlsx")
    raw("打不开.xlsx", b"PK\x03\x04 broken")
    raw("空文件.xlsx", b"")
    raw("压缩.rar", b"Rar!\x1a\x07\x00 etc")
    for n in range(10):
        raw(f"IMG_{n:04}.jpg", JPEG + bytes([n]))
    for n in range(15):
        raw(f"{NAMES[0]}/佐证材料/照片{n}.jpg", JPEG + b"x" + bytes([n]))


def make_other(root):
    other = make_year(root.parent / "别处")
    hand_out(call(other))
    return other


@pytest.fixture(scope="module")
def answer(root):
    """What the first look at the folder comes to."""
    assert len([path for path in (root / "各单位报送").rglob("*") if path.is_file()]) == 60
    return take_back(call(root, LATER))


def test_one_page_says_of_sixty_files_who_has_reported_and_why(root, answer):
    book = openpyxl.load_workbook(root / "台账" / "报送情况.xlsx")
    head, *rows = book["报送情况"].iter_rows(min_row=4, values_only=True)
    page = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert {unit: row["状态"] for unit, row in page.items()} == {
        **dict.fromkeys([*NAMES[:4], *NAMES[5:7]], "已报"),
        NAMES[4]: "已报（部分未采用）",
        **dict.fromkeys(NAMES[7:13], "未盖章"),
        NAMES[13]: "待退回",
        NAMES[14]: "未报",
    }
    assert "差不多了" in page[NAMES[4]]["需要处理"]
    assert "全部未填写" in page[NAMES[13]]["需要处理"]
    unknown = dict(list(book["未收的文件"].iter_rows(min_row=5, max_col=2, values_only=True)))
    assert set(unknown) == {
        *("走错门.xlsx", "打不开.xlsx", "空文件.xlsx", "压缩.rar"),
        *(f"通知{n}.xlsx" for n in range(3)),
        *(f"IMG_{n:04}.jpg" for n in range(10)),
    }
    assert all(unknown.values())
    assert answer.data["repeated"] == 5
    assert Counter(each["kind"] for each in answer.data["papers"]) == {"evidence": 15, "stamped": 6}
    assert answer.data["conflicts"] == 0


@pytest.mark.usefixtures("answer")
def test_the_same_sixty_files_again_change_nothing(root):
    before = snapshot(root)

    take_back(call(root, LATER))

    assert snapshot(root) == before
