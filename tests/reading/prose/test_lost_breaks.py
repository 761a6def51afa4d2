"""Lines that were broken where no paragraph ends, with full lines of different lengths."""

import pytest

from tests.support.drawn_plans import lines, read, told
from tracker.reading.lines import TextLine, unwrap

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

    found = read(*lines("\n".join(text)), kind="txt")

    assert told(found) == EXPECTED
    assert [point.section for point in found.plan.work_points] == ["一、出行"] * 4


def test_lines_of_one_length_without_a_bracket_that_goes_on_stay_apart():
    items = ["修渠三公里——区水务局", "清河五公里——区住建局", "种树九百株——区园林局", "铺路二公里——区交通局"]

    assert len(unwrap([TextLine(text, f"L{n}") for n, text in enumerate(items)])) == 4
