"""Time limits as plans write them: every date and style reads back, and nothing is guessed."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tracker.days import end_of_month
from tracker.grid import ErrorValue
from tracker.model import Deadline, DeadlineKind
from tracker.reading.deadlines.dates import FEASTS
from tracker.reading.deadlines.limits import PhraseContext
from tracker.reading.deadlines.phrases import _BEGINNINGS, _FINDERS, is_readable, read_deadline
from tracker.text import fold
from tracker.workdays import Calendar, YearArrangement

HERE = Path(__file__).parent
ISSUED = dt.date(2021, 3, 10)


def table(name):
    """The lines of a table of phrases: the phrase, and what it means."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" => ")) for line in lines if " => " in line and line[0] != "#"]


def meaning(limit, *, readable):
    """A limit in the notation of the tables."""
    words = [limit.kind.value]
    if limit.due and limit.kind is not DeadlineKind.RELATIVE:
        words.append(limit.due.isoformat())
    words += [f"period={limit.period}"] if limit.period else []
    words += [f"offset={limit.offset}"] if limit.offset else []
    return " ".join(words if readable else [*words, "!"])


@pytest.mark.parametrize(("phrase", "gold"), table("deadline_phrases.txt"))
def test_a_phrase_in_a_cell_means_what_the_table_says(phrase, gold):
    phrase = phrase.replace("\\n", "\n")

    limit = read_deadline(phrase, year=2021, issued_on=ISSUED)

    assert meaning(limit, readable=is_readable(phrase, year=2021)) == gold
    assert limit.text == phrase.strip()


@pytest.mark.parametrize(("sentence", "gold"), table("deadline_sentences.txt"))
def test_a_limit_inside_a_sentence_is_told_from_a_mere_mention(sentence, gold):
    limit = read_deadline(sentence, year=2021, issued_on=ISSUED, inside=True)

    assert meaning(limit, readable=is_readable(sentence, year=2021, inside=True)) == gold
    assert limit.text in sentence


_DIGITS = "〇一二三四五六七八九"


def chinese(number):
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def wide(text):
    return text.translate({ord(each): ord(each) + 0xFEE0 for each in "0123456789"})


STYLES = {
    "full": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded": lambda d: f"{d.year}年{d.month:02}月{d.day:02}日前",
    "wide": lambda d: wide(f"{d.year}年{d.month}月{d.day}日"),
    "chinese": lambda d: (
        "".join(_DIGITS[int(each)] for each in str(d.year)) + f"年{chinese(d.month)}月{chinese(d.day)}日前"
    ),
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日前完成",
    "dashes": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}前",
    "compact": lambda d: f"{d:%Y%m%d}",
    "short year": lambda d: f"{d:%y}年{d.month}月{d.day}日",
    "moment": lambda d: f"{d.isoformat()} 00:00:00",
    "number sign": lambda d: f"于{d.year}年{d.month}月{d.day}号以前报送",
    "traditional": lambda d: f"於{d.year}年{d.month}月{d.day}日前報送辦公廳",
}
PLAN_STYLES = {
    "month and day": lambda d: f"{d.month}月{d.day}日前",
    "dotted": lambda d: f"{d.month}.{d.day}",
    "said": lambda d: f"今年{d.month}月{d.day}日",
    "range": lambda d: f"1月1日至{d.month}月{d.day}日",
    "chinese": lambda d: f"{chinese(d.month)}月{chinese(d.day)}日前",
}
DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2029, 12, 31))


@pytest.mark.parametrize("style", STYLES)
@given(day=DAYS)
def test_every_day_reads_back_in_every_style_whatever_the_plan_year(style, day):
    limit = read_deadline(STYLES[style](day), year=2018)

    assert (limit.kind, limit.due) == (DeadlineKind.DATE, day)


@pytest.mark.parametrize("style", PLAN_STYLES)
@given(day=DAYS)
def test_a_day_without_a_year_belongs_to_the_plan_year(style, day):
    limit = read_deadline(PLAN_STYLES[style](day), year=day.year)

    assert (limit.kind, limit.due) == (DeadlineKind.DATE, day)


