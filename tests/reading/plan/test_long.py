"""Long tables take time in proportion to their rows."""

import time

import pytest

from tests.support.drawn_plans import read
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
def test_four_times_the_rows_take_about_four_times_as_long(draw):
    """Every row is asked whether it is a head; that must not look at all the rows below it."""
    took = []
    for count in (150, 600):
        start = time.perf_counter()
        assert len(read(draw(count)).plan.work_points) == count
        took.append(time.perf_counter() - start)

    assert took[1] < 10 * max(took[0], 0.05)
