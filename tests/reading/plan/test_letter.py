"""What a plan is called, of which year it is, and whom its collective names mean, by the texts around it."""

import datetime as dt

import pytest

from tracker.reading.plan.letter import Annex, dates_in, members_of, read_meta

ANNEX = Annex("附件1", "县水文单位名单", ("县水文站", "县水利局"), "附件1!A1")


@pytest.mark.parametrize(
    ("front", "title", "year"),
    [
        (("柳泉县2026年水文站网和", "墒情监测任务分工表"), "柳泉县2026年水文站网和墒情监测任务分工表", 2026),
        (("柳泉县二O二六年水文工作", "任务分工表"), "柳泉县二O二六年水文工作任务分工表", 2026),
        (("关于调整2026年水文工作分工的通知",), "关于调整2026年水文工作分工的通知", 2026),
        (("关于印发《柳泉县水文规程》的通知",), "柳泉县水文规程", None),
        (("水文工作会议纪要",), "水文工作会议纪要", None),
    ],
)
def test_the_lines_before_a_plan_say_what_it_is_called_and_its_year(front, title, year):
    meta = read_meta(front)

    assert (meta.title, meta.year) == (title, year)


def test_a_day_that_no_calendar_has_is_no_date():
    assert dates_in("2026年2月30日，二〇二六年三月二日") == [dt.date(2026, 3, 2)]


@pytest.mark.parametrize(
    ("clause", "annexes", "members"),
    [
        ("县水文单位（名单见附件1）负责", [ANNEX], ANNEX.members),
        ("县水文单位负责", [ANNEX], ANNEX.members),
        ("县水文单位（名单见附件2）负责", [Annex("附件1", "样表", ("县水文站",), "附件1!A1")], None),
        ("县水文单位负责", [ANNEX, Annex("附件2", "县水文单位电话", ("县水利局",), "附件2!A1")], None),
    ],
)
def test_a_collective_name_has_the_members_of_the_annex_that_is_meant(clause, annexes, members):
    assert members_of("县水文单位", [clause], annexes) == members