@given(DAYS)
def test_a_date_cell_is_its_day_and_shows_as_iso(day):
    moment = dt.datetime(day.year, day.month, day.day)

    assert read_deadline(day, year=None).due == day
    assert read_deadline(moment, year=None) == read_deadline(day, year=None)
    assert read_deadline(day, year=None).text == day.isoformat()


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "style",
    ["{m}月", "{m}月底前", "{m}月份", "{m}月末", "{m}月前", "2020.{m:02}", "2020年{m}月", "{m}月下旬"],
)
def test_a_month_ends_on_its_last_day(month, style):
    assert read_deadline(style.format(m=month), year=2020).due == end_of_month(2020, month)


@pytest.mark.parametrize("first", range(1, 13))
@pytest.mark.parametrize("last", range(1, 13))
@pytest.mark.parametrize("style", ["{a}月至{b}月", "{a}—{b}月", "{a}月底-{b}月底前"])
def test_a_range_of_months_ends_with_its_last_month_even_in_the_next_year(first, last, style):
    due = read_deadline(style.format(a=first, b=last), year=2021).due

    assert due == end_of_month(2021 if last >= first else 2022, last)


@pytest.mark.parametrize(
    ("phrase", "due", "workday_due"),
    [
        ("2018年底前", dt.date(2018, 12, 31), dt.date(2018, 12, 29)),
        ("2017年底", dt.date(2017, 12, 31), dt.date(2017, 12, 29)),
        ("9月底前", dt.date(2018, 9, 30), dt.date(2018, 9, 30)),
        ("国庆节前", dt.date(2018, 9, 30), dt.date(2018, 9, 30)),
        ("10月5日前", dt.date(2018, 10, 5), dt.date(2018, 9, 30)),
        ("全年", dt.date(2018, 12, 31), dt.date(2018, 12, 29)),
        # A length of time ends on the next working day instead.
        ("发文之日起1个月内", dt.date(2018, 7, 29), dt.date(2018, 7, 30)),
        ("本通知印发之日起15个工作日内", dt.date(2018, 7, 20), dt.date(2018, 7, 20)),
        ("印发后10日内", dt.date(2018, 7, 9), dt.date(2018, 7, 9)),
        ("自发文之日起两周内", dt.date(2018, 7, 13), dt.date(2018, 7, 13)),
        ("自发文之日起半年内", dt.date(2018, 12, 29), dt.date(2018, 12, 29)),
        ("自2018年9月1日起30日内", dt.date(2018, 10, 1), dt.date(2018, 10, 8)),
        ("2016年起3年内", dt.date(2018, 12, 31), dt.date(2019, 1, 2)),
    ],
)
def test_a_fixed_day_rolls_back_and_a_length_of_time_rolls_forward(phrase, due, workday_due):
    limit = read_deadline(phrase, year=2018, issued_on=dt.date(2018, 6, 29))

    assert (limit.due, limit.workday_due) == (due, workday_due)


@pytest.mark.parametrize(
    "phrase", ["收到后3个工作日内", "事发后24小时内", "政策文件印发后5个工作日内", "3个月内"]
)
def test_a_length_that_runs_from_an_event_has_no_day(phrase):
    limit = read_deadline(phrase, year=2018, issued_on=dt.date(2018, 6, 29))

    assert (limit.kind, limit.due, limit.workday_due) == (DeadlineKind.RELATIVE, None, None)


@pytest.mark.parametrize(
    ("phrase", "anchor"),
    [
        ("自发文之日起 1个月内", "发文之日起"),
        ("收到转办单后3个工作日内", "收到转办单后"),
        ("热线工单，自受理之日起5个工作日内", "受理之日起"),
        ("24小时内", ""),
    ],
)
def test_what_a_length_runs_from_is_kept_as_written(phrase, anchor):
    assert read_deadline(phrase, year=2018).anchor == anchor


