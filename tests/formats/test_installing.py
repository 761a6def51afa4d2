"""What tells a system to run the tick is what that system reads."""

from __future__ import annotations

import datetime as dt
import shlex
import shutil
import subprocess

import pytest
from hypothesis import given, strategies as st
from lxml import etree

from tracker.formats.tasks import cron_line, installers, systemd_units, windows_task, words_of_tick

START = dt.datetime(2026, 3, 2, 8, 30, 15, 999, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Monday
PYTHON = r"C:\Program Files\Python\python.exe"
FOLDER = r"D:\政务公开 & 台账\2026年 100%"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def task(user=r"GOV\wang"):
    (data,) = installers(PYTHON, FOLDER, start=START, systems=("windows",), user=user).values()
    return etree.fromstring(data)


def text(tree, path):
    return tree.findtext(TASK + path.replace("/", f"/{TASK}"))


def test_the_file_is_utf_16_with_its_mark_and_says_so():
    ((name, data),) = installers(PYTHON, FOLDER, start=START, systems=("windows",)).items()

    assert name == "定时任务.xml"
    assert data[:2] == b"\xff\xfe"
    said = data.decode("utf-16")
    assert said.startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2"')
    assert "\n" not in said.replace("\r\n", "")


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ("StartWhenAvailable", "true"),  # the PC was off: as soon as it is on
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("MultipleInstancesPolicy", "IgnoreNew"),  # one at a time
        ("RunOnlyIfIdle", "false"),
        ("RunOnlyIfNetworkAvailable", "false"),
        ("ExecutionTimeLimit", "PT2H"),
        ("Enabled", "true"),
    ],
)
def test_no_default_loses_a_run(setting, wanted):
    assert text(task(), f"Settings/{setting}") == wanted


def test_it_comes_every_five_minutes_for_ever():
    trigger = task().find(f"{TASK}Triggers/{TASK}TimeTrigger")

    assert [each.tag.removeprefix(TASK) for each in trigger] == ["Enabled", "StartBoundary", "Repetition"]
    assert text(trigger, "StartBoundary") == "2026-03-02T08:30:15"
    assert text(trigger, "Repetition/Interval") == "PT5M"
    assert text(trigger, "Repetition/Duration") is None


def test_it_starts_at_the_logon_of_the_one_who_installs_it_and_at_nobody_else_s():
    assert text(task(), "Triggers/LogonTrigger/UserId") == r"GOV\wang"
    assert text(task(), "Principals/Principal/UserId") == r"GOV\wang"

    # A trigger for everybody's logon needs an administrator.
    assert task(user="").find(f".//{TASK}LogonTrigger") is None
    assert task(user="").find(f".//{TASK}UserId") is None


def test_no_window_opens():
    assert text(task(), "Actions/Exec/Command") == r"C:\Program Files\Python\pythonw.exe"


def test_the_folder_arrives_as_it_is():
    assert text(task(), "Actions/Exec/WorkingDirectory") == FOLDER
    assert text(task(), "Actions/Exec/Arguments").endswith(f'--office "{FOLDER}"')


# A folder's name on Windows holds no quotation mark.
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters='"'), min_size=1)
)
def test_words_are_quoted_as_windows_programs_take_them_apart(folder):
    said = etree.fromstring(windows_task(PYTHON, folder, start=START).encode("utf-16"))

    assert text(said, "Actions/Exec/Arguments") == subprocess.list2cmdline(words_of_tick(folder))


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_a_line_of_cron_arrives_as_it_is(folder):
    (line,) = cron_line("/opt/py thon", folder).splitlines()

    # Cron takes the backslash before a percent sign away and gives the rest to the shell.
    said = shlex.split(line.removeprefix("*/5 * * * * ").replace(r"\%", "%"))
    assert said == ["/opt/py thon", *words_of_tick(folder)]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("folder", ["/srv/政务 公开", "/srv/100% $HOME/a\\b'c\"d"])
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path, folder):
    for name, said in systemd_units("/bin/true", folder).items():
        (tmp_path / name).write_text(said, encoding="utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_timer_makes_up_for_what_the_pc_slept_through():
    timer = systemd_units("/bin/true", "/srv")["tracker.timer"].splitlines()

    assert "Persistent=true" in timer
    assert "OnCalendar=*:0/5" in timer
