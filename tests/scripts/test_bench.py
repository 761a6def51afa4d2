"""The bench measures what it says."""

from __future__ import annotations

import pytest

from scripts import bench
from scripts.bench import ROWS, Command, Measurement, Row, Usage
from scripts.bench_offices import KINDS, call, draw, fill
from tracker import facts
from tracker.steps.desk import open_desk
from tracker.steps.take_back import take_back

USAGE = Usage(2.0, 2.5, 50_000_000)


def test_every_command_works_in_an_office_that_can_be_drawn():
    assert {command.office for row in ROWS for command in row.commands.values()} - {""} <= KINDS.keys()


def test_a_further_file_costs_the_difference_of_both_by_the_difference_of_the_other():
    row = next(row for row in ROWS if row.name == "take-back")
    times = dict(zip(row.commands, (10.0, 6.0, 3.0, 2.0), strict=True))
    assert row.figure(times, 1.0) == 4.0


@pytest.mark.parametrize(
    ("figure", "at_most", "is_reached"), [(3, True, True), (5, True, False), (3, False, False)]
)
def test_a_figure_is_reached_on_its_own_side(figure, at_most, is_reached):
    row = Row("help", "this: that", {}, lambda times, size: 0, 4, at_most=at_most)
    assert Measurement(row, figure, {}).is_reached is is_reached


def test_the_page_keeps_rows_that_were_not_measured_and_says_what_stood_there_before(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "PAGE", tmp_path / "speed.md")
    bench.PAGE.write_text("# Speed\n", encoding="utf-8")
    commands = {"ours": Command("", ("-c", "pass"))}
    rows = [Row(name, "this: that", commands, lambda times, size: 0, 4) for name in ("help", "status")]
    bench.write("real", "first", [Measurement(row, 3, {"ours": USAGE}) for row in rows])
    bench.write("real", "second", [Measurement(rows[0], 5, {"ours": USAGE})])
    text = bench.PAGE.read_text(encoding="utf-8")
    assert "first" not in text and text.count("| status |") == 1
    assert "| help | this: that | 5 times (short) | at most 4 | 3 times | 2 | 2.5 | 50 |" in text


def test_at_double_size_a_row_is_compared_with_itself():
    row = bench.double(next(row for row in ROWS if row.name == "hand-out"))
    assert [command.size for command in row.commands.values()] == [1.0, 0.5]


def test_the_forms_that_are_filled_in_come_back_with_every_answer(tmp_path):
    root = tmp_path / "办公"
    draw(root, 4, 2, 2, forms=True)
    fill(root)

    take_back(call(root))

    with open_desk(call(root)) as desk:
        cells = [entry.fact for entry in desk.ledger.entries(facts.Cell) if entry.fact.value]
    # Four points, two units, four answers.
    assert {cell.field for cell in cells} == {"status", "progress", "problem", "done_on"}
    assert len(cells) == 4 * 2 * 4