def test_a_year_without_an_arrangement_leaves_the_working_day_empty():
    limit = read_deadline("2031年6月底前", year=2031)
    own = Calendar({2031: YearArrangement()})

    assert (limit.due, limit.workday_due) == (dt.date(2031, 6, 30), None)
    assert read_deadline("2031年6月底前", year=2031, calendar=own).workday_due == dt.date(2031, 6, 30)
    issued = dt.date(2026, 12, 25)
    late = read_deadline("发文之日起15个工作日内", year=2026, issued_on=issued)
    assert (late.offset, late.due, late.workday_due) == ("15WD", None, None)


def test_without_any_year_a_day_is_not_invented():
    limit = read_deadline("6月底前", year=None)

    assert (limit.kind, limit.due) == (DeadlineKind.DATE, None)
    assert is_readable("6月底前", year=None), "one question about the plan, not one for each row"
    assert read_deadline("6月底前", year=None, issued_on=ISSUED).due == dt.date(2021, 6, 30)


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (45044, dt.date(2023, 4, 28)),
        (45044.0, dt.date(2023, 4, 28)),
        (2023.6, dt.date(2023, 6, 30)),
        (2023.11, dt.date(2023, 11, 30)),
        (6.4, dt.date(2023, 6, 4)),
        (12.31, dt.date(2023, 12, 31)),
        (2023, dt.date(2023, 12, 31)),
        (6.3, None),
        (20230915, dt.date(2023, 9, 15)),
        (2023.1, None),
        (7, None),
        (True, None),
        (ErrorValue("#N/A"), None),
    ],
)
def test_a_number_is_a_day_only_where_it_can_mean_one(value, due):
    limit = read_deadline(value, year=2023)

    assert limit.due == due
    assert is_readable(value, year=2023) == (due is not None)


def test_an_empty_cell_is_no_limit_and_no_question():
    assert read_deadline(None, year=2021) == Deadline()
    assert is_readable(None) and is_readable("") and is_readable("　")


@pytest.mark.parametrize("phrase", ["每0一日", "每2十日报送", "3十日内"])
@pytest.mark.parametrize("inside", [False, True])
def test_a_number_of_figures_and_numerals_mixed_is_no_number(phrase, inside):
    limit = read_deadline(phrase, year=2026, inside=inside)

    assert limit.kind is DeadlineKind.NONE
    assert is_readable(phrase, year=2026, inside=inside) is inside


@pytest.mark.parametrize("phrase", ["9?月底", "？月30日前", "202*年6月底前", "\ufffd月底", "6月?日前"])
def test_a_masked_date_is_asked_about(phrase):
    assert read_deadline(phrase, year=2021).due is None
    assert not is_readable(phrase, year=2021)


@given(
    st.text(
        st.sampled_from("2021年年月日底前至每季度第一二十两半个工作内后起0369.-/、，适时持续《》汛上旬*?"),
        max_size=24,
    )
)
def test_whatever_is_written_reading_ends_with_a_limit(phrase):
    for inside in (False, True):
        limit = read_deadline(phrase, year=2021, issued_on=ISSUED, inside=inside)

        assert (limit.kind is DeadlineKind.RECURRING) or limit.period == ""
        assert limit.kind is not DeadlineKind.NONE or limit.due is None
        assert limit.text in (phrase, phrase.strip()) or limit.text in phrase


def test_no_mention_begins_with_a_character_that_is_passed_over():
    phrases = [
        phrase for name in ("deadline_phrases.txt", "deadline_sentences.txt") for phrase, _ in table(name)
    ]
    texts = [fold(phrase) for phrase in phrases] + [f"{feast}前" for feast in FEASTS]
    context = PhraseContext(2026, 2026, whole=False)

    begins = {
        text[at]
        for text in texts
        for at in range(len(text))
        if any(find(text, at, context) is not None for find in _FINDERS)
    }

    assert begins - _BEGINNINGS == set()


