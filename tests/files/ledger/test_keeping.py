"""Cells say what their last facts say, `check` notices when something does not, and a backup restores."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tests.soaks import ledger as soak
from tests.support.cells import latest_cells
from tests.support.moments import NOW
from tests.support.properties import examples
from tracker import facts
from tracker.files.ledger.keeping import copy_office
from tracker.files.ledger.ledger import open_ledger
from tracker.problems.office import BackupFailed

few_cells = st.lists(
    st.builds(
        facts.Cell,
        subject=st.sampled_from(["P1-001", "P1-002"]),
        unit=st.sampled_from(["", "U001"]),
        field=st.sampled_from(["note", "progress"]),
        period=st.sampled_from(["", "R1"]),
        value=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3),
        origin=st.sampled_from(["unit", "office", "settle", "undo"]),
        base_seq=st.integers(0, 9),
    ),
    min_size=1,
    max_size=6,
)


def record(ledger, *batches):
    for cells in batches:
        with ledger.act("sync", person="王敏", at=NOW) as act:
            for number, cell in enumerate(cells):
                act.add(cell, file="f", place=f"表!A{number}")
                if number == 1:
                    # A look in the middle writes what waits, and loses nothing.
                    act.office()


def cell(value):
    return facts.Cell("P1-001", "", "note", "", value, "office", 0)


@given(st.lists(few_cells, max_size=4))
@examples(40)
def test_a_cell_says_what_its_latest_fact_says(batches):
    with open_ledger(":memory:") as ledger:
        record(ledger, *batches)

        expected = latest_cells(ledger.entries(facts.Cell))
        assert ledger.cells() == expected
        assert ledger.cells(until=ledger.last_act) == expected
        assert dict(ledger.office().cells) == expected
        for no in range(len(batches)):
            assert ledger.cells(until=no) == latest_cells(ledger.entries(facts.Cell, until=no))
        assert ledger.check() == []


def test_one_act_may_state_a_cell_twice_and_the_later_holds(ledger):
    record(ledger, [cell("甲"), cell("乙"), cell("丙"), cell("丁")])

    assert [now.value for now in ledger.cells().values()] == ["丁"]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("insert into unit values ('office', 3, null, '', 'U001', '', 0)", "第3条记录（unit）编号重复"),
        ("insert into unit values ('office', 1, null, '', 'U001', '', 0)", "第1条记录（cell）编号重复"),
        ("delete from cell where seq = 1", "第1条记录缺失"),
        ("update act set no = 2", "第2次操作与前一次不连续"),
        ("update act set first_seq = 2", "第1次操作与前一次不连续"),
    ],
)
def test_what_no_act_could_have_done_is_noticed(damage, said):
    with open_ledger(":memory:") as ledger:
        record(ledger, [cell("甲"), cell("乙")])
        for guard in ("act_update", "cell_delete"):
            ledger.store.run(f"drop trigger {guard}")
        ledger.store.run(damage)

        assert said in "".join(ledger.check())


def test_a_backup_opens_as_a_ledger_and_says_the_same(ledger, tmp_path):
    record(ledger, [cell("甲")], [cell("乙")])

    ledger.backup(tmp_path / "备份" / "一.db")

    with open_ledger(tmp_path / "备份" / "一.db") as copy:
        assert copy.check() == []
        assert (copy.acts(), copy.cells()) == (ledger.acts(), ledger.cells())
        assert copy.office() == ledger.office()
        record(copy, [cell("丙")])
        assert copy.last_act == 3
    assert ledger.last_act == 2


def test_a_backup_is_one_file(ledger, tmp_path):
    record(ledger, [cell("甲")])

    ledger.backup(tmp_path / "备份" / "一.db")

    assert [path.name for path in (tmp_path / "备份").iterdir()] == ["一.db"]


def test_a_backup_that_fails_its_check_is_thrown_away_and_the_old_one_stays(ledger, tmp_path):
    record(ledger, [cell("甲")])
    target = tmp_path / "备份" / "一.db"
    ledger.backup(target)
    before = target.read_bytes()
    if ledger.store.dialect == "sqlite":
        ledger.store.run("drop trigger cell_update")
    else:
        ledger.store.run("alter table cell disable trigger cell_insert_only")
    ledger.store.run("update cell set seq = 9")

    with pytest.raises(BackupFailed, match="backup-failed"):
        ledger.backup(target)

    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["一.db"]


def test_an_office_moves_to_another_database_with_all_its_numbers(ledger, tmp_path):
    record(ledger, [cell("甲")], [cell("乙"), cell("丙")])

    with open_ledger(tmp_path / "other.db", office="另一个") as other:
        copy_office(ledger, other)

        assert (other.acts(), other.cells(), other.check()) == (ledger.acts(), ledger.cells(), [])
        with pytest.raises(ValueError, match="already"):
            copy_office(ledger, other)


def test_a_writer_killed_at_any_moment_leaves_whole_acts_and_loses_none_it_announced(address):
    kills = 6 if address.startswith("postgresql://") else 20

    outcome = soak.kill_while_writing(address, kills)

    assert outcome.problems == ()
    assert outcome.acts >= kills


def test_three_processes_that_add_to_one_number_lose_nothing(address):
    total, complaints = soak.count_together(address, 3, 25)

    assert (total, complaints) == (75, [])


def test_backups_made_while_somebody_writes_restore(address, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()

    assert soak.back_up_while_writing(address, 3, folder) == 0
