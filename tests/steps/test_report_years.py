"""The report of made-up years with texts that nobody would type on purpose; `tests/soaks/report.py` small."""

from __future__ import annotations

import random

import pytest

from tests.soaks import report as soak


@pytest.mark.parametrize("seed", range(6))
def test_a_made_up_year_has_no_fault(seed):
    assert soak.faults(random.Random(seed)) == []


def test_a_number_that_nothing_counts_is_a_fault(monkeypatch):
    whole = soak.write_report

    def invented(*given, **more):
        import dataclasses

        draft = whole(*given, **more)
        blocks = (*draft.document.blocks, soak.Text("共9999项。"))
        return dataclasses.replace(draft, document=dataclasses.replace(draft.document, blocks=blocks))

    monkeypatch.setattr(soak, "write_report", invented)

    assert "no row counts 9999" in soak.faults(random.Random(1))
