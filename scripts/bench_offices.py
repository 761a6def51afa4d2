"""Offices of real size for `scripts/bench.py`, drawn as facts: `python -m scripts.bench_offices KIND SIZE FOLDER`.

    full        2,000 points, each answered by 6 of 300 units, so that every form has 40 rows; 300 forms are out
    returns     the same, the forms filled in (4 answers in each row) and lying in 各单位报送
    half        the same with the first half of the files
    asked       the same, with a round that has not been handed out
    ledger      2,000 points, each answered by 3 units: 工作台账 laid out, 6,000 rows of units and 2,000 of points
    edited      the same, 500 answers newer than the workbook
    report      2,000 points answered by one unit each
    sample      66 points, 40 units, everything done that is due
    collective  37 points, each of them asked of all 1,000 units
    plan        方案.xlsx of 2,000 rows; `head`: the same of 2
    year        370 points, each answered by 6 of 300 units; four rounds, none of them handed out

`python -m scripts.bench_offices fill FOLDER WORD` fills in the forms of the latest round with a status.

SIZE multiplies points and units alike (1 is real, 0.1 small, 2 double); `collective` grows in units only.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl

from tracker import facts
from tracker.columns import BY_NAME
from tracker.facts import deadline_to_json
from tracker.files.ledger import Act
from tracker.formats.books import lay_out_form
from tracker.model import Deadline, DeadlineKind
from tracker.rules.rounds import ANSWERS, form_sheet
from tracker.settings import RoundSetting, Settings
from tracker.steps.call import CHINA, Call
from tracker.steps.chase import chase
from tracker.steps.desk import open_desk
from tracker.steps.init import init
from tracker.steps.report import report
from tracker.steps.status import status
from tracker.steps.sync import sync

NOW = dt.datetime(2018, 9, 10, 9, 0, tzinfo=CHINA)
ROUND = RoundSetting("第三季度", "", dt.date(2018, 9, 1), dt.date(2018, 9, 20))
# The rounds of a whole year.
ROUNDS = tuple(
    RoundSetting(name, "", dt.date(2018, *opens), dt.date(2018, *due))
    for name, opens, due in (
        ("第一季度", (3, 20), (4, 10)),
        ("上半年", (6, 20), (7, 10)),
        ("第三季度", (9, 1), (9, 20)),
        ("年终", (12, 1), (12, 20)),
    )
)
_LIMIT = Deadline("年底前", DeadlineKind.DATE, dt.date(2018, 12, 31), dt.date(2018, 12, 29))
_WORDS = ("公开目录动态调整并按月更新", "办事指南统一编印", "政策解读与文件同步发布", "热线诉求限时答复")
_ANSWERED = ("status", "progress", "summary", "problem", "done_on")


def call(root: Path, day: dt.datetime = NOW) -> Call:
    """A call of the office's clerk."""
    return Call(now=day, person="王敏", start=root)


def draw(
    root: Path,
    points: int,
    units: int,
    answering: int,
    *,
    forms: bool = False,
    rounds: tuple[RoundSetting, ...] = (ROUND,),
) -> None:
    """An office whose point n is answered by `answering` units in a row; with `forms`, one form a unit is out."""
    init(call(root), root, settings=Settings(values={"office_name": "市政府办公室"}, rounds=rounds))
    unit_ids = [f"U{n:03}" for n in range(1, units + 1)]
    rows: dict[str, list[str]] = {unit: [] for unit in unit_ids}
    with (
        open_desk(call(root, dt.datetime(2018, 3, 1, 9, 0, tzinfo=CHINA))) as desk,
        desk.act("record") as act,
    ):
        plan = act.mint("P")
        act.add(*(facts.Unit(unit, "市直部门") for unit in unit_ids))
        act.add(*(facts.UnitName(unit, _name(unit), None, None, "current") for unit in unit_ids))
        act.add(facts.PlanEdition(plan, 1, "new", "年度工作要点", "", "", None, 2018, ""))
        for n in range(points):
            chosen = [unit_ids[(n * answering + k) % units] for k in range(answering)]
            point = _add_point(act, plan, n, chosen)
            for unit in chosen:
                rows[unit].append(point)
    if not forms:
        return
    with open_desk(call(root, NOW - dt.timedelta(days=5))) as desk, desk.act("hand-out") as act:
        round_, base = act.mint("R"), act.row.first_seq - 1
        act.add(facts.Round(round_, plan, ROUND.name, ROUND.opens, ROUND.due))
        for unit, some in rows.items():
            path = f"填报表/2018-第三季度/{_name(unit)}.xlsx"
            act.add(facts.Form(act.mint("F"), round_, unit, base, tuple(some), ANSWERS, path))


