"""`tracker status --html`: the page as the year stands, and no trace in the ledger."""

from __future__ import annotations

import pytest

from tests.steps.test_report import at
from tests.steps.test_report import editions
from tests.steps.test_report import root
from tests.steps.test_report import written
from tracker.cli import main
from tracker.files.folders import make_office
from tracker.problems import Exit
from tracker.problems.reporting import NothingToReport
from tracker.steps.reporting.board import board

__all__ = ["root"]


def test_the_page_is_written_and_nothing_is_recorded(root):
    before = editions(root)

    answer = board(at((12, 20), root))

    assert list(written(root)) == ["一页看板-P1.html"]
    assert editions(root) == before
    assert answer.data["pages"] == ["报告/一页看板-P1.html"]
    once = written(root)
    board(at((12, 20), root))
    assert written(root) == once


def test_the_command_line_knows_the_word(root, capsys):
    assert main(["status", "--html", "--office", str(root), "--now", "2018-12-20"]) is Exit.DONE
    assert "一页看板-P1.html" in capsys.readouterr().out


def test_an_office_without_a_plan_is_told(tmp_path):
    folder = make_office(tmp_path / "空", now=at((5, 4), tmp_path).now)

    with pytest.raises(NothingToReport):
        board(at((12, 20), folder.root))
