"""What was applied for, as a row: 事项调整（终止）申请 about a work point, and 政府信息公开申请.

The words of 政府信息公开申请 are those of the format of 2021 (国办公开办函〔2021〕30号): the register's book
reads them, the annual report counts them (`rules.report.applications`).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import field
from enum import Enum

from tracker.problems.base import Finding
from tracker.values import dataclass

# Who applies: the columns of the table, in order; all but the first are 法人或其他组织.
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
# What the register calls a result -> the group and the words of the table's row, in order.
RESULTS: dict[str, tuple[str, str]] = {
    "予以公开": ("（一）予以公开", ""),
    "部分公开": ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    "不予：国家秘密": ("（三）不予公开", "1.属于国家秘密"),
    "不予：法律禁止": ("（三）不予公开", "2.其他法律行政法规禁止公开"),
    "不予：三安全一稳定": ("（三）不予公开", "3.危及“三安全一稳定”"),
    "不予：第三方权益": ("（三）不予公开", "4.保护第三方合法权益"),
    "不予：内部事务": ("（三）不予公开", "5.属于三类内部事务信息"),
    "不予：过程性信息": ("（三）不予公开", "6.属于四类过程性信息"),
    "不予：执法案卷": ("（三）不予公开", "7.属于行政执法案卷"),
    "不予：行政查询": ("（三）不予公开", "8.属于行政查询事项"),
    "无法：不掌握": ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    "无法：需另行制作": ("（四）无法提供", "2.没有现成信息需要另行制作"),
    "无法：内容不明确": ("（四）无法提供", "3.补正后申请内容仍不明确"),
    "不处理：信访投诉": ("（五）不予处理", "1.信访举报投诉类申请"),
    "不处理：重复申请": ("（五）不予处理", "2.重复申请"),
    "不处理：公开出版物": ("（五）不予处理", "3.要求提供公开出版物"),
    "不处理：大量反复": ("（五）不予处理", "4.无正当理由大量反复申请"),
    "不处理：确认重出": ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    "其他：逾期不补正": (
        "（六）其他处理",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    "其他：逾期不缴费": (
        "（六）其他处理",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    "其他：其他": ("（六）其他处理", "3.其他"),
}


@dataclass(frozen=True, slots=True)
class Application:
    """A row of the register; what could not be read is empty and was said where it was read.

    Attributes:
        no: 登记号.
        receipt_day: Day on which it was received.
        applicant: One of `APPLICANTS`.
        answer_day: Day of the answer.
        result: One of the keys of `RESULTS`.
        place: The row in the workbook.
    """

    no: str
    receipt_day: dt.date | None
    applicant: str
    answer_day: dt.date | None = None
    result: str = ""
    place: str = ""


class AdjustmentKind(Enum):
    """What is asked for; the value is the word in the cell."""

    EXTEND = "延期"
    # The task falls away: 认定状态 becomes 已调整.
    STOP = "终止"
    WRITE_OFF = "销号"
    # What was struck off or stopped goes on.
    REOPEN = "恢复"


class Verdict(Enum):
    """What was decided."""

    GRANTED = "同意"
    DENIED = "不同意"
    # It was granted and no longer is.
    TAKEN_BACK = "撤回"


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """A request and its decision.

    Attributes:
        n: 编号; 0 for a row that has none yet.
        new_day: 新期限; for 延期 only.
        verdict: None while nobody has decided.
        decided_on: 审批日期; None where it is not stated.
        only: 适用单位: names as typed, and ids once they are known; none is everybody.
        row: 0-based.
        notes: How a word or a day was understood that is written otherwise.
    """

    n: int
    point_id: str
    unit: str
    asked_on: dt.date | None
    kind: AdjustmentKind
    new_day: dt.date | None
    reason: str
    verdict: Verdict | None
    by: str
    decided_on: dt.date | None
    only: tuple[str, ...] = ()
    place: str = ""
    row: int = -1
    notes: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def data(self) -> str:
        """The content of its event, as JSON."""
        content = {
            "row": self.n,
            "due": self.new_day.isoformat() if self.new_day else "",
            "reason": self.reason,
            "unit": self.unit,
            "by": self.by,
            "asked_on": self.asked_on.isoformat() if self.asked_on else "",
            "decided_on": self.decided_on.isoformat() if self.decided_on else "",
            **({"units": list(self.only)} if self.only else {}),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True)
