"""Where the database lies, decided for every place that an office folder may be in."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tests.support.moments import NOW
from tracker import facts
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import (
    CLOUD_FOLDERS,
    MOVED_NAME,
    Drive,
    decide,
    drive_of,
    in_cloud,
    ledger_path,
    local_app_data,
    mounted_drive,
    open_seat,
)
from tracker.problems.office import BadDatabase, LedgerMoved, PasswordInSettings

APP_DATA = PureWindowsPath("C:/Users/wang/AppData/Local")
AWAY = APP_DATA / "tracker" / "ab12" / "ledger.db"


@pytest.mark.parametrize("drive", Drive)
@pytest.mark.parametrize("cloud", [False, True])
def test_only_a_local_folder_that_nobody_uploads_keeps_the_database(drive, cloud):
    folder = PureWindowsPath("D:/坚果云/政务公开" if cloud else "D:/政务公开")

    found = decide(folder, "ab12", drive, APP_DATA)

    stays = drive is Drive.LOCAL and not cloud
    assert found == (folder / ".tracker" / "ledger.db" if stays else AWAY)


def test_a_cloud_folder_with_a_name_of_its_own_is_known_from_the_environment():
    folder = PureWindowsPath("D:/同步/政务公开")

    assert decide(folder, "ab12", Drive.LOCAL, APP_DATA, [PureWindowsPath("D:/同步")]) == AWAY


@pytest.mark.parametrize("name", CLOUD_FOLDERS)
def test_every_cloud_program_is_known_in_any_case_and_with_what_it_appends(name):
    assert in_cloud(PureWindowsPath(f"D:/{name.upper()} - 某某局/政务公开"))


def test_a_mount_inside_a_share_is_judged_by_itself():
    table = "server:/x /mnt nfs4 rw 0 0\n/dev/sdb1 /mnt/disk ext4 rw 0 0\nnone / overlay rw 0 0\n"

    assert mounted_drive(PurePosixPath("/mnt/office"), table) is Drive.REMOTE
    assert mounted_drive(PurePosixPath("/mnt/disk/office"), table) is Drive.LOCAL
    assert mounted_drive(PurePosixPath("/home/office"), table) is Drive.LOCAL


def test_looking_makes_nothing(tmp_path, monkeypatch):
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "政务公开"

    assert ledger_path(folder, "ab12") == folder / ".tracker" / "ledger.db"
    assert ledger_path(tmp_path / "OneDrive" / "政务公开", "ab12") == (
        local_app_data(os.environ) / "tracker" / "ab12" / "ledger.db"
    )
    assert list(tmp_path.iterdir()) == []


def test_this_machine_can_be_looked_at(tmp_path):
    assert drive_of(tmp_path) is Drive.LOCAL


@pytest.mark.skipif(sys.platform != "linux", reason="the variable is Linux's")
def test_local_application_data_follows_the_environment():
    assert local_app_data({"XDG_DATA_HOME": "/data/own"}) == Path("/data/own")
    assert local_app_data({}) == Path.home() / ".local" / "share"


def seat(file, database=""):
    return open_seat(file, database, office="ab12", password=str)


def unit(file):
    with open_ledger(file, office="ab12") as ledger, ledger.act("record", person="王敏", at=NOW) as act:
        act.add(facts.Unit("U001", "市直部门"))


@pytest.fixture
def server(postgresql):
    return postgresql.database()


def test_without_an_address_the_ledger_is_the_file_of_this_pc(tmp_path):
    unit(tmp_path / "ledger.db")

    with seat(tmp_path / "ledger.db") as ledger:
        assert list(ledger.office().units) == ["U001"]


def test_what_the_office_recorded_goes_to_the_server_once_and_the_file_moves_away(tmp_path, server):
    unit(tmp_path / "ledger.db")

    for _ in range(2):
        with seat(tmp_path / "ledger.db", server) as ledger:
            assert list(ledger.office().units) == ["U001"]
            assert ledger.check() == []
    assert [path.name for path in tmp_path.glob("*.db")] == [MOVED_NAME]


def test_a_second_seat_finds_what_the_first_one_moved(tmp_path, server):
    unit(tmp_path / "ledger.db")
    seat(tmp_path / "ledger.db", server).close()

    with seat(tmp_path / "other" / "ledger.db", server) as ledger:
        assert list(ledger.office().units) == ["U001"]


def test_a_ledger_that_was_moved_is_not_begun_anew_when_the_address_is_taken_away(tmp_path, server):
    unit(tmp_path / "ledger.db")
    seat(tmp_path / "ledger.db", server).close()

    with pytest.raises(LedgerMoved):
        seat(tmp_path / "ledger.db")


@pytest.mark.parametrize("address", ["10.1.2.3", "mysql://a@b/c", "postgresql://b", "ledger.db"])
def test_what_is_no_address_of_a_server_is_refused(tmp_path, address):
    with pytest.raises(BadDatabase):
        seat(tmp_path / "ledger.db", address)


@pytest.mark.parametrize("address", ["postgresql://a:geheim@b/c", "postgresql://b/c?password=geheim"])
def test_a_password_in_the_settings_is_refused_and_not_repeated(tmp_path, address):
    with pytest.raises(PasswordInSettings) as refused:
        seat(tmp_path / "ledger.db", address)

    assert "geheim" not in str(refused.value)
