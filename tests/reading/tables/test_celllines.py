"""Tables that were pasted one cell to a line: which line stands in which cell."""

import pytest
from hypothesis import given, strategies as st

from tests.support.drawn_plans import allotments, lines, read, who
from tracker.grid import Paragraph, Source
from tracker.problems.reading import NotAPlan
from tracker.reading.tables.pastes import with_tables


def test_units_in_several_lines_are_one_cell_and_a_row_without_any_takes_those_above():
    reading = read(
        *lines(
            """2031年河道管护分解表
            序号
            管护任务
            责任单位
            完成时限
            1
            疏浚支渠两条。
            县水务局
            县河道站
            5月底前
            2
            栽植护坡林。
            县林业局
            3月建成
            立警示牌四十块。
            6月底前
            3
            清运漂浮物。
            县城管局
            长期"""
        )
    )

    assert [(p.requirement, who(p), p.inherited, p.deadline.text) for p in reading.plan.work_points] == [
        ("疏浚支渠两条。", "责:县水务局、县河道站", False, "5月底前"),
        ("栽植护坡林。", "责:县林业局", False, "3月建成"),
        ("立警示牌四十块。", "责:县林业局", True, "6月底前"),
        ("清运漂浮物。", "责:县城管局", False, "长期"),
    ]


def test_progress_behind_the_units_is_no_task_however_many_lines_it_has():
    reading = read(
        *lines(
            """2031年上半年民生项目进展
            序号
            项目内容
            牵头单位
            进展情况
            1
            改造菜场三家。
            区商务局
            进展顺利。
            两家已开业，一家正在装修。
            2
            建口袋公园五处。
            已超额完成。
            在东湖街道、南桥街道建成六处
            3
            开通社区巴士。
            区交通局
            尚未启动。"""
        )
    )

    assert allotments(reading) == [
        ("改造菜场三家。", "牵:区商务局"),
        ("建口袋公园五处。", "牵:区商务局"),
        ("开通社区巴士。", "牵:区交通局"),
    ]
    assert [point.inherited for point in reading.plan.work_points] == [False, True, False]


@pytest.mark.parametrize("head", ["序号/民生实事/责任单位/完成时限", "编号/干啥/谁来干/啥时候"])
def test_heads_in_other_words_are_heads_before_the_first_number(head):
    rows = ["1", "新设书屋五个。", "区文旅局", "6月底前", "2", "加固危桥两座。", "区交通局", "年底前"]
    reading = read(*lines("\n".join(["2031年责任表", *head.split("/"), *rows])))

    assert allotments(reading) == [("新设书屋五个。", "责:区文旅局"), ("加固危桥两座。", "责:区交通局")]
    assert [point.deadline.text for point in reading.plan.work_points] == ["6月底前", "年底前"]


def test_a_signature_an_annex_and_the_name_of_the_site_stand_behind_the_table():
    reading = read(
        *lines(
            """任务
            措施
            责任单位
            供水
            换管网三公里。
            县水务局
            县水务局办公室
            2031年3月2日
            附件1
            某县人民政府门户网站"""
        )
    )

    assert allotments(reading) == [("换管网三公里。", "责:县水务局")]


def test_labels_alone_make_no_table():
    with pytest.raises(NotAPlan):
        read(*lines("序号\n任务\n责任单位\n完成时限\n（以下空白）"))


CELLS = {
    "no": st.just(""),
    "text": st.sampled_from(
        ["疏浚支渠两条，清运淤泥。", "栽植护坡林，当年成活九成。", "立警示牌四十块，逐一编号。"]
    ),
    "units": st.lists(
        st.sampled_from(["县水务局", "县林业局", "各乡镇", "县河道站"]), min_size=0, max_size=3, unique=True
    ),
    "time": st.sampled_from(["5月底前", "年底前", "长期", "每季度", "2031年9月"]),
}


@given(st.lists(st.tuples(CELLS["text"], CELLS["units"], CELLS["time"]), min_size=2, max_size=6))
def test_every_line_of_a_table_comes_back_in_its_cell(rows):
    rows[0] = (rows[0][0], rows[0][1] or ["县水务局"], rows[0][2])
    texts = ["序号", "任务", "责任单位", "完成时限"]
    for number, (text, units, time) in enumerate(rows, 1):
        texts += [str(number), text, *units, time]
    source = Source("txt", "表.txt", tuple(Paragraph(text, f"L{n}") for n, text in enumerate(texts, 1)))

    (grid,) = with_tables(source).source.grids

    assert [row[:2] + row[3:] for row in grid.rows[1:]] == [
        (str(number), text, time) for number, (text, _, time) in enumerate(rows, 1)
    ]
    assert [row[2] for row in grid.rows[1:]] == ["\n".join(units) or None for _, units, _ in rows]
    assert [grid.is_continuation(at, 2) for at in range(1, len(rows) + 1)] == [
        not units for _, units, _ in rows
    ]
