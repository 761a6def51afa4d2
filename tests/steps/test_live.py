"""A workbook that is open in Excel is no obstacle: what it shows is read, and what is new is written into it.

Every scenario runs twice, over a file that was saved and over one that is open and was not: both leave the same facts and
the same cells.
"""

from __future__ import annotations

import datetime as dt
import shutil

import openpyxl
import pytest

from tests.support.excel import opened, xlwings
from tests.support.syncing import LATER, POINTS, PROGRESS, book
from tests.support.year import add_point, call, fill, form_of, ledger_of, make_year
from tracker import facts
from tracker.files import live
from tracker.problems.base import Exit
from tracker.steps.chase import chase
from tracker.steps.hand_out import hand_out
from tracker.steps.settle import settle
from tracker.steps.sync import sync
from tracker.steps.take_back import take_back


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(live, "WAITS", (0.0,) * 8)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    root = tmp_path_factory.mktemp("一年") / "办公"
    make_year(root)
    hand_out(call(root))
    sync(call(root))
    return root


@pytest.fixture
def root(office, tmp_path):
    return shutil.copytree(office, tmp_path / "办公")


def cells(file):
    """What every cell holds, and its format; that a text is told in a cell of 文本 is all that may differ."""
    return {
        (page.title, cell.coordinate): (
            cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value,
            cell.fill.fgColor.rgb,
        )
        for page in file.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def statements(root):
    """What the ledger knows, without the hashes of files."""
    with ledger_of(root) as ledger:
        state = ledger.office()
    return (
        {key: (cell.value, cell.origin) for key, cell in state.cells.items()},
        {(c.subject, c.unit, c.field, c.ours, c.theirs) for c in state.conflicts.values()},
        {(d.document, d.state, d.on, d.number) for d in state.documents.values()},
    )


def find(file, sheet, key, label):
    page = file[sheet]
    head = next(row for row in page.iter_rows() if "事项编号" in [cell.value for cell in row])
    column = next(cell.column for cell in head if cell.value == label)
    return next(page.cell(row[0].row, column) for row in page.iter_rows() if row[0].value == key)


def both_ways(root, tmp_path, path, edit, step):
    """Run a step over the edited file and over the open book; give both offices, the open book, and both results."""
    other = shutil.copytree(root, tmp_path / "另一个")
    file = openpyxl.load_workbook(path(root))
    edit(file)
    file.save(path(root))
    with opened(path(other)) as excel:
        edit(excel.wb)
        on_disk = path(other).read_bytes()
        results = step(root), step(other)
        assert path(other).read_bytes() == on_disk  # nobody saves but the person
    return other, excel, results


def answer_of_the_office(file):
    find(file, POINTS, "P1-001", "认定状态").value = "已完成"
    find(file, POINTS, "P1-001", "核定表述").value = "全部办结，\n印发文件3份。"
    find(file, PROGRESS, "P1-002|U003", "进展情况").value = "电话：已开会"


def sorted_rows(file):
    page = file[POINTS]
    rows = [[cell.value for cell in row] for row in page["A4:S9"]]
    for target, values in zip(page["A4:S9"], reversed(rows), strict=True):
        for cell, value in zip(target, values, strict=True):
            cell.value = value
    find(file, POINTS, "P1-005", "备注").value = "排过序"


def own_things(file):
    page = file[POINTS]
    page["X3"], page["X4"], page["A20"] = "本办自己的一栏", dt.datetime(2018, 9, 4), "自己写的一行"
    page["E4"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF00")
    file.create_sheet("统计")["A1"] = "自己的表"
    find(file, POINTS, "P1-002", "认定状态").value = "已完成"


def spoiled_cells(file):
    find(file, POINTS, "P1-001", "认定状态").value = "差不多了"
    find(file, POINTS, "P1-003", "具体要求").value = "改写了要求"
    find(file, PROGRESS, "P1-001|U001", "完成日期").value = dt.datetime(2018, 9, 2)


def deleted_row(file):
    file[POINTS].delete_rows(5)
    table = file[POINTS].tables[POINTS]
    table.ref = table.autoFilter.ref = f"{table.ref.rstrip('0123456789')}8"


def nothing(file):
    return None


SCENARIOS = [answer_of_the_office, sorted_rows, own_things, spoiled_cells, deleted_row, nothing]


@pytest.mark.parametrize("edit", SCENARIOS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("has_news", [False, True], ids=["quiet", "with_news"])
def test_a_ledger_book_that_is_open_and_one_that_was_saved_give_equal_facts_and_cells(
    root, tmp_path, edit, has_news
):
    if has_news:
        with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=LATER) as act:
            add_point(act, "P1", 9, ("U003", "U004"))
            act.add(facts.Cell("P1-004", "", "wording", "", "=1+1", "office", 0))
        fill(form_of(root, "市司法局"), {"P1-001": {"进展情况": "单位写的"}}, root / "各单位报送" / "a.xlsx")
        take_back(call(root, LATER))

    other, excel, results = both_ways(root, tmp_path, book, edit, lambda at: sync(call(at, LATER)))

    assert statements(root) == statements(other)
    assert cells(excel.wb) == cells(openpyxl.load_workbook(book(root)))
    assert [f["code"] for f in results[0].data["findings"]] == [
        f["code"] for f in results[1].data["findings"]
    ]
    assert results[0].data["applied"] == results[1].data["applied"]
    assert set(excel.calls.values()) <= {1}  # nothing is written twice
    tables = openpyxl.load_workbook(book(root))[POINTS].tables
    assert excel.wb[POINTS].tables[POINTS].ref == tables[POINTS].ref


def test_the_next_sync_over_the_open_book_finds_nothing_to_do(root, tmp_path):
    with opened(book(root)) as excel:
        answer_of_the_office(excel.wb)
        first = sync(call(root, LATER))
        excel.calls.clear()
        second = sync(call(root, LATER))

    assert (first.data["state"], first.exit) == ("live", Exit.DONE)
    assert (second.data["state"], second.data["applied"], dict(excel.calls)) == ("unchanged", 0, {})
    assert any("撤销" in line and "未保存" in line for line in first.lines)
    assert any("请记得保存" in line for line in second.lines)


@pytest.mark.parametrize("is_saved", [True, False])
def test_whether_the_person_saves_or_not_the_file_is_joined_as_ever(root, is_saved):
    with opened(book(root)) as excel:
        answer_of_the_office(excel.wb)
        sync(call(root, LATER))
        if is_saved:
            excel.save()
    known = statements(root)

    result = sync(call(root, LATER))

    assert statements(root) == known
    assert result.data["conflicts"] == 0
    assert result.data["state"] == ("unchanged" if is_saved else "written")
    file = openpyxl.load_workbook(book(root))
    assert find(file, POINTS, "P1-001", "认定状态").value == "已完成"


def test_a_cell_that_is_being_edited_is_waited_for(root):
    with opened(book(root)) as excel:
        answer_of_the_office(excel.wb)
        excel.busy = 7
        result = sync(call(root, LATER))

    assert (result.data["state"], result.data["applied"]) == ("live", 3)


def test_a_cell_that_is_edited_for_an_hour_leaves_the_book_alone_and_says_so(root):
    with opened(book(root)) as excel:
        answer_of_the_office(excel.wb)
        excel.busy = 10_000
        result = sync(call(root, LATER))

    assert (result.data["applied"], excel.calls.total()) == (0, 0)
    assert result.data["state"] == "unchanged"


@pytest.mark.parametrize("kind", ["value", "insert", "resize"])
@pytest.mark.parametrize("harm", ["lose", "twice"])
def test_a_write_that_is_lost_is_told_and_completed_by_the_next_run(root, kind, harm):
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=LATER) as act:
        add_point(act, "P1", 9, ("U003", "U004"))
    with opened(book(root)) as excel:
        getattr(excel, harm).add(kind)
        result = sync(call(root, LATER))
        excel.lose, excel.twice = set(), set()
        sync(call(root, LATER))

    is_told = (harm, kind) == ("lose", "value")
    assert (result.data["state"] == "waiting", result.exit is Exit.PARTLY) == (is_told, is_told)
    if is_told:
        assert any("没有写成" in line for line in result.lines)
    assert find(excel.wb, POINTS, "P1-007", "具体要求").value == "完成第10件公开工作"


def test_what_is_typed_while_a_step_runs_is_not_overwritten(root, monkeypatch):
    pages, seen = live._OpenBook.pages, []

    def typing(self):
        seen.append(None)
        if len(seen) == 2:  # between reading and writing
            find(excel.wb, POINTS, "P1-003", "备注").value = "刚刚敲进去的"
        return pages(self)

    monkeypatch.setattr(live._OpenBook, "pages", typing)
    with opened(book(root)) as excel:
        answer_of_the_office(excel.wb)
        first = sync(call(root, LATER))
        second = sync(call(root, LATER))

    assert (first.data["state"], first.data["applied"]) == ("waiting", 3)
    assert (second.data["state"], second.data["applied"]) == ("live", 1)
    assert find(excel.wb, POINTS, "P1-003", "备注").value == "刚刚敲进去的"


def test_a_text_never_becomes_a_formula_a_number_or_a_day(root):
    texts = ["=1+1", "+8613800000000", "-", "@all", "007", "2018-9-3", "50%", "1/2", "TRUE", "三月", "普通"]
    with opened(book(root)) as excel:
        for row, text in enumerate(texts):
            live._OpenBook(xl_book()).write(live.Edit("说明", 30 + row, 5, text))
        assert [excel.wb["说明"].cell(31 + row, 6).value for row in range(len(texts))] == texts
        assert {excel.wb["说明"].cell(31 + row, 6).data_type for row in range(len(texts))} == {"s"}


def xl_book():
    [app] = xlwings.engines[0].apps
    [found] = app.books
    return found


@pytest.mark.parametrize(
    "path", [r"C:\Users\王敏\AppData\Local\Kingsoft\WPS Office\12.1", "/opt/kingsoft/wps-office"]
)
def test_in_wps_files_are_the_way_and_the_message_says_so(root, path):
    with opened(book(root), path) as excel:
        with ledger_of(root) as ledger, ledger.act("x", person="王敏", at=LATER) as act:
            act.add(facts.Cell("P1-001", "", "decision", "", "已完成", "office", 0))
        result = sync(call(root, LATER))

    assert (result.data["state"], excel.calls.total()) == ("beside", 0)
    assert any("WPS" in line and "新版在旁边" in line for line in result.lines)


def questions_book(root):
    return root / "待核对事项清单.xlsx"


def one_of_two(file):
    page = file.active
    page["N4"] = "自己的一栏"
    row = next(row for row in page.iter_rows() if row[0].value == "C1")
    row[9].value, row[10].value = "另行填写", "=两边商定的"
    row[10].data_type = "s"
    row = next(row for row in page.iter_rows() if row[0].value == "C2")
    page.cell(row[0].row, 14).value = "这一条再问问"


def test_decisions_in_an_open_list_of_questions_are_applied_and_their_rows_leave_the_open_list(
    root, tmp_path
):
    with ledger_of(root) as ledger, ledger.act("sync", person="王敏", at=LATER) as act:
        for point in ("P1-001", "P1-002"):
            act.add(facts.Cell(point, "U002", "progress", "R1", f"本办记的{point}", "office", 0))
    answers = {point: {"进展情况": f"单位写的{point}"} for point in ("P1-001", "P1-002")}
    fill(form_of(root, "市司法局"), answers, root / "各单位报送" / "a.xlsx")
    take_back(call(root, LATER))

    other, excel, results = both_ways(
        root, tmp_path, questions_book, one_of_two, lambda at: settle(call(at, LATER))
    )

    assert [result.data["settled"] for result in results] == [1, 1]
    assert statements(root) == statements(other)
    page = excel.wb.active
    row = next(row for row in page.iter_rows() if row[0].value == "C2")
    assert page.cell(row[0].row, 14).value == "这一条再问问"  # what stands beside a row goes with it
    own = {key for key in cells(excel.wb) if key[1].startswith("N")}
    file = cells(openpyxl.load_workbook(questions_book(root)))
    assert {key: cell for key, cell in cells(excel.wb).items() if key not in own} == file
    assert any("撤销" in line for line in results[1].lines)


def signing_book(root):
    return root / "督办" / "送签单.xlsx"


NOVEMBER = LATER + dt.timedelta(days=130)


def signatures(file):
    page = file.worksheets[0]
    head = next(row for row in page.iter_rows() if "编号" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in head}
    first = head[0].row + 1
    page.cell(first, columns["状态"]).value = "已签发"
    page.cell(first, columns["文号"]).value = "×督〔2019〕3号"
    page["P3"] = "自己的一栏"


def test_a_signature_in_an_open_signing_list_counts_and_new_slips_go_into_it(root, tmp_path):
    chase(call(root, NOVEMBER))
    assert signing_book(root).exists()

    other, excel, _ = both_ways(
        root,
        tmp_path,
        signing_book,
        signatures,
        lambda at: chase(call(at, NOVEMBER + dt.timedelta(days=20))),
    )

    assert statements(root) == statements(other)
    assert any(state == "signed" for _, state, *_ in statements(other)[2])
    assert cells(excel.wb) == cells(openpyxl.load_workbook(signing_book(root)))
