"""The account of a reading: every cell and line goes one way, and nothing that was not read goes unsaid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from tracker.grid import Grid, Merge, Notation, Paragraph, Source, from_table
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import read_plan
from tracker.reading.tables import Use
from tracker.reading.tables.cells import filled
from tracker.text import tight


def read(*blocks, kind="xlsx"):
    return read_plan(Source(kind, "方案.xlsx", tuple(blocks)), year=2026)


def sheet(sketch):
    return from_table(sketch, name="分工表")


def text(*lines):
    return [Paragraph(line, f"L{number}") for number, line in enumerate(lines, 1)]


def unread(reading):
    return [finding.place for finding in reading.findings if finding.code == "unread"]


CLEAN = """
| 云溪市2026年工作要点分工方案 | < | < | < | < |
| 序号 | 工作任务 | 具体要求 | 责任单位 | 完成时限 |
| 一、审批 | < | < | < | < |
| 1 | 压缩时间 | 压缩开办企业时间到1天。 | 市甲局牵头，市乙局配合 | 6月底前 |
| 2 | ^        | 推行分阶段办理。        | 市乙局 | —        |
| 二、融资 | < | < | < | < |
| 3 | 首贷服务 | 建设首贷服务中心。      | 市丙局 | 年底前   |
| 注：排在第一位的为牵头单位。 | < | < | < | < |
| 填表人：张三 |  |  |  |  |
"""


def test_of_a_clean_table_every_cell_goes_its_way_and_nothing_is_unread():
    account = read(sheet(CLEAN)).account

    assert dict(account.counts) == {
        Use.FRONT: 1,
        Use.HEAD: 5,
        Use.BANNER: 2,
        Use.NUMBER: 3,
        Use.TASK: 2,
        Use.REQUIREMENT: 3,
        Use.UNITS: 3,
        Use.DEADLINE: 2,
        Use.NOTE: 1,
        Use.FURNITURE: 1,
    }
    assert not account.findings()


def test_a_column_without_a_head_is_told_once_as_a_range():
    reading = read(
        sheet("""
        | 任务   | 责任单位 | 完成时限 |        |
        | 修水渠 | 市甲局   | 6月底    | 共三里 |
        | 清河道 | 市乙局   | 年底前   | 共五里 |
        | 种果树 | 市丙局   | 年底前   | 共百株 |
        """)
    )

    assert unread(reading) == ["分工表!D2:D4"]
    assert reading.account.count(Use.UNREAD) == 3


def test_a_row_of_a_number_and_units_without_a_task_is_told_once():
    reading = read(
        sheet("""
        | 序号 | 任务   | 责任单位 | 完成时限 |
        | 1    | 修水渠 | 市甲局   | 6月底    |
        | 2    |        | 市乙局   | 年底前   |
        | 3    | 种果树 | 市丙局   | 年底前   |
        """)
    )

    assert unread(reading) == ["分工表!A3:D3"]


def test_of_two_time_columns_the_one_that_does_not_count_is_a_remark():
    reading = read(
        sheet("""
        | 任务   | 责任单位 | 启动时间 | 完成时限 |
        | 修水渠 | 市甲局   | 3月底    | 6月底    |
        | 清河道 | 市乙局   | 4月底    | 9月底    |
        """)
    )

    assert [dict(point.remarks) for point in reading.plan.work_points] == [
        {"启动时间": "3月底"},
        {"启动时间": "4月底"},
    ]
    assert not unread(reading)


def test_remarks_of_a_row_that_only_adds_a_unit_are_kept():
    reading = read(
        sheet("""
        | 任务     | 责任单位 | 备注   |
        | 修水渠。 | 市甲局   | 报进度 |
        | ^        | 市乙局   | 筹经费 |
        | 清河道。 | 市丙局   |        |
        """)
    )

    assert reading.plan.work_points[0].remarks == (("备注", "报进度\n筹经费"),)
    assert not unread(reading)


def test_a_banner_that_heads_nothing_is_told():
    reading = read(
        sheet("""
        | 任务     | 责任单位 | 完成时限 |
        | 一、水利 | <        | <        |
        | 修水渠。 | 市甲局   | 6月底    |
        | 二、林业 | <        | <        |
        """)
    )

    assert unread(reading) == ["分工表!A4"]


def test_words_behind_the_bracket_of_units_are_told_where_they_stand():
    reading = read(
        sheet("""
        | 序号 | 任务                             |
        | 1    | 修水渠。责任单位：市甲局）另建泵站两座 |
        | 2    | 清河道。责任单位：市乙局         |
        """)
    )

    assert unread(reading) == ["分工表!B2"]
    assert "另建泵站两座" in next(str(each) for each in reading.findings if each.code == "unread")


def test_words_in_a_unit_cell_that_name_nobody_are_told():
    reading = read(
        sheet("""
        | 任务     | 责任单位                               |
        | 接待。   | 市甲局牵头；按主办方统一安排确定汇报时间 |
        | 清河道。 | 市乙局                                 |
        """)
    )

    assert unread(reading) == ["分工表!B2"]


def test_a_table_of_a_document_that_is_no_plan_is_told_once():
    plan = replace(
        sheet("""
        | 任务     | 责任单位 |
        | 修水渠。 | 市甲局   |
        """),
        name="T1",
        notation=Notation.TABLE,
    )
    costs = replace(
        sheet("""
        | 项目 | 备注 |
        | 砂石 | 30   |
        """),
        name="T2",
        notation=Notation.TABLE,
    )
    reading = read(plan, costs, kind="docx")

    assert [(each.code, each.place) for each in reading.findings] == [("table-not-read", "T2R1C1")]
    assert reading.account.count(Use.LEFT_OUT) == 4


def test_lines_between_the_cells_of_a_pasted_table_are_told():
    reading = read(
        *text(
            "任务", "责任单位", "修水渠。", "市甲局", "清河道。", "市乙局", "县供水站", "种果树。", "市丙局"
        ),
        kind="txt",
    )

    told = set(unread(reading))
    units = {unit.unit for point in reading.plan.work_points for unit in point.responsibility.assignments}
    assert told == {"L7"} or "县供水站" in units


def test_running_text_that_names_nobody_is_shown_and_one_that_names_units_is_used_or_told():
    reading = read(
        *text(
            "某市2026年工作要点",
            "各单位要提高认识。",
            "一、水利",
            "（一）修水渠。（市甲局负责）",
            "水利是农业的命脉。",
            "（二）清河道。（市乙局负责）",
        ),
        kind="txt",
    )

    assert [(entry.place, entry.count) for entry in reading.account.text] == [("L5", 1)]
    assert not unread(reading)


def test_what_the_state_of_a_cell_emptied_stands_in_the_account():
    grid = replace(sheet(CLEAN), struck={(6, 2): ""})

    account = read(grid).account

    assert account.count(Use.STATE) == 1
    assert account.total == 23


def test_the_lines_of_the_account_have_each_way_with_its_count():
    lines = read(sheet(CLEAN)).account.lines()

    assert ("责任分工", 3, "", "") in lines
    assert sum(count for way, count, _, _ in lines if way) == 23


DEEDS = (
    "修水渠三公里。",
    "清理河道淤泥。",
    "种果树五千株。",
    "建泵站两座。",
    "改造危房八十户。",
    "开展巡河。",
)
UNITS = ("市水利局", "市农业农村局", "市林业局", "市住房城乡建设局牵头，市财政局配合", "市交通运输局")
HEADS = ("序号", "工作任务", "具体要求", "责任单位", "完成时限", "备注")


@st.composite
def tables(draw):
    """A table of six columns as an office writes it, merges of its task column included."""
    count = draw(st.integers(3, 8))
    rows = [("云溪市2026年工作要点分工方案", *[None] * 5), HEADS]
    merges = [Merge(0, 0, 0, 5)]
    start = 2
    for number in range(count):
        begins = number == 0 or draw(st.booleans())
        if begins and len(rows) - start > 1:
            merges.append(Merge(start, 1, len(rows) - 1, 1))
        start = len(rows) if begins else start
        rows.append(
            (
                str(number + 1),
                f"任务{'甲乙丙丁戊己庚辛'[number]}工程" if begins else None,
                f"{draw(st.sampled_from(DEEDS))[:-1]}{'一二三四五六七八'[number]}批。",
                draw(st.sampled_from(UNITS)),
                draw(st.sampled_from(("6月底前", "9月底前", "长期", None))),
                draw(st.sampled_from((None, "已报备", "市级项目"))),
            )
        )
    if len(rows) - start > 1:
        merges.append(Merge(start, 1, len(rows) - 1, 1))
    return Grid("分工表", tuple(rows), merges=tuple(merges))


def moved(grid, draw):
    rows = [list(row) for row in grid.rows]
    row, column = draw(st.integers(2, grid.height - 1)), draw(st.integers(0, 5))
    to_row, to_column = draw(st.integers(2, grid.height - 1)), draw(st.integers(0, 5))
    if not grid.is_continuation(row, column) and not grid.is_continuation(to_row, to_column):
        rows[row][column], rows[to_row][to_column] = rows[to_row][to_column], rows[row][column]
    return replace(grid, rows=tuple(map(tuple, rows)))


def renamed(grid, draw):
    column = draw(st.integers(0, 5))
    head = tuple("某某栏" if at == column else text for at, text in enumerate(grid.rows[1]))
    return replace(grid, rows=(grid.rows[0], head, *grid.rows[2:]))


def nameless(grid, draw):
    column = draw(st.integers(0, 5))
    head = tuple(None if at == column else text for at, text in enumerate(grid.rows[1]))
    return replace(grid, rows=(grid.rows[0], head, *grid.rows[2:]))


def swapped(grid, draw):
    one, other = draw(st.permutations(range(6)))[:2]
    order = [other if at == one else one if at == other else at for at in range(6)]
    rows = (grid.rows[0], *(tuple(row[at] for at in order) for row in grid.rows[1:]))
    merges = (merge for merge in grid.merges if merge.top == 0)
    columns = (merge for merge in grid.merges if merge.top > 0)
    return replace(
        grid,
        rows=rows,
        merges=(
            *merges,
            *(
                replace(merge, left=order.index(merge.left), right=order.index(merge.left))
                for merge in columns
            ),
        ),
    )


def struck(grid, draw):
    row = draw(st.integers(2, grid.height - 1))
    return replace(grid, struck={(row, column): "" for column in range(6) if grid.rows[row][column]})


def unmerged(grid, draw):
    return replace(grid, merges=draw(st.sampled_from(((), grid.merges[:1], grid.merges[1:]))))


NONSENSE = ("某某栏", "甲", "栏目一", "XX", "？", "事", "其他")


def meaningless(grid, draw):
    """Any of the heads a word that says nothing, two of them perhaps the same."""
    head = tuple(draw(st.sampled_from((text, *NONSENSE))) for text in grid.rows[1])
    return replace(grid, rows=(grid.rows[0], head, *grid.rows[2:]))


def stacked(grid, draw):
    """The head comes back below, with two rows of the table."""
    return replace(grid, rows=(*grid.rows, HEADS, *grid.rows[2:4]))


def doubled(grid, draw):
    return replace(grid, rows=(*grid.rows, grid.rows[draw(st.integers(2, grid.height - 1))]))


def retyped(grid, draw):
    row, column = draw(st.integers(2, grid.height - 1)), draw(st.integers(0, 5))
    text = draw(
        st.sampled_from(("同上", "无", "市水利局", "6月底前", "修桥九批。", "合计", "牵头", "√", 3.0, None))
    )
    rows = [list(line) for line in grid.rows]
    if not grid.is_continuation(row, column):
        rows[row][column] = text
    return replace(grid, rows=tuple(map(tuple, rows)))


DAMAGES = (moved, renamed, nameless, swapped, struck, unmerged, meaningless, stacked, doubled, retyped)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_of_drawn_and_damaged_tables_every_cell_goes_one_way_and_no_requirement_vanishes_unsaid(data):
    grid = data.draw(tables())
    for damage in data.draw(st.lists(st.sampled_from(DAMAGES), max_size=4)):
        grid = damage(grid, data.draw)
    try:
        reading = read(grid)
    except NotAPlan:
        return
    account = reading.account

    assert account.total == sum(1 for _ in filled(grid))
    kept = tight(
        "".join(
            piece
            for point in reading.plan.work_points
            for piece in (
                point.requirement,
                point.no,
                point.task,
                point.section,
                *(unit.unit for unit in point.responsibility.assignments),
                *(value for _, value in point.remarks),
            )
        )
    )
    # A cell of units that names nobody: its item is told of, where its text begins.
    unanswered = {finding.place for finding in reading.findings if finding.code == "no-unit"}
    kept += tight("".join(s.text for d in reading.drafts if d.place in unanswered for s in d.statements))
    rows_told = {finding.place.lstrip("分工表!ABCDEF") for finding in reading.findings}
    for row, column in filled(grid):
        text_here = tight(grid.text(row, column)).rstrip("。")
        if row < 2 or (row, column) in grid.struck or text_here in kept:
            continue
        if text_here.endswith("批"):
            is_told = _is_told(row, column, account.unread) or str(row + 1) in rows_told
            assert is_told or any(text_here in finding.message for finding in reading.findings), text_here


def test_a_known_head_below_rows_under_an_unknown_one_takes_none_of_them():
    """They are the first table of two; where nobody can say what its columns are, its rows are told."""
    known = """
        | 序号 | 工作任务 | 责任单位 | 完成时限 |
        | 4    | 建泵站。 | 市水利局 | 9月底前  |
        | 5    | 种果树。 | 市林业局 | 年底前   |
        """
    rows = """
        | 1    | 修水渠。 | 市水利局 | 6月底前  |
        | 2    | 清河道。 | 市乙局   | 9月底前  |
        | 3    | 护堤坝。 | 市丙局   | 年底前   |
        """
    read_whole = read(sheet("| 第几 | 干啥 | 谁来干 | 啥时候 |\n" + rows + known))
    told = read(sheet("| 甲 | 甲 | 甲 | 甲 |\n" + rows + known))

    assert [point.no for point in read_whole.plan.work_points] == ["1", "2", "3", "4", "5"]
    assert [point.no for point in told.plan.work_points] == ["4", "5"]
    assert unread(told) == ["分工表!A1:D4"]


def test_cells_that_stand_side_by_side_without_a_head_are_no_sentences():
    with pytest.raises(NotAPlan):
        read(
            sheet("""
            | 甲1     | 乙2              | 丙3                  |
            | 6月底前 | 清理河道淤泥。   | 市甲局牵头，市乙局配合 |
            | 9月底前 | 建泵站两座。     | 市丙局负责           |
            """)
        )


@pytest.mark.parametrize("number", ["合计", "小计"])
def test_a_row_that_says_what_to_do_and_who_does_it_is_no_total(number):
    reading = read(
        sheet(f"""
        | 序号     | 任务     | 责任单位 |
        | {number} | 修水渠。 | 市甲局   |
        | 2        | 清河道。 | 市乙局   |
        """)
    )

    assert [point.requirement for point in reading.plan.work_points] == ["修水渠。", "清河道。"]


def test_a_sentence_in_the_column_of_numbers_is_no_number_and_told():
    reading = read(
        sheet("""
        | 序号     | 任务     | 责任单位 |
        | 1        | 修水渠。 | 市甲局   |
        | 种果树。 | 清河道。 | 市乙局   |
        """)
    )

    assert [point.no for point in reading.plan.work_points] == ["1", ""]
    assert unread(reading) == ["分工表!A3"]


def _is_told(row, column, entries):
    """Whether an unread range covers a cell."""
    for entry in entries:
        first, _, last = entry.place.rpartition("!")[2].partition(":")
        top, bottom = int(first[1:]), int((last or first)[1:])
        if top <= row + 1 <= bottom and first[0] <= "ABCDEF"[column] <= (last or first)[0]:
            return True
    return False


@pytest.mark.parametrize("mark", ["—", "/", "无"])
def test_a_cell_that_says_nothing_on_purpose_is_no_part_of_the_account(mark):
    grid = sheet(f"""
    | 任务     | 责任单位 | 完成时限 |
    | 修水渠。 | 市甲局   | {mark}   |
    """)

    assert read(grid).account.total == 5


PASTE = (
    "云溪市2026年工作要点分工方案",
    "序号",
    "工作任务",
    "责任单位",
    "完成时限",
    "1",
    "修建水渠三公里。",
    "市甲局",
    "6月底前",
    "2",
    "清理河道五公里。",
    "市乙局",
    "9月底前",
)


def test_the_lines_of_a_table_pasted_one_cell_to_a_line_go_the_ways_of_its_cells():
    reading = read(*text(*PASTE), kind="txt")

    assert dict(reading.account.counts) == {
        Use.FRONT: 1,
        Use.HEAD: 4,
        Use.NUMBER: 2,
        Use.REQUIREMENT: 2,
        Use.UNITS: 2,
        Use.DEADLINE: 2,
    }
    assert not unread(reading)


def test_a_table_beside_a_pasted_plan_is_left_out_and_told_once():
    members = Grid("T1", (("物资", "数量"), ("铁锹", "三十把")), notation=Notation.TABLE)

    reading = read(*text(*PASTE), members, kind="docx")

    assert len(reading.plan.work_points) == 2
    assert reading.account.count(Use.LEFT_OUT) == 4
    assert [finding.place for finding in reading.findings if finding.code == "table-not-read"] == ["T1R1C1"]


def test_the_title_that_waits_before_the_first_item_goes_to_the_front():
    reading = read(
        *text(
            "云溪市2026年水利工作任务清单",
            "修建水渠三公里。",
            "责任单位：市甲局",
            "清理河道五公里。",
            "责任单位：市乙局",
        ),
        kind="txt",
    )

    assert reading.account.count(Use.FRONT) == 1
    assert reading.account.count(Use.REQUIREMENT) == 2
    assert not unread(reading)


def test_an_item_between_numbered_brothers_is_a_requirement_though_it_names_nobody():
    reading = read(
        *text(
            "云溪市2026年工作要点分工方案",
            "一、水利",
            "1.修建水渠三公里。（市甲局）",
            "2.清理河道五公里。",
            "3.建设泵站两座。（市乙局）",
        ),
        kind="txt",
    )

    assert [point.no for point in reading.plan.work_points] == ["1", "2", "3"]
    assert reading.account.count(Use.REQUIREMENT) == 3


UNREAD_LINES = {
    "of two lines of time before an item the first": (
        "L2",
        ("完成时限：5月底前", "完成时限：6月底前", "1.疏浚沟渠。", "责任单位：市甲局", "完成时限：7月底前"),
    ),
    "a time below a sentence that is no item": ("L3", ("沿岸照常通行。", "完成时限：5月底前")),
}


@pytest.mark.parametrize(("place", "lines"), UNREAD_LINES.values(), ids=UNREAD_LINES)
def test_a_line_of_time_that_belongs_to_no_work_point_is_told(place, lines):
    lines = ("云溪市2026年水利工作分工", *lines, "2.栽种柳树（市乙局）。", "3.清点苗木（市乙局）。")

    assert place in unread(read(*text(*lines), kind="txt"))
