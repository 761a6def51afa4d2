"""Lines that were broken where no paragraph ends, with full lines of different lengths."""

import pytest

from tests.support.drawn_plans import allotments, lines, read
from tracker.grid import Paragraph
from tracker.reading.lines import TextLine
from tracker.reading.prose import unwrap

ITEMS = [
    (
        "检修沿街灯箱三百处，对私拉乱接的电线逐户登记造册，6月底前全部拆除到位",
        "区城管局",
        "区应急局、供电公司",
    ),
    ("清掏雨污管网四十公里，摸清管线权属和错接混接点位，8月底前绘制成图", "区住建局", "区水务局、城投公司"),
    ("评定星级卫生院十二家，把慢病随访和上门巡诊列入评定标准，年底前授牌", "区卫健局", "区财政局、医保分局"),
    ("查处违规占道经营行为，引导流动摊贩进入便民疏导点，11月底前通过验收", "区城管局", "公安分局、各街道"),
]
EXPECTED = [(f"{text}。", f"牵:{lead} 配:{support}") for text, lead, support in ITEMS]


def broken(text: str, widths: tuple[int, ...], *, page_at: int = 0) -> list[str]:
    """A paragraph in lines of these widths in turn; the number of a page behind one of them, where the line is short."""
    pieces: list[str] = []
    while text:
        n = len(pieces)
        width = widths[n % len(widths)] - (6 if page_at and n + 1 == page_at else 0)
        pieces.append(text[:width])
        pieces += ["— 2 —"] if page_at and n + 1 == page_at else []
        text = text[width:]
    return pieces


@pytest.mark.parametrize("widths", [(24, 29), (23, 30, 26), (22, 28), (27, 24, 25), (26, 26)])
@pytest.mark.parametrize("page_at", [0, 1])
def test_full_lines_of_different_lengths_go_on_and_so_does_one_over_a_page(widths, page_at):
    text = ["桐浦区2026年实事项目责任分解", "一、出行"]
    for n, (task, lead, support) in enumerate(ITEMS, 1):
        item = f"（{'一二三四'[n - 1]}）{task}。（牵头单位：{lead}；配合单位：{support}）"
        text += broken(item, widths, page_at=page_at if n == 2 else 0)

    plan_reading = read(*lines("\n".join(text)), kind="txt")

    assert allotments(plan_reading) == EXPECTED
    assert [point.section for point in plan_reading.plan.work_points] == ["一、出行"] * 4


def test_lines_of_one_length_without_a_bracket_that_goes_on_stay_apart():
    items = ["修渠三公里——区水务局", "清河五公里——区住建局", "种树九百株——区园林局", "铺路二公里——区交通局"]

    assert len(unwrap([TextLine(text, f"L{n}") for n, text in enumerate(items)])) == 4


PARAGRAPHS = [
    "    1.检修沿街灯箱三百处，对私拉乱接的电线逐户登记造册，6月底前全部拆除到位。责任单位：区城管局、区应急局",
    "    2.清掏雨污管网四十公里，摸清管线权属和错接混接点位。责任单位：区住建局、区水务局、城投公司",
    "    3.评定星级卫生院十二家，把慢病随访和上门巡诊列入评定标准，9月30日前授牌。责任单位：区卫健局",
]


def at_width(paragraphs, width: int) -> list[str]:
    """Paragraphs in lines of a width, marks hanging over."""
    broken_lines = []
    for paragraph in paragraphs:
        line = ""
        for character in paragraph:
            if len(line) >= width and character not in "，。；：、）":
                broken_lines.append(line)
                line = ""
            line += character
        broken_lines.append(line)
    return broken_lines


@pytest.mark.parametrize("width", [18, 20, 22, 25, 30])
def test_lines_broken_anywhere_in_names_labels_and_days_are_whole_again(width):
    plan_reading = read(
        *lines("\n".join(["桐浦区2026年实事项目责任分解", *at_width(PARAGRAPHS, width)])), kind="txt"
    )

    assert [who for _, who in allotments(plan_reading)] == [
        "责:区城管局、区应急局",
        "责:区住建局、区水务局、城投公司",
        "责:区卫健局",
    ]
    assert [point.requirement[-6:] for point in plan_reading.plan.work_points] == [
        "部拆除到位。",
        "接混接点位。",
        "0日前授牌。",
    ]
    assert str(plan_reading.plan.work_points[2].deadline.due) == "2026-09-30"


@pytest.mark.parametrize(
    "text",
    [
        [
            "检修灯箱三百处=区城管局=6月底",
            "清掏管网四十公里=区住建局",
            "评定卫生院十二家=区卫健局",
            "查处占道经营=区公安分局",
        ],
        [
            "桐浦区2026年重点工作任务责任分工",
            "1.检修灯箱三百处更换老旧线路",
            "区城管局、区住建局、区卫健局",
            "6月底前",
            "2.清掏管网四十公里疏通窨井",
            "区住建局、区城投集团公司",
        ],
    ],
)
def test_lines_that_stand_by_themselves_are_never_joined(text):
    assert [line.text for line in unwrap([TextLine(line, f"L{n}") for n, line in enumerate(text)])] == text


def test_what_hangs_below_an_unfinished_item_is_its_rest_and_a_text_below_its_heading_is_not():
    plan_reading = read(
        *lines("桐浦区2026年实事项目责任分解\n1) 布放毒饵站四百个，4月25日前"),
        Paragraph("   布放到位。（责任单位：区疾控中心）", "L3"),
        Paragraph("2) 清理卫生死角", "L4"),
        Paragraph("   逐处登记，当日清运。（责任单位：区城管局）", "L5"),
        kind="txt",
    )

    assert allotments(plan_reading) == [
        ("布放毒饵站四百个，4月25日前布放到位。", "责:区疾控中心"),
        ("逐处登记，当日清运。", "责:区城管局"),
    ]


def test_a_role_and_the_content_of_a_label_that_stand_in_the_next_line_belong_to_the_line_above():
    plan_reading = read(
        *lines("""桐浦区2026年实事项目责任分解
        1.布放毒饵站四百个。
        区疾控中心牵头，区教育局、区水务局
        配合
        2.清理卫生死角。
        牵头单位：区城管局。责任单位：
        区住建局"""),
        kind="txt",
    )

    assert [who for _, who in allotments(plan_reading)] == [
        "牵:区疾控中心 配:区教育局、区水务局",
        "牵:区城管局 责:区住建局",
    ]


def test_a_full_line_that_ends_a_sentence_goes_on_in_its_item_and_a_greeting_does_not():
    text = [
        "桐浦区2026年实事项目责任分解",
        "1.检修沿街灯箱三百处，拆除乱接的电线。",
        "逐户登记造册。（区城管局）",
        "2.清掏雨污管网四十公里，摸清管线权属和",
        "错接点位。（区住建局）",
        "3.评定星级卫生院，把上门巡诊列入标准。",
        "请各单位抓紧落实，谢谢！",
    ]

    assert [line.text for line in unwrap([TextLine(line, f"L{n}") for n, line in enumerate(text)])] == [
        text[0],
        text[1] + text[2],
        text[3] + text[4],
        text[5],
        text[6],
    ]
