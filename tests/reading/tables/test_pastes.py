"""Tables copied from pages and documents as text: whatever parts the cells, and where merged cells are missing."""

import pytest
from hypothesis import given, strategies as st

from tests.support.drawn_plans import allotments, places, read, who
from tracker.grid import Paragraph
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import PlanReading

HEAD = ("工作任务", "具体要求", "责任单位", "完成时限")
# None is covered by the cell above.
ROWS = (
    ("管护古树", "逐株挂牌，建立档案。", "市园林局", "6月底前"),
    (None, "修剪枯枝。", "市城管局、各街道", "长期"),
    ("整治河道", "清理淤泥三公里。", "市水利局", "9月底前"),
    (None, "加固护坡两处，栽植灌木。", "市住建局", "年底前"),
)
POINTS = [
    ("管护古树", "逐株挂牌，建立档案。", "责:市园林局", "6月底前"),
    ("管护古树", "修剪枯枝。", "责:市城管局、各街道", "长期"),
    ("整治河道", "清理淤泥三公里。", "责:市水利局", "9月底前"),
    ("整治河道", "加固护坡两处，栽植灌木。", "责:市住建局", "年底前"),
]


def pasted(text: str, kind: str = "txt") -> PlanReading:
    """The reading of a text with its blanks as they are."""
    return read(
        *(Paragraph(line, f"L{number}") for number, line in enumerate(text.split("\n"), 1)), kind=kind
    )


def points(reading: PlanReading) -> list[tuple[str | None, str, str, str]]:
    return [
        (point.task, point.requirement, who(point), point.deadline.text) for point in reading.plan.work_points
    ]


def live(row: tuple[str | None, ...]) -> list[str]:
    return [cell for cell in row if cell is not None]


def filled_up(cells: list[str]) -> str:
    return " | ".join(cells) + " |" * (len(HEAD) + 1 - len(cells))


