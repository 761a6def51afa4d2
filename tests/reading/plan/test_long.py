"""Long tables take time in proportion to their rows."""

import pytest

from tests.support.drawn_plans import read
from tests.support.work import calls_of
from tracker.grid import Grid

HEAD = ("序号", "工作任务", "工作要求", "牵头单位", "配合单位", "完成时限")


def table(count: int) -> Grid:
    units = "市财政局、各县（市、区）人民政府"
    rows = [
        (str(n), f"任务{n}", f"完成第{n}段渠道清淤并公示结果。", "市水利局", units, "6月底前")
        for n in range(1, count + 1)
    ]
    return Grid("分工表", (HEAD, *rows))


def cards(count: int) -> Grid:
    rows = [
        row
        for n in range(1, count + 1)
        for row in (
            ("编号", str(n), "督查事项", f"事项{n}"),
            ("目标要求", f"完成第{n}段渠道清淤。", "责任单位", "县水利局"),
        )
    ]
    return Grid("交办卡", tuple(rows))


@pytest.mark.parametrize("draw", [table, cards])
def test_four_times_the_rows_are_about_four_times_the_work(draw):
    """Every row is asked whether it is a head; that must not look at all the rows below it."""
    read(draw(10))  # what is kept from the first plan on is no work of the second

    few, many = (calls_of(lambda count=count: read(draw(count))) for count in (40, 160))

    assert len(read(draw(160)).plan.work_points) == 160
    assert many < 5 * few
