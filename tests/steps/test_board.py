"""`tracker status --html`: the page as the year stands, and no trace in the ledger."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.support.reporting import at, editions, report_office, written
from tracker.cli.commandline import main
from tracker.files import programs
from tracker.files.folders import make_office
from tracker.problems.base import Exit
from tracker.problems.report import NothingToReport
from tracker.steps.board import board


@pytest.fixture
def root(tmp_path):
    return report_office(tmp_path)


def test_the_page_and_its_charts_are_written_and_nothing_is_recorded(root):
    before = editions(root)

    answer = board(at((12, 20), root))

    assert sorted(written(root)) == ["一页看板-P1.html", "图表.xlsx"]
    assert editions(root) == before
    assert answer.data["pages"] == ["报告/一页看板-P1.html"]
    once = written(root)
    board(at((12, 20), root))
    assert written(root) == once


def test_the_page_says_when_the_ledger_last_changed(root):
    board(at((12, 20), root))

    assert "台账最近一次更新：2018-" in written(root)["一页看板-P1.html"].decode("utf-8")


def test_the_command_line_knows_the_words(root, capsys):
    assert main(["status", "--html", "--office", str(root), "--now", "2018-12-20"]) is Exit.DONE
    assert "一页看板-P1.html" in capsys.readouterr().out
    assert main(["status", "--a4", "--dry-run", "--office", str(root), "--now", "2018-12-20"]) is Exit.DONE
    assert "将生成 报告/一页看板-P1.pdf" in capsys.readouterr().out


def test_charts_that_somebody_worked_on_are_left_alone(root):
    board(at((12, 20), root))
    target = root / "报告" / "图表.xlsx"
    book, buffer = openpyxl.load_workbook(target), io.BytesIO()
    book["完成情况"]["A12"] = "李科长批注"
    book.save(buffer)
    target.write_bytes(buffer.getvalue())

    answer = board(at((12, 20), root))

    assert target.read_bytes() == buffer.getvalue()
    assert answer.exit is Exit.PARTLY
    assert any("图表.xlsx 被人修改过，没有覆盖" in line for line in answer.lines)
    assert len(written(root)) == 3


def test_where_nothing_can_print_a_sentence_says_what_to_do(root, monkeypatch):
    monkeypatch.setattr(programs, "find_libreoffice", lambda: "")
    monkeypatch.setattr(programs, "find_browser", lambda: "")

    answer = board(at((12, 20), root), sheet=True)

    assert answer.exit is Exit.DONE
    assert "打印一页（A4）" in answer.lines[-1]
    assert not [name for name in written(root) if name.endswith((".pdf", ".png"))]


def test_where_printing_fails_that_is_said_and_the_rest_is_there(root, monkeypatch, tmp_path):
    monkeypatch.setattr(programs, "find_libreoffice", lambda: str(tmp_path / "no such program"))
    monkeypatch.setattr(programs, "find_browser", lambda: "")

    answer = board(at((12, 20), root), sheet=True)

    assert answer.exit is Exit.PARTLY
    assert "没有生成 一页看板-P1.pdf 和图片：LibreOffice" in answer.lines[-1]
    assert "一页看板-P1.html" in written(root)


def test_the_sheet_and_its_picture_lie_beside_the_page(root, soffice):
    answer = board(at((12, 20), root), sheet=True)

    assert answer.exit is Exit.DONE
    files = written(root)
    assert files["一页看板-P1.pdf"].startswith(b"%PDF")
    assert files["一页看板-P1.png"].startswith(b"\x89PNG")
    board(at((12, 20), root), sheet=True)
    assert written(root) == files


def test_an_office_without_a_plan_is_told(tmp_path):
    folder = make_office(tmp_path / "空", now=at((5, 4), tmp_path).now)

    with pytest.raises(NothingToReport):
        board(at((12, 20), folder.root))