def _name(unit: str) -> str:
    return f"市第{unit[1:]}管理局"


def _add_point(act: Act, plan: str, n: int, units: Sequence[str]) -> str:
    point = act.mint_point(plan)
    words = _WORDS[n % len(_WORDS)]
    text = facts.WpText(
        point,
        1,
        n + 1,
        f"第{n // 100 + 1}部分",
        f"（{n // 10 + 1}）{words}",
        str(n + 1),
        f"第{n + 1}件：{words}，细化到每一个事项并接受监督，每季度汇总一次办理情况。",
        deadline_to_json(_LIMIT),
        "lead+all",
        False,
        "new",
        False,
    )
    act.add(facts.PointFact(point, plan), text)
    roles = ["lead", *["responsible"] * (len(units) - 1)]
    act.add(
        *(
            facts.AssignmentFact(point, 1, _name(unit), unit, role, "", "", True)
            for unit, role in zip(units, roles, strict=True)
        )
    )
    return point


def fill(root: Path, count: int | None = None, status: str = "已完成") -> None:
    """The forms of the latest round, filled in and saved by another program, in 各单位报送."""
    labels = [BY_NAME[name].form_label or BY_NAME[name].label for name in _ANSWERED]
    with open_desk(call(root)) as desk:
        office, folder = desk.office(), desk.folder
    round_ = list(office.rounds.values())[-1]
    for form in [form for form in office.forms.values() if form.round == round_.round][:count]:
        sheet = form_sheet(office, form, round_, office_id=folder.office, office_name="市政府办公室")
        book = openpyxl.load_workbook(io.BytesIO(lay_out_form(sheet)))
        page = book["填报表"]
        head = next(row for row in page.iter_rows() if any(cell.value == "事项编号" for cell in row))
        columns = {str(cell.value): n for n, cell in enumerate(head, start=1) if cell.value}
        for n, row in enumerate(sheet.rows, start=(head[0].row or 0) + 1):
            answers = (status, *_answers(form.unit, row.point_id)[1:])
            for label, text in zip(labels, answers, strict=True):
                # What the ledger knows and a form does not ask.
                if label in columns:
                    page.cell(n, columns[label], text)
        book.save(folder.path("各单位报送", Path(form.path).name))


def _answers(unit: str, point: str) -> tuple[str, ...]:
    return (
        "已完成",
        f"{_name(unit)}就{point}印发了通知，组织培训两场，逐项核对目录，已完成全部三十五条公开事项。",
        f"公开事项35条，组织培训2场（{point}）。",
        f"个别材料报送不及时，已发函催办（{unit}）。",
        "2018-08-30",
    )


def open_round(root: Path) -> None:
    """A round of the plan, as if its forms had gone out."""
    with open_desk(call(root, NOW - dt.timedelta(days=5))) as desk, desk.act("hand-out") as act:
        act.add(facts.Round(act.mint("R"), "P1", ROUND.name, ROUND.opens, ROUND.due))


def answer(root: Path, count: int | None = None, *, leads_only: bool = False) -> None:
    """Answers of the units to the open round recorded as taken back, without files; `count` of them, else all."""
    with open_desk(call(root, NOW - dt.timedelta(days=1))) as desk, desk.act("take-back") as act:
        round_, base = next(iter(act.office().rounds)), act.row.first_seq - 1
        pairs = [
            (point.id, unit)
            for point in act.office().plans["P1"].points
            for unit in point.units()[: 1 if leads_only else None]
        ]
        for point, unit in pairs[:count]:
            for name, text in zip(_ANSWERED, _answers(unit, point), strict=True):
                if not count or name == "status":
                    act.add(facts.Cell(point, unit, name, round_, text, "unit", base))


