"""What looks like a limit, a unit or an item in a text is read, or told at its line, whatever the habit is."""

from dataclasses import replace

import pytest

from tracker.grid import Paragraph, Source
from tracker.model import Deadline
from tracker.reading.lines import TextLine
from tracker.reading.plan import read_plan
from tracker.reading.plan.account import page_of, unread_lines
from tracker.reading.plan.evidence import evidence_findings
from tracker.reading.tables import Use

TITLE = "云溪县2026年重点工作任务分工"
ITEMS = (
    "1.疏浚河道三公里，6月底前完成。（县水利局）",
    "2.栽种护岸林十亩。（县林业局）",
    "3.更新校车五辆。（县教育局、县公安局）",
    "4.检修水库闸门，9月底前完成。（县水利局）",
    "5.发放种粮补贴。（县财政局）",
)


def read(*lines):
    return read_plan(
        Source("txt", "方案.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1)))
    )


def codes(*lines):
    return [(finding.code, finding.place) for finding in read(*lines).findings]


def test_a_clean_text_is_told_nothing_of():
    assert (
        codes(
            TITLE, "各单位要对照任务抓好落实，于3月10日前报送实施方案。", *ITEMS, "附件下载", "2026年3月2日"
        )
        == []
    )


@pytest.mark.parametrize(
    "lines",
    [
        (*ITEMS, "经办: 农田科", "抄报：省水利厅", "记录：县政府办"),
        (*ITEMS, "各级领导干部要带头深入一线检查。"),
        ("一、河道", *ITEMS, "二、要求", "每月25日前报送进展。（县直各部门负责）"),
        ("1.疏浚河道。责任股室：农田股", "2.栽种护岸林。牵头股室：林政股 配合股室：种苗股、计财股"),
        ("1.疏浚河道。（教科室）", "2.改善伙食。（机关食堂）"),
        ("1.通报全县旱情，上半年的墒情列表。（县水利局）", "2.栽种护岸林。（县林业局）"),
    ],
)
def test_what_is_right_is_told_nothing_of(lines):
    assert not [code for code, _ in codes(TITLE, *lines) if code != "undefined-group"]


@pytest.mark.parametrize(
    ("lines", "code", "place"),
    [
        # Who does what in a month tells of it, or sets a limit.
        (("1.11月，县政府召开会议推进河道疏浚。（县水利局）", *ITEMS[1:]), "unplaced-limit", "L2"),
        # A time in a bracket behind another statement, and one behind the last mark.
        (
            (ITEMS[1], "2.清理库区。（县水利局）（一季度和三季度各一次，9月20日）", ITEMS[2]),
            "unplaced-limit",
            "L3#2",
        ),
        # A heading that says by when in words that no heading is known to use.
        (("一、迎接七一的任务要在6月25日交卷", *ITEMS[1:3], "二、其他", ITEMS[4]), "unplaced-limit", "L2"),
        # A limit of all in a sentence of its own, before and behind.
        (("这些任务最迟10月20日都要到位。", *ITEMS[1:3]), "lent-limit", "L2"),
        (("第1项任务8月20日到位，第9项任务10月20日到位。", *ITEMS[1:3]), "unread-rule", "L2"),
        # Steps below an item, halves of a sentence, a time at the head of a line for all that it says.
        ((ITEMS[2], "（1）4月底前招标；", "（2）6月底前交车。", *ITEMS[3:]), "odd-item", "L2"),
        (
            (*ITEMS[:2], "3.编制规划，报省水", "利厅审批。（县水利局、县财政局）", *ITEMS[3:]),
            "odd-item",
            "L5",
        ),
        (
            ("6月底前：完成征迁（县财政局）；完成招标（县水利局）。", "年底前：竣工（县水利局）。"),
            "unplaced-limit",
            "L2#2",
        ),
        # A rule with an exception, a label that nobody knows, headings that were taken for items.
        (("除第9项由县教育局牵头外，其余各项均由县财政局牵头。", *ITEMS), "unread-rule", "L2"),
        ((*ITEMS[:3], "办结日：9月1日"), "unread", "L5"),
        (("安全组（牵头：县公安局）", *ITEMS[:2], "保障组（牵头：县财政局）", *ITEMS[2:]), "odd-item", "L2"),
        # What one unit does by a day is not said of all.
        (("去年县水利局完成灌区改造，12月底前全部通水。", *ITEMS[1:3], ITEMS[0]), "unplaced-limit", "L2"),
        # A unit whose word no table has, beside one with a role.
        ((*ITEMS[:4], "5.发放种粮补贴。（县财政局牵头，县统计局校准）"), "unclear-role", "L6"),
        # What a unit does in a word before a colon that no table has.
        ((*ITEMS[:4], "5.更新办公设备。（征订：县财政局）"), "unclear-role", "L6"),
        # Who helps in a clause of a task that is read without them.
        ((*ITEMS[:4], "5.发放种粮补贴，由县林业局主责，每户一份。（县财政局）"), "unplaced-unit", "L6"),
        # A length that may be no limit.
        ((*ITEMS[:4], "5.发放名单提前7天公示。（县财政局）"), "doubtful-limit", "L6"),
        ((*ITEMS[:4], "5.断电后抢修车到场时间不超过半小时。（县财政局）"), "doubtful-limit", "L6"),
        ((*ITEMS[:4], "5.对两年内再次违规的网点停发补贴。（县财政局）"), "doubtful-limit", "L6"),
        ((*ITEMS[:4], "5.实施为期半年的专项整治。（县财政局）"), "doubtful-limit", "L6"),
        # A day of a task that has no other limit, whatever stands around it, and whatever the other tasks have.
        ((*ITEMS[1:3], "5.在8月1日的节日前夕慰问军属。（县财政局）"), "unplaced-limit", "L4"),
        ((*ITEMS[:4], "5.中秋节前慰问环卫工人。（县财政局）"), "unplaced-limit", "L6"),
        # A sign before a unit that nobody explained.
        (
            (
                "1.修订制度 ●县财政局 ○县水利局",
                "2.清理库房 ●县水利局 ○县教育局",
                "3.升级网站 ●县教育局 ○县公安局",
            ),
            "no-legend",
            "L2",
        ),
        # A unit in a bracket of its own, inside the sentence.
        ((*ITEMS[:4], "5.发放种粮补贴（配：县林业局）三十万元。（县财政局）"), "unplaced-unit", "L6"),
        # A half-year or a quarter at the head of a clause, before a verb that no table has.
        (("1.病历库试运行，截至6月底纳管四家。（县卫健局）", *ITEMS[1:]), "unplaced-limit", "L2"),
        # How the plan is to be read, in words that nobody understood.
        (("加黑的是牵头单位，括号里靠后的为配合单位。", *ITEMS), "unread-rule", "L2"),
        (("一、水利（另见：县水利局）", *ITEMS[1:3], "二、其他", ITEMS[0], ITEMS[4]), "odd-item", "L2"),
        # The end of an item behind its units, and a line whose sentence goes on in an item without a number.
        ((*ITEMS[:2], "3.更新校车五辆。（县教育局）并按时上路", *ITEMS[3:]), "odd-item", "L4#2"),
        (
            (
                "疏浚河道三公里，两岸护坡，淤泥",
                "外运。（县水利局）",
                "栽种护岸林。（县林业局）",
                "检修闸门。（县水利局）",
            ),
            "odd-item",
            "L3",
        ),
        # Items that are not like the others.
        ((*ITEMS[:3], "检修水库闸门。（县水利局）", ITEMS[4]), "odd-item", "L5"),
        ((*ITEMS[:2], "4.检修水库闸门。（县水利局）", "5.发放种粮补贴。（县财政局）"), "odd-item", "L3"),
        ((*ITEMS[:4], "5.发放种粮补贴。6.核查低保对象。（县民政局）"), "odd-item", "L6"),
        ((*ITEMS[:4], "5.护林队员名单见后页（县林业局）"), "odd-item", "L6"),
    ],
)
def test_what_has_no_place_is_told_at_its_line(lines, code, place):
    assert (code, place) in codes(TITLE, *lines)


def page(change=lambda drafts, points: (drafts, points), uses=None):
    """The page of the clean text, its reading damaged."""
    reading = read(TITLE, *ITEMS)
    drafts, points = change(list(reading.drafts), list(reading.plan.work_points))
    lines = [TextLine(text, f"L{n}") for n, text in enumerate((TITLE, *ITEMS), 1)]
    line_uses = {line.place: Use.REQUIREMENT for line in lines[1:]} | {"L1": Use.FRONT} | (uses or {})
    return page_of(lines, line_uses, drafts, points, 2026)


def without_limit(drafts, points):
    points[0] = replace(points[0], deadline=Deadline())
    return drafts, points


def without_unit(drafts, points):
    rest = points[2].responsibility.assignments[:1]
    points[2] = replace(points[2], responsibility=replace(points[2].responsibility, assignments=rest))
    return drafts, points


def in_one(drafts, points):
    drafts[1] = replace(drafts[1], requirement=f"{drafts[1].requirement}\n{drafts[2].requirement}")
    del drafts[2], points[2]
    return drafts, points


def without_item(drafts, points):
    del drafts[3], points[3]
    return drafts, points


@pytest.mark.parametrize(
    ("damage", "place"), [(without_limit, "L2"), (without_unit, "L4"), (in_one, "L3"), (without_item, "L4")]
)
def test_a_reading_that_lost_something_is_told_where(damage, place):
    assert evidence_findings(page()) == []
    assert place in {finding.place for finding in evidence_findings(page(damage))}


def test_a_line_that_names_units_and_belongs_to_nobody_is_unread():
    assert unread_lines(page()) == []
    assert unread_lines(page(without_item, {"L5": Use.TEXT})) == ["L5"]


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        (("一、上半年（1—6月）", *ITEMS[1:3]), "2026-06-30"),
        (("以下任务完成时限为5月20日前，各村配合。", *ITEMS[1:3]), "2026-05-20"),
        (
            ("· 疏浚航道：县交通局（6月）", "· 更新航标：县水利局（6月）", "· 巡查渡口：县应急局（6月）"),
            "2026-06-30",
        ),
    ],
)
def test_a_time_that_plainly_stands_for_a_work_point_is_its_limit(lines, due):
    points = read(TITLE, *lines).plan.work_points

    assert {point.deadline.due.isoformat() for point in points} == {due}


