"""Long tables take time in proportion to their rows."""

import pytest

from tests.support.drawn_plans import read
from tests.support.work import calls_of
from tracker.grid import Grid, Paragraph
from tracker.reading.clauses.responsibility import Walk

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


def paste(count: int, sign: str) -> list[Paragraph]:
    """A pasted table whose task covers three rows each."""
    rows = [
        [*[f"任务{n}"] * (n % 3 == 1), f"完成第{n}段渠道清淤并公示结果。", f"市第{n}水利站", "6月底前"]
        for n in range(1, count + 1)
    ]
    text = "\n".join(sign.join(row) for row in [["工作任务", "具体要求", "责任单位", "完成时限"], *rows])
    return [Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1)]


@pytest.mark.parametrize("sign", ["\t", "\n", " | ", "  "])
def test_twice_the_rows_of_a_paste_are_about_twice_the_work(sign):
    read(*paste(10, sign), kind="txt")

    few, many = (calls_of(lambda count=count: read(*paste(count, sign), kind="txt")) for count in (100, 200))

    assert many < 2.2 * few


def reading_of(text: str, where: str):
    rows = [HEAD, ("1", "任务一", "完成清淤。", "市水利局", "市财政局", "6月底前")]
    row = ["2", "任务二", "完成护坡。", "市林业局", "市财政局", "9月底前"]
    row[HEAD.index(where)] = text
    return read(Grid("分工表", (*rows, tuple(row))))


HOSTILE = {
    "names": "市甲局、",
    "separators": "、",
    "clauses": "市甲局负责推进，",
    "open brackets": "（",
    "nested brackets": "（市甲局）（",
    "days": "6月底前，",
    "blanks": " ",
}


@pytest.mark.parametrize("where", ["工作要求", "牵头单位", "完成时限"])
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_in_a_cell_is_about_twice_the_work(piece, where):
    reading_of(piece * 20, where)

    few, many = (calls_of(lambda n=n: reading_of(piece * n + "甲", where)) for n in (300, 600))

    assert many < 2.6 * few


@pytest.mark.parametrize("where", ["工作要求", "牵头单位"])
@pytest.mark.parametrize(
    "text",
    ["市" * 300_000, "、" * 500_000, "（" * 100 + "市甲局" + "）" * 100],
    ids=["long", "separators", "nested"],
)
def test_what_is_longer_or_deeper_than_any_plan_is_cut_and_told(text, where):
    reading = reading_of(text, where)

    column = "ABCDEF"[HEAD.index(where)]
    assert ("too-long", f"分工表!{column}3") in [(each.code, each.place) for each in reading.findings]
    assert all(len(point.requirement) <= 60_000 for point in reading.plan.work_points)


def test_a_clause_longer_than_any_plan_ends_at_a_separator_and_is_told_once():
    reading = reading_of("、".join(f"市{number}号局" for number in range(2_000)), "牵头单位")

    names = [unit.unit for unit in reading.plan.work_points[1].responsibility.assignments]
    assert (
        "市0号局" in names and len("、".join(names[:-1])) <= 4_000 and all(len(name) >= 3 for name in names)
    )
    assert [each.code for each in reading.findings].count("too-long") == 1


def test_a_requirement_of_forty_thousand_characters_is_read_whole():
    reading = reading_of("完成清淤。" * 8_000, "工作要求")

    assert len(reading.plan.work_points[1].requirement) == 40_000
    assert {each.code for each in reading.findings} == {"no-year"}


def test_a_cell_of_units_is_parsed_once_and_of_those_that_tell_what_the_column_holds_once_more(monkeypatch):
    parsed = []
    run = Walk.run
    monkeypatch.setattr(Walk, "run", lambda walk: (parsed.append(walk.clause.text), run(walk))[1])
    names = [f"市第{n}渠道管理所牵头，市财政局配合" for n in range(30)]
    rows = [(str(n), f"任务{n}", "完成清淤。", name, "", "6月底前") for n, name in enumerate(names)]

    read(Grid("分工表", (HEAD, *rows, *rows)))

    assert [parsed.count(name) for name in names] == [2] * 24 + [1] * 6
