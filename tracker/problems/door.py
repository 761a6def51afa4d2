"""What can be wrong with a file before anybody has read a word of it."""

from __future__ import annotations

from tracker.problems import TrackerError


class NoSuchFile(TrackerError):
    """There is no file at the path that was typed."""

    code = "no-such-file"
    sentence = "{file}：找不到这个文件。请检查路径和文件名（可把文件直接拖进窗口）。"


class EmptyFile(TrackerError):
    """The file has no bytes."""

    code = "empty-file"
    sentence = "{file}：文件是空的，没有任何内容。请确认文件已保存完整后重试。"
