"""The report of the real plan with made-up returns: read by other eyes, figure by figure and page by page."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.support.check_official import check
from tests.support.check_report import chapters, check_numbers, paragraphs
from tests.support.seed_year import LAST, call, make_seed_year
from tracker.problems.base import Exit
from tracker.steps.report import Relative, report, write_relative

NAME = "2018年政务公开落实情况报告"


@pytest.fixture(scope="module")
def folder(shared, tmp_path_factory):
    root = make_seed_year(tmp_path_factory.mktemp("seed") / "办公", shared)
    assert report(call(root, LAST)).exit is Exit.DONE
    return root


def test_every_figure_is_that_of_the_workbook_and_the_layout_is_official(folder):
    docx = (folder / "报告" / f"{NAME}.docx").read_bytes()

    assert check_numbers(docx, (folder / "报告" / f"{NAME}.xlsx").read_bytes()) == []
    assert check(docx) == []


def test_every_task_of_the_plan_stands_in_the_body_in_plan_order(folder):
    _, items, *_ = chapters(paragraphs((folder / "报告" / f"{NAME}.docx").read_bytes()))

    heads = [line for line in items if re.match(r"（[一二三四]）[^。]*$|\d+\.", line)]
    assert [len([each for each in heads if each.startswith("（")]), len(heads)] == [4, 4 + 13]


def test_nothing_is_numbered_alone_and_no_bracket_stands_in_one_of_its_kind(folder):
    lines = paragraphs((folder / "报告" / f"{NAME}.docx").read_bytes())

    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("（1）") and after.startswith(("（一", "（二", "（三", "（四", "一、", "二、")):
            pytest.fail(f"alone: {line}")
    for line in lines:
        assert not re.search(r"（[^（）]*牵头[^（）]*（", line), line


@pytest.mark.parametrize("which", [Relative.CIRCULAR, Relative.PUBLIC])
def test_its_relatives_are_official_documents(folder, which):
    answer = write_relative(call(folder, LAST), which, quarter=4 if which is Relative.CIRCULAR else 0)

    [path] = answer.data["files"]
    assert check((folder / path).read_bytes()) == []


def test_the_body_keeps_its_eight_pages_on_paper(folder, printed):
    pdf = printed((folder / "报告" / f"{NAME}.docx").read_bytes(), "报告.docx")

    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout
    pages = text.decode("utf-8").split("\f")
    first = next(n for n, page in enumerate(pages) if re.search(r"^\s*附件 ?1\s*$", page, re.MULTILINE))
    assert first <= 8
