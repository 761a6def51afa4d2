"""The workbook that sync left is not opened again, and only rows that something concerns are computed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.support.syncing import LATER, POINTS, PROGRESS, Edit, book
from tests.support.year import (
    SEPTEMBER,
    add_point,
    call,
    fill,
    form_of,
    ledger_of,
    snapshot,
    year_with_forms,
)
from tracker import facts
from tracker.columns import ColumnKind, Sheet, on
from tracker.files.guard import read_bytes
from tracker.formats.books import laid_out_reading, lay_out_ledger, read_ledger_book
from tracker.steps import edits
from tracker.steps.desk import open_desk
from tracker.steps.edits import recall
from tracker.steps.sync import rows_of, sync
from tracker.steps.take_back import take_back
from tracker.table import LedgerRows

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def root(tmp_path):
    root = year_with_forms(tmp_path / "办公")
    sync(call(root))
    return root


def memory(root):
    return root / ".tracker" / "known-工作台账"


def recorded(root, *some):
    with ledger_of(root) as ledger, ledger.act("settle", person="王敏", at=SEPTEMBER + HOUR) as act:
        act.add(*some)


def cell(point, unit, field, text, period=""):
    return facts.Cell(point, unit, field, period, text, "office", 0)


def known(root, now=SEPTEMBER):
    """What is remembered of the workbook as it lies there, and the work points whose rows are computed."""
    with open_desk(call(root, now)) as desk:
        remembered = recall(desk, hashlib.sha256(book(root).read_bytes()).hexdigest())
        return remembered, remembered and remembered.concerned(desk, desk.office())


def read(root):
    return read_ledger_book(read_bytes(book(root).read_bytes(), "工作台账.xlsx"))


def returned(root):
    (root / "各单位报送").mkdir(exist_ok=True)
    form = form_of(root, "市教育局")
    fill(form, {"P1-001": {"完成情况": "已完成", "进展情况": "全部办结。"}}, root / "各单位报送" / form.name)
    take_back(call(root, SEPTEMBER + HOUR))


def renamed(root):
    recorded(root, facts.UnitName("U001", "市教育体育局", None, None, "current"))


# What happens between two runs, and the points whose rows are computed; None for all, "read" where it is read.
EVENTS = {
    "nothing": (lambda root: None, set()),
    "the office decided": (
        lambda root: recorded(root, cell("P1-002", "", "decision", "已完成")),
        {"P1-002"},
    ),
    "a file came": (lambda root: recorded(root, facts.File("a" * 64, "a.xlsx", "甲", SEPTEMBER)), set()),
    "a new point": (lambda root: add(root), None),
    "a unit has another name": (renamed, None),
    "a cell was changed": (lambda root: Edit(root).set(POINTS, "P1-001", "备注", "问过").save(), "read"),
    "the memory is spoiled": (lambda root: memory(root).write_text("{}\n[]\n", encoding="utf-8"), "read"),
    "a row of the memory is spoiled": (
        lambda root: memory(root).write_bytes(memory(root).read_bytes().replace(b'["', b"['", 1)),
        "read",
    ),
    "the memory is cut": (lambda root: memory(root).write_bytes(memory(root).read_bytes()[:500]), "read"),
    "there is no memory": (lambda root: memory(root).unlink(), "read"),
}


def add(root):
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=SEPTEMBER + HOUR) as act:
        add_point(act, "P1", 9, ("U001",))


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_read_and_computed_is_what_something_concerns(root, event):
    happen, points = EVENTS[event]
    happen(root)

    remembered, concerned = known(root)

    assert (remembered is None) == (points == "read")
    assert concerned == (None if points == "read" else points)


@pytest.mark.parametrize("event", [*EVENTS, "forms came back"])
def test_with_or_without_a_memory_the_workbook_becomes_the_same(root, event):
    happen = returned if event == "forms came back" else EVENTS[event][0]
    happen(root)
    start = snapshot(root), (root / ".tracker" / "ledger.db").read_bytes()

    sync(call(root, LATER - 5 * dt.timedelta(days=1)))
    with_memory = book(root).read_bytes()
    files, ledger = start
    for name, data in files.items():
        root.joinpath(name).write_bytes(data)
    (root / ".tracker" / "ledger.db").write_bytes(ledger)
    memory(root).unlink(missing_ok=True)
    sync(call(root, LATER - 5 * dt.timedelta(days=1)))

    assert book(root).read_bytes() == with_memory


def test_after_each_run_what_is_remembered_is_what_the_workbook_says(root):
    runs = 0
    for happen in (
        lambda: None,
        lambda: recorded(root, cell("P1-002", "", "decision", "已完成")),
        lambda: returned(root),
        lambda: Edit(root).set(PROGRESS, "P1-001|U001", "备注", "问过").save(),
    ):
        happen()
        sync(call(root, SEPTEMBER + 2 * HOUR))
        remembered, _ = known(root)
        runs += remembered is not None
        assert remembered is None or remembered.reading == read(root)

    assert runs == 4


def test_on_another_day_every_row_is_computed_and_nothing_is_read(root):
    new_year = SEPTEMBER.replace(year=2019, month=1, day=2)

    remembered, concerned = known(root, new_year)

    assert remembered.reading == read(root)
    assert concerned is None
    assert sync(call(root, new_year)).data["state"] == "written"
    assert known(root, new_year)[1] == set()


def test_another_setting_has_every_row_computed(root):
    head, _, sheets = memory(root).read_text(encoding="utf-8").partition("\n")
    record = json.loads(head)
    record["basis"][1] = "another"
    memory(root).write_text(f"{json.dumps(record)}\n{sheets}", encoding="utf-8")

    assert known(root)[1] is None


def test_another_program_reads_the_workbook(root, monkeypatch):
    monkeypatch.setattr(edits, "__version__", "99")

    assert known(root)[0] is None


def test_rows_that_something_concerns_beside_all_others_are_all_rows(root):
    recorded(root, cell("P1-002", "", "decision", "已完成"), cell("P1-001", "U001", "remark", "问过"))
    with open_desk(call(root)) as desk:
        remembered, points = known(root)
        some = remembered.with_rows(rows_of(desk, desk.office(), only=points), points)
        everything = rows_of(desk, desk.office())

    assert points == {"P1-001", "P1-002"}
    for sheet in (Sheet.POINTS, Sheet.PROGRESS):
        names = [column.name for column in on(sheet)]
        assert cells(some.of(sheet), names) == cells(everything.of(sheet), names)


def cells(rows, names):
    return {key: {name: row.get(name, "") for name in names} for key, row in rows.items()}


def test_where_somebody_has_to_look_nothing_is_remembered(root):
    Edit(root).set(POINTS, "P1-001", "认定状态", "差不多了").save()

    sync(call(root))

    assert known(root)[0] is None


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=12).map(
    str.strip
)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)).map(dt.date.isoformat)


def _texts_of(column):
    if column.choices:
        return st.sampled_from(column.choices)
    return DAYS if column.kind is ColumnKind.DATE else TEXTS


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_new_workbook_says_is_known_before_it_is_read(data):
    def row(sheet, **fixed):
        texts = {column.name: data.draw(_texts_of(column)) for column in on(sheet)}
        return {**texts, **fixed}

    points = {f"P1-00{n}": row(Sheet.POINTS, id=f"P1-00{n}") for n in range(1, 4)}
    progress = {f"{key}|U001": row(Sheet.PROGRESS, id=key) for key in points}
    rows = LedgerRows(points, progress, {})
    bytes_ = lay_out_ledger(rows, office="abc", revision=7, warning="！定时任务")

    reading = read_ledger_book(read_bytes(bytes_, "工作台账.xlsx"))
    assume(not any(read.findings or read.refusals for read in reading.sheets.values()))
    assert laid_out_reading(rows, office="abc", revision=7, warning="！定时任务") == reading
