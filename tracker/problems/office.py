"""What can be wrong with the office folder and with what was typed."""

from __future__ import annotations

from tracker.problems import Exit
from tracker.problems import TrackerError


class NoOffice(TrackerError):
    """The command stands outside every office folder."""

    code = "no-office"
    sentence = "{folder}：这里不是办公文件夹。请进入办公文件夹后再运行，或用 --office 指明；还没有的，先运行 tracker init。"


class WrongUsage(TrackerError):
    """The words typed contradict each other."""

    code = "usage"
    sentence = "{what}"
    exit = Exit.USAGE
