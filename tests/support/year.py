"""An office folder with a small plan recorded, for tests of steps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from tracker import facts
from tracker.columns import BY_NAME, Sheet, on
from tracker.facts import deadline_to_json
from tracker.files.folders import find_office
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.model import Deadline, DeadlineKind
from tracker.settings import RoundSetting, Settings
from tracker.steps.call import CHINA, Call, Result
from tracker.steps.init import init
from tracker.tiers import TIER_RULES, Tier, TierRule

UNITS = {"U001": "市教育局", "U002": "市司法局", "U003": "市财政局", "U004": "市民政局", "U005": "市审计局"}
ROUNDS = (
    RoundSetting("第三季度", "", dt.date(2018, 9, 1), dt.date(2018, 9, 20)),
    RoundSetting("年终", "", dt.date(2018, 11, 15), dt.date(2018, 12, 10)),
)
# What the office is called: nothing official leaves without.
NAME = {"office_name": "市政府办公室"}
SEPTEMBER = dt.datetime(2018, 9, 3, 9, 0, tzinfo=CHINA)


# An office that uses every rung, and slips about forms.
EVERY_RUNG = TIER_RULES.but(TierRule(Tier.ASSIGN, 0), TierRule(Tier.CALL, 1, apart=5))


def call(root: Path, now: dt.datetime = SEPTEMBER, *, dry_run: bool = False) -> Call:
    return Call(now=now, person="王敏", start=root, dry_run=dry_run)


def make_year(root: Path, points: int = 6, units: dict[str, str] | None = None) -> Path:
    """An office in `root` with `points` work points; each is led by one unit and shared by the next."""
    units = units or UNITS
    values = {
        **NAME,
        "supervision_name": "市政府督查室",
        "form_slips": "是",
        "stamp": "每期",
    }
    settings = Settings(values=values, rounds=ROUNDS, tier_rules=EVERY_RUNG)
    init(call(root), root, settings=settings)
    folder = find_office(root)
    names = list(units)
    with (
        open_ledger(ledger_path(folder.root, folder.office), office=folder.office) as ledger,
        ledger.act("record", person="王敏", at=SEPTEMBER - dt.timedelta(days=30)) as act,
    ):
        plan = act.mint("P")
        act.add(*(facts.Unit(unit, "市直部门") for unit in names))
        act.add(*(facts.UnitName(unit, name, None, None, "current") for unit, name in units.items()))
        act.add(facts.PlanEdition(plan, 1, "new", "年度工作要点", "", "", None, 2018, ""))
        for n in range(points):
            add_point(act, plan, n, (names[n % len(names)], names[(n + 1) % len(names)]))
    return root


YEAR_END = Deadline("年底前", DeadlineKind.DATE, dt.date(2018, 12, 31), dt.date(2018, 12, 29))


def year_with_forms(root: Path, points: int = 6) -> Path:
    """The office of `make_year` after it handed out the forms of its first round."""
    from tracker.steps.hand_out import hand_out

    make_year(root, points)
    hand_out(call(root))
    return root


def decide(root: Path, choice: str, text: str | None, now: dt.datetime) -> Result:
    """Type a decision behind the first question of 待核对事项清单, and settle."""
    from tracker.steps.settle import settle

    path = root / "待核对事项清单.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book.active.iter_rows() if str(row[0].value).startswith("C"))
    row[9].value, row[10].value = choice, text
    book.save(path)
    return settle(call(root, now))


def add_point(
    act, plan: str, n: int, units: tuple[str, ...], edition: int = 1, limit: Deadline = YEAR_END
) -> str:
    wp = act.mint_point(plan)
    act.add(
        facts.PointFact(wp, plan),
        facts.WpText(
            wp,
            edition,
            n + 1,
            "一、公开",
            "（一）推进公开",
            str(n + 1),
            f"完成第{n + 1}件公开工作",
            deadline_to_json(limit),
            "lead+all",
            False,
            "new",
            False,
        ),
        *(
            facts.AssignmentFact(wp, edition, UNITS.get(unit, unit), unit, role, "", "", True)
            for unit, role in zip(units, ("lead", "responsible"), strict=False)
        ),
    )
    return wp


def ledger_of(root: Path):
    folder = find_office(root)
    return open_ledger(ledger_path(folder.root, folder.office), office=folder.office)


def form_of(root: Path, name: str, round_: str = "2018-第三季度") -> Path:
    return root / "填报表" / round_ / f"{name}.xlsx"


def fill(path: Path, answers: dict[str, dict[str, str]], to: Path) -> Path:
    """Fill in a form as a unit would: `answers` maps a work point to texts by label, of the form or of the 台账."""
    book = openpyxl.load_workbook(path)
    page = book["填报表"]
    head = next(row for row in page.iter_rows() if any(cell.value == "事项编号" for cell in row))
    columns = {cell.value: cell.column for cell in head if cell.value}
    columns |= {BY_NAME[c.name].label: columns[c.label] for c in on(Sheet.FORM) if c.label in columns}
    for row in page.iter_rows(min_row=head[0].row + 1):
        for label, text in answers.get(str(row[0].value), {}).items():
            cell = page.cell(row[0].row, columns[label])
            cell.value = text
            if isinstance(text, str):
                cell.data_type = "s"
    to.parent.mkdir(parents=True, exist_ok=True)
    book.save(to)
    return to


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file that people see."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".tracker" not in path.parts
    }


def prepare_returns(root: Path) -> Path:
    """An office with forms handed out, returns of three units lying in the folder, and a workbook edited."""
    from tracker.steps.hand_out import hand_out
    from tracker.steps.sync import sync

    make_year(root, points=10)
    hand_out(call(root))
    sync(call(root))
    for n, name in enumerate(list(UNITS.values())[:3]):
        page = openpyxl.load_workbook(form_of(root, name))["填报表"]
        ids = [cell.value for cell in page["A"] if str(cell.value).startswith("P1-")]
        fill(
            form_of(root, name),
            {wp: {"自报状态": "正在推进", "进展情况": f"{name}办了{wp}"} for wp in ids},
            root / "各单位报送" / f"{n}.xlsx",
        )
    form_of(root, "市民政局").unlink()
    book = openpyxl.load_workbook(root / "台账" / "工作台账.xlsx")
    book["任务事项"]["N4"] = "写进报告的话"
    book.save(root / "台账" / "工作台账.xlsx")
    return root
