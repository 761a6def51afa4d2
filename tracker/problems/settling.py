"""What can be wrong with a decision in 待核对事项清单.xlsx."""

from __future__ import annotations

from tracker.problems import FindingKind
from tracker.problems import Severity

NO_CHOICE = FindingKind(
    "no-choice", Severity.ERROR, "{conflict} 的处理意见“{text}”不是可选的三项之一，没有处理；请从下拉框选择。"
)
NO_TEXT = FindingKind(
    "no-text-given", Severity.ERROR, "{conflict} 选了“另行填写”，但右边一栏是空的，没有处理；请补上文字。"
)
