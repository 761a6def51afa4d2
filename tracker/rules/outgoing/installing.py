"""What tells a system to run the tick every five minutes: a Windows task, a systemd timer, a line of cron.

The defaults of the Windows task scheduler lose runs without a word (not on battery, not after the PC was off, stopped
after three days); each is said otherwise here. The program only writes the text; a person installs it.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Sequence
from xml.sax.saxutils import escape

TASK_NAME = "tracker"

_TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT5M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>{start}</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <Delay>PT2M</Delay>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
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


def words_of_tick(folder: str) -> tuple[str, ...]:
    """What is given to Python: one tick for one office."""
    return ("-m", "tracker", "run", "--once", "--office", folder)


def windows_task(python: str, folder: str, *, start: dt.datetime) -> str:
    """The task as XML, to be written as UTF-16."""
    return _TASK.format(
        description="政务公开台账：定时任务",
        start=start.replace(tzinfo=None, microsecond=0).isoformat(),
        command=escape(python),
        arguments=escape(" ".join(_quoted(word) for word in words_of_tick(folder))),
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


def _quoted(word: str) -> str:
    """A word as Windows programs take it apart again; a folder's name holds no quotation mark."""
    if word and not any(each in word for each in ' \t"'):
        return word
    # A backslash before the closing mark would quote it.
    ends = len(word) - len(word.rstrip("\\"))
    return '"' + word + "\\" * ends + '"'


def _systemd(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def installers(python: str, folder: str, *, start: dt.datetime, systems: Sequence[str]) -> dict[str, bytes]:
    """The files for some systems by name: `windows`, `systemd`, `cron`."""
    found: dict[str, bytes] = {}
    if "windows" in systems:
        text = windows_task(python, folder, start=start).replace("\n", "\r\n")
        found["定时任务.xml"] = b"\xff\xfe" + text.encode("utf-16-le")
    if "systemd" in systems:
        found |= {name: text.encode() for name, text in systemd_units(python, folder).items()}
    if "cron" in systems:
        found["crontab.txt"] = cron_line(python, folder).encode()
    return found