def plan_book(root: Path, rows: int) -> None:
    """A plan as a workbook."""
    root.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["2018年政务公开工作要点分工方案"])
    page.append(["序号", "工作任务", "具体要求", "牵头单位", "责任单位", "完成时限"])
    for n in range(rows):
        lead, other = f"市第{n % 300 + 1}管理局", f"市第{(n + 7) % 300 + 1}管理局"
        text = f"第{n + 1}件：{_WORDS[n % 4]}，细化到每一个事项并接受监督，每季度汇总一次办理情况。"
        page.append([n + 1, _WORDS[n // 10 % 4], text, lead, f"{other}，各县区", f"{n % 12 + 1}月底前"])
    book.save(root / "方案.xlsx")


def reference_forms(root: Path) -> None:
    """What the forms say, as JSON for the plain writing of them (`bench.REFERENCES`)."""
    with open_desk(call(root)) as desk:
        points = desk.office().plans["P1"].points
    forms: dict[str, list[list[str]]] = {}
    for point in points:
        for unit in point.units():
            cells = [point.id, point.task, point.no, point.requirement, "责任", "市局", point.deadline.text]
            forms.setdefault(unit, []).append([*cells, *[""] * len(ANSWERS)])
    root.joinpath("forms.json").write_text(
        json.dumps(list(forms.values()), ensure_ascii=False), encoding="utf-8"
    )


def reference_report(root: Path) -> None:
    """What the report's files say, as JSON for the plain writing of them (`bench._REPORT`).

    Texts of the paragraphs, the tables, and of each workbook the sheets as rows of cells; the page is written by us alone.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "office")
        shutil.copytree(root, copy)
        report(call(copy))
        document = docx.Document(str(next((copy / "报告").glob("*.docx"))))
        books = [openpyxl.load_workbook(path) for path in sorted((copy / "报告").glob("*.xlsx"))]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    tables = [
        [["".join(map(str, cell.itertext())) for cell in row.tc_lst] for row in table._tbl.tr_lst]
        for table in document.tables
    ]
    sheets = [[list(page.values) for page in book.worksheets] for book in books]
    content = json.dumps(
        [paragraphs, [rows for rows in tables if len(rows) > 1], sheets], ensure_ascii=False, default=str
    )
    root.joinpath("report.json").write_text(content, encoding="utf-8")


def _full(root: Path, size: float) -> None:
    draw(root, round(2000 * size), round(300 * size), 6, forms=True)


def _returns(root: Path, size: float) -> None:
    _full(root, size)
    fill(root)


def _half(root: Path, size: float) -> None:
    _full(root, size)
    fill(root, round(150 * size))


def _asked(root: Path, size: float) -> None:
    draw(root, round(2000 * size), round(300 * size), 6)
    reference_forms(root)


def _ledger(root: Path, size: float) -> None:
    draw(root, round(2000 * size), round(300 * size), 3)
    open_round(root)
    answer(root)
    sync(call(root))


def _edited(root: Path, size: float) -> None:
    draw(root, round(2000 * size), round(300 * size), 3)
    open_round(root)
    sync(call(root))
    answer(root, round(500 * size))


def _year(root: Path, size: float) -> None:
    draw(root, round(370 * size), round(300 * size), 6, rounds=ROUNDS)
    plan_book(root / "方案", round(370 * size))


def _report(root: Path, size: float) -> None:
    draw(root, round(2000 * size), round(300 * size), 1)
    open_round(root)
    answer(root, leads_only=True)
    reference_report(root)


def _sample(root: Path, size: float) -> None:
    draw(root, round(66 * size), round(40 * size), 2)
    open_round(root)
    answer(root)
    sync(call(root))
    chase(call(root))
    status(call(root))


def _collective(root: Path, size: float) -> None:
    draw(root, 37, round(1000 * size), round(1000 * size))
    open_round(root)
    answer(root, leads_only=True)


KINDS: dict[str, Callable[[Path, float], None]] = {
    "full": _full,
    "returns": _returns,
    "half": _half,
    "asked": _asked,
    "ledger": _ledger,
    "edited": _edited,
    "report": _report,
    "sample": _sample,
    "collective": _collective,
    "plan": lambda root, size: plan_book(root, round(2000 * size)),
    "head": lambda root, _: plan_book(root, 2),
    "year": _year,
}


def main(words: Sequence[str]) -> None:
    """Draw one office, or fill in its forms."""
    os.environ["TRACKER_PERSON"] = "王敏"
    if words[0] == "fill":
        fill(Path(words[1]), status=words[2])
        return
    kind, size, folder = words
    KINDS[kind](Path(folder), float(size))


if __name__ == "__main__":
    main(sys.argv[1:])
