"""Reading by when: the time limits of a plan, in a cell of their own or inside a requirement.

    >>> import datetime as dt
    >>> from tracker.reading.deadlines import is_readable, read_deadline
    >>> limit = read_deadline("8月底前公布", year=2018)
    >>> limit.kind.name, limit.due.isoformat(), limit.workday_due.isoformat()
    ('DATE', '2018-08-31', '2018-08-31')

**The grammar.** A phrase is searched for mentions of time (`phrases`); blanks, full-width figures, Chinese numerals
and traditional characters make no difference. N is 3, 三 or 二十; what stands in [] may be missing.

    limit    = { anything | mention }
    mention  = ( day | part | year | feast | feast-like ) [clock] [ 前 之前 以前 | 内 以内 | 止 ] [ 起 | 开始 | 后 ]
             | every | span | steady
    day      = [Y] N月N日 | 2024-6-30 | 2024/6/30 | 2024.6.30 | 20240630 | 6.30 (a whole cell only) | N月N日至N日
    part     = [Y] N月 [ 底 末 初 中 上旬 中旬 下旬 ] | 2024.6 | [Y] 第N季度 | [Y] 上半年 | [Y] 年底 年内 年中
    Y        = 2024年 | 二〇二四年 | 24年 | 今年 明年 次年 去年 …
    year     = Y [年度] | 2024 (a whole cell only) | 2023—2025年 | 十四五 [末]
    feast    = 元旦 五一 六一 七一 八一 教师节 国庆节 … 前
    every    = 每月 | 按季度 | 逐月 | 一月一调度 | 半年一次 | 月例会 | 每三个月 | 季后 | 次月 | 定期 …
    span     = [anchor] N ( 工作日 | 日 天 | 周 | 个月 | 年 | 小时 | 分钟 ) 内 | 压缩至 span | 用 span
    anchor   = … ( 之日起 | 后 | 起 | 前 )
    steady   = 长期 | 持续 | 常态化 | 动态 | 即日起 | 全年

**What a day means.** The last day of what is named: 6月, 6月底 and 6月前 are 30 June, 上旬 the 10th, 中旬 the 20th,
月初 the 10th (of the first month: 三季度初) and 月中 the 15th, 第三季度 30 September, 上半年 30 June, 年内 31 December; 2025年前 is 31 December
2024; 国庆节前 is 30 September. A day without a year belongs to the year last written in the phrase, else to the
plan year (an aim such as 到2025年 hands its year to nobody); a range that runs backwards (11月至3月) ends in the next
year, and one without an end (5月1日至长期) is ongoing. Which of several mentions counts:
`limits`. What is no limit inside a sentence: `limits`.

    >>> [read_deadline(phrase, year=2021).due.isoformat() for phrase in ("6月底", "二季度末", "11月至次年2月", "2025年前")]
    ['2021-06-30', '2021-06-30', '2022-02-28', '2024-12-31']
    >>> read_deadline("每月25日前报送", year=2021).period, read_deadline("长期坚持", year=2021).kind.name
    ('monthly', 'ONGOING')

**Lengths of time** do not count the day they run from; months end on the day with the same number or on the
month's last day (Civil Code art. 200-204). The day is computed only where the plan itself says from when: its own
issue, or a written day.

    >>> limit = read_deadline("发文之日起1个月内", year=2018, issued_on=dt.date(2018, 6, 29))
    >>> limit.offset, limit.due.isoformat(), limit.workday_due.isoformat(), limit.anchor
    ('P1M', '2018-07-29', '2018-07-30', '发文之日起')
    >>> read_deadline("收到后3个工作日内转办", year=2018).offset
    '3WD'

**The working day that counts**: for a fixed day the last one on or before it (2018-12-31 was off: 2018-12-29),
for the end of a length of time the next one on or after it (art. 203). It stays empty for a year without an
arrangement.

**Several dated parts** (4月底前初稿，6月底前成稿) are `milestones`: each the clause of its day, up to the next part or the end
of the sentence. The first day of a range, a day of a repetition and a day said twice are none.

    >>> [part.text for part in read_deadline("4月底前初稿，6月底前成稿", year=2021).milestones]
    ['4月底前初稿', '6月底前成稿']

**Refusals.** 汛前, 见附件, 2月30日, 13月, #N/A and 15日前 (of which month?) are no limit that a calendar can fix:
kind NONE and `is_readable` False, so that a person is asked. 适时, 尽快 and an empty cell are NONE on purpose. Masked
characters at a date make it unreadable. A number 2024.1 in a cell may be January or a
shortened 2024.10, 6.3 a shortened 6.30: unreadable.

    >>> [is_readable(phrase, year=2021) for phrase in ("6月底", "适时", "", "汛前", "2月30日", "见附件")]
    [True, True, True, False, False, False]
"""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.reading.deadlines.dates import FEASTS, runs_from_issue
    from tracker.reading.deadlines.phrases import (
        ANY_YEAR,
        DeadlineReading,
        begins_with_day,
        days_in,
        days_of_things,
        heading_limit,
        heading_period,
        is_note_of_limits,
        is_readable,
        mentions_time,
        note_limit,
        read_deadline,
        understand,
        weak_times,
    )
