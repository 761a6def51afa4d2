"""A file that nobody should open in the place of a workbook harms only itself: the soak of all of them at a small size."""

from __future__ import annotations

import pytest

from tests.soaks.entrances import ENTRANCES, faults_of, office
from tests.support.hostile import HOSTILE

CASES = [case for case in HOSTILE if case.what in ("a billion laughs", "a quotation that never ends")]


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    return office(tmp_path_factory.mktemp("样本") / "办公")


@pytest.mark.parametrize("name", ENTRANCES)
def test_a_hostile_file_at_an_entrance_is_named_and_harms_nothing_else(master, tmp_path, name):
    path, verb = ENTRANCES[name]

    faults = {
        case.what: list(faults_of(tmp_path / "办公", master, case, case.draw(), path, verb)) for case in CASES
    }

    assert faults == {case.what: [] for case in CASES}
