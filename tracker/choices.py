"""One of several words that somebody wrote into a cell: one reader for forms, lists, registers and settings.

A word counts as it is written, without blanks, full-width forms and a full stop at its end. Where it is none of the words
that the cell may hold, it counts for the one that says the same (`_ALIKE`), if the cell may hold exactly one such. What
could mean several things is nobody's word and is asked; a tick (√) says 是, and nothing where that is not offered.

    >>> read_choice("完成", ("正在推进", "已完成")), read_choice("正在推进。", ("正在推进", "已完成"))
    ('已完成', '正在推进')
    >>> read_choice("√", ("正在推进", "已完成")), read_choice("基本完成", ("正在推进", "已完成")), read_choice("完成", ())
    ('', '', '')
    >>> read_choice("批准", ("同意", "不同意")), read_choice("签发", ("拟稿", "已签发", "已发")), read_choice("基本完成", ("基本完成",))
    ('同意', '已签发', '基本完成')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

# Words that say the same; the first of each row is how our own tables say it, where they do.
_ALIKE = (
    (
        "已完成",
        "完成",
        "完成了",
        "全部完成",
        "已全部完成",
        "已办结",
        "办结",
        "已办理完毕",
        "办理完毕",
        "已落实",
        "落实到位",
    ),
    (
        "正在推进",
        "推进中",
        "进行中",
        "正在进行",
        "正在办理",
        "办理中",
        "正在落实",
        "落实中",
        "正在开展",
        "有序推进",
        "正推进",
    ),
    ("未启动", "未开始", "尚未启动", "没有启动", "尚未开始", "未开展"),
    ("进展滞后", "滞后", "进度滞后", "推进滞后"),
    ("持续推进", "长期坚持", "常态化推进", "持续推进中"),
    ("不涉及", "不适用", "无此项", "无此项工作", "不涉及本单位"),
    # 同意 alone may be about the draft and not about sending it: who writes it is asked.
    ("已签发", "签发", "同意签发"),
    ("已发", "已发出", "已发送", "发出"),
    ("作废", "不发", "已作废"),
    ("同意", "批准", "已批准", "已同意", "准予"),
    ("不同意", "不批准", "不予批准", "未批准", "驳回"),
    ("是", "有", "√", "✓", "✔", "☑", "Y", "YES", "TRUE", "1", "对"),
    ("否", "无", "没有", "×", "✗", "☐", "N", "NO", "FALSE", "0"),
)


def plain_word(text: str) -> str:
    """A word without blanks, full-width forms and a stop at its end."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。.!,;、")


def read_choice(text: str, words: Collection[str]) -> str:
    """The word of `words` that a text means for certain; empty for none."""
    if text in words:
        return text
    plain = plain_word(text)
    by_plain = {plain_word(word): word for word in words}
    if plain in by_plain:
        return by_plain[plain]
    meant = {by_plain[word] for row in _ALIKE if plain.upper() in row for word in row if word in by_plain}
    return meant.pop() if len(meant) == 1 else ""
