"""Tables drawn with lines in a text: every column, and cells that go on in the next line."""

import pytest

from tests.support.drawn_plans import allotments, lines, read
from tracker.reading.plan import PlanReading

ROWS = (
    ("号", "事项", "牵头单位", "协办单位", "时限"),
    ("1", "修补湖堤六公里", "市水利局", "市财政局", "8月底"),
    ("2", "换掉旧闸门", "市水利局", "市应急管理局", "9月20日"),
    ("3", "加固泵房两座", "市住建局", "各街道办事处", "11月底"),
)
POINTS = [
    ("修补湖堤六公里", "牵:市水利局 配:市财政局"),
    ("换掉旧闸门", "牵:市水利局 配:市应急管理局"),
    ("加固泵房两座", "牵:市住建局 配:各街道办事处"),
]


def drawn(upright: str, rule: str, rows: list[tuple[str, ...]], *, between: bool, outer: bool = True) -> str:
    frame = upright if outer else ""
    texts = [f"{frame}{upright.join(f' {cell} ' for cell in row)}{frame}" for row in rows]
    border = [rule] if outer else []
    body = f"\n{rule}\n".join(texts[1:]) if between else "\n".join(texts[1:])
    return "\n".join(["泽湖市2026年湖堤整修任务表", *border, texts[0], rule, body, *border])


def reading(text: str) -> PlanReading:
    return read(*lines(text), kind="txt")


@pytest.mark.parametrize("between", [True, False])
@pytest.mark.parametrize(
    ("upright", "rule", "outer"),
    [
        ("│", "├──┼──┼──┼──┼──┤", True),
        ("║", "╠══╬══╬══╬══╬══╣", True),
        ("┃", "┣━━╋━━╋━━╋━━╋━━┫", True),
        ("│", "──┼──┼──┼──┼──", False),
        ("|", "+--+--+--+--+--+", True),
    ],
)
def test_lines_of_any_kind_draw_a_table(upright: str, rule: str, outer: bool, between: bool):
    plan_reading = reading(drawn(upright, rule, list(ROWS), between=between, outer=outer))

    assert allotments(plan_reading) == POINTS
    assert [str(point.deadline.due) for point in plan_reading.plan.work_points] == [
        "2026-08-31",
        "2026-09-20",
        "2026-11-30",
    ]
    assert not plan_reading.findings


def test_a_cell_goes_on_in_the_next_line_where_rules_part_the_rows():
    text = """
    泽湖市2026年湖堤整修任务表
    │号│事项        │牵头单位  │协办单位    │时限    │
    ├─┼──────┼─────┼──────┼────┤
    │1 │修补湖堤六公│市水利局  │市财政局    │8月底   │
    │  │里          │          │市审计局    │        │
    ├─┼──────┼─────┼──────┼────┤
    │2 │换掉旧闸门  │市水利局  │市应急管理局│9月20日 │
    ├─┼──────┼─────┼──────┼────┤
    │3 │加固泵房两座│市住建局  │各街道办事处│11月底  │
    """

    assert allotments(reading(text)) == [("修补湖堤六公里", "牵:市水利局 配:市财政局、市审计局"), *POINTS[1:]]


def test_without_rules_between_rows_a_blank_cell_stays_blank():
    rows = [ROWS[0], ROWS[1], ("2", "换掉旧闸门", "市水利局", "", "9月20日"), ROWS[3]]

    plan_reading = reading(drawn("│", "├──┼──┼──┼──┼──┤", rows, between=False))

    assert allotments(plan_reading) == [POINTS[0], ("换掉旧闸门", "牵:市水利局"), POINTS[2]]


MERGED = """
    泽湖市2026年湖堤整修任务表
    │号│事项        │牵头单位  │协办单位    │时限    │
    ├─┼──────┼─────┼──────┼────┤
    │1 │修补湖堤六公│市水利局  │市财政局    │8月底   │
    │  │里          │          │            │        │
    ├─┼──────┤          ├──────┼────┤
    │2 │换掉旧闸门  │          │市应急管理局│9月20日 │
    ├─┼──────┼─────┼──────┤        │
    │3 │加固泵房两座│市住建局  │各街道办事处│        │
    """
ASCII = str.maketrans({"│": "|", "├": "+", "┼": "+", "┤": "+", "─": "-"})
HEAVY = str.maketrans({"│": "┃", "├": "┣", "┼": "╋", "┤": "┫", "─": "━"})


@pytest.mark.parametrize("writing", [{}, HEAVY, ASCII])
def test_a_cell_below_which_no_rule_is_drawn_goes_on_in_the_rows_below(writing: dict[int, str]):
    plan_reading = reading(MERGED.translate(writing))

    assert allotments(plan_reading) == POINTS
    assert [point.inherited for point in plan_reading.plan.work_points] == [False, False, False]
    assert [point.deadline.text for point in plan_reading.plan.work_points] == ["8月底", "9月20日", "9月20日"]
    assert plan_reading.findings == ()


def test_a_unit_that_alone_goes_on_is_continued():
    text = MERGED.replace("市应急管理局", "            ")

    points = reading(text).plan.work_points

    assert [point.inherited for point in points] == [False, True, False]


def test_a_rule_that_does_not_fit_the_columns_parts_all_of_them():
    text = MERGED.replace("├─┼──────┤          ├──────┼────┤", "├────────┤          ├───────────┤")

    assert allotments(reading(text))[1] == ("换掉旧闸门", "配:市应急管理局")
