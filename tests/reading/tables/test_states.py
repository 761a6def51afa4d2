"""Cells that only seem to say something: errors, formulas without a value, strikes, hidden columns, comments."""

from __future__ import annotations

from dataclasses import replace

from tests.support.drawn_plans import allotments
from tracker.grid import ErrorValue, Grid, Paragraph, Source, from_table
from tracker.reading.plan import PlanReading, read_plan

GRID = from_table("""
| 序号 | 工作内容     | 牵头单位 | 配合单位 | 完成时限 |
| 1    | 修缮祠堂屋面 | 镇文化站 | 镇财政所 | 6月底前  |
| 2    | 整理民歌曲谱 | 镇文化站 | 镇中学   | 年底前   |
| 3    | 疏浚镇区河道 | 镇水利站 | 镇城管办 | 9月底前  |
""")


def read(grid: Grid) -> PlanReading:
    return read_plan(Source("xlsx", "2026年分工.xlsx", (grid,)), year=2026)


def with_value(row: int, column: int, value: object) -> Grid:
    rows = [list(line) for line in GRID.rows]
    rows[row][column] = value  # type: ignore[call-overload]
    return replace(GRID, rows=tuple(map(tuple, rows)))


def codes(reading: PlanReading) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in reading.findings]


def test_an_error_in_a_unit_cell_is_no_unit_and_is_told() -> None:
    for value in (ErrorValue("#N/A"), "#N/A", " #REF! "):
        reading = read(with_value(2, 2, value))

        assert allotments(reading)[1] == ("整理民歌曲谱", "配:镇中学")
        assert codes(reading) == [("error-value", "Sheet1!C3")]


def test_an_error_in_a_time_cell_is_told_once_as_a_time_limit() -> None:
    assert codes(read(with_value(2, 4, ErrorValue("#REF!")))) == [("unreadable-deadline", "Sheet1!B3")]


def test_formulas_without_a_stored_value_are_told_once_for_neighbours() -> None:
    grid = with_value(1, 2, None)
    rows = [*grid.rows[:2], (*grid.rows[2][:2], None, *grid.rows[2][3:]), grid.rows[3]]
    grid = replace(grid, rows=tuple(rows), formulas={(1, 2): False, (2, 2): False, (3, 0): True})

    reading = read(grid)

    assert codes(reading) == [("no-result", "Sheet1!C2")]
    assert "C2:C3" in reading.findings[0].message


def test_a_row_struck_through_is_no_task_and_is_told_once() -> None:
    reading = read(replace(GRID, struck={(2, column): "" for column in range(5)}))

    assert [text for text, _ in allotments(reading)] == ["修缮祠堂屋面", "疏浚镇区河道"]
    assert codes(reading) == [("struck", "Sheet1!B3")]


def test_of_a_cell_struck_in_part_the_rest_is_read() -> None:
    grid = replace(with_value(2, 3, "镇中学、镇团委"), struck={(2, 3): "镇中学"})

    reading = read(grid)

    assert allotments(reading)[1][1].endswith("配:镇中学")
    assert codes(reading) == [("struck", "Sheet1!D3")]


def test_a_hidden_column_of_units_beside_a_visible_one_names_nobody() -> None:
    reading = read(replace(GRID, hidden_columns=frozenset({3})))

    assert allotments(reading)[0] == ("修缮祠堂屋面", "牵:镇文化站")
    assert codes(reading) == [("hidden-units", "Sheet1!D1")]


def test_a_picture_in_a_cell_is_no_text() -> None:
    reading = read(with_value(2, 3, '=DISPIMG("ID_1",1)'))

    assert allotments(reading)[1] == ("整理民歌曲谱", "牵:镇文化站")
    assert codes(reading) == [("picture", "Sheet1!D3")]


def test_a_comment_is_told_and_what_the_cell_says_is_read() -> None:
    reading = read(replace(GRID, comments={(1, 2): "改为镇文旅办牵头"}))

    assert allotments(reading)[0] == ("修缮祠堂屋面", "牵:镇文化站 配:镇财政所")
    assert codes(reading) == [("comment", "Sheet1!C2")]


def test_a_character_that_nobody_sees_parts_no_name() -> None:
    for letter in "\u200b\u200d\u2060\ufeff\u00ad":
        reading = read(with_value(2, 2, f"镇文{letter}化站"))

        assert allotments(reading)[1] == ("整理民歌曲谱", "牵:镇文化站 配:镇中学")
        assert not reading.findings


def test_a_struck_line_of_a_text_is_no_task() -> None:
    lines = (
        Paragraph("2026年工作要点分工", "P1"),
        Paragraph("1.修缮祠堂屋面。（镇文化站牵头，镇财政所配合）", "P2"),
        Paragraph("2.整理民歌曲谱。（镇文化站牵头，镇中学配合）", "P3", unstruck=""),
        Paragraph("3.疏浚镇区河道。（镇水利站牵头，镇城管办配合）", "P4"),
    )
    reading = read_plan(Source("docx", "分工.docx", lines))

    assert [text for text, _ in allotments(reading)] == ["修缮祠堂屋面。", "疏浚镇区河道。"]
    assert ("struck", "P3") in codes(reading)


def test_what_a_tracked_change_deleted_and_a_comment_on_a_paragraph_are_told() -> None:
    grid = replace(GRID, deleted={(1, 2): "镇司法所"})
    lines = (
        Paragraph("一、修渠。（镇水利站）", "P1", comment="改为疏浚"),
        Paragraph("二、造林。（镇林业站）", "P2", deleted="三千亩"),
    )

    assert codes(read(grid)) == [("deleted", "Sheet1!C2")]
    assert codes(read_plan(Source("docx", "2026年分工.docx", lines), year=2026)) == [
        ("comment", "P1"),
        ("deleted", "P2"),
    ]


def test_what_is_struck_in_a_line_names_nobody_and_is_told() -> None:
    lines = (
        Paragraph("2026年工作要点分工", "P1"),
        Paragraph(
            "1.修缮祠堂屋面。（镇文化站牵头，镇财政所、镇中学配合）",
            "P2",
            unstruck="1.修缮祠堂屋面。（镇文化站牵头，镇中学配合）",
        ),
        Paragraph("2.疏浚镇区河道。（镇水利站牵头，镇城管办配合）", "P3"),
    )
    reading = read_plan(Source("docx", "分工.docx", lines))

    assert allotments(reading)[0] == ("修缮祠堂屋面。", "牵:镇文化站 配:镇中学")
    (finding,) = [finding for finding in reading.findings if finding.code == "struck"]
    assert "“镇财政所、”" in finding.message
