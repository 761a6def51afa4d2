"""`tracker units`."""

from tests.support.year import call, make_year
from tracker.steps.units import units


def test_every_unit_that_answers_for_something_stands_with_its_number(tmp_path):
    make_year(tmp_path / "办公")

    result = units(call(tmp_path / "办公"))

    assert result.data["units"]
    assert len(result.lines) == len(result.data["units"])
