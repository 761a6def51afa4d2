"""As many shortcomings as items: every annex is there, nobody waits, every figure is read back."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import ItemsView
from typing import Any

from tests.support.check_report import check_numbers
from tests.support.many import many_items, report_on
from tests.support.summaries import SAY, summary_of
from tests.support.work import calls_of
from tracker.outline import Letterhead
from tracker.rules.board import page_of
from tracker.rules.report.review import material_of
from tracker.rules.report.year_report import write_report

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


def test_a_report_that_has_to_fit_its_pages_says_everything_once():
    entries: Counter[str] = Counter()

    def say(entry: str, /, **facts: Any) -> str:
        entries[entry] += 1
        return SAY(entry, **facts)

    draft = write_report(summary_of(many_items(MANY)), say, Letterhead(pages=2))

    assert len(draft.detail.point_ids) < len(draft.sentences) == MANY
    assert sum(count for entry, count in entries.items() if entry.startswith("sentence.")) <= MANY
    assert entries["opening"] == entries["head.problems"] == 1


class Walks(dict[Any, Any]):
    """Cells that count how often somebody walks all of them."""

    count = 0

    def items(self) -> ItemsView[Any, Any]:
        self.count += 1
        return super().items()


def test_the_material_walks_all_cells_once_however_many_items_there_are():
    for count in (8, 80):
        office = many_items(count)
        cells = Walks(office.cells)
        sentences = {point.id: "" for point in office.plans["P1"].points}

        material = material_of(summary_of(office), dataclasses.replace(office, cells=cells), sentences)

        assert len(material.rows) == count
        assert cells.count == 1


def test_above_five_hundred_items_the_first_annex_leaves_what_was_done_to_the_workbook():
    _, document, docx, xlsx = report_on(501)
    _, shorter, *_ = report_on(500)

    labels, whole = ([c.label for c in each.attachments[0].blocks[0].columns] for each in (document, shorter))
    assert [label for label in whole if label not in labels] == ["落实情况"]
    assert check_numbers(docx, xlsx) == []


def test_what_many_units_wrote_is_an_annex_of_its_own_those_alike_together():
    summary, document, docx, xlsx = report_on(40, units=120)

    of_many = [line for line in page_of(summary, "进展").items if len(line.units) == 120]
    assert [line.text for line in of_many] == [
        "120个单位报送了进展，其中120个已完成，见工作台账“各单位进展”。"
    ] * 2
    assert all(len(line.others) < 150 for line in of_many)
    (annex,) = [each for each in document.attachments if each.title == "各单位落实情况"]
    (table,) = annex.blocks
    assert len(table.rows) == 2 * 60
    assert all(len(row[2]) < 30 * 10 for row in table.rows)
    assert check_numbers(docx, xlsx) == []
