"""Where the database lies, decided for every place that an office folder may be in."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tracker.files.ledger.place import (
    CLOUD_FOLDERS,
    Drive,
    decide,
    drive_of,
    in_cloud,
    ledger_path,
    local_app_data,
    mounted_drive,
)

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
