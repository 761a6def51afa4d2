"""The offices that speed is measured on are offices of today: their forms are taken back whole."""

from __future__ import annotations

from scripts.bench_offices import call, draw, fill
from tracker import facts
from tracker.steps.desk import open_desk
from tracker.steps.take_back import take_back


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
