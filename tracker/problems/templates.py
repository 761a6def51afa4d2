"""What can be wrong with a template that the office changed."""

from __future__ import annotations

from tracker.problems import TrackerError


class BadTemplate(TrackerError):
    """A template cannot be used; nothing was written."""

    code = "bad-template"
    sentence = "模板 {file} 的 [{entry}]：{why}。请改正，或删除“模板”文件夹中的这个文件以恢复原样。"
