"""As many shortcomings as items: every annex is there, nobody waits, every figure is read back."""

from __future__ import annotations

from tests.support.check_report import check_numbers
from tests.support.many import report_on
from tests.support.work import calls_of

MANY = 400


def test_a_report_on_many_items_has_every_annex_and_every_figure():
    summary, document, docx, xlsx = report_on(MANY)

    open_ = len(summary.figures["open"].rows)
    assert [len(each.blocks[0].rows) for each in document.attachments] == [MANY, open_, MANY]
    assert open_ > MANY / 2
    assert check_numbers(docx, xlsx) == []


def test_four_times_the_items_are_about_four_times_the_work():
    report_on(8)  # the first report pays for the imports

    assert calls_of(lambda: report_on(160)) < 5 * calls_of(lambda: report_on(40))
