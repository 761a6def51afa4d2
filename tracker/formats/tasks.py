"""What tells a system to run the tick every five minutes: a Windows task, a systemd timer, a line of cron.

The defaults of the Windows task scheduler lose runs without a word (not on battery, not after the PC was off, stopped
after three days); each is said otherwise here. The program only writes the text; a person installs it.

The XML is UTF-16 with its mark and says so, as the task scheduler writes it itself; elements stand in the order of the
published schema. A trigger for the logon of anybody needs an administrator, one for the own logon does not: where the
account is not known there is none, and the next five minutes come all the same.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tracker import patterns as re

TASK_NAME = "tracker"

_TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>{start}</StartBoundary>
      <Repetition>
        <Interval>PT5M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
    </TimeTrigger>
{logon}  </Triggers>
  <Principals>
    <Principal id="Author">
{account}      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <IdleSettings>
      <StopOnIdleEnd>false</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


_LOGON = """    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>{user}</UserId>
      <Delay>PT2M</Delay>
    </LogonTrigger>
"""
_ACCOUNT = "      <UserId>{user}</UserId>\n"


def words_of_tick(folder: str) -> tuple[str, ...]:
    """What is given to Python: one tick for one office."""
    return ("-m", "tracker", "run", "--once", "--office", folder)


def windows_task(python: str, folder: str, *, start: dt.datetime, user: str = "") -> str:
    """The task as XML, to be written as UTF-16; `user` is the account that installs it, with its domain."""
    # Without a window: one that opens every five minutes takes the keyboard from whoever is typing.
    python = re.sub(r"(?i)python\.exe$", "pythonw.exe", python)
    fields = {"user": escape(user)}
    return _TASK.format(
        logon=_LOGON.format(**fields) if user else "",
        account=_ACCOUNT.format(**fields) if user else "",
        description="工作台账：定时任务",
        start=start.replace(tzinfo=None, microsecond=0).isoformat(),
        command=escape(python),
        arguments=escape(" ".join(_quote(word) for word in words_of_tick(folder))),
        folder=escape(folder),
    )


def systemd_units(python: str, folder: str) -> dict[str, str]:
    """Service and timer by file name, for `~/.config/systemd/user`."""
    command = " ".join(_systemd(word) for word in (python, *words_of_tick(folder)))
    service = f"[Unit]\nDescription=tracker: what is due\n\n[Service]\nType=oneshot\nExecStart={command}\n"
    timer = (
        "[Unit]\nDescription=tracker: every five minutes\n\n"
        "[Timer]\nOnCalendar=*:0/5\nPersistent=true\nAccuracySec=30s\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return {"tracker.service": service, "tracker.timer": timer}


def cron_line(python: str, folder: str) -> str:
    r"""The line for `crontab -e`.

    >>> cron_line("/usr/bin/python3", "/srv/100% 公开")
    "*/5 * * * * /usr/bin/python3 -m tracker run --once --office '/srv/100\\% 公开'\n"
    """
    command = shlex.join((python, *words_of_tick(folder)))
    # In a crontab a percent sign ends the line.
    return f"*/5 * * * * {command}\n".replace("%", r"\%")


def _quote(word: str) -> str:
    """A word as Windows programs take it apart again; a folder's name holds no quotation mark."""
    if word and not any(character in word for character in ' \t"'):
        return word
    # A backslash before the closing mark would quote it.
    ends = len(word) - len(word.rstrip("\\"))
    return '"' + word + "\\" * ends + '"'


def _systemd(word: str) -> str:
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{text}"'


def installers(
    python: str, folder: str, *, start: dt.datetime, systems: Sequence[str], user: str = ""
) -> dict[str, bytes]:
    """The files for some systems by name: `windows`, `systemd`, `cron`."""
    files: dict[str, bytes] = {}
    if "windows" in systems:
        text = windows_task(python, folder, start=start, user=user).replace("\n", "\r\n")
        files["定时任务.xml"] = b"\xff\xfe" + text.encode("utf-16-le")
    if "systemd" in systems:
        files |= {name: text.encode() for name, text in systemd_units(python, folder).items()}
    if "cron" in systems:
        files["crontab.txt"] = cron_line(python, folder).encode()
    return files