WAYS = {
    "tabs, as a browser copies it": lambda rows: ["\t".join(live(row)) for row in rows],
    "a sign between the cells": lambda rows: [" | ".join(live(row)) for row in rows],
    "a sign behind each cell, lines filled up": lambda rows: [filled_up(live(row)) for row in rows],
    "framed by signs, lines filled up": lambda rows: [f"| {filled_up(live(row))}" for row in rows],
    "a cell and a sign a line": lambda rows: [f"{cell} |" for row in rows for cell in live(row)],
    "a sign below each cell": lambda rows: [
        line for row in rows for cell in live(row) for line in (cell, "|")
    ],
    "signs below each cell and each row": lambda rows: [
        line for row in rows for line in (*(f"{cell} |" for cell in live(row)), "|")
    ],
    "a tab between the paragraphs of cells": lambda rows: [
        line for row in rows for line in ([*"\n\t\n".join(live(row)).split("\n"), "", ""])
    ],
    "three blanks": lambda rows: ["   ".join(live(row)) for row in rows],
    "one blank": lambda rows: [" ".join(live(row)) for row in rows],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("front", [[], ["某市2026年园林任务清单", ""]])
def test_rows_below_a_merged_cell_are_shorter_and_stand_where_their_cells_fit(way, front):
    reading = pasted("\n".join([*front, *WAYS[way]([HEAD, *ROWS])]))

    assert points(reading) == POINTS
    assert places(reading, "placed-by-content") == []


def test_a_cell_of_several_lines_goes_on_in_the_next_line():
    text = (
        "序号\t工作任务\t牵头\n单位\t完成时限\n"
        "1\t修补湖堤，\n加固泵房。\t市水利局\n市财政局\t8月底\n"
        "2\t换掉旧闸门。\t市水利局\t9月底"
    )

    reading = pasted(text)

    assert [(point.no, point.deadline.text) for point in reading.plan.work_points] == [
        ("1", "8月底"),
        ("2", "9月底"),
    ]
    assert allotments(reading) == [
        ("修补湖堤， 加固泵房。", "牵:市水利局、市财政局"),
        ("换掉旧闸门。", "牵:市水利局"),
    ]


def test_a_workbook_puts_quotation_marks_around_a_cell_of_several_lines():
    text = '序号\t工作任务\t责任单位\n1\t"修补湖堤。\n加固泵房。"\t市水利局\n2\t换闸门。\t市住建局\n附记\n'

    assert allotments(pasted(text)) == [("修补湖堤。 加固泵房。", "责:市水利局"), ("换闸门。", "责:市住建局")]


def test_persons_and_progress_are_asides_in_short_rows_too():
    text = (
        "序号 |\n主要任务 |\n分管 领导 |\n牵头 单位 |\n责任主体与协同单位 |\n1-9月推进情况 |\n是否达序 |\n说明 |\n"
        "11 |\n改造菜场三家。 |\n王建国 |\n商务局 |\n市场监管局、相关街道 |\n已开业两家。 |\n是 |\n||\n"
        "12 |\n新辟公交线路两条。 |\n李小红 |\n交通局 |\n交警大队 |\n尚未开通，正在会商。 |\n否 |\n站点用地未定。 |\n|\n"
        "13 |\n建成书房一间。 |\n李小红 |\n文旅局 |\n各街道 |\n已建成。 |\n是 |\n||"
    )

    assert allotments(pasted(text)) == [
        ("改造菜场三家。", "牵:商务局 责:市场监管局、相关街道"),
        ("新辟公交线路两条。", "牵:交通局 责:交警大队"),
        ("建成书房一间。", "牵:文旅局 责:各街道"),
    ]


def test_a_column_of_numbers_that_no_head_names_stands_beside_the_texts():
    rows = [("管护古树", "1", "逐株挂牌。", "园林科", "6月底前"), (None, "2", "修剪枯枝。", "各科室", "长期")]
    lines = [f"{cell}\n|" for row in [HEAD, *rows] for cell in live(row)]

    reading = pasted("\n".join(lines))

    assert [(point.no, point.task) for point in reading.plan.work_points] == [
        ("1", "管护古树"),
        ("2", "管护古树"),
    ]
    assert allotments(reading) == [("逐株挂牌。", "责:园林科"), ("修剪枯枝。", "责:各科室")]


def test_the_letters_of_a_head_that_blanks_spread_are_one_word():
    text = "序 号 工 作 任 务 牵头负责部门\n1 粮食总产600万吨以上 农业农村局\n2 新增就业3万人 人力资源社会保障局\n3 改造危桥20座 交通局"

    assert allotments(pasted(text)) == [
        ("粮食总产600万吨以上", "牵:农业农村局"),
        ("新增就业3万人", "牵:人力资源社会保障局"),
        ("改造危桥20座", "牵:交通局"),
    ]


def test_title_letter_and_signature_around_a_table_are_none_of_it():
    text = (
        "某市人民政府办公室关于印发任务清单的通知\n各区人民政府：\n现将清单印发给你们，请认真落实。\n某市人民政府办公室\n2026年3月2日\n"
        "2026年园林任务清单\n"
        + "\n".join("\t".join(live(row)) for row in [HEAD, *ROWS])
        + "\n\n某市人民政府办公室\n2026年3月2日"
    )

    reading = pasted(text)

    assert points(reading) == POINTS
    assert reading.plan.title == "2026年园林任务清单"


def test_a_numbered_line_between_the_rows_is_their_section():
    text = "工作任务\t责任单位\t完成时限\n一、绿化\n修剪枯枝。\t市园林局\t长期\n二、水利\n清理淤泥。\t市水利局\t9月底前"

    assert [(point.section, point.requirement) for point in pasted(text).plan.work_points] == [
        ("一、绿化", "修剪枯枝。"),
        ("二、水利", "清理淤泥。"),
    ]


def test_a_blank_cell_between_tabs_covers_nothing_and_stays_where_it_is():
    text = "序号\t工作任务\t牵头单位\t配合单位\t完成时限\n1\t清理淤泥。\t市水利局\t各街道\t长期\n2\t修剪枯枝。\t市园林局\t\t6月\n栽树。"

    assert allotments(pasted(text))[:2] == [
        ("清理淤泥。", "牵:市水利局 配:各街道"),
        ("修剪枯枝。", "牵:市园林局"),
    ]


def test_a_short_row_that_could_stand_otherwise_is_told_where_it_stands():
    text = "序号\t工作任务\t牵头单位\t配合单位\n1\t清理淤泥。\t市水利局\t市财政局\n2\t修剪枯枝。\t市园林局\n3\t栽植灌木。\t市林业局\t各街道"

    reading = pasted(text)

    assert places(reading, "placed-by-content") == ["L3"]
    (finding,) = [finding for finding in reading.findings if finding.code == "placed-by-content"]
    assert "修剪枯枝" in finding.message
    assert "请对照原表" in finding.message


@pytest.mark.parametrize(
    "head",
    [
        "序号\t工作任务\t责任分工\t完成时限\n牵头单位\t配合单位",
        "序号\t工作任务\t责任分工\t\t完成时限\n\t\t牵头单位\t配合单位\t",
        "序号\t工作任务\t单位\t\t完成时限\n\t\t牵头单位\t配合单位\t",
    ],
    ids=["as a browser copies it", "as a workbook copies it", "below a word that is a measure elsewhere"],
)
def test_a_second_row_of_the_head_stands_below_its_wide_cell(head):
    text = f"{head}\n1\t清理淤泥。\t市水利局\t各街道\n市财政局\t6月底前\n2\t修剪枯枝。\t市园林局\t\t长期"

    reading = pasted(text)

    assert allotments(reading) == [
        ("清理淤泥。", "牵:市水利局 配:各街道、市财政局"),
        ("修剪枯枝。", "牵:市园林局"),
    ]
    assert [point.deadline.text for point in reading.plan.work_points] == ["6月底前", "长期"]


@pytest.mark.parametrize("sign", ["", " |"])
def test_a_task_may_stand_before_the_number_of_its_items(sign):
    cells = "任务事项/序号/具体举措/牵头单位/管护古树/1/逐株挂牌。/市园林局/整治河道/2/清理淤泥。/市水利局/3/加固护坡。/市住建局"

    reading = pasted(
        "\n".join(f"{cell}{sign}" for cell in ["2026年任务表", *cells.split("/")]).replace("表 |", "表")
    )

    assert [(point.task, point.no, who(point)) for point in reading.plan.work_points] == [
        ("管护古树", "1", "牵:市园林局"),
        ("整治河道", "2", "牵:市水利局"),
        ("整治河道", "3", "牵:市住建局"),
    ]


def test_progress_behind_an_empty_line_is_not_the_beginning_of_the_next_task():
    cells = "工作任务/时间节点/承办单位/完成情况/疏浚支渠。/年底前/水利科/已进场施工，完成三成。/栽植护坡林，当年成活九成/10月/园林科/主体已建成，正在装修。"

    assert allotments(pasted("\n\n".join(cells.split("/")))) == [
        ("疏浚支渠。", "责:水利科"),
        ("栽植护坡林，当年成活九成", "责:园林科"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "序号\t单位\t姓名\t职务\t联系电话\n1\t市水利局\t王建国\t局长\t13907135555\n2\t李小红\t科长\t13907135556\n3\t市园林局\t周志明\t局长\t13907135557",
        "小组职务 | 姓名 | 单位及职务 |\n组长 | 王建国 | 市水利局局长 |\n成员 | 李小红 | 市园林局局长 |\n周志明 | 市住建局局长 | |",
        "序号 |\n指标名称 |\n计量单位 |\n全年目标 |\n累计完成 |\n1 |\n补植行道树 |\n株 |\n300 |\n120 |\n2 |\n修缮泵房 |\n座 |\n4 |\n2 |",
        "项目名称\n| |\n项目内容\n| |\n主办单位意见\n| |\n协办单位意见\n| |",
    ],
    ids=["telephones", "members", "figures", "an empty form"],
)
def test_pasted_tables_that_allot_nothing_are_refused(text):
    with pytest.raises(NotAPlan):
        pasted(text)


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(["逐株挂牌，建立档案", "修剪枯枝", "清理淤泥三公里，外运处置"]),
            st.lists(
                st.sampled_from(["市园林局", "市水利局", "各街道"]), min_size=1, max_size=3, unique=True
            ),
            st.sampled_from(["6月底前", "长期", "每季度", "2026年9月"]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(sorted(set(WAYS) - {"one blank"})),
)
def test_whatever_parts_the_cells_every_point_comes_back(drafts, way):
    rows = [("管护古树", "编制年度方案。", "市财政局", "年底前")]
    rows += [
        (None if is_covered else f"任务{number}", f"{text}{number}处。", "、".join(units), time)
        for number, (is_covered, text, units, time) in enumerate(drafts, 1)
    ]

    reading = pasted("\n".join(WAYS[way]([HEAD, *rows])))

    assert [(point.requirement, who(point), point.deadline.text) for point in reading.plan.work_points] == [
        (text, f"责:{units}", time) for _, text, units, time in rows
    ]


def test_a_body_in_a_column_of_tasks_is_told_where_it_stands():
    # 绿化 covers three rows, so that the last cell of a row stands where the next one's task would.
    rows = (
        "绿化\n1\n补植行道树\n万株\n2\n县园林处\n市园林局",
        "2\n新增口袋公园\n-\n八处\n县住建局\n市住建局",
        "3\n管护古树\n株\n四十\n县林业局\n市林业局",
    )
    text = "\n".join(
        ("云岭县2031年绿化任务清单", *["类别", "序号", "指标", "计量", "目标", "责任部门", "评价部门"], *rows)
    )

    reading = pasted(text)

    assert places(reading, "placed-by-content"), allotments(reading)


def test_rows_above_the_head_of_an_excerpt_that_begins_within_a_table_are_read_below_it():
    rows = {
        7: ("布设路灯", "沿渠安装路灯六十盏，分两批点亮。", "县城管局", "各街道", "年底前"),
        8: ("疏通暗渠", "清掏暗渠两公里，更换破损盖板。", "县水务局", "县财政局", "9月底前"),
        9: ("培训护工", "分四批培训护工，考核后上岗。", "县民政局", "县人社局", "长期"),
        10: ("扩建书屋", "扩建书屋八间，周末照常开放。", "县文旅局", "各街道", "11月底前"),
    }
    lines = {number: [str(number), *cells] for number, cells in rows.items()}
    head = ["序号", "重点工作", "推进措施", "牵头单位", "配合单位", "完成时限"]
    text = [*lines[7], *lines[8], "- 3 -", *head, "三、民生改善方面（2项）", *lines[9], *lines[10]]

    reading = pasted("\n".join(text))

    assert [
        (point.no, point.section, *cells)
        for point, cells in zip(reading.plan.work_points, points(reading), strict=True)
    ] == [
        (
            str(number),
            "" if number < 9 else "三、民生改善方面（2项）",
            task,
            requirement,
            f"牵:{lead} 配:{support}",
            time,
        )
        for number, (task, requirement, lead, support, time) in rows.items()
    ]


def test_whole_rows_above_a_head_without_numbers_are_read_below_it_and_a_title_is_not():
    row = ["疏通暗渠", "清掏暗渠两公里，更换破损盖板。", "市水务局", "9月底前"]
    below = ["布设路灯", "沿渠安装路灯六十盏。", "市城管局", "长期"]

    reading = pasted("\n".join([*row, *HEAD, *below]))
    titled = pasted("\n".join(["2026年水务任务清单", "（共一项）", *HEAD, *below]))

    assert points(reading) == [
        (*row[:2], f"责:{row[2]}", row[3]),
        (*below[:2], f"责:{below[2]}", below[3]),
    ]
    assert points(titled) == points(reading)[1:]


SCORED_HEAD = ["考核项目", "工作任务", "责任科室", "分值", "考核标准"]


def test_a_banner_above_numbered_names_is_a_section_and_points_taken_off_are_what_is_scored():
    rows = [
        "一、服务提升（50分）",
        *(
            "1.改善就餐",
            "食堂每日公布菜谱，留样四十八小时。",
            "总务科",
            "20",
            "留样每缺一天扣2分；",
            "不公布菜谱的，每次扣1分。",
        ),
        *("餐车送到每个病区，热菜不凉。", "营养科、护理部", "10", "每少一个病区扣1分。"),
        *("2.畅通投诉", "接待投诉当日登记，三日内答复。", "社工部", "20", "逾期未答复的不得分。"),
        "二、设备管理（50分）",
        *("1.维护设备", "呼吸机每月校准，台账随机存放。", "设备科", "50", "未校准的不得分。"),
        *("急救车设备逐班清点，缺件立即补齐。", "急诊科", "10", "少清点一次扣1分。"),
    ]

    reading = pasted("\n".join(["某市医院2026年考核细则", *SCORED_HEAD, *rows]))

    assert [
        (point.section, *cells[:3])
        for point, cells in zip(reading.plan.work_points, points(reading), strict=True)
    ] == [
        ("一、服务提升（50分）", "1.改善就餐", "食堂每日公布菜谱，留样四十八小时。", "责:总务科"),
        ("一、服务提升（50分）", "1.改善就餐", "餐车送到每个病区，热菜不凉。", "责:营养科、护理部"),
        ("一、服务提升（50分）", "2.畅通投诉", "接待投诉当日登记，三日内答复。", "责:社工部"),
        ("二、设备管理（50分）", "1.维护设备", "呼吸机每月校准，台账随机存放。", "责:设备科"),
        ("二、设备管理（50分）", "1.维护设备", "急救车设备逐班清点，缺件立即补齐。", "责:急诊科"),
    ]


UNSCORED_HEAD = [*SCORED_HEAD[:-1], "备注"]


def test_a_first_line_that_could_end_the_row_before_is_told_where_it_stands():
    rows = [
        "一、服务提升（50分）",
        *("1.改善就餐", "食堂公布菜谱，留样四十八小时。", "总务科", "20"),
        *("餐单贴在门口。", "留样另放一处。"),
        *("餐车送到每个病区，热菜不凉。", "营养科、护理部", "10", "送餐时间固定。"),
        *("2.畅通投诉", "接待投诉当日登记，三日内答复。", "社工部", "20", "电话有人接听。"),
    ]

    reading = pasted("\n".join(["某市医院2026年考核细则", *UNSCORED_HEAD, *rows]))

    assert places(reading, "placed-by-content") == ["L12", "L13", "L14"]


def test_a_first_line_that_could_be_the_name_in_place_of_a_banner_is_told_where_it_stands():
    rows = [
        "一、服务提升（50分）",
        *("改善就餐", "病区食堂每日公布菜谱，留样四十八小时。", "总务科", "20", "餐单贴在门口。"),
        *("公布电话，三日内回访。", "社工部", "20", "按次抽查。"),
        "二、设备管理（50分）",
        *("维护设备", "更换灯具，逐层登记。", "总务科", "20", "逐盏抽查。"),
    ]

    reading = pasted("\n".join(["某市医院2026年考核细则", *UNSCORED_HEAD, *rows]))

    assert {"L8", "L18"} <= set(places(reading, "placed-by-content")), allotments(reading)


def test_numbered_names_are_no_banners_where_no_column_holds_names():
    rows = [
        "一、渠系整治",
        *("1.疏通暗渠", "清掏暗渠两公里，更换破损盖板。", "市水务局", "9月底前"),
        *("2.布设路灯", "沿渠安装路灯六十盏，分两批点亮。", "市城管局", "长期"),
    ]

    reading = pasted("\n".join(["2026年水务任务清单", "具体要求", "责任单位", "完成时限", *rows]))

    assert [(point.no, who(point)) for point in reading.plan.work_points] == [
        ("1", "责:市水务局"),
        ("2", "责:市城管局"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        # Two tasks of which the second goes on with the units of the first.
        ("修渠\n疏浚支渠三公里，岸坡植柳。\n县甲局", "造林\n补植柳树两百株，成活九成。\n护坡一公里，按图施工。\n县乙局", "道路\n补路两公里，标线齐全。\n县丙局"),
        # A section and a sentence in its place.
        ("修渠\n疏浚支渠三公里，岸坡植柳。\n县甲局", "补植柳树两百株，成活率达到九成以上。\n护坡一公里，按图施工。\n县乙局", "道路\n补路两公里，标线齐全。\n县丙局"),
        # A cell of units and one of a place.
        ("修渠\n疏浚支渠三公里，岸坡植柳。\n县甲局", "造林\n补植柳树两百株，成活九成。\n县乙局、县丁局\n石桥镇", "道路\n补路两公里，标线齐全。\n县丙局"),
    ],
)  # fmt: skip
def test_one_row_of_three_that_does_not_agree_is_told(rows):
    reading = pasted("\n".join(["石桥县2026年任务表", "工作任务\n具体要求\n责任单位", *rows]))

    assert places(reading, "placed-by-content")


def test_a_row_without_a_number_among_numbered_ones_is_told():
    rows = [f"{n}\n疏浚第{n}条支渠，岸坡植柳。\n县甲局\n6月底前" for n in range(1, 6)]
    rows.insert(3, "补植柳树两百株，成活九成。\n县乙局\n9月底前")

    reading = pasted("\n".join(["石桥县2026年任务表", "序号\n工作任务\n责任单位\n完成时限", *rows]))

    assert places(reading, "placed-by-content")


def test_targets_behind_a_measure_are_no_further_paragraphs_of_it():
    head = "工作任务\n计量单位\n上半年目标\n下半年目标\n牵头单位\n完成时限"
    rows = (
        "修缮公厕八百座，逐项销号\n个\n启动实施\n完成手续\n县甲局\n6月底前",
        "疏浚支渠三公里，岸坡植柳\n公里\n摸底造册\n完成六成\n县乙局\n每季度",
        "改造步道五公里，问题销号\n公里\n开工建设\n通过验收\n县丙局\n9月底前",
    )

    points = pasted("\n".join(["石桥县2026年任务表", head, *rows])).plan.work_points

    assert [(who(point), point.deadline.text) for point in points] == [
        ("牵:县甲局", "6月底前"),
        ("牵:县乙局", "每季度"),
        ("牵:县丙局", "9月底前"),
    ]
    assert [dict(point.remarks)["下半年目标"] for point in points] == [
        "完成手续",
        "完成六成",
        "通过验收",
    ]


def test_a_row_whose_first_cell_is_blank_is_no_table_of_its_own():
    text = (
        "石桥县2026年任务表\n类别 | 工作任务 | 责任单位 | 完成时限\n民生 | 修渠三公里。 | 县甲局 | 6月底\n"
        " | 植树两百株。 | 县乙局 | 9月底\n | 补路两公里。 | 县丙局 | 年底"
    )

    assert [point.requirement for point in pasted(text).plan.work_points] == [
        "修渠三公里。",
        "植树两百株。",
        "补路两公里。",
    ]


def test_a_body_called_like_a_label_above_a_head_that_returns_is_none():
    head = "序号\n工作任务\n责任单位"
    rows = [
        f"{n}\n{need}，逐项销号。\n{unit}"
        for n, (need, unit) in enumerate(
            (
                ("修缮校舍", "总务处"),
                ("启用书屋", "各年级组"),
                ("补种花木", "团委"),
                ("更换路灯", "各年级组"),
            ),
            1,
        )
    ]

    points = pasted("\n".join(["校园2026年任务表", head, *rows[:2], head, *rows[2:]])).plan.work_points

    assert [who(point) for point in points] == ["责:总务处", "责:各年级组", "责:团委", "责:各年级组"]


def test_a_label_over_the_columns_of_units_behind_it_is_no_column():
    head = "序号\n任务内容\n责任单位\n牵头单位\n承办单位"
    rows = [f"{n}\n疏浚第{n}条支渠，逐段销号\n县甲局\n县乙局、县丙局" for n in range(1, 5)]

    points = pasted("\n".join(["石桥县2026年任务表", head, *rows])).plan.work_points

    assert [who(point) for point in points] == ["牵:县甲局 责:县乙局、县丙局"] * 4


def test_a_second_row_of_the_head_may_stand_below_one_parted_by_single_blanks():
    rows = [f"{n} 疏浚第{n}条支渠，逐段销号。 县甲局 县乙局、县丙局" for n in range(1, 5)]

    points = pasted(
        "\n".join(["石桥县2026年任务表", "序号 任务内容 单位", "牵头单位 配合单位", *rows])
    ).plan.work_points

    assert [who(point) for point in points] == ["牵:县甲局 配:县乙局、县丙局"] * 4


def test_where_hardly_a_row_agrees_the_table_is_refused():
    head = "工程\n名称\n序号\n项目内容\n目标任务\n市级牵头\n责任单位\n进度\n备注"
    rows = (
        "增收工程\n1\n岗位安置\n800\n市人力资源\n社会保障局\n612\n76.5\n达到进度",
        "2\n夜校结业\n500\n415\n83\n达到进度",
        "3\n茶园低产改造\n3000\n市农业农村局\n3120\n104\n超额完成",
        "4\n渔排更新\n260\n130\n50\n进度滞后",
        "安居工程\n5\n楼栋加装扶手\n90\n市住房城乡\n建设局\n71\n78.9\n达到进度",
    )

    with pytest.raises(NotAPlan):
        pasted("\n".join(["2026年1—8月工程进度表", head, *rows]))


def test_how_a_matter_is_decided_is_a_remark_of_it():
    head = "序号 |\n事项名称 |\n必经程序 |\n承办单位 |\n完成时间"
    rows = [
        f"{n} |\n某区{what}管理办法 |\n公开征求意见、合法性审查、集体讨论决定 |\n区{unit} |\n2026年{n + 3}月"
        for n, (what, unit) in enumerate((("停车", "城管局"), ("托管", "教育局"), ("供水", "水利局")), 1)
    ]

    points = pasted("\n".join(["2026年度决策事项目录", head, *rows])).plan.work_points

    assert [point.requirement for point in points] == [
        "某区停车管理办法",
        "某区托管管理办法",
        "某区供水管理办法",
    ]


def test_places_stay_in_their_column():
    head = "工作任务\n具体要求\n主办部门\n建设地点\n备注"
    rows = (
        "新建候车亭\n张贴盲文站牌，逐站核对。\n县甲局\n石桥镇\n省定任务",
        "疏浚支渠\n岸坡植柳三公里，问题销号。\n县乙局\n全县\n新增",
        "护坡\n加固堤岸一公里，按图施工。\n县丙局\n城关街道\n省定任务",
    )

    points = pasted("\n".join(["石桥县2026年任务表", head, *rows])).plan.work_points

    assert [who(point) for point in points] == ["牵:县甲局", "牵:县乙局", "牵:县丙局"]
    assert [dict(point.remarks)["建设地点"] for point in points] == ["石桥镇", "全县", "城关街道"]


def test_what_a_letter_says_of_its_table_is_no_row_of_it():
    letter = "《2026年任务表》已经同意，现印发给你们，请贯彻落实。\n县政府办公室\n2026年3月12日"
    rows = [f"疏浚第{n}条支渠，岸坡植柳。\n县甲局\n6月底前" for n in range(1, 5)]

    points = pasted(
        "\n".join(["石桥县2026年任务表", letter, "工作事项\n牵头单位\n时间要求", *rows])
    ).plan.work_points

    assert len(points) == len(rows)