def test_the_measured_phrases_are_read(shared):
    import json

    for path in (shared / "phrases" / "deadlines.jsonl", shared / "corpus" / "deadlines.jsonl"):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        good = 0
        for gold in lines:
            limit = read_deadline(gold["text"], year=gold["year"])
            due = limit.due.isoformat() if limit.due else None
            good += (limit.kind.value, limit.period or None, limit.offset or None) == (
                gold["kind"],
                gold["period"],
                gold["offset"],
            ) and (gold["kind"] == "relative" or due == gold["due"])
        assert good / len(lines) >= 0.98


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("4月底前完成初稿，6月底前成稿", [("4月底前完成初稿", "2026-04-30"), ("6月底前成稿", "2026-06-30")]),
        (
            "第一阶段：3月摸底；第二阶段：9月底前整改",
            [("3月摸底", "2026-03-31"), ("9月底前整改", "2026-09-30")],
        ),
        (
            "1.定方案（3月底前）2.总结（12月）",
            [("1.定方案（3月底前）", "2026-03-31"), ("2.总结（12月）", "2026-12-31")],
        ),
        ("6月15日前，10月底前", [("6月15日前", "2026-06-15"), ("10月底前", "2026-10-31")]),
        # One day, the two ends of a range, days of a repetition and one day said twice are no parts.
        ("6月底前成稿", []),
        ("3月至5月", []),
        ("2026年3月1日—2026年5月1日", []),
        ("每年6月底、12月底前", []),
        ("6月底前（2026年6月30日前）", []),
    ],
)
def test_a_limit_of_several_dated_parts_keeps_each_with_its_day(phrase, parts):
    limit = read_deadline(phrase, year=2026)

    assert [(part.text, part.due.isoformat()) for part in limit.milestones] == parts
    assert not parts or limit.due == max(part.due for part in limit.milestones)


def test_parts_without_a_year_are_kept_in_the_order_written():
    parts = read_deadline("4月初稿，6月成稿", year=None).milestones

    assert [(part.text, part.due) for part in parts] == [("4月初稿", None), ("6月成稿", None)]


def test_dated_parts_inside_a_requirement_are_found_as_limits_are():
    limit = read_deadline("做好编制，4月底前完成初稿，较2025年3月更细，6月底前成稿。", year=2026, inside=True)

    assert [part.text for part in limit.milestones] == ["4月底前完成初稿，较2025年3月更细", "6月底前成稿"]


SUBJECTS = ("农机检修", "科学素养测验", "样本村轮换", "新任教师轮训", "水质自动站")
TIMES = {"11月": 11, "5月": 5, "9月20日": 9, "6—7月": 7, "三季度": 9, "下半年": 12}
DEEDS = ("进行", "启动", "实施", "开展", "全面铺开", "分批评审", "办两期", "结束", "首次举办", "开考", "上线")


def test_a_time_behind_its_noun_is_a_limit_where_a_deed_closes_the_clause():
    missing = [
        sentence
        for subject, (time, month), deed, tail in product(
            SUBJECTS, TIMES.items(), DEEDS, ("。", "，留存影像。")
        )
        if (due := read_deadline(sentence := f"{subject}{time}{deed}{tail}", year=2026, inside=True).due)
        is None
        or due.month != month
    ]

    assert missing == []


def test_a_time_before_a_thing_or_of_a_rule_that_takes_effect_is_none():
    rules = ("《养犬条例》", "养犬条例", "新国标", "收费办法", "补贴目录")
    sentences = [
        *(
            f"{rule}{time}{deed}，做好准备。"
            for rule in rules
            for time in ("5月1日", "5月")
            for deed in ("施行", "起施行", "实施", "正式生效")
        ),
        *(
            f"{verb}{time}{thing}。"
            for verb in ("整改", "公开", "汇总", "通报")
            for time in TIMES
            for thing in ("检查发现的问题", "完成情况", "启动的项目", "名单", "台账")
        ),
    ]

    limits = [
        sentence
        for sentence in sentences
        if read_deadline(sentence, year=2026, inside=True).kind.value == "date"
    ]

    assert limits == []
