"""Relatives of the report are drafts in 报告, in official layout, and never written over somebody's work."""

from __future__ import annotations

import pytest

from tests.files.check_official import check
from tests.steps.test_report import at
from tests.steps.test_report import editions
from tests.steps.test_report import root  # noqa: F401 - the drawn office, recorded in a ledger
from tracker.problems import Exit
from tracker.problems.filling import WhichUnit
from tracker.steps.reporting.relatives import Relative
from tracker.steps.reporting.relatives import write_relative

DAY = (12, 20)
NAMES = {
    Relative.OWN: "2018年政务公开工作要点自查报告（市财政局）.docx",
    Relative.CIRCULAR: "2018年政务公开工作要点情况通报.docx",
    Relative.PUBLIC: "2018年政务公开工作要点落实情况（公开版）.docx",
}


@pytest.mark.parametrize("which", Relative)
def test_each_is_one_official_document_and_freezes_what_the_office_sends(root, which):  # noqa: F811
    unit = "财政局" if which is Relative.OWN else ""

    answer = write_relative(at(DAY, root), which, unit=unit)

    assert answer.exit is Exit.DONE
    assert [each.name for each in (root / "报告").iterdir()] == [NAMES[which]]
    assert check((root / "报告" / NAMES[which]).read_bytes()) == []
    kept = [] if which is Relative.OWN else [f"{which.value.value}/P1"]
    assert [each.report for each in editions(root)[0]] == kept


def test_a_draft_that_a_clerk_has_worked_on_is_left_alone(root):  # noqa: F811
    write_relative(at(DAY, root), Relative.CIRCULAR)
    draft = root / "报告" / NAMES[Relative.CIRCULAR]
    draft.write_bytes(draft.read_bytes() + b"\0")
    theirs = draft.read_bytes()

    answer = write_relative(at(DAY, root), Relative.CIRCULAR)

    assert answer.exit is Exit.PARTLY
    assert draft.read_bytes() == theirs


def test_a_unit_that_nobody_knows_is_refused(root):  # noqa: F811
    with pytest.raises(WhichUnit):
        write_relative(at(DAY, root), Relative.OWN, unit="市海洋局")


def test_a_dry_run_writes_nothing(root):  # noqa: F811
    before = editions(root)

    write_relative(at(DAY, root, dry_run=True), Relative.PUBLIC)

    assert editions(root) == before
    assert not list((root / "报告").iterdir())
