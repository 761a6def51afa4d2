"""设置.xlsx: what the office typed is used, what cannot be used is told with its cell."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from tracker.files.guard.opening import read_bytes
from tracker.formats.books.settings import SendingReader, lay_out_settings, settings_of
from tracker.grid import Source, from_table
from tracker.settings import (
    FOLDER,
    MAIL,
    SENDING_SETTINGS,
    SETTINGS,
    QuietPeriod,
    RoundSetting,
    SettingKind,
    Settings,
)
from tracker.tiers import TIER_RULES, Tier, TierRule


def read(drawing):
    return settings_of(Source("xlsx", "设置.xlsx", (from_table(drawing, name="基本设置"),)))


def test_what_was_laid_out_reads_back_equal():
    settings = Settings(
        values={"office_name": "云溪市人民政府办公室", "light_near": "7"},
        rounds=(RoundSetting("年终", "P1", dt.date(2026, 12, 1), dt.date(2026, 12, 20)),),
        days={dt.date(2027, 1, 1): False, dt.date(2027, 1, 3): True},
        tier_rules=TIER_RULES.but(TierRule(Tier.CALL, 2, apart=3), TierRule(Tier.TALK, 5, apart=5, on=False)),
        quiet=(QuietPeriod(dt.date(2026, 3, 4), dt.date(2026, 3, 11), "全国两会"),),
    )

    found, findings = settings_of(read_bytes(lay_out_settings(settings), "设置.xlsx"))

    assert (found.values, found.rounds, found.days) == (settings.values, settings.rounds, settings.days)
    assert (found.tier_rules, found.quiet) == (settings.tier_rules, settings.quiet)
    assert findings == ()


def test_the_same_settings_give_the_same_bytes():
    assert lay_out_settings(Settings()) == lay_out_settings(Settings())


def test_an_empty_workbook_means_every_default():
    found, _ = settings_of(read_bytes(lay_out_settings(Settings()), "设置.xlsx"))

    assert {item.name: found.text(item.name) for item in SETTINGS} == {
        item.name: item.default for item in SETTINGS
    }


def test_a_number_that_is_none_is_told_and_the_default_holds():
    found, findings = read(
        """
        | 项目               | 当前值 |
        | 提前提醒（工作日） | 十天   |
        """
    )

    assert found.tier_rules.rule(Tier.REMIND).wait == 10
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


def test_who_reports_may_be_said_for_one_round_of_one_plan():
    found, findings = read(
        """
        | 期次名称 | 适用方案 | 开始日期   | 截止日期   | 填报单位范围   |
        | 上半年   | P1       | 2026-06-10 | 2026-06-30 | 仅牵头单位 |
        | 年终     | P1       | 2026-12-01 | 2026-12-20 |            |
        | 年终     | P2       | 2026-12-01 | 2026-12-20 | 牵头的报   |
        """
    )

    assert [each.scope for each in found.rounds] == ["仅牵头单位", "", ""]
    assert [(each.code, each.place) for each in findings] == [("bad-setting", "基本设置!E4")]
    assert "仅牵头单位、各责任单位、含配合单位" in findings[0].message


def test_a_word_that_a_setting_does_not_know_is_told_and_the_default_holds():
    found, findings = read(
        """
        | 项目     | 当前值   |
        | 填报单位范围 | 牵头单位 |
        """
    )

    assert found.text("scope") == "各责任单位"
    assert [(each.code, each.place) for each in findings] == [("bad-setting", "基本设置!B2")]


def test_a_date_that_is_none_is_told_with_its_cell():
    found, findings = read(
        """
        | 期次名称 | 适用方案 | 开始日期 | 截止日期   |
        | 年终     |          | 岁末     | 2026-12-20 |
        """
    )

    assert found.rounds == ()
    assert [(each.code, each.place) for each in findings] == [("bad-date", "基本设置!C2")]


def test_an_empty_table_of_rules_means_every_default():
    found, _ = settings_of(read_bytes(lay_out_settings(Settings()), "设置.xlsx"))

    assert found.tier_rules == TIER_RULES


def test_the_names_of_an_older_workbook_are_still_read():
    found, findings = read(
        """
        | 项目                   | 当前值 |
        | 提前提醒（工作日）     | 7      |
        | 催办最小间隔（工作日） | 4      |
        | 转督办（工作日）       | 3      |
        | 转通报（工作日）       | 8      |
        """
    )

    assert findings == ()
    assert [found.tier_rules.rule(t).wait for t in (Tier.REMIND, Tier.SUPERVISE, Tier.CIRCULATE)] == [7, 3, 8]
    assert found.tier_rules.rule(Tier.CALL).apart == 4
    assert found.thresholds.near == 7


def test_a_rule_that_cannot_be_used_is_told_with_its_cell_and_the_default_holds():
    found, findings = read(
        """
        | 种类 | 启用 | 等待（工作日） | 最小间隔（工作日） |
        | 催办 | 是   | 三             | 4                  |
        | 督办 | 不用 | 3              | 5                  |
        | 通报 | 否   | 6              | 9                  |
        """
    )

    assert [(each.code, each.place) for each in findings] == [
        ("bad-number", "基本设置!C2"),
        ("bad-tick", "基本设置!B3"),
    ]
    assert found.tier_rules.rule(Tier.CALL) == TierRule(Tier.CALL, 1, apart=4)
    assert found.tier_rules.rule(Tier.CIRCULATE) == TierRule(Tier.CIRCULATE, 6, apart=9, on=False)


def test_quiet_days_may_be_one_day_or_many():
    found, findings = read(
        """
        | 静默开始   | 静默结束   | 原因 |
        | 2026-07-01 |            | 大会 |
        | 2026-8-3   | 2026-08-07 |      |
        | 2026-09-09 | 2026-09-01 | 写反 |
        """
    )

    assert [each.code for each in findings] == ["round-backwards"]
    assert found.quiet_on(dt.date(2026, 7, 1)) == "静默日期（大会）"
    assert found.quiet_on(dt.date(2026, 8, 7))
    assert not found.quiet_on(dt.date(2026, 8, 8))


def test_rounds_that_are_off_stand_in_the_sheet_and_are_not_handed_out():
    half, quarter = (
        RoundSetting("上半年", "", dt.date(2026, 6, 10), dt.date(2026, 6, 30)),
        RoundSetting("第一季度", "", dt.date(2026, 3, 10), dt.date(2026, 3, 31)),
    )

    found, findings = settings_of(
        read_bytes(lay_out_settings(Settings(rounds=(half,), spare_rounds=(quarter,))), "设置.xlsx")
    )

    assert (found.rounds, found.spare_rounds, findings) == ((half,), (quarter,), ())


def test_a_round_of_an_older_workbook_without_the_column_is_on():
    found, _ = read(
        """
        | 期次名称 | 适用方案 | 开始日期   | 截止日期   |
        | 第一季度 |          | 2026-03-10 | 2026-03-31 |
        """
    )

    assert [period.name for period in found.rounds] == ["第一季度"]


@pytest.mark.parametrize(
    ("text", "ordinary", "last"),
    [
        ("", False, True),
        ("年终", False, True),
        ("每期", True, True),
        ("不要求", False, False),
        ("是", True, True),
        ("否", False, False),
    ],
)
def test_a_stamped_page_is_asked_for_at_the_year_s_end_and_the_older_words_are_read(text, ordinary, last):
    found, findings = read(
        f"""
        | 项目       | 当前值 |
        | 要求盖章件 | {text} |
        """
    )

    assert (found.wants_stamp(is_last=False), found.wants_stamp(is_last=True)) == (ordinary, last)
    assert findings == ()


def test_every_value_that_is_one_of_a_few_words_offers_them():
    book = openpyxl.load_workbook(io.BytesIO(lay_out_settings(Settings())))

    offers = {}
    for name in ("基本设置", "发送设置", "技术设置"):
        page = book[name]
        for rule in page.data_validations.dataValidation:
            offers[page.cell(int(str(rule.sqref)[1:]), 1).value] = rule.formula1.strip('"').split(",")
    assert offers == {
        setting.label: list(setting.choices) or ["是", "否"]
        for setting in (*SETTINGS, *SENDING_SETTINGS)
        if setting.kind in (SettingKind.YES, SettingKind.CHOICE)
    }


def test_what_only_the_one_who_looks_after_the_pc_fills_in_stands_on_a_sheet_of_its_own():
    book = openpyxl.load_workbook(
        io.BytesIO(lay_out_settings(Settings(values={"database": "postgresql://a/b"})))
    )
    rows = {
        name: {row[0].value: row[1].value for row in book[name].iter_rows(min_row=4)}
        for name in book.sheetnames
    }

    assert rows["技术设置"]["数据库地址"] == "postgresql://a/b" and "发信服务器" in rows["技术设置"]
    assert "数据库地址" not in rows["基本设置"] and "发信服务器" not in rows["发送设置"]


def test_how_a_word_or_a_day_was_understood_is_told_at_its_cell():
    found, findings = read(
        """
        | 项目     | 当前值   |          |
        | 期次名称 | 开始日期 | 截止日期 |
        | 年终     | 26.11.1  | 20261210 |
        """
    )

    assert [(period.opens, period.due) for period in found.rounds] == [
        (dt.date(2026, 11, 1), dt.date(2026, 12, 10))
    ]
    assert [(each.code, each.place) for each in findings] == [("read-as", "基本设置!B3")]


def read_sending(sheet):
    reader = SendingReader()
    reader.read(sheet)
    return reader


def codes(reader):
    return [finding.code for finding in reader.findings]


def test_without_a_word_everything_goes_into_the_folder():
    assert SendingReader().settings().channel == FOLDER


def test_values_are_found_by_their_labels(sheet):
    """
    | 项目           | 当前值                |
    | 发送方式       | 邮件                  |
    | 允许的邮箱域名 | a.gov.cn、@b.gov.cn  |
    """
    sending = read_sending(sheet).settings()

    assert sending.channel == MAIL
    assert sending.domains == ("a.gov.cn", "b.gov.cn")


def test_a_value_that_cannot_be_used_is_told_and_the_default_holds(sheet):
    """
    | 项目             | 当前值   |
    | 发送方式         | 传真     |
    | 群发警戒（倍）   | 两倍     |
    | 测试模式         | 大概     |
    """
    reader = read_sending(sheet)

    assert codes(reader) == ["bad-choice"] * 3
    assert reader.settings().channel == FOLDER
    assert not reader.settings().is_yes("send_test")


def test_a_robot_is_named_by_its_secret_and_silent_about_tasks(sheet):
    """
    | 群名称 | 平台 | 密钥名称 | 含任务内容 |
    | 联络群 | 钉钉 | lianluo  |            |
    """
    (robot,) = read_sending(sheet).settings().robots

    assert (robot.name, robot.platform, robot.secret, robot.full) == ("联络群", "dingtalk", "lianluo", False)


def test_an_address_typed_as_the_name_of_a_secret_is_refused_and_not_repeated(sheet):
    """
    | 群名称 | 平台 | 密钥名称                                             |
    | 联络群 | 钉钉 | https://oapi.dingtalk.com/robot/send?access_token=s3 |
    """
    reader = read_sending(sheet)

    assert codes(reader) == ["bad-secret-name"]
    assert reader.robots == []
    assert "s3" not in str(reader.findings) + str(reader.content())


def test_jobs_keep_what_the_row_leaves_open(sheet):
    """
    | 任务     | 启用 | 日子   | 时间         |
    | 提醒催办 | 是   |        | 8:30、下午   |
    | 每周小结 | 否   | 每周五 | 16：00       |
    | 发送     |      | 有空时 |              |
    """
    reader = read_sending(sheet)
    jobs = {job.name: job for job in reader.jobs.values()}

    assert codes(reader) == ["bad-times", "bad-days"]
    assert jobs["提醒催办"].times == (dt.time(9, 0),)
    assert (jobs["每周小结"].on, jobs["每周小结"].days, jobs["每周小结"].times) == (
        False,
        "每周五",
        (dt.time(16, 0),),
    )
    assert jobs["发送"].days == "每个工作日"
