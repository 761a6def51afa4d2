"""`tracker run --install` writes what the system reads and says how it is installed."""

from __future__ import annotations

import pytest

from tests.support.mailbox import call, make_office
from tracker.steps.run import install


@pytest.fixture
def root(tmp_path):
    return make_office(tmp_path / "办 公")


@pytest.mark.parametrize(
    ("system", "names", "command"),
    [
        ("windows", ["定时任务.xml"], "schtasks /Create /F /TN tracker /XML"),
        ("systemd", ["tracker.service", "tracker.timer"], "systemctl --user enable --now tracker.timer"),
        ("cron", ["crontab.txt"], "crontab -e"),
    ],
)
def test_the_files_are_written_and_the_command_is_said(root, system, names, command):
    answer = install(call(root), python="/usr/bin/python3", systems=(system,))

    folder = root / ".tracker" / "定时任务"
    assert sorted(each.name for each in folder.iterdir()) == names
    assert command in answer.lines[1]
    assert "第一个命令" in answer.lines[-1]
    for name in names:
        data = (folder / name).read_bytes()
        assert answer.data["files"][name] == data.decode("utf-16" if name.endswith("xml") else "utf-8")
        if name != "tracker.timer":
            assert root.name in answer.data["files"][name]


def test_asked_what_it_would_write_it_writes_nothing(root):
    answer = install(
        call(root, dry_run=True), python="/usr/bin/python3", systems=("windows",), user=r"GOV\\wang"
    )

    assert not (root / ".tracker" / "定时任务").exists()
    assert "wang" in answer.data["files"]["定时任务.xml"]
