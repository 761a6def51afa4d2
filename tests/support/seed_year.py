"""A year of the real plan beside the checkout: its own units, made-up members of its groups, made-up returns.

Two rounds (half of the year, end of the year) are handed out, filled in as people would (`demo.rehearsal`), and
taken back. Nothing of the plan's text stands here.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from tracker.demo.rehearsal import deliver, mails, read_script
from tracker.files.folders import find_office
from tracker.formats.books.register import RegisterBook, UnitGroupRow, UnitRow, all_sheets
from tracker.formats.patch import Append, patch
from tracker.settings import RoundSetting, Settings
from tracker.steps.call import CHINA, Call
from tracker.steps.desk import open_desk
from tracker.steps.hand_out import hand_out
from tracker.steps.init import init
from tracker.steps.record import Instructions, record
from tracker.steps.take_back import take_back

ROUNDS = (
    RoundSetting("上半年", "", dt.date(2018, 7, 9), dt.date(2018, 7, 27)),
    RoundSetting("年终", "", dt.date(2018, 12, 3), dt.date(2018, 12, 21)),
)
COUNTIES = ("甲区人民政府", "乙区人民政府", "丙县人民政府", "丁市人民政府", "戊产业园管委会")
# 市有关单位 beside those that the plan names: made up.
OTHERS = ("市气象局", "市地震局", "市档案局")
LAST = dt.date(2018, 12, 28)
# What its units say, whatever the point is.
SCRIPT = read_script(
    """
[报送]
甲区人民政府 = 迟报 6
乙区人民政府 = 缺填 4
[* *]
b = 100-900
6-20 = 正在推进｜本期发布信息{b}条，开展业务指导3次。
11-20 = 已完成｜任务已全部完成：公开信息{b}条，配套制度2项。
[* * 乙]
b = 100-900
6-20 = 持续推进｜本期发布信息{b}条，按期答复率100%。
[* * 丙]
6-20 = 已完成｜已按要求完成，形成清单1份。
[* * 丁]
b = 20-90
6-20 = 正在推进｜走访{b}家单位，梳理问题4个。
11-20 = 进展滞后｜走访{b}家单位，梳理问题4个。｜经办人员调整，已明确专人，倒排工期推进。
"""
)


def call(root: Path, day: dt.date) -> Call:
    return Call(dt.datetime.combine(day, dt.time(9), CHINA), "王敏", root)


def make_seed_year(root: Path, shared: Path) -> Path:
    """The office folder at the end of the year."""
    [plan] = (shared / "seeds").glob("002_*.txt")
    values = {
        "office_name": "××市人民政府办公室",
        "superior": "××省人民政府办公厅",
        "place_name": "我市",
    }
    init(call(root, dt.date(2018, 7, 5)), root, settings=Settings(values=values, rounds=ROUNDS))
    office = find_office(root)
    register = office.path("单位及联络员名单.xlsx")
    typed = RegisterBook(
        units=tuple(UnitRow("", name, kind="县（市、区）") for name in COUNTIES)
        + tuple(UnitRow("", name, kind="市直部门") for name in OTHERS),
        groups=(
            UnitGroupRow("各县(市、区)人民政府(管委会)", COUNTIES),
            UnitGroupRow("市有关单位", OTHERS),
            UnitGroupRow("重点领域相关单位", OTHERS[:1]),
        ),
    )
    appends = [Append(sheet, rows, like=None) for sheet, rows in all_sheets(typed) if rows]
    register.write_bytes(patch(register.read_bytes(), (), appends))
    record(call(root, dt.date(2018, 7, 6)), plan, Instructions(issued_on=dt.date(2018, 6, 29)))
    for round_ in ROUNDS:
        hand_out(call(root, round_.opens))
        with open_desk(call(root, round_.opens)) as desk:
            now = desk.office()
        known = next(each.round for each in now.rounds.values() if each.name == round_.name)
        deliver(office, mails(office, now, known, SCRIPT))
        take_back(call(root, round_.due + dt.timedelta(days=5)))
    return root


if __name__ == "__main__":
    make_seed_year(Path(sys.argv[1]), Path(sys.argv[2]))