def test_what_looks_like_a_duty_of_the_letter_and_is_the_limit_of_all_is_no_duty():
    assert not read(TITLE, "以下任务完成时限为5月20日前，各村配合。", *ITEMS[1:3]).plan.duties


def test_a_text_without_a_title_has_the_year_of_its_only_date_and_says_so():
    reading = read(*ITEMS, "这里的数据更新到2026年3月5日。")

    assert reading.plan.work_points[-2].deadline.due.year == 2026
    assert "source-year" in {finding.code for finding in reading.findings}


def test_a_text_without_units_behind_most_items_is_told_for_each():
    tails = ("沿线驳船照常夜泊。", "旧标石就地掩埋。", "渡工名册另行造表。")
    works = ("1.疏浚河道三公里。", "2.栽种护岸林十亩。", "3.更新校车五辆。")
    items = (
        line for work, tail in zip(works, tails, strict=True) for line in (work, "责任单位：县水利局", tail)
    )

    odd_items = [finding.place for finding in read(TITLE, *items).findings if finding.code == "odd-item"]
    assert odd_items == ["L4", "L7", "L10"]


@pytest.mark.parametrize(
    ("time", "is_told"), [("5月底前", True), ("6月底前", False), ("2026年3月2日", False)]
)
def test_a_time_alone_above_the_items_is_told_unless_it_is_the_limit_of_one_or_dates_the_text(time, is_told):
    assert codes(TITLE, "渡口照常开放。", time, *ITEMS) == ([("unplaced-limit", "L3")] if is_told else [])
