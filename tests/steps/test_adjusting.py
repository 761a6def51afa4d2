"""台账/事项调整.xlsx: what was granted counts once, what was not does not, and nothing is lost in between."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.support.year import call, ledger_of, make_year
from tracker import facts
from tracker.rules.progress.standing import standings
from tracker.settings import Day
from tracker.steps.adjustments import NAME
from tracker.steps.call import CHINA
from tracker.steps.chase import chase
from tracker.steps.sync import sync
from tracker.workdays import Calendar

TODAY = dt.datetime(2018, 12, 3, 9, tzinfo=CHINA)
HEAD = (
    "编号",
    "事项编号",
    "申请单位",
    "申请日期",
    "调整类别",
    "新期限",
    "理由及进展",
    "审批意见",
    "审批人",
    "审批日期",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_year(tmp_path, points=3)
    sync(call(root, TODAY))
    return root


def ask(root: Path, *rows: dict[str, object]) -> None:
    """Type the rows below the last one."""
    path = root / NAME
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for row in rows:
        page.append([row.get(label) for label in HEAD])
    book.save(path)


def retype(root: Path, row: int, **cells: object) -> None:
    path = root / NAME
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for label, value in cells.items():
        page.cell(4 + row, HEAD.index(label) + 1).value = value
    book.save(path)


def typed(root: Path) -> list[list[object]]:
    page = openpyxl.load_workbook(root / NAME).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=5) if row[1].value]


def state(root: Path, wp: str = "P1-001"):
    with ledger_of(root) as ledger:
        office = ledger.office()
        points = office.plans["P1"].points
        return standings(office, points, Day(dt.date(2018, 12, 31), Calendar()))[wp]


def events(root: Path) -> list[facts.Event]:
    with ledger_of(root) as ledger:
        return [each.fact for each in ledger.entries(facts.Event)]


LATER = {
    "事项编号": "P1-001",
    "调整类别": "延期",
    "新期限": "2019-03-29",
    "理由及进展": "招标推迟",
    "审批人": "王敏",
}
GRANTED = {**LATER, "审批意见": "同意", "审批日期": "2018-12-01"}


def test_an_empty_workbook_is_laid_out_for_the_office(root):
    assert (root / NAME).exists()
    assert typed(root) == []


def test_a_request_counts_when_it_is_granted_and_not_before(root):
    ask(root, LATER)
    sync(call(root, TODAY))
    assert not state(root).is_extended

    retype(root, 1, 审批意见="同意")
    sync(call(root, TODAY))

    assert state(root).due == dt.date(2019, 3, 29)


def test_the_fact_knows_who_granted_it_and_in_which_cell(root):
    ask(root, GRANTED)
    sync(call(root, TODAY))

    with ledger_of(root) as ledger:
        [entry] = ledger.entries(facts.Event)
        assert entry.place == "事项调整!H5"
        assert entry.file in ledger.office().files
    assert entry.fact.at == dt.date(2018, 12, 1)
    assert '"by": "王敏"' in entry.fact.data
    assert '"reason": "招标推迟"' in entry.fact.data


def test_read_again_or_sorted_or_by_another_verb_it_is_recorded_once(root):
    ask(root, GRANTED, {**GRANTED, "事项编号": "P1-002", "调整类别": "销号"})
    sync(call(root, TODAY))
    assert [row[0] for row in typed(root)] == ["1", "2"]

    first, second = typed(root)
    for column, label in enumerate(HEAD):
        retype(root, 1, **{label: second[column]})
        retype(root, 2, **{label: first[column]})
    chase(call(root, TODAY))
    sync(call(root, TODAY))

    assert len(events(root)) == 2


def test_killed_before_its_number_was_written_it_is_still_recorded_once(root):
    ask(root, GRANTED)
    before = (root / NAME).read_bytes()
    sync(call(root, TODAY))
    (root / NAME).write_bytes(before)

    sync(call(root, TODAY))

    assert len(events(root)) == 1
    assert [row[0] for row in typed(root)] == ["1"]


def test_while_the_workbook_is_open_it_counts_and_is_not_touched(root, owner_file):
    ask(root, GRANTED)
    before = (root / NAME).read_bytes()
    owner_file(root / "台账" / "~$事项调整.xlsx")

    sync(call(root, TODAY))

    assert state(root).is_extended
    assert (root / NAME).read_bytes() == before
    assert list((root / "台账").glob("事项调整（新版*")) == []


def test_a_corrected_day_replaces_the_first_and_never_a_later_request(root):
    ask(root, GRANTED)
    sync(call(root, TODAY))
    retype(root, 1, 新期限="2019-04-30")
    sync(call(root, TODAY))
    assert state(root).due == dt.date(2019, 4, 30)

    ask(root, {**GRANTED, "新期限": "2019-06-28"})
    sync(call(root, TODAY))
    retype(root, 1, 新期限="2019-05-10")
    sync(call(root, TODAY))

    assert state(root).due == dt.date(2019, 6, 28)


@pytest.mark.parametrize("word", ["撤回", "不同意"])
def test_what_is_taken_back_does_not_count_and_can_be_granted_again(root, word):
    ask(root, GRANTED, {**GRANTED, "事项编号": "P1-002", "调整类别": "销号"})
    sync(call(root, TODAY))
    assert state(root, "P1-002").done
    for row in (1, 2):
        retype(root, row, 审批意见=word)
    sync(call(root, TODAY))
    assert (state(root).is_extended, state(root, "P1-002").done) == (False, False)

    for row in (1, 2):
        retype(root, row, 审批意见="同意")
    sync(call(root, TODAY))

    assert (state(root).is_extended, state(root, "P1-002").done) == (True, True)


def test_an_emptied_verdict_and_a_row_that_is_gone_are_no_statement(root):
    ask(root, GRANTED)
    sync(call(root, TODAY))
    retype(root, 1, 审批意见=None)
    sync(call(root, TODAY))
    assert state(root).is_extended

    retype(root, 1, **dict.fromkeys(HEAD))
    sync(call(root, TODAY))

    assert state(root).is_extended


def test_what_is_stopped_is_not_counted_and_the_ledger_workbook_says_so(root):
    ask(root, {**GRANTED, "调整类别": "终止"})

    sync(call(root, TODAY))

    assert not state(root).is_counted
    page = openpyxl.load_workbook(root / "台账" / "工作台账.xlsx").worksheets[0]
    assert "已调整" in [cell.value for row in page.iter_rows() for cell in row]

    ask(root, {**GRANTED, "调整类别": "恢复"})
    sync(call(root, TODAY))
    assert state(root).is_counted


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({**GRANTED, "事项编号": "P9-001"}, "adjustment-unknown"),
        ({**GRANTED, "调整类别": "缓办"}, "adjustment-kind"),
        ({**GRANTED, "审批意见": "拟同意"}, "adjustment-verdict"),
        ({**GRANTED, "新期限": "明年三月"}, "adjustment-day"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_at_its_cell_and_not_recorded(root, row, code):
    ask(root, row)

    answer = sync(call(root, TODAY))

    assert [each["code"] for each in answer.data["findings"]] == [code]
    assert answer.data["findings"][0]["place"].startswith("事项调整!")
    assert events(root) == []


def test_an_extension_asked_for_after_the_day_is_recorded_and_told(root):
    ask(root, {**GRANTED, "申请日期": "2019-01-05"})

    answer = sync(call(root, dt.datetime(2019, 1, 7, 9, tzinfo=CHINA)))

    assert [each["code"] for each in answer.data["findings"]] == ["extension-asked-late"]
    assert state(root).is_extended


def test_a_dry_run_decides_with_it_and_records_nothing(root):
    ask(root, {**GRANTED, "新期限": "2018-12-05"})

    said = chase(call(root, TODAY, dry_run=True))

    due = [each["why"] for each in said.data["why"] if each["subject"] == "P1-001"]
    assert "2018-12-05" in due[0]
    assert events(root) == []


# What people do to the workbook.


def spoil(root: Path, how) -> None:
    book = openpyxl.load_workbook(root / NAME)
    how(book.worksheets[0])
    book.save(root / NAME)


@pytest.mark.parametrize(
    "how",
    [
        lambda page: page.insert_cols(3),
        lambda page: page.insert_rows(1, 2),
        lambda page: setattr(page, "title", "延期申请"),
        lambda page: page.__setitem__("H4", "审批\n意见*"),
        lambda page: page.__setitem__("F4", "延期至"),
        lambda page: page.__setitem__("B5", "ｐ１－００１"),
        lambda page: page.__setitem__("B5", "P1-1"),
        lambda page: page.row_dimensions.__getitem__(5).__setattr__("hidden", True),
    ],
    ids=["a column more", "rows more", "sheet name", "head", "other head", "wide id", "short id", "filtered"],
)
def test_a_workbook_that_was_worked_in_is_understood(root, how):
    ask(root, GRANTED)
    spoil(root, how)

    answer = sync(call(root, TODAY))

    assert answer.data["findings"] == []
    assert state(root).due == dt.date(2019, 3, 29)


@pytest.mark.parametrize("label", ["编号", "事项编号", "调整类别", "审批意见"])
def test_without_a_column_that_it_needs_it_is_refused_by_name_and_not_touched(root, label):
    ask(root, GRANTED)
    spoil(root, lambda page: page.cell(4, HEAD.index(label) + 1, "别的"))
    before = (root / NAME).read_bytes()

    answer = sync(call(root, TODAY))

    assert [each["code"] for each in answer.data["findings"]] == ["list-spoiled"]
    assert f"“{label}”" in answer.data["findings"][0]["message"]
    assert (root / NAME).read_bytes() == before
    assert events(root) == []


def test_a_column_that_is_gone_is_told(root):
    ask(root, {**GRANTED, "调整类别": "销号"})
    spoil(root, lambda page: page.cell(4, HEAD.index("审批日期") + 1, "别的"))

    answer = sync(call(root, TODAY))

    assert [each["code"] for each in answer.data["findings"]] == ["list-column-gone"]
    assert [each.at for each in events(root)] == [TODAY.date()]


def test_a_row_that_was_pasted_twice_is_one_request(root):
    ask(root, GRANTED, GRANTED)

    first = sync(call(root, TODAY))
    again = sync(call(root, TODAY))

    assert [(each["code"], each["place"]) for each in first.data["findings"]] == [
        ("list-row-again", "事项调整!H6")
    ]
    assert again.data["findings"] == first.data["findings"]
    assert len(events(root)) == 1


def test_a_request_without_the_number_of_its_point_is_told(root):
    ask(root, {**GRANTED, "事项编号": None})

    answer = sync(call(root, TODAY))

    assert [(each["code"], each["place"]) for each in answer.data["findings"]] == [
        ("list-row-without-id", "事项调整!B5")
    ]


# For one unit of several.


def own_day(root: Path) -> dict[str, dt.date]:
    return {each.unit: each.due for each in state(root).units}


def type_only(root: Path, row: int, name: str | None) -> None:
    spoil(root, lambda page: page.cell(4 + row, len(HEAD) + 1, name))


@pytest.mark.parametrize("name", ["市教育局", " 市教育局 ；", "市教育局、市教育局"])
def test_an_extension_for_one_unit_moves_its_day_alone(root, name):
    ask(root, GRANTED)
    type_only(root, 1, name)

    answer = sync(call(root, TODAY))
    sync(call(root, TODAY))

    assert answer.data["findings"] == []
    assert own_day(root) == {"U001": dt.date(2019, 3, 29), "U002": dt.date(2018, 12, 31)}
    assert len(events(root)) == 1


@pytest.mark.parametrize(
    ("row", "name", "code"),
    [
        (GRANTED, "市审计局", "adjustment-unit"),
        (GRANTED, "市教育局、教育", "adjustment-unit"),
        ({**GRANTED, "调整类别": "销号"}, "市教育局", "adjustment-whole"),
    ],
    ids=["another unit", "an unknown name", "not an extension"],
)
def test_a_unit_that_it_cannot_be_for_is_told_and_moves_nothing(root, row, name, code):
    ask(root, row)
    type_only(root, 1, name)

    answer = sync(call(root, TODAY))

    assert [each["code"] for each in answer.data["findings"]] == [code]
    assert events(root) == []


def test_a_unit_that_is_added_later_corrects_the_same_request(root):
    ask(root, GRANTED)
    sync(call(root, TODAY))
    type_only(root, 1, "市教育局")

    sync(call(root, TODAY))

    assert own_day(root) == {"U001": dt.date(2019, 3, 29), "U002": dt.date(2018, 12, 31)}


def test_a_workbook_of_an_earlier_version_has_no_such_column_and_means_everybody(root):
    ask(root, GRANTED)
    spoil(root, lambda page: page.delete_cols(len(HEAD) + 1))

    answer = sync(call(root, TODAY))

    assert answer.data["findings"] == []
    assert set(own_day(root).values()) == {dt.date(2019, 3, 29)}


# Asked for, and not decided yet.

JANUARY = dt.datetime(2019, 1, 7, 9, tzinfo=CHINA)


def chased(root: Path, now: dt.datetime = JANUARY) -> dict[str, str]:
    said = chase(call(root, now))
    return {each["subject"]: each["kind"] for each in said.data["why"]}


def test_a_request_made_in_time_holds_the_slip_until_it_is_decided(root):
    ask(root, {**LATER, "申请日期": "2018-12-20"})
    sync(call(root, TODAY))
    before = len(events(root))
    assert chased(root)["P1-001"] == "asked"
    assert len(events(root)) == before

    retype(root, 1, 审批意见="不同意")

    assert chased(root)["P1-001"] == "due"


def test_a_request_that_is_taken_out_of_the_sheet_holds_nothing_any_more(root):
    ask(root, {**LATER, "申请日期": "2018-12-20"})
    assert chased(root, TODAY)["P1-001"] != "due"
    retype(root, 1, **dict.fromkeys(HEAD))

    assert chased(root)["P1-001"] == "due"


def test_a_request_is_recorded_once_though_its_number_could_not_be_written(root, owner_file):
    ask(root, {**LATER, "申请日期": "2018-12-20"})
    owner_file(root / "台账" / "~$事项调整.xlsx")

    for _ in range(2):
        sync(call(root, TODAY))

    assert [each.kind for each in events(root)] == ["asked"]


def test_how_a_word_and_a_day_were_understood_is_told_once_when_the_row_is_recorded(root):
    ask(root, {**GRANTED, "新期限": "19.3.29", "审批意见": "批准"})

    first, second = (sync(call(root, TODAY)).data["findings"] for _ in range(2))

    notes = [(each["place"], each["message"]) for each in first if each["code"] == "read-as"]
    assert [place for place, _ in notes] == ["事项调整!H5", "事项调整!F5"]
    assert "同意" in notes[0][1] and "2019-03-29" in notes[1][1]
    assert state(root).is_extended
    assert "read-as" not in {each["code"] for each in second}
