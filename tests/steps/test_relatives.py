"""Relatives of the report are drafts in 报告, in official layout, and never written over somebody's work."""

from __future__ import annotations

import datetime as dt
import email
from email.policy import default

import pytest

from tests.support.check_official import check
from tests.support.mailbox import MAIL, MORNING, Clock, call, make_office
from tests.support.reporting import at, editions, report_office
from tests.support.servers import MailRoom
from tracker.problems.base import Exit
from tracker.problems.report import NotRecordedYet, QuarterNotBegun, WhichUnit
from tracker.steps.hand_out import hand_out
from tracker.steps.report import Relative, write_relative
from tracker.steps.send import send

DAY = (12, 20)
NAMES = {
    Relative.OWN: "2018年政务公开工作要点自查报告（市财政局）.docx",
    Relative.CIRCULAR: "2018年政务公开工作要点情况通报.docx",
    Relative.BRIEF: "2018年政务公开工作要点专报.docx",
    Relative.PUBLIC: "2018年政务公开工作要点落实情况（公开版）.docx",
}


@pytest.fixture
def root(tmp_path):
    return report_office(tmp_path)


@pytest.mark.parametrize("which", Relative)
def test_each_is_one_official_document_and_freezes_what_the_office_sends(root, which):
    unit = "财政局" if which is Relative.OWN else ""

    answer = write_relative(at(DAY, root), which, unit=unit)

    assert answer.exit is Exit.DONE
    assert [each.name for each in (root / "报告").iterdir()] == [NAMES[which]]
    assert check((root / "报告" / NAMES[which]).read_bytes()) == []
    kept = [] if which is Relative.OWN else [f"{which.value.value}/P1"]
    assert [each.report for each in editions(root)[0]] == kept


def test_a_draft_that_a_clerk_has_worked_on_is_left_alone(root):
    write_relative(at(DAY, root), Relative.CIRCULAR)
    draft = root / "报告" / NAMES[Relative.CIRCULAR]
    draft.write_bytes(draft.read_bytes() + b"\0")
    theirs = draft.read_bytes()

    answer = write_relative(at(DAY, root), Relative.CIRCULAR)

    assert answer.exit is Exit.PARTLY
    assert draft.read_bytes() == theirs


def test_a_unit_that_nobody_knows_is_refused(root):
    with pytest.raises(WhichUnit):
        write_relative(at(DAY, root), Relative.OWN, unit="市海洋局")


def test_a_dry_run_writes_nothing(root):
    before = editions(root)

    write_relative(at(DAY, root, dry_run=True), Relative.PUBLIC)

    assert editions(root) == before
    assert not list((root / "报告").iterdir())


def test_a_circular_of_a_quarter_is_frozen_and_the_next_says_what_changed(root):
    from tests.support.reporting import said
    from tracker.steps.publishing import DocumentKind
    from tracker.steps.report import why

    write_relative(at((12, 20), root), Relative.CIRCULAR, quarter=3)
    said(root, (12, 21), (("P1-006", "U5", "status", "R1"), "已完成"))

    answer = write_relative(at((12, 22), root), Relative.CIRCULAR, quarter=4)

    kept = editions(root)[0]
    assert [each.as_of.isoformat() for each in kept] == ["2018-09-30", "2018-12-22"]
    assert answer.data["editions"] == [{"plan": "P1", "n": 2, "new": True}]
    lines = why(at((12, 22), root), since=1, kind=DocumentKind.CIRCULAR).lines
    assert "与第1次情况通报（截至2018-09-30）相比" in lines[0]
    assert any("P1-006" in line and "年终填报表.xlsx 填报表!H7" in line for line in lines)
    assert why(at((12, 22), root), kind=DocumentKind.CIRCULAR).lines[0].endswith("0项有变化。")


def test_the_same_circular_again_is_the_same_edition(root):
    write_relative(at((12, 20), root), Relative.CIRCULAR, quarter=4)
    before = editions(root)

    write_relative(at((12, 20), root), Relative.CIRCULAR, quarter=4)

    assert editions(root) == before


def test_a_quarter_that_lies_ahead_is_refused(root):
    with pytest.raises(QuarterNotBegun):
        write_relative(at((9, 20), root), Relative.CIRCULAR, quarter=4)


def test_a_quarter_or_day_before_the_plan_was_recorded_is_refused_by_that_name(root):
    for quarter, as_of in ((1, None), (0, dt.date(2018, 2, 1))):
        with pytest.raises(NotRecordedYet, match="还没有登记《"):
            write_relative(at((12, 20), root), Relative.CIRCULAR, quarter=quarter, as_of=as_of)


def test_what_is_kept_out_is_said_to_the_clerk(root):
    from tests.support.reporting import said

    said(root, (12, 13), (("P1-003", "", "unpublished", ""), "是"))

    public = write_relative(at(DAY, root), Relative.PUBLIC)
    circular = write_relative(at(DAY, root), Relative.CIRCULAR)

    assert {"code": "unpublished", "wp": "P1-003"}.items() <= public.data["kept_out"][0].items()
    assert any("P1-003标注“不公开”" in line for line in public.lines)
    assert circular.data["kept_out"] == []


@pytest.fixture
def mail():
    with MailRoom() as room:
        yield room


def test_in_the_last_round_the_draft_of_a_units_own_report_goes_with_its_form(tmp_path, mail):
    root = make_office(tmp_path / "办公", {**MAIL, "mail_port": str(mail.port), "send_forms": "是"})
    # Tuesday 2018-11-20, in the last round.
    november = MORNING.replace(month=11, day=20)
    hand_out(call(root, november))

    send(call(root, november), clock=Clock(november), patience=0)

    attached = {
        recipients[0]: sorted(
            each.get_filename() for each in email.message_from_bytes(data, policy=default).iter_attachments()
        )
        for _, recipients, data in mail.kept
    }
    assert attached["u002@example.gov.cn"] == ["市司法局.xlsx", "市司法局自查报告（拟稿）.docx"]
    assert len(attached) == 5
