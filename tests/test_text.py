"""Damaged text is repaired by rule, flagged where no rule is certain, and never guessed."""

from __future__ import annotations

import collections
import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tracker.text import clean, fold, fold_with_places, restore_date


def seed(shared, number):
    [path] = (shared / "seeds").glob(f"{number:03d}_*.txt")
    return path.read_text(encoding="utf-8")


def kinds(cleaned):
    return collections.Counter(each.kind for each in cleaned.repairs)


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("推進(jìn)改革", "推進改革"),
        ("全(quan)(quan)面(mian)推开", "全面推开"),
        ("绿(lü)色发展", "绿色发展"),
        ("政府（fu）网站", "政府网站"),
        ("手机客户端(APP)上线", "手机客户端(APP)上线"),
        ("各县(市、区)政府", "各县(市、区)政府"),
        ("附件(a)和附件(b)", "附件(a)和附件(b)"),
        ("系统(oa)升级", "系统(oa)升级"),
        ("一是公开,、二是解读,。", "一是公开、二是解读。"),
        ("甲,,乙,;丙", "甲,乙;丙"),
        ("甲,乙，丙", "甲,乙，丙"),
    ],
)
def test_only_what_is_certainly_damage_is_taken_out(damaged, whole):
    assert clean(damaged).text == whole


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2018629", dt.date(2018, 6, 29)),
        ("2021131", dt.date(2021, 1, 31)),
        ("2019235", None),
        ("2018111", None),
        ("2018121", None),
        ("20180629", dt.date(2018, 6, 29)),
        ("20181332", None),
        ("2018062", None),
        ("201862", None),
        ("1918629号", None),
    ],
)
def test_a_date_without_separators_is_restored_only_if_one_day_can_be_meant(written, day):
    assert restore_date(written) == day


@given(st.dates(dt.date(1950, 1, 1), dt.date(2079, 12, 31)))
def test_a_restored_date_is_never_another_day(day):
    written = f"{day.year}{day.month}{day.day}"

    assert restore_date(written) in (day, None)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("加强组*领导", ["*"]),
        ("**市教育局", ["**"]),
        ("严格落实党*要求，召开*会议", ["*", "*"]),
        ("??底前完成", ["??"]),
        ("9?日前报送", ["?"]),
        ("深化改\ufffd\ufffd任务", ["\ufffd\ufffd"]),
        ("完善制?体系", ["?"]),
        ("2018年*月*日前", ["*", "*"]),
        ("?。ㄒ唬深入开展", ["?", "ㄒ"]),
        ("这项工作有什么意义?主要有三点", []),
        ("能否网上办?可以。", []),
        ("* 表示新增事项", []),
        ("全面完成？", []),
        ("面积 3 * 4 米", []),
        ("一切照旧。", []),
    ],
)
def test_masked_spots_are_flagged_and_none_is_invented(text, marks):
    cleaned = clean(text)

    assert [each.mark for each in cleaned.spots] == marks
    assert cleaned.text == text


def test_the_pages_that_were_damaged_on_the_way_are_cleaned_as_counted(shared):
    reading = clean(seed(shared, 0))
    talk = clean(seed(shared, 3))

    assert kinds(reading)["pinyin"] == 309
    assert kinds(reading)["comma"] == 52 + 44 + 16 + 4
    assert (reading.text.count("("), reading.text.count(")")) == (7, 8)
    assert len(reading.spots) == 2
    assert kinds(talk) == {"pinyin": 1001}
    assert (talk.text.count("("), talk.text.count(")")) == (3, 3)
    assert [each.mark for each in talk.spots] == ["*"] * 9


@pytest.mark.parametrize("number", [1, 2, 4])
def test_clean_pages_stay_as_they_are(shared, number):
    page = seed(shared, number)

    assert all(clean(line).spots == () for line in page.splitlines())
    assert [each.kind for line in page.splitlines() for each in clean(line).repairs] == ["date"] * (
        number == 2
    )


@given(st.text(st.sampled_from("政府公開(（)）kāi,，。;*?2018629 年月日\n\ufffdAP"), max_size=40))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text).text

    # A pinyin group can come to stand behind a character only when another was taken out before it.
    assert clean(clean(once).text).text == clean(once).text


@given(st.text(max_size=60))
def test_folding_remembers_where_every_character_came_from(text):
    folded = fold_with_places(text)

    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert all(folded.original(text, n, n + 1) == text[place] for n, place in enumerate(folded.places))
    assert fold(folded.text) == folded.text


def test_folding_makes_spellings_equal():
    assert fold("各縣(市、區)\u00a0人民政府（管委會）") == fold("各县（市、区）人民政府(管委会)")
    assert fold("①６月底 前") == "①6月底前"
    assert fold("二○二一年") == "二〇二一年"
