"""设置.xlsx: what the office typed is used, what cannot be used is told with its cell."""

import datetime as dt

from tracker.files.guard import read_bytes
from tracker.files.settings import lay_out_settings
from tracker.files.settings import settings_of
from tracker.grid import Source
from tracker.grid import from_table
from tracker.rules.settings import ITEMS
from tracker.rules.settings import RoundSetting
from tracker.rules.settings import Settings


def read(drawing):
    return settings_of(Source("xlsx", "设置.xlsx", (from_table(drawing, name="基本设置"),)))


def test_what_was_laid_out_reads_back_equal():
    settings = Settings(
        values={"office_name": "云溪市人民政府办公室", "remind_before": "7"},
        rounds=(RoundSetting("年终", "P1", dt.date(2026, 12, 1), dt.date(2026, 12, 20)),),
        days={dt.date(2027, 1, 1): False, dt.date(2027, 1, 3): True},
    )

    found, findings = settings_of(read_bytes(lay_out_settings(settings), "设置.xlsx"))

    assert (found.values, found.rounds, found.days) == (settings.values, settings.rounds, settings.days)
    assert findings == ()


def test_the_same_settings_give_the_same_bytes():
    assert lay_out_settings(Settings()) == lay_out_settings(Settings())


def test_an_empty_workbook_means_every_default():
    found, _ = settings_of(read_bytes(lay_out_settings(Settings()), "设置.xlsx"))

    assert {item.name: found.text(item.name) for item in ITEMS} == {item.name: item.default for item in ITEMS}


def test_a_number_that_is_none_is_told_and_the_default_holds():
    found, findings = read(
        """
        | 项目               | 当前值 |
        | 提前提醒（工作日） | 十天   |
        """
    )

    assert found.number("remind_before") == 10
    assert [(each.code, each.place) for each in findings] == [("bad-number", "基本设置!B2")]


def test_a_round_that_ends_before_it_begins_is_told_and_left_out():
    found, findings = read(
        """
        | 期次名称 | 适用方案 | 开始日期   | 截止日期   |
        | 年终     |          | 2026-12-20 | 2026-12-01 |
        | 上半年   |          | 2026-6-10  | 2026年6月30日 |
        """
    )

    assert [each.name for each in found.rounds] == ["上半年"]
    assert [each.code for each in findings] == ["round-backwards"]


def test_a_date_that_is_none_is_told_with_its_cell():
    found, findings = read(
        """
        | 期次名称 | 适用方案 | 开始日期 | 截止日期   |
        | 年终     |          | 岁末     | 2026-12-20 |
        """
    )

    assert found.rounds == ()
    assert [(each.code, each.place) for each in findings] == [("bad-date", "基本设置!C2")]
