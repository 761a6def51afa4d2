"""Two plans of one title and one year are two plans in every file."""

from __future__ import annotations

from tests.support.recording import ROWS, call, enter, new_office, sheet_file
from tracker.rules.plans.editions import EditionKind
from tracker.steps.report import Relative, report, write_relative


def test_each_plan_writes_its_own_report_and_relatives_and_a_second_run_nothing_new(tmp_path):
    root = new_office(tmp_path)
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:3]), how=EditionKind.NEW)

    for day in (200, 200):
        whole = report(call(root, days=day))
        circular = write_relative(call(root, days=day), Relative.CIRCULAR)
        public = write_relative(call(root, days=day), Relative.PUBLIC)

    assert [one["name"] for one in whole.data["reports"]] == [
        "2026年营商环境落实情况报告",
        "2026年营商环境落实情况报告（P2）",
    ]
    names = sorted(path.name for path in (root / "报告").glob("*.docx"))
    assert names == [
        "2026年营商环境工作要点情况通报.docx",
        "2026年营商环境工作要点情况通报（P2）.docx",
        "2026年营商环境工作要点落实情况（公开版）.docx",
        "2026年营商环境工作要点落实情况（公开版）（P2）.docx",
        "2026年营商环境落实情况报告.docx",
        "2026年营商环境落实情况报告（P2）.docx",
    ]
    assert len(set(circular.data["files"])) == len(set(public.data["files"])) == 2
    assert any("没有变化" in line for line in whole.lines)
    assert not any("已生成" in line for line in whole.lines)
