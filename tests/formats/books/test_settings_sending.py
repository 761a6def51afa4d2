"""发送设置, 群机器人 and 定时任务 as people fill them in."""

from __future__ import annotations

import datetime as dt

from tracker.formats.books.settings import SendingReader
from tracker.settings import FOLDER, MAIL


def read(sheet):
    reader = SendingReader()
    reader.read(sheet)
    return reader


def codes(reader):
    return [each.code for each in reader.findings]


def test_without_a_word_everything_goes_into_the_folder():
    assert SendingReader().settings().channel == FOLDER


def test_values_are_found_by_their_labels(sheet):
    """
    | 项目           | 当前值                |
    | 发送方式       | 邮件                  |
    | 允许的邮箱域名 | a.gov.cn、@b.gov.cn  |
    """
    sending = read(sheet).settings()

    assert sending.channel == MAIL
    assert sending.domains == ("a.gov.cn", "b.gov.cn")


def test_a_value_that_cannot_be_used_is_told_and_the_default_holds(sheet):
    """
    | 项目             | 当前值   |
    | 发送方式         | 传真     |
    | 群发警戒（倍）   | 两倍     |
    | 测试模式         | 大概     |
    """
    reader = read(sheet)

    assert codes(reader) == ["bad-choice"] * 3
    assert reader.settings().channel == FOLDER
    assert not reader.settings().is_yes("send_test")


def test_a_robot_is_named_by_its_secret_and_silent_about_tasks(sheet):
    """
    | 群名称 | 平台 | 密钥名称 | 含任务内容 |
    | 联络群 | 钉钉 | lianluo  |            |
    """
    (robot,) = read(sheet).settings().robots

    assert (robot.name, robot.platform, robot.secret, robot.full) == ("联络群", "dingtalk", "lianluo", False)


def test_an_address_typed_as_the_name_of_a_secret_is_refused_and_not_repeated(sheet):
    """
    | 群名称 | 平台 | 密钥名称                                             |
    | 联络群 | 钉钉 | https://oapi.dingtalk.com/robot/send?access_token=s3 |
    """
    reader = read(sheet)

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
    reader = read(sheet)
    jobs = {job.name: job for job in reader.jobs.values()}

    assert codes(reader) == ["bad-times", "bad-days"]
    assert jobs["提醒催办"].times == (dt.time(9, 0),)
    assert (jobs["每周小结"].on, jobs["每周小结"].days, jobs["每周小结"].times) == (
        False,
        "每周五",
        (dt.time(16, 0),),
    )
    assert jobs["发送"].days == "每个工作日"
