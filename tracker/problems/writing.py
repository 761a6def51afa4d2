"""What can stop a file from being written."""

from __future__ import annotations

from tracker.problems import TrackerError


class CannotWrite(TrackerError):
    """The folder does not take the file: full, write-protected, gone."""

    code = "cannot-write"
    sentence = "{file}：写不进去（{why}），原文件没有改动。请检查磁盘空间、文件夹是否存在以及是否有写入权限，然后重试。"


class CannotPatch(TrackerError):
    """A change of an existing workbook that cannot be made without harm; nothing of it was made."""

    code = "cannot-patch"
    sentence = "{place}：{why}。文件没有改动。"
