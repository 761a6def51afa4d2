"""An office folder that is moved or copied: its year goes with it, and no second one is begun."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.recording import ROWS, call, enter, new_office, sheet_file
from tracker.files.ledger.keeping import ASIDE_NAME, NOTE
from tracker.files.ledger.place import local_ledger
from tracker.problems.office import LedgerElsewhere, LedgerOfOriginal, TwoLedgers
from tracker.problems.returns import NoPlanYet
from tracker.rules.plans.editions import EditionKind
from tracker.steps.call import Call
from tracker.steps.desk import open_desk
from tracker.steps.sync import sync


@pytest.fixture
def cloud(tmp_path, monkeypatch):
    """A cloud program's folder, and a PC's application data."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        monkeypatch.delenv(name, raising=False)
    pc(tmp_path / "这台", monkeypatch)
    (tmp_path / "OneDrive").mkdir()
    return tmp_path / "OneDrive" / "办公"


def pc(home, monkeypatch):
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setattr(Path, "home", lambda: home)


@pytest.fixture
def root(tmp_path):
    root = new_office(tmp_path)
    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))
    return root


def plans(root, *, dry_run=False):
    """The plans that a command sees, and what it says of the ledger."""
    lines = []
    said = call(root, dry_run=dry_run)
    with open_desk(Call(said.now, said.person, root, dry_run, tell=lines.append)) as desk:
        return list(desk.office().plans), lines


@pytest.mark.parametrize("how", [shutil.copytree, shutil.move])
def test_the_ledger_of_a_folder_that_went_into_a_cloud_goes_along_with_a_word(root, cloud, how):
    how(root, cloud)

    first, again = plans(cloud), plans(cloud)

    assert first[0] == again[0] == ["P1"]
    assert len(first[1]) == 1 and "以前的记录都在" in first[1][0]
    assert again[1] == []
    assert not local_ledger(cloud).exists()
    assert local_ledger(cloud).with_name(ASIDE_NAME).exists()


def test_a_plan_recorded_after_the_move_is_the_second_one(root, cloud, tmp_path):
    shutil.move(root, cloud)

    enter(cloud, sheet_file(tmp_path / "b.xlsx", ROWS[:2]), how=EditionKind.NEW)

    assert plans(cloud)[0] == ["P1", "P2"]


def test_back_on_a_local_disk_it_is_found_again_even_behind_an_empty_one(root, cloud):
    shutil.move(root, cloud)
    plans(cloud)
    shutil.move(cloud, root)
    with open_desk(call(root)):
        pass

    assert plans(root)[0] == ["P1"]


def test_a_dry_run_moves_nothing(root, cloud):
    shutil.move(root, cloud)

    assert plans(cloud, dry_run=True) == (["P1"], [])
    assert local_ledger(cloud).exists()


def test_on_another_computer_the_command_refuses_and_begins_no_second_year(
    root, cloud, tmp_path, monkeypatch
):
    shutil.move(root, cloud)
    plans(cloud)
    pc(tmp_path / "那台", monkeypatch)

    with pytest.raises(LedgerElsewhere, match="没有"):
        enter(cloud, sheet_file(tmp_path / "b.xlsx", ROWS))
    with pytest.raises(LedgerElsewhere):
        plans(Path(shutil.copytree(cloud, tmp_path / "本地")))


def test_a_second_copy_never_works_in_the_ledger_of_the_first(root, cloud):
    shutil.copytree(root, cloud)
    plans(cloud)
    second = Path(shutil.copytree(root, cloud.with_name("又一份")))

    with pytest.raises(LedgerOfOriginal, match="办公"):
        plans(second)
    assert plans(root)[0] == plans(cloud)[0] == ["P1"]


def delete(folder):
    """Delete a folder with originals that nobody may write."""
    for path in folder.rglob("*"):
        path.chmod(0o700)
    shutil.rmtree(folder)


def test_what_was_recorded_since_goes_along_and_what_differs_is_refused(root, cloud, tmp_path):
    shutil.copytree(root, cloud)
    plans(cloud)
    delete(cloud)
    enter(root, sheet_file(tmp_path / "b.xlsx", ROWS[:2]), how=EditionKind.NEW, days=1)
    shutil.copytree(root, cloud)
    assert plans(cloud)[0] == ["P1", "P2"]
    enter(cloud, sheet_file(tmp_path / "c.xlsx", ROWS[1:3]), how=EditionKind.NEW, days=2)
    delete(cloud)
    enter(root, sheet_file(tmp_path / "d.xlsx", ROWS[2:4]), how=EditionKind.NEW, days=3)
    shutil.copytree(root, cloud)

    with pytest.raises(TwoLedgers):
        plans(cloud)


def test_an_older_ledger_beside_is_set_aside(root, cloud):
    shutil.copytree(root, cloud)
    plans(cloud)
    shutil.copy(local_ledger(root), local_ledger(cloud))

    assert plans(cloud) == (["P1"], [])
    assert not local_ledger(cloud).exists()


def test_a_new_office_in_a_cloud_begins_there_and_leaves_its_note_once_it_holds_anything(cloud, tmp_path):
    root = new_office(cloud.parent)
    with pytest.raises(NoPlanYet):
        sync(call(root))
    assert not local_ledger(root).with_name(NOTE).exists()

    enter(root, sheet_file(tmp_path / "a.xlsx", ROWS))

    assert plans(root)[0] == ["P1"]
    assert local_ledger(root).with_name(NOTE).exists()
